"""Entering and changing profiles."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from talentpool.accounts.models import Account
from talentpool.db import db, new_identifier, now
from talentpool.journal import services as journal
from talentpool.naming import TYPED, folded, indexed
from talentpool.organisations.models import Organisation
from talentpool.skills.held import NamedSkill, once_each
from talentpool.skills.models import JobFamily
from talentpool.talents.availability import Claimed, is_simple, summary_of
from talentpool.talents.languages import language_label
from talentpool.talents.models import (
    Education,
    EmploymentStatus,
    Experience,
    Period,
    PoolStatus,
    SpokenLanguage,
    Talent,
    TalentSkill,
)
from talentpool.talents.values import PeriodKind, Spoken, Stretch, Studied


@dataclass(frozen=True)
class ProfileContent:
    """Everything that a profile says, as one value; what nobody gave stays unknown.

    `periods` say what `available_from` and `share_pct` cannot; they stay empty in the simple case, and
    these two are their summary otherwise.
    """

    display_name: str = ""
    headline: str = ""
    families: list[JobFamily] = field(default_factory=list)
    unknown_families: list[str] = field(default_factory=list)
    skills: list[NamedSkill] = field(default_factory=list)
    experience: list[str] = field(default_factory=list)
    text: str = ""
    wishes: list[str] = field(default_factory=list)
    town: str = ""
    remote_days: int | None = None
    available_from: date | None = None
    share_pct: int | None = None
    employment_status: EmploymentStatus | None = None
    pool_status: PoolStatus = PoolStatus.POOL
    languages: list[Spoken] = field(default_factory=list)
    education: list[Studied] = field(default_factory=list)
    other_towns: list[str] = field(default_factory=list)
    seniority_years: int | None = None
    clearances: list[str] = field(default_factory=list)
    periods: list[Stretch] = field(default_factory=list)
    wished_kinds: list[str] = field(default_factory=list)
    wished_organisations: list[Organisation] = field(default_factory=list)


#: What a profile holds in tables of its own, besides skills and experiences.
_LISTED = {"families", "languages", "education", "periods", "wished_organisations"}


def content_of(talent: Talent) -> ProfileContent:
    """Return what a stored profile says."""
    plain = {
        item.name: getattr(talent, item.name)
        for item in fields(ProfileContent)
        if item.name not in {"skills", "experience", *_LISTED}
    }
    return ProfileContent(
        **plain,
        families=list(talent.families),
        wished_organisations=list(talent.wished_organisations),
        languages=[one.value for one in talent.languages],
        education=[one.value for one in talent.education],
        periods=[one.value for one in sorted(talent.periods, key=lambda one: one.starts_on)],
        skills=[
            NamedSkill(held.label, held.skill, held.level, held.wants_growth)
            for held in talent.skills
        ],
        experience=[experience.summary for experience in talent.experiences],
    )


def create_talent(
    content: ProfileContent,
    *,
    by: Account | None,
    account: Account | None = None,
    source: str = TYPED,
    external_id: str | None = None,
) -> Talent:
    """Enter a profile, of `account` when the person signs in."""
    talent = Talent(account=account, source=source, external_id=external_id or new_identifier())
    _write(talent, _settled(content, ProfileContent()))
    db.session.add(talent)
    journal.record("talent.created", talent, by=by)
    return talent


def edit_talent(talent: Talent, content: ProfileContent, *, by: Account | None) -> list[str]:
    """Change what a profile says, and return the names of what changed; nothing is journaled for nothing."""
    before = content_of(talent)
    content = _settled(content, before)
    changed = [
        item.name
        for item in fields(ProfileContent)
        if getattr(before, item.name) != getattr(content, item.name)
    ]
    if changed:
        if "pool_status" in changed and content.pool_status is PoolStatus.CANDIDATE:
            # Whoever leaves the pool by the agency's hand was known to it.
            talent.named_at = now()
        _write(talent, content)
        # Skills and experience live in tables of their own: the profile's version rises for them too.
        talent.edited_at = now()
        journal.record("talent.edited", talent, by=by, changed=changed)
    return changed


def refresh_summaries(today: date) -> int:
    """Bring what lists read of people's time in step with periods that ended; return of how many it changed."""
    # Absences alone sum up to nothing, and a share may be told beside them.
    is_free = Talent.periods.any(Period.kind == PeriodKind.FREE)
    told = select(Talent).where(is_free).options(selectinload(Talent.periods))
    changed = 0
    for talent in db.session.scalars(told.order_by(Talent.id)):
        now_free = summary_of([one.value for one in talent.periods], today=today)
        if now_free == Claimed(talent.available_from, talent.share_pct):
            continue
        changed += 1
        # The profile's version is not the person's to lose: what they are typing is not overtaken by this.
        db.session.execute(
            update(Talent)
            .where(Talent.id == talent.id)
            .values(**vars(now_free), edited_at=now(), version_id=Talent.version_id)
        )
    return changed


