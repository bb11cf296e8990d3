"""How fast the ranking is beside dedicated search libraries, on pools of any size.

Real postings ask, one at a time, for the twenty best of a pool that ``sampling`` draws. Ours opens
a saved index, as the workers of the application do, and answers criteria and gives reasons for the
twenty: every amount and every word is there when it answers, nothing is put off until it is read.
Peers give the numbers of rows. All are asked in turns, all questions at a time, in one thread,
so that what else the machine does falls on all alike; after a round that warms them up, the best of a
few rounds counts for each posting. Reading texts counts for nobody: peers are given terms, and ours
remembers a posting that it has read, its vector included.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from matching import evaluation
from matching._analysis import Reader
from matching._asked import asked_of
from matching._columns import columns_of, grouped
from matching._index import Index
from matching._ranker import Ranker
from matching._saved import State
from matching._skills import Referential
from matching._types import Posting, Profile
from matching._vocabulary import Vocabulary
from matching.measures.folder import BadFolder, read_postings, read_profiles
from matching.measures.peers import Ask, Missing, Query, peers
from matching.measures.sampling import SEED, Sample, sample

SIZES = (1_000, 10_000, 100_000)
MILLION = 1_000_000
QUERIES = 200
TOP = 20
ROUNDS = 5
UPDATES = 50

HOME = "BENCHMARKS"
"""The environment variable that says where the folders of public data are."""

FOLDERS = ("eig", "beta")


class Speed(NamedTuple):
    """What was measured at one size: milliseconds are medians over postings, ratios ours over theirs.

    ``ms`` is of postings asked again, ``ms_first`` of those asked of an index just opened, which
    remembers only whom the postings before found.
    ``…_distinct`` is of bm25s asked once for each different term.
    ``backend_bm25s`` is the faster one, which ``ms_bm25s`` is about; ``entries`` is the median number
    of entries that a posting's terms have in the pool; a peer that is missing has no figures.
    ``update_ms`` is the median change of one profile, ``update_ms_worst`` the dearest;
    ``bytes_per_profile`` is what the saved index takes on disk.
    """

    ratio_bm25s: float | None
    ratio_bm25s_distinct: float | None
    ratio_tantivy: float | None
    ms: float
    ms_first: float
    ms_bm25s: float | None
    ms_bm25s_distinct: float | None
    ms_tantivy: float | None
    backend_bm25s: str | None
    entries: int
    update_ms: float
    update_ms_worst: float
    bytes_per_profile: int


def folders(given: Sequence[Path]) -> Sequence[Path]:
    """Give the folders to sample: those given, or else those of the public data.

    Raises ``BadFolder`` when neither are there.
    """
    if given:
        return given
    home = Path(os.environ.get(HOME, "../shared/benchmarks"))
    known = [home / name for name in FOLDERS]
    if not all(folder.is_dir() for folder in known):
        raise BadFolder(
            f"no folder to sample: give some, each with postings.jsonl and profiles.jsonl, or set {HOME} "
            f"to where {' and '.join(FOLDERS)} are; looked for {' and '.join(map(str, known))}"
        )
    return known


def bench(
    given: Sequence[Path], sizes: Sequence[int], queries: int = QUERIES
) -> Iterator[tuple[int, Speed, Sequence[str]]]:
    """Measure each size in turn: the size, its figures, and a line for each peer that is missing."""
    postings, profiles = _read(given)
    chosen = np.random.default_rng(SEED).permutation(len(postings))[:queries]
    asked = [postings[place] for place in chosen.tolist()]
    for size in sizes:
        with threadpool_limits(1):
            yield (size, *_measured(sample(profiles, size, Referential.default()), profiles, asked))


def _read(given: Sequence[Path]) -> tuple[list[Posting], list[Profile]]:
    postings = [evaluation.as_posting(one) for folder in given for one in read_postings(folder)]
    profiles = [evaluation.as_profile(one) for folder in given for one in read_profiles(folder)]
    if not postings or not profiles:
        raise BadFolder(f"{', '.join(map(str, given))}: no posting to ask with, or no profile")
    return postings, profiles


def _measured(
    pool: Sample, profiles: Sequence[Profile], postings: Sequence[Posting]
) -> tuple[Speed, Sequence[str]]:
    numbers = {name: number for number, name in enumerate(pool.names)}
    queries = [_query(posting, numbers) for posting in postings]
    families = [profiles[place].families for place in pool.drawn.tolist()]
    top = min(TOP, pool.size)
    others = peers(pool, families, queries, top)
    with _ours(pool, profiles) as ours:
        systems: dict[str, Ask] = {
            "ours": ours.asking(postings, top),
            "ours first": ours.asking_first(postings, top),
        }
        systems |= {name: one for name, one in others.items() if not isinstance(one, Missing)}
        ms = _medians(systems, len(postings))
        updates = ours.updates(profiles)
        bytes_per_profile = ours.bytes // pool.size
    holders = np.bincount(pool.terms, minlength=len(pool.names))
    backends = [name for name in ms if name.startswith("bm25s")]
    bm25s = min(backends, key=lambda name: ms[name], default="bm25s")
    speed = Speed(
        ratio_bm25s=_ratio(ms["ours"], ms.get(bm25s)),
        ratio_bm25s_distinct=_ratio(ms["ours"], ms.get("distinct")),
        ratio_tantivy=_ratio(ms["ours"], ms.get("tantivy")),
        ms=ms["ours"],
        ms_first=ms["ours first"],
        ms_bm25s=ms.get(bm25s),
        ms_bm25s_distinct=ms.get("distinct"),
        ms_tantivy=ms.get("tantivy"),
        backend_bm25s=bm25s.removeprefix("bm25s ") if backends else None,
        entries=int(
            statistics.median(
                int(holders[np.unique(np.array(query.terms, dtype=np.intp))].sum())
                for query in queries
            )
        ),
        update_ms=statistics.median(updates),
        update_ms_worst=max(updates),
        bytes_per_profile=bytes_per_profile,
    )
    return speed, sorted({one.why for one in others.values() if isinstance(one, Missing)})


def _query(posting: Posting, numbers: Mapping[str, int]) -> Query:
    """Give the peers the posting's terms that the pool knows, each as often as the posting says it."""
    asked = asked_of(posting, Referential.default())
    mentions = zip(asked.terms, asked.counts.sum(axis=1).tolist(), strict=True)
    terms = [numbers[term] for term, times in mentions if term in numbers for _ in range(times)]
    return Query(terms, posting.families)


