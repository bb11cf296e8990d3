"""Choose the ranker's weights by cross-validation: `python benchmarks/choose_weights.py DIR…`.

Weights are drawn at random around the defaults (random search: Bergstra and Bengio, 2012), each draw is
measured on every posting, and folds of postings then choose among the draws: the held-out figure of a
fold comes from the draw that did best on the other folds. What is chosen in the end is the draw that
does best on all postings; how well that procedure does on postings it has not seen is the held-out mean.
"""

import argparse
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching import Ranker, evaluation
from matching._folder import read_judgements, read_postings, read_profiles

FOLDS = 5
SEED = 20261125
#: Weights and how far a draw may go from the default, as a factor.
SPREAD = {
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


def draws(count: int) -> list[dict[str, float]]:
    """Give the defaults, then `count` draws around them, log-uniform within each weight's spread."""
    defaults = {name: Ranker().get_params()[name] for name in SPREAD}
    random = np.random.default_rng(SEED)
    chosen = [defaults]
    for _ in range(count):
        factors = {n: math.exp(random.uniform(-1, 1) * math.log(s)) for n, s in SPREAD.items()}
        chosen.append({name: round(defaults[name] * factors[name], 3) for name in SPREAD})
    return chosen


def measured(folder: Path, weights: list[dict[str, float]]) -> NDArray[np.float64]:
    """Give nDCG@10 of each draw (rows) on each posting (columns), the mean of both modes."""
    postings, profiles = read_postings(folder), read_profiles(folder)
    judged = read_judgements(folder, postings, profiles)
    rows = []
    for draw in weights:
        rank = evaluation.product(profiles, Ranker(**draw))
        rows.append(
            [
                np.mean(
                    [
                        evaluation.measures(
                            [key for key, _ in rank(posting, mode)], judged.get(posting.key, ())
                        )["ndcg@10"]
                        for mode in evaluation.MODES
                    ]
                )
                for posting in postings
            ]
        )
    return np.array(rows)


def held_out(figures: list[NDArray[np.float64]]) -> tuple[float, list[int]]:
    """Cross-validate the choice: the mean held-out figure over folders, and each fold's choice."""
    random = np.random.default_rng(SEED)
    folds = [random.permutation(each.shape[1]) % FOLDS for each in figures]
    choices, outside = [], []
    for fold in range(FOLDS):
        # A folder counts as much as another, relative to what the defaults reach on it.
        inside = [
            each[:, part != fold].mean(axis=1) / each[0, part != fold].mean()
            for each, part in zip(figures, folds, strict=True)
        ]
        best = int(np.argmax(np.mean(inside, axis=0)))
        choices.append(best)
        outside.append(
            np.mean(
                [
                    each[best, part == fold].mean() / each[0, part == fold].mean()
                    for each, part in zip(figures, folds, strict=True)
                ]
            )
        )
    return float(np.mean(outside)), choices


def main() -> None:
    """Measure the draws and print what cross-validation says of choosing among them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", metavar="DIR")
    parser.add_argument("--draws", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    weights = draws(options.draws)
    figures = [measured(folder, weights) for folder in options.folders]
    ratio, choices = held_out(figures)
    overall = np.mean([each.mean(axis=1) / each[0].mean() for each in figures], axis=0)
    best = int(np.argmax(overall))
    report: dict[str, Any] = {
        "held_out_over_defaults": ratio,
        "choices": choices,
        "best": {"weights": weights[best], "over_defaults": float(overall[best])},
        "ndcg@10": {
            folder.name: {"defaults": float(each[0].mean()), "best": float(each[best].mean())}
            for folder, each in zip(options.folders, figures, strict=True)
        },
    }
    if options.json:
        print(json.dumps(report, indent=2))
    else:
        print(f"choosing among {len(weights)} draws, held out: {ratio:.3f} of the defaults")
        print(f"best of all postings: {overall[best]:.3f} of the defaults, {weights[best]}")


if __name__ == "__main__":
    main()
