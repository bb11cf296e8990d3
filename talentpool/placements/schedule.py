"""The ledger as lanes of a time line: people, or missions, over weeks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from talentpool.access import Viewer
from talentpool.db import db
from talentpool.i18n import _, date_in_figures, named, translated
from talentpool.needs.models import Need, NeedSeat
from talentpool.needs.stages import SERVED
from talentpool.organisations.models import Organisation
from talentpool.placements import queries
from talentpool.placements.ledger import FULL_TIME, Ledger
from talentpool.placements.models import Absence, Placement
from talentpool.placements.spans import DAY, Span, Steps
from talentpool.placements.trials import Outcome, TrialKind
from talentpool.placements.wording import figure
from talentpool.proposals.models import Proposal
from talentpool.proposals.queries import live_proposals
from talentpool.proposals.stages import ProposalStatus
from talentpool.talents.models import Talent
from talentpool.web import timeline
from talentpool.web.timeline import Bar, Lane

#: By what lanes may stand together, as addresses name it.
GROUPINGS = {
    "famille": _("Famille de métiers"),
    "administration": _("Administration"),
    "mission": _("Mission"),
}
NOBODY = _("Sans mission sur la période")
WITHOUT_FAMILY = _("Sans famille")
SENTENCE = _("%(who)s, %(what)s, %(share)s %%, du %(start)s au %(end)s")
ABSENT = _("%(who)s, %(what)s, du %(start)s au %(end)s")
BENCH = _("entre deux missions")
TRIED = _("à l’essai")
PROPOSED = {True: _("réservé pour %(need)s"), False: _("proposé pour %(need)s")}


@dataclass
class Schedule:
    """Everything that a time line of one stretch of days shows; `outcome` is what is being tried."""

    first: date
    last: date
    today: date
    ledger: Ledger
    people: dict[int, Talent]
    placements: list[Placement]
    proposals: list[Proposal]
    absences: list[Absence]
    outcome: Outcome | None = None
    tried_seat: NeedSeat | None = None
    _by_person: dict[int, list[Placement]] = field(default_factory=dict)

    def levels(self) -> tuple[timeline.Level, ...]:
        """Return the pool's figures over these days."""
        ledger = self.outcome.after if self.outcome else self.ledger
        return tuple(
            timeline.Level(
                level.starts_on, level.ends_on, level.held, level.reserved, level.tentative
            )
            for level in ledger.levels(self.first, self.last)
        )

    def lanes_of_people(self, grouping: str) -> tuple[Lane, ...]:
        """Return a lane for everybody under contract, placed, away or proposed in these days."""
        lanes = [
            Lane(
                label=talent.label,
                bars=tuple(self._bars_of_person(talent)),
                group=self._group_of_person(talent, grouping),
                url=url_for("placements.person", talent_id=talent.id),
            )
            for talent in self.people.values()
        ]
        return _grouped(lane for lane in lanes if lane.bars)

    def lanes_of_missions(self, grouping: str) -> tuple[Lane, ...]:
        """Return a lane for each seat that somebody holds, or is proposed for, in these days."""
        seats = {placement.seat_id: placement.seat for placement in self.placements}
        seats |= {proposal.seat_id: proposal.seat for proposal in self.proposals}
        if self.tried_seat is not None:
            seats[self.tried_seat.id] = self.tried_seat
        lanes = [
            Lane(
                label=seat.need.title,
                detail=seat.label,
                bars=tuple(self._bars_of_seat(seat)),
                group=_group_of_seat(seat, grouping),
                url=url_for("matches.seat", seat_id=seat.id),
            )
            for seat in seats.values()
        ]
        return _grouped(lane for lane in lanes if lane.bars)

    def _bars_of_person(self, talent: Talent) -> Iterable[Bar]:
        for placement in self._placements_of(talent):
            yield self._placed(placement, placement.seat.need.title)
        for proposal in self.proposals:
            if proposal.talent_id == talent.id:
                yield self._proposed(proposal, proposal.seat.need.title)
        for absence in self.absences:
            if absence.talent_id == talent.id:
                yield _absent(absence)
        yield from self._bench(talent)
        yield from self._tried(talent.id, None)

    def _bars_of_seat(self, seat: NeedSeat) -> Iterable[Bar]:
        for placement in self.placements:
            if placement.seat_id == seat.id:
                yield self._placed(placement, placement.talent.label)
        for proposal in self.proposals:
            if proposal.seat_id == seat.id:
                yield self._proposed(proposal, proposal.talent.label)
        yield from self._tried(None, seat.id)

    def _placements_of(self, talent: Talent) -> list[Placement]:
        if not self._by_person:
            for placement in self.placements:
                self._by_person.setdefault(placement.talent_id, []).append(placement)
        return self._by_person.get(talent.id, [])

    def _placed(self, placement: Placement, label: str) -> Bar:
        what = f"{placement.seat.need.title} ({translated(placement.status_on(self.today).label)})"
        span = Span(placement.starts_on, placement.ends_on, placement.share_pct)
        url = url_for("placements.show", placement_id=placement.id)
        return _bar("placed", span, placement.talent.label, what, label=label, url=url)

    def _proposed(self, proposal: Proposal, label: str) -> Bar:
        is_reserved = proposal.status is ProposalStatus.CONFIRMED
        what = translated(PROPOSED[is_reserved], need=proposal.seat.need.title)
        span = Span(proposal.starts_on, proposal.ends_on, proposal.share_pct)
        kind = "reserved" if is_reserved else "tentative"
        url = url_for("proposals.show", proposal_id=proposal.id)
        return _bar(kind, span, proposal.talent.label, what, label=label, url=url)

    def _bench(self, talent: Talent) -> Iterable[Bar]:
        away = Steps(
            Span(gone.span.starts_on, gone.span.ends_on, gone.span.amount * FULL_TIME)
            for gone in self.ledger.absences
            if gone.talent_id == talent.id
        )
        free = away.below(self.ledger.free(talent.id))
        pieces = list(free.pieces(self.first, self.last))
        for place, (day, left) in enumerate(pieces):
            ends_on = pieces[place + 1][0] - DAY if place + 1 < len(pieces) else self.last
            if left > 0:
                what = translated(BENCH)
                yield _bar("bench", Span(day, ends_on, left), talent.label, what, label=what)

    def _tried(self, talent_id: int | None, seat_id: int | None) -> Iterable[Bar]:
        outcome = self.outcome
        if outcome is None or (outcome.trial.kind is TrialKind.HIRE and talent_id is None):
            return
        trial = outcome.trial
        if talent_id == trial.talent_id or (seat_id is not None and seat_id == trial.seat_id):
            kind = "overlap" if outcome.refused else "tentative"
            who = self.people[trial.talent_id].label if trial.talent_id in self.people else ""
            yield _bar(kind, trial.span, who, translated(TRIED), label=translated(TRIED))

    def _group_of_person(self, talent: Talent, grouping: str) -> str:
        if grouping == "famille":
            return named(talent.families[0]) if talent.families else translated(WITHOUT_FAMILY)
        held = [p for p in self._placements_of(talent) if p.ends_on >= self.today]
        if not held:
            return translated(NOBODY)
        return _group_of_seat(held[0].seat, grouping)


