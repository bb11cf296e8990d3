"""What shows a skill: a line, a link, or one of the person's own experiences."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from talentpool.accounts.models import Account
from talentpool.db import db, now
from talentpool.journal import services as journal
from talentpool.naming import folded
from talentpool.talents.models import Experience, Talent, TalentSkill
from talentpool.talents.standing import is_shown

LONGEST_EVIDENCE = 300
LONGEST_LINK = 500


class NotALink(Exception):
    """An address that is not one, or that does not travel over https."""


class SomebodyElsesExperience(Exception):
    """Only the person's own experiences show their skills."""


@dataclass(frozen=True)
class Evidence:
    """All that shows one skill; nothing of it is ever fetched."""

    line: str = ""
    url: str = ""
    experience: Experience | None = None


def evidence_of(held: TalentSkill) -> Evidence:
    """Return what shows a skill."""
    return Evidence(held.evidence, held.evidence_url, held.experience)


def is_link(text: str) -> bool:
    """Whether a text is a whole https address, on one line."""
    if any(letter.isspace() or not letter.isprintable() for letter in text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname)


def show_skill(held: TalentSkill, evidence: Evidence, *, by: Account | None) -> list[str]:
    """Say what shows a skill, or no longer, and return the names of what changed.

    Raises `NotALink`, `SomebodyElsesExperience`.
    """
    if evidence.url and not is_link(evidence.url):
        raise NotALink
    if evidence.experience is not None and evidence.experience not in held.talent.experiences:
        raise SomebodyElsesExperience
    before = evidence_of(held)
    changed = [name for name, value in vars(evidence).items() if getattr(before, name) != value]
    if changed:
        held.evidence, held.evidence_url = evidence.line, evidence.url
        held.experience = evidence.experience
        # The profile's version rises: its forms tell whoever has one open.
        held.talent.edited_at = now()
        db.session.flush()
        journal.record(
            "talent.skill_shown", held.talent, by=by, talent_skill=held.id, changed=changed
        )
    return changed


def carry_evidence(source: Talent, target: Talent) -> None:
    """Have what shows a skill in one profile show it in another that holds it and shows it by nothing."""
    shown = {
        held.skill_id or folded(held.label): evidence_of(held)
        for held in source.skills
        if is_shown(held)
    }
    lines = {experience.summary: experience for experience in target.experiences}
    for held in target.skills:
        evidence = shown.get(held.skill_id or folded(held.label))
        if evidence is None or is_shown(held):
            continue
        held.evidence, held.evidence_url = evidence.line, evidence.url
        said = evidence.experience
        held.experience = lines.get(said.summary) if said else None
    db.session.flush()
