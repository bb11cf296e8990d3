"""Loading and editing the referential."""

import csv
import importlib.resources
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.journal import services as journal
from talentpool.naming import folded
from talentpool.skills.models import JobFamily, Skill

FAMILIES = Path(__file__).with_name("families.csv")


class NameAlreadyTaken(Exception):
    """Another skill answers to this label or alias."""

    def __init__(self, name: str, owner: Skill) -> None:
        super().__init__(name)
        self.name = name
        self.owner = owner


def load_referential() -> tuple[int, int]:
    """Add the shipped families and skills that are missing; edited ones stay as they are.

    Returns how many families and skills were added.
    """
    families = {family.code: family for family in db.session.scalars(select(JobFamily))}
    known = len(families)
    for row in _rows(FAMILIES.read_text(encoding="utf-8")):
        if row["code"] not in families:
            families[row["code"]] = JobFamily(
                code=row["code"],
                label_fr=row["label_fr"],
                label_en=row["label_en"],
                aliases=_split(row["aliases"]),
                position=int(row["position"]),
            )
            db.session.add(families[row["code"]])
    codes = set(db.session.scalars(select(Skill.code)))
    shipped = importlib.resources.files("matching").joinpath("skills.csv")
    added = 0
    for position, row in enumerate(_rows(shipped.read_text(encoding="utf-8")), start=1):
        if row["code"] not in codes:
            added += 1
            db.session.add(
                Skill(
                    code=row["code"],
                    family=families[row["family"]],
                    label_fr=row["label_fr"],
                    label_en=row["label_en"],
                    aliases=_split(row["aliases"]),
                    position=position,
                )
            )
    if added or len(families) > known:
        journal.record("skills.loaded", by=None, families=len(families) - known, skills=added)
    return len(families) - known, added


def edit_skill(
    skill: Skill,
    *,
    label_fr: str,
    label_en: str,
    aliases: list[str],
    is_retired: bool,
    by: Account | None,
) -> None:
    """Change a skill's names, or retire it; raises `NameAlreadyTaken`.

    A retired skill stays on the profiles that hold it, and is offered no more.
    """
    names = {folded(name): name for name in (label_fr, label_en, *aliases)}
    for other in db.session.scalars(select(Skill).where(Skill.id != skill.id)):
        for name in (other.label_fr, other.label_en, *other.aliases):
            if folded(name) in names:
                raise NameAlreadyTaken(names[folded(name)], other)
    skill.label_fr, skill.label_en = label_fr, label_en
    skill.aliases, skill.is_retired = aliases, is_retired
    journal.record("skill.edited", skill, by=by, code=skill.code, is_retired=is_retired)


def edit_family(
    family: JobFamily, *, label_fr: str, label_en: str, aliases: list[str], by: Account | None
) -> None:
    """Change the names of a job family."""
    family.label_fr, family.label_en, family.aliases = label_fr, label_en, aliases
    journal.record("job_family.edited", family, by=by, code=family.code)


def _rows(text: str) -> Iterable[dict[str, str]]:
    return csv.DictReader(text.splitlines())


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]
