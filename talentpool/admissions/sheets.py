"""The frozen sheet of an application, as pages show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from talentpool.access import Permission, Viewer, allows
from talentpool.admissions.models import Application
from talentpool.anonymity.sheets import ONE_MISSED_IN, SheetSkill
from talentpool.db import db
from talentpool.skills.models import JobFamily, Skill
from talentpool.talents.standing import Standing


@dataclass(frozen=True)
class Sheet:
    """Everything that is read of somebody before an interview, and nothing else."""

    headline: str
    families: list[JobFamily]
    skills: list[SheetSkill]
    experiences: list[str]
    text: str
    motivation: str
    enterprise: str
    one_missed_in: int = ONE_MISSED_IN


def sheet_of(viewer: Viewer, application: Application) -> Sheet | None:
    """Return what was handed in, as its person or a reviewer reads it; None to whoever may not.

    Nobody at the agency reads the file of somebody who left, nor of a no that nobody looks at again.
    """
    may_read = allows(viewer, Permission.REVIEW_APPLICATIONS, application) or allows(
        viewer, Permission.APPLY_TO_POOL, application
    )
    return read_sheet(application.sheet) if application.sheet is not None and may_read else None


def read_sheet(said: Mapping[str, Any]) -> Sheet:
    """Return a frozen sheet with its families and skills as the referential names them today."""
    numbers = [held["skill"] for held in said["skills"] if held["skill"]]
    skills = {
        skill.id: skill for skill in db.session.scalars(select(Skill).where(Skill.id.in_(numbers)))
    }
    families = select(JobFamily).where(JobFamily.code.in_(said["families"]))
    return Sheet(
        headline=said["headline"],
        families=list(db.session.scalars(families.order_by(JobFamily.position))),
        skills=[
            SheetSkill(
                skills.get(held["skill"]),
                held["label"],
                held["level"],
                held["assessed"],
                date.fromisoformat(held["assessed_on"]) if held["assessed_on"] else None,
                Standing(held["standing"]),
            )
            for held in said["skills"]
        ],
        experiences=said["experiences"],
        text=said["text"],
        motivation=said["motivation"],
        enterprise=said["enterprise"],
    )
