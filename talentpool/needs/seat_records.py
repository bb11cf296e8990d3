"""Seats as files hold them: spelled out one by one, or implied by a need's families."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import chain, count, repeat
from typing import Any

from talentpool.i18n import _
from talentpool.naming import folded
from talentpool.needs.models import LONGEST_NEED_TEXT, NeedSeat, SeatStatus
from talentpool.needs.services import SeatContent, seat_content_of
from talentpool.skills.held import NamedSkill, SkillNames, notation, once_each
from talentpool.skills.queries import families_by_name
from talentpool.tabular.reading import Row
from talentpool.tabular.text import one_line
from talentpool.talents.clearances import clearance_named
from talentpool.talents.models import EmploymentStatus

LONGEST = 120
LONGEST_TITLE = 200
UNKNOWN_FAMILY = _("Famille inconnue, gardée telle quelle : « %(value)s ».")
UNKNOWN_SKILL = _("Compétence inconnue, gardée telle quelle : « %(value)s ».")
BAD_PERIOD = _("La fin ne vient pas après le début : les deux dates sont ignorées.")
BAD_MEMBER = _("Poste %(place)s : « %(member)s » est illisible et ignoré.")


class SeatReader:
    """Reads the seats that a row of a need gives."""

    def __init__(self) -> None:
        self._families = families_by_name()
        self._skills = SkillNames()

    def seats(self, row: Row, values: dict[str, Any], stored: list[NeedSeat]) -> list[SeatContent]:
        """Return the seats of a row, in the order of the stored ones where they correspond.

        Each seat that the row spells out keeps, of the stored one in its place, what its record
        leaves out. Otherwise there is one seat per family, and none is added for a family that a
        stored seat serves.
        """
        before = [seat_content_of(seat) for seat in stored]
        if values.get("seats"):
            blanks = repeat(SeatContent(), len(values["seats"]))
            places = zip(count(1), values["seats"], chain(before, blanks), strict=False)
            contents = [
                self._spelled_out(_Record(row, place, record), content)
                for place, record, content in places
            ]
        else:
            contents = self._shared(row, values, before)
        return [_asked_once(content) for content in contents]

    def _shared(
        self, row: Row, values: dict[str, Any], before: list[SeatContent]
    ) -> list[SeatContent]:
        """Return the stored seats and those of new families, with what the row says of all at once."""
        shared: dict[str, Any] = {}
        for column, name in (("must", "must"), ("skills", "nice")):
            if column in values:
                shared[name] = self._skill_list(row, values[column], column)
        if "share_pct" in values and row.is_within("share_pct", values["share_pct"], 10, 100):
            shared["share_pct"] = values["share_pct"]
        dates: dict[str, Any] = {
            name: values[name] for name in ("starts_on", "ends_on") if name in values
        }
        served = {self._served(content) for content in before}
        contents = [*before]
        for label in values.get("families") or []:
            content = SeatContent(**self._family(row, label, "families"))
            if self._served(content) not in served:
                served.add(self._served(content))
                contents.append(content)
        return [_dated(row, "ends_on", replace(c, **shared), dates) for c in contents]

    def _spelled_out(self, record: "_Record", before: SeatContent) -> SeatContent:
        row = record.row
        given = (
            record.text("title", LONGEST_TITLE, _line)
            | record.text("mission", LONGEST_NEED_TEXT, _text)
            | record.text("town", LONGEST, _line)
            | record.number("share_pct", 10, 100)
            | record.number("remote_days", 0, 5)
            | record.number("seniority_years", 0, 40)
            | record.read("clearance", _clearance)
            | record.read("statuses", _statuses)
        )
        for label in record.text("family", LONGEST, _line).values():
            given |= self._family(row, label, "seats")
        for member in ("must", "nice"):
            for labels in record.read(member, _lines).values():
                given[member] = self._skill_list(row, labels, "seats")
        for status in record.read("status", _status).values():
            given |= {"status": status} if status else {}
        dates = record.read("starts_on", _day) | record.read("ends_on", _day)
        return _dated(row, "seats", replace(before, **given), dates)

    def _served(self, content: SeatContent) -> str:
        """Return what tells a seat's family from others, one that was unknown when it came in too."""
        named = folded(content.family_as_given)
        family = content.family or self._families.get(named)
        return family.code if family else named

    def _family(self, row: Row, label: str, column: str) -> dict[str, Any]:
        family = self._families.get(folded(label)) if label else None
        if label and family is None:
            row.warn(column, UNKNOWN_FAMILY, value=label[:80])
        return {"family": family, "family_as_given": "" if family else label[:LONGEST]}

    def _skill_list(self, row: Row, labels: list[str], column: str) -> list[NamedSkill]:
        skills = once_each(self._skills.named(row.fit(column, label, LONGEST)) for label in labels)
        for named in skills:
            if named.skill is None:
                row.warn(column, UNKNOWN_SKILL, value=named.label[:80])
        return skills


