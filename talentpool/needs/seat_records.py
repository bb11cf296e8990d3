"""Seats as files hold them: spelled out one by one, or implied by a need's families."""

from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from talentpool.i18n import _
from talentpool.naming import folded
from talentpool.needs.models import NeedSeat, SeatStatus
from talentpool.needs.services import SeatContent, seat_content_of
from talentpool.skills.held import NamedSkill, SkillNames, notation, once_each
from talentpool.skills.queries import families_by_name
from talentpool.tabular.reading import Row

Value = TypeVar("Value")
LONGEST = 120
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

        Seats that the row spells out are taken as they are. Otherwise there is one seat per family,
        and none is added for a family that a stored seat serves.
        """
        if values.get("seats"):
            return [
                self._spelled_out(row, place, record)
                for place, record in enumerate(values["seats"], start=1)
            ]
        shared = self._shared(row, values)
        contents = [replace(seat_content_of(seat), **shared) for seat in stored]
        served = {(c.family.id if c.family else c.family_as_given) for c in contents}
        for label in values.get("families") or []:
            family = self._family(row, label, "families")
            if (family["family"].id if family["family"] else label) not in served:
                served.add(family["family"].id if family["family"] else label)
                contents.append(SeatContent(**family, **shared))
        return contents

    def _shared(self, row: Row, values: dict[str, Any]) -> dict[str, Any]:
        """Return what the row says of every seat at once."""
        shared: dict[str, Any] = {}
        for column, name in (("must", "must"), ("skills", "nice")):
            if column in values:
                shared[name] = self._skill_list(row, values[column], column)
        if "share_pct" in values:
            shared["share_pct"] = row.within("share_pct", values["share_pct"], 10, 100)
        if "starts_on" in values or "ends_on" in values:
            shared |= _period(row, values.get("starts_on"), values.get("ends_on"))
        return shared

    def _spelled_out(self, row: Row, place: int, record: dict[str, Any]) -> SeatContent:
        read = _Record(row, place, record)
        return SeatContent(
            title=read.text("title")[:200],
            mission=read.text("mission"),
            **self._family(row, read.text("family"), "seats"),
            must=self._skill_list(row, read.texts("must"), "seats"),
            nice=self._skill_list(row, read.texts("nice"), "seats"),
            share_pct=row.within("seats", read.number("share_pct"), 10, 100),
            **_period(row, read.day("starts_on"), read.day("ends_on")),
            town=read.text("town")[:LONGEST],
            remote_days=row.within("seats", read.number("remote_days"), 0, 5),
            status=read.status(),
        )

    def _family(self, row: Row, label: str, column: str) -> dict[str, Any]:
        family = self._families.get(folded(label)) if label else None
        if label and family is None:
            row.warn(column, UNKNOWN_FAMILY, value=label[:80])
        return {"family": family, "family_as_given": "" if family else label[:LONGEST]}

    def _skill_list(self, row: Row, labels: list[str], column: str) -> list[NamedSkill]:
        skills = once_each(self._skills.named(label[:LONGEST]) for label in labels)
        for named in skills:
            if named.skill is None:
                row.warn(column, UNKNOWN_SKILL, value=named.label[:80])
        return skills


class _Record:
    """One spelled-out seat, member by member; what is unreadable is reported and left unknown."""

    def __init__(self, row: Row, place: int, record: dict[str, Any]) -> None:
        self._row, self._place, self._record = row, place, record

    def text(self, member: str) -> str:
        value = self._record.get(member)
        return value if isinstance(value, str) else self._unread(member, value, "")

    def texts(self, member: str) -> list[str]:
        value = self._record.get(member) or []
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return [item for item in value if item.strip()]
        return self._unread(member, value, [])

    def number(self, member: str) -> int | None:
        value = self._record.get(member)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        return self._unread(member, value, None)

    def day(self, member: str) -> date | None:
        value = self._record.get(member)
        try:
            return date.fromisoformat(value) if isinstance(value, str) and value else None
        except ValueError:
            return self._unread(member, value, None)

    def status(self) -> SeatStatus:
        value = self._record.get("status") or SeatStatus.OPEN.value
        known = value in set(SeatStatus)
        return SeatStatus(value) if known else self._unread("status", value, SeatStatus.OPEN)

    def _unread(self, member: str, value: Any, instead: Value) -> Value:
        if value is not None:
            self._row.warn("seats", BAD_MEMBER, place=str(self._place), member=member[:40])
        return instead


def _period(row: Row, starts_on: date | None, ends_on: date | None) -> dict[str, Any]:
    if starts_on and ends_on and ends_on <= starts_on:
        row.warn("ends_on", BAD_PERIOD)
        return {"starts_on": None, "ends_on": None}
    return {"starts_on": starts_on, "ends_on": ends_on}


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
        "status": seat.status.value,
        "mission": seat.mission,
    }
