"""A fitted ranker's state as arrays and facts, and back: what is opened is checked before it is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching._analysis import FIELDS, Analysis
from matching._columns import GROUPS, Column
from matching._criteria import READS
from matching._frozen import Frozen
from matching._index import Index
from matching._rows import MadeOnDemand, Rows
from matching._scale import Scale
from matching._storage import Arrays, UnreadableIndex
from matching._types import Profile
from matching._vocabulary import Vocabulary

MOST_REMEMBERED = 4096
"""Analyses of saved rows that a process keeps: those who come first are shown again and again."""

_TYPES = {
    **dict.fromkeys(("starts", "terms", "holders", "list_starts", "list_rows"), np.int32),
    **dict.fromkeys(("numbers", "seen"), np.int32),
    **dict.fromkeys((f"codes-{name}" for name in READS), np.int64),
    "word_starts": np.int64,
    **dict.fromkeys(("counts", "words"), np.uint8),
    "kinds": np.int8,
    "known": np.bool_,
    "values": np.float64,
    "list_values": np.float32,
    "hashes": np.uint64,
}


@dataclass(frozen=True)
class State:
    """What a ranker learns of a pool: rows in order of their groups, then of their keys."""

    keys: list[str]
    index: Index
    columns: Mapping[str, Column]


def _analyses(arrays: Arrays) -> Sequence[Analysis]:
    """Give the analyses of saved rows; the last few that were made are remembered."""

    @lru_cache(maxsize=MOST_REMEMBERED)
    def make(row: int) -> Analysis:
        start, end = arrays["starts"][row : row + 2].tolist()
        first, last = arrays["word_starts"][row : row + 2].tolist()
        words = arrays["words"][first:last].tobytes()
        return Analysis(arrays["terms"][start:end], arrays["counts"][start:end], words)

    return MadeOnDemand(len(arrays["starts"]) - 1, make)


def arrays_of(state: State) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Give a state's facts, JSON-safe, and its arrays."""
    rows, frozen = state.index.rows, state.index.frozen
    words = [
        each if isinstance(each := one.words, bytes) else each.encode() for one in rows.analyses
    ]
    lengths = np.array([0, *map(len, words)], dtype=np.int64)
    arrays = {
        "starts": rows.starts,
        "terms": rows.terms,
        "counts": rows.counts,
        "words": np.frombuffer(b"".join(words), dtype=np.uint8),
        "word_starts": np.cumsum(lengths),
        **{name: getattr(frozen, name) for name in Frozen._fields if name != "documents"},
        **state.index.vocabulary.arrays(),
        **{f"codes-{name}": column.codes for name, column in state.columns.items()},
    }
    facts = {
        "documents": frozen.documents,
        "sizes": state.index.sizes,
        "keys": state.keys,
        "facts": {
            name: [one.to_dict() for one in column.facts] for name, column in state.columns.items()
        },
    }
    return facts, arrays


def state_of(facts: Mapping[str, Any], arrays: Arrays, scale: Scale) -> State:
    """Give back the state whose facts and arrays these are, weighed on the scale it was weighed on.

    Raises ``UnreadableIndex`` when they don't fit together.
    """
    _check(facts, arrays)
    rows = Rows(_analyses(arrays), arrays["starts"], arrays["terms"], arrays["counts"])
    frozen = Frozen(
        facts["documents"], *(arrays[name] for name in Frozen._fields if name != "documents")
    )
    vocabulary = Vocabulary({name: arrays[name] for name in ("hashes", "numbers", "seen", "kinds")})
    columns = {
        name: Column(name, [Profile.from_dict(one) for one in saved], arrays[f"codes-{name}"])
        for name, saved in facts["facts"].items()
    }
    return State(facts["keys"], Index(rows, facts["sizes"], vocabulary, scale, frozen), columns)


def _check(facts: Mapping[str, Any], arrays: Arrays) -> None:
    """Make sure that no number points outside what it numbers: compiled code would follow it."""
    for problems in (_of_type, _of_length, _of_content):
        if problem := next(problems(facts, arrays), None):
            raise UnreadableIndex(f"the index is broken: {problem}")


def _of_type(facts: Mapping[str, Any], arrays: Arrays) -> Iterator[str]:
    for name, kind in _TYPES.items():
        if name not in arrays or arrays[name].dtype != kind:
            yield f"{name} is missing or of another type"
        elif arrays[name].ndim != (2 if name == "counts" else 1):
            yield f"{name} is of another shape"
    if (
        not {"documents", "sizes", "keys", "facts"} <= facts.keys()
        or facts["facts"].keys() != READS.keys()
    ):
        yield "its manifest lacks what it should tell"


def _of_length(facts: Mapping[str, Any], arrays: Arrays) -> Iterator[str]:
    size, entries, width = len(facts["keys"]), len(arrays["terms"]), len(arrays["holders"])
    terms, listed = len(arrays["hashes"]), len(arrays["list_rows"])
    lengths = {
        **dict.fromkeys(("counts", "values"), entries),
        **dict.fromkeys(("numbers", "seen", "kinds"), terms),
        **dict.fromkeys((f"codes-{name}" for name in READS), size),
        "starts": size + 1,
        "word_starts": size + 1,
        "list_starts": width * GROUPS + 1,
        "known": width,
        "list_values": listed,
    }
    for name, length in lengths.items():
        if len(arrays[name]) != length:
            yield f"{name} has {len(arrays[name])} entries instead of {length}"
    if len(facts["sizes"]) != GROUPS or sum(facts["sizes"]) != size:
        yield "its groups do not part its rows"
    if arrays["counts"].shape[1] != len(FIELDS) or width > terms:
        yield "fields or terms are missing"


def _of_content(facts: Mapping[str, Any], arrays: Arrays) -> Iterator[str]:
    for name, whole in (
        ("starts", "terms"),
        ("word_starts", "words"),
        ("list_starts", "list_rows"),
    ):
        starts = arrays[name]
        if starts[0] != 0 or starts[-1] != len(arrays[whole]) or (np.diff(starts) < 0).any():
            yield f"{name} does not part {whole}"
    limits = {
        "terms": len(arrays["holders"]),
        "list_rows": len(facts["keys"]),
        "numbers": len(arrays["hashes"]),
        **{f"codes-{name}": len(facts["facts"][name]) for name in READS},
    }
    for name, limit in limits.items():
        values = arrays[name]
        if len(values) and (values.min() < 0 or values.max() >= limit):
            yield f"{name} points outside"
