"""Hard criteria: a no needs two facts; anything less is unknown."""

from datetime import date

import pytest

from matching import Answer, Posting, Profile, Ranker
from matching._criteria import READS, answer


def answered(name, **facts):
    asked = {k: v for k, v in facts.items() if k in ("starts_on", "asked_share", "asked_families")}
    posting = Posting(
        "p",
        families=asked.get("asked_families", ()),
        starts_on=asked.get("starts_on"),
        share_pct=asked.get("asked_share"),
    )
    profile = Profile(
        "a",
        families=facts.get("families", ()),
        available_from=facts.get("available_from"),
        share_pct=facts.get("share"),
    )
    assert name in READS
    return answer(name, profile, posting)


@pytest.mark.parametrize(
    ("asked", "held", "expected"),
    [
        (("dev",), ("dev", "data"), Answer.CLAIMED),
        (("dev", "data"), ("data",), Answer.CLAIMED),
        (("dev",), ("law",), Answer.NO),
        (("dev",), ("Dev",), Answer.NO),
        ((), ("law",), Answer.UNKNOWN),
        (("dev",), (), Answer.UNKNOWN),
        ((), (), Answer.UNKNOWN),
    ],
)
def test_families_intersect_or_do_not(asked, held, expected):
    criterion = answered("family", asked_families=asked, families=held)
    assert criterion.answer is expected
    assert criterion.asked == (", ".join(asked) or None)
    assert criterion.held == (", ".join(held) or None)


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (date(2026, 9, 30), Answer.CLAIMED),
        (date(2026, 10, 1), Answer.CLAIMED),
        (date(2026, 10, 2), Answer.NO),
        (None, Answer.UNKNOWN),
    ],
)
def test_availability_is_compared_to_the_start(held, expected):
    criterion = answered("dates", starts_on=date(2026, 10, 1), available_from=held)
    assert criterion.answer is expected
    assert criterion.asked == "2026-10-01"
    assert criterion.held == (held and held.isoformat())


@pytest.mark.parametrize(
    ("held", "expected"),
    [(100, Answer.CLAIMED), (80, Answer.CLAIMED), (79, Answer.NO), (0, Answer.NO),
     (None, Answer.UNKNOWN)],
)  # fmt: skip
def test_the_share_must_reach_what_is_asked(held, expected):
    criterion = answered("share", asked_share=80, share=held)
    assert criterion.answer is expected
    assert (criterion.asked, criterion.held) == ("80", None if held is None else str(held))


def test_what_is_not_asked_is_unknown():
    facts = {"families": ("dev",), "available_from": date(2026, 1, 1), "share": 50}
    assert {answered(name, **facts).answer for name in ("family", "dates", "share")} == {
        Answer.UNKNOWN
    }


def test_every_suggestion_answers_the_three_criteria_in_order():
    (suggestion,) = Ranker().fit([Profile("a")]).rank(Posting("p")).suggestions
    assert [one.name for one in suggestion.criteria] == ["family", "dates", "share"]
