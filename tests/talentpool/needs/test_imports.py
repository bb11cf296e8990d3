import io
import json
from dataclasses import replace
from datetime import date

import pytest

from talentpool.db import db
from talentpool.needs.imports import COLUMNS, NeedImporter, need_rows
from talentpool.needs.models import Need, SeatStatus
from talentpool.needs.queries import whole_needs
from talentpool.needs.services import edit_seat, remove_seat, seat_content_of
from talentpool.needs.stages import NeedStatus
from talentpool.organisations.services import load_organisations
from talentpool.skills.held import NamedSkill
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
    "seniority_years": 3,
    "clearance": "secret",
    "statuses": ["contractor_public", "freelance"],
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

    @pytest.mark.parametrize(
        ("member", "value"),
        [
            ("title", ["open"]),
            ("mission", 5),
            ("family", {}),
            ("must", "Python"),
            ("must", [3]),
            ("must", 0),
            ("nice", {"Python": 1}),
            ("share_pct", "80"),
            ("share_pct", True),
            ("remote_days", [2]),
            ("remote_days", 2.5),
            ("starts_on", 20270104),
            ("ends_on", ["2027-11-04"]),
            ("ends_on", "2027-13-01"),
            ("town", False),
            ("status", ["open"]),
            ("status", []),
            ("status", {}),
            ("status", "ouvert"),
        ],
    )
    def test_an_unreadable_member_is_told_and_sinks_nothing(
        self, member: str, value: object
    ) -> None:
        report_of({**POSTING, "seats": [SEAT]})
        bad = {**POSTING, "seats": [{member: value}]}
        report = report_of(bad, {**POSTING, "id": "b-2"})
        assert (report.unchanged, report.created) == (1, 1)
        told = [(f.line, f.params.get("member")) for f in report.findings if f.column == "seats"]
        assert told == [(1, member)]
        assert needs()[0].seats[0].title == "Données"
        assert report_of({**bad, "id": "b-3"}).created == 1

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

    def test_a_spelled_out_seat_keeps_what_its_record_leaves_out(self) -> None:
        row = {**POSTING, "seats": [{"family": "data"}, {"family": "design"}]}
        report_of(row)
        first, second = needs()[0].seats
        done = replace(
            seat_content_of(first),
            title="Cartes",
            mission="Tenir la carte.",
            must=[NamedSkill("Rust")],
            share_pct=80,
            starts_on=date(2027, 1, 4),
            ends_on=date(2027, 11, 4),
            town="Lyon",
            remote_days=2,
            status=SeatStatus.FILLED,
        )
        edit_seat(first, done, by=None)
        remove_seat(first, by=None)
        assert report_of(row).unchanged == 1
        db.session.expire_all()
        assert seat_content_of(first) == replace(done, status=SeatStatus.CLOSED)
        report_of({**POSTING, "seats": [{"town": None, "ends_on": "2027-12-01", "nice": ["Elm"]}]})
        db.session.expire_all()
        now = seat_content_of(first)
        assert (now.town, now.starts_on, now.ends_on) == ("", date(2027, 1, 4), date(2027, 12, 1))
        assert ([s.label for s in now.must], [s.label for s in now.nice]) == (["Rust"], ["Elm"])
        assert (now.status, now.family.code) == (SeatStatus.CLOSED, "data")
        assert second.family.code == "design"

    def test_a_file_with_one_date_keeps_the_other(self) -> None:
        report_of({**POSTING, "starts_on": "2027-01-04", "ends_on": "2027-11-04"})
        report_of({"id": "b-1", "title": "ADEX", "starts_on": "2027-02-01"})
        assert {(s.starts_on, s.ends_on) for s in needs()[0].seats} == {
            (date(2027, 2, 1), date(2027, 11, 4))
        }
        report = report_of({"id": "b-1", "title": "ADEX", "ends_on": "2027-01-01", "share_pct": 5})
        assert [(f.column, f.level) for f in report.findings] == [
            ("share_pct", "warning"),
            ("ends_on", "warning"),
        ]
        assert {(s.starts_on, s.ends_on) for s in needs()[0].seats} == {
            (date(2027, 2, 1), date(2027, 11, 4))
        }

    def test_an_unknown_family_gets_one_seat_once(self) -> None:
        long = {**POSTING, "families": ["Attributaire " * 12, "attributaire " * 12]}
        report_of(long)
        assert report_of(long).unchanged == 1
        assert len(needs()[0].seats) == 1

    def test_a_skill_both_must_and_wish_changes_nothing_the_second_time(self) -> None:
        row = {**POSTING, "seats": [{**SEAT, "nice": ["Python", "Elm"]}]}
        report_of(row)
        assert report_of(row).unchanged == 1

    def test_the_same_identifier_twice_in_a_file_keeps_the_first_and_names_it(self) -> None:
        report = report_of(POSTING, {**POSTING, "id": "b-2"}, {**POSTING, "title": "Autre"})
        assert (report.created, report.updated, report.rejected) == (2, 0, 1)
        [twin] = [finding for finding in report.findings if finding.level == "error"]
        assert (twin.line, twin.column, twin.params) == (3, "id", {"line": "1"})
        assert needs()[0].title == "ADEX"

    def test_what_would_not_fit_is_cut_and_told(self) -> None:
        seats = [{"title": "T" * 201, "town": "V" * 121, "must": ["M" * 121]}]
        report = report_of({**POSTING, "summary": "s" * 2_001, "seats": seats})
        cut = [(f.column, f.params["limit"]) for f in report.findings if "limit" in f.params]
        assert sorted(cut) == [
            ("seats", "120"),
            ("seats", "120"),
            ("seats", "200"),
            ("summary", "2000"),
        ]
        assert len(needs()[0].summary) == 2_000

    @pytest.mark.parametrize(
        ("header", "name"),
        [
            ("Familles", "families"),
            ("famille(s)", "families"),
            ("Thème(s)", "themes"),
            ("Compétence(s)", "skills"),
            ("Compétence", "skills"),
            ("Compétence souhaitée", "skills"),
            ("compétence indispensable", "must"),
            ("Compétence(s) indispensable(s)", "must"),
        ],
    )
    def test_headers_are_read_in_the_singular_and_in_the_plural(
        self, header: str, name: str
    ) -> None:
        found = COLUMNS.for_header(header)
        assert found is not None
        assert found.name == name

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


def test_what_is_published_and_until_when_goes_out_and_comes_back() -> None:
    need = make_need(is_public=False, candidates_until=date(2027, 3, 1))
    row = next(need_rows([need]))
    assert (row["is_public"], row["candidates_until"]) == (False, date(2027, 3, 1))
    imported(b"".join(write_rows([row], COLUMNS, "csv")), "besoins.csv")
    imported(b"id;title\nb-9;Crues\n", "autres.csv")
    stored = {n.title: n.is_public for n in db.session.scalars(whole_needs())}
    assert stored == {need.title: False, "Crues": True}
