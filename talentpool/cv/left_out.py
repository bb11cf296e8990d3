"""What a CV says and nobody asked for, or hides: it is taken out before anything is proposed, and told."""

import re
from enum import StrEnum

from talentpool.i18n import _


class LeftOut(StrEnum):
    """What is never taken from a CV."""

    BIRTH = "birth"
    FAMILY = "family"
    NATIONALITY = "nationality"
    GENDER = "gender"
    ADDRESS = "address"
    CONTACT = "contact"
    PHOTO = "photo"
    PAGES = "pages"
    HIDDEN_COLOUR = "hidden_colour"
    HIDDEN_SIZE = "hidden_size"
    HIDDEN_PLACE = "hidden_place"
    HIDDEN_MARK = "hidden_mark"

    @property
    def label(self) -> str:
        """What it is as people say it, marked for translation."""
        return LEFT_OUT_LABELS[self]


LEFT_OUT_LABELS = {
    LeftOut.BIRTH: _("date de naissance ou âge"),
    LeftOut.FAMILY: _("situation de famille"),
    LeftOut.NATIONALITY: _("nationalité"),
    LeftOut.GENDER: _("sexe"),
    LeftOut.ADDRESS: _("adresse postale"),
    LeftOut.CONTACT: _("courriel, téléphone ou liens"),
    LeftOut.PHOTO: _("photo ou image"),
    LeftOut.PAGES: _("texte des pages du PDF"),
    LeftOut.HIDDEN_COLOUR: _("texte caché : de la couleur de ce qui l’entoure"),
    LeftOut.HIDDEN_SIZE: _("texte caché : trop petit pour être lu"),
    LeftOut.HIDDEN_PLACE: _("texte caché : hors de la page"),
    LeftOut.HIDDEN_MARK: _("texte caché : masqué dans le document"),
}

_PATTERNS = {
    LeftOut.BIRTH: (
        r"\bnée?(?:\(e\))?\s+(?:le|en|à)\b|\bdate (?:et lieu )?de naissance\b"
        r"|\b(?:date of birth|born (?:on|in)|birth ?date)\b"
        r"|\bâgée? de\b|^\W*(?:âge|age)\s*:|\b[1-9]\d\s*ans\b(?!\s*(?:d['’]|de\b|en\b|dans\b|comme\b))"
        r"|\b[1-9]\d years old\b"
        r"|\baged? [1-9]\d\b"
    ),
    LeftOut.FAMILY: (
        r"\bcélibataire\b|\bmariée?(?:\(e\))?\b|\bpacsée?\b|\bdivorcée?\b|\bveu(?:f|ve)\b|\ben concubinage\b"
        r"|\b(?:\d|un|deux|trois|quatre|sans) enfants?\b|\bsituation (?:de famille|familiale)\b"
        r"|\bmarital status\b|\b(?:married|divorced|widowed)\b|^\W*single\W*$"
        r"|\b(?:\d|one|two|three|no) (?:child|children|kids)\b"
        r"|\b(?:père|mère) de (?:famille|\d|deux|trois)\b"
    ),
    LeftOut.NATIONALITY: (
        r"\bnationalit(?:é|y)\b|\bcitizenship\b|^\W*citizen of\b|\bressortissante?\b|^\W*(?:de )?nationalité\b"
    ),
    LeftOut.GENDER: r"^\W*(?:sexe|genre|gender|sex)\s*:",
    # A town takes its capital: « 75011 Paris » is an address, « 12000 lignes » is not.
    LeftOut.ADDRESS: (
        r"(?i:\b\d{1,4}\s*(?:bis|ter)?,?\s+(?:rue|avenue|av\.|boulevard|bd|place|chemin|allées?|impasse|quai|route|cours"
        r"|square|street|road)\b)|\b(?:F-)?\d{5}\s+[A-ZÉÈÀ][\w'’-]+|(?i:^\W*(?:adresse|address|domicile)\s*:)"
    ),
    LeftOut.CONTACT: (
        r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}|(?<!\d)(?:\+|00)\d[\d\s().-]{7,18}\d"
        r"|(?<!\d)0\d(?:[\s.-]?\d{2}){4}(?!\d)"
        r"|\bhttps?://\S+|\bwww\.\S+|\b(?:linkedin|github|gitlab)\.com/\S+"
    ),
}
_FOUND = {
    code: re.compile(pattern, re.MULTILINE | (0 if code is LeftOut.ADDRESS else re.IGNORECASE))
    for code, pattern in _PATTERNS.items()
}
# What stands side by side on one line is judged apart.
_BESIDE = re.compile(r"(\s{1,3}[|•·–—]\s{1,3}|\t{1,5}|\s{3,40}|(?<!\d)(?<!bis)(?<!ter),\s)")
#: A sentence that long tells of work: only what is certain is cut from it.
_A_SENTENCE = 140


def without_private(text: str) -> tuple[str, set[LeftOut]]:
    """Return the text without what nobody asked for, and what that was."""
    left: set[LeftOut] = set()
    kept = [_line(line, left) for line in text.split("\n")]
    return "\n".join(kept), left


def _line(line: str, left: set[LeftOut]) -> str:
    found = {code for code, pattern in _FOUND.items() if pattern.search(line)}
    if not found:
        return line
    parts = _BESIDE.split(line)
    for index in range(0, len(parts), 2):
        for code in found:
            if _FOUND[code].search(parts[index]):
                left.add(code)
                is_long = len(parts[index]) > _A_SENTENCE
                parts[index] = _FOUND[code].sub("", parts[index]) if is_long else ""
    rest = "".join(parts)
    # An address goes over its commas, and leaves them.
    return re.sub(r"^[\s,|•·–—]+|[\s,|•·–—]+$", "", rest)
