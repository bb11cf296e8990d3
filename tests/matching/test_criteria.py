"""Criteria: a no needs two facts, anything less is unknown; each counts once at most, and its range."""

import dataclasses
import random
from datetime import date

import pytest

from matching import (
    Answer,
    AskedSkill,
    Criterion,
    HeldSkill,
    Mode,
    Posting,
    Profile,
    Ranker,
    SpokenLanguage,
)
from matching._criteria import DEFAULTS, READS, answer
from tests.matching.test_ranker import everyone

NO, UNKNOWN, CLAIMED, PROVEN = Answer.NO, Answer.UNKNOWN, Answer.CLAIMED, Answer.PROVEN
B2, C1 = SpokenLanguage("en", "B2"), SpokenLanguage("en", "C1")


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


def test_a_posting_that_asks_no_more_has_the_three_criteria_answered_in_order():
    (suggestion,) = Ranker().fit([Profile("a", town="Lyon")]).rank(Posting("p")).suggestions
    assert [one.name for one in suggestion.criteria] == ["family", "dates", "share"]


@pytest.mark.parametrize(
    ("asked", "held", "expected"),
    [
        (("Lyon", None), ("lyon", None), CLAIMED),
        (("Saint-Denis (93200)", None), ("ST DENIS", 5), CLAIMED),
        (("Paris", 0), ("Paris 13e", 2), CLAIMED),
        (("Paris", 3), ("Lyon", 3), CLAIMED),
        (("Paris", 3), ("Lyon", 4), NO),
        (("Paris", 3), ("Lyon", 0), NO),
        (("Paris", 0), ("Lyon", None), NO),
        (("Paris", 5), ("", None), CLAIMED),
        (("Paris", None), ("Lyon", 3), UNKNOWN),
        (("Paris", 3), ("Lyon", None), UNKNOWN),
        (("Paris", 3), ("", 3), UNKNOWN),
        (("", 3), ("Lyon", 3), UNKNOWN),
    ],
)
def test_a_place_suits_by_its_town_or_by_the_days_away_from_it(asked, held, expected):
    posting = Posting("p", town=asked[0], remote_days=asked[1])
    assert (
        answer("place", Profile("a", town=held[0], remote_days=held[1]), posting).answer is expected
    )


@pytest.mark.parametrize(
    ("town", "others", "expected"),
    [
        ("Paris", ("Brest", "LYON 3e"), CLAIMED),
        ("", ("Lyon",), CLAIMED),
        ("Paris", ("Brest",), NO),
        ("", ("",), UNKNOWN),
    ],
)
def test_any_of_the_towns_where_one_can_work_suits(town, others, expected):
    posting = Posting("p", town="Lyon", remote_days=0)
    found = answer("place", Profile("a", town=town, other_towns=others), posting)
    assert found.answer is expected


def test_a_place_says_its_town_and_its_days():
    several = Profile("a", town="Lyon", other_towns=("Brest",), remote_days=2)
    assert answer("place", several, Posting("p", town="Lyon")).held == "Lyon, Brest, 2"
    found = answer("place", Profile("a", remote_days=2), Posting("p", town="Lyon", remote_days=3))
    assert (found.asked, found.held) == ("Lyon, 3", "2")
    assert answer("place", Profile("a", town="Lyon"), Posting("p", remote_days=3)).asked is None


