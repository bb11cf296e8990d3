"""Criteria switched hard, soft or off: what each does to places, scores and their parts."""

import dataclasses
import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Answer, AskedSkill, HeldSkill, Mode, Posting, Profile, Ranker
from matching._criteria import DEFAULTS
from tests.matching.test_ranker import POOL, POSTING, TEXTS, everyone

FAMILIES = st.lists(st.sampled_from(["dev", "data"]), max_size=1).map(tuple)
PROFILES = st.builds(
    Profile,
    key=st.just("?"),
    headline=TEXTS,
    text=TEXTS,
    families=FAMILIES,
    skills=st.lists(
        st.builds(
            HeldSkill, st.sampled_from(["Python", "Rust"]), level=st.sampled_from([None, 1, 3])
        ),
        max_size=2,
    ).map(tuple),
    available_from=st.sampled_from([None, date(2026, 1, 1), date(2027, 1, 1)]),
    share_pct=st.sampled_from([None, 50, 100]),
    town=st.sampled_from(["", "Lyon", "Brest"]),
    remote_days=st.sampled_from([None, 0, 3]),
    seniority_years=st.sampled_from([None, 2, 8]),
    wishes=st.sampled_from([(), ("Santé",), ("Écologie",)]),
)
ASKING = dataclasses.replace(
    POSTING,
    skills=(AskedSkill("Python", level=2, must=True), AskedSkill("Rust", level=2)),
    town="Lyon",
    remote_days=2,
    seniority_years=5,
)
POOLS = st.lists(PROFILES, min_size=1, max_size=6).map(
    lambda pool: [Profile(**{**vars(one), "key": f"t-{n}"}) for n, one in enumerate(pool)]
)
MODES = st.fixed_dictionaries({name: st.sampled_from([m.value for m in Mode]) for name in DEFAULTS})


def ranked(pool, criteria=None, posting=POSTING, **parameters):
    ranker = Ranker(criteria=criteria, **parameters).fit(pool)
    return {one.key: one for one in everyone(ranker.rank(posting))}


@given(POOLS, MODES, st.floats(0, 1))
@settings(max_examples=80, deadline=None)
def test_parts_add_up_and_places_follow_the_modes(pool, criteria, weight):
    ranker = Ranker(criteria=criteria, soft_weight=weight).fit(pool)
    ranking = ranker.rank(ASKING)
    for one in everyone(ranking):
        assert abs(sum(reason.amount for reason in one.reasons) - one.score) < 1e-9
        assert 0 <= one.low <= one.score <= one.high
        assert all(criteria[name] == "hard" for name in one.apart_for)
        assert all(criteria[criterion.name] != "off" for criterion in one.criteria)
        for reason in one.reasons:
            if reason.kind == "criterion":
                assert criteria[reason.label] == "soft"
                assert 0 < abs(reason.amount) <= weight
    assert dict(ranking.sizes).get((), 0) == len(ranking.suggestions)
    assert sum(count for _, count in ranking.sizes) == len(pool)
    assert ranker.rank(ASKING, 1).sizes == ranking.sizes
    assert ranker.order(ASKING) == [(one.key, one.score) for one in everyone(ranking)]
    ranks = [one.rank for one in everyone(ranking)]
    assert ranks == list(range(1, len(pool) + 1))
    for group in (ranking.suggestions, ranking.apart):
        scores = [one.score for one in group]
        assert scores == sorted(scores, reverse=True)
    assert not any(one.is_apart for one in ranking.suggestions)
    assert all(one.is_apart for one in ranking.apart)


@given(POOLS)
@settings(max_examples=30, deadline=None)
def test_nothing_changes_by_default(pool):
    plain = ranked(pool)
    assert Ranker().get_params()["criteria"] == DEFAULTS
    assert ranked(pool, DEFAULTS) == plain
    hard = {name for name, mode in DEFAULTS.items() if mode == "hard"}
    assert hard == {"family", "dates", "share"}
    for one in plain.values():
        assert one.is_apart == any(c.answer is Answer.NO for c in one.criteria if c.name in hard)


