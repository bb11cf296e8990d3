"""How texts become words: accents, elisions, technical names, and what hostile texts cost."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching._forms import fold
from matching._text import original_offsets, visible, words


def terms_of(text):
    return [word.term for word in words(text)]


def test_composed_and_decomposed_accents_read_alike():
    text = "Développement d’une œuvre à Besançon, déjà prêt"
    assert terms_of(unicodedata.normalize("NFD", text)) == terms_of(text)


def test_accents_and_capitals_make_no_difference():
    assert terms_of("SÉCURITÉ DES DONNÉES") == terms_of("securite des donnees")


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_elisions_leave_the_word_alone(apostrophe):
    text = "l'analyse d'archives qu'aujourd'hui j'ouvre".replace("'", apostrophe)
    assert terms_of(text) == terms_of("analyse archives ouvre")


@pytest.mark.parametrize(
    "name",
    ["C++", "C#", "F#", ".NET", "ASP.NET", "Node.js", "Vue.js", "n8n", "QGIS", "R&D", "R", "Go",
     "socket.io", "k8s"],
)  # fmt: skip
def test_a_technical_name_stays_whole(name):
    (word,) = words(f"en {name}, ")
    assert word.term == fold(name)[: len(word.term)]
    assert f"en {name}, "[word.start : word.end] == name


def test_languages_that_look_alike_stay_apart():
    assert len({*terms_of("C"), *terms_of("C++"), *terms_of("C#"), *terms_of("R")}) == 4


def test_a_letter_is_no_word_unless_it_names_a_language():
    assert terms_of("M. K. a b c r") == []
    assert terms_of("R, C") == ["r", "c"]


@pytest.mark.parametrize("text", ["", " ", "\x00", "…", "2019 42 ans", "le la les", "the of and"])
def test_some_texts_say_nothing(text):
    assert words(text) == ()


def test_addresses_are_not_words():
    assert terms_of("jeanne.dupont@exemple.fr https://exemple.fr/~jdupont") == []


@pytest.mark.parametrize("hidden", ["\u200b", "\u00ad", "\ufeff", "\u2060", "\u202e", "\U000e0041"])
def test_characters_that_show_nothing_hide_no_word(hidden):
    assert terms_of(f"py{hidden}thon et C{hidden}++") == terms_of("python et C++")


def test_offsets_point_into_the_original_text():
    text = "du py\u200bthon"
    (word,) = words(text)
    places = original_offsets(text)
    assert text[places[word.start] : places[word.end - 1] + 1] == "py\u200bthon"
    assert len(places) == len(visible(text))


def test_a_full_stop_opens_but_a_comma_does_not():
    assert [word.opens for word in words("Python, Django. React (Vue)")] == [
        True,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    "unit",
    ["a", "a.", "a·", "a-e", "a(e", "a@", "(", "é", "e\u0301", "http://", "l'", "\u200b", "/se",
     "développeur·", "a b ", "+", "C+", ".net", "\n", "machine learning ", "𝗗"],
)  # fmt: skip
def test_a_huge_hostile_text_is_read_to_its_end(unit):
    # A pattern that backtracks would not come back at all from a text of this size.
    text = unit * (200_000 // len(unit)) + ". fin"
    assert words(text)[-1].term == "fin"


def test_a_run_of_letters_longer_than_any_word_is_left_out():
    assert words("x" * 41) == ()


@given(st.text())
def test_any_text_gives_ordered_words_inside_it(text):
    found = words(text)
    length = len(visible(text))
    assert all(0 <= word.start < word.end <= length for word in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.text(alphabet="aeéiou cdlmnrst'’.-·()", max_size=60))
def test_normal_forms_agree_on_any_text(text):
    assert terms_of(unicodedata.normalize("NFD", text)) == terms_of(
        unicodedata.normalize("NFC", text)
    )