@pytest.mark.parametrize(
    ("name", "profile", "posting", "expected"),
    [
        ("status", {"statuses": ("a",)}, {"statuses": ("a", "b")}, CLAIMED),
        ("status", {"statuses": ("a",), "is_status_proven": True}, {"statuses": ("a",)}, PROVEN),
        ("status", {"statuses": ("c",)}, {"statuses": ("a", "b")}, NO),
        ("status", {"statuses": ("c",), "is_status_proven": True}, {"statuses": ("a",)}, NO),
        ("status", {}, {"statuses": ("a",)}, UNKNOWN),
        ("clearance", {"clearances": ("secret",)}, {"clearance": "secret"}, CLAIMED),
        ("clearance", {"clearances": ("other",)}, {"clearance": "secret"}, NO),
        ("clearance", {}, {"clearance": "secret"}, UNKNOWN),
        ("languages", {"languages": (C1,)}, {"languages": (B2,)}, CLAIMED),
        ("languages", {"languages": (B2,)}, {"languages": (C1,)}, NO),
        ("languages", {"languages": (SpokenLanguage("en"),)}, {"languages": (B2,)}, UNKNOWN),
        ("languages", {"languages": (B2,)}, {"languages": (SpokenLanguage("en"),)}, CLAIMED),
        # Who names French may well speak English.
        ("languages", {"languages": (SpokenLanguage("fr"),)}, {"languages": (B2,)}, UNKNOWN),
        ("languages", {}, {"languages": (B2,)}, UNKNOWN),
        ("languages", {"languages": (B2,)}, {"languages": (C1, SpokenLanguage("de"))}, NO),
        ("seniority", {"seniority_years": 5}, {"seniority_years": 5}, CLAIMED),
        ("seniority", {"seniority_years": 4}, {"seniority_years": 5}, NO),
        ("seniority", {}, {"seniority_years": 5}, UNKNOWN),
        ("wishes", {"wishes": ("SANTE", "Mer")}, {"themes": ("Santé",)}, CLAIMED),
        # Themes are free words: not to have wished one is not to refuse it.
        ("wishes", {"wishes": ("Mer",)}, {"themes": ("Santé",)}, UNKNOWN),
        ("wishes", {}, {"themes": ("Santé",)}, UNKNOWN),
    ],
)  # fmt: skip
def test_a_no_needs_two_facts(name, profile, posting, expected):
    assert answer(name, Profile("a", **profile), Posting("p", **posting)).answer is expected


@pytest.mark.parametrize("name", sorted(set(READS) - {"skills"}))
def test_a_criterion_reads_the_fields_that_it_names_and_no_other(name):
    full = Profile(
        "a", "Juriste", ("dev",), (HeldSkill("Rust", level=2),), ("Mission",), "Texte",
        date(2026, 1, 1), 100, True, "Brest", 2, ("a",), ("secret",), (B2,), 6, ("Santé",), True,
        ("Lyon",),
    )  # fmt: skip
    posting = Posting(
        "p", themes=("Santé",), families=("dev",), starts_on=date(2026, 2, 1), share_pct=80,
        town="Lyon", remote_days=1, statuses=("a",), clearance="secret", languages=(B2,),
        seniority_years=5,
    )  # fmt: skip
    read = Profile("b", **{field: getattr(full, field) for field in READS[name]})
    assert answer(name, read, posting) == answer(name, full, posting)
    assert answer(name, full, posting).answer in {CLAIMED, PROVEN}


def skilled(held, asked, **chosen):
    ranker = Ranker(criteria={"wished_skills": "soft"} | chosen).fit([Profile("a", skills=held)])
    (one,) = everyone(ranker.rank(Posting("p", skills=asked)))
    return one


def test_two_skills_asked_and_one_held_beyond_its_level_is_half_and_never_all():
    # Odoo's formula divides the sum of the levels held by the sum of those asked: 4 / (2 + 2) is all.
    asked = (AskedSkill("Python", level=2), AskedSkill("Rust", level=2))
    one = skilled((HeldSkill("Python", level=4),), asked)
    (criterion,) = [c for c in one.criteria if c.name == "wished_skills"]
    assert (criterion.low, criterion.high, criterion.answer) == (0.5, 1.0, UNKNOWN)
    assert (criterion.asked, criterion.held) == ("Python, Rust", "Python")


def test_a_level_far_beyond_the_one_asked_counts_once_and_fully_at_most():
    # The same formula gives 4 / 2, twice all that is asked.
    one = skilled((HeldSkill("Python", level=4),), (AskedSkill("Python", level=2),))
    criterion = one.criteria[-1]
    assert (criterion.low, criterion.high, criterion.answer) == (1.0, 1.0, CLAIMED)
    assert [r.amount for r in one.reasons if r.kind == "criterion"] == pytest.approx([0.02])