def test_off_sets_nobody_apart_and_soft_weights_what_it_says():
    assert ranked(POOL)["t-dev"].apart_for == ("family",)
    off = ranked(POOL, {"family": "off"})["t-dev"]
    assert off.apart_for == ()
    assert "family" not in [criterion.name for criterion in off.criteria]
    soft = ranked(POOL, {"family": "soft"}, soft_weight=0.01)["t-dev"]
    assert soft.apart_for == ()
    assert soft.score == pytest.approx(off.score - 0.01, abs=1e-12)
    assert soft.reasons[-1].amount == pytest.approx(-0.01)
    assert soft.reasons[:-1] == off.reasons
    met = ranked(POOL, {"family": "soft"}, soft_weight=0.01)["t-data"]
    assert met.score == pytest.approx(ranked(POOL, {"family": "off"})["t-data"].score + 0.01)


def test_who_is_left_with_nothing_keeps_the_order_of_their_words():
    pool = [
        Profile("a", text="urgences hôpital données", families=("law",)),
        Profile("b", text="Rust", families=("law",)),
        Profile("c", families=("data",)),
    ]
    plain = Ranker(criteria={"family": "off"}).fit(pool).order(POSTING)
    assert [key for key, _ in plain] == ["b", "a", "c"]
    ranking = Ranker(criteria={"family": "soft"}, soft_weight=1.0).fit(pool).rank(POSTING)
    places = [(one.key, one.score) for one in ranking.suggestions]
    assert places == [("c", 1.0), ("b", 0.0), ("a", 0.0)]


class TestSkills:
    POSTING = Posting(
        "p",
        title="Développement",
        skills=(AskedSkill("Python", must=True), AskedSkill("Rust"), AskedSkill("le", must=True)),
    )
    POOL = (
        Profile("py", text="Je code en Python."),
        Profile("rust", skills=(HeldSkill("Rust"),)),
        Profile("none"),
    )

    def test_a_skill_that_is_not_mentioned_is_unknown_never_a_no(self):
        found = ranked(self.POOL, {"skills": "hard"}, self.POSTING)
        answers = {key: one.criteria[-1].answer for key, one in found.items()}
        assert answers == {"py": "claimed", "rust": "unknown", "none": "unknown"}
        assert found["rust"].apart_for == ("skills",)
        assert (found["py"].criteria[-1].asked, found["py"].criteria[-1].held) == (
            "Python",
            "Python",
        )

    def test_the_officer_names_the_skills_among_those_asked(self):
        found = ranked(self.POOL, {"skills": "hard"}, self.POSTING, required_skills=["Rust", "Elm"])
        assert {key for key, one in found.items() if one.is_apart} == {"py", "none"}

    @pytest.mark.parametrize("required", [[], ["Elm"]])
    def test_no_skill_asks_nothing(self, required):
        found = ranked(self.POOL, {"skills": "hard"}, self.POSTING, required_skills=required)
        assert not any(one.is_apart for one in found.values())
        assert all(len(one.criteria) == 3 for one in found.values())


@pytest.mark.parametrize("criteria", [{"age": "hard"}, {"dates": "strict"}, {"dates": None}])
def test_what_is_no_criterion_or_no_mode_is_refused(criteria):
    with pytest.raises(ValueError):
        Ranker(criteria=criteria)


def test_parameters_survive_being_stored():
    ranker = Ranker(criteria={"dates": "soft"}, required_skills=("Python",))
    stored = json.loads(json.dumps(ranker.get_params()))
    assert Ranker(**stored).fit(POOL).rank(POSTING) == ranker.fit(POOL).rank(POSTING)


def test_a_run_stored_before_modes_existed_ranks_as_it_did():
    stored = Ranker().get_params()
    for name in ("criteria", "soft_weight", "required_skills"):
        stored.pop(name)
    assert Ranker(**stored).fit(POOL).rank(POSTING) == Ranker().fit(POOL).rank(POSTING)
