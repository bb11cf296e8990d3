from collections.abc import Callable
from datetime import date, timedelta

import pytest

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.anonymity.services import choose_passages
from talentpool.db import db
from talentpool.matches.services import rank_talents
from talentpool.needs.models import NeedSeat
from talentpool.proposals.stages import ProposalStatus
from talentpool.talents.models import PoolStatus, Talent
from talentpool.visibility.queries import blocks_of, visibility_of
from talentpool.visibility.services import object_to_rankings, pause
from tests.factories.accounts import make_account
from tests.factories.needs import make_need, make_seat
from tests.factories.organisations import make_organisation
from tests.factories.placements import make_proposal
from tests.factories.talents import make_talent
from tests.factories.visibility import make_block
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, text_of

ADDRESS = "/mon-profil/visibilite"


@pytest.fixture
def account(app: object) -> Account:
    return make_account(role=Role.TALENT)


@pytest.fixture
def talent(account: Account) -> Talent:
    return make_talent(account=account, display_name="Maëlle Essai")


@pytest.fixture
def browser(talent: Talent, account: Account, client_of: Callable) -> ProofreadingClient:
    return client_of(account)


@pytest.fixture
def seat(talent: Talent) -> NeedSeat:
    return make_seat()


class TestOwn:
    def test_a_pause_is_one_click_and_so_is_its_end(
        self, talent: Talent, browser: ProofreadingClient
    ) -> None:
        assert f'href="{ADDRESS}"' in browser.get("/mon-profil").text
        assert browser.post(f"{ADDRESS}/pause").location == ADDRESS
        assert "Mettre fin à la pause" in text_of(browser.get(ADDRESS))
        assert visibility_of(talent).is_paused_on(date.today())
        assert "Vous êtes en pause" in text_of(browser.get("/mon-profil"))
        browser.post(f"{ADDRESS}/reprendre")
        assert not visibility_of(talent).is_paused_on(date.today())

    def test_a_day_that_is_over_is_said_beside_the_field(
        self, talent: Talent, browser: ProofreadingClient
    ) -> None:
        yesterday = date.today() - timedelta(days=1)
        refused = browser.post(f"{ADDRESS}/pause", data={"until": yesterday.isoformat()})
        assert "Ce jour est passé" in complaints(refused)["until"]
        assert visibility_of(talent) is None

    def test_one_objects_and_takes_it_back(
        self, talent: Talent, browser: ProofreadingClient
    ) -> None:
        browser.post(f"{ADDRESS}/opposition")
        assert visibility_of(talent).objects
        assert "aucun classement ne vous lit" in text_of(browser.get(ADDRESS))
        browser.post(f"{ADDRESS}/opposition/retirer")
        assert not visibility_of(talent).objects

    def test_one_blocks_and_unblocks(self, talent: Talent, browser: ProofreadingClient) -> None:
        ministry = make_organisation(label="Ministère Bleu")
        refused = browser.post(f"{ADDRESS}/bloquer", data={"organisation": ""})
        assert list(complaints(refused)) == ["organisation"]
        typed = {"organisation": str(ministry.id)}
        assert browser.post(f"{ADDRESS}/bloquer", data=typed).status_code == 303
        [made] = blocks_of(talent)
        again = browser.post(f"{ADDRESS}/bloquer", data=typed)
        assert "déjà bloqué" in complaints(again)["organisation"]
        assert f"/debloquer/{made.id}" in browser.get(ADDRESS).text
        browser.post(f"{ADDRESS}/debloquer/{made.id}")
        assert blocks_of(talent) == []

    def test_nobody_unblocks_for_somebody_else(self, browser: ProofreadingClient) -> None:
        made = make_block()
        assert browser.post(f"{ADDRESS}/debloquer/{made.id}").status_code == 404

    def test_a_proposal_that_goes_on_is_told(
        self, talent: Talent, browser: ProofreadingClient, seat: NeedSeat
    ) -> None:
        proposal = make_proposal(talent, seat, today=date.today())
        make_block(talent, seat.need.organisation)
        page = browser.get(ADDRESS)
        assert "1 proposition est en cours" in text_of(page)
        assert f'href="/mes-propositions/{proposal.id}"' in page.text
        assert browser.get(f"/mes-propositions/{proposal.id}").status_code == 200

    def test_without_a_profile_it_says_what_to_do(self, app: object, client_as: Callable) -> None:
        browser = client_as(Role.TALENT)
        for address in (ADDRESS, "/mon-profil/comment-on-me-voit"):
            assert "Écrire mon profil" in text_of(browser.get(address))
        assert browser.post(f"{ADDRESS}/pause").status_code == 404