@pytest.mark.parametrize(
    ("held", "asked", "degree"),
    [(1, 2, 0.5), (0, 2, 0.0), (3, 3, 1.0), (0, 0, 1.0), (None, 4, 1.0), (1, None, 1.0)],
)
def test_a_level_below_the_one_asked_is_a_part(held, asked, degree):
    one = skilled((HeldSkill("Python", level=held),), (AskedSkill("Python", level=asked),))
    assert (one.criteria[-1].low, one.criteria[-1].high) == (degree, degree)


def test_a_skill_is_found_by_its_code_under_another_name_and_in_words():
    asked = (AskedSkill("Apprentissage automatique", code="machine-learning", level=4),)
    by_code = skilled((HeldSkill("ML", code="machine-learning", level=2),), asked)
    assert by_code.criteria[-1].low == 0.5
    pool = [Profile("a", text="J’ai appris Rust."), Profile("b", text="Rien.")]
    ranker = Ranker(criteria={"wished_skills": "soft"}).fit(pool)
    found = {
        one.key: one.criteria[-1]
        for one in everyone(ranker.rank(Posting("p", skills=(AskedSkill("Rust", level=3),))))
    }
    assert (found["a"].low, found["a"].high) == (1.0, 1.0)
    assert (found["b"].low, found["b"].high) == (0.0, 1.0)


def test_each_skill_asked_belongs_to_one_criterion_only():
    asked = (AskedSkill("Python", must=True), AskedSkill("Rust"), AskedSkill("Elm"))
    one = skilled((), asked, skills="soft")
    assert [c.asked for c in one.criteria[-2:]] == ["Python", "Rust, Elm"]
    ranker = Ranker(criteria={"skills": "soft", "wished_skills": "soft"}, required_skills=["Elm"])
    (one,) = everyone(ranker.fit([Profile("a")]).rank(Posting("p", skills=asked)))
    assert [c.asked for c in one.criteria[-2:]] == ["Elm", "Rust"]


PLACED = Posting("p", title="Python", themes=("Santé",), town="Lyon", seniority_years=5)
WORDS = Profile("a", text="Python")


def scored(**facts):
    others = [Profile("b", text="Python et cartes"), Profile("c", text="Rien")]
    ranking = Ranker().fit([dataclasses.replace(WORDS, **facts), *others]).rank(PLACED)
    return next(one for one in ranking.suggestions if one.key == "a")


def test_met_adds_missed_takes_off_and_unknown_does_neither_but_shows_its_range():
    bare = scored()
    assert [r.kind for r in bare.reasons] == ["skill"]
    assert (bare.low, bare.high) == pytest.approx((bare.score - 0.06, bare.score + 0.06))
    met = scored(town="Lyon")
    assert met.score == pytest.approx(bare.score + 0.02)
    assert (met.low, met.high) == pytest.approx((met.score - 0.04, met.score + 0.04))
    missed = scored(seniority_years=1)
    assert missed.score == pytest.approx(bare.score - 0.02)
    assert not missed.is_apart
    known = scored(town="Lyon", seniority_years=1, wishes=("santé",))
    assert known.low == known.score == known.high
    assert known.score == pytest.approx(bare.score + 0.02)


def test_ranges_never_sort():
    pool = [Profile("sure", text="Python", town="Lyon"), Profile("open", text="Python Python")]
    posting = dataclasses.replace(PLACED, themes=(), seniority_years=None)
    first, second = Ranker().fit(pool).rank(posting).suggestions
    assert (first.key, second.key) == ("sure", "open")
    assert second.high > first.score - 0.02


@pytest.mark.parametrize(
    "modes", [{}, {"family": "soft", "place": "hard", "wished_skills": "soft"}]
)
def test_the_first_of_a_large_pool_are_the_first_of_the_whole(modes):
    drawn = random.Random(5)
    words = "carte forêt python donnée agent service juge école impôt santé climat".split()  # noqa: SIM905
    pool = [
        Profile(
            f"t-{number}",
            text=" ".join(drawn.choices(words, k=drawn.randrange(9))),
            families=drawn.choice([(), ("dev",), ("law",)]),
            skills=(HeldSkill("Rust", level=drawn.choice([None, 1, 4])),) * drawn.randrange(2),
            town=drawn.choice(["", "Lyon", "Brest"]),
            remote_days=drawn.choice([None, 0, 2, 4]),
            wishes=drawn.choice([(), ("Santé",), ("Mer",)]),
        )
        for number in range(900)
    ]
    posting = Posting(
        "p", title="python carte", themes=("Santé",), families=("dev",), town="Lyon", remote_days=3,
        skills=(AskedSkill("Rust", level=2), AskedSkill("Elm")),
    )  # fmt: skip
    ranker = Ranker(criteria=modes).fit(pool)
    whole, top = ranker.rank(posting), ranker.rank(posting, top=10)
    assert top.suggestions == whole.suggestions[:10]
    assert top.apart == whole.apart[:10]
    for one in everyone(whole):
        assert sum(reason.amount for reason in one.reasons) == pytest.approx(one.score, abs=1e-9)
        assert one.low <= one.score <= one.high


