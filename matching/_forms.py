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


# « données » are no twin of « donner », and ministries write of them too much to mix the two.
_FEMININE_PARTICIPLE = re.compile("(?<=..)(?<!^donn)ee+$")

# Feminine and masculine endings brought to one, on folded singulars; the first that fits counts.
# « -eur » and « -eux » share « -euse », so the three end alike; « -if » becomes « -ive », since
# without accents « motivé » looks like a feminine. A masculine in « -s » has lost it, as plurals
# do: « chinoise » loses more, but « compris » gets « -ise » back, so as to meet « comprise ».
_NEUTRAL_ENDINGS = [
    (re.compile(pattern + "$"), ending)
    for pattern, ending in (
        (
            "(blogg|design|gam|hack|lead|mak|manag|market|own|report|stream|trad|youtub)"
            "(?:rice|eure|eur|euse)",
            r"\1er",
        ),
        ("(?<=..)(?:(?<!int)eresse|rice|eure|eur|euse|eux)", "eur"),
        (
            "(abb|comt|hot|mair|maitr|ministr|pauvr|poet|pretr|princ|prophet|suiss|traitr)esse",
            r"\1e",
        ),
        ("(?<=..)woman", "man"),
        ("(?<=...)(?<!e)aux", "al"),
        ("(?<=..)(i|ll|g|ch|y)ere", r"\1er"),
        ("(?<=..)(?:eau|elle)", "el"),
        ("(?<=..)([aeo])nne", r"\1n"),
        ("(?<=..)ette", "et"),
        ("(?<=..)(?<!fl)otte", "ot"),
        ("(?<=..)ffe", "f"),
        ("(?<=.)([iu])f", r"\1ve"),
        ("(?<=...)que", "c"),
        ("(?<=...)([ao]i)se", r"\1"),
        ("(pr|qu)i", r"\1ise"),
        # The stemmer would take these masculines for verbs, as « grandit » is.
        ("(?<=.)([dr]|fa)it", r"\1ite"),
    )
]

# What no ending tells: folded singulars, and the form that they share with their twin.
_ODD = """
absoute:absou dissoute:dissou andalouse:andalou jalouse:jaloux douce:doux fausse:faux
rousse:roux folle:fou molle:mou sotte:sot rigolote:rigolo
beau:bel belle:bel egaux:egal ideau:ideal museau:museal gentille:gentil nulle:nul
maligne:malin benigne:benin amere:amer chere:cher fiere:fier breve:bref seche:sec
blanche:blanc franche:franc fraiche:frai grecque:grec longue:long oblongue:oblong
favorite:favori niaise:niai petit:petite tierce:tier
ba:basse bas:basse las:lasse epai:epaisse gra:grasse gro:grosse expresse:expre metisse:meti
diver:diverse epar:eparse perver:perverse retor:retorse clo:close enclo:enclose eclo:eclose
confu:confuse diffu:diffuse incluse:inclu intru:intruse obtu:obtuse perclu:percluse
reclu:recluse
mis:mise admi:admise commi:commise compromi:compromise demise:demi emi:emise omi:omise
permi:permise promi:promise remi:remise soumi:soumise transmi:transmise retransmi:retransmise
assi:assise conci:concise gri:grise indeci:indecise preci:precise
lus:lu nus:nu sus:su
compagne:compagnon copine:copain doctoresse:docteur dre:dr duchesse:duc hebraique:hebreu
hebreux:hebreu heroine:hero marraine:parrain speakerine:speaker actress:actor
"""
_ODD_FORMS = dict(pair.split(":") for pair in _ODD.split())


@lru_cache(maxsize=65_536)
def neutral(word: str) -> str:
    """Bring a folded word to a form that its masculine, feminine and plural share."""
    if len(word) > 3 and word.endswith(("s", "eaux")) and not word.endswith("ss"):
        word = word[:-1]
    word = _FEMININE_PARTICIPLE.sub("e", word)
    word = _ODD_FORMS.get(word, word)
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


# Other lone letters are initials, and « vue » is « vu » more often than a framework.
_NAMES = {"R", "C", "Vue"}
_RANK = re.compile(r"\d+(?:er|e?re|nde?|e)s?")


@lru_cache(maxsize=65_536)
def term(word: str) -> str:
    """Reduce a word to the term that it is counted under, or to nothing when it is not counted."""
    folded = fold(word)
    if word in _NAMES:
        return folded
    if (
        len(folded) == 1
        or len(folded) > LONGEST_WORD
        or folded in STOP_WORDS
        or _states_a_trait(folded)
    ):
        return ""
    if folded.isalpha():
        return _stem(neutral(folded))
    # Numbers are years and ages more often than anything else, and ranks say no more.
    named = any(c.isalpha() for c in folded) and not _RANK.fullmatch(folded)
    return folded if named else ""