def _settled(content: ProfileContent, before: ProfileContent) -> ProfileContent:
    """Bring periods and their summary in step: whichever of both was changed says how things stand now."""
    said = (content.available_from, content.share_pct)
    periods = sorted(content.periods, key=lambda one: one.starts_on)
    is_told_apart = said[0] is None or said != (before.available_from, before.share_pct)
    # What is told beside absences alone stands beside them: they sum up to nothing.
    is_summed_up = any(one.kind is PeriodKind.FREE for one in periods) or not is_told_apart
    if content.periods != before.periods and periods and is_summed_up:
        told = summary_of(periods, today=date.today())
        said = (told.available_from, told.share_pct)
    elif periods and said != (before.available_from, before.share_pct):
        # A date given anew tells nothing of absences, which stay.
        away = [one for one in periods if one.kind is PeriodKind.AWAY]
        free = [Stretch(PeriodKind.FREE, said[0], None, said[1])] if said[0] and away else []
        periods = sorted([*free, *away], key=lambda one: one.starts_on)
    if is_simple(periods):
        periods = []
    return replace(content, periods=periods, available_from=said[0], share_pct=said[1])


def _write(talent: Talent, content: ProfileContent) -> None:
    values: dict[str, Any] = {item.name: getattr(content, item.name) for item in fields(content)}
    skills, experience = values.pop("skills"), values.pop("experience")
    for name in ("languages", "education", "periods"):
        values.pop(name)
    for name, value in values.items():
        setattr(talent, name, value)
    _write_skills(talent, once_each(skills))
    _write_experience(talent, experience)
    _write_parts(talent, content)
    index_words(talent)


def index_words(talent: Talent) -> None:
    """Bring what searches read in step with what a profile says."""
    said = (talent.display_name, talent.headline, talent.town, talent.external_id)
    texts = [experience.summary for experience in talent.experiences]
    titles = [one.title for one in talent.education]
    talent.words = indexed(
        [
            *said,
            *talent.wishes,
            *talent.other_towns,
            *texts,
            *titles,
            talent.text,
            *talent.unknown_families,
            *_labels(talent),
            *(language_label(one.code) for one in talent.languages),
        ]
    )
    talent.findable = folded(" / ".join([*said, *_labels(talent)]))


def _labels(talent: Talent) -> list[str]:
    return [held.label for held in talent.skills]


def _write_skills(talent: Talent, skills: list[NamedSkill]) -> None:
    """Let a profile hold these skills; one that it held already keeps what shows it."""
    held = {(one.skill_id or folded(one.label)): one for one in talent.skills}
    kept = []
    for position, named in enumerate(skills):
        one = held.get(named.skill.id if named.skill else folded(named.label)) or TalentSkill()
        one.skill, one.label, one.position = named.skill, named.label, position
        one.level, one.wants_growth = named.level, named.wants_growth
        kept.append(one)
    talent.skills = kept


def _write_experience(talent: Talent, summaries: list[str]) -> None:
    """Let a profile say these lines; one that it said already keeps its parts."""
    said: dict[str, list[Experience]] = {}
    for one in talent.experiences:
        said.setdefault(one.summary, []).append(one)
    kept = []
    for position, summary in enumerate(summaries):
        known = said.get(summary)
        one = known.pop(0) if known else Experience(summary=summary)
        one.position = position
        kept.append(one)
    talent.experiences = kept
    for held in talent.skills:
        # A line that is no longer said shows nothing any more.
        if held.experience is not None and held.experience not in kept:
            held.experience = None


def _write_parts(talent: Talent, content: ProfileContent) -> None:
    """Let a profile say these languages, studies and periods; those that it said already keep their rows."""
    spoken = {one.code: one for one in talent.languages}
    talent.languages = [
        _placed(spoken.get(said.code) or SpokenLanguage(), place, code=said.code, level=said.level)
        for place, said in enumerate({one.code: one for one in content.languages}.values())
    ]
    studied = _known(talent.education)
    talent.education = [
        _placed(studied.pop(said, None) or Education(), place, **vars(said))
        for place, said in enumerate(content.education)
    ]
    told = _known(talent.periods)
    talent.periods = [told.pop(said, None) or Period(**vars(said)) for said in content.periods]


def _known(rows: Sequence[Any]) -> dict[Any, Any]:
    return {row.value: row for row in rows}


def _placed(row: Any, place: int, **values: Any) -> Any:
    for name, value in {**values, "position": place}.items():
        setattr(row, name, value)
    return row
