"""Which passwords are refused, why, and which must not be."""

import random
import string

import pytest

from talentpool.accounts.common_words import COMMON
from talentpool.accounts.passwords import TOO_COMMON, TOO_PERSONAL, TOO_SHORT_OR_LONG, weakness
from talentpool.accounts.wordlists import worth

NAME = ("Élodie Vaucanson", "e.lande-d-aube@aube.example")


@pytest.mark.parametrize(
    "password",
    [
        "Bonjour123456!",
        "football2024!!",
        "JeSuisLaMeilleure",
        "jesuis la meilleure 2026",
        "vivierdunumerique",
        "Vivier-du-Numérique-2026",
        "MotDePasse2026!!",
        "motdepassemotdepasse",
        "B0nj0ur-2024!!",
        "!!!!Soleil!!!!",
        "Décembre2026!!",
        "Automne 2026 ...",
        "Azertyuiop1234",
        "LibertéÉgalitéFraternité",
        "soleilmaison2024",
        "soleilsoleilsoleil",
        "Marseille13013!!",
        "administrateur1",
        "P@ssw0rd2026!!",
    ],
)
def test_a_word_or_two_with_what_people_put_around_are_refused(password: str) -> None:
    assert weakness(password) == TOO_COMMON


@pytest.mark.parametrize(
    "password",
    [
        "quatre lampes sous la neige",
        "quatre-lampes-sous-la-neige",
        "chat table maison soleil",
        "ChatTableMaisonSoleil",
        "le chat boit du lait froid",
        "abricot vélo tempête lune",
        "correct horse battery staple",
        "kayak orchidée tambour",
        "x7$kQ!m2Zp4w",
        "47838342926fa309",
        "839204718364",
    ],
)
def test_four_common_words_or_chance_are_taken(password: str) -> None:
    assert weakness(password, known=NAME) is None


@pytest.mark.parametrize(
    "password",
    [
        "Élodie-Vaucanson-1987",
        "Vaucanson2026!!",
        "e.lande-d-aube",
        "V4UC4NS0N 2026",
    ],
)
def test_what_others_know_is_refused_to_its_holder_alone(password: str) -> None:
    assert weakness(password, known=NAME) == TOO_PERSONAL
    assert weakness(password) is None


def test_a_name_that_is_weak_to_anybody_is_said_to_be_one() -> None:
    assert weakness("elodievaucanson") == TOO_COMMON
    assert weakness("elodievaucanson", known=NAME) == TOO_PERSONAL


def test_a_name_among_four_words_spoils_nothing() -> None:
    assert weakness("quatre lampes sous la neige de vaucanson", known=NAME) is None


@pytest.mark.parametrize(
    ("length", "is_taken"), [(11, False), (12, True), (64, True), (256, True), (257, False)]
)
def test_length_is_counted_in_characters_spaces_included(length: int, is_taken: bool) -> None:
    draw = random.Random(5)
    password = "".join(draw.choice(string.ascii_letters + " é") for _n in range(length))
    assert weakness(password) == (None if is_taken else TOO_SHORT_OR_LONG)


def test_chance_is_hardly_ever_refused() -> None:
    draw = random.Random(7)
    characters = string.ascii_letters + string.digits + string.punctuation
    drawn = ["".join(draw.choices(characters, k=14)) for _n in range(500)]
    assert sum(worth(password) < 3 for password in drawn) <= 2


def test_four_words_that_people_choose_first_are_a_passphrase() -> None:
    draw = random.Random(11)
    words = sorted(word for word in COMMON if len(word) > 3)
    for _n in range(200):
        chosen = draw.sample(words, 4)
        assert worth(" ".join(chosen)) >= 3, chosen
        assert worth(" ".join(chosen[:2]) + " 2026") < 3, chosen
