"""From when to when: the dates of a CV, in French and in English, however people write them."""

import re
from dataclasses import dataclass

from talentpool.talents.months import months_in_words

_MONTHS = (
    r"jan(?:v(?:ier)?|uary)?",
    r"f[ée]v(?:r(?:ier)?)?|feb(?:ruary)?",
    r"mar(?:s|ch)?",
    r"avr(?:il)?|apr(?:il)?",
    r"mai|may",
    r"juin|june?",
    r"juil(?:let)?|july?",
    r"ao[uû]t|aug(?:ust)?",
    r"sept?(?:embre|ember)?",
    r"oct(?:obre|ober)?",
    r"nov(?:embre|ember)?",
    r"d[ée]c(?:embre)?|dec(?:ember)?",
)
_MONTH = "|".join(_MONTHS)
_YEAR = r"(?:19[5-9]\d|20\d\d)"
_POINT = (
    rf"(?:(?:{_MONTH})\.?\s{{1,3}}{_YEAR}|(?:\d{{1,2}}[/.])?(?:0?[1-9]|1[0-2])[/.]{_YEAR}"
    rf"|{_YEAR}-(?:0[1-9]|1[0-2])(?:-\d{{2}})?|{_YEAR})"
)
_NOW = (
    r"(?:aujourd['’]\s?hui|à ce jour|ce jour|à présent|maintenant|présent|present|en cours|actuel(?:lement)?"
    r"|now|today|current(?:ly)?|date)"
)
_TO = r"\s{0,3}(?:[-–—→]|jusqu['’](?:à|en)|à|au|to|until|till)\s{0,3}"
_BORDERS = (r"(?<![\w/.-])", r"(?![\w/]|-\d)")
_RANGE = re.compile(
    rf"{_BORDERS[0]}(?:de\s|du\s|from\s)?(?P<from>{_POINT})(?:{_TO}(?:(?P<to>{_POINT})|(?P<now>{_NOW}))"
    rf"|\s(?P<ongoing>à ce jour|en cours)){_BORDERS[1]}",
    re.IGNORECASE,
)
# « septembre à décembre 2021 »: one year for both.
_SAME_YEAR = re.compile(
    rf"{_BORDERS[0]}(?:de\s|from\s)?(?P<first>{_MONTH})\.?{_TO}(?P<to>(?:{_MONTH})\.?\s{{1,3}}(?P<year>{_YEAR}))"
    rf"{_BORDERS[1]}",
    re.IGNORECASE,
)
_SINCE = re.compile(
    rf"{_BORDERS[0]}(?:depuis|since)(?:\s(?:le|the))?\s{{1,3}}(?P<from>{_POINT}){_BORDERS[1]}",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"^\W{{0,3}}(?:en\s|in\s)?(?P<from>{_POINT}){_BORDERS[1]}|\((?P<inside>{_POINT})\)\W{{0,3}}$",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"(?P<month>{_MONTH})\.?\s{{1,3}}(?P<year>{_YEAR})", re.IGNORECASE)
_NUMBERED = re.compile(rf"(?P<month>\d{{1,2}})[/.](?P<year>{_YEAR})$")
_ISO = re.compile(rf"(?P<year>{_YEAR})-(?P<month>\d{{2}})")

Point = tuple[int, int | None]


@dataclass(frozen=True)
class Period:
    """From one month or year to another, or until now; and where the text says it."""

    starts: Point
    ends: Point | None = None
    is_current: bool = False
    span: tuple[int, int] = (0, 0)

    @property
    def started(self) -> str:
        """The first month, « 2019-03 », or the year alone."""
        return _kept(self.starts)

    @property
    def ended(self) -> str:
        """The last month or year, the first one when no other is said, nothing while it goes on."""
        return "" if self.is_current else _kept(self.ends or self.starts)

    def __str__(self) -> str:
        return months_in_words(self.started, self.ended)


def period_in(line: str, *, alone: bool = False) -> Period | None:
    """Find the first period of a line; a year on its own counts only when `alone` is asked for."""
    if found := _SINCE.search(line):
        return Period(_point(found["from"]), is_current=True, span=found.span())
    if found := _RANGE.search(line):
        is_current = bool(found["now"] or found["ongoing"])
        ends = _point(found["to"]) if found["to"] else None
        return Period(_point(found["from"]), ends, is_current, found.span())
    if found := _SAME_YEAR.search(line):
        starts = (int(found["year"]), _month(found["first"]))
        return Period(starts, _point(found["to"]), span=found.span())
    if alone and (found := _ALONE.search(line)):
        return Period(_point(found["from"] or found["inside"]), span=found.span())
    return None


def period_of(starts: str, ends: str, *, is_current: bool) -> Period | None:
    """Return the period of dates written 2019 or 2019-03, None without a start."""
    if not re.fullmatch(_YEAR + r"(?:-(?:0[1-9]|1[0-2]))?", starts):
        return None
    last = _point(ends) if re.fullmatch(_YEAR + r"(?:-(?:0[1-9]|1[0-2]))?", ends) else None
    return Period(_point(starts), last, is_current and last is None)


def _point(text: str) -> Point:
    if found := _NAMED.fullmatch(text):
        return int(found["year"]), _month(found["month"])
    if found := _NUMBERED.search(text) or _ISO.match(text):
        return int(found["year"]), int(found["month"])
    return int(text), None


def _month(name: str) -> int | None:
    for number, pattern in enumerate(_MONTHS, start=1):
        if re.fullmatch(pattern, name, re.IGNORECASE):
            return number
    return None


def _kept(point: Point) -> str:
    year, month = point
    return f"{year}-{month:02}" if month else str(year)
