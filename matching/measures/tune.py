"""Choose the ranker's weights by cross-validation: ``python -m matching tune DIR…``.

Weights are drawn at random around the defaults (random search: Bergstra and Bengio, 2012), and each
draw is measured on every posting, in both modes. Folds then choose among the draws: what is left out is
never a posting alone but all that share its organisation or its product, since two seats of one product
say the same things, and a weight that only fits them would look good on either. The figure that counts
is the held-out one; with several folders, weights chosen on one are also measured on the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matching import evaluation
from matching._ranker import Ranker
from matching.measures.folder import (
    BadFolder,
    Document,
    Judgements,
    read_judgements,
    read_postings,
    read_profiles,
)

FOLDS = 5
SEED = 20261125
MEASURE = "ndcg@10"

MOVED = 1 / 3
"""The chance of each weight to differ from its default in a draw."""

SPREAD: Mapping[str, float] = {
    "headline": 2.0,
    "held_skills": 2.0,
    "experience": 2.0,
    "text": 2.0,
    "title": 2.0,
    "summary": 2.0,
    "body": 2.0,
    "themes": 2.0,
    "asked_skills": 2.0,
    "pairs": 1.6,
    "concepts": 1.6,
    "rarity": 1.3,
    "background": 2.0,
}
"""The weights that are drawn, and how far from the default, as a factor either way.

``essential_skills`` is not among them: no posting of the public folders says which skills are.
"""

Weights = dict[str, Any]


@dataclass(frozen=True)
class Folder:
    """One set of postings and profiles with the pairs that were judged."""

    name: str
    postings: Sequence[Document]
    profiles: Sequence[Document]
    judged: Judgements

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read a folder; raise ``BadFolder`` on what is not as the format says, or holds no posting."""
        # Folds are drawn by position: the order of lines must not change them.
        postings = sorted(read_postings(folder), key=lambda posting: posting.key)
        profiles = read_profiles(folder)
        if not postings:
            raise BadFolder(f"{folder / 'postings.jsonl'}: no posting to rank for")
        judged = read_judgements(folder, postings, profiles)
        return cls(folder.resolve().name, postings, profiles, judged)


@dataclass(frozen=True)
class HeldOut:
    """What choosing weights is worth on the parts of one folder that did not choose.

    ``chosen`` and ``defaults`` are nDCG@10, the mean of both modes, over all postings, each measured
    with the weights chosen without its group; ``ratio`` has the 95 % interval of a paired bootstrap.
    """

    folder: str
    postings: int
    groups: int
    chosen: float
    defaults: float
    ratio: evaluation.Interval


@dataclass(frozen=True)
class Transfer:
    """Weights chosen on all other folders, measured on one: nDCG@10 beside that of the defaults."""

    folder: str
    draw: int
    chosen: float
    defaults: float
    ratio: evaluation.Interval


@dataclass(frozen=True)
class Tuning:
    """Everything that the search says; draw 0 is the defaults.

    The defaults were set by people who saw these folders, and may win for that alone: ``search_…`` are
    what choosing among the random draws only is worth. ``choices`` is the draw that each fold chooses
    without its own groups, ``best`` the one that does best on all postings, whose ``gain`` over the
    defaults is not held out, hence flattering.
    """

    draws: int
    folds: int
    held_out: tuple[HeldOut, ...]
    choices: tuple[int, ...]
    transfers: tuple[Transfer, ...]
    search_held_out: tuple[HeldOut, ...]
    search_choices: tuple[int, ...]
    search_transfers: tuple[Transfer, ...]
    best: int
    gain: float
    weights: Weights
    defaults: Weights

    @property
    def recommends_change(self) -> bool:
        """Whether choosing gains on what is held out of every folder, and on every other folder."""
        ratios = [one.ratio for one in self.held_out] + [one.ratio for one in self.transfers]
        return self.best != 0 and all(ratio.value > 1 for ratio in ratios)

    def to_dict(self) -> dict[str, Any]:
        """Give the figures as JSON-safe values."""
        return {**asdict(self), "recommends_change": self.recommends_change}


