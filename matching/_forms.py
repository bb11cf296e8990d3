"""One word in the form that it is counted under: no accents, gender or number, only its stem."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer

from matching._lexicon import STOP_WORDS, TRAITS

LONGEST_WORD = 40
"""Letters beyond which a run is no word: an identifier, a key, or an attack."""

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ı": "i"})


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Fold a word's capitals, accents, ligatures and typographic variants."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LIGATURES)


# Feminine and masculine endings brought to one, on folded singulars; the first that fits counts.
# « -eur » and « -eux » share « -euse », so the three end alike; « -if » becomes « -ive », since
# without accents « motivé » looks like a feminine.
_NEUTRAL_ENDINGS = [
    (re.compile(pattern + "$"), ending)
    for pattern, ending in (
        ("(?<=..)(?:rice|eure|eur|euse|eux)", "eur"),
        ("(?<=...)(?<!e)aux", "al"),
        ("(?<=..)(i|ll|g|ch)ere", r"\1er"),
        ("(?<=..)elle", "el"),
        ("(?<=..)([aeo])nne", r"\1n"),
        ("(?<=..)ette", "et"),
        ("(?<=..)ffe", "f"),
        ("(?<=.)([iu])f", r"\1ve"),
        ("(?<=...)que", "c"),
        ("(?<=..)ee", "e"),
    )
]
_ODD_PAIRS = {
    "nouvelle": "nouveau",
    "designeuse": "designer",
    "designeur": "designer",
    "manageuse": "manager",
    "manageur": "manager",
    "leadeuse": "leader",
    "leadeur": "leader",
    "admise": "admi",
    "francaise": "francai",
    "doctoresse": "docteur",
    "mairesse": "maire",
    "hotesse": "hote",
    "maitresse": "maitre",
    "copine": "copain",
    "grecque": "grec",
    "franche": "franc",
    "blanche": "blanc",
    "longue": "long",
    "douce": "doux",
    "fausse": "faux",
    "favorite": "favori",
}


@lru_cache(maxsize=65_536)
def neutral(word: str) -> str:
    """Bring a folded word to a form that its masculine, feminine and plural share."""
    if len(word) > 3 and word.endswith(("s", "eaux")) and not word.endswith("ss"):
        word = word[:-1]
    word = _ODD_PAIRS.get(word, word)
    for pattern, ending in _NEUTRAL_ENDINGS:
        changed, count = pattern.subn(ending, word)
        if count:
            return changed
    return word


_TRAITS = TRAITS | frozenset(map(neutral, TRAITS))


def _states_a_trait(folded: str) -> bool:
    form = neutral(folded)
    return form in _TRAITS or (len(form) > 4 and form.removesuffix("e") in _TRAITS)


_stemmer = Stemmer.Stemmer("french")


LONG_STEM = 7
"""Letters from which a stem is stemmed once more; shorter ones would lose what they mean."""


def _stem(word: str) -> str:
    """Stem while the stem stays long, so that « spécialisation » meets « spécialisé »."""
    stem = str(_stemmer.stemWord(word))
    return stem if stem == word or len(stem) < LONG_STEM else _stem(stem)


@lru_cache(maxsize=65_536)
def term(word: str) -> str:
    """Reduce a word to the term that it is counted under, or to nothing when it is not counted."""
    folded = fold(word)
    if len(folded) == 1:
        # Two languages have one letter for a name; others are initials.
        return folded if word in ("R", "C") else ""
    if len(folded) > LONGEST_WORD or folded in STOP_WORDS or _states_a_trait(folded):
        return ""
    if folded.isalpha():
        return _stem(neutral(folded))
    # Numbers are years and ages more often than anything else.
    return folded if any(c.isalpha() for c in folded) else ""
