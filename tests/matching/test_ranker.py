"""The order of a ranking, what a score is made of, and what must never change it."""

import dataclasses
import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Answer, AskedSkill, HeldSkill, Posting, Profile, Ranker

POOL = [
    Profile(
        "t-data",
        headline="Data scientist",
        families=("data",),
        skills=(HeldSkill("Python"), HeldSkill("Statistiques")),
        experience=("Prédire l’affluence aux urgences des hôpitaux.",),
        text="Passionnée de santé publique, j’aime les données hospitalières.",
        available_from=date(2026, 9, 1),
        share_pct=100,
    ),
    Profile("t-dev", headline="Développeur", families=("dev",), text="Python, Django, hôpital."),
    Profile("t-law", headline="Juriste", text="Droit de la santé et données personnelles."),
    Profile("t-empty"),
]
POSTING = Posting(
    "b-1",
    title="Mieux prévoir aux urgences",
    summary="Prédire l’affluence à l’hôpital",
    text="Les données hospitalières sont riches. Python est utilisé.",
    themes=("Santé",),
    skills=(AskedSkill("Python", must=True), AskedSkill("Rust")),
    families=("data",),
    starts_on=date(2026, 10, 1),
    share_pct=80,
)
WORDS = st.sampled_from(
    [
        "python",
        "données",
        "santé",
        "hôpital",
        "machine",
        "learning",
        "développeuse",
        "juriste",
        "le",
        "la.",
        "C++",
        "design",
    ]
)
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)


def everyone(ranking):
    return (*ranking.suggestions, *ranking.apart)


@pytest.fixture(scope="module")
def ranker():
    return Ranker().fit(POOL)


def test_whoever_writes_of_the_subject_comes_first(ranker):
    assert ranker.rank(POSTING).suggestions[0].key == "t-data"


def test_reasons_add_up_to_the_score(ranker):
    for one in everyone(ranker.rank(POSTING)):
        assert sum(reason.amount for reason in one.reasons) == pytest.approx(one.score, abs=1e-9)
        assert 0 <= one.score <= 1 + 1e-9
        amounts = [reason.amount for reason in one.reasons]
        assert amounts == sorted(amounts, reverse=True)


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=5), TEXTS, TEXTS)
def test_reasons_add_up_in_any_pool(texts, title, text):
    pool = [Profile(str(i), headline=one[:20], text=one) for i, one in enumerate(texts)]
    ranking = Ranker().fit(pool).rank(Posting("p", title=title, text=text))
    assert sorted(one.key for one in everyone(ranking)) == sorted(one.key for one in pool)
    for one in everyone(ranking):
        assert sum(reason.amount for reason in one.reasons) == pytest.approx(one.score, abs=1e-9)


def test_nobody_is_dropped_and_ranks_run_on(ranker):
    ranking = ranker.rank(POSTING)
    assert sorted(one.key for one in everyone(ranking)) == sorted(one.key for one in POOL)
    assert [one.rank for one in everyone(ranking)] == [1, 2, 3, 4]


def test_only_a_no_sets_apart(ranker):
    ranking = ranker.rank(POSTING)
    assert [one.key for one in ranking.apart] == ["t-dev"]
    assert all(one.is_apart for one in ranking.apart)
    assert not any(one.is_apart for one in ranking.suggestions)
    assert ranking.apart[0].score > ranking.suggestions[-1].score


def test_an_empty_profile_scores_zero_and_stays(ranker):
    last = ranker.rank(POSTING).suggestions[-1]
    assert (last.key, last.score, last.reasons) == ("t-empty", 0.0, ())
    assert all(criterion.answer is Answer.UNKNOWN for criterion in last.criteria)


def test_an_empty_posting_scores_zero_in_order_of_key(ranker):
    ranking = ranker.rank(Posting("b-0"))
    assert [(one.key, one.score) for one in ranking.suggestions] == [
        ("t-data", 0.0), ("t-dev", 0.0), ("t-empty", 0.0), ("t-law", 0.0),
    ]  # fmt: skip


def test_an_empty_pool_ranks_nobody():
    ranking = Ranker().fit([]).rank(POSTING)
    assert ranking.suggestions == ranking.apart == ()


def test_ties_follow_the_key():
    pool = [Profile(key, text="Python") for key in ("é", "b", "a", "B")]
    ranking = Ranker().fit(pool).rank(Posting("p", text="Python"))
    assert [one.key for one in ranking.suggestions] == ["B", "a", "b", "é"]
    assert len({one.score for one in ranking.suggestions}) == 1