def _group_of_seat(seat: NeedSeat, grouping: str) -> str:
    if grouping == "famille":
        return named(seat.family) if seat.family else translated(WITHOUT_FAMILY)
    if grouping == "administration":
        return seat.need.host_label
    return seat.need.title


def _grouped(lanes: Iterable[Lane]) -> tuple[Lane, ...]:
    return tuple(sorted(lanes, key=lambda lane: (lane.group, lane.label)))


def _bar(kind: str, span: Span, who: str, what: str, *, label: str, url: str | None = None) -> Bar:
    ends_on = span.ends_on or timeline.NO_END
    text = translated(
        SENTENCE,
        who=who,
        what=what,
        share=figure(span.amount),
        start=date_in_figures(span.starts_on),
        end=date_in_figures(ends_on),
    )
    return Bar(span.starts_on, ends_on, kind, label, text, share=span.amount, url=url)


def _absent(absence: Absence) -> Bar:
    label = translated(absence.kind.label)
    text = translated(
        ABSENT,
        who=absence.talent.label,
        what=label,
        start=date_in_figures(absence.starts_on),
        end=date_in_figures(absence.ends_on),
    )
    return Bar(absence.starts_on, absence.ends_on, "absent", label, text)


def schedule(viewer: Viewer, *, first: date, last: date, today: date, cap: Decimal) -> Schedule:
    """Read what happens from `first` to `last`, in few reads whatever the number of people."""
    ledger = queries.ledger(cap=cap, today=today)
    placed = list(
        db.session.scalars(
            queries.placements(viewer).where(
                Placement.starts_on <= last, Placement.ends_on >= first
            )
        )
    )
    proposed = list(
        db.session.scalars(
            live_proposals(viewer, today=today).where(
                Proposal.starts_on <= last, Proposal.ends_on >= first
            )
        )
    )
    away = list(
        db.session.scalars(
            queries.absences().where(Absence.starts_on <= last, Absence.ends_on >= first)
        )
    )
    held = {
        entry.talent_id
        for entry in (*ledger.contracts, *ledger.disposal)
        if entry.span.starts_on <= last and (entry.span.ends_on or last) >= first
    }
    shown = held | {row.talent_id for rows in (placed, proposed, away) for row in rows}
    return Schedule(first, last, today, ledger, people_named(shown), placed, proposed, away)


def people_named(numbers: set[int]) -> dict[int, Talent]:
    """Map numbers to people with their families, by name."""
    chosen = (
        select(Talent)
        .where(Talent.id.in_(numbers))
        .options(selectinload(Talent.families))
        .order_by(Talent.findable, Talent.id)
    )
    return {talent.id: talent for talent in db.session.scalars(chosen)}


def seats_to_try() -> list[NeedSeat]:
    """List the seats of approved needs, by need."""
    chosen = (
        select(NeedSeat)
        .join(NeedSeat.need)
        .where(Need.status.in_(SERVED), NeedSeat.status != "closed")
        .options(
            joinedload(NeedSeat.family),
            joinedload(NeedSeat.need)
            .selectinload(Need.organisation)
            .selectinload(Organisation.names),
        )
        .order_by(Need.title, NeedSeat.position)
    )
    return list(db.session.scalars(chosen))
