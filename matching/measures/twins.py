"""Gendered twins of a text: the same text with every gendered word in another gender or writing.

The twins are made by rules and lists of their own (``gendered.py``), not by the forms that the
analysis counts under, so that ``audit`` can find the analysis wrong.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from matching.measures.gendered import (
    IN_EUX,
    IN_TE,
    NO_TWIN,
    NOUNS_IN_TE,
    PERSON_PAIRS,
    PERSONS,
    QUALITIES,
    QUALITY_PAIRS,
)


class Writing(StrEnum):
    """How a twin writes gendered words."""

    SWAPPED = "swapped"
    """Feminines become masculine and masculines feminine."""
    MASCULINE = "masculine"
    FEMININE = "feminine"
    DOT = "middle dot"
    POINT = "full stop"
    HYPHEN = "hyphen"
    BRACKETS = "brackets"
    SLASH = "slash"
    BOTH = "both words"
    """« développeur ou développeuse »; adjectives and participles as with a middle dot."""


class Pair(NamedTuple):
    """The masculine and the feminine of one word, in one number, and which of them was met."""

    masculine: str
    feminine: str
    is_feminine: bool
    is_plural: bool
    is_person: bool


def twin(text: str, writing: Writing = Writing.SWAPPED, *, decomposed: bool = False) -> str:
    """Write a text with every gendered word in another gender, or in an inclusive form.

    Articles follow the noun, and pronouns and titles change too. The result is in NFC, or in NFD when
    ``decomposed``. Addresses of the web and of letter boxes stay as they are.

    >>> twin("Il est développeur, passionné par la donnée.")
    'Elle est développeuse, passionnée par la donnée.'
    >>> twin("Mme Une Telle cherche un·e chargé·e de mission.", Writing.MASCULINE)
    'M. Une Telle cherche un chargé de mission.'
    >>> twin("des acteurs publics", Writing.DOT)
    'des acteur·rice·s public·que·s'
    """
    composed = unicodedata.normalize("NFC", text)
    written = _TOKEN.sub(lambda match: _rewritten(match, writing), composed)
    return unicodedata.normalize("NFD", written) if decomposed else written


_MARKS = {
    Writing.DOT: ("·{}", "·s"),
    Writing.POINT: (".{}", ".s"),
    Writing.HYPHEN: ("-{}", "-s"),
    Writing.BRACKETS: ("({})", "s"),
    Writing.SLASH: ("/{}", "s"),
}

# Masculine endings, the feminine that goes with each, and what inclusive writing adds.
_ENDINGS = (
    ("(?<=[acilpuo])teur", "trice", "rice"),
    ("eur", "euse", "euse"),
    ("eux", "euse", "se"),
    ("er", "ère", "ère"),
    ("if", "ive", "ve"),
    ("(?<=[nruie])el", "elle", "le"),
    ("éel", "éelle", "le"),
    ("(?<=[ié])en", "enne", "ne"),
    ("on", "onne", "ne"),
    ("(?<=[lncrui])et", "ète", "ète"),
    ("(?<=[eag])ros|(?<=^)gros", "rosse", "se"),
)
_FEMININES = {
    "bas": "basse", "gras": "grasse", "gros": "grosse", "épais": "épaisse", "muet": "muette",
    "net": "nette",
}  # fmt: skip


def _feminine(masculine: str) -> str:
    """Give the feminine of a masculine singular, from its ending."""
    if masculine in _FEMININES:
        return _FEMININES[masculine]
    for ending, feminine, _ in _ENDINGS:
        changed, count = re.subn(f"(?:{ending})$", feminine, masculine)
        if count:
            return changed
    return masculine + "e"


def _plural(singular: str) -> str:
    if singular.endswith(("s", "x")):
        return singular
    if singular.endswith("al"):
        return singular[:-1] + "ux"
    return singular + ("x" if singular.endswith("eau") else "s")


def _listed() -> dict[str, Pair]:
    pairs = [
        (he, she, pair in PERSON_PAIRS)
        for pair in (*PERSON_PAIRS, *QUALITY_PAIRS)
        for he, she in (pair.split("/"),)
    ]
    pairs += [(word, _feminine(word), True) for word in PERSONS]
    pairs += [(word, _feminine(word), False) for word in (*QUALITIES, *IN_EUX)]
    found: dict[str, Pair] = {}
    for he, she, is_person in pairs:
        for masculine, feminine, is_plural in ((he, she, False), (_plural(he), f"{she}s", True)):
            for word, is_feminine in ((masculine, False), (feminine, True)):
                found.setdefault(word, Pair(masculine, feminine, is_feminine, is_plural, is_person))
    return found


_LISTED = _listed()

# Productive endings of singulars, both ways: (what the word ends with, masculine, feminine, person).
_RULES = tuple(
    (re.compile(rf"(?P<stem>{stem})(?:(?P<he>{he})|(?P<she>{she}))$"), he, she, is_person)
    for stem, he, she, is_person in (
        (r"\w+[acilpuo]", "teur", "trice", True),
        (r"\w{2,}", "eur", "euse", True),
        (r"\w{2,}[ié]", "en", "enne", True),
        (r"\w{2,}", "if", "ive", False),
        (r"\w{2,}[niu]", "el", "elle", False),
        (r"\w{2,}", "al", "ale", False),
        (r"\w{2,}", "é", "ée", False),
    )
)


@lru_cache(maxsize=65_536)
def pair_of(word: str) -> Pair | None:
    """Give the pair that a word in small letters belongs to, or ``None`` when it has no twin."""
    listed = _LISTED.get(word)
    if listed is not None:
        return listed
    if word.endswith("aux") and not word.endswith("eaux"):
        singular, is_plural = word[:-2] + "l", True
    else:
        is_plural = word.endswith("s")
        singular = word.removesuffix("s")
    if word.endswith("als"):
        return None  # « festivals »: an adjective in « -al » makes « -aux »
    for pattern, he, she, is_person in _RULES:
        match = pattern.fullmatch(singular)
        if match is None:
            continue
        masculine = match["stem"] + he
        if masculine in NO_TWIN or _is_noun_in_te(masculine):
            return None
        feminine = match["stem"] + she
        if is_plural:
            masculine, feminine = _plural(masculine), f"{feminine}s"
        return Pair(masculine, feminine, match["she"] is not None, is_plural, is_person)
    return None


def _is_noun_in_te(masculine: str) -> bool:
    if masculine in IN_TE:
        return False
    return masculine.endswith("ité") or masculine in NOUNS_IN_TE


# Words that point at people; each line is masculine, feminine.
_POINTING = (
    ("il", "elle"), ("ils", "elles"), ("eux", "elles"), ("celui", "celle"), ("ceux", "celles"),
    ("chacun", "chacune"), ("lequel", "laquelle"), ("lesquels", "lesquelles"), ("tous", "toutes"),
    ("monsieur", "madame"), ("messieurs", "mesdames"), ("homme", "femme"), ("hommes", "femmes"),
    ("garçon", "fille"), ("père", "mère"), ("frère", "sœur"), ("he", "she"), ("his", "her"),
    ("himself", "herself"), ("s'il", "si elle"), ("s’il", "si elle"), ("s'ils", "si elles"),
    ("s’ils", "si elles"), ("auquel", "à laquelle"), ("duquel", "de laquelle"),
)  # fmt: skip
# Those that follow the word after them.
_FOLLOWING = (
    ("un", "une"), ("le", "la"), ("du", "de la"), ("au", "à la"), ("ce", "cette"), ("mon", "ma"),
    ("ton", "ta"), ("son", "sa"), ("tout", "toute"), ("aucun", "aucune"), ("quel", "quelle"),
    ("quels", "quelles"), ("cet", "cette"), ("certains", "certaines"),
)  # fmt: skip
_TITLES = {
    "M.": "Mme", "MM.": "Mmes", "Mme": "M.", "Mmes": "MM.", "Mr": "Mme", "Mlle": "M.", "Mlles": "MM.",
    "MME": "M.", "MMES": "MM.",
}  # fmt: skip


def _small_words() -> dict[str, Pair]:
    found: dict[str, Pair] = {}
    for he, she in (*_POINTING, *_FOLLOWING):
        found.setdefault(he, Pair(he, she, False, False, False))
        found.setdefault(she, Pair(he, she, True, False, False))
    return found


_SMALL = _small_words()
_AGREEING = frozenset(word for pair in _FOLLOWING for word in pair)
_VOWEL = re.compile("[aeiouyhàâéèêëîïôöùûüœæ]", re.IGNORECASE)

_L = r"[^\W\d_]"
_ENDING = "(?:[lnt]?r?ice|t?euse|ère|ière|ienne|nne|enne|elle|ve|ive|que|fe|se|le|ne|te|e|ales|x|r)"
_INCLUSIVE = (
    rf"(?P<marked>{_L}+(?:[·•‧∙⋅][^\W\d_]{{1,6}}){{1,3}}"
    rf"|{_L}+(?:[.-]{_ENDING}(?:[.-]?s)?|\({_ENDING}s?\)s?|/{_ENDING}s?)(?!{_L}))"
)
_TOKEN = re.compile(
    rf"""
      https?://\S+ | [\w.+-]+@[\w.-]+ | {_L}+(?:\.{_L}{{2,}}){{2,}}
    | (?P<title>(?-i:\b(?:MM?\.(?=\s)|Mmes?\b|MMES?\b|Mr\b|Mlles?\b)))
    | {_INCLUSIVE}
    | \b(?P<elided>s['’]ils?)\b
    | \b(?P<si>si[ ]elles?)\b
    | \b(?P<two>(?:de|à)[ ]la|(?:de|à)[ ]laquelle)\b(?:(?P<two_space>\s+)(?P<two_next>{_L}+))?
    | (?P<word>{_L}+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_IMPERSONAL = re.compile(r"\s(?:y\b|faut|s['’]agi|existe)", re.IGNORECASE)


def _rewritten(match: re.Match[str], writing: Writing) -> str:
    """Write one token of a text as asked; most have no gender and stay."""
    if match["title"]:
        return _title(match["title"], writing)
    if match["marked"]:
        return _marked(match["marked"], writing)
    if match["two"]:
        return _two(match, writing)
    word = match["word"] or match["elided"] or match["si"]
    if word is None or (word.isupper() and 1 < len(word) < 6):
        return match[0]
    small = word.lower()
    pair = _SMALL.get(small)
    if pair is not None:
        if small in _AGREEING and not _is_followed(match):
            return word
        if small == "il" and _IMPERSONAL.match(match.string, match.end()):
            return word
        return _like(word, _small(pair, writing, _next(match)))
    pair = pair_of(small)
    return word if pair is None else _like(word, _written(pair, writing))


def _title(title: str, writing: Writing) -> str:
    is_feminine = title.endswith(("e", "s", "E", "S"))
    # A title has no inclusive form.
    other = Writing.MASCULINE if is_feminine else Writing.FEMININE
    return _TITLES[title] if writing in {Writing.SWAPPED, other} else title


def _two(match: re.Match[str], writing: Writing) -> str:
    """Write « de la » and « à la » before a gendered word, and the word."""
    following = match["two_next"]
    pair = pair_of(following.lower()) if following else None
    if match["two"].lower().endswith("laquelle"):
        first = _small(_SMALL[match["two"].lower()], writing, "")
        rest = match[0][len(match["two"]) :]
        return _like(match["two"], first) + (rest if pair is None else _rest(match, pair, writing))
    if pair is None:
        return match[0]
    first = _small(_SMALL[match["two"].lower()], writing, following)
    return _like(match["two"], first) + _rest(match, pair, writing)


def _rest(match: re.Match[str], pair: Pair, writing: Writing) -> str:
    return match["two_space"] + _like(match["two_next"], _written(pair, writing))


def _next(match: re.Match[str]) -> str:
    following = re.compile(rf"\s+({_L}+)").match(match.string, match.end())
    return following[1] if following else ""


def _is_followed(match: re.Match[str]) -> bool:
    """Whether a gendered word comes next, in a text that was not rewritten yet."""
    return pair_of(_next(match).lower()) is not None


def _small(pair: Pair, writing: Writing, following: str) -> str:
    """Write a pronoun or an article: inclusive forms give both, « un » apart."""
    he, she = pair.masculine, pair.feminine
    opens_with_vowel = bool(following and _VOWEL.match(following))
    if she == "cette" and opens_with_vowel:
        he = "cet"
    if he in {"mon", "ton", "son"} and opens_with_vowel:
        return he
    if writing == Writing.MASCULINE:
        return he
    if writing == Writing.FEMININE:
        return she
    if writing == Writing.SWAPPED:
        return he if pair.is_feminine else she
    if he == "un":
        mark, _ = _MARKS.get(writing, ("·{}", ""))
        return he + mark.format("e")
    return f"{he}/{she}" if " " not in she and "'" not in he else he


def _written(pair: Pair, writing: Writing) -> str:
    if writing == Writing.MASCULINE:
        return pair.masculine
    if writing == Writing.FEMININE:
        return pair.feminine
    if writing == Writing.SWAPPED:
        return pair.masculine if pair.is_feminine else pair.feminine
    if writing == Writing.BOTH and pair.is_person:
        return f"{pair.masculine} {'et' if pair.is_plural else 'ou'} {pair.feminine}"
    return _abridged(pair, *_MARKS.get(writing, _MARKS[Writing.DOT]))


def _abridged(pair: Pair, mark: str, of_plural: str) -> str:
    """Write both genders in one word; those whose feminine is another word stay feminine."""
    he, she = pair.masculine, pair.feminine
    if pair.is_plural:
        she = she.removesuffix("s")
        he = he if she.startswith(he) else he.removesuffix("s")
        if he.endswith("aux"):
            return pair.feminine
    added = _added(he, she)
    if not added:
        return pair.feminine
    return he + mark.format(added) + (of_plural if pair.is_plural else "")


def _added(he: str, she: str) -> str:
    if she.startswith(he):
        return she[len(he) :]
    for ending, feminine, added in _ENDINGS:
        if re.search(f"(?:{ending})$", he) and she.endswith(feminine):
            return added
    return "que" if he.endswith("c") and she.endswith("que") else ""


def _marked(written: str, writing: Writing) -> str:
    """Write otherwise a word that is in an inclusive form; a form that is not known stays."""
    parts = [part for part in re.split(r"[·•‧∙⋅./()-]", written) if part]
    small = [part.lower() for part in parts]
    is_plural = small[-1] == "s" or (len(small) > 1 and small[-1].endswith("s"))
    pair = _SMALL.get(small[0]) if small[0] in {"un", "il"} else None
    if pair is None:
        pair = pair_of(small[0]) or (pair_of(small[0] + small[1]) if len(small) > 1 else None)
    if pair is None or not pair.feminine.endswith(small[1].removesuffix("s")[-2:]):
        if len(small) < 2 or small[1].removesuffix("s") != "e" or re.search(r"[/.-]", written):
            return written
        pair = Pair(small[0], f"{small[0]}e", False, False, False)
    if is_plural and not pair.is_plural:
        pair = Pair(_plural(pair.masculine), f"{pair.feminine}s", False, True, pair.is_person)
    if writing == Writing.SWAPPED:
        # An inclusive form is its own twin's twin: it becomes feminine.
        return _like(written, pair.feminine)
    return _like(
        written, _small(pair, writing, "") if small[0] == "un" else _written(pair, writing)
    )


def _like(model: str, word: str) -> str:
    """Give a word the capitals of another."""
    letters = [c for c in model if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