def test_an_empty_profile_scores_exactly_nothing_whatever_is_asked():
    modes = dict.fromkeys(DEFAULTS, "soft")
    ranking = Ranker(criteria=modes).fit([Profile("empty"), WORDS]).rank(PLACED)
    empty = next(one for one in ranking.suggestions if one.key == "empty")
    assert (empty.score, empty.reasons, empty.low) == (0.0, (), 0.0)
    # A posting without a family, a start or a share leaves nothing unknown about them.
    assert empty.high == pytest.approx(0.06)


@pytest.mark.parametrize("name", sorted(set(DEFAULTS) - {"skills"}))
def test_what_is_unknown_sets_nobody_apart(name):
    posting = Posting(
        "p", themes=("Santé",), families=("dev",), starts_on=date(2026, 2, 1), share_pct=80,
        town="Lyon", remote_days=1, statuses=("a",), clearance="secret", languages=(B2,),
        seniority_years=5, skills=(AskedSkill("Rust"),),
    )  # fmt: skip
    ranking = Ranker(criteria={name: Mode.HARD.value}).fit([Profile("a")]).rank(posting)
    assert ranking.apart == ()


def test_facts_of_criteria_are_never_read_as_words():
    named = Profile(
        "a", town="Python", statuses=("python",), clearances=("python",), wishes=("Python",),
        languages=(SpokenLanguage("python"),), families=("python",),
    )  # fmt: skip
    criteria = dict.fromkeys(DEFAULTS, "off")
    ranker = Ranker(criteria=criteria).fit([named, Profile("b", text="Python")])
    assert ranker.order(Posting("p", title="Python")) == [("b", 1.0), ("a", 0.0)]
    # Neither does a posting's place, nor what else it asks.
    asked = Posting("p", town="Python", statuses=("Python",), clearance="Python")
    assert ranker.order(asked) == [("a", 0.0), ("b", 0.0)]


def test_an_update_answers_as_a_fresh_fit_does_and_is_saved(tmp_path):
    asked = (AskedSkill("Python", level=4), AskedSkill("Rust", level=2))
    posting = dataclasses.replace(PLACED, skills=asked)
    modes = {"wished_skills": "soft", "skills": "soft"}
    before = Profile("a", text="Python Rust", town="Lyon", skills=(HeldSkill("Rust", level=1),))
    after = Profile(
        "a", text="Python Rust", wishes=("Santé",), skills=(HeldSkill("Python", level=3),)
    )
    other = Profile("b", text="Python", town="Brest", skills=(HeldSkill("Python", level=2),))
    ranker = Ranker(criteria=modes).fit([before, other])
    ranker.rank(posting)
    changed = ranker.update([after]).rank(posting)
    assert changed.suggestions[0].criteria == (
        Ranker(criteria=modes).fit([after, other]).rank(posting).suggestions[0].criteria
    )
    ranker.save(tmp_path / "index")
    assert Ranker.open(tmp_path / "index").rank(posting) == changed
    assert ranker.refit().rank(posting) == Ranker(criteria=modes).fit([after, other]).rank(posting)


def test_a_stored_answer_without_a_range_takes_the_one_that_it_implies():
    assert [
        (one.low, one.high)
        for one in (Criterion("dates", found, None, None) for found in (PROVEN, NO, UNKNOWN))
    ] == [(1.0, 1.0), (0.0, 0.0), (0.0, 1.0)]
