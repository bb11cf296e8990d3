"""What people do with their data, page after page."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts.consent_models import Consent, ConsentText
from talentpool.accounts.consents import VERSIONS, accept, consent_of, has_read_notice
from talentpool.accounts.models import Account
from talentpool.db import db, now
from talentpool.i18n import date_in_words
from talentpool.journal.models import JournalEntry
from talentpool.mail.models import OutgoingMail
from talentpool.matches.services import rank_talents
from talentpool.notifications.models import Notification
from talentpool.placements.contracts import refresh_status
from talentpool.privacy.models import DataRequest, Erasure, ErasureKind
from talentpool.privacy.people import person_behind
from talentpool.privacy.restricting import restrict
from talentpool.proposals.reach import ProcessingLimited
from talentpool.talents.models import PoolStatus, Talent
from talentpool.talents.queries import people_to_choose, rankable_talents, talents
from talentpool.visibility.queries import is_findable
from tests.factories.accounts import PASSWORD, make_account
from tests.factories.needs import make_seat
from tests.factories.placements import TODAY, make_contract, make_placement, make_proposal
from tests.factories.privacy import make_data_request
from tests.factories.talents import make_talent
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, text_of


@pytest.fixture
def account(app: object) -> Account:
    return make_account(role=Role.TALENT, display_name="Lou Marin", email="lou@test.example")


@pytest.fixture
def talent(account: Account) -> Talent:
    return make_talent(account=account, display_name="Lou Marin")


@pytest.fixture
def browser(client_of: Callable, account: Account) -> ProofreadingClient:
    return client_of(account)


class TestOwn:
    def test_says_what_is_held_by_subject(
        self, browser: ProofreadingClient, talent: Talent
    ) -> None:
        said = text_of(browser.get("/mes-donnees"))
        assert "Votre profil 1" in said
        assert "Compétences 1" in said

    @pytest.mark.parametrize("role", list(Role))
    def test_is_for_everybody_who_signs_in(self, role: Role, client_as: Callable) -> None:
        assert client_as(role).get("/mes-donnees").status_code == 200


class TestObjecting:
    def test_takes_one_button_and_then_says_that_it_is_done(
        self, browser: ProofreadingClient, talent: Talent
    ) -> None:
        page = browser.get("/mes-donnees")
        assert "M’opposer au classement" in text_of(page)
        action = "/mon-profil/visibilite/opposition"
        assert f'action="{action}"' in page.text
        browser.post(action)
        assert not db.session.scalar(select(Talent).where(is_findable(TODAY)))
        after = browser.get("/mes-donnees")
        assert "aucun classement ne vous lit" in text_of(after)
        assert f'action="{action}"' not in after.text

    def test_is_offered_by_the_page_on_rankings(
        self, browser: ProofreadingClient, talent: Talent
    ) -> None:
        assert "/mon-profil/visibilite" in browser.get("/comment-ca-marche").text


class TestDownload:
    def test_takes_the_password_then_gives_everything(
        self, browser: ProofreadingClient, talent: Talent
    ) -> None:
        page = "/mes-donnees/telecharger"
        assert browser.get("/mes-donnees/archive.zip").location == page
        wrong = browser.post(page, data={"password": "not this one"})
        assert complaints(wrong) == {"password": "Ce n’est pas votre mot de passe."}
        assert browser.post(page, data={"password": PASSWORD}).location == page
        assert "/mes-donnees/archive.zip" in browser.get(page).text
        answer = browser.get("/mes-donnees/archive.zip")
        assert answer.headers["Cache-Control"] == "no-store"
        archive = zipfile.ZipFile(io.BytesIO(answer.data))
        content = json.loads(archive.read("donnees.json"))
        assert content["data"]["talent"][0]["display_name"] == "Lou Marin"
        acts = db.session.scalars(select(JournalEntry.action)).all()
        assert acts.count("privacy.archive_made") == 1


class TestRestrict:
    def test_a_limited_profile_is_in_no_ranking_list_nor_proposal(
        self, browser: ProofreadingClient, talent: Talent, client_as: Callable
    ) -> None:
        make_talent(display_name="Sacha Reste")
        seat = make_seat()
        run = rank_talents(seat, by=None, as_of=TODAY)
        db.session.commit()
        assert browser.post("/mes-donnees/limiter").location == "/mes-donnees"
        staff = make_account()
        assert talent not in rankable_talents()
        assert talent not in people_to_choose()
        assert talent not in db.session.scalars(talents(staff)).all()
        after = rank_talents(seat, by=None, as_of=TODAY)
        assert after.pool_size == run.pool_size - 1
        with pytest.raises(ProcessingLimited):
            make_proposal(talent)
        agency = client_as(Role.AGENCY_STAFF)
        assert "traitement limité" in agency.get(f"/talents/{talent.id}").text
        past = agency.get(f"/classements/{run.id}")
        assert "traitement limité à la demande de la personne" in past.text
        assert talent.code not in past.text

    def test_is_lifted_in_one_click(self, browser: ProofreadingClient, talent: Talent) -> None:
        restrict(person_behind(talent), by=None)
        db.session.commit()
        assert "Traitement limité" in browser.get("/mes-donnees").text
        browser.post("/mes-donnees/limiter/lever")
        db.session.refresh(talent)
        assert talent.restricted_at is None
        assert talent in rankable_talents()


class TestPool:
    def test_one_leaves_and_comes_back(self, browser: ProofreadingClient, talent: Talent) -> None:
        browser.post("/mes-donnees/quitter-le-vivier")
        db.session.refresh(talent)
        assert talent.pool_status is PoolStatus.CANDIDATE
        consent = db.session.scalars(select(Consent).where(Consent.text == ConsentText.POOL)).one()
        assert consent.withdrawn_at is not None
        # No agreement is made up for who entered before they were noted.
        assert consent.accepted_at is None
        acts = db.session.scalars(select(JournalEntry.action)).all()
        assert ("consent.withdrawn" in acts, "consent.given" in acts) == (True, False)
        assert "Revenir dans le vivier" in browser.get("/mes-donnees").text
        browser.post("/mes-donnees/revenir-dans-le-vivier")
        db.session.refresh(talent)
        assert talent.pool_status is PoolStatus.POOL

    def test_leaving_takes_every_version_back_and_says_that_proposals_go_on(
        self, browser: ProofreadingClient, talent: Talent, account: Account
    ) -> None:
        for version in ("2020-01", VERSIONS[ConsentText.POOL]):
            instant = now()
            db.session.add(
                Consent(
                    account_id=account.id,
                    text=ConsentText.POOL,
                    version=version,
                    accepted_at=instant,
                )
            )
        db.session.commit()
        page = "/mes-donnees/quitter-le-vivier"
        assert "Les propositions déjà faites suivent leur cours" in browser.get(page).text
        browser.post(page)
        kept = db.session.scalars(select(Consent).where(Consent.text == ConsentText.POOL)).all()
        assert [one.withdrawn_at is not None for one in kept] == [True, True]
        assert consent_of(account, ConsentText.POOL) is None

    def test_who_left_before_a_contract_is_out_again_after_it(
        self, browser: ProofreadingClient, talent: Talent
    ) -> None:
        browser.post("/mes-donnees/quitter-le-vivier")
        contract = make_contract(talent)
        assert talent.pool_status is PoolStatus.EMPLOYED
        refresh_status(talent, today=contract.ends_on + timedelta(days=1))
        db.session.refresh(talent)
        assert talent.pool_status is PoolStatus.CANDIDATE

    def test_nobody_admits_themselves(self, browser: ProofreadingClient, account: Account) -> None:
        talent = make_talent(account=account, pool_status=PoolStatus.CANDIDATE)
        # Who never was in the pool cannot leave it, and so come back.
        assert browser.post("/mes-donnees/quitter-le-vivier").status_code == 303
        answer = browser.post("/mes-donnees/revenir-dans-le-vivier")
        assert answer.status_code == 404
        db.session.refresh(talent)
        assert talent.pool_status is PoolStatus.CANDIDATE

    def test_who_is_under_contract_stays(
        self, browser: ProofreadingClient, account: Account
    ) -> None:
        talent = make_talent(account=account, pool_status=PoolStatus.EMPLOYED)
        browser.post("/mes-donnees/quitter-le-vivier")
        db.session.refresh(talent)
        assert talent.pool_status is PoolStatus.EMPLOYED


class TestErase:
    def test_takes_the_password_and_the_word(
        self, browser: ProofreadingClient, talent: Talent
    ) -> None:
        page = "/mes-donnees/effacer"
        wrong = browser.post(page, data={"password": "not this one", "word": "oui"})
        assert set(complaints(wrong)) == {"word"}
        wrong = browser.post(page, data={"password": "not this one", "word": "effacer"})
        assert set(complaints(wrong)) == {"password"}
        assert db.session.scalars(select(Erasure)).all() == []
        answer = browser.post(page, data={"password": PASSWORD, "word": "Effacer"})
        assert answer.location == "/donnees-effacees"
        assert "Vos données sont effacées" in browser.get(answer.location).text
        assert browser.get("/mon-profil").location.startswith("/connexion")
        assert db.session.scalars(select(Account.email)).all().count("lou@test.example") == 0
        assert db.session.scalars(select(Erasure)).one().kind is ErasureKind.ASKED

    def test_who_has_an_account_for_their_office_asks(self, client_as: Callable) -> None:
        browser = client_as(Role.AGENCY_STAFF)
        assert "Votre compte sert à vos fonctions" in browser.get("/mes-donnees/effacer").text
        form = {"password": PASSWORD, "word": "effacer"}
        assert browser.post("/mes-donnees/effacer", data=form).status_code == 200
        assert db.session.scalars(select(Erasure)).all() == []

    def test_says_what_still_binds(self, client_of: Callable, account: Account) -> None:
        make_placement(make_talent(account=account))
        answer = client_of(account).get("/mes-donnees/effacer")
        assert "Un contrat ou une mission est en cours" in answer.text
        assert 'name="word"' not in answer.text


class TestAsk:
    def test_a_request_is_answered_and_read(
        self, browser: ProofreadingClient, account: Account, client_as: Callable
    ) -> None:
        form = {"kind": "correction", "text": "Mon contrat finit en mars."}
        assert browser.post("/mes-donnees/demander", data=form).location == "/mes-donnees"
        asked = db.session.scalars(select(DataRequest)).one()
        admin = client_as(Role.ADMINISTRATOR)
        page = f"/donnees/demandes/{asked.id}"
        assert f'href="{page}"' in admin.get("/donnees").text
        typed = filled(admin.get(page), text="Corrigé ce matin.")
        assert admin.post(page, data=typed).location == "/donnees"
        assert "Corrigé ce matin." in browser.get("/mes-donnees").text
        told = select(Notification).where(Notification.account_id == account.id)
        assert db.session.scalars(told).one().kind == "privacy.answered"
        again = admin.post(page, data=typed)
        assert "text" in complaints(again)

    def test_tells_the_administration_until_when_to_answer(
        self, browser: ProofreadingClient, account: Account, client_of: Callable
    ) -> None:
        chief = make_account(role=Role.ADMINISTRATOR, email="admin@test.example")
        make_account(role=Role.ADMINISTRATOR, email="gone@test.example").is_active = False
        db.session.commit()
        browser.post("/mes-donnees/demander", data={"kind": "other", "text": "Une copie papier."})
        asked = db.session.scalars(select(DataRequest)).one()
        limit, code = f"{asked.due_on:%d/%m/%Y}", f"C-{account.id:04d}"
        told = db.session.scalars(select(Notification)).one()
        assert (told.account_id, told.due_on) == (chief.id, asked.due_on)
        mail = db.session.scalars(select(OutgoingMail)).one()
        assert mail.recipient == "admin@test.example"
        assert limit in mail.subject
        assert code in mail.text
        assert account.display_name not in mail.subject + mail.text
        home = client_of(chief).get("/")
        assert f"Répondre avant le {limit} à {code} sur ses données" in text_of(home)
        assert f"/donnees/demandes/{asked.id}" in home.text
        promised = f"au plus tard le {date_in_words(asked.due_on)}"
        assert promised in text_of(browser.get("/mes-donnees"))

    def test_the_oldest_promise_comes_first_and_is_called_late(
        self, account: Account, client_as: Callable
    ) -> None:
        newest, oldest = make_data_request(account), make_data_request(account)
        oldest.created_at -= timedelta(days=40)
        db.session.commit()
        said = text_of(client_as(Role.ADMINISTRATOR).get("/"))
        late = said.index(f"En retard depuis le {oldest.due_on:%d/%m/%Y}")
        assert late < said.index(f"Répondre avant le {newest.due_on:%d/%m/%Y}")


class TestRegister:
    def test_gives_the_archive_of_who_asks_by_letter(
        self, talent: Talent, client_as: Callable
    ) -> None:
        admin, page = client_as(Role.ADMINISTRATOR), "/donnees/personne"
        archive = f"/donnees/personne/{talent.code}/archive.zip"
        assert admin.get(archive).location == page
        form = {"who": "lou@test.example", "act": "archive"}
        confirm = admin.post(page, data=form).location
        assert confirm == f"/donnees/personne/{talent.code}/archive"
        assert "Lou Marin" in admin.get(confirm).text
        assert "password" in complaints(admin.post(confirm, data={"password": "not this one"}))
        assert admin.post(confirm, data={"password": PASSWORD}).location == archive
        assert zipfile.is_zipfile(io.BytesIO(admin.get(archive).data))
        other = make_talent(display_name="Sacha Voisin")
        assert admin.get(f"/donnees/personne/{other.code}/archive.zip").location == page

    def test_limits_and_erases_for_who_asks_by_letter(
        self, talent: Talent, client_as: Callable
    ) -> None:
        admin, page = client_as(Role.ADMINISTRATOR), "/donnees/personne"
        form = {"who": talent.code, "act": "restrict"}
        confirm = admin.post(page, data=form).location
        assert "Lou Marin" in admin.get(confirm).text
        assert talent.restricted_at is None
        assert admin.post(confirm, data={"password": PASSWORD}).location == "/donnees"
        assert talent.code in admin.get("/donnees").text
        answer = admin.post(page, data={**form, "act": "erase"})
        assert answer.location == f"/donnees/personne/{talent.code}/effacer"
        done = admin.post(answer.location, data={"password": PASSWORD, "word": "effacer"})
        assert done.location == "/donnees"
        assert db.session.scalars(select(Erasure)).one().kind is ErasureKind.ON_BEHALF

    def test_an_address_of_two_people_is_refused_for_a_code(self, client_as: Callable) -> None:
        people = [make_talent(display_name="Lou Marin"), make_talent(display_name="Sacha Voisin")]
        for person in people:
            make_proposal(person, talent_email="boite@test.example")
        form = {"who": "boite@test.example", "act": "restrict"}
        answer = client_as(Role.ADMINISTRATOR).post("/donnees/personne", data=form)
        said = complaints(answer)["who"]
        assert all(person.code in said for person in people)

    def test_an_account_without_a_profile_has_nothing_to_limit(
        self, account: Account, client_as: Callable
    ) -> None:
        admin = client_as(Role.ADMINISTRATOR)
        page = f"/donnees/personne/C-{account.id:04d}/restrict"
        assert "Rien à faire" in admin.get(page).text
        assert admin.post(page, data={"password": PASSWORD}).status_code == 200

    def test_says_when_nobody_is_known(self, client_as: Callable) -> None:
        form = {"who": "nobody@test.example", "act": "archive"}
        answer = client_as(Role.ADMINISTRATOR).post("/donnees/personne", data=form)
        assert "who" in complaints(answer)

    def test_shows_requests_by_number(self, account: Account, client_as: Callable) -> None:
        make_data_request(account)
        page = client_as(Role.ADMINISTRATOR).get("/donnees").text
        assert f"C-{account.id:04d}" in page
        assert account.display_name not in page


class TestNotice:
    def test_is_shown_at_home_until_read(
        self, browser: ProofreadingClient, account: Account
    ) -> None:
        assert "un texte à lire" in browser.get("/").text
        assert "J’ai lu" in browser.get("/donnees-personnelles").text
        assert browser.post("/donnees-personnelles/lu").location == "/"
        assert "un texte à lire" not in browser.get("/").text
        assert has_read_notice(account)

    def test_a_new_wording_is_shown_again(
        self, browser: ProofreadingClient, account: Account, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        accept(account, ConsentText.NOTICE, by=account)
        db.session.commit()
        assert "un texte à lire" not in browser.get("/").text
        in_force = VERSIONS[ConsentText.NOTICE]
        monkeypatch.setitem(VERSIONS, ConsentText.NOTICE, "2999-01")
        assert "un texte à lire" in browser.get("/").text
        kept = select(Consent.version).where(Consent.account_id == account.id)
        assert db.session.scalars(kept).all() == [in_force]
