"""Each move's page says what happens, asks for a reason and words, and leaves history behind."""

from collections.abc import Callable

import pytest

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.needs import lifecycle
from talentpool.needs.models import Need
from talentpool.needs.move_forms import DECLINE_SENTENCES
from talentpool.needs.stages import (
    DECLINE_REASONS,
    ENDED,
    MOVES,
    Move,
    MoveReason,
    NeedStatus,
)
from talentpool.web.pipeline import Application
from tests.factories.accounts import make_account
from tests.factories.needs import make_need
from tests.factories.organisations import make_member
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, text_of

IN_PLACE = {
    Move.TAKE_UP: "instruire",
    Move.ASK_COMPLEMENT: "demander-un-complement",
    Move.COMPLETE: "rendre",
    Move.APPROVE: "retenir",
    Move.DECLINE: "ne-pas-retenir",
    Move.WITHDRAW: "retirer",
    Move.GIVE_UP: "sans-solution",
    Move.CLOSE: "clore",
    Move.REOPEN: "rouvrir",
}
#: A page of a move, where it starts, what it takes, and where it leads.
WORDY = [
    ("demander-un-complement", NeedStatus.IN_REVIEW, None, NeedStatus.COMPLEMENT_ASKED),
    ("rendre", NeedStatus.COMPLEMENT_ASKED, None, NeedStatus.IN_REVIEW),
    ("ne-pas-retenir", NeedStatus.IN_REVIEW, "too_narrow", NeedStatus.DECLINED),
    ("sans-solution", NeedStatus.SEARCHING, "no_profile", NeedStatus.UNMET),
]


@pytest.fixture
def member(app: Application) -> Account:
    return make_member()


@pytest.fixture
def staff(client_as: Callable) -> ProofreadingClient:
    return client_as(Role.AGENCY_STAFF)


def own_need(member: Account, status: NeedStatus, **changes: object) -> Need:
    return make_need(organisation=member.membership.organisation, status=status, **changes)


class TestMoves:
    @pytest.mark.parametrize(("move", "status", "reason", "target"), WORDY)
    def test_a_move_takes_its_reason_and_its_words(
        self,
        move: str,
        status: NeedStatus,
        reason: str | None,
        target: NeedStatus,
        staff: ProofreadingClient,
    ) -> None:
        need = make_need(status=status)
        address = f"/besoins/{need.id}/{move}"
        assert f'href="{address}"' in staff.get(f"/besoins/{need.id}").text
        refused = staff.post(address, data={})
        assert refused.status_code == 422
        assert set(complaints(refused)) == {"words", *({"reason"} if reason else ())}
        if reason:
            assert staff.post(address, data={"words": "Oui.", "reason": "pay?"}).status_code == 422
        db.session.refresh(need)
        assert need.status is status
        typed = {"words": "Voici pourquoi.", **({"reason": reason} if reason else {})}
        assert staff.post(address, data=typed).location == f"/besoins/{need.id}"
        db.session.refresh(need)
        made = need.moves[-1]
        assert (need.status, made.words, made.reason) == (target, "Voici pourquoi.", reason)

    @pytest.mark.parametrize("reason", DECLINE_REASONS)
    def test_a_reason_to_decline_brings_a_sentence_to_edit(
        self, reason: MoveReason, staff: ProofreadingClient
    ) -> None:
        need = make_need(status=NeedStatus.IN_REVIEW)
        address = f"/besoins/{need.id}/ne-pas-retenir"
        assert staff.get(address).status_code == 200
        form = filled(staff.get(f"{address}?motif={reason.value}"))
        assert form["reason"] == [reason.value]
        assert form["words"][0].replace("\N{NO-BREAK SPACE}", " ") == DECLINE_SENTENCES[reason]

    def test_a_sentence_whose_blank_nobody_filled_is_not_sent(
        self, staff: ProofreadingClient
    ) -> None:
        need = make_need(status=NeedStatus.IN_REVIEW)
        address = f"/besoins/{need.id}/ne-pas-retenir"
        answer = staff.post(address, data=filled(staff.get(f"{address}?motif=other")))
        assert answer.status_code == 422
        assert "Complétez la phrase" in complaints(answer)["words"]
        db.session.refresh(need)
        assert need.status is NeedStatus.IN_REVIEW

    def test_its_ministry_withdraws_a_need_with_a_reason_and_no_words(
        self, member: Account, client_of: Callable
    ) -> None:
        need = own_need(member, NeedStatus.SEARCHING)
        browser, address = client_of(member), f"/besoins/{need.id}/retirer"
        form = filled(browser.get(address), reason="budget")
        assert browser.post(address, data=form).location == f"/besoins/{need.id}"
        db.session.refresh(need)
        assert (need.status, need.moves[-1].reason) == (NeedStatus.WITHDRAWN, MoveReason.BUDGET)

    def test_what_lacks_is_said_before_a_complement_is_brought(
        self, member: Account, client_of: Callable
    ) -> None:
        need = own_need(member, NeedStatus.COMPLEMENT_ASKED, text="")
        browser, address = client_of(member), f"/besoins/{need.id}/rendre"
        page = browser.get(address)
        assert "le problème et ce qui est attendu" in text_of(page)
        assert f'href="/besoins/{need.id}/rediger/probleme"' in page.text
        answer = browser.post(address, data={"words": "Voilà."})
        assert answer.status_code == 422
        db.session.refresh(need)
        assert need.status is NeedStatus.COMPLEMENT_ASKED

    def test_reopening_says_what_it_does_first(self, staff: ProofreadingClient) -> None:
        need = make_need(status=NeedStatus.CLOSED)
        address = f"/besoins/{need.id}/rouvrir"
        assert "se rouvrent" in text_of(staff.get(address))
        assert staff.post(address, data={}).location == f"/besoins/{need.id}"
        db.session.refresh(need)
        assert need.status not in ENDED

    @pytest.mark.parametrize("move", ["demander-un-complement", "ne-pas-retenir", "rendre"])
    def test_a_move_out_of_turn_is_answered_in_words(
        self, move: str, staff: ProofreadingClient
    ) -> None:
        need = make_need(status=NeedStatus.CLOSED)
        address = f"/besoins/{need.id}/{move}"
        for answer in (
            staff.get(address, follow_redirects=True),
            staff.post(address, data={"words": "x"}, follow_redirects=True),
        ):
            assert "a changé d’état entre-temps (« Clos »)" in text_of(answer)
        db.session.refresh(need)
        assert need.status is NeedStatus.CLOSED


