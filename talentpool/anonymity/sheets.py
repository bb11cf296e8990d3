"""The blind sheet: what a host, or a first screening, reads of a person whose name has not passed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from talentpool.anonymity.kinds import Kind
from talentpool.anonymity.masking import Masked, mask
from talentpool.anonymity.queries import passages_of
from talentpool.assessments.queries import Reading, readings_of
from talentpool.skills.models import JobFamily, Skill
from talentpool.talents.models import LEVEL_LABELS, Talent
from talentpool.talents.standing import Standing
from talentpool.talents.values import Spoken


class KnownTime(Protocol):
    """What contracts and placements leave free, where they know it; `placements.Availability` is one."""

    @property
    def available_from(self) -> date | None:
        """The first free day."""

    @property
    def share_pct(self) -> int | None:
        """The free percentage of full time."""


@dataclass(frozen=True)
class SheetSkill:
    """A skill as the sheet shows it, masked: what it stands on, and never what shows it."""

    skill: Skill | None
    label: str
    level: int | None
    assessed_level: int | None
    assessed_on: date | None
    standing: Standing

    @property
    def level_label(self) -> str:
        """The level as people say it, empty when nobody gave one."""
        return "" if self.level is None else LEVEL_LABELS[self.level]


@dataclass(frozen=True)
class BlindSheet:
    """Everything that may be read of a person before names pass, and nothing else."""

    code: str
    headline: str
    families: tuple[JobFamily, ...]
    skills: tuple[SheetSkill, ...]
    experiences: tuple[str, ...]
    passages: tuple[str, ...]
    available_from: date | None
    share_pct: int | None
    remote_days: int | None
    seniority_years: int | None
    languages: tuple[Spoken, ...]
    one_missed_in: int


#: One mention in so many that the masking leaves in a text, as `benchmarks/masking.py` measures on texts held out.
ONE_MISSED_IN = 30
#: An experience often begins with where it was: « Ville de Lyon, 2019 : une carte des arbres ».
_PLACE_FIRST = re.compile(r"[^:\n]{1,120}?\s*:(?=\s)")


def masked_for(talent: Talent, text: str, *, employers: Iterable[str] = ()) -> Masked:
    """Mask a text of somebody's, with the names and the towns that are known of them."""
    names = [talent.display_name]
    if talent.account is not None:
        names.append(talent.account.display_name)
    return mask(text, names=names, towns=[talent.town, *talent.other_towns], employers=employers)


def blind_sheets(
    talents: Iterable[Talent], *, known_times: Mapping[int, KnownTime] | None = None
) -> dict[int, BlindSheet]:
    """Map people's ids to their blind sheets, with the passages of all in one read."""
    people = list(talents)
    times = known_times or {}
    passages, readings = passages_of(people), readings_of(people)
    return {
        talent.id: _sheet(
            talent,
            [passage.text for passage in passages[talent.id]],
            readings[talent.id],
            times.get(talent.id),
        )
        for talent in people
    }


def blind_sheet(talent: Talent, *, known_time: KnownTime | None = None) -> BlindSheet:
    """Return somebody's blind sheet; `known_time` stands before what their profile says of dates and share."""
    times = {} if known_time is None else {talent.id: known_time}
    return blind_sheets([talent], known_times=times)[talent.id]


def _sheet(
    talent: Talent,
    passages: Iterable[str],
    readings: Iterable[Reading],
    known_time: KnownTime | None,
) -> BlindSheet:
    time = known_time or talent
    return BlindSheet(
        code=talent.code,
        headline=masked_for(talent, talent.headline).text,
        families=tuple(talent.families),
        skills=tuple(
            SheetSkill(
                one.skill,
                "" if one.skill else masked_for(talent, one.label).text,
                one.claimed_level,
                one.assessed_level,
                one.assessment.assessed_on if one.assessment else None,
                one.standing,
            )
            for one in readings
            # What the person does not say of themself, nobody says to a host.
            if one.held
        ),
        experiences=tuple(experience_for(talent, held.summary) for held in talent.experiences),
        # Masked when approved, and again: the masking may have learnt since.
        passages=tuple(masked_for(talent, passage).text for passage in passages),
        available_from=time.available_from,
        share_pct=time.share_pct,
        remote_days=talent.remote_days,
        seniority_years=talent.seniority_years,
        languages=tuple(one.value for one in talent.languages),
        one_missed_in=ONE_MISSED_IN,
    )


def experience_for(talent: Talent, summary: str) -> str:
    """Return what somebody did, without where: neither where they say it first nor what they named apart."""
    employers = [one.organisation for one in talent.experiences if one.organisation]
    head = _PLACE_FIRST.match(summary)
    if head is None:
        return masked_for(talent, summary, employers=employers).text
    told = masked_for(talent, summary[head.end() :], employers=employers).text
    return f"[{Kind.EMPLOYER}] :" + told
