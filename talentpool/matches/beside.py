"""What stands beside a suggestion: the person's time, proposals and wishes, and who may read their name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from talentpool.interests.models import Interest
from talentpool.interests.queries import interests_in
from talentpool.matches import queries
from talentpool.matches.anonymity import lifts
from talentpool.matches.anonymity_models import AnonymityLift
from talentpool.matches.asked_skills import SkillMark, marks_of
from talentpool.matches.models import MatchDecision, MatchResult
from talentpool.matches.presenting import SuggestionShown, shown, skill_names
from talentpool.needs.models import NeedSeat
from talentpool.placements.free_time import FreeTime, free_times
from talentpool.proposals.models import Proposal
from talentpool.proposals.queries import (
    NEVER,
    TimesProposed,
    live_proposals_of,
    times_proposed,
)
from talentpool.visibility.queries import blocking


@dataclass(frozen=True)
class Beside:
    """What the agency knows of one person beside their place in a ranking."""

    lift: AnonymityLift | None
    free: FreeTime
    times: TimesProposed
    live: tuple[Proposal, ...]
    skills: tuple[SkillMark, ...]
    #: What the person says of the need, which counts in no score.
    said: Interest | None = None
    #: Whether the person is not to be told of to this host; why is theirs.
    is_hidden: bool = False


def rows_of(
    seat: NeedSeat,
    results: Iterable[MatchResult],
    decisions: Mapping[int, MatchDecision],
    *,
    today: date,
) -> tuple[list[SuggestionShown], dict[str, Beside]]:
    """Prepare the rows of a page, and map their keys to what stands beside, in few reads.

    Names pass by decision, or by an act that is journaled; the erased have nothing beside.
    """
    found = list(results)
    talents = queries.talents_by_key({result.person_key for result in found})
    numbers = [talent.id for talent in talents.values()]
    names, lifted = skill_names(), lifts(seat)
    starts_on, ends_on = seat.days_from(today)
    free = free_times(talents.values(), starts_on=starts_on, ends_on=ends_on, today=today)
    times = times_proposed(numbers, today=today)
    live = live_proposals_of(numbers, today=today)
    said, hidden = interests_in(seat.need, numbers), blocking(numbers, seat.need.organisation_id)
    rows = []
    for result in found:
        talent = talents.get(result.person_key)
        decision = decisions.get(talent.id) if talent else None
        is_lifted = talent is not None and talent.id in lifted
        rows.append(shown(result, talent, decision, names, is_lifted=is_lifted))
    skills = marks_of(rows, names)
    beside = {
        row.result.person_key: Beside(
            lifted.get(row.talent.id),
            free[row.talent.id],
            times.get(row.talent.id, NEVER),
            tuple(live.get(row.talent.id, ())),
            skills[row.result.person_key],
            said.get(row.talent.id),
            row.talent.id in hidden,
        )
        for row in rows
        if row.talent is not None
    }
    return rows, beside