class TestButtons:
    @pytest.mark.parametrize("status", list(NeedStatus))
    def test_a_page_offers_the_moves_that_are_open_and_no_other(
        self, status: NeedStatus, member: Account, client_of: Callable, client_as: Callable
    ) -> None:
        need = own_need(member, status)
        for browser, role in (
            (client_of(member), Role.MINISTRY_MEMBER),
            (client_as(Role.AGENCY_STAFF), Role.AGENCY_STAFF),
            (client_as(Role.AGENCY_DIRECTOR), Role.AGENCY_DIRECTOR),
        ):
            answer = browser.get(f"/besoins/{need.id}")
            shown = {
                move
                for move, word in IN_PLACE.items()
                if f'/besoins/{need.id}/{word}"' in answer.text
            }
            assert answer.status_code == (404 if _is_hidden(status, role) else 200)
            assert shown == (set() if _is_hidden(status, role) else _open_to(role, status)), role


def _is_hidden(status: NeedStatus, role: Role) -> bool:
    return status is NeedStatus.DRAFT and role is not Role.MINISTRY_MEMBER


def _open_to(role: Role, status: NeedStatus) -> set[Move]:
    by_hand = {
        Role.MINISTRY_MEMBER: {Move.COMPLETE, Move.WITHDRAW},
        Role.AGENCY_STAFF: set(IN_PLACE),
        Role.AGENCY_DIRECTOR: set(IN_PLACE) - {Move.COMPLETE, Move.WITHDRAW},
    }
    return {move for move in by_hand[role] if status in MOVES[move].sources}


class TestHistory:
    def test_both_sides_read_it_and_the_ministry_no_name_of_the_agency(
        self, member: Account, client_of: Callable
    ) -> None:
        need = own_need(member, NeedStatus.DRAFT)
        officer = make_account(display_name="Officière Untel")
        lifecycle.submit_need(need, by=member)
        lifecycle.take_up_need(need, by=officer)
        reason, words = MoveReason.NOT_PRIORITY, "Redéposez-le au printemps."
        lifecycle.decline_need(need, reason=reason, words=words, by=officer)
        db.session.commit()
        address = f"/besoins/{need.id}"
        host = text_of(client_of(member).get(address))
        agency = text_of(client_of(officer).get(address))
        for page in (host, agency):
            assert "Besoin non retenu : hors des priorités du moment" in page
            assert "Redéposez-le au printemps." in page
            assert f"par {member.display_name}" in page
        assert "Officière" not in host
        assert "par l’agence" in host
        assert "par Officière Untel" in agency

    def test_a_talent_reads_none_of_it(self, client_as: Callable) -> None:
        need = make_need(status=NeedStatus.SUBMITTED)
        lifecycle.take_up_need(need, by=None)
        lifecycle.approve_need(need, by=None)
        db.session.commit()
        page = client_as(Role.TALENT).get(f"/besoins/{need.id}")
        assert "Historique" not in text_of(page)
