"""Whether the ranking treats people alike, measured: ``python -m matching audit DIR``.

Four measures, each on a folder of postings and profiles: gendered twins must have the same scores and
ranks; groups, where profiles state one, are compared by the exposure that their ranks give them
(Singh and Joachims, 2018) and by how often they stand in the top ten (the four-fifths rule); and the
top ten is ranked again without each term that it rests on.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching import evaluation
from matching._ranker import Ranker
from matching._text import words
from matching._types import Ranking, Reason
from matching.measures.folder import Document
from matching.measures.twins import Writing, twin

TOP = 10
"""Ranks that people are taken to read first."""

FOUR_FIFTHS = 0.8
"""The selection-rate ratio under which a difference calls for an explanation (29 CFR 1607.4 D)."""

READ_AT_FIRST = 50
"""Suggestions whose reasons are read; more are read when somebody below could enter the top ten."""

NAMED_TERMS = 12
"""Terms named in the report, those that change the top ten most."""


@dataclass(frozen=True)
class TwinCheck:
    """What writing the gendered words of one side otherwise did to the ranking.

    ``texts`` counts the documents whose text the writing changed; ``score`` is the largest difference
    of a score, ``ranks`` the number of ranks that changed, over all postings.
    """

    side: str
    writing: str
    decomposed: bool
    texts: int
    score: float
    ranks: int


@dataclass(frozen=True)
class GroupShare:
    """How one group fares over all postings, among the profiles that each posting lists.

    ``share`` is its part of those listed, ``exposure`` its part of their exposure (1 / log2(1 + rank)),
    ``rate`` how many of its listed members stand in the top ten, and ``ratio`` that rate beside the
    highest of any group, with its 95 % bootstrap interval over postings.
    """

    group: str
    people: int
    share: float
    exposure: float
    rate: float
    ratio: evaluation.Interval


@dataclass(frozen=True)
class TermEffect:
    """What removing one term from the postings that use it does to their top ten.

    ``postings`` counts those whose top ten changes, ``replaced`` the profiles that leave it over all
    postings, and ``most`` those that leave it in one.
    """

    label: str
    postings: int
    replaced: int
    most: int


@dataclass(frozen=True)
class Sensitivity:
    """How much top tens rest on single terms.

    ``mean`` is the number of profiles that leave a top ten when one of its terms is removed, and
    ``mean_of_most`` when it is the term that matters most, over postings.
    """

    postings: int
    removals: int
    mean: float
    mean_of_most: float
    terms: tuple[TermEffect, ...]


@dataclass(frozen=True)
class Audit:
    """The four measures; ``groups`` is empty when no profile states a group."""

    postings: int
    profiles: int
    twins: tuple[TwinCheck, ...]
    groups: tuple[GroupShare, ...]
    sensitivity: Sensitivity

    @property
    def is_invariant(self) -> bool:
        """Whether no twin changed a score or a rank."""
        return all(check.score == 0 and check.ranks == 0 for check in self.twins)

    def to_dict(self) -> dict[str, Any]:
        """Give the measures as JSON-safe values."""
        return {**asdict(self), "is_invariant": self.is_invariant}


def audit(postings: Sequence[Document], profiles: Sequence[Document]) -> Audit:
    """Measure the product, with its default weights, on postings and profiles."""
    ranker = Ranker().fit(map(evaluation.as_profile, profiles))
    return Audit(
        len(postings),
        len(profiles),
        tuple(twin_checks(postings, profiles)),
        tuple(group_shares(postings, profiles, ranker)),
        sensitivity(postings, ranker),
    )


def twin_checks(postings: Sequence[Document], profiles: Sequence[Document]) -> Iterable[TwinCheck]:
    """Rank with the gendered words of every profile, then of every posting, written otherwise.

    Each writing is tried on both sides, in NFC and, when it swaps genders or uses the middle dot, in
    NFD. Scores are compared exactly.
    """
    plain = _orders(postings, profiles)
    for writing in Writing:
        forms = (False, True) if writing in {Writing.SWAPPED, Writing.DOT} else (False,)
        for decomposed in forms:
            for side in ("profiles", "postings"):
                before = profiles if side == "profiles" else postings
                after = [_twin_of(one, writing, decomposed) for one in before]
                orders = (
                    _orders(postings, after) if side == "profiles" else _orders(after, profiles)
                )
                yield TwinCheck(
                    side,
                    writing.value,
                    decomposed,
                    sum(one != other for one, other in zip(before, after, strict=True)),
                    max(map(_score_difference, plain, orders), default=0.0),
                    sum(map(_ranks_changed, plain, orders)),
                )


def _orders(postings: Sequence[Document], profiles: Sequence[Document]) -> list[evaluation.Run]:
    rank = evaluation.product(profiles)
    return [rank(posting, "families") for posting in postings]


def _twin_of(document: Document, writing: Writing, decomposed: bool) -> Document:
    def written(text: str) -> str:
        return twin(text, writing, decomposed=decomposed)

    return replace(
        document,
        texts={name: written(text) for name, text in document.texts.items()},
        lists={name: tuple(map(written, items)) for name, items in document.lists.items()},
    )


def _score_difference(before: evaluation.Run, after: evaluation.Run) -> float:
    scores = dict(after)
    return max((abs(score - scores[key]) for key, score in before), default=0.0)


def _ranks_changed(before: evaluation.Run, after: evaluation.Run) -> int:
    return sum(one[0] != other[0] for one, other in zip(before, after, strict=True))


def group_shares(
    postings: Sequence[Document], profiles: Sequence[Document], ranker: Ranker
) -> Iterable[GroupShare]:
    """Compare the groups that profiles state; whoever states none is left out of the shares.

    The ranker was fitted on the profiles, and never sees a group.
    """
    people = Counter(profile.group for profile in profiles if profile.group)
    if not people or not postings:
        return
    groups = sorted(people)
    place = {profile.key: groups.index(profile.group) for profile in profiles if profile.group}
    # Rows are postings, columns groups.
    listed, selected, exposure = np.zeros((3, len(postings), len(groups)))
    for row, document in enumerate(postings):
        posting = evaluation.as_posting(document)
        # Whoever misses a hard criterion is apart: nobody compares them with those listed.
        count = dict(ranker.rank(posting, top=0).sizes).get((), 0)
        for rank, (key, _) in enumerate(ranker.order(posting)[:count], start=1):
            if key in place:
                listed[row, place[key]] += 1
                selected[row, place[key]] += rank <= TOP
                exposure[row, place[key]] += 1 / math.log2(1 + rank)
    rates = _rates(selected.sum(axis=0), listed.sum(axis=0))
    draws = np.random.default_rng(evaluation.SEED).multinomial(
        len(postings), np.full(len(postings), 1 / len(postings)), evaluation.DRAWS
    )
    drawn = _ratios(_rates(draws @ selected, draws @ listed))
    for column, group in enumerate(groups):
        yield GroupShare(
            group,
            people[group],
            float(_rates(listed.sum(axis=0)[column], listed.sum())),
            float(_rates(exposure.sum(axis=0)[column], exposure.sum())),
            float(rates[column]),
            evaluation.interval(float(_ratios(rates)[column]), drawn[:, column]),
        )


def _rates(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    part, whole = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    rates: NDArray[np.float64] = np.zeros(np.shape(part))
    return np.divide(part, whole, out=rates, where=whole > 0)


def _ratios(rates: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give each rate beside the highest, which is beside itself; nobody selected is no difference."""
    highest: NDArray[np.float64] = rates.max(axis=-1, keepdims=True)
    ratios: NDArray[np.float64] = np.ones_like(rates)
    return np.divide(rates, highest, out=ratios, where=highest > 0)


