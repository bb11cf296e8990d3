"""From what a CV says to what it proposes: skills with the sentence that shows them, experiences, languages."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matching import Referential
from talentpool.cv.document import Document
from talentpool.cv.experiences import experiences_in
from talentpool.cv.jobs import is_job
from talentpool.cv.languages import language_named, languages_in, level_named
from talentpool.cv.left_out import LeftOut, without_private
from talentpool.cv.models import ProposedPart
from talentpool.cv.periods import period_in, period_of
from talentpool.cv.sections import Line, Part, lines_of, tidy
from talentpool.naming import folded

MOST_SKILLS = 60
#: Thirty dense pages.
MOST_LINES = 2_500
LONGEST_SHOWN = 240
_TOP_LINES = 12
_LONGEST_HEADLINE = 120
_SENTENCE_ENDS = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÀ-Ý«])")
_ITEMS = re.compile(r"[,;|•/\t:]|\s[-–—]\s")
_BESIDE = re.compile(r"\s[–—|•]\s|\t")
#: What is left around words once a year is taken out from between them.
_EDGES = " -–—:|•,.()/"
_IN_BRACKETS = re.compile(r"\([^()]{0,80}\)")
# What shows work counts for more than a list, and a course for less.
_BEST = (Part.EXPERIENCE, Part.SUMMARY, Part.TOP, Part.OTHER, Part.SKILLS, Part.EDUCATION)
_LEVELS = (
    ("4", "expert|master"),
    ("3", "advanced|senior|confirm|avance"),
    ("2", "intermedia|proficient|autonom"),
    ("1", "beginner|basic|novice|debut"),
    ("0", "notion"),
)


@dataclass(frozen=True)
class Proposal:
    """One thing that a profile could say; `skill_code` names a skill of the referential."""

    part: ProposedPart
    label: str
    skill_code: str = ""
    level: str = ""
    organisation: str = ""
    period: str = ""
    text: str = ""
    shown_by: str = ""
    is_stated: bool = False


def propose(document: Document, skills: Referential) -> tuple[list[Proposal], set[LeftOut]]:
    """Return what a CV proposes, and what it said that is left out."""
    told = tidy(document.text).split("\n")[:MOST_LINES]
    text, left_out = without_private("\n".join(told))
    known = {code.value for code in LeftOut}
    left_out |= {LeftOut(code) for code in document.left_out if code in known}
    lines = lines_of(text)
    is_text = document.kind != "json" and not document.experiences
    proposals = [
        *_headline(document, lines),
        *_skills(document, lines, skills),
        *(_told_experiences(lines) if is_text else _stated_experiences(document, left_out)),
        *_languages(document, lines),
        *(_told_studies(lines) if is_text else _stated_studies(document)),
    ]
    return proposals, left_out


def _headline(document: Document, lines: Sequence[Line]) -> Iterable[Proposal]:
    if document.headline:
        clean, _left = without_private(tidy(document.headline))
        if clean:
            yield Proposal(ProposedPart.HEADLINE, clean[:300], is_stated=True)
        return
    if document.kind == "json":
        return
    for line in lines[:_TOP_LINES]:
        if line.part is Part.TOP and len(line.text) <= _LONGEST_HEADLINE and is_job(line.text):
            # « Noé Patron – Ingénieur sécurité »: a name is no part of what one does.
            parts = [part.strip() for part in _BESIDE.split(line.text) if is_job(part)]
            yield Proposal(ProposedPart.HEADLINE, " – ".join(parts), shown_by=line.text)
            return


def _skills(document: Document, lines: Sequence[Line], referential: Referential) -> list[Proposal]:
    found: dict[str, Proposal] = {}
    for label, level, about in document.skills:
        clean = tidy(label).strip()[:120]
        skill = referential.resolve(clean)
        key = skill.code if skill else folded(clean)
        if key and key not in found:
            found[key] = Proposal(
                ProposedPart.SKILL,
                skill.label_fr if skill else clean,
                skill_code=skill.code if skill else "",
                level=_level(level),
                shown_by=shortened(tidy(about)),
                is_stated=True,
            )
    for sentence, start, end, code in _recognised(lines, referential):
        if code not in found:
            found[code] = Proposal(
                ProposedPart.SKILL,
                referential.labels[code],
                skill_code=code,
                shown_by=shortened(sentence, start, end),
            )
    return list(found.values())[:MOST_SKILLS]


def _recognised(
    lines: Sequence[Line], referential: Referential
) -> Iterable[tuple[str, int, int, str]]:
    """Yield each skill with the sentence that shows it, the most telling part of a CV first."""
    for part in _BEST:
        for sentence in sentences_of([line for line in lines if line.part is part]):
            for skill, start, end in referential.recognise(sentence):
                yield sentence, start, end, skill.code
            if part is Part.SKILLS:
                # In a list of skills « Go » and « Vision » are names, first on their line or not.
                for item in _ITEMS.split(_IN_BRACKETS.sub("", sentence)):
                    named = referential.resolve(item.strip()) if item.strip() else None
                    if named is not None:
                        place = max(0, sentence.find(item.strip()))
                        yield sentence, place, place + len(item.strip()), named.code


def sentences_of(lines: Sequence[Line]) -> list[str]:
    """Return the sentences of some lines: what a page's width cut is put together again."""
    joined: list[str] = []
    for line in lines:
        goes_on = (
            joined
            and not line.is_point
            and line.text[:1].islower()
            and period_in(line.text) is None
            and not joined[-1].rstrip().endswith((".", ":", ";", "!", "?"))
        )
        if goes_on:
            joined[-1] = f"{joined[-1]} {line.text}"
        else:
            joined.append(line.text)
    return [part for text in joined for part in _SENTENCE_ENDS.split(text) if part.strip()]