def tune(folders: Sequence[Folder], draws: int) -> Tuning:
    """Search among the defaults and ``draws`` random weights, each folder counting as much."""
    weights = drawn(draws)
    figures = [measured(folder, weights) for folder in folders]
    parts = [folds_of(groups_of(folder.postings)) for folder in folders]
    best, choices = _best(figures, 0), _choices(figures, parts, 0)
    # Without a draw there is nothing else to choose among than the defaults.
    first = min(1, draws)
    search_choices = _choices(figures, parts, first)
    return Tuning(
        draws,
        FOLDS,
        tuple(_held_out(folders, figures, parts, choices)),
        tuple(choices),
        tuple(_transfers(folders, figures, 0)),
        tuple(_held_out(folders, figures, parts, search_choices)),
        tuple(search_choices),
        tuple(_transfers(folders, figures, first)),
        best,
        float(np.mean([each[best].mean() / _mean(each[0]) for each in figures])),
        weights[best],
        weights[0],
    )


def drawn(count: int) -> list[Weights]:
    """Give the defaults, then ``count`` draws around them, log-uniform within each weight's spread.

    A draw moves about a third of the weights: with a dozen moved at once, what one wins is lost by the
    others.
    """
    params = Ranker().get_params()
    defaults = {name: params[name] for name in SPREAD}
    random = np.random.default_rng(SEED)
    chosen = [defaults]
    for _ in range(count):
        moved = random.random(len(SPREAD)) < MOVED
        moved[random.integers(len(SPREAD))] = True
        factors = np.exp(random.uniform(-1, 1, len(SPREAD)) * np.log(list(SPREAD.values())))
        chosen.append(
            {
                name: round(defaults[name] * float(factor), 3) if is_moved else defaults[name]
                for name, factor, is_moved in zip(SPREAD, factors, moved, strict=True)
            }
        )
    return chosen


def measured(folder: Folder, weights: Iterable[Weights]) -> NDArray[np.float64]:
    """Give nDCG@10 of each draw (rows) on each posting (columns), the mean of both modes.

    Profiles and postings are read once for all draws, and each posting is ranked once for both modes:
    the eligible of a ranking of everybody, in its order, are the ranking of the eligible.
    """
    profiles = [evaluation.as_profile(document) for document in folder.profiles]
    postings = [
        evaluation.as_posting(document, with_families=False) for document in folder.postings
    ]
    eligible = [
        {profile.key for profile in folder.profiles if evaluation.is_eligible(profile, document)}
        for document in folder.postings
    ]
    rows = []
    for draw in weights:
        ranker = Ranker(**draw).fit(profiles)
        row = []
        for posting, of_family in zip(postings, eligible, strict=True):
            everybody = [key for key, _ in ranker.order(posting)]
            # Whoever is not eligible follows, and counts when fewer than ten are.
            family = sorted(everybody, key=lambda key: key not in of_family)
            relevant = folder.judged.get(posting.key, frozenset())
            row.append((_ndcg(family, relevant) + _ndcg(everybody, relevant)) / 2)
        rows.append(row)
    return np.array(rows)


def _ndcg(ranked: Sequence[str], relevant: frozenset[str]) -> float:
    return evaluation.measures(ranked[: evaluation.DEPTH], relevant)[MEASURE]


def groups_of(postings: Sequence[Document]) -> NDArray[np.intp]:
    """Give each posting the number of its group: those of one organisation, or of one product.

    A product is a title and a summary. Sharing is passed on: two products of one organisation are one group.
    """
    group = list(range(len(postings)))
    seen: dict[tuple[str, ...], int] = {}

    def root(place: int) -> int:
        while group[place] != place:
            place = group[place]
        return place

    for place, posting in enumerate(postings):
        marks: list[tuple[str, ...]] = [
            ("product", posting.texts["title"], posting.texts["summary"])
        ]
        if posting.organisation:
            marks.append(("organisation", posting.organisation))
        for mark in marks:
            # An older group keeps its number, so the order of postings alone decides.
            first = root(seen.setdefault(mark, place))
            other = root(place)
            group[max(first, other)] = min(first, other)
    return np.unique([root(place) for place in range(len(postings))], return_inverse=True)[1]


def folds_of(groups: NDArray[np.intp]) -> NDArray[np.intp]:
    """Give each posting a fold, the same for its whole group, the folds being about as large.

    Groups come in a random order from a fixed seed, the largest first; each goes to the smallest fold.
    """
    sizes = np.bincount(groups)
    shuffled = np.random.default_rng(SEED).permutation(len(sizes))
    fold_of = np.zeros(len(sizes), dtype=np.intp)
    filled = np.zeros(FOLDS, dtype=np.intp)
    for one in shuffled[np.argsort(-sizes[shuffled], kind="stable")]:
        fold_of[one] = filled.argmin()
        filled[fold_of[one]] += sizes[one]
    return fold_of[groups]


