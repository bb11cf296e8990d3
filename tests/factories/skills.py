"""Makers of families and skills."""

from itertools import count

from sqlalchemy import select

from talentpool.db import db
from talentpool.skills.models import JobFamily, Skill

_numbers = count(1)


def make_family(code: str = "dev", label: str = "Développement", **changes: object) -> JobFamily:
    """Return the family with this code, made if need be."""
    family = db.session.scalar(select(JobFamily).where(JobFamily.code == code))
    if family is None:
        values = {"label_en": label, "aliases": [], "position": next(_numbers), **changes}
        family = JobFamily(code=code, label_fr=label, **values)
        db.session.add(family)
        db.session.commit()
    return family


def make_skill(label: str = "Python", **changes: object) -> Skill:
    """Return the skill with this French label, made if need be."""
    skill = db.session.scalar(select(Skill).where(Skill.label_fr == label))
    if skill is None:
        values = {
            "code": f"skill-{next(_numbers)}",
            "family": make_family(),
            "label_en": label,
            "aliases": [],
            "position": next(_numbers),
            **changes,
        }
        skill = Skill(label_fr=label, **values)
        db.session.add(skill)
        db.session.commit()
    return skill