def shortened(sentence: str, start: int = 0, end: int = 0) -> str:
    """Return a sentence, or as much of it around a place as is read at a glance."""
    plain = sentence.replace("\t", " ").replace("\n", " ")
    if len(plain) <= LONGEST_SHOWN:
        return plain.strip()
    first = max(0, min(start - (LONGEST_SHOWN - (end - start)) // 2, len(plain) - LONGEST_SHOWN))
    last = first + LONGEST_SHOWN
    return f"{'…' if first else ''}{plain[first:last].strip()}{'…' if last < len(plain) else ''}"


def _told_experiences(lines: Sequence[Line]) -> Iterable[Proposal]:
    for one in experiences_in(lines):
        yield Proposal(
            ProposedPart.EXPERIENCE,
            one.title,
            organisation=one.organisation,
            period=one.period[:60],
            text=" ".join(one.text.split()),
        )


def _stated_experiences(document: Document, left_out: set[LeftOut]) -> Iterable[Proposal]:
    for entry in document.experiences:
        period = period_of(entry.starts, entry.ends, is_current=entry.is_current)
        text, left = without_private(tidy(entry.text))
        left_out |= left
        if entry.title.strip() or entry.organisation.strip():
            yield Proposal(
                ProposedPart.EXPERIENCE,
                tidy(entry.title)[:200],
                organisation=tidy(entry.organisation)[:200],
                period=str(period or ""),
                text=" ".join(text.split()),
                is_stated=True,
            )


def _stated_studies(document: Document) -> Iterable[Proposal]:
    for entry in document.education:
        title, _left = without_private(tidy(entry.title))
        if title.strip():
            yield Proposal(
                ProposedPart.EDUCATION,
                title.strip()[:200],
                organisation=tidy(entry.organisation)[:200],
                period=entry.ends[:4],
                is_stated=True,
            )


def _told_studies(lines: Sequence[Line]) -> Iterable[Proposal]:
    """Yield what stands under the heading of studies beside a year: « 2014 – Master de droit, Lille »."""
    for line in lines:
        period = period_in(line.text, alone=True) if line.part is Part.EDUCATION else None
        if period is None:
            continue
        first, last = period.span
        said = f"{line.text[:first]} {line.text[last:]}".replace("\t", " ").strip(_EDGES)
        title, _comma, school = said.partition(", ")
        if title:
            yield Proposal(
                ProposedPart.EDUCATION,
                title[:200],
                organisation=school.strip(_EDGES)[:200],
                period=str((period.ends or period.starts)[0]),
                shown_by=shortened(line.text),
            )


def _languages(document: Document, lines: Sequence[Line]) -> Iterable[Proposal]:
    seen = set()
    for said, level in document.languages:
        name = language_named(tidy(said))
        if name and name not in seen:
            seen.add(name)
            shown = shortened(f"{tidy(said)} {tidy(level)}".strip())
            yield Proposal(
                ProposedPart.LANGUAGE,
                name,
                level=level_named(level),
                shown_by=shown,
                is_stated=True,
            )
    for one in languages_in(lines) if document.kind != "json" else ():
        if one.name not in seen:
            yield Proposal(
                ProposedPart.LANGUAGE, one.name, level=one.level, shown_by=shortened(one.line)
            )


def _level(said: str) -> str:
    plain = folded(said)
    return next((level for level, words in _LEVELS if re.search(words, plain)), "")