class _Record:
    """One spelled-out seat: each member under its name, or nothing when it is left out or unreadable.

    What is unreadable is reported.
    """

    def __init__(self, row: Row, place: int, record: dict[str, Any]) -> None:
        self.row, self._place, self._record = row, place, record

    def read(self, member: str, meaning: Callable[[Any], Any]) -> dict[str, Any]:
        """Return a member as `meaning` understands it, which raises TypeError or ValueError."""
        if member not in self._record:
            return {}
        try:
            return {member: meaning(self._record[member])}
        except (TypeError, ValueError):
            self.row.warn("seats", BAD_MEMBER, place=str(self._place), member=member)
            return {}

    def text(self, member: str, limit: int, meaning: Callable[[Any], str]) -> dict[str, Any]:
        """Return a text that is short enough."""
        read = self.read(member, meaning)
        return {name: self.row.fit("seats", text, limit) for name, text in read.items()}

    def number(self, member: str, low: int, high: int) -> dict[str, Any]:
        """Return a number that lies in its range."""
        read = self.read(member, _number)
        return {
            n: value for n, value in read.items() if self.row.is_within("seats", value, low, high)
        }


def _text(value: Any) -> str:
    if not isinstance(value, str | None):
        raise TypeError(value)
    return value or ""


def _line(value: Any) -> str:
    return one_line(_text(value))


def _lines(value: Any) -> list[str]:
    if not isinstance(value, list | None):
        raise TypeError(value)
    if not all(isinstance(item, str) for item in value or ()):
        raise TypeError(value)
    return [line for line in map(one_line, value or ()) if line]


def _number(value: Any) -> int | None:
    if not isinstance(value, int | None) or isinstance(value, bool):
        raise TypeError(value)
    return value


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if _text(value) else None


def _clearance(value: Any) -> str:
    return clearance_named(_line(value)).value if _line(value) else ""


def _statuses(value: Any) -> list[str]:
    # In the order of the form, so that a save without a change changes nothing.
    given = {EmploymentStatus(code) for code in _lines(value)}
    return [status.value for status in EmploymentStatus if status in given]


def _status(value: Any) -> SeatStatus | None:
    return SeatStatus(value) if _text(value) else None


def _dated(row: Row, column: str, content: SeatContent, dates: dict[str, Any]) -> SeatContent:
    """Return a seat with the dates given, or as it was when it would end before it starts."""
    dated = replace(content, **dates)
    if dated.starts_on and dated.ends_on and dated.ends_on <= dated.starts_on:
        if all(finding.message != BAD_PERIOD for finding in row.findings):
            row.warn(column, BAD_PERIOD)
        return content
    return dated


def _asked_once(content: SeatContent) -> SeatContent:
    """Return a seat whose musts are not among its wishes too, as it will be stored."""
    asked = once_each([*content.must, *content.nice])
    return replace(content, nice=asked[len(content.must) :])


def seat_record(seat: NeedSeat) -> dict[str, Any]:
    """Spell a stored seat out so that `SeatReader` reads it back to the same."""
    asked = [(skill.is_must, notation(skill.label, skill.level, False)) for skill in seat.skills]
    return {
        "title": seat.title,
        "family": seat.family.code if seat.family else seat.family_as_given,
        "must": [label for is_must, label in asked if is_must],
        "nice": [label for is_must, label in asked if not is_must],
        "share_pct": seat.share_pct,
        "starts_on": seat.starts_on.isoformat() if seat.starts_on else None,
        "ends_on": seat.ends_on.isoformat() if seat.ends_on else None,
        "town": seat.town,
        "remote_days": seat.remote_days,
        "seniority_years": seat.seniority_years,
        "clearance": seat.clearance,
        "statuses": seat.statuses,
        "status": seat.status.value,
        "mission": seat.mission,
    }
