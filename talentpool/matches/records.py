"""How a run keeps why each place is: what the posting asks once, and beside it what is each person's own.

A thousand places say the same few things of the posting: written out each time, they were three quarters
of what a ranking had to write. Nothing that comes from a profile stands in the part that is shared.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matching import Ranking, Suggestion

#: What each list of a place holds, after the number of what the posting asks.
CRITERION = ("answer", "held", "low", "high")
REASON = ("field", "profile_words", "amount")

_encoder = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def canonical(content: Any) -> str:
    """Write a value as JSON in the one way that digests are taken of."""
    return _encoder.encode(content)


@dataclass(frozen=True)
class Record:
    """A ranking in writing: what the posting asks, numbered, and by key the JSON of each place."""

    asked: list[dict[str, Any]]
    places: dict[str, str]
    digest: str


class _Writer:
    """Writes the parts of places: each different one once, whoever shares it."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self._numbers: dict[tuple[tuple[str, Any], ...], int] = {}
        # What a ranking says of many people is one value, which it holds as long as this lives.
        self._shared: dict[int, str] = {}
        self._heads: dict[tuple[str, str, str, tuple[str, ...], tuple[str, ...]], str] = {}

    def place(self, found: Suggestion) -> str:
        """Write a place as `told` reads it."""
        try:
            return self._place(found)
        except KeyError:
            self._learn(found)
            return self._place(found)

    def _place(self, found: Suggestion) -> str:
        shared, heads = self._shared, self._heads
        criteria = ",".join([shared[id(one)] for one in found.criteria])
        missing = ",".join([shared[id(one)] for one in found.missing])
        # Only the amount is a reason's own: it comes last.
        reasons = ",".join(
            [
                f"{heads[kind, label, field, profile_words, posting_words]}{amount!r}]"
                for kind, label, amount, field, profile_words, posting_words in found.reasons
            ]
        )
        return f"[[{criteria}],[{missing}],[{reasons}],{found.low!r},{found.high!r}]"

    def _learn(self, found: Suggestion) -> None:
        shared, heads = self._shared, self._heads
        for one in found.criteria:
            if id(one) not in shared:
                number = self._number(("name", one.name), ("asked", one.asked))
                own = [getattr(one, name) for name in CRITERION]
                shared[id(one)] = canonical([number, *own])
        for lack in found.missing:
            if id(lack) not in shared:
                shared[id(lack)] = str(self._number(*lack._asdict().items()))
        for kind, label, _amount, field, profile_words, posting_words in found.reasons:
            said = (kind, label, field, profile_words, posting_words)
            if said not in heads:
                # A term is called as the profile writes it first, which is the person's own.
                called = () if kind == "term" else (("label", label),)
                number = self._number(("kind", kind), *called, ("posting_words", posting_words))
                words = ",".join(map(canonical, profile_words))
                heads[said] = f'[{number},"{field}",[{words}],'

    def _number(self, *asked: tuple[str, Any]) -> int:
        number = self._numbers.setdefault(asked, len(self.asked))
        if number == len(self.asked):
            self.asked.append(dict(asked))
        return number


def record_of(ranking: Ranking) -> Record:
    """Write a whole ranking, with the SHA-256 of its every figure and word."""
    writer = _Writer()
    places, rows = {}, []
    for found in (*ranking.suggestions, *ranking.apart):
        place = places[found.key] = writer.place(found)
        apart = "true" if found.is_apart else "false"
        rows.append(f'["{found.key}",{found.rank},"{found.score!r}",{apart},{place}]')
    written = f"[{canonical(writer.asked)},[{','.join(rows)}]]"
    return Record(writer.asked, places, hashlib.sha256(written.encode()).hexdigest())


def told(place: Any, asked: Sequence[Mapping[str, Any]] | None) -> dict[str, Any]:
    """Read back everything that explains a place; those of older runs were written whole."""
    if isinstance(place, dict) or asked is None:
        return dict(place)
    criteria, missing, reasons, low, high = place
    return {
        "criteria": [
            {**asked[number], **dict(zip(CRITERION, own, strict=True))} for number, *own in criteria
        ],
        "missing": [dict(asked[number]) for number in missing],
        "reasons": [_reason(asked[number], own) for number, *own in reasons],
        "low": low,
        "high": high,
    }


def _reason(asked: Mapping[str, Any], own: Sequence[Any]) -> dict[str, Any]:
    said = dict(zip(REASON, own, strict=True))
    return {"label": next(iter(said["profile_words"]), ""), **asked, **said}


def without_words(place: Any) -> Any:
    """Return a place with its amounts and answers, and nothing that a profile said: its person was erased."""
    if isinstance(place, dict):
        return {
            **place,
            "criteria": [{**one, "held": None} for one in place["criteria"]],
            "reasons": [
                {**one, "profile_words": [], "label": "" if one["kind"] == "term" else one["label"]}
                for one in place["reasons"]
            ],
        }
    criteria, missing, reasons, low, high = place
    return [
        [[number, answer, None, *bounds] for number, answer, _held, *bounds in criteria],
        missing,
        [[number, field, [], amount] for number, field, _words, amount in reasons],
        low,
        high,
    ]


def answers_of(place: Any) -> tuple[str, ...]:
    """Give the answers to criteria of a stored place, whose facts are not asked for."""
    if isinstance(place, dict):
        return tuple(criterion["answer"] for criterion in place["criteria"])
    return tuple(criterion[1] for criterion in place[0])


def explanation_of(found: Suggestion) -> dict[str, Any]:
    """Return everything that explains a place, as a stored result gives it back."""
    return {
        "reasons": [reason._asdict() for reason in found.reasons],
        "criteria": [vars(criterion) for criterion in found.criteria],
        "missing": [missing._asdict() for missing in found.missing],
        "low": found.low,
        "high": found.high,
    }


def whole_digest(ranking: Ranking) -> str:
    """Return the digest of a ranking as runs were given it while places were written whole."""
    rows = [
        [found.key, found.rank, repr(found.score), found.is_apart, explanation_of(found)]
        for found in (*ranking.suggestions, *ranking.apart)
    ]
    return hashlib.sha256(canonical(rows).encode()).hexdigest()
