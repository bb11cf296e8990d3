"""What the weekly screen is computed from, read once in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from talentpool.access import Viewer
from talentpool.db import db
from talentpool.naming import folded
from talentpool.needs.models import Need, NeedSeat, SeatSkill, SeatStatus
from talentpool.needs.promises import Promise, late_needs
from talentpool.needs.queries import whole_needs
from talentpool.needs.stages import NeedStatus
from talentpool.organisations.models import Organisation
from talentpool.organisations.queries import organisations
from talentpool.placements.ledger import Ledger
from talentpool.placements.models import Contract, Placement
from talentpool.placements.queries import ledger, placements
from talentpool.proposals.models import Proposal
from talentpool.proposals.queries import live_proposals
from talentpool.skills.models import JobFamily
from talentpool.talents.models import Talent, TalentSkill, talent_family
from talentpool.talents.queries import is_present

#: How far back an interruption is still news.
RECENT = timedelta(days=30)
#: A skill of the referential by its number, one in people's own words by its folded label.
SkillKey = int | str


@dataclass(frozen=True)
class Person:
    """Somebody of the pool: what they can do, and since when they say that they are available."""

    id: int
    label: str
    available_from: date | None = None
    family_ids: frozenset[int] = frozenset()
    skills: frozenset[SkillKey] = frozenset()


@dataclass(frozen=True)
class Facts:
    """The agency as it stands on `today`.

    `people` are those who have not left. `placements` are those that are not cancelled and not long
    over, `seats` those of every need ever approved, `proposals` those that still hold, and `given_up` the needs
    that nobody could be found for.
    """

    today: date
    ledger: Ledger
    people: dict[int, Person] = field(default_factory=dict)
    placements: list[Placement] = field(default_factory=list)
    seats: list[NeedSeat] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    given_up: list[Need] = field(default_factory=list)
    families: list[JobFamily] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    #: Needs whose promised day has passed, the latest first.
    late: list[tuple[Need, Promise]] = field(default_factory=list)

    @property
    def open_seats(self) -> list[NeedSeat]:
        """The seats for which somebody is sought, those that have waited longest first."""
        return [seat for seat in self.seats if seat.is_open]

    @property
    def filled_seats(self) -> list[NeedSeat]:
        """The seats that somebody has or once had."""
        begun = {e.seat_id for e in self.ledger.placements if e.span.starts_on <= self.today}
        return [s for s in self.seats if s.status is SeatStatus.FILLED or s.id in begun]

    def host_of(self, need: Need) -> Organisation | str:
        """Return the body at the head of a need's host, such as its ministry; unknown ones by name."""
        host = need.organisation
        if host is None:
            return need.organisation_as_given
        below: set[int] = set()
        while host.parent_id is not None and host.id not in below:
            below.add(host.id)
            host = self._by_id[host.parent_id]
        return host

    @cached_property
    def _by_id(self) -> dict[int, Organisation]:
        return {organisation.id: organisation for organisation in self.organisations}


def read_facts(viewer: Viewer, *, cap: Decimal, today: date) -> Facts:
    """Read the facts as they stand now, within the viewer's reach."""
    running = or_(
        Placement.ends_on >= today - RECENT,
        Placement.started_on.is_(None) & Placement.interruption.is_(None),
    )
    by_position = select(JobFamily).order_by(JobFamily.position, JobFamily.id)
    return Facts(
        today=today,
        ledger=ledger(cap=cap, today=today),
        people=people(today),
        placements=list(db.session.scalars(placements(viewer).where(running))),
        seats=list(db.session.scalars(_approved_seats())),
        proposals=list(db.session.scalars(live_proposals(viewer, today=today))),
        given_up=list(db.session.scalars(_given_up())),
        families=list(db.session.scalars(by_position)),
        organisations=list(db.session.scalars(organisations())),
        late=late_needs(viewer, today),
    )


def _approved_seats() -> Select[NeedSeat]:
    """Select the seats of needs that were approved, of closed ones too, the longest ago first."""
    return (
        select(NeedSeat)
        .join(NeedSeat.need)
        .options(
            contains_eager(NeedSeat.need)
            .selectinload(Need.organisation)
            .selectinload(Organisation.names),
            selectinload(NeedSeat.family),
            selectinload(NeedSeat.skills).joinedload(SeatSkill.skill),
        )
        .where(Need.approved_at.is_not(None))
        .order_by(Need.approved_at, Need.id, NeedSeat.position)
    )


def _given_up() -> Select[Need]:
    """Select the needs without solution, with what was said when they were left."""
    chosen = whole_needs().where(Need.status == NeedStatus.UNMET).order_by(Need.id)
    return chosen.options(selectinload(Need.moves))


def people(today: date) -> dict[int, Person]:
    """Map the number of everybody who has not left to what they can do, in three queries."""
    families: dict[int, set[int]] = defaultdict(set)
    for talent_id, family_id in db.session.execute(select(talent_family)):
        families[talent_id].add(family_id)
    skills: dict[int, set[SkillKey]] = defaultdict(set)
    claimed = select(TalentSkill.talent_id, TalentSkill.skill_id, TalentSkill.label)
    for talent_id, skill_id, label in db.session.execute(claimed):
        skills[talent_id].add(skill_id or folded(label))
    under_contract = select(Contract.talent_id).where(
        or_(Contract.ends_on.is_(None), Contract.ends_on >= today)
    )
    present = (
        select(Talent.id, Talent.display_name, Talent.available_from)
        .where(
            Talent.merged_into_id.is_(None),
            or_(is_present(), Talent.id.in_(under_contract)),
        )
        .order_by(Talent.findable, Talent.id)
    )
    return {
        row.id: Person(
            row.id,
            row.display_name or f"T-{row.id:04d}",
            row.available_from,
            frozenset(families[row.id]),
            frozenset(skills[row.id]),
        )
        for row in db.session.execute(present)
    }


def key_of(asked: SeatSkill) -> SkillKey:
    """Return what tells a skill that a seat asks for from others."""
    return asked.skill_id or folded(asked.label)
