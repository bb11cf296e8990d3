"""How well the ranking finds the people who were really chosen, beside two usual baselines.

This is protocol 1: every posting is ranked alone over all profiles; ``families`` mode puts those
who share a family label first, ``text`` mode takes everyone; gains are binary.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching._levels import AskedSkill, HeldSkill
from matching._ranker import Ranker
from matching._types import Posting, Profile
from matching.measures.folder import Document, Judgements

PROTOCOL = 1
MODES = ("families", "text")
MEASURES = ("map", "ndcg@10", "mrr", "recall@10")
DEPTH = 10
DRAWS = 10_000
SEED = 1

Run = list[tuple[str, float]]
"""Every profile's key and score, in the order of a ranking."""

RankerOfText = Callable[[Document, str], Run]
"""Ranks every profile for one posting in one mode."""


class MissingExtra(RuntimeError):
    """A baseline needs a package that only an extra installs."""


class Interval(NamedTuple):
    """An estimate with the 2.5 % and 97.5 % points of its bootstrap distribution."""

    value: float
    low: float
    high: float


def measures(ranked: Sequence[str], relevant: Collection[str]) -> dict[str, float]:
    """Measure one ranking; each measure is 0 when nothing is relevant.

    ``map`` sums the precision at each relevant profile and divides by their number R; ``ndcg@10``
    divides by the ideal over min(R, 10), with a discount of 1 / log2(rank + 1).
    """
    if not relevant:
        return dict.fromkeys(MEASURES, 0.0)
    ranks = [rank for rank, key in enumerate(ranked, start=1) if key in relevant]
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(relevant), DEPTH) + 1))
    return {
        "map": sum(found / rank for found, rank in enumerate(ranks, start=1)) / len(relevant),
        "ndcg@10": sum(1 / math.log2(rank + 1) for rank in ranks if rank <= DEPTH) / ideal,
        "mrr": 1 / ranks[0] if ranks else 0.0,
        "recall@10": sum(rank <= DEPTH for rank in ranks) / len(relevant),
    }


def evaluate(
    postings: Sequence[Document], profiles: Sequence[Document], judged: Judgements
) -> dict[str, dict[str, dict[str, NDArray[np.float64]]]]:
    """Measure the product and both baselines: mode, then system, then measure, one per posting.

    Raises ``MissingExtra`` when bm25s is not installed.
    """
    systems = {
        "product": product(profiles),
        "tfidf_default": _baseline(profiles, _tfidf_default(profiles)),
        "bm25": _baseline(profiles, _bm25(profiles)),
    }
    results: dict[str, dict[str, dict[str, NDArray[np.float64]]]] = {}
    for mode in MODES:
        results[mode] = {}
        for name, system in systems.items():
            rows = [
                measures([key for key, _ in system(posting, mode)], judged.get(posting.key, ()))
                for posting in postings
            ]
            results[mode][name] = {m: np.array([row[m] for row in rows]) for m in MEASURES}
    return results


def product(profiles: Sequence[Document], ranker: Ranker | None = None) -> RankerOfText:
    """Give the ranker that the application uses, by default with its default weights."""
    ranker = (ranker or Ranker()).fit(as_profile(document) for document in profiles)

    def rank(document: Document, mode: str) -> Run:
        # A posting that asks for no family sets nobody apart: that is the text mode.
        return ranker.order(as_posting(document, with_families=mode == "families"))

    return rank


def as_profile(document: Document) -> Profile:
    """Read a line of ``profiles.jsonl`` as the ranker's profile."""
    return Profile(
        key=document.key,
        headline=document.texts["headline"],
        families=document.families,
        skills=tuple(HeldSkill(label) for label in document.lists["skills"]),
        experience=document.lists["experience"],
        text=document.texts["text"],
    )


def as_posting(document: Document, *, with_families: bool = True) -> Posting:
    """Read a line of ``postings.jsonl`` as the ranker's posting."""
    return Posting(
        key=document.key,
        title=document.texts["title"],
        summary=document.texts["summary"],
        text=document.texts["text"],
        themes=document.lists["themes"],
        skills=tuple(AskedSkill(label) for label in document.lists["skills"]),
        families=document.families if with_families else (),
    )


