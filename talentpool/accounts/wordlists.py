"""How many unrelated words a password is worth to whoever guesses with lists of words."""

import re
import unicodedata
from collections.abc import Collection
from functools import cache

from zxcvbn.frequency_lists import FREQUENCY_LISTS

from talentpool.accounts.common_words import CALENDAR, COMMON, GLUE, OF_THE_SERVICE

#: What guesses begin with: such a word is worth as little as what joins others.
_FIRST = GLUE | OF_THE_SERVICE | CALENDAR
_LITTLE = 0.25
#: Four of the words that people choose first make a passphrase, three do not.
_CHOSEN_FIRST = 0.75
#: A letter, a digit or a sign that no list explains.
_UNEXPLAINED = 0.45
_SHORTEST, _LONGEST = 3, 20
#: How letters are disguised.
_DISGUISED = str.maketrans("013457@$!€", "oieastasie")
_BESIDE_A_LETTER = re.compile(r"(?<=[a-z])[013457@$!€]|[013457@$!€](?=[a-z])")
_YEAR = re.compile(r"(?:19|20)\d\d")


def worth(password: str, *, known: Collection[str] = ()) -> float:
    """Return what a password is worth, a word that no list has first counting one.

    Accents, capitals, disguised letters and repetitions add nothing, digits and signs around words one
    word at most; `known` are words that others know of its holder.
    """
    plain = folded(password)
    disclosed = _BESIDE_A_LETTER.sub(lambda found: found[0].translate(_DISGUISED), plain)
    first = _FIRST | {folded(word) for word in known if len(word) >= _SHORTEST}
    return min(_read(reading, first) for reading in {plain, disclosed})


def folded(text: str) -> str:
    """Return a text without accents, ligatures nor capitals."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(char for char in apart if not unicodedata.combining(char))


@cache
def _listed() -> frozenset[str]:
    shipped = {word for words in FREQUENCY_LISTS.values() for word in words}
    return frozenset(word for word in shipped if len(word) >= _SHORTEST and word.isalpha())


def _read(text: str, first: Collection[str]) -> float:
    """Add up the distinct words of a text, and what no list explains."""
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text)
    words: dict[str, float] = {}
    unexplained = 0.0
    for part in re.findall(r"[^\W_]+|[^\w\s]|_", core):
        for piece, value in _pieces(part, first):
            if value == _UNEXPLAINED and piece.isalnum():
                unexplained += value
            else:
                words[piece] = value
    around = _UNEXPLAINED * (len(text) - len(core))
    # Words with something around them are what most lists of guesses are made of.
    if words and not unexplained:
        around = min(1.0, around)
    return round(sum(words.values()) + unexplained + around, 2)


def _pieces(part: str, first: Collection[str]) -> list[tuple[str, float]]:
    """Cut what no space parts into as few pieces as may be, and of two such ways the one worth less."""
    found: list[list[tuple[str, float]]] = [[]]
    for end in range(1, len(part) + 1):
        ways = (
            [*found[start], (part[start:end], value)]
            for start in range(max(0, end - _LONGEST), end)
            if (value := _value(part[start:end], first)) is not None
        )
        found.append(min(ways, key=lambda way: (len(way), sum(value for _, value in way))))
    return found[-1]


def _value(piece: str, first: Collection[str]) -> float | None:
    """Return what a piece is worth; None for what is no piece. Every character alone is one."""
    if piece in first or _YEAR.fullmatch(piece):
        return _LITTLE
    if piece in COMMON:
        return _CHOSEN_FIRST
    if piece in _listed():
        return 1.0
    return _UNEXPLAINED if len(piece) == 1 else None
