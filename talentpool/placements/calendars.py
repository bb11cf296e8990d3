"""Days as iCalendar text (RFC 5545), by the icalendar library."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, vText

REFRESH = timedelta(hours=12)
#: What RFC 5545 lets no text hold, beside the spaces that lines are joined by.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class CalendarEntry:
    """Whole days, the last one included; `uid` stays the same when the entry changes, `sequence` rises."""

    uid: str
    summary: str
    starts_on: date
    ends_on: date
    description: str
    url: str
    updated_at: datetime
    sequence: int = 0


def calendar_bytes(name: str, entries: Iterable[CalendarEntry], *, updated_at: datetime) -> bytes:
    """Return a calendar to subscribe to; the same entries give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Vivier du numerique//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _line(name))
    calendar.add("x-wr-calname", vText(_line(name)))
    calendar.add("last-modified", updated_at)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("uid", _line(entry.uid))
    event.add("dtstamp", entry.updated_at)
    event.add("summary", _line(entry.summary))
    event.add("description", _line(entry.description))
    event.add("dtstart", entry.starts_on)
    event.add("dtend", entry.ends_on + timedelta(days=1))
    event.add("url", _line(entry.url))
    event.add("sequence", entry.sequence)
    event.add("transp", "TRANSPARENT")
    return event


def _line(text: str) -> str:
    """Keep a text on one line: some readers of calendars break at any kind of line end."""
    return " ".join(_CONTROLS.sub("", text).split())
