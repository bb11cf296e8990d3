"""The referential: one concept under many names, in two languages."""

import csv
from pathlib import Path

import pytest

import matching
from matching import AskedSkill, HeldSkill, Posting, Profile, Ranker, Referential, Skill

ML = Skill("ml", "data", "Apprentissage automatique", "Machine learning", ("ML", "scikit-learn"))
GO = Skill("go", "dev", "Go", "Go", ("golang",))
SMALL = Referential([ML, GO])


def test_the_shipped_referential_is_the_shipped_file():
    path = Path(matching.__file__).with_name("skills.csv")
    with path.open(encoding="utf-8") as source:
        codes = [row["code"] for row in csv.DictReader(source)]
    assert [skill.code for skill in Referential.default().concepts] == codes
    assert Referential.default() is Referential.default()


def test_every_shipped_name_leads_to_a_skill():
    referential = Referential.default()
    for skill in referential.concepts:
        assert referential.resolve(skill.code) == skill
        assert all(referential.resolve(name) is not None for name in skill.names)


@pytest.mark.parametrize(
    "name",
    [
        "ml",
        "ML",
        "machine learning",
        "Machine-Learning",
        "APPRENTISSAGE AUTOMATIQUE",
        "Scikit Learn",
    ],
)
def test_a_skill_answers_to_every_name(name):
    assert SMALL.resolve(name) == ML


@pytest.mark.parametrize("name", ["", "cuisine", "machine"])
def test_what_names_no_skill_resolves_to_none(name):
    assert SMALL.resolve(name) is None


def test_a_label_wins_over_an_alias():
    alias_first = Skill("x", "dev", "X", "X", ("Rust",))
    label_later = Skill("rust", "dev", "Rust", "Rust", ())
    assert Referential([alias_first, label_later]).resolve("rust") == label_later


def test_two_skills_cannot_share_a_code():
    with pytest.raises(ValueError, match="share the code 'go'"):
        Referential([GO, GO])


def test_the_version_follows_the_content():
    assert Referential([ML, GO]).version == SMALL.version
    assert Referential([ML]).version != SMALL.version
    assert len(SMALL.version) == 12


def test_skills_are_recognised_where_they_stand():
    text = "De l’apprentissage\u00ad automatique, du machine learning et du golang."
    assert [(skill.code, text[a:b]) for skill, a, b in SMALL.recognise(text)] == [
        ("ml", "apprentissage\u00ad automatique"),
        ("ml", "machine learning"),
        ("go", "golang"),
    ]


@pytest.mark.parametrize("text", ["let's go", "Go on", "un disque de 20 Go", "machine", ""])
def test_an_ordinary_word_is_no_skill(text):
    assert SMALL.recognise(text) == []


@pytest.mark.parametrize(
    "text",
    ["un test en public", "des biens communs", "en expérimentant", "supporter une charge", "le SI"],
)
def test_part_of_a_name_is_no_skill(text):
    assert Referential.default().recognise(text) == []


def test_a_version_or_none_names_the_same_skill():
    found = Referential.default().recognise("Du Python, du Vue 3 et un A/B test")
    assert [skill.code for skill, _, _ in found] == ["python", "vue-js"]


def test_a_capital_inside_a_sentence_names_the_language():
    assert [skill for skill, _, _ in SMALL.recognise("Je code en Go.")] == [GO]


def test_the_longest_name_wins():
    long = Skill("llm", "data", "Go machine learning", "Go machine learning", ())
    found = Referential([ML, GO, long]).recognise("en Go machine learning")
    assert [skill.code for skill, _, _ in found] == ["llm"]


def test_a_french_need_finds_an_english_profile():
    pool = [
        Profile("cook", text="I cook for friends."),
        Profile("she", text="I love machine learning."),
    ]
    ranking = Ranker().fit(pool).rank(Posting("p", title="Apprentissage automatique à l’hôpital"))
    best = ranking.suggestions[0]
    assert best.key == "she"
    (reason,) = best.reasons
    assert (reason.kind, reason.label) == ("skill", "Apprentissage automatique")
    assert reason.profile_words == ("machine learning",)
    assert reason.posting_words == ("Apprentissage automatique",)


@pytest.mark.parametrize("held", [HeldSkill("ML"), HeldSkill("whatever", code="machine-learning")])
def test_a_held_skill_counts_by_its_code_or_its_name(held):
    posting = Posting("p", skills=(AskedSkill("Apprentissage automatique"),))
    (suggestion,) = Ranker().fit([Profile("a", skills=(held,))]).rank(posting).suggestions
    assert suggestion.score > 0
    assert suggestion.missing == ()


def test_the_application_may_bring_its_own_referential():
    own = Referential([Skill("tea", "law", "Tisane", "Herbal tea", ("infusion",))])
    ranker = Ranker(referential=own).fit([Profile("a", text="une infusion")])
    (suggestion,) = ranker.rank(Posting("p", text="de la tisane")).suggestions
    assert [reason.label for reason in suggestion.reasons] == ["Tisane"]