def sensitivity(postings: Sequence[Document], ranker: Ranker) -> Sensitivity:
    """Take each term that the top ten rests on out of its posting, and see who leaves.

    What a term earned each profile is its reason's amount, and what is left keeps its order when the
    posting's vector is made of length one again: no ranking needs to be made anew.
    """
    labels: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    effects: dict[tuple[str, ...], list[int]] = defaultdict(list)
    most: list[int] = []
    for document in postings:
        posting = evaluation.as_posting(document)
        ranking = ranker.rank(posting, top=READ_AT_FIRST, apart=0)
        replaced = _replaced(ranking)
        if replaced is None:
            replaced = _replaced(ranker.rank(posting, apart=0), is_whole=True) or {}
        for term, (label, count) in replaced.items():
            labels[term][label] += 1
            effects[term].append(count)
        if replaced:
            most.append(max(count for _, count in replaced.values()))
    terms = [
        TermEffect(_commonest(labels[term]), sum(map(bool, counts)), sum(counts), max(counts))
        for term, counts in effects.items()
        if any(counts)
    ]
    every = [count for counts in effects.values() for count in counts]
    return Sensitivity(
        len(most),
        len(every),
        float(np.mean(every)) if every else 0.0,
        float(np.mean(most)) if most else 0.0,
        tuple(sorted(terms, key=lambda one: (-one.replaced, -one.most, one.label))[:NAMED_TERMS]),
    )


