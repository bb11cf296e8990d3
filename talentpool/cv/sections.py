"""A CV's lines under their headings: what is said of skills is not read as an experience."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from talentpool.naming import folded


class Part(StrEnum):
    """What a part of a CV tells."""

    TOP = "top"
    EXPERIENCE = "experience"
    EDUCATION = "education"
    SKILLS = "skills"
    LANGUAGES = "languages"
    INTERESTS = "interests"
    SUMMARY = "summary"
    OTHER = "other"


_HEADINGS = {
    Part.EXPERIENCE: (
        "experience|experiences|experience professionnelle|experiences professionnelles|parcours"
        "|parcours professionnel"
        "|work experience|professional experience|employment|employment history|career|emplois|missions"
        "|carriere|experiences significatives|work history|experiences et missions"
    ),
    Part.EDUCATION: (
        "formation|formations|education|diplomes|etudes|formation et diplomes|diplomes et formations"
        "|formations et diplomes"
        "|academic background|education and training|formation initiale|parcours academique|scolarite"
        "|certifications"
        "|certificats|training"
    ),
    Part.SKILLS: (
        "competences|skills|competences techniques|competences cles|technical skills|key skills|outils"
        "|savoir faire"
        "|competences professionnelles|expertise|expertises|technologies|langages et outils"
        "|competences informatiques"
        "|informatique|tools|competences et outils|stack technique|methodes et outils|core skills"
    ),
    Part.LANGUAGES: "langues|languages|langues parlees|competences linguistiques|langue|language skills",
    Part.INTERESTS: (
        "centres d interet|loisirs|interests|hobbies|centre d interet|interets|divers|activites|passions"
        "|vie associative et loisirs|hobbies and interests"
    ),
    Part.SUMMARY: (
        "profil|profile|a propos|about|about me|resume|summary|presentation|a propos de moi|objectif"
        "|objective|qui suis je"
    ),
    Part.OTHER: (
        "references|contact|coordonnees|publications|projets|projects|personal information"
        "|informations personnelles"
        "|etat civil|engagements|benevolat|volunteering|distinctions|awards|contacts|projets personnels"
    ),
}
_BY_HEADING = {name: part for part, names in _HEADINGS.items() for name in names.split("|")}
_LONGEST_HEADING = 45
_SPACED = re.compile(r"(?:\S ){3,}\S")


@dataclass(frozen=True)
class Line:
    """One line of a CV, tidied, and the part that it belongs to."""

    text: str
    part: Part
    is_point: bool = False


_POINT = re.compile(r"^\s*(?:[•◦▪‣●○■□➢➔✓*\uf0b7o]|[-–—])\s+")


def tidy(text: str) -> str:
    """Return a text as keyboards write it: accents joined to their letters, no invisible sign."""
    plain = unicodedata.normalize("NFC", text.replace("\u00a0", " ").replace("\u202f", " "))
    for ligature, letters in (("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi"), ("ﬄ", "ffl")):
        plain = plain.replace(ligature, letters)
    return "".join(
        c
        for c in plain
        if c in "\n\t" or not unicodedata.category(c).startswith(("C",)) or c == "\uf0b7"
    )


def lines_of(text: str) -> list[Line]:
    """Cut a tidied text into its lines, headings left out, each under the heading it stands below."""
    part = Part.TOP
    found = []
    for raw in text.split("\n"):
        stripped = raw.strip()
        if not stripped:
            continue
        heading, rest = _heading(stripped)
        if heading is not None:
            part = heading
            stripped = rest
        if stripped:
            is_point = bool(_POINT.match(stripped))
            found.append(Line(_POINT.sub("", stripped), part, is_point))
    return found


def _heading(line: str) -> tuple[Part | None, str]:
    """Return the part that a line opens, and what it says besides: « Langues : anglais »."""
    title = line.replace(" ", "") if _SPACED.fullmatch(line) else line
    if len(title) <= _LONGEST_HEADING:
        name = folded(title)
        part = _BY_HEADING.get(name) or _BY_HEADING.get(name.replace(" ", ""))
        if part is not None:
            return part, ""
    before, colon, after = line.partition(":")
    if colon and after.strip() and len(before) <= _LONGEST_HEADING and not _POINT.match(line):
        part = _BY_HEADING.get(folded(before))
        if part in {Part.LANGUAGES, Part.SKILLS, Part.INTERESTS}:
            return part, after.strip()
    return None, line
