"""The experiences that a CV tells: what, where, from when to when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from talentpool.cv.jobs import is_job, title_and_employer
from talentpool.cv.periods import Period, period_in
from talentpool.cv.sections import Line, Part

MOST = 40
_LONGEST_HEAD = 140
_LONGEST_TOLD = 1_500
#: Letters up to which what stands beside dates is an employer's name rather than a sentence.
_SHORT_HEAD = 30
_EDGES = " \t|•·–—-:;,()[]"


@dataclass(frozen=True)
class ToldExperience:
    """One experience as a CV tells it."""

    title: str
    organisation: str
    period: str
    text: str = ""


@dataclass(frozen=True)
class _Dated:
    place: int
    period: Period
    rest: str


def experiences_in(lines: Sequence[Line]) -> list[ToldExperience]:
    """Find the experiences under their heading or, in a CV without one, wherever a job has its dates."""
    told = [line for line in lines if line.part is Part.EXPERIENCE]
    has_heading = bool(told)
    if not has_heading:
        told = [line for line in lines if line.part in {Part.TOP, Part.OTHER, Part.SUMMARY}]
    dated = _dated(told, alone=has_heading)
    if not dated:
        return []
    found = _all(told, dated, above=_heads_above(told, dated))
    if not has_heading:
        found = [one for one in found if is_job(one.title)]
    return [one for one in found if one.title or one.organisation][:MOST]


def _dated(lines: Sequence[Line], *, alone: bool) -> list[_Dated]:
    found = []
    for place, line in enumerate(lines):
        period = None if line.is_point and len(line.text) > _LONGEST_HEAD else _period(line, alone)
        if period is not None:
            start, end = period.span
            rest = f"{line.text[:start].strip(_EDGES)}\t{line.text[end:].strip(_EDGES)}"
            found.append(_Dated(place, period, re.sub(r"\s*\(\s*\)\s*", " ", rest.strip())))
    return found


def _period(line: Line, alone: bool) -> Period | None:
    if len(line.text) > 2 * _LONGEST_HEAD:
        return None
    return period_in(line.text, alone=alone and not line.is_point)


def _heads_above(lines: Sequence[Line], dated: Sequence[_Dated]) -> int:
    """Return how many lines above its dates an experience's heading takes, the same all along a CV."""
    bare = [one for one in dated if not _says_something(one.rest)]
    if not bare or bare[0] is not dated[0]:
        return 0
    return min(dated[0].place, 2)


def _all(lines: Sequence[Line], dated: Sequence[_Dated], above: int) -> list[ToldExperience]:
    taken = [_lines_above(lines, dated, index, above) for index in range(len(dated))]
    found = []
    for index, one in enumerate(dated):
        last = len(lines)
        if index + 1 < len(dated):
            last = max(one.place + 1, dated[index + 1].place - taken[index + 1])
        below = list(lines[one.place + 1 : last])
        if taken[index]:
            head = ", ".join(line.text for line in lines[one.place - taken[index] : one.place])
            if _says_something(one.rest):
                below.insert(0, Line(one.rest.replace("\t", " ").strip(), Part.EXPERIENCE, True))
        elif _says_something(one.rest):
            head = one.rest.replace("\t", ", ").strip(", ")
        else:
            head, below = (below[0].text, below[1:]) if below else ("", below)
        found.append(_experience(one.period, head, below))
    return found


def _lines_above(lines: Sequence[Line], dated: Sequence[_Dated], index: int, above: int) -> int:
    """Return how many lines above its dates are the heading of an experience."""
    one = dated[index]
    room = one.place - (dated[index - 1].place + 1 if index else 0)
    if not _says_something(one.rest):
        return min(above, room)
    # « Entreprise – Développeuse », then its dates with what was done there.
    before = lines[one.place - 1] if room else None
    is_told_above = before is not None and _is_head(before) and is_job(before.text)
    return int(is_told_above and not is_job(one.rest) and len(one.rest) > _SHORT_HEAD)


def _experience(period: Period, head: str, below: list[Line]) -> ToldExperience:
    title, organisation = title_and_employer(head)
    if below and not organisation and _is_head(below[0]):
        title, organisation = title_and_employer(title, below[0].text)
        below = below[1:]
    elif below and not is_job(head) and _is_head(below[0]) and is_job(below[0].text):
        # « Ministère de la Culture, Paris » stands above « Développeuse web ».
        title, organisation = below[0].text, head
        below = below[1:]
    text = " ".join(line.text for line in below)[:_LONGEST_TOLD]
    return ToldExperience(title[:200], organisation[:200], str(period), text)


def _is_head(line: Line) -> bool:
    return (
        not line.is_point and len(line.text) <= 90 and not line.text.rstrip().endswith((".", ";"))
    )


def _says_something(rest: str) -> bool:
    return sum(c.isalpha() for c in rest) >= 3