def _medians(systems: Mapping[str, Ask], count: int) -> dict[str, float]:
    """Ask every system in turn, all questions at a time; give each one's median milliseconds."""
    taken = {name: np.zeros((ROUNDS + 1, count)) for name in systems}
    for round_ in range(ROUNDS + 1):
        for name, ask in systems.items():
            for number in range(count):
                began = perf_counter()
                ask(number)
                taken[name][round_, number] = (perf_counter() - began) * 1000
    # The best of the rounds is what the code takes; the rest is what else the machine did.
    return {name: float(np.median(each[1:].min(axis=0))) for name, each in taken.items()}


def _ratio(ours: float, theirs: float | None) -> float | None:
    return None if theirs is None else ours / theirs


class _Ours:
    """A saved pool, opened."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._ranker = Ranker.open(directory)

    @property
    def bytes(self) -> int:
        """What it takes on disk."""
        files = (path for path in self._directory.rglob("*") if path.is_file())
        return sum(path.stat().st_size for path in files)

    def asking(self, postings: Sequence[Posting], top: int) -> Ask:
        def ask(number: int) -> Sequence[int]:
            ranking = self._ranker.rank(postings[number], top, apart=0)
            return [int(one.key) for one in ranking.suggestions]

        return ask

    def asking_first(self, postings: Sequence[Posting], top: int) -> Ask:
        """Ask so that each posting is the first time asked, being asked in order from the first on."""
        opened = self

        def ask(number: int) -> Sequence[int]:
            nonlocal opened
            if number == 0:
                opened = _Ours(self._directory)
            return opened.asking(postings, top)(number)

        return ask

    def updates(self, profiles: Sequence[Profile]) -> list[float]:
        """Have rows say, one after the other, what a real profile says; give milliseconds each."""
        size, taken = len(self._ranker.keys_), []
        for number in range(UPDATES):
            changed = replace(profiles[number % len(profiles)], key=_key(number * 7 % size))
            began = perf_counter()
            self._ranker.update([changed])
            taken.append((perf_counter() - began) * 1000)
        return taken


@contextmanager
def _ours(pool: Sample, profiles: Sequence[Profile]) -> Iterator[_Ours]:
    with TemporaryDirectory() as directory:
        _learnt(pool, profiles).save(Path(directory))
        yield _Ours(Path(directory))


def _learnt(pool: Sample, profiles: Sequence[Profile]) -> Ranker:
    """Give a ranker that learnt a sampled pool, which nobody can fit: no texts say its words."""
    ranker, vocabulary = Ranker(), Vocabulary()
    ranker.referential_ = Referential.default()
    vocabulary.learn(pool.names)
    columns, order, sizes = grouped(columns_of([profiles[place] for place in pool.drawn.tolist()]))
    index = Index(pool.taken(order).rows, sizes, vocabulary, ranker._scale())
    state = State([_key(row) for row in order.tolist()], index, columns)
    return ranker._learnt(state, Reader(ranker.referential_, vocabulary))


def _key(row: int) -> str:
    return f"{row:07d}"
