"""Keeping what a CV proposes, and letting into the profile what its author accepts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import delete, select

from talentpool.accounts.models import Account
from talentpool.cv.checking import CvKind
from talentpool.cv.document import Document
from talentpool.cv.models import KEPT, CvProposal, CvReading, ProposedPart
from talentpool.cv.proposing import propose
from talentpool.db import db, now
from talentpool.journal import services as journal
from talentpool.naming import folded
from talentpool.skills.held import NamedSkill
from talentpool.skills.models import Skill
from talentpool.skills.queries import referential
from talentpool.talents.models import Talent
from talentpool.talents.services import ProfileContent, content_of, edit_talent

LONGEST_LABEL = 300
LONGEST_SKILL = 120


class NothingProposed(Exception):
    """The CV was read, and nothing in it was recognised."""


@dataclass(frozen=True)
class Accepted:
    """A proposal as its author lets it in, corrected or not."""

    proposal: CvProposal
    label: str
    level: str = ""
    organisation: str = ""
    period: str = ""
    text: str = ""


def keep_proposals(talent: Talent, document: Document, *, by: Account | None) -> CvReading:
    """Keep what a CV proposes in place of an earlier one's; raises `NothingProposed`.

    The file is not kept, and what nobody asked for in it is neither.
    """
    proposals, left_out = propose(document, referential())
    if not proposals:
        raise NothingProposed
    forget_old()
    for earlier in db.session.scalars(select(CvReading).where(CvReading.talent_id == talent.id)):
        db.session.delete(earlier)
    skills = {skill.code: skill for skill in db.session.scalars(select(Skill))}
    reading = CvReading(
        talent=talent,
        kind=CvKind(document.kind),
        left_out=sorted(code.value for code in left_out),
        proposals=[
            CvProposal(
                part=one.part,
                skill=skills.get(one.skill_code),
                label=one.label[:LONGEST_LABEL],
                level=one.level,
                organisation=one.organisation,
                period=one.period,
                text=one.text,
                shown_by=one.shown_by,
                is_stated=one.is_stated,
                position=position,
            )
            for position, one in enumerate(proposals)
        ],
    )
    db.session.add(reading)
    counts = _counts(reading.proposals)
    journal.record("cv.read", talent, by=by, kind=reading.kind.value, **counts)
    return reading


def accept(reading: CvReading, accepted: Sequence[Accepted], *, by: Account | None) -> int:
    """Let what was accepted into the profile, and return how many proposals are still undecided."""
    content = content_of(reading.talent)
    edit_talent(reading.talent, _with(content, accepted), by=by)
    counts = _counts([one.proposal for one in accepted])
    journal.record("cv.accepted", reading.talent, by=by, **counts)
    return _decided(reading, [one.proposal for one in accepted])


def drop(reading: CvReading, dropped: Sequence[CvProposal], *, by: Account | None) -> int:
    """Forget proposals that their author does not want, and return how many are still undecided."""
    journal.record("cv.dropped", reading.talent, by=by, **_counts(dropped))
    return _decided(reading, dropped)


def forget_old() -> int:
    """Forget the proposals that nobody decided on within a week, and return how many CVs they were of."""
    old = list(db.session.scalars(select(CvReading.id).where(CvReading.created_at <= now() - KEPT)))
    db.session.execute(delete(CvProposal).where(CvProposal.reading_id.in_(old)))
    db.session.execute(delete(CvReading).where(CvReading.id.in_(old)))
    return len(old)


def is_held(proposal: CvProposal, content: ProfileContent) -> bool:
    """Tell whether a profile says already what is proposed."""
    name = folded(proposal.label)
    if proposal.part is ProposedPart.HEADLINE:
        return name == folded(content.headline)
    if proposal.part is ProposedPart.EXPERIENCE:
        parts = [folded(part) for part in (proposal.label, proposal.organisation, proposal.period)]
        return any(
            all(part in folded(line) for part in parts if part) for line in content.experience
        )
    if proposal.skill_id is not None:
        return any(
            held.skill is not None and held.skill.id == proposal.skill_id for held in content.skills
        )
    labels = [folded(held.label) for held in content.skills]
    return any(
        label == name or (proposal.part is ProposedPart.LANGUAGE and label.startswith(f"{name} "))
        for label in labels
    )


def _with(content: ProfileContent, accepted: Iterable[Accepted]) -> ProfileContent:
    skills, experience = list(content.skills), list(content.experience)
    headline = content.headline
    for one in accepted:
        part = one.proposal.part
        if part is ProposedPart.HEADLINE:
            headline = one.label[:LONGEST_LABEL]
        elif part is ProposedPart.EXPERIENCE:
            experience.append(experience_line(one))
        elif part is ProposedPart.LANGUAGE:
            label = f"{one.label} ({one.level})" if one.level else one.label
            skills.append(NamedSkill(label[:LONGEST_SKILL]))
        else:
            level = int(one.level) if one.level else None
            skills.append(NamedSkill(one.label[:LONGEST_SKILL], one.proposal.skill, level))
    return replace(content, headline=headline, skills=skills, experience=experience)


def experience_line(one: Accepted) -> str:
    """Write an experience as the profile keeps it, on one line."""
    where = ", ".join(filter(None, [one.label, one.organisation]))
    dated = f"{where} ({one.period})" if one.period else where
    return " ".join((f"{dated} : {one.text}" if one.text else dated).split())


def _decided(reading: CvReading, proposals: Iterable[CvProposal]) -> int:
    for proposal in proposals:
        reading.proposals.remove(proposal)
    # What the profile says already needs no decision.
    content = content_of(reading.talent)
    left = sum(not is_held(proposal, content) for proposal in reading.proposals)
    if not left:
        db.session.delete(reading)
    return left


def _counts(proposals: Iterable[CvProposal]) -> dict[str, int]:
    counted = Counter(proposal.part for proposal in proposals)
    return {f"{part.value}s": counted[part] for part in ProposedPart}
