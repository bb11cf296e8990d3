"""The agency's spreadsheet: good rows go in, what would break the ledger stays out with its reason."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from talentpool.db import db, now
from talentpool.journal.models import JournalEntry
from talentpool.needs.models import Need, NeedSeat, SeatStatus
from talentpool.needs.stages import NeedStatus
from talentpool.placements import queries
from talentpool.placements.imports import COLUMNS, StaffingImporter, staffing_rows
from talentpool.placements.kinds import PlacementStatus
from talentpool.placements.models import Contract, Placement
from talentpool.tabular.importing import run_import
from talentpool.tabular.report import ImportReport
from talentpool.tabular.writing import write_rows
from talentpool.talents.models import PoolStatus, Talent
from tests.factories.organisations import make_organisation
from tests.factories.skills import make_family

TODAY = date(2026, 11, 25)
HEADER = (
    "id;name;family;contract_from;contract_to;contract_share;share_from;organisation;mission;seat;"
    "mission_from;mission_to;mission_share;agreement_signed_on;letter_signed_on"
)
LEA = (
    "p1;Léa Essai;dev;01/01/2026;31/12/2027;100;;essais;Carte des forêts;Développement;"
    "01/02/2026;31/01/2027;80;15/01/2026;16/01/2026"
)


def imported(*lines: str, cap: str = "30", dry_run: bool = False) -> ImportReport:
    content = "\n".join([HEADER, *lines]).encode()
    return run_file(content, "staffing.csv", cap=cap, dry_run=dry_run)


def run_file(content: bytes, name: str, *, cap: str = "30", dry_run: bool = False) -> ImportReport:
    importer = StaffingImporter(source="rh", by=None, cap=Decimal(cap), today=TODAY)
    run = run_import(
        importer, io.BytesIO(content), filename=name, source="rh", by=None, dry_run=dry_run
    )
    db.session.commit()
    return ImportReport.from_dict(run.report)


def counted(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def told(report: ImportReport) -> list[str]:
    return [finding.sentence() for finding in report.findings]


@pytest.fixture(autouse=True)
def ministry(each_database: object) -> Any:
    make_family()
    return make_organisation(code="essais")


class TestFromNothing:
    def test_a_row_brings_person_contract_mission_and_placement(self) -> None:
        report = imported(LEA)
        assert (report.created, report.rejected, told(report)) == (1, 0, [])
        talent = db.session.scalars(select(Talent)).one()
        assert (talent.display_name, talent.pool_status) == ("Léa Essai", PoolStatus.EMPLOYED)
        placement = db.session.scalars(select(Placement)).one()
        assert placement.share_pct == 80
        assert placement.status_on(TODAY) is PlacementStatus.RENEWAL_DUE
        assert placement.started_on == date(2026, 2, 1)
        assert placement.seat.status is SeatStatus.FILLED
        assert placement.seat.need.status is NeedStatus.FILLED

    def test_unsigned_assignments_wait_for_signatures(self) -> None:
        imported(LEA.replace(";15/01/2026;16/01/2026", ";15/01/2026;"))
        placement = db.session.scalars(select(Placement)).one()
        assert placement.status_on(TODAY) is PlacementStatus.TO_SIGN

    def test_an_assignment_signed_late_began_when_it_was_signed(self) -> None:
        imported(LEA.replace("15/01/2026;16/01/2026", "15/01/2026;09/02/2026"))
        assert db.session.scalars(select(Placement)).one().started_on == date(2026, 2, 9)

    def test_a_contract_alone_is_a_bench(self) -> None:
        imported("p2;Ana Essai;dev;01/01/2026;;60;;;;;;;;;")
        ledger = queries.ledger(cap=Decimal(30), today=TODAY)
        level = next(ledger.levels(TODAY, TODAY))
        assert (level.held, level.bench) == (Decimal("0.6"), Decimal("0.6"))

    def test_two_people_on_one_mission_get_two_seats(self) -> None:
        imported(LEA, LEA.replace("p1;Léa", "p2;Ana"))
        assert (counted(Need), counted(NeedSeat), counted(Placement)) == (1, 2, 2)

    def test_a_share_that_changes_takes_a_second_row(self) -> None:
        imported(
            "p2;Ana;dev;01/01/2026;31/12/2027;100;;;;;;;;;",
            "p2;Ana;dev;01/01/2026;31/12/2027;80;01/07/2026;;;;;;;;",
        )
        contract = db.session.scalars(select(Contract)).one()
        assert contract.share_on(date(2026, 6, 30)) == 100
        assert contract.share_on(date(2026, 7, 1)) == 80

    def test_a_dry_run_keeps_nothing_but_its_report(self) -> None:
        assert imported(LEA, dry_run=True).created == 1
        assert (counted(Talent), counted(Contract), counted(Placement)) == (0, 0, 0)


class TestAgain:
    def test_the_same_file_changes_nothing(self) -> None:
        imported(LEA)
        report = imported(LEA)
        assert (report.unchanged, report.created, report.rejected) == (1, 0, 0)
        assert (counted(Contract), counted(Placement), counted(Need)) == (1, 1, 1)

    def test_a_new_end_extends_the_placement(self) -> None:
        imported(LEA)
        assert imported(LEA.replace("31/01/2027", "31/03/2027")).updated == 1
        assert db.session.scalars(select(Placement)).one().ends_on == date(2027, 3, 31)

    def test_an_export_reads_back_to_the_same(self) -> None:
        imported(
            LEA,
            "p2;Ana;dev;01/01/2026;;100;;;;;;;;;",
            "p2;Ana;dev;01/01/2026;;62,5;01/07/2026;;;;;;;;",
        )
        contracts = list(db.session.scalars(queries.contracts()))
        placements = list(db.session.scalars(queries.whole_placements()))
        rows = list(staffing_rows(contracts, placements))
        for format in ("csv", "xlsx", "jsonl"):
            content = b"".join(write_rows(rows, COLUMNS, format))
            report = run_file(content, f"export.{format}")
            assert (report.unchanged, told(report)) == (len(rows), []), format


class TestRefusals:
    def test_above_the_cap_says_the_day_the_excess_and_the_first_day_that_fits(self) -> None:
        report = imported(
            "p1;Léa;dev;01/01/2026;31/12/2026;100;;;;;;;;;",
            "p2;Ana;dev;01/06/2026;31/05/2027;50;;;;;;;;;",
            cap="1",
        )
        assert (report.created, report.rejected) == (1, 1)
        assert told(report) == [
            "Le plafond serait dépassé de 0,5 ETP le 01/06/2026.",
            "Premier jour possible pour la même durée : le 01/01/2027.",
        ]

    def test_a_refused_row_leaves_nothing_and_the_others_go_in(self) -> None:
        out = LEA.replace("p1;Léa", "p2;Ana").replace(";80;15", ";120;15")
        wide = LEA.replace("p1;Léa", "p3;Eve").replace("01/02/2026", "01/02/2025")
        report = imported(out, wide, LEA)
        assert (report.created, report.rejected) == (1, 2)
        assert [t.external_id for t in db.session.scalars(select(Talent))] == ["p1"]
        assert counted(Contract) == 1
        told_of = {
            entry.subject_id
            for entry in db.session.scalars(select(JournalEntry))
            if entry.action == "talent.created"
        }
        assert told_of == set(db.session.scalars(select(Talent.id)))

    def test_a_person_above_their_contract(self) -> None:
        other = LEA.replace("Carte des forêts", "Autre").replace(";80;15", ";40;15")
        report = imported(
            LEA, other.replace("p1;Léa Essai;dev;01/01/2026;31/12/2027;100", "p1;;;;;")
        )
        assert report.rejected == 1
        assert told(report)[0] == "La personne serait prise 20 % de trop le 01/02/2026."

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ("p1;Léa;dev;;;;;;;;;;;;", "La ligne ne dit ni contrat ni mission"),
            ("p1;Léa;dev;01/01/2026;;;;;;;;;;;", "Il manque la part de temps plein"),
            ("p1;Léa;dev;01/01/2026;01/12/2025;100;;;;;;;;;", "Cette fin vient avant le début"),
            ("p1;Léa;dev;01/01/1026;;100;;;;;;;;;", "Vérifiez l’année"),
            ("p1;Léa;dev;01/01/2026;;100;;essais;Carte;;;;50;;", "Il manque cette date"),
            ("p1;Léa;dev;01/01/2026;;100;01/01/2025;;;;;;;;", "La part doit valoir"),
            (";Léa;dev;01/01/2026;;100;;;;;;;;;", "Une valeur est obligatoire"),
        ],
    )
    def test_an_incomplete_row_says_what_it_lacks(self, line: str, reason: str) -> None:
        report = imported(line)
        assert report.rejected == 1
        assert told(report)[0].startswith(reason)
        assert counted(Talent) == 0

    def test_nothing_comes_to_who_limited_their_profile(self) -> None:
        imported(LEA.split(";essais")[0] + ";;;;;;;;")
        talent = db.session.scalars(select(Talent)).one()
        talent.restricted_at = now()
        db.session.commit()
        report = imported(LEA)
        assert report.rejected == 1
        assert "sans servir à rien d’autre" in told(report)[0]
        assert counted(Placement) == 0

    def test_the_same_row_twice_goes_in_once(self) -> None:
        report = imported(LEA, LEA)
        assert (report.created, report.rejected) == (1, 1)

    def test_an_unknown_ministry_is_kept_as_given(self) -> None:
        report = imported(LEA.replace("essais", "Ministère perdu"))
        assert report.created == 1
        need = db.session.scalars(select(Need)).one()
        assert need.host_label == "Ministère perdu"
