"""The languages that a CV claims, with the level as it says it: no level is guessed from a word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from talentpool.cv.sections import Line, Part
from talentpool.naming import folded

#: Languages by their French name, to the other words for them, as `naming.folded` writes them.
NAMES = {
    "Allemand": "allemand german deutsch de deu ger",
    "Anglais": "anglais english en eng",
    "Arabe": "arabe arabic ar ara",
    "Breton": "breton br bre",
    "Chinois": "chinois chinese mandarin zh zho",
    "Coréen": "coreen korean ko kor",
    "Espagnol": "espagnol spanish espanol castillan es spa",
    "Français": "francais french fr fra fre",
    "Grec": "grec greek el ell",
    "Hébreu": "hebreu hebrew he heb",
    "Italien": "italien italian italiano it ita",
    "Japonais": "japonais japanese ja jpn",
    "Langue des signes française": "lsf",
    "Néerlandais": "neerlandais dutch nl nld",
    "Occitan": "occitan oc oci",
    "Polonais": "polonais polish pl pol",
    "Portugais": "portugais portuguese pt por",
    "Roumain": "roumain romanian ro ron",
    "Russe": "russe russian ru rus",
    "Suédois": "suedois swedish sv swe",
    "Turc": "turc turkish tr tur",
    "Ukrainien": "ukrainien ukrainian uk ukr",
    "Vietnamien": "vietnamien vietnamese vi vie",
}
MOTHER_TONGUE = "langue maternelle"
_WORDS = (
    (MOTHER_TONGUE, r"langue maternelle|maternel\w*|mother tongue|native\w*"),
    ("bilingue", r"bilingu\w+|bilingual"),
    ("courant", r"courant|couramment|fluent\w*|full professional|professional proficiency"),
    ("intermédiaire", r"intermediaire|intermediate|limited working|niveau moyen|moyen"),
    ("notions", r"notions?|scolaire|debutant\w*|basics?|beginner|elementary|elementaire"),
)
_CEFR = re.compile(r"(?<![a-z0-9])([abc][12])(?![a-z0-9])")
_BY_NAME = {word: name for name, words in NAMES.items() for word in words.split()}
_WORD = re.compile(r"[a-z]+")
#: Codes are read in structured files only: « de » and « it » are words.
_SHORTEST = 4
#: Letters between a language and its level, where no heading says that languages are told.
_NEAR = 40


@dataclass(frozen=True)
class ToldLanguage:
    """A language, its level or nothing, and the line that says so."""

    name: str
    level: str
    line: str


def language_named(text: str) -> str:
    """Return the French name of a language, or what was written when it is none that we know."""
    plain = folded(text)
    return _BY_NAME.get(plain) or next(
        (_BY_NAME[word] for word in plain.split() if len(word) >= _SHORTEST and word in _BY_NAME),
        text.strip()[:60].capitalize(),
    )


def level_named(text: str) -> str:
    """Return the level that a text tells, of the European framework or in a word, or nothing."""
    plain = folded(text)
    if found := _CEFR.search(plain):
        return found[1].upper()
    return next((level for level, words in _WORDS if re.search(rf"\b(?:{words})", plain)), "")


def languages_in(lines: Sequence[Line]) -> list[ToldLanguage]:
    """Find the languages under their heading, or said elsewhere with a level; each once."""
    found: dict[str, ToldLanguage] = {}
    told = [line for line in lines if line.part is Part.LANGUAGES]
    for index, line in enumerate(told):
        # « Anglais », and its level on the next line.
        after = told[index + 1].text if index + 1 < len(told) else ""
        for one in _languages(line.text, after=after):
            found.setdefault(one.name, one)
    for line in lines:
        if line.part not in {Part.LANGUAGES, Part.EXPERIENCE, Part.EDUCATION}:
            for one in _languages(line.text[:300], near=_NEAR):
                if one.level:
                    found.setdefault(one.name, one)
    return list(found.values())


def _languages(line: str, *, after: str = "", near: int | None = None) -> list[ToldLanguage]:
    plain = folded(line)
    names = [
        (match.start(), match.end(), _BY_NAME[match[0]])
        for match in _WORD.finditer(plain)
        if (len(match[0]) >= _SHORTEST or match[0] == "lsf") and match[0] in _BY_NAME
    ]
    found = []
    for index, (_start, end, name) in enumerate(names):
        limit = names[index + 1][0] if index + 1 < len(names) else len(plain)
        level = level_named(plain[end : limit if near is None else min(limit, end + near)])
        if not level and len(names) == 1:
            first = plain[: names[0][0]]
            level = level_named(first if near is None else first[-near:])
        if not level and near is None and len(names) == 1 and not _names_language(after):
            level = level_named(after)
        found.append(ToldLanguage(name, level, line.strip()))
    return found


def _names_language(line: str) -> bool:
    return any(len(word) >= _SHORTEST and word in _BY_NAME for word in folded(line).split())
