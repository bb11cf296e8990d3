"""The two loops that compiled code speeds up in large pools, where Numba is installed.

What they give is what numpy gives in their stead, to the last bit for ``share``: a test compares.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

AddLists = Callable[..., None]
Share = Callable[..., tuple[NDArray[Any], ...]]


def _add_lists(
    starts: NDArray[np.int32],
    rows: NDArray[np.uint32],
    values: NDArray[np.float32],
    lists: NDArray[np.int64],
    weights: NDArray[np.float64],
    into: NDArray[np.float64],
) -> None:
    for place in range(len(lists)):
        weight = weights[place]
        for entry in range(starts[lists[place]], starts[lists[place] + 1]):
            into[rows[entry]] += weight * values[entry]


def _share(
    starts: NDArray[np.int32],
    terms: NDArray[np.int32],
    values: NDArray[np.float64],
    rows: NDArray[np.int64],
    numbers: NDArray[np.int32],
    weights: NDArray[np.float64],
) -> tuple[NDArray[Any], ...]:
    # Where to look a term up: three slots of four are empty, and most terms are nobody's.
    last = 1
    while last < 4 * len(numbers):
        last = 2 * last + 1
    slots = np.full(last + 1, -1, dtype=np.int32)
    for place in range(len(numbers)):
        slot = numbers[place] & last
        while slots[slot] >= 0:
            slot = (slot + 1) & last
        slots[slot] = place
    most = 0
    for row in rows:
        most += starts[row + 1] - starts[row]
    scores, ends = np.zeros(len(rows)), np.empty(len(rows), dtype=np.int64)
    places, entries = np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int64)
    amounts = np.empty(most)
    end = 0
    for each in range(len(rows)):
        first = starts[rows[each]]
        for entry in range(first, starts[rows[each] + 1]):
            slot = terms[entry] & last
            while slots[slot] >= 0 and numbers[slots[slot]] != terms[entry]:
                slot = (slot + 1) & last
            if slots[slot] >= 0 and values[entry] > 0:
                places[end], entries[end] = slots[slot], entry - first
                amounts[end] = values[entry] * weights[slots[slot]]
                scores[each] += amounts[end]
                end += 1
        ends[each] = end
    return scores, places[:end], entries[:end], amounts[:end], ends


@cache
def add_lists() -> AddLists | None:
    """Give the function that adds weighted lists to what rows are worth, ``None`` without Numba.

    Its arguments are where the lists start, their rows and values, which to add and what each
    weighs, and the array to add to.
    """
    return _compiled(_add_lists)


@cache
def share() -> Share | None:
    """Give the function that tells what rows share with a question, ``None`` without Numba.

    Its arguments are where the rows' entries start, their terms and values, the rows, and the
    question's terms and weights; it gives what ``Shared`` holds.
    """
    return _compiled(_share)


def _compiled(function: Callable[..., Any]) -> Callable[..., Any] | None:
    """Have a function compiled at its first call, and kept on disk."""
    try:
        numba: Any = import_module("numba")
    except ImportError:
        return None
    compiled: Callable[..., Any] = numba.njit(cache=True, nogil=True, boundscheck=False)(function)
    return compiled
