from collections.abc import Callable

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.db import db
from talentpool.needs.models import Need
from talentpool.needs.stages import NeedStatus
from talentpool.tabular.report import ImportReport
from tests.factories.needs import make_need
from tests.factories.skills import make_family
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, report_at, sent, text_of

FILE = """id;title;families;starts_on;text
b-1;Crues;Développement;04/01/2027;Les rivières débordent.
b-2;Forêts;Développement;31/02/2027;Les forêts changent.
"""
IMPORT = "/besoins/importer"


@pytest.fixture
def staff(client_as: Callable) -> ProofreadingClient:
    return client_as(Role.AGENCY_STAFF)


def only_need() -> Need:
    return db.session.scalars(select(Need)).one()


class TestImport:
    def test_the_good_row_goes_in_and_the_bad_one_is_told_by_line_and_column(
        self, staff: ProofreadingClient
    ) -> None:
        make_family()
        answer = sent(staff, IMPORT, FILE, "besoins.csv")
        report = report_at(answer)
        assert (report.created, report.rejected) == (1, 1)
        assert only_need().title == "Crues"
        findings = text_of(staff.get(answer.location), "findings")
        assert "3 starts_on Erreur « 31/02/2027 » n’est pas une date" in findings

    def test_the_report_downloads(self, staff: ProofreadingClient) -> None:
        make_family()
        page = staff.get(sent(staff, IMPORT, FILE, "besoins.csv").location)
        address = page.request.path + "/rapport.csv"
        assert f'href="{address}"' in page.text
        answer = staff.get(address)
        assert "attachment" in answer.headers["Content-Disposition"]
        assert "3;starts_on;Erreur;«" in answer.text
        assert staff.get(page.request.path + "/rapport.xlsx").data.startswith(b"PK")
        assert staff.get(page.request.path + "/rapport.pdf").status_code == 404

    def test_a_second_import_changes_nothing(self, staff: ProofreadingClient) -> None:
        make_family()
        sent(staff, IMPORT, FILE, "besoins.csv")
        report = report_at(sent(staff, IMPORT, FILE, "autre-nom.csv"))
        assert (report.created, report.updated, report.unchanged) == (0, 0, 1)
        assert only_need().title == "Crues"

    def test_a_dry_run_reports_and_stores_nothing(self, staff: ProofreadingClient) -> None:
        make_family()
        answer = sent(staff, IMPORT, FILE, "besoins.csv", dry_run="y")
        assert report_at(answer).created == 1
        assert "Rien n’a été enregistré" in text_of(staff.get(answer.location))
        assert db.session.scalars(select(Need)).all() == []

    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("besoins.xlsx", FILE, "ne correspond pas au contenu, qui est du CSV"),
            ("besoins.csv", b"%PDF-1.7", "Ce fichier est de type PDF"),
            ("besoins.docx", FILE, "L’extension « .docx » n’est pas acceptée"),
            ("besoins.csv", "", "Le fichier est vide"),
            ("besoins.csv", "id;summary\nb-1;Crues\n", "Il manque des colonnes : Nom du besoin"),
        ],
    )
    def test_a_file_that_cannot_be_read_is_refused_beside_it(
        self, name: str, content: str, words: str, staff: ProofreadingClient, count_rows: Callable
    ) -> None:
        before = count_rows()
        answer = sent(staff, IMPORT, content, name)
        assert answer.status_code == 422
        assert words in complaints(answer)["file"]
        assert count_rows() == before

    @pytest.mark.parametrize(("source", "words"), [("", "obligatoire"), ("b" * 81, "80")])
    def test_the_file_s_source_is_asked_for(
        self, source: str, words: str, staff: ProofreadingClient
    ) -> None:
        answer = sent(staff, IMPORT, FILE, "besoins.csv", source=source)
        assert words in complaints(answer)["source"]
        assert db.session.scalars(select(Need)).all() == []


class TestExport:
    @pytest.mark.parametrize("format", ["csv", "xlsx", "jsonl"])
    def test_an_export_is_read_back_by_the_import(
        self, format: str, staff: ProofreadingClient
    ) -> None:
        make_family()
        sent(staff, IMPORT, FILE, "besoins.csv")
        form = filled(staff.get(f"/besoins/postes/{only_need().seats[0].id}/modifier"), town="Metz")
        staff.post(f"/besoins/postes/{only_need().seats[0].id}/modifier", data=form)
        answer = staff.get(f"/besoins/besoins.{format}")
        assert f'filename="besoins.{format}"' in answer.headers["Content-Disposition"]
        report = report_at(sent(staff, IMPORT, answer.data, f"besoins.{format}"))
        assert report == ImportReport(unchanged=1)

    def test_a_ministry_s_draft_stays_out(self, staff: ProofreadingClient) -> None:
        make_need(title="Brouillon secret", status=NeedStatus.DRAFT)
        make_need(title="Besoin reçu")
        text = staff.get("/besoins/besoins.csv").text
        assert "Besoin reçu" in text
        assert "Brouillon secret" not in text
