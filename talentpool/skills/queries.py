"""Reading the referential, and finding in it what people call by other names."""

from functools import lru_cache

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

import matching
from talentpool.db import db
from talentpool.naming import folded
from talentpool.skills.models import JobFamily, Skill


def families() -> list[JobFamily]:
    """List the job families in their order, with their skills."""
    ordered = select(JobFamily).order_by(JobFamily.position, JobFamily.id)
    return list(db.session.scalars(ordered.options(selectinload(JobFamily.skills))))


def skills() -> Select[Skill]:
    """Select the skills in the referential's order."""
    return select(Skill).join(Skill.family).order_by(JobFamily.position, Skill.position, Skill.id)


def live_skills() -> list[Skill]:
    """List the skills that may still be chosen, in the referential's order."""
    return list(db.session.scalars(skills().where(Skill.is_retired.is_(False))))


def referential() -> matching.Referential:
    """Hand the edited list to the ranker."""
    rows = db.session.execute(
        skills()
        .where(Skill.is_retired.is_(False))
        .with_only_columns(
            Skill.code,
            JobFamily.code.label("family"),
            Skill.label_fr,
            Skill.label_en,
            Skill.aliases,
        )
    )
    return learnt(
        tuple(
            matching.Skill(row.code, row.family, row.label_fr, row.label_en, tuple(row.aliases))
            for row in rows
        )
    )


@lru_cache(maxsize=4)
def learnt(concepts: tuple[matching.Skill, ...]) -> matching.Referential:
    """Return the referential of these skills, the same for the same ones: rankings remember by it."""
    return matching.Referential(concepts)


def skills_called(text: str, *, limit: int = 8) -> list[tuple[Skill, str]]:
    """List the skills that a beginning of a name calls, the surest first, each with the alias that did.

    The alias is empty when a label did. Capitals, accents and punctuation make no difference.
    """
    typed = folded(text)
    if not typed:
        return []
    found = []
    for place, skill in enumerate(live_skills()):
        labels = ((label, "") for label in dict.fromkeys((skill.label_fr, skill.label_en)))
        names = (*labels, *((alias, alias) for alias in skill.aliases))
        ranks = [(rank, n) for n, (name, _) in enumerate(names) if (rank := _likeness(typed, name))]
        if ranks:
            rank, at = min(ranks)
            found.append((rank, at > 0, place, skill, names[at][1]))
    return [(skill, alias) for *_rank, skill, alias in sorted(found, key=lambda one: one[:3])][
        :limit
    ]


def _likeness(typed: str, name: str) -> int:
    """Tell how surely a name is meant: 1 when it is typed whole, 0 when it is not."""
    known = folded(name)
    if known == typed:
        return 1
    if known.startswith(typed):
        return 2
    return 3 if f" {typed}" in f" {known}" else 0


def families_by_name() -> dict[str, JobFamily]:
    """Map each folded code, label and alias to its family."""
    return {
        folded(name): family
        for family in families()
        for name in (family.code, family.label_fr, family.label_en, *family.aliases)
    }
