"""Calendars: whole days, stable, and no text that adds a component of its own."""

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
    event = Calendar.from_ical(calendar_bytes("Missions", [entry()], updated_at=AT)).walk("VEVENT")[0]
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
