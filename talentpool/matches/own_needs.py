"""The open needs as they would be ranked for one person: the agency's own figures, and nothing stored."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, selectinload

from matching import Mode, Posting, Profile
from talentpool.board.queries import on_board
from talentpool.db import db
from talentpool.i18n import _
from talentpool.matches import pool
from talentpool.matches.facts import posting_of
from talentpool.matches.presenting import SuggestionShown, shown, skill_names
from talentpool.matches.rankers import rankers
from talentpool.matches.settings import DEFAULT
from talentpool.matches.times import times_for
from talentpool.matches.trials import as_result
from talentpool.needs.models import Need, NeedSeat, SeatSkill, SeatStatus
from talentpool.organisations.models import Organisation
from talentpool.placements.availability import ledger_of
from talentpool.skills.queries import referential
from talentpool.talents.models import Talent
from talentpool.visibility.queries import blockers_by_host

#: Words that a need is about and a profile does not say, of which more would be a lecture.
MOST_WORDS = 6
#: What to say where a criterion that counts is not known, or known to miss, and at which step of one's profile.
TO_SAY = {
    "dates": (_("Dire à partir de quand vous êtes libre"), "disponibilites"),
    "share": (_("Dire quelle part de temps vous souhaitez"), "disponibilites"),
    "place": (_("Dire où vous pouvez travailler, et les jours de télétravail"), "lieu"),
    "status": (_("Dire votre statut d’emploi"), "statut"),
    "clearance": (_("Dire votre habilitation"), "statut"),
    "languages": (_("Dire les langues que vous parlez"), "langues"),
    "seniority": (_("Dire vos années d’expérience"), "identite"),
    "family": (_("Choisir vos familles de métiers"), "identite"),
    "wishes": (_("Dire les thèmes que vous souhaitez"), "souhaits"),
    "skills": (_("Relire vos compétences, et leur niveau"), "competences"),
    "wished_skills": (_("Relire vos compétences, et leur niveau"), "competences"),
}


@dataclass(frozen=True)
class OwnNeed:
    """One seat as it would be ranked for the person who reads, and what the need asks that is not said of them."""

    seat: NeedSeat
    shown: SuggestionShown
    #: The criteria that count and of which nothing is known, as things to say and the step where.
    to_say: tuple[tuple[str, str], ...]
    words: tuple[str, ...]

    @property
    def is_apart(self) -> bool:
        """Whether a criterion sets the person apart, for somebody to decide."""
        return self.shown.result.is_apart


def own_rows(talent: Talent, *, today: date) -> list[OwnNeed]:
    """Score every open public seat for one person as the agency's default setting would.

    Those of administrations that they blocked are left out. Whoever is not ranked, being in a pause,
    objecting, or outside the pool, is scored as if they were. The nearest come first, those for which
    something sets them apart last.
    """
    chosen = _open_seats()
    rows = _scored(talent, list(db.session.scalars(chosen)), today)
    return sorted(rows, key=lambda one: (one.is_apart, -one.shown.result.score, one.seat.id))


def own_row(talent: Talent, seat: NeedSeat, *, today: date) -> OwnNeed | None:
    """Score one open seat; None if it is of an administration that the person blocked."""
    return next(iter(_scored(talent, [seat], today)), None)


def _open_seats() -> Select[NeedSeat]:
    need = contains_eager(NeedSeat.need)
    return (
        select(NeedSeat)
        .join(NeedSeat.need)
        .where(NeedSeat.status == SeatStatus.OPEN, on_board())
        .options(
            need.selectinload(Need.organisation).selectinload(Organisation.names),
            selectinload(NeedSeat.family),
            selectinload(NeedSeat.skills).joinedload(SeatSkill.skill),
        )
        .order_by(NeedSeat.id)
    )


def _scored(talent: Talent, seats: list[NeedSeat], today: date) -> list[OwnNeed]:
    """Score seats together where the same people are ranked: only blocks make pools differ."""
    blockers = blockers_by_host()
    alike: dict[frozenset[int], list[NeedSeat]] = defaultdict(list)
    for seat in seats:
        away = blockers.get(seat.need.organisation_id or 0, frozenset())
        if talent.id not in away:
            alike[away].append(seat)
    people = pool.members(with_new_keys=False, on=today, also=talent.id)
    names = skill_names()
    rows = []
    for away, group in alike.items():
        present = [one for one in people if one.talent_id not in away]
        reader = _Reader(talent, present, today)
        rows += [reader.row(seat, names) for seat in group]
    return rows


class _Reader:
    """One person in the pool that is ranked for some seats, and what the ledger has of their time."""

    def __init__(self, talent: Talent, people: list[pool.Member], today: date) -> None:
        # Others' time moves no score of this person's: it is not asked for.
        profiles, digests = pool.profiles_of(people, {})
        ranker = rankers.ranker_of(profiles, digests, DEFAULT.parameters(), referential())
        me = next(member for member in people if member.talent_id == talent.id)
        self._profile = next(profile for profile in profiles if profile.key == me.key)
        self._ledger = ledger_of([talent.id], today=today) if me.has_contract else None
        # Their time is written into a ranker of their own: others go on reading the pool's.
        self._has_own_time = me.has_contract or bool(talent.periods)
        self._ranker = ranker.copy() if self._has_own_time else ranker
        self._talent, self._today = talent, today

    def row(self, seat: NeedSeat, names: dict[str, str]) -> OwnNeed:
        """Score one seat."""
        posting = posting_of(seat, self._today)
        said = self._timed(posting)
        ranking = self._ranker.rank(posting, top=0, also={said.key})
        [found] = (*ranking.suggestions, *ranking.apart)
        row = shown(as_result(found, said), self._talent, None, names, is_lifted=True)
        to_say = dict.fromkeys(
            TO_SAY[one.name] for one in row.criteria if one.is_unknown and _counts(one.name)
        )
        return OwnNeed(seat, row, tuple(to_say), tuple(row.missing_terms[:MOST_WORDS]))

    def _timed(self, posting: Posting) -> Profile:
        if not self._has_own_time:
            return self._profile
        times = times_for(
            [self._talent.id],
            [self._talent.id] if self._ledger else [],
            posting,
            self._today,
            ledger=self._ledger,
        )
        known = times.get(self._talent.id)
        said = pool.timed(self._profile, known) if known else self._profile
        self._ranker.update([said])
        return said


def _counts(criterion: str) -> bool:
    return criterion in TO_SAY and DEFAULT.mode(criterion) != Mode.OFF.value
