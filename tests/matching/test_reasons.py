"""What is said to people: reasons, what is missing, parts that add up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import AskedSkill, HeldSkill, Posting, Profile, Ranker, displayed_parts

amounts = st.lists(st.floats(-1, 1, allow_nan=False), max_size=30)


@given(amounts, st.sampled_from([1, 100]), st.integers(0, 3))
def test_displayed_parts_add_up_to_the_displayed_total(values, scale, digits):
    parts = displayed_parts(values, scale=scale, digits=digits)
    unit = Decimal(1).scaleb(-digits)
    exact = sum((Decimal(value) for value in values), Decimal(0)) * scale
    assert abs(sum(parts, Decimal(0)) - exact) <= unit / 2 + Decimal("1e-9")
    for part, value in zip(parts, values, strict=True):
        assert abs(part - Decimal(value) * scale) <= unit
        assert part == part.quantize(unit)


def test_the_units_left_go_to_those_who_lost_most():
    assert displayed_parts([0.00333, 0.00333, 0.00334]) == [
        Decimal("0.3"), Decimal("0.3"), Decimal("0.4"),
    ]  # fmt: skip
    assert displayed_parts([0.0005, 0.0005]) == [Decimal("0.1"), Decimal("0.0")]
    assert displayed_parts([0.25, -0.1]) == [Decimal("25.0"), Decimal("-10.0")]
    assert displayed_parts([]) == []


@pytest.mark.parametrize("amount", [float("nan"), float("inf"), float("-inf")])
def test_an_amount_that_cannot_be_shown_is_refused(amount):
    with pytest.raises(ValueError, match="finite"):
        displayed_parts([amount])


def only(pool, posting):
    (suggestion,) = Ranker().fit(pool).rank(posting).suggestions
    return suggestion


def test_a_reason_shows_the_words_of_both_sides():
    profile = Profile("a", headline="Chercheuse", text="Chercheur un jour")
    (reason,) = only([profile], Posting("p", text="Des chercheurs")).reasons
    assert reason.kind == "term"
    assert reason.label == "Chercheuse"
    assert reason.field == "headline"
    assert reason.profile_words == ("Chercheuse", "Chercheur")
    assert reason.posting_words == ("chercheurs",)


def test_neighbours_far_apart_are_quoted_without_what_parts_them():
    text = "Pilotage " + "de ce que " * 500 + "projets"
    reasons = only([Profile("a", text=text)], Posting("p", text="Pilotage de projets")).reasons
    assert {one.profile_words for one in reasons} >= {("Pilotage … projets",)}
    assert {one.posting_words for one in reasons} >= {("Pilotage de projets",)}


def test_a_skill_takes_in_the_words_that_name_it():
    profile = Profile("a", skills=(HeldSkill("Conduite du changement"),), text="Au bureau")
    reasons = only([profile], Posting("p", text="La conduite de changement au bureau")).reasons
    assert [(one.kind, one.label) for one in reasons] == [
        ("skill", "Conduite du changement"),
        ("term", "bureau"),
    ]
    assert reasons[0].field == "skills"


def test_a_pair_of_words_is_shown_as_it_stands():
    profile = Profile("a", text="la protection de l’enfance")
    reasons = only([profile], Posting("p", text="protection enfance")).reasons
    assert "protection de l’enfance" in [one.label for one in reasons]


def test_missing_skills_come_before_terms_and_musts_before_wishes():
    pool = [
        Profile("a", text="Rien"),
        Profile("z", text="Rust, cobol, accordéon, hydrologie, python, poterie, tissage, vannerie"),
    ]
    posting = Posting(
        "p",
        text="Accordéon, hydrologie, poterie, tissage, vannerie, python",
        skills=(AskedSkill("Cobol"), AskedSkill("Rust", must=True), AskedSkill("Inconnu au pool")),
    )
    ranking = Ranker().fit(pool).rank(posting)
    best, last = ranking.suggestions
    assert [one.label for one in best.missing] == ["Inconnu au pool"]
    assert last.missing[0].label == "Rust"
    assert last.missing[0].must
    assert [one.kind for one in last.missing] == ["skill"] * 3 + ["term"] * 5
    terms = [one.weight for one in last.missing[3:]]
    assert terms == sorted(terms, reverse=True)
    assert all(one.weight > 0 for one in last.missing)


def test_a_skill_is_not_missing_when_another_name_shows_it():
    posting = Posting("p", skills=(AskedSkill("Machine learning"),))
    assert only([Profile("a", text="apprentissage automatique")], posting).missing == ()


def test_a_word_nobody_in_the_pool_writes_is_not_held_against_anyone():
    assert only([Profile("a", text="Python")], Posting("p", text="Xylophone")).missing == ()


@pytest.mark.parametrize(
    ("asked", "text", "is_missing"),
    [
        ("Python", "Du Python scientifique tous les jours", False),
        ("Python", "Du Perl", True),
        ("Vision", "Une vision du service", True),
        ("Chaînes de traitement", "Des chaînes de magasins, le traitement des plaintes", True),
    ],
)
def test_a_skill_is_missing_unless_the_profile_shows_it(asked, text, is_missing):
    pool = [Profile("a", text=text)]
    suggestion = only(pool, Posting("p", skills=(AskedSkill(asked, must=True),)))
    assert [one.label for one in suggestion.missing] == ([asked] if is_missing else [])
