import io
from datetime import date

import pytest
from sqlalchemy import event, select

from talentpool.db import db
from talentpool.observed.imports import ObservedMissionImporter
from talentpool.observed.models import ObservedMission
from talentpool.tabular.importing import run_import
from talentpool.tabular.report import ImportReport

HEADER = "talent,family,start,end,status,products\n"


@pytest.fixture(autouse=True)
def database(each_database: object) -> None:
    pass


def report_of(*lines: str, source: str = "beta", name: str = "missions.csv", **options: bool):
    content = (HEADER if name.endswith("csv") else "") + "\n".join(lines)
    run = run_import(
        ObservedMissionImporter(source=source, by=None),
        io.BytesIO(content.encode()),
        filename=name,
        source=source,
        by=None,
        **options,
    )
    db.session.expire_all()
    return ImportReport.from_dict(run.report)


def missions() -> list[ObservedMission]:
    return list(db.session.scalars(select(ObservedMission).order_by(ObservedMission.id)))


class TestImport:
    def test_a_mission_goes_in_as_given(self) -> None:
        report = report_of("t-1,Développement,2026-01-05,2026-06-30,independent,dora les-emplois")
        [mission] = missions()
        assert report.created == 1
        assert (mission.source, mission.talent, mission.family) == ("beta", "t-1", "Développement")
        assert (mission.starts_on, mission.ends_on) == (date(2026, 1, 5), date(2026, 6, 30))
        assert (mission.status, mission.products) == ("independent", ["dora", "les-emplois"])

    def test_what_the_source_leaves_out_stays_unknown(self) -> None:
        report_of("t-1,,2026-01-05,,,")
        [mission] = missions()
        assert (mission.family, mission.ends_on) == ("", None)
        assert (mission.status, mission.products) == ("", [])

    def test_json_lines_list_their_products(self) -> None:
        line = '{"talent": "t-1", "start": "2026-01-05", "products": ["dora", "pix"]}'
        assert report_of(line, name="missions.jsonl").created == 1
        assert missions()[0].products == ["dora", "pix"]

    def test_importing_again_creates_no_twin(self) -> None:
        lines = [
            f"t-1,Design,2026-01-05,2026-06-30,admin,{product}" for product in ("", "a", "a b")
        ]
        assert report_of(*lines).created == 3
        again = report_of(*lines)
        assert (again.created, again.updated, again.unchanged) == (0, 0, 3)

    def test_an_end_that_moved_is_brought_up_to_date(self) -> None:
        report_of("t-1,Design,2026-01-05,2026-06-30,admin,a")
        assert report_of("t-1,Design,2026-01-05,2027-01-31,admin,a").updated == 1
        assert [mission.ends_on for mission in missions()] == [date(2027, 1, 31)]

    def test_another_source_has_missions_of_its_own(self) -> None:
        line = "t-1,Design,2026-01-05,2026-06-30,admin,a"
        report_of(line)
        assert report_of(line, source="eig").created == 1

    def test_rows_that_say_the_same_are_missions_of_their_own(self) -> None:
        line = "t-1,Design,2026-01-05,2026-06-30,admin,a"
        file = (line, "t-2,Design,2026-01-05,,admin,a", line)
        assert report_of(*file).created == 3
        assert report_of(*file).unchanged == 3

    def test_an_end_before_the_start_is_left_unknown(self) -> None:
        report = report_of("t-1,Design,2026-06-05,2026-01-01,admin,a")
        assert (report.created, [f.column for f in report.findings]) == (1, ["ends_on"])
        assert missions()[0].ends_on is None

    @pytest.mark.parametrize(
        ("line", "column"),
        [
            (",Design,2026-06-05,,admin,a", "talent"),
            ("t-1,Design,,,admin,a", "starts_on"),
            ("t-1,Design,bientôt,,admin,a", "starts_on"),
            ("t-1,Design,2026-06-05,31/02/2027,admin,a", "ends_on"),
        ],
    )
    def test_a_row_without_person_or_days_is_refused_alone(self, line: str, column: str) -> None:
        report = report_of(line, "t-2,Design,2026-01-05,,admin,a")
        assert (report.created, report.rejected) == (1, 1)
        assert report.findings[0].column == column

    def test_long_text_is_cut_and_told(self) -> None:
        report = report_of(f"{'t' * 200},{'f' * 200},2026-01-05,,{'s' * 200},{'p ' * 500}")
        [mission] = missions()
        assert (len(mission.talent), len(mission.family), len(mission.status)) == (120, 120, 40)
        assert {finding.column for finding in report.findings} == {"talent", "family", "status"}

    def test_a_dry_run_stores_nothing(self) -> None:
        assert report_of("t-1,Design,2026-01-05,,admin,a", dry_run=True).created == 1
        assert missions() == []

    def test_thousands_of_rows_are_known_from_few_reads(self) -> None:
        asked = []
        listen = (db.session.get_bind(), "before_cursor_execute", lambda *said: asked.append(said))
        event.listen(*listen)
        try:
            report_of(*(f"t-{number},Design,2026-01-05,,admin,a" for number in range(2000)))
        finally:
            event.remove(*listen)
        assert len(missions()) == 2000
        reads = [statement for _on, _cursor, statement, *_rest in asked if "SELECT" in statement]
        assert len(reads) < 10
