"""Libraries to compare speed with, each asked as its own documentation asks it, in one thread.

All get a pool's terms as numbers, so nobody's tokenizer counts; every doubt goes to the peer. What
could be made ready before a question is: masks of the families, tantivy's query objects. They are
asked for every mention of a term, as BM25 is defined and as the baseline of ``evaluation`` asks;
bm25s is asked for each different term too, which is quicker and ranks otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from importlib import import_module
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.evaluation import may_meet
from matching.measures.sampling import Sample

EXTRA = "install the 'bench' extra"


class Query(NamedTuple):
    """One question to the peers: its terms' numbers, as often as the posting mentions them.

    ``families`` are those that it is open to.
    """

    terms: Sequence[int]
    families: tuple[str, ...]


Ask = Callable[[int], Sequence[int]]
"""Asks the query of that number, and gives the rows found, the best first."""


class Missing(NamedTuple):
    """A peer that can't be asked here, and why, in one line."""

    why: str


def peers(
    sample: Sample, families: Sequence[tuple[str, ...]], queries: Sequence[Query], top: int
) -> Mapping[str, Ask | Missing]:
    """Have each peer index a sample, whose rows have ``families``, and be ready for the queries."""
    return {
        **_bm25s(sample, families, queries, top),
        "tantivy": _tantivy(sample, families, queries, top),
    }


def eligible(families: Sequence[tuple[str, ...]], asked: tuple[str, ...]) -> NDArray[np.bool_]:
    """Tell which rows share a family that is asked for; whoever is silent may be meant."""
    answers = {own: may_meet(own, asked) for own in set(families)}
    return np.array([answers[own] for own in families], dtype=bool)


def _bm25s(
    sample: Sample, families: Sequence[tuple[str, ...]], queries: Sequence[Query], top: int
) -> Mapping[str, Ask | Missing]:
    try:
        module = import_module("bm25s")
    except ImportError:
        return dict.fromkeys(
            ("bm25s numpy", "bm25s numba", "distinct"), Missing(f"bm25s is missing: {EXTRA}")
        )
    index = module.BM25(method="lucene", k1=1.5, b=0.75)
    # Numbers are shared, not made anew for each mention: millions of them would fill the memory.
    shared = np.array(range(len(sample.names)), dtype=object)
    pool = [shared[tokens].tolist() for tokens in sample.tokens()]
    index.index((pool, {f"t{n}": n for n in range(len(sample.names))}), show_progress=False)
    masks = {
        asked: eligible(families, asked).astype(np.float32)
        for asked in {query.families for query in queries}
    }

    def asking(
        backend: str, terms_of: Callable[[Query], Sequence[int]] = attrgetter("terms")
    ) -> Ask:
        asked = copy(index)
        asked.backend = backend

        def ask(number: int) -> Sequence[int]:
            query = queries[number]
            if not query.terms:
                return []
            found = asked.retrieve(
                [terms_of(query)], k=top, show_progress=False, weight_mask=masks[query.families]
            )
            rows: Sequence[int] = found.documents[0]
            return rows

        return ask

    try:
        import_module("numba")
    except ImportError:
        numba: Ask | Missing = Missing(f"bm25s is measured without numba: {EXTRA}")
    else:
        numba = asking("numba")
    backend = "numpy" if isinstance(numba, Missing) else "numba"
    return {
        "bm25s numpy": asking("numpy"),
        "bm25s numba": numba,
        "distinct": asking(backend, lambda query: sorted(set(query.terms))),
    }


def _tantivy(
    sample: Sample, families: Sequence[tuple[str, ...]], queries: Sequence[Query], top: int
) -> Ask | Missing:
    try:
        tantivy = import_module("tantivy")
    except ImportError:
        return Missing(f"tantivy is missing: {EXTRA}")
    schema = _schema(tantivy)
    index = tantivy.Index(schema)
    writer = index.writer(heap_size=1_000_000_000, num_threads=1)
    codes = _codes(families)
    for row, (tokens, own) in enumerate(zip(sample.tokens(), families, strict=True)):
        document = tantivy.Document()
        document.add_unsigned("row", row)
        document.add_text("terms", " ".join(map(str, tokens.tolist())))
        for family in own or (_SILENT,):
            document.add_text("families", codes[family])
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    ready = [_query(tantivy, schema, query, codes) for query in queries]

    def ask(number: int) -> Sequence[int]:
        found = searcher.search(ready[number], top, count=False)
        rows: Sequence[int] = searcher.fast_field_values("row", [hit for _, hit in found.hits])
        return rows

    return ask


_SILENT = ""
"""Stands for the families of whoever names none."""


def _codes(families: Iterable[tuple[str, ...]]) -> Mapping[str, str]:
    known = sorted({family for own in families for family in own} | {_SILENT})
    return {family: f"f{number}" for number, family in enumerate(known)}


def _schema(tantivy: Any) -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("families", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("row", fast=True)
    return builder.build()


def _query(tantivy: Any, schema: Any, query: Query, codes: Mapping[str, str]) -> Any:
    should, must = tantivy.Occur.Should, tantivy.Occur.Must

    def term(field: str, value: str, kept: str) -> Any:
        return should, tantivy.Query.term_query(schema, field, value, kept)

    clauses = [term("terms", str(number), "freq") for number in query.terms]
    if query.families:
        asked = [codes[family] for family in (*query.families, _SILENT) if family in codes]
        of_families = tantivy.Query.boolean_query([term("families", f, "basic") for f in asked])
        clauses.append((must, tantivy.Query.const_score_query(of_families, 0.0)))
    return tantivy.Query.boolean_query(clauses)
