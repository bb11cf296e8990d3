"""Months as profiles keep them, « 2024-09 » or « 2024 » alone, and as people write them."""

import re

from talentpool.naming import folded

MONTH_NAMES = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_FOLDED = [folded(name) for name in MONTH_NAMES]
_KEPT = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?")
_TYPED = re.compile(r"(?P<month>0?[1-9]|1[0-2])\s?[/.-]\s?(?P<year>(?:19|20)\d\d)")
_NAMED = re.compile(r"(?P<month>[a-z]{3,9})\.? (?P<year>(?:19|20)\d\d)")


def month_of(text: str) -> str:
    """Read « 09/2024 », « 2024-09 », « septembre 2024 » or « 2024 »; raises `ValueError` on anything else."""
    plain = " ".join(folded(text).split()) if not _KEPT.fullmatch(text.strip()) else text.strip()
    if _KEPT.fullmatch(plain):
        return plain
    if found := _TYPED.fullmatch(text.strip()):
        return f"{found['year']}-{int(found['month']):02}"
    if found := _NAMED.fullmatch(plain):
        meant = [n for n, name in enumerate(_FOLDED, 1) if name.startswith(found["month"])]
        if len(meant) == 1:
            return f"{found['year']}-{meant[0]:02}"
    raise ValueError(text)


def month_in_figures(month: str) -> str:
    """Write a kept month as a form shows it: 09/2024."""
    year, _dash, number = month.partition("-")
    return f"{number}/{year}" if number else year


def month_in_words(month: str) -> str:
    """Write a kept month as the profile's own text says it, in French: « septembre 2024 »."""
    year, _dash, number = month.partition("-")
    return f"{MONTH_NAMES[int(number) - 1]} {year}" if number else year


def months_in_words(started: str, ended: str) -> str:
    """Write from when to when, in French; nothing without a start."""
    if not started:
        return ""
    if not ended:
        return f"depuis {month_in_words(started)}"
    if ended == started:
        return month_in_words(started)
    return f"{month_in_words(started)} – {month_in_words(ended)}"
