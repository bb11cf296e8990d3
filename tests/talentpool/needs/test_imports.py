import io
import json
from datetime import date

import pytest

from talentpool.db import db
from talentpool.needs.imports import COLUMNS, NeedImporter, need_rows
from talentpool.needs.models import Need, NeedStatus, SeatStatus
from talentpool.needs.queries import whole_needs
from talentpool.organisations.services import load_organisations
from talentpool.skills.services import load_referential
from talentpool.tabular.importing import run_import
from talentpool.tabular.report import ImportReport
from talentpool.tabular.writing import write_rows
from tests.factories.needs import make_need

POSTING = {
    "id": "b-1",
    "title": "ADEX",
    "summary": "Prévenir les conflits d’intérêts",
    "organisation": "Ministère de l’Intérieur",
    "town": "Paris",
    "families": ["Data science", "Design", "Data engineering"],
    "themes": ["Santé"],
    "skills": ["Python", "Elm"],
    "text": "Analyser les liens d’intérêts.",
}
SEAT = {
    "title": "Données",
    "family": "data",
    "must": ["Python (2)"],
    "nice": ["Elm"],
    "share_pct": 80,
    "starts_on": "2027-01-04",
    "ends_on": "2027-11-04",
    "town": "Dijon",
    "remote_days": 2,
    "status": "filled",
    "mission": "Réunir les sources.",
}


@pytest.fixture(autouse=True)
def reference(each_database: object) -> None:
    load_referential()
    load_organisations()


def imported(content: bytes, name: str = "postings.jsonl") -> ImportReport:
    run = run_import(
        NeedImporter(source="essai", by=None),
        io.BytesIO(content),
        filename=name,
        source="essai",
        by=None,
    )
    return ImportReport.from_dict(run.report)


def report_of(*rows: dict) -> ImportReport:
    return imported("\n".join(json.dumps(row) for row in rows).encode())


def needs() -> list[Need]:
    return list(db.session.scalars(whole_needs().order_by(Need.external_id)))


class TestImport:
    def test_a_posting_becomes_a_need_with_a_seat_per_family(self) -> None:
        report = report_of(POSTING)
        [need] = needs()
        assert report.created == 1
        assert need.organisation.code == "interieur"
        assert need.status is NeedStatus.APPROVED
        assert [seat.family.code for seat in need.seats] == ["data", "design"]
        assert [(s.label, s.is_must) for s in need.seats[0].skills] == [
            ("Python", False),
            ("Elm", False),
        ]

    def test_dates_and_share_that_nobody_gave_stay_unknown(self) -> None:
        report_of(POSTING)
        seat = needs()[0].seats[0]
        assert (seat.starts_on, seat.ends_on, seat.share_pct) == (None, None, None)

    def test_unknown_names_are_kept_and_reported(self) -> None:
        report = report_of({**POSTING, "organisation": "Inconnue", "families": ["Attributaire"]})
        [need] = needs()
        assert need.host_label == "Inconnue"
        assert need.seats[0].family_as_given == "Attributaire"
        assert {f.column for f in report.findings} == {"organisation", "families", "skills"}

    def test_seats_may_be_spelled_out(self) -> None:
        report_of({**POSTING, "seats": [SEAT, {"family": "design"}]})
        first, second = needs()[0].seats
        assert (first.title, first.share_pct, first.status) == ("Données", 80, SeatStatus.FILLED)
        assert first.starts_on == date(2027, 1, 4)
        assert [(s.label, s.is_must, s.level) for s in first.skills] == [
            ("Python", True, 2),
            ("Elm", False, None),
        ]
        assert second.family.code == "design"

    def test_a_seat_that_is_no_seat_is_read_as_far_as_it_goes(self) -> None:
        report = report_of(
            {**POSTING, "seats": [{"title": 3, "must": "x", "share_pct": 900, "starts_on": "soon"}]}
        )
        assert report.created == 1
        assert len([f for f in report.findings if f.column == "seats"]) == 4

    def test_running_it_twice_creates_no_twin(self) -> None:
        report_of(POSTING, {**POSTING, "id": "b-2", "seats": [SEAT]})
        report = report_of(POSTING, {**POSTING, "id": "b-2", "seats": [SEAT]})
        assert (report.created, report.updated, report.unchanged) == (0, 0, 2)
        assert [len(need.seats) for need in needs()] == [2, 1]

    def test_an_end_before_the_start_is_left_unknown(self) -> None:
        report = report_of({**POSTING, "starts_on": "2027-05-01", "ends_on": "2027-01-01"})
        assert needs()[0].seats[0].starts_on is None
        assert any(f.column == "ends_on" for f in report.findings)

    def test_a_row_without_a_title_stays_out(self) -> None:
        report = report_of({**POSTING, "title": ""})
        assert (report.created, report.rejected) == (0, 1)


class TestExport:
    @pytest.mark.parametrize("format", ["jsonl", "csv", "xlsx"])
    def test_an_export_reads_back_to_the_same_needs(self, format: str) -> None:
        report_of(POSTING, {**POSTING, "id": "b-2", "organisation": "=Inconnue", "seats": [SEAT]})
        make_need(title="Saisi ici")
        content = b"".join(write_rows(need_rows(needs()), COLUMNS, format))
        report = imported(content, f"export.{format}")
        assert (report.unchanged, report.updated, report.created, report.rejected) == (3, 0, 0, 0)
