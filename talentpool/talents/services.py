"""Entering and changing profiles."""

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from talentpool.accounts.models import Account
from talentpool.db import db, new_identifier, now
from talentpool.journal import services as journal
from talentpool.naming import TYPED, folded, indexed
from talentpool.skills.held import NamedSkill, once_each
from talentpool.skills.models import JobFamily
from talentpool.talents.models import (
    EmploymentStatus,
    Experience,
    PoolStatus,
    Talent,
    TalentSkill,
)


@dataclass(frozen=True)
class ProfileContent:
    """Everything that a profile says, as one value; what nobody gave stays unknown."""

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


def content_of(talent: Talent) -> ProfileContent:
    """Return what a stored profile says."""
    plain = {
        item.name: getattr(talent, item.name)
        for item in fields(ProfileContent)
        if item.name not in {"skills", "experience", "families"}
    }
    return ProfileContent(
        **plain,
        families=list(talent.families),
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
    _write(talent, content)
    db.session.add(talent)
    journal.record("talent.created", talent, by=by)
    return talent


def edit_talent(talent: Talent, content: ProfileContent, *, by: Account | None) -> list[str]:
    """Change what a profile says, and return the names of what changed; nothing is journaled for nothing."""
    before = content_of(talent)
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


def _write(talent: Talent, content: ProfileContent) -> None:
    values: dict[str, Any] = {item.name: getattr(content, item.name) for item in fields(content)}
    skills, experience = values.pop("skills"), values.pop("experience")
    for name, value in values.items():
        setattr(talent, name, value)
    _write_skills(talent, once_each(skills))
    _write_experience(talent, experience)
    said = (talent.display_name, talent.headline, talent.town, talent.external_id)
    talent.words = indexed([*said, *content.wishes, *_texts(content), *_labels(talent)])
    talent.findable = folded(" / ".join([*said, *_labels(talent)]))


def _texts(content: ProfileContent) -> list[str]:
    return [*content.experience, content.text, *content.unknown_families]


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
