"""Absences are noted to the half-day, and each half-day is missed once."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.placements import queries
from talentpool.placements.absences import (
    Away,
    EmptyAbsence,
    change_absence,
    note_absence,
    remove_absence,
)
from talentpool.placements.kinds import AbsenceKind, Half
from talentpool.placements.spans import Steps
from tests.factories.placements import ROOMY, TODAY, make_absence, make_contract, make_placement
from tests.factories.talents import make_talent
from tests.recount import COUNTED, day

each_database = pytest.mark.usefixtures("each_database")
MONDAY, TUESDAY, WEDNESDAY = date(2027, 2, 1), date(2027, 2, 2), date(2027, 2, 3)


def away(**changes: Any) -> Away:
    values = {"kind": AbsenceKind.TRAINING, "starts_on": MONDAY, "ends_on": WEDNESDAY}
    return Away(**{**values, **changes})


def absent(first: date = MONDAY, last: date = WEDNESDAY) -> list[tuple[date, Decimal]]:
    ledger = queries.ledger(cap=ROOMY, today=TODAY)
    return [(level.starts_on, level.absent) for level in ledger.levels(first, last)]


@each_database
class TestNoteAbsence:
    def test_halves_at_its_ends_are_missed_by_half(self) -> None:
        talent = make_contract(share=80).talent
        halves = {"starts_half": Half.AFTERNOON, "ends_half": Half.MORNING}
        absence = note_absence(talent, away(**halves), today=TODAY, by=None)
        half, whole = Decimal("0.4"), Decimal("0.8")
        assert absent() == [(MONDAY, half), (TUESDAY, whole), (WEDNESDAY, half)]
        days = (MONDAY, TUESDAY, WEDNESDAY, date(2027, 2, 4))
        assert [absence.fraction_on(d) * 2 for d in days] == [1, 2, 1, 0]

    def test_a_single_afternoon(self) -> None:
        talent = make_contract(share="33.33").talent
        note_absence(
            talent,
            away(ends_on=MONDAY, starts_half=Half.AFTERNOON),
            today=TODAY,
            by=None,
        )
        assert absent() == [(MONDAY, Decimal("0.16665")), (TUESDAY, 0)]

    def test_the_same_morning_noted_twice_is_missed_once(self) -> None:
        talent = make_contract().talent
        for kind in (AbsenceKind.LEAVE, AbsenceKind.TRAINING):
            make_absence(
                talent, kind=kind, starts_on=MONDAY, ends_on=MONDAY, ends_half=Half.MORNING
            )
        assert absent() == [(MONDAY, Decimal("0.5")), (TUESDAY, 0)]

    def test_a_morning_and_an_afternoon_make_a_day(self) -> None:
        talent = make_contract().talent
        make_absence(talent, starts_on=MONDAY, ends_on=MONDAY, ends_half=Half.MORNING)
        make_absence(talent, starts_on=MONDAY, ends_on=MONDAY, starts_half=Half.AFTERNOON)
        assert absent() == [(MONDAY, 1), (TUESDAY, 0)]

    def test_nobody_is_refused_one_and_placements_stay(self) -> None:
        placement = make_placement()
        make_absence(placement.talent, starts_on=MONDAY, ends_on=WEDNESDAY)
        level = next(queries.ledger(cap=ROOMY, today=TODAY).levels(MONDAY, MONDAY))
        assert (level.held, level.placed, level.bench, level.absent) == (1, 0, 0, 1)

    @pytest.mark.parametrize(
        "changes",
        [
            {"ends_on": date(2027, 1, 31)},
            {"ends_on": MONDAY, "starts_half": Half.AFTERNOON, "ends_half": Half.MORNING},
        ],
    )
    def test_one_of_nothing_is_refused(self, changes: dict[str, Any]) -> None:
        with pytest.raises(EmptyAbsence):
            note_absence(make_talent(), away(**changes), today=TODAY, by=None)

    def test_is_journaled_without_its_reason(self) -> None:
        absence = note_absence(make_talent(), away(), today=TODAY, by=None)
        (entry,) = history_of(absence)
        assert entry.action == "absence.noted"
        assert "kind" not in entry.details
        assert entry.details["starts_half"] == "morning"


@each_database
class TestChangeAbsence:
    def test_changes_the_days(self) -> None:
        absence = make_absence(make_contract().talent)
        change_absence(absence, away(ends_on=MONDAY), today=TODAY, by=None)
        assert absent() == [(MONDAY, 1), (TUESDAY, 0)]
        assert history_of(absence)[0].action == "absence.changed"

    def test_nothing_is_journaled_for_nothing(self) -> None:
        absence = make_absence(make_talent())
        same = Away(absence.kind, absence.starts_on, absence.ends_on)
        change_absence(absence, same, today=TODAY, by=None)
        assert len(history_of(absence)) == 1

    def test_to_nothing_is_refused(self) -> None:
        with pytest.raises(EmptyAbsence):
            change_absence(
                make_absence(make_talent()),
                away(ends_on=date(2027, 1, 1)),
                today=TODAY,
                by=None,
            )


@each_database
def test_one_taken_back_is_gone_and_journaled() -> None:
    absence = make_absence(make_contract().talent)
    remove_absence(absence, today=TODAY, by=None)
    db.session.commit()
    assert absent() == [(MONDAY, 0)]
    assert history_of(absence)[0].action == "absence.removed"


halves = st.tuples(st.integers(0, 60), st.integers(0, 30))


@settings(deadline=None)
@given(st.lists(halves))
def test_each_half_day_is_missed_once(stretches: list[tuple[int, int]]) -> None:
    missed = {half for first, length in stretches for half in range(first, first + length + 1)}
    sides = (Half.MORNING, Half.AFTERNOON)
    noted = [
        (day(first // 2), sides[first % 2], day((first + length) // 2), sides[(first + length) % 2])
        for first, length in stretches
    ]
    steps = Steps(queries.missed_days(noted))
    expected = [Decimal((2 * n in missed) + (2 * n + 1 in missed)) / 2 for n in range(COUNTED)]
    assert [steps.on(day(number)) for number in range(COUNTED)] == expected