def _best(figures: Sequence[NDArray[np.float64]], first: int) -> int:
    """Choose a draw from ``first`` on: the best mean over folders, relative to the defaults on each."""
    relative = [each.mean(axis=1) / _mean(each[0]) for each in figures if each.shape[1]]
    return first + int(np.argmax(np.mean(relative, axis=0)[first:]))


def _choices(
    figures: Sequence[NDArray[np.float64]], parts: Sequence[NDArray[np.intp]], first: int
) -> list[int]:
    """Give the draw that each fold chooses on the postings of the others."""
    return [
        _best([each[:, part != fold] for each, part in zip(figures, parts, strict=True)], first)
        for fold in range(FOLDS)
    ]


def _mean(values: NDArray[np.float64]) -> float:
    """Give a mean to divide by: 1 where nothing was found, so that nothing is gained there."""
    return float(values.mean()) or 1.0


def _held_out(
    folders: Sequence[Folder],
    figures: Sequence[NDArray[np.float64]],
    parts: Sequence[NDArray[np.intp]],
    choices: Sequence[int],
) -> Iterable[HeldOut]:
    for folder, own, part in zip(folders, figures, parts, strict=True):
        chosen = own[np.array(choices)[part], np.arange(len(part))]
        yield HeldOut(
            folder.name,
            len(folder.postings),
            len(set(groups_of(folder.postings).tolist())),
            float(chosen.mean()),
            float(own[0].mean()),
            evaluation.difference(chosen, own[0])[1],
        )


def _transfers(
    folders: Sequence[Folder], figures: Sequence[NDArray[np.float64]], first: int
) -> Iterable[Transfer]:
    if len(folders) < 2:
        return
    for place, (folder, own) in enumerate(zip(folders, figures, strict=True)):
        draw = _best([each for other, each in enumerate(figures) if other != place], first)
        _, ratio = evaluation.difference(own[draw], own[0])
        yield Transfer(folder.name, draw, float(own[draw].mean()), float(own[0].mean()), ratio)


def lines(found: Tuning) -> Iterable[str]:
    """Say a tuning in lines of text."""
    yield (
        f"nDCG@10 (mean of both modes) of the defaults (draw 0) and {found.draws} draws around them, "
        f"{found.folds} folds of whole organisations and products"
    )
    yield ""
    yield "Choosing among the defaults and the draws"
    yield from _choosing(found.held_out, found.choices, found.transfers)
    yield ""
    yield "Choosing among the draws alone (people set the defaults on these folders)"
    yield from _choosing(found.search_held_out, found.search_choices, found.search_transfers)
    yield ""
    yield f"best on all postings: draw {found.best}, {found.gain:.3f} of the defaults (not held out)"
    for name, weight in found.weights.items():
        yield f"  {name:14}{weight:8.3f}   default {found.defaults[name]:.3f}"
    yield (
        "Choosing gains on all that was held out: these weights are better."
        if found.recommends_change
        else "Choosing does not gain on all that was held out: keep the defaults."
    )


def _choosing(
    held_out: Iterable[HeldOut], choices: Iterable[int], transfers: Iterable[Transfer]
) -> Iterable[str]:
    yield f"  {'':34}{'chosen':>9}{'defaults':>10}{'ratio (95 %)':>24}"
    for one in held_out:
        name = f"held out of {one.folder} ({one.postings} in {one.groups})"
        yield _line(name, one.chosen, one.defaults, one.ratio)
    yield f"  draw chosen for each fold: {', '.join(map(str, choices))}"
    for there in transfers:
        name = f"chosen elsewhere, on {there.folder} (draw {there.draw})"
        yield _line(name, there.chosen, there.defaults, there.ratio)


def _line(name: str, chosen: float, defaults: float, ratio: evaluation.Interval) -> str:
    interval = f"{ratio.value:.3f} ({ratio.low:.3f}-{ratio.high:.3f})"
    return f"  {name:34}{chosen:9.4f}{defaults:10.4f}{interval:>24}"
