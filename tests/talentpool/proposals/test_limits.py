"""Nothing goes on with who limited their profile, and nobody new is told of who paused or blocked."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.db import db, now
from talentpool.notifications.models import Notification
from talentpool.placements.services import confirm_proposal, place_proposal, place_talent
from talentpool.proposals import asking, meetings, services, thread
from talentpool.proposals.links import issue
from talentpool.proposals.models import ANSWER_WITHIN, Proposal
from talentpool.proposals.reach import HostBlocked, ProcessingLimited, TalentPaused
from talentpool.proposals.reminders import remind
from talentpool.proposals.stages import YES_REASONS, Channel, ProposalStatus, Question, Side
from talentpool.talents.models import Talent
from talentpool.visibility.services import pause
from tests.factories.accounts import make_account
from tests.factories.needs import make_need
from tests.factories.organisations import make_member, make_organisation
from tests.factories.placements import (
    ROOMY,
    bring_to,
    make_booking,
    make_contract,
    make_proposal,
    make_slot,
)
from tests.factories.talents import make_talent
from tests.factories.visibility import make_block
from tests.reading import complaints, filled, text_of

TODAY = date.today()
LATE = TODAY + ANSWER_WITHIN + timedelta(days=1)


def limit(talent: Talent) -> None:
    talent.restricted_at = now()
    db.session.commit()


def say_yes(proposal: Proposal, side: Side) -> None:
    services.answer(
        proposal,
        side,
        is_yes=True,
        reason=YES_REASONS[side][0],
        note="",
        channel=Channel.APP,
        today=TODAY,
        by=None,
    )


def offer(proposal: Proposal) -> None:
    time = meetings.Time(now() + timedelta(days=3), 45, "")
    meetings.offer_slots(proposal, [time], side=Side.AGENCY, today=TODAY, by=None)


def choose(proposal: Proposal) -> None:
    slot = make_slot(proposal)
    meetings.choose_slot(slot, side=Side.TALENT, today=TODAY, by=None)


def write(proposal: Proposal, author: Side, audience: Side | None) -> None:
    thread.post_message(
        proposal, "Bonjour.", author=author, audience=audience, today=TODAY, by=None
    )


ACTS: list[tuple[ProposalStatus, Callable[[Proposal], object]]] = [
    (ProposalStatus.PROPOSED, lambda one: say_yes(one, Side.HOST)),
    (ProposalStatus.INTERVIEWED, lambda one: say_yes(one, Side.TALENT)),
    (ProposalStatus.MEETING_AGREED, lambda one: services.note_interview(one, today=TODAY, by=None)),
    (
        ProposalStatus.AGREED,
        lambda one: confirm_proposal(one, cap=Decimal(ROOMY), today=TODAY, by=None),
    ),
    (ProposalStatus.CONFIRMED, lambda one: place_proposal(one, today=TODAY, by=None)),
    (ProposalStatus.PROPOSED, lambda one: asking.ask(one, today=TODAY)),
    (ProposalStatus.MEETING_AGREED, lambda one: offer(one)),
    (ProposalStatus.MEETING_AGREED, lambda one: choose(one)),
    (ProposalStatus.MEETING_AGREED, lambda one: write(one, Side.AGENCY, Side.HOST)),
    (ProposalStatus.MEETING_AGREED, lambda one: write(one, Side.TALENT, None)),
    (ProposalStatus.MEETING_AGREED, lambda one: write(one, Side.HOST, Side.HOST)),
]


class TestLimited:
    @pytest.mark.parametrize(("status", "act"), ACTS)
    def test_nothing_goes_on(
        self, status: ProposalStatus, act: Callable[[Proposal], object], each_database: object
    ) -> None:
        talent = make_contract(today=TODAY).talent
        at = ProposalStatus.AGREED if status is ProposalStatus.CONFIRMED else status
        proposal = make_proposal(talent, status=at, today=TODAY)
        if status is ProposalStatus.CONFIRMED:
            confirm_proposal(proposal, cap=ROOMY, today=TODAY, by=None)
        limit(talent)
        with pytest.raises(ProcessingLimited):
            act(proposal)
        db.session.rollback()
        assert proposal.status is status

    @pytest.mark.parametrize("author", [Side.AGENCY, Side.TALENT])
    def test_the_agency_and_the_person_still_write_to_each_other(
        self, author: Side, each_database: object
    ) -> None:
        proposal = make_proposal(today=TODAY)
        limit(proposal.talent)
        write(proposal, author, Side.TALENT)
        assert [one.text for one in proposal.messages] == ["Bonjour."]

    def test_nobody_is_placed_nor_taken_up_again(self, each_database: object) -> None:
        talent = make_contract().talent
        over = make_proposal(talent, today=TODAY - timedelta(days=60))
        limit(talent)
        with pytest.raises(ProcessingLimited):
            place_talent(talent, over.seat, make_booking(), today=TODAY, by=None)
        with pytest.raises(ProcessingLimited):
            services.reopen(over, today=TODAY, by=None)

    def test_a_no_still_ends_it(self, each_database: object) -> None:
        proposal = make_proposal(today=TODAY)
        limit(proposal.talent)
        reason = services.NO_REASONS[Side.TALENT][0]
        services.answer(
            proposal,
            Side.TALENT,
            is_yes=False,
            reason=reason,
            note="",
            channel=Channel.APP,
            today=TODAY,
            by=None,
        )
        assert proposal.status is ProposalStatus.DECLINED

    @pytest.mark.parametrize("status", [ProposalStatus.PROPOSED, ProposalStatus.MEETING_AGREED])
    def test_a_host_reads_nothing_any_more(
        self, status: ProposalStatus, app: object, client_of: Callable
    ) -> None:
        member = make_member()
        need = make_need(organisation=member.membership.organisation)
        proposal = make_proposal(seat=need.seats[0], status=status, today=TODAY)
        token = issue(proposal, Side.HOST, Question.MEETING, member.email)
        db.session.commit()
        host = client_of(member)
        address = f"/mes-propositions/{proposal.id}"
        assert host.get(address).status_code == 200
        limit(proposal.talent)
        assert host.get(address).status_code == 404
        assert host.get(f"/mes-propositions/comparer/{proposal.seat_id}").status_code == 404
        for page in ("/mes-propositions", "/"):
            assert f'href="{address}"' not in host.get(page).text
        assert "Ce lien ne sert plus" in text_of(host.get(f"/reponse/{token}"))

    def test_pages_say_it(self, app: object, client_of: Callable, client_as: Callable) -> None:
        account = make_account(role=Role.TALENT)
        talent = make_talent(account=account)
        proposal = make_proposal(talent, today=TODAY)
        limit(talent)
        own, address = client_of(account), f"/mes-propositions/{proposal.id}"
        own.post(address, data={"answer": "yes:subject_fit"})
        assert "levez d’abord cette limite" in text_of(own.get(address))
        agency, address = client_as(Role.AGENCY_STAFF), f"/propositions/{proposal.id}"
        agency.post(f"{address}/reponse/host", data={"answer": "yes:skills_fit"})
        assert "sans servir à rien d’autre" in text_of(agency.get(address))
        bring = {"proposition": [proposal.id], "action": "ask"}
        agency.post("/propositions/lot", data=bring)
        assert "sans servir à rien d’autre" in text_of(agency.get("/propositions"))
        assert not proposal.answers

    def test_pages_refuse_times_and_words_and_lose_nothing_typed(
        self, app: object, client_as: Callable
    ) -> None:
        proposal = make_proposal(status=ProposalStatus.MEETING_AGREED, today=TODAY)
        slot = make_slot(proposal)
        limit(proposal.talent)
        agency = client_as(Role.AGENCY_STAFF)
        page = f"/propositions/{proposal.id}/message"
        typed = filled(agency.get(page), audience="host", text="Venez mardi.")
        answer = agency.post(page, data=typed)
        assert "sans servir à rien d’autre" in complaints(answer)["text"]
        assert "Venez mardi." in answer.text
        page = f"/propositions/{proposal.id}/moments"
        answer = agency.post(page, data=filled(agency.get(page), first="2099-01-05T09:30"))
        assert "sans servir à rien d’autre" in complaints(answer)["first"]
        assert agency.post(f"/moments/{slot.id}/choisir").status_code == 303
        assert "sans servir à rien d’autre" in text_of(agency.get(f"/propositions/{proposal.id}"))
        assert (proposal.messages, proposal.chosen_slot) == ([], None)

    def test_pages_refuse_a_meeting_a_confirmation_and_a_placement(
        self, app: object, client_as: Callable
    ) -> None:
        agency = client_as(Role.AGENCY_STAFF)
        for status, act in (
            (ProposalStatus.MEETING_AGREED, "entretien"),
            (ProposalStatus.AGREED, "confirmer"),
        ):
            proposal = make_proposal(status=status, today=TODAY)
            limit(proposal.talent)
            address = f"/propositions/{proposal.id}"
            agency.post(f"{address}/{act}")
            assert "sans servir à rien d’autre" in text_of(agency.get(address))
            db.session.refresh(proposal)
            assert proposal.status is status


def kept_trial() -> Proposal:
    organisation = make_organisation()
    make_member(organisation)
    seat = make_need(organisation=organisation).seats[0]
    return make_proposal(seat=seat, today=TODAY, asks=False)


class TestKeptTrial:
    """A proposal that was kept without asking anybody."""

    @pytest.fixture
    def trial(self, each_database: object) -> Proposal:
        make_account(role=Role.AGENCY_STAFF)
        return kept_trial()

    def test_nobody_new_is_told_of_who_blocked_or_paused(self, trial: Proposal) -> None:
        pause(trial.talent, today=TODAY, by=None)
        with pytest.raises(TalentPaused):
            asking.ask(trial, today=TODAY)
        make_block(trial.talent, trial.seat.need.organisation)
        with pytest.raises(HostBlocked):
            asking.ask(trial, today=TODAY)
        kinds = db.session.scalars(select(Notification.kind)).all()
        assert asking.ASKED_HOST not in kinds

    def test_whoever_was_asked_is_asked_again(self, trial: Proposal) -> None:
        assert asking.ask(trial, today=TODAY) == 1
        make_block(trial.talent, trial.seat.need.organisation)
        assert asking.ask(trial, today=TODAY + timedelta(days=1)) == 1

    def test_whose_host_has_them_is_asked(self, trial: Proposal) -> None:
        make_contract(trial.talent)
        bring_to(trial, ProposalStatus.AGREED, today=TODAY)
        confirm_proposal(trial, cap=ROOMY, today=TODAY, by=None)
        place_proposal(trial, today=TODAY, by=None)
        make_block(trial.talent, trial.seat.need.organisation)
        longer = make_proposal(
            trial.talent,
            trial.seat,
            starts_on=date(2027, 11, 5),
            ends_on=date(2027, 12, 5),
            today=TODAY,
            goes_on=True,
            asks=False,
        )
        assert asking.ask(longer, today=TODAY) == 1

    @pytest.mark.parametrize("is_paused", [True, False])
    def test_silence_is_told_to_the_officer_once(self, trial: Proposal, is_paused: bool) -> None:
        if is_paused:
            pause(trial.talent, today=TODAY, by=None)
        else:
            limit(trial.talent)
        assert [remind(LATE), remind(LATE)] == [1, 0]
        [told] = db.session.scalars(select(Notification))
        assert told.kind == asking.HELD
        assert ("en pause" if is_paused else "sans servir") in told.params["why"]


def test_the_page_says_why_nobody_is_reminded(app: object, client_as: Callable) -> None:
    trial = kept_trial()
    pause(trial.talent, today=TODAY, by=None)
    db.session.commit()
    agency, address = client_as(Role.AGENCY_STAFF), f"/propositions/{trial.id}"
    agency.post(f"{address}/relancer")
    page = text_of(agency.get(address))
    assert "Cette personne est en pause" in page
    assert "relancée" not in page