class TestOutside:
    """No page says of somebody outside the pool what is true inside it alone."""

    @pytest.fixture
    def candidate(self, account: Account) -> Talent:
        talent = make_talent(account=account, pool_status=PoolStatus.CANDIDATE)
        talent.clearances = ["secret"]
        db.session.commit()
        return talent

    def test_a_candidate_is_told_that_the_agency_reads_nothing_by_name(
        self, candidate: Talent, account: Account, client_of: Callable
    ) -> None:
        browser = client_of(account)
        for address in ("/mon-profil", ADDRESS):
            said = text_of(browser.get(address))
            assert "aucun classement ne vous lit" in said
            assert "L’agence peut vous trouver" not in said
            assert "lit votre profil pour vous proposer" not in said
        assert "Voici ce que l’agence lit de vous" not in text_of(browser.get("/mon-profil"))
        page = browser.get("/mon-profil/comment-on-me-voit?vue=agence")
        assert "Ni votre nom, ni votre profil" in text_of(page)
        assert candidate.label not in text_of(page)
        for what in ("Nom et adresse", "Habilitations"):
            assert f'<th scope="row">{what}</th><td>non</td>' in page.text

    def test_a_former_member_is_known_and_neither_ranked_nor_proposed(
        self, account: Account, client_of: Callable
    ) -> None:
        make_talent(account=account, pool_status=PoolStatus.ALUMNI)
        browser = client_of(account)
        assert "L’agence peut vous trouver" not in text_of(browser.get("/mon-profil"))
        page = browser.get("/mon-profil/comment-on-me-voit?vue=agence")
        assert "Votre profil entier. Vous n’êtes pas dans le vivier" in text_of(page)


class TestSeen:
    def test_the_whole_profile_is_whole(
        self, talent: Talent, browser: ProofreadingClient, client_as: Callable
    ) -> None:
        talent.clearances = ["secret"]
        db.session.commit()
        label = talent.clearance_labels[0]
        agency = client_as(Role.AGENCY_STAFF).get(f"/talents/{talent.id}")
        assert label in text_of(agency)
        assert label in text_of(browser.get("/mon-profil/comment-on-me-voit?vue=agence"))

    def test_the_sheet_has_no_name_until_both_agree(
        self, talent: Talent, account: Account, browser: ProofreadingClient
    ) -> None:
        choose_passages(talent, keep=(), add=["Je dessine des cartes."], by=account)
        db.session.commit()
        address = "/mon-profil/comment-on-me-voit"
        blind = text_of(browser.get(address))
        assert "Maëlle" not in blind
        assert account.email not in blind
        assert "Je dessine des cartes." in blind
        met = text_of(browser.get(f"{address}?vue=rencontre"))
        assert "Maëlle Essai" in met
        assert account.email in met
        assert talent.text not in met
        assert talent.text in text_of(browser.get(f"{address}?vue=agence"))


class TestAgency:
    def test_it_reads_a_pause_and_an_objection_but_no_block(
        self, talent: Talent, client_as: Callable
    ) -> None:
        pause(talent, until=date(2099, 1, 5), today=date.today(), by=None)
        object_to_rankings(talent, by=None)
        make_block(talent, make_organisation(label="Ministère Bleu"))
        page = client_as(Role.AGENCY_STAFF).get(f"/talents/{talent.id}")
        assert "en pause jusqu’au 05/01/2099" in text_of(page)
        assert "à lire à la main" in text_of(page)
        assert "Ministère Bleu" not in page.text

    def test_who_was_ranked_before_is_marked_and_not_proposed(
        self, talent: Talent, seat: NeedSeat, client_as: Callable
    ) -> None:
        rank_talents(seat, by=None, as_of=date.today())
        make_block(talent, seat.need.organisation)
        db.session.commit()
        browser = client_as(Role.AGENCY_STAFF)
        assert "Non visible pour cette administration" in text_of(browser.get(f"/postes/{seat.id}"))
        address = f"/postes/{seat.id}/proposer?talent={talent.id}"
        refused = browser.post(address, data=filled(browser.get(address)))
        assert "non visible pour cette administration" in complaints(refused)["talent"]

    def test_whoever_pauses_is_not_proposed(
        self, talent: Talent, seat: NeedSeat, client_as: Callable
    ) -> None:
        pause(talent, today=date.today(), by=None)
        db.session.commit()
        browser = client_as(Role.AGENCY_STAFF)
        address = f"/postes/{seat.id}/proposer?talent={talent.id}"
        refused = browser.post(address, data=filled(browser.get(address)))
        assert "est en pause" in complaints(refused)["talent"]

    def test_objectors_are_listed_to_be_read_by_hand_ranked_or_not(
        self, talent: Talent, seat: NeedSeat, client_as: Callable
    ) -> None:
        object_to_rankings(talent, by=None)
        make_talent(display_name="Autre")
        db.session.commit()
        browser = client_as(Role.AGENCY_STAFF)
        assert talent.code in text_of(browser.get(f"/postes/{seat.id}"))
        rank_talents(seat, by=None, as_of=date.today())
        db.session.commit()
        page = browser.get(f"/postes/{seat.id}")
        assert "1 à lire à la main" in text_of(page).replace("\xa0", " ")
        assert f"/postes/{seat.id}/proposer?talent={talent.id}" in page.text


class TestOwnProposals:
    def test_every_time_and_by_whom(
        self, talent: Talent, browser: ProofreadingClient, client_of: Callable
    ) -> None:
        officer = make_account(role=Role.AGENCY_STAFF, display_name="Oriane Essai")
        over = make_proposal(talent, make_need(title="Ancien").seats[0])
        over.proposed_by = officer
        over.status = ProposalStatus.DECLINED
        make_proposal(talent, make_need(title="En cours").seats[0])
        db.session.commit()
        said = text_of(browser.get("/mes-propositions"))
        assert "Oriane Essai" in said
        assert "Ancien" in said
        assert "En cours" in said
        assert "Refusée" in said