def test_the_order_of_the_pool_changes_nothing(ranker):
    shuffled = random.Random(3).sample(POOL, len(POOL))
    assert Ranker().fit(shuffled).rank(POSTING) == ranker.rank(POSTING)


def test_other_postings_change_nothing(ranker):
    before = ranker.rank(POSTING)
    ranker.rank(Posting("b-2", text="Python et urgences, encore et encore"))
    assert ranker.rank(POSTING) == before


def test_keys_are_never_read(ranker):
    pool = [dataclasses.replace(one, key=f"{one.key}-python-hôpital") for one in POOL]
    ranking = Ranker().fit(pool).rank(dataclasses.replace(POSTING, key="t-data urgences"))
    assert [one.score for one in everyone(ranking)] == [
        one.score for one in everyone(ranker.rank(POSTING))
    ]


def test_families_dates_and_shares_never_weigh(ranker):
    bare = [
        dataclasses.replace(one, families=(), available_from=None, share_pct=None) for one in POOL
    ]
    scores = {one.key: one.score for one in everyone(Ranker().fit(bare).rank(POSTING))}
    assert scores == {one.key: one.score for one in everyone(ranker.rank(POSTING))}


def test_the_top_is_the_top_of_the_whole(ranker):
    whole, top = ranker.rank(POSTING), ranker.rank(POSTING, top=1)
    assert top.suggestions == whole.suggestions[:1]
    assert top.apart == whole.apart[:1]


def test_the_short_form_keeps_the_order(ranker):
    assert ranker.order(POSTING) == [(one.key, one.score) for one in everyone(ranker.rank(POSTING))]


@pytest.mark.parametrize("times", [4, 100])
@pytest.mark.parametrize("keyword", ["Python ", "Python, ", "PYTHON python ", "machine learning. "])
def test_a_keyword_repeated_earns_no_more_than_three_times(keyword, times):
    others = [Profile("x", text="Juriste en droit public"), Profile("y", text="Python")]
    posting = Posting("p", title="Python et machine learning", text="Le droit public")

    def score(count):
        pool = [Profile("a", text="Droit public. " + keyword * count), *others]
        ranking = Ranker().fit(pool).rank(posting)
        return next(one.score for one in ranking.suggestions if one.key == "a")

    assert score(times) == pytest.approx(score(3), abs=1e-12)


def test_a_headline_weighs_more_than_a_text():
    pool = [
        Profile("a", text="Cartographe", headline="Agent"),
        Profile("b", headline="Cartographe", text="Agent"),
    ]
    ranking = Ranker().fit(pool).rank(Posting("p", text="cartographe"))
    assert [one.key for one in ranking.suggestions] == ["b", "a"]
    assert [one.reasons[0].field for one in ranking.suggestions] == ["headline", "text"]


def test_an_essential_skill_weighs_more_than_a_wished_one():
    ranker = Ranker().fit([Profile("a", text="Rust"), Profile("b", text="Django")])

    def score_of_rust(**essential):
        skills = tuple(AskedSkill(name, must=name in essential) for name in ("Rust", "Django"))
        return dict(ranker.order(Posting("p", skills=skills)))["a"]

    assert score_of_rust(Rust=True) > score_of_rust() > score_of_rust(Django=True)


def test_a_weight_of_zero_silences_a_field():
    pool = [Profile("a", headline="Python"), Profile("b", text="Python")]
    ranking = Ranker(headline=0.0).fit(pool).rank(Posting("p", text="Python"))
    assert [(one.key, one.score > 0) for one in ranking.suggestions] == [("b", True), ("a", False)]


def test_ranking_before_fitting_says_so():
    with pytest.raises(RuntimeError, match="fit the ranker"):
        Ranker().rank(POSTING)


def test_a_key_given_twice_is_refused():
    with pytest.raises(ValueError, match="given twice: a"):
        Ranker().fit([Profile("a"), Profile("b"), Profile("a", text="encore")])


def test_fitting_again_forgets_the_first_pool(ranker):
    again = Ranker().fit(POOL).fit(POOL[:2])
    assert [one.key for one in everyone(again.rank(POSTING))] == ["t-data", "t-dev"]


def test_the_making_of_a_ranker_learns_nothing():
    assert not [name for name in vars(Ranker()) if name.endswith("_")]
    assert Ranker().fit([]).keys_ == []
