"""Calendars: whole days, stable, and no text that adds a component of its own."""

import re
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from talentpool.placements.calendars import CalendarEntry, calendar_bytes

AT = datetime(2026, 11, 25, 8, tzinfo=UTC)


def entry(**changes: object) -> CalendarEntry:
    values: dict[str, object] = {
        "uid": "mission-1@vivier",
        "summary": "Mission",
        "starts_on": date(2027, 1, 4),
        "ends_on": date(2027, 1, 8),
        "description": "Poste",
        "url": "https://vivier.example/placements/1",
        "updated_at": AT,
        **changes,
    }
    return CalendarEntry(**values)  # type: ignore[arg-type]


def test_the_last_day_is_included() -> None:
    event = Calendar.from_ical(calendar_bytes("Missions", [entry()], updated_at=AT)).walk("VEVENT")[
        0
    ]
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2027, 1, 4), date(2027, 1, 9))


def test_the_same_entries_give_the_same_bytes() -> None:
    assert calendar_bytes("A", [entry()], updated_at=AT) == calendar_bytes(
        "A", [entry()], updated_at=AT
    )


@given(st.text())
def test_no_text_adds_a_component(text: str) -> None:
    hostile = f"{text}\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:x;{text},\\"
    content = calendar_bytes("M", [entry(summary=hostile, description=hostile)], updated_at=AT)
    events = Calendar.from_ical(content).walk("VEVENT")
    assert len(events) == 1
    assert events[0]["uid"] == "mission-1@vivier"


@given(st.text(st.characters(exclude_categories=())))
def test_neither_name_nor_identifier_nor_address_adds_a_line(text: str) -> None:
    hostile = f"{text}\r\nEND:VEVENT\nBEGIN:VEVENT\x0b\u2028{text}"
    content = calendar_bytes(hostile, [entry(uid=hostile, url=hostile)], updated_at=AT)
    lines = content.replace(b"\r\n ", b"").split(b"\r\n")
    assert lines.count(b"BEGIN:VEVENT") == lines.count(b"END:VEVENT") == 1
    assert not re.search(rb"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f]|(?<!\r)\n", content)


def test_an_entry_is_a_whole_day_that_blocks_nothing() -> None:
    content = calendar_bytes("A;b, c", [entry()], updated_at=AT).decode()
    for line in (
        "METHOD:PUBLISH",
        "X-WR-CALNAME:A\\;b\\, c",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "DTSTART;VALUE=DATE:20270104",
        "DTEND;VALUE=DATE:20270109",
        "DTSTAMP:20261125T080000Z",
        "TRANSP:TRANSPARENT",
        "UID:mission-1@vivier",
    ):
        assert line in content.split("\r\n")
