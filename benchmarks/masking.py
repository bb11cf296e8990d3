"""Measure the masking on fifty texts written by hand: `python benchmarks/masking.py --json`.

Each line of `masking_texts.jsonl` is an invented person's text with every span that says who wrote it
between marks (`⟦nom:…⟧`). A span is masked when all its letters and figures are, whatever the kind that
the masking took it for. Twenty texts are held out: nothing was tuned on them. Without `--held-out`,
their misses are counted and not printed.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from talentpool.anonymity.masking import Mask, mask

TEXTS = Path(__file__).with_name("masking_texts.jsonl")
_MARK = re.compile(r"⟦(\w+):([^⟧]*)⟧")


@dataclass(frozen=True)
class Annotated:
    """One text without its marks, and the spans that they stood around."""

    id: str
    name: str
    town: str
    text: str
    spans: list[tuple[str, int, int]]
    held_out: bool


@dataclass
class Score:
    """What was masked of what should be, and what was masked that should not."""

    masked: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, one: Annotated) -> None:
        """Count one text."""
        masks = mask(one.text, names=[one.name], towns=[one.town]).masks
        hidden = {place for m in masks for place in range(m.start, m.end)}
        for kind, start, end in one.spans:
            self.told[kind] += 1
            if all(at in hidden for at in range(start, end) if one.text[at].isalnum()):
                self.masked[kind] += 1
            else:
                self.missed.append(f"{one.id} {kind}: {one.text[start:end]}")
        for m in masks:
            if any(start < m.end and m.start < end for _kind, start, end in one.spans):
                self.right += 1
            else:
                self.wrong.append(f"{one.id} {m.kind.name.lower()}: {_around(one.text, m)}")

    def figures(self) -> dict[str, Any]:
        """Return recall by kind and overall, and precision."""
        told = sum(self.told.values())
        return {
            "spans": told,
            "recall": _ratio(sum(self.masked.values()), told),
            "precision": _ratio(self.right, self.right + len(self.wrong)),
            "recall_by_kind": {
                kind: [_ratio(self.masked[kind], count), count]
                for kind, count in sorted(self.told.items())
            },
        }


def _around(text: str, one: Mask) -> str:
    return f"{text[max(0, one.start - 15) : one.start]}[[{text[one.start : one.end]}]]"


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def texts() -> list[Annotated]:
    """Read the annotated texts."""
    lines = TEXTS.read_text(encoding="utf-8").splitlines()
    return [_annotated(json.loads(line)) for line in lines]


def _annotated(row: dict[str, Any]) -> Annotated:
    plain, spans, at = "", [], 0
    for match in _MARK.finditer(row["text"]):
        plain += row["text"][at : match.start()]
        spans.append((match[1], len(plain), len(plain) + len(match[2])))
        plain += match[2]
        at = match.end()
    plain += row["text"][at:]
    return Annotated(row["id"], row["name"], row["town"], plain, spans, row["held_out"])


def measured(chosen: Iterable[Annotated]) -> Score:
    """Mask texts and count."""
    score = Score()
    for one in chosen:
        score.add(one)
    return score


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--held-out", action="store_true", help="print what is missed there too")
    options = parser.parse_args()
    everything = texts()
    open_ones = measured(one for one in everything if not one.held_out)
    held_out = measured(one for one in everything if one.held_out)
    report: dict[str, Any] = {
        "tuned_on": open_ones.figures() | {"missed": open_ones.missed, "wrong": open_ones.wrong},
        "held_out": held_out.figures(),
        "all": measured(everything).figures(),
    }
    if options.held_out:
        report["held_out"] |= {"missed": held_out.missed, "wrong": held_out.wrong}
    if options.json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
        return
    for part, figures in report.items():
        print(f"{part}: recall {figures['recall']}, precision {figures['precision']}")


if __name__ == "__main__":
    main()
