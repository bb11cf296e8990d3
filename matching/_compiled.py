"""The one loop that compiled code speeds up in large pools, where Numba is installed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

Gather = Callable[..., None]


def _add_lists(
    starts: NDArray[np.int32],
    rows: NDArray[np.int32],
    values: NDArray[np.float32],
    lists: NDArray[np.int64],
    weights: NDArray[np.float64],
    into: NDArray[np.float64],
) -> None:
    for place in range(len(lists)):
        weight = weights[place]
        for entry in range(starts[lists[place]], starts[lists[place] + 1]):
            into[rows[entry]] += weight * values[entry]


@cache
def add_lists() -> Gather | None:
    """Give the function that adds weighted lists to what rows are worth, ``None`` without Numba.

    It is compiled once, at its first call, and kept on disk. Its arguments are where the lists
    start, their rows and values, which to add and what each weighs, and the array to add to.
    """
    try:
        numba: Any = import_module("numba")
    except ImportError:
        return None
    compiled: Gather = numba.njit(cache=True, nogil=True, boundscheck=False)(_add_lists)
    return compiled