def difference(ours: NDArray[np.float64], theirs: NDArray[np.float64]) -> tuple[Interval, Interval]:
    """Bootstrap the difference and the ratio of two means over the same postings.

    The bootstrap is paired (Efron, 1979): each of 10,000 draws takes postings with replacement,
    the same for both, from a fixed seed. A ratio to a mean of zero is infinite, or 1 if both are.
    """
    draws = np.random.default_rng(SEED).integers(0, len(ours), (DRAWS, len(ours)))
    mine, other = ours[draws].mean(axis=1), theirs[draws].mean(axis=1)
    return (
        interval(float(ours.mean() - theirs.mean()), mine - other),
        interval(float(_ratio(ours.mean(), theirs.mean())), _ratio(mine, other)),
    )


def interval(value: float, draws: NDArray[np.float64]) -> Interval:
    """Give a value with the 95 % interval of its draws."""
    low, high = np.quantile(draws, (0.025, 0.975), method="lower")
    return Interval(value, float(low), float(high))


def _ratio(
    mine: NDArray[np.float64] | np.floating, other: NDArray[np.float64] | np.floating
) -> NDArray[np.float64]:
    whole = np.divide(mine, other, out=np.full(np.shape(mine), np.inf), where=np.asarray(other) > 0)
    return np.where((np.asarray(mine) == 0) & (np.asarray(other) == 0), 1.0, whole)


def _baseline(
    profiles: Sequence[Document], scores_of: Callable[[str], NDArray[np.floating]]
) -> RankerOfText:
    """Give a baseline the product's filter and ties."""

    def rank(posting: Document, mode: str) -> Run:
        scores = scores_of(posting.joined()).tolist()
        scored = [
            (mode == "families" and not is_eligible(profile, posting), -score, profile.key)
            for profile, score in zip(profiles, scores, strict=True)
        ]
        return [(key, -minus_score) for _, minus_score, key in sorted(scored)]

    return rank


def is_eligible(profile: Document, posting: Document) -> bool:
    """Whether a profile shares a family label with a posting; an empty list on either side is unknown."""
    return may_meet(profile.families, posting.families)


def may_meet(own: Collection[str], asked: Collection[str]) -> bool:
    """Whether families are shared; an empty list on either side is unknown."""
    return not own or not asked or not set(own).isdisjoint(asked)


def _tfidf_default(profiles: Sequence[Document]) -> Callable[[str], NDArray[np.floating]]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer()
    try:
        matrix = vectorizer.fit_transform([profile.joined() for profile in profiles])
    except ValueError:
        # The vectorizer refuses profiles without a single word; nothing is like anything then.
        return lambda _: np.zeros(len(profiles))
    return lambda text: (matrix @ vectorizer.transform([text]).T).toarray().ravel()


def _bm25(profiles: Sequence[Document]) -> Callable[[str], NDArray[np.floating]]:
    try:
        import bm25s
    except ImportError:
        raise MissingExtra("bm25s is missing: install the 'bench' extra") from None
    import Stemmer

    def tokenize(texts: list[str]) -> list[list[str]]:
        stemmer = Stemmer.Stemmer("french")
        return list(
            bm25s.tokenize(
                texts, stopwords="fr", stemmer=stemmer, return_ids=False, show_progress=False
            )
        )

    tokens = tokenize([profile.joined() for profile in profiles])
    if not any(tokens):
        return lambda _: np.zeros(len(profiles))
    index = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
    index.index(tokens, show_progress=False)

    def scores_of(text: str) -> NDArray[np.floating]:
        known = [token for token in tokenize([text])[0] if token in index.vocab_dict]
        scores: NDArray[np.floating] = index.get_scores(known) if known else np.zeros(len(tokens))
        return scores

    return scores_of


def means(results: Mapping[str, NDArray[np.float64]]) -> dict[str, float]:
    """Average each measure over postings; 0 when there are none."""
    return {m: float(values.mean()) if len(values) else 0.0 for m, values in results.items()}
