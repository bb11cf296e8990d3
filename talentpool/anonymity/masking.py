"""Masking who somebody is in what they wrote; automatic, and so imperfect: docs/privacy.md says by how much."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from talentpool.anonymity import gender, identities, origins, patterns, schools
from talentpool.anonymity.kinds import Found, Kind
from talentpool.anonymity.writing import Reading, read

__all__ = ["Kind", "Mask", "Masked", "mask"]

#: Times that a text is read again to see what its masks uncovered; two do for what people write.
ROUNDS = 6
_WRITTEN = re.compile(r"\[(?:" + "|".join(map(re.escape, Kind)) + r")\]")
#: What a mask that two kinds claim is called: the first of these.
_PRECEDENCE = {kind: place for place, kind in enumerate(Kind)}


class Mask(NamedTuple):
    """One span of the original, and what the masked text writes there."""

    start: int
    end: int
    kind: Kind
    written: str


@dataclass(frozen=True)
class Masked:
    """A text without what says who wrote it, and what was taken out of the original."""

    text: str
    masks: tuple[Mask, ...] = ()


class _Piece(NamedTuple):
    """A stretch of the masked text, and the stretch of the original that it stands for."""

    written: str
    start: int
    end: int
    is_mask: bool


def mask(
    text: str,
    *,
    names: Iterable[str] = (),
    towns: Iterable[str] = (),
    employers: Iterable[str] = (),
) -> Masked:
    """Mask in `text` who its author is: `names` are theirs, `towns` and `employers` where they live and work.

    Masking a masked text changes nothing. The time it takes grows as the text's length.
    """
    known = identities.Known.of(names, towns, employers)
    masks: list[Mask] = []
    for _round in range(ROUNDS):
        pieces = _pieces(text, masks)
        shown = "".join(piece.written for piece in pieces)
        found = _found(read(shown), known)
        if not found:
            break
        masks = _merged([*masks, *_in_original(found, pieces)])
    return Masked("".join(piece.written for piece in _pieces(text, masks)), tuple(masks))


def _found(reading: Reading, known: identities.Known) -> list[Mask]:
    """Find what is to be masked in a text as it is shown, outside what is masked already."""
    found: list[Found] = [
        *patterns.find(reading),
        *schools.find(reading),
        *origins.find(reading),
        *identities.find(reading, known),
        *gender.find(reading),
    ]
    done = [match.span() for match in _WRITTEN.finditer(reading.text)]
    masks = []
    place = 0
    for one in sorted(found):
        start, end = reading.original((one.start, one.end))
        while place < len(done) and done[place][1] <= start:
            place += 1
        masks += [
            Mask(first, last, one.kind, one.written or f"[{one.kind}]")
            for first, last in _outside(start, end, done[place : place + 20])
            if any(c.isalnum() for c in reading.text[first:last])
        ]
    return masks


def _outside(start: int, end: int, done: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut what is masked already out of a span."""
    parts = []
    for first, last in done:
        if first >= end:
            break
        if first > start:
            parts.append((start, first))
        start = max(start, last)
    return [*parts, (start, end)] if start < end else parts


def _pieces(text: str, masks: list[Mask]) -> list[_Piece]:
    pieces, at = [], 0
    for one in masks:
        pieces.append(_Piece(text[at : one.start], at, one.start, False))
        pieces.append(_Piece(one.written, one.start, one.end, True))
        at = one.end
    return [*pieces, _Piece(text[at:], at, len(text), False)]


def _in_original(found: list[Mask], pieces: list[_Piece]) -> list[Mask]:
    """Say of spans of the shown text where they stand in the original; a mask is taken whole."""
    moved, place, at = [], 0, 0
    for one in sorted(found, key=lambda mask: mask.start):
        while at + len(pieces[place].written) <= one.start:
            at += len(pieces[place].written)
            place += 1
        start = pieces[place].start + (0 if pieces[place].is_mask else one.start - at)
        last, last_at = place, at
        while last_at + len(pieces[last].written) < one.end:
            last_at += len(pieces[last].written)
            last += 1
        whole = pieces[last]
        end = whole.end if whole.is_mask else whole.start + one.end - last_at
        moved.append(Mask(start, end, one.kind, one.written))
    return moved


def _merged(masks: list[Mask]) -> list[Mask]:
    """Join masks that overlap; a form that is only written otherwise gives way to what is taken out."""
    merged: list[Mask] = []
    for one in sorted(masks, key=lambda mask: (mask.start, -mask.end)):
        if not merged or one.start >= merged[-1].end:
            merged.append(one)
            continue
        last = merged[-1]
        chosen = min(last, one, key=lambda mask: _PRECEDENCE[mask.kind])
        merged[-1] = Mask(last.start, max(last.end, one.end), chosen.kind, chosen.written)
    return merged
