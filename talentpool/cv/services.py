"""Keeping what a CV proposes, and letting into the profile what its author accepts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import delete, select

from talentpool.accounts.models import Account
from talentpool.cv.checking import CvKind
from talentpool.cv.document import Document
from talentpool.cv.languages import language_named
from talentpool.cv.models import KEPT, CvProposal, CvReading, ProposedPart
from talentpool.cv.periods import period_in
from talentpool.cv.proposing import propose
from talentpool.db import db, now
from talentpool.journal import services as journal
from talentpool.naming import folded
from talentpool.skills.held import NamedSkill
from talentpool.skills.models import Skill
from talentpool.skills.queries import referential
from talentpool.talents.evidence import LONGEST_EVIDENCE, Evidence, show_skill
from talentpool.talents.experiences import Told, add_experience
from talentpool.talents.languages import language_code
from talentpool.talents.models import Talent, TalentSkill
from talentpool.talents.services import ProfileContent, content_of, edit_talent
from talentpool.talents.standing import is_shown
from talentpool.talents.values import LanguageLevel, Spoken, Studied

LONGEST_LABEL = 300
LONGEST_SKILL = 120
#: What a person corrects of a proposal.
CORRECTED = ("label", "level", "organisation", "period", "text")


class NothingProposed(Exception):
    """The CV was read, and nothing in it was recognised."""


@dataclass(frozen=True)
class Accepted:
    """A proposal as its author says it; `is_shown` keeps the words of the CV as a skill's evidence."""

    proposal: CvProposal
    label: str
    level: str = ""
    organisation: str = ""
    period: str = ""
    text: str = ""
    is_shown: bool = False


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
    talent = reading.talent
    edit_talent(talent, _with(content_of(talent), accepted), by=by)
    told = [one for one in accepted if one.proposal.part is ProposedPart.EXPERIENCE]
    for one in told:
        add_experience(talent, experience_of(one), by=by, is_last=True)
    for one in accepted:
        if one.is_shown and one.proposal.part is ProposedPart.SKILL:
            _show(talent, one, by=by)
    counts = _counts([one.proposal for one in accepted])
    journal.record("cv.accepted", reading.talent, by=by, **counts)
    return _decided(reading, [one.proposal for one in accepted])


def drop(reading: CvReading, dropped: Sequence[CvProposal], *, by: Account | None) -> int:
    """Forget proposals that their author does not want, and return how many are still undecided."""
    journal.record("cv.dropped", reading.talent, by=by, **_counts(dropped))
    return _decided(reading, dropped)


def keep_corrections(
    reading: CvReading, waiting: Iterable[Accepted], *, by: Account | None
) -> None:
    """Keep what was corrected in proposals that still wait; what was emptied of its name keeps it."""
    corrected = 0
    for one in waiting:
        said = {
            name: getattr(one, name) for name in CORRECTED if getattr(one, name) or name != "label"
        }
        before = {name: getattr(one.proposal, name) for name in said}
        for name, value in said.items():
            setattr(one.proposal, name, value)
        corrected += said != before
    if corrected:
        journal.record("cv.corrected", reading.talent, by=by, corrected=corrected)


def tells_of_work(proposal: CvProposal) -> bool:
    """Tell whether the words that show a skill stand in an experience, of the same CV or of the profile."""
    reading = proposal.reading
    told = [one.text for one in reading.proposals if one.part is ProposedPart.EXPERIENCE]
    told += [one.summary for one in reading.talent.experiences]
    return any(_holds(text, proposal.shown_by) for text in told)


def _show(talent: Talent, one: Accepted, *, by: Account | None) -> None:
    """Have a skill shown by the experience that holds the words of the CV, else by these words."""
    words = one.proposal.shown_by
    held = next((held for held in talent.skills if _is_of(held, one)), None)
    if held is None or not words or is_shown(held):
        return
    holding = (known for known in talent.experiences if _holds(known.summary, words))
    experience = next(holding, None)
    line = "" if experience else words[:LONGEST_EVIDENCE]
    show_skill(held, Evidence(line=line, experience=experience), by=by)


def _is_of(held: TalentSkill, one: Accepted) -> bool:
    if one.proposal.skill_id is not None:
        return held.skill_id == one.proposal.skill_id
    return folded(held.label) == folded(one.label[:LONGEST_SKILL])


def _holds(text: str, words: str) -> bool:
    said = folded(" ".join(words.replace("…", " ").split()))
    return bool(said) and said in folded(" ".join(text.split()))


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
        line = experience_of(proposal).summary
        when = period_in(proposal.period, alone=True)
        parts = [proposal.label, proposal.organisation, str(when or proposal.period)]
        return any(
            folded(line) == folded(known)
            or all(folded(part) in folded(known) for part in parts if part)
            for known in content.experience
        )
    if proposal.part is ProposedPart.EDUCATION:
        return any(folded(held.title) == name for held in content.education)
    if proposal.part is ProposedPart.LANGUAGE and (code := _code(proposal.label)):
        return any(held.code == code for held in content.languages)
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
    """Return what a profile says with what was accepted, but for experiences, which are told one by one."""
    skills, languages = list(content.skills), list(content.languages)
    education, headline = list(content.education), content.headline
    for one in accepted:
        part = one.proposal.part
        if part is ProposedPart.HEADLINE:
            headline = one.label[:LONGEST_LABEL]
        elif part is ProposedPart.EDUCATION:
            years = _dates(one.period)
            year = int(years[-1][:4]) if years else None
            education.append(Studied(one.label[:200], one.organisation[:200], year))
        elif part is ProposedPart.LANGUAGE and (code := _code(one.label)):
            languages.append(Spoken(code, _level(one.level)))
        elif part is ProposedPart.LANGUAGE:
            label = f"{one.label} ({one.level})" if one.level else one.label
            skills.append(NamedSkill(label[:LONGEST_SKILL]))
        elif part is ProposedPart.SKILL:
            level = int(one.level) if one.level else None
            skills.append(NamedSkill(one.label[:LONGEST_SKILL], one.proposal.skill, level))
    return replace(
        content, headline=headline, skills=skills, languages=languages, education=education
    )


def _code(label: str) -> str | None:
    """Return the code of a language as a CV names it; one that is not of the list stays a skill."""
    return language_code(language_named(label))


def _level(level: str) -> LanguageLevel | None:
    return LanguageLevel(level) if level in set(LanguageLevel) else None


def _dates(period: str) -> list[str]:
    """Return the first and the last month of a period, as far as it is read."""
    found = period_in(period, alone=True)
    return [month for month in (found.started, found.ended) if month] if found else []


def experience_of(one: Accepted | CvProposal) -> Told:
    """Return an experience in parts; one whose dates are not read stays whole, on one line."""
    found = period_in(one.period, alone=True)
    if one.period and found is None:
        return Told(text=_line(one))
    return Told(
        one.label,
        one.organisation,
        found.started if found else "",
        found.ended if found else "",
        one.text,
    )


def _line(one: Accepted | CvProposal) -> str:
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
