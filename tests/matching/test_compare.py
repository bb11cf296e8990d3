"""Why one stands above another: differences that add up, few, and enough to decide."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import (
    Answer,
    Criterion,
    DecidedBy,
    Posting,
    Profile,
    Ranker,
    Reason,
    Suggestion,
    compare,
)
from matching._compare import MOST_DIFFERENCES

WORDS = "carte forêt python donnée agent service juge école impôt santé climat".split()  # noqa: SIM905
reasons = st.lists(
    st.builds(
        Reason,
        kind=st.sampled_from(["skill", "term"]),
        label=st.sampled_from(WORDS),
        amount=st.floats(0, 1, allow_nan=False),
        field=st.just("text"),
        profile_words=st.just(()),
        posting_words=st.just(()),
    ),
    max_size=12,
)
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)


def suggestion(key="a", earned=(), criteria=(), rank=1):
    missed = tuple(one.name for one in criteria if one.answer is Answer.NO)
    score = math.fsum(one.amount for one in earned)
    return Suggestion(key, rank, score, tuple(earned), tuple(criteria), (), missed)


def term(label, amount):
    return Reason("term", label, amount, "text", (label,), (label,))


def summed(comparison):
    return math.fsum(one.amount for one in comparison.differences) + comparison.remainder


@given(reasons, reasons)
def test_differences_and_remainder_add_up_to_the_difference_of_scores(first, second):
    found = compare(suggestion("a", first), suggestion("b", second))
    assert summed(found) == pytest.approx(found.score, abs=1e-9)
    heaviest = [abs(one.amount) for one in found.differences]
    assert heaviest == sorted(heaviest, reverse=True)
    assert len(heaviest) <= MOST_DIFFERENCES


@given(reasons, reasons)
def test_seen_from_the_other_side_every_difference_turns(first, second):
    there = compare(suggestion("a", first), suggestion("b", second))
    back = compare(suggestion("b", second), suggestion("a", first))
    assert back.score == -there.score
    assert [(d.label, -d.amount) for d in back.differences] == [
        (d.label, d.amount) for d in there.differences
    ]
    assert back.remainder == -there.remainder


@settings(deadline=None, max_examples=40)
@given(st.lists(texts, min_size=2, max_size=4, unique=True), texts)
def test_it_adds_up_on_real_rankings(pool, asked):
    profiles = [Profile(str(number), text=text) for number, text in enumerate(pool)]
    ranked = Ranker().fit(profiles).rank(Posting("p", text=asked)).suggestions
    for above, below in itertools.pairwise(ranked):
        found = compare(above, below)
        assert found.score >= 0
        assert summed(found) == pytest.approx(above.score - below.score, abs=1e-9)


def test_it_stops_once_nine_tenths_of_what_differs_are_named():
    a = suggestion("a", [term("carte", 0.6), term("agent", 0.1), term("juge", 0.02)])
    b = suggestion("b", [term("forêt", 0.3), term("agent", 0.05)])
    found = compare(a, b)
    assert [(one.label, one.first, one.second) for one in found.differences] == [
        ("carte", 0.6, 0.0),
        ("forêt", 0.0, 0.3),
    ]
    assert (found.others, found.remainder) == (2, pytest.approx(0.07))


def test_what_earned_both_the_same_is_no_difference():
    found = compare(suggestion("a", [term("carte", 0.4)]), suggestion("b", [term("carte", 0.4)]))
    assert (found.differences, found.others, found.score) == ((), 0, 0)
    assert found.decided_by is DecidedBy.KEY


def test_a_criterion_answered_no_decides_before_any_point():
    no = Criterion("share", Answer.NO, "80", "50")
    yes = Criterion("share", Answer.CLAIMED, "80", "100")
    dates = Criterion("dates", Answer.UNKNOWN, "2027-01-04", None)
    found = compare(
        suggestion("a", [], [yes, dates]), suggestion("b", [term("carte", 0.9)], [no, dates])
    )
    assert found.decided_by is DecidedBy.CRITERIA
    assert (found.first_is_apart, found.second_is_apart) == (False, True)
    assert [(one.name, one.first, one.second) for one in found.criteria] == [("share", yes, no)]
    assert found.score == -0.9