def _replaced(
    ranking: Ranking, *, is_whole: bool = False
) -> Mapping[tuple[str, ...], tuple[str, int]] | None:
    """Give, for each term of the top ten, its label and how many leave when it is taken out.

    ``None`` says that somebody whose reasons were not read could enter.
    """
    earned: list[tuple[str, float, dict[tuple[str, ...], float]]] = []
    labels: dict[tuple[str, ...], str] = {}
    for suggestion in ranking.suggestions:
        amounts: defaultdict[tuple[str, ...], float] = defaultdict(float)
        for reason in suggestion.reasons:
            term = _term(reason)
            amounts[term] += reason.amount
            if suggestion.rank <= TOP:
                labels.setdefault(term, reason.label)
        earned.append((suggestion.key, suggestion.score, amounts))
    first = {key for key, _, _ in earned[:TOP]}
    size = dict(ranking.sizes).get((), 0)
    everybody = is_whole or len(earned) == size
    replaced = {}
    for term, label in labels.items():
        left = sorted((amounts.get(term, 0.0) - score, key) for key, score, amounts in earned)
        top = left[:TOP]
        if not everybody and -top[-1][0] <= earned[-1][1]:
            return None
        replaced[term] = (label, len(first - {key for _, key in top}))
    return replaced


def _term(reason: Reason) -> tuple[str, ...]:
    """Give what is removed: a skill, or a word or pair as the analysis reads the posting's."""
    if reason.kind == "skill":
        return ("skill", reason.label)
    return (reason.kind, *sorted(word.term for word in words(reason.posting_words[0])))


def _commonest(labels: Counter[str]) -> str:
    return min(labels, key=lambda label: (-labels[label], label))


def lines(found: Audit) -> Iterable[str]:
    """Say an audit in lines of text."""
    yield f"{found.postings} postings, {found.profiles} profiles"
    yield ""
    yield f"{'gendered twins':34}{'texts':>8}{'largest score difference':>28}{'ranks changed':>16}"
    for check in found.twins:
        name = f"{check.side}, {check.writing}{', NFD' if check.decomposed else ''}"
        yield f"{name:34}{check.texts:8}{check.score:28.3g}{check.ranks:16}"
    yield ("Twins rank alike." if found.is_invariant else "TWINS DO NOT RANK ALIKE.")
    yield ""
    yield from _group_lines(found.groups)
    yield ""
    measured = found.sensitivity
    yield (
        f"Top ten of {measured.postings} postings without one of its terms ({measured.removals} "
        f"removals): {measured.mean:.2f} of ten leave on average, {measured.mean_of_most:.2f} when "
        "it is the term that matters most."
    )
    yield f"{'term':34}{'postings':>10}{'leave':>8}{'at most':>10}"
    for term in measured.terms:
        yield f"{term.label[:33]:34}{term.postings:10}{term.replaced:8}{term.most:10}"


def _group_lines(groups: Sequence[GroupShare]) -> Iterable[str]:
    if not groups:
        yield (
            "No profile has a 'group': exposure and selection rates by group cannot be measured "
            "on this folder."
        )
        return
    yield (
        f"{'group':20}{'people':>8}{'of listed':>11}{'exposure':>10}{'exp/listed':>12}"
        f"{'top 10 rate':>13}{'ratio (95 %)':>22}"
    )
    for one in groups:
        relative = one.exposure / one.share if one.share else math.nan
        interval = f"{one.ratio.value:.2f} ({one.ratio.low:.2f}-{one.ratio.high:.2f})"
        yield (
            f"{one.group[:19]:20}{one.people:8}{one.share:11.3f}{one.exposure:10.3f}"
            f"{relative:12.3f}{one.rate:13.4f}{interval:>22}"
        )
    low = [one.group for one in groups if one.ratio.value < FOUR_FIFTHS]
    yield f"Under four fifths of the highest rate: {', '.join(low) if low else 'none'}."
