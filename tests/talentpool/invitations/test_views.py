from collections.abc import Callable
from datetime import date

from talentpool.access import Role
from talentpool.accounts.queries import account_at
from talentpool.db import db, now
from talentpool.talents.models import PoolStatus
from talentpool.talents.queries import profile_of
from tests.factories.accounts import make_account
from tests.factories.casework import make_follow_up
from tests.factories.invitations import make_invitation, newest_token
from tests.factories.talents import make_talent
from tests.proofreader import ProofreadingClient
from tests.reading import text_of
from tests.signing_in import give_password

NEWCOMER = {
    "display_name": "Aubeline Carrosse",
    "password": "quatre lampes sous la neige",
    "accepts": "y",
}


class TestInvite:
    def test_from_the_list_to_an_account_with_a_profile(
        self, client: ProofreadingClient, client_as: Callable
    ) -> None:
        officer = client_as(Role.AGENCY_STAFF)
        assert "Aucune invitation" in text_of(officer.get("/talents/invitations"))
        data = {"email": "Aube@test.example"}
        assert officer.post("/talents/invitations/nouvelle", data=data).status_code == 303
        assert "aube@test.example" in text_of(officer.get("/talents/invitations"))
        path = f"/invitation/{newest_token()}"
        assert "aube@test.example" in text_of(client.get(path))
        assert account_at("aube@test.example") is None
        assert client.post(path, data=NEWCOMER).location == "/mon-profil"
        assert client.get("/mon-profil").status_code == 200
        assert client.get(path).status_code == 404
        assert "Acceptée" in text_of(officer.get("/talents/invitations"))

    def test_whoever_accepted_has_no_name_at_the_agency_before_an_interview(
        self, client: ProofreadingClient, client_as: Callable
    ) -> None:
        invitation, token = make_invitation()
        client.post(f"/invitation/{token}", data=NEWCOMER)
        db.session.expire_all()
        talent = invitation.talent
        officer = client_as(Role.AGENCY_STAFF)
        page = officer.get("/talents/invitations")
        assert NEWCOMER["display_name"] not in page.text
        assert f"/talents/{talent.id}" not in page.text
        assert talent.code in text_of(page)
        talent.named_at = now()
        db.session.commit()
        page = officer.get("/talents/invitations")
        assert f'href="/talents/{talent.id}">{NEWCOMER["display_name"]}' in page.text

    def test_what_was_followed_before_is_called_by_its_code_once_its_person_signs_in(
        self, client: ProofreadingClient, client_of: Callable
    ) -> None:
        officer, talent = make_account(), make_talent(pool_status=PoolStatus.CANDIDATE)
        make_follow_up(talent, owner=officer, due_on=date.today())
        browser = client_of(officer)
        assert talent.display_name in browser.get("/").text
        _invitation, token = make_invitation(talent=talent)
        client.post(f"/invitation/{token}", data=NEWCOMER)
        db.session.expire_all()
        for address in ("/", "/suivis", "/talents/invitations"):
            page = browser.get(address)
            assert talent.display_name not in page.text, address
            assert talent.code in page.text, address

    def test_from_the_page_of_a_profile_that_nobody_holds(
        self, client: ProofreadingClient, client_as: Callable
    ) -> None:
        talent = make_talent()
        officer = client_as(Role.AGENCY_STAFF)
        assert "Inviter cette personne" in text_of(officer.get(f"/talents/{talent.id}"))
        address = f"/talents/{talent.id}/inviter"
        assert "Maëlle Essai" in text_of(officer.get(address))
        data = {"email": "aube@test.example"}
        assert officer.post(address, data=data).location == f"/talents/{talent.id}"
        assert "Une invitation est partie" in text_of(officer.get(f"/talents/{talent.id}"))
        again = officer.post(address, data=data)
        assert again.status_code == 422
        assert "attend déjà la réponse" in text_of(again)
        client.post(f"/invitation/{newest_token()}", data=NEWCOMER)
        db.session.expire_all()
        assert talent.account.email == "aube@test.example"
        assert "Inviter cette personne" not in text_of(officer.get(f"/talents/{talent.id}"))

    def test_the_director_reads_no_button(self, client_as: Callable) -> None:
        page = client_as(Role.AGENCY_DIRECTOR).get(f"/talents/{make_talent().id}")
        assert "Inviter" not in text_of(page)

    def test_both_addresses_get_the_same_answer(self, client_as: Callable) -> None:
        officer, known = client_as(Role.AGENCY_STAFF), make_account(role=Role.TALENT)
        answers = [
            officer.post("/talents/invitations/nouvelle", data={"email": email})
            for email in (known.email, "nobody@test.example")
        ]
        assert answers[0].location == answers[1].location
        assert text_of(officer.get("/talents/invitations")).count("Envoyée") >= 2

    def test_it_is_sent_again_then_withdrawn(
        self, client: ProofreadingClient, client_as: Callable
    ) -> None:
        invitation, first = make_invitation()
        officer = client_as(Role.AGENCY_STAFF)
        address = f"/talents/invitations/{invitation.id}"
        officer.post(f"{address}/renvoyer")
        second = newest_token()
        assert client.get(f"/invitation/{first}").status_code == 404
        assert client.get(f"/invitation/{second}").status_code == 200
        officer.post(f"{address}/retirer")
        assert client.get(f"/invitation/{second}").status_code == 404
        officer.post(f"{address}/renvoyer")
        assert "Rien n’est changé" in text_of(officer.get("/talents/invitations"))


class TestAccept:
    def test_an_account_signs_in_then_accepts(
        self, client: ProofreadingClient, client_of: Callable
    ) -> None:
        account, talent = make_account(role=Role.TALENT), make_talent()
        _invitation, token = make_invitation(email=account.email, talent=talent)
        path = f"/invitation/{token}"
        assert "connectez-vous, puis acceptez" in text_of(client.get(path))
        client.post(path, data=NEWCOMER)
        assert talent.account is None
        other = client_of(make_account(role=Role.TALENT))
        assert "autre compte" in text_of(other.get(path))
        other.post(path)
        assert talent.account is None
        assert give_password(client, account, next=path) == path
        assert client.post(path).location == "/mon-profil"
        db.session.expire_all()
        assert profile_of(account).id == talent.id

    def test_who_has_a_profile_is_told_what_to_do(self, client_of: Callable) -> None:
        account = make_account(role=Role.TALENT)
        make_talent(account=account)
        _invitation, token = make_invitation(email=account.email, talent=make_talent())
        answer = client_of(account).post(f"/invitation/{token}")
        assert answer.status_code == 409
        assert "elle les réunira" in text_of(answer)

    def test_its_page_is_kept_by_nobody(self, client: ProofreadingClient) -> None:
        _invitation, token = make_invitation()
        answer = client.get(f"/invitation/{token}")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"
