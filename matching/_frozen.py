"""What an index counts and weighs when it is built, and keeps whatever is added to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matching._columns import GROUPS
from matching._rows import Rows


class Frozen(NamedTuple):
    """What an index counted when it was built, and its entries weighed: by row, then by term.

    ``holders`` tells how many of the ``documents`` hold each term, and ``known`` which terms a
    question may ask for; ``values`` are the entries of the rows. Every term has ``GROUPS`` lists, one
    for each group of rows: list i is of ``list_rows`` from ``list_starts[i]`` to ``list_starts[i + 1]``,
    where the term weighs ``list_values``.
    """

    documents: int
    holders: NDArray[np.int32]
    known: NDArray[np.bool_]
    values: NDArray[np.float64]
    list_starts: NDArray[np.int32]
    list_rows: NDArray[np.int32]
    list_values: NDArray[np.float32]


def weighed(
    rows: Rows,
    sizes: Sequence[int],
    values: NDArray[np.float64],
    documents: int,
    holders: NDArray[np.int32],
    known: NDArray[np.bool_],
) -> Frozen:
    """Keep the entries of some rows, which weigh ``values``, and list them by term and group."""
    lists = rows.terms * GROUPS + np.repeat(np.arange(GROUPS, dtype=np.int32), sizes)[rows.numbers]
    matrix = csr_matrix((values, lists, rows.starts), (rows.size, len(holders) * GROUPS)).tocsc()
    return Frozen(
        documents,
        holders,
        known,
        values,
        matrix.indptr.astype(np.int32),
        matrix.indices.astype(np.int32),
        matrix.data.astype(np.float32),
    )


def values_of(
    rows: Rows, strengths: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Weigh every entry of some rows, each row brought to length one; a row of nothing stays so."""
    values, numbers = strengths * weights[rows.terms], rows.numbers
    # Squares are added one after the other: equal rows get equal lengths wherever they stand.
    lengths = np.sqrt(np.bincount(numbers, values**2, minlength=rows.size))
    lengths[lengths == 0] = 1.0
    return values / lengths[numbers]
