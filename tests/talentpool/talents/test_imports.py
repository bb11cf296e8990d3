import io
import json
from datetime import date

import pytest
from sqlalchemy import func, select

from talentpool.access import Role
from talentpool.db import db
from talentpool.skills.services import load_referential
from talentpool.tabular.importing import run_import
from talentpool.tabular.models import ImportRun
from talentpool.tabular.report import ImportReport
from talentpool.tabular.writing import write_rows
from talentpool.talents.imports import COLUMNS, ProfileImporter, profile_rows
from talentpool.talents.models import PoolStatus, Talent
from talentpool.talents.queries import whole_profiles
from talentpool.talents.services import ProfileContent, content_of, create_talent
from talentpool.talents.values import LanguageLevel, Spoken, Studied
from tests.factories.accounts import make_account

FULL = {
    "id": "t-1",
    "headline": "Développeuse",
    "families": ["Développement", "Data"],
    "skills": ["Python (3)", "apprentissage automatique", "Elm"],
    "experience": ["Un site pour une région."],
    "text": "Je développe.",
}


@pytest.fixture(autouse=True)
def referential(each_database: object) -> None:
    load_referential()


def imported(content: bytes, name: str = "profiles.jsonl", **options: object) -> ImportRun:
    return run_import(
        ProfileImporter(source="essai", by=None),
        io.BytesIO(content),
        filename=name,
        source="essai",
        by=None,
        **options,
    )


def report_of(*rows: dict, **options: object) -> ImportReport:
    content = "\n".join(json.dumps(row) for row in rows).encode()
    return ImportReport.from_dict(imported(content, **options).report)


def talents() -> list[Talent]:
    return list(db.session.scalars(whole_profiles().order_by(Talent.external_id)))


class TestImport:
    def test_a_profile_goes_in_with_everything_it_says(self) -> None:
        report = report_of(FULL)
        [talent] = talents()
        assert report.created == 1
        assert talent.headline == "Développeuse"
        assert [family.code for family in talent.families] == ["dev", "data"]
        assert [(s.label, s.level, s.skill is not None) for s in talent.skills] == [
            ("Python", 3, True),
            ("Apprentissage automatique", None, True),
            ("Elm", None, False),
        ]
        assert [e.summary for e in talent.experiences] == ["Un site pour une région."]

    def test_no_file_admits_who_applies_with_an_account(self) -> None:
        report_of(FULL)
        [talent] = talents()
        talent.account, talent.pool_status = make_account(role=Role.TALENT), PoolStatus.CANDIDATE
        db.session.commit()
        report = report_of({**FULL, "headline": "Cartographe", "pool_status": "pool"})
        assert (talent.headline, talent.pool_status) == ("Cartographe", PoolStatus.CANDIDATE)
        [told] = [one.sentence() for one in report.findings if one.column == "pool_status"]
        assert told.startswith("Situation ignorée : « pool »")
        same = report_of({**FULL, "pool_status": "candidate"})
        assert "pool_status" not in {one.column for one in same.findings}
        talent.account = None
        db.session.commit()
        report_of({**FULL, "pool_status": "pool"})
        assert talent.pool_status is PoolStatus.POOL

    @pytest.mark.parametrize(
        ("status", "said", "has_account"),
        [
            (PoolStatus.ALUMNI, "Dans le vivier", True),
            (PoolStatus.POOL, "alumni", True),
            (PoolStatus.POOL, "Hors du vivier", True),
            (PoolStatus.EMPLOYED, "pool", True),
            (PoolStatus.POOL, "candidate", False),
        ],
    )
    def test_no_file_moves_who_has_an_account_nor_makes_a_candidate_of_a_member(
        self, status: PoolStatus, said: str, has_account: bool
    ) -> None:
        report_of(FULL)
        [talent] = talents()
        talent.account = make_account(role=Role.TALENT) if has_account else None
        talent.pool_status = status
        db.session.commit()
        report = report_of({**FULL, "headline": "Cartographe", "pool_status": said})
        assert (talent.headline, talent.pool_status) == ("Cartographe", status)
        [told] = [one.sentence() for one in report.findings if one.column == "pool_status"]
        assert told.startswith(f"Situation ignorée : « {said} »")
        same = report_of({**FULL, "pool_status": status.value})
        assert "pool_status" not in {one.column for one in same.findings}

    def test_towns_languages_years_and_clearances_go_in_and_out(self) -> None:
        said = {
            "id": "t-1",
            "town": "Lyon",
            "other_towns": ["Metz", "Brest"],
            "languages": ["anglais (B2)", "BR", "klingon", "Anglais (c1)"],
            "seniority_years": 7,
            "clearances": ["Très secret défense", "à venir"],
        }
        report = report_of(said)
        [talent] = talents()
        content = content_of(talent)
        assert (report.created, content.other_towns) == (1, ["Metz", "Brest"])
        assert content.languages == [Spoken("en", LanguageLevel.B2), Spoken("br")]
        assert (content.seniority_years, content.clearances) == (7, ["very_secret"])
        warned = {(f.column, f.params["value"]) for f in report.findings}
        assert warned == {("languages", "klingon"), ("clearances", "à venir")}
        [row] = profile_rows([talent])
        assert row["languages"] == ["anglais (B2)", "breton"]
        again = report_of(row | {"available_from": None})
        assert (again.unchanged, again.findings) == (1, [])

    def test_studies_and_periods_go_in_and_out(self) -> None:
        studied = [{"title": "Master de droit", "school": "Lille", "year": 2014}, {"title": "BAFA"}]
        away = {"kind": "away", "starts_on": "2027-03-01", "ends_on": "2027-05-31"}
        free = {"kind": "free", "starts_on": "2027-01-04", "ends_on": "2027-06-30", "share_pct": 80}
        later = {"kind": "free", "starts_on": "2027-09-01"}
        odd = [
            {"kind": "busy", "starts_on": "2027-01-04"},
            {"kind": "free", "starts_on": "demain"},
            {"kind": "free", "starts_on": "2028-02-01", "ends_on": "2028-01-01"},
            {"kind": "free", "starts_on": "2028-02-01", "ends_on": "bientôt"},
            {"kind": "free", "starts_on": "2028-02-01", "share_pct": 5},
            {"kind": "free", "starts_on": "2027-10-01"},
        ]
        bad = [{"school": "Lille"}, {"title": "Thèse", "year": 20144}]
        said = {"id": "t-1", "education": [*studied, *bad], "periods": [later, away, free, *odd]}
        report = report_of(said)
        [talent] = talents()
        content = content_of(talent)
        assert content.education == [Studied("Master de droit", "Lille", 2014), Studied("BAFA")]
        assert [one.kind.value for one in content.periods] == ["free", "away", "free"]
        assert (content.available_from, content.share_pct) == (date(2027, 1, 4), 80)
        warned = [finding.column for finding in report.findings]
        assert (warned.count("periods"), warned.count("education")) == (6, 2)
        [row] = profile_rows([talent])
        assert (row["education"], row["periods"]) == (studied, [free, away, later])
        # The summary of an older export does not wipe what it sums up.
        row |= {"available_from": "2026-01-01", "share_pct": 50}
        again = report_of(row)
        assert (again.unchanged, again.findings) == (1, [])
        assert report_of(row | {"education": [], "periods": []}).updated == 1
        content = content_of(talents()[0])
        assert (content.education, content.periods) == ([], [])
        assert (content.available_from, content.share_pct) == (date(2026, 1, 1), 50)

    def test_a_share_told_beside_absences_only_is_kept(self) -> None:
        away = {"kind": "away", "starts_on": "2027-03-01", "ends_on": "2027-05-31"}
        said = {"id": "t-1", "share_pct": 80, "periods": [away]}
        report_of(said)
        [talent] = talents()
        assert (talent.available_from, talent.share_pct) == (None, 80)
        [row] = profile_rows([talent])
        assert report_of({**row, "id": "t-2"}).created == 1
        assert talents()[1].share_pct == 80
        assert report_of(row).unchanged == 1
        # What a file adds to a share takes nothing from it either.
        later = {**away, "starts_on": "2027-04-01"}
        assert report_of({**said, "periods": [later]}).updated == 1
        assert talents()[0].share_pct == 80

    def test_years_out_of_bounds_are_reported(self) -> None:
        report = report_of({"id": "t-1", "seniority_years": 90})
        assert [finding.column for finding in report.findings] == ["seniority_years"]

    def test_what_nobody_gave_stays_unknown(self) -> None:
        report_of({"id": "t-1"})
        [talent] = talents()
        assert talent.available_from is None
        assert talent.share_pct is None
        assert talent.families == []

    def test_an_unknown_family_or_skill_is_kept_and_reported(self) -> None:
        report = report_of({**FULL, "families": ["Attributaire"]})
        [talent] = talents()
        assert talent.unknown_families == ["Attributaire"]
        warned = {(f.column, f.params["value"]) for f in report.findings}
        assert warned == {("families", "Attributaire"), ("skills", "Elm")}
        assert {f.level for f in report.findings} == {"warning"}

    def test_bad_rows_stay_out_and_good_rows_go_in(self) -> None:
        report = report_of(
            FULL,
            {"headline": "sans identifiant"},
            {**FULL, "id": "t-2", "share_pct": "beaucoup"},
            {**FULL, "id": "t-3"},
        )
        assert (report.created, report.rejected) == (2, 2)
        errors = [(f.line, f.column) for f in report.findings if f.level == "error"]
        assert errors == [(2, "id"), (3, "share_pct")]
        assert [talent.external_id for talent in talents()] == ["t-1", "t-3"]

    def test_running_it_twice_creates_no_twin(self) -> None:
        report_of(FULL)
        report = report_of(FULL)
        assert (report.created, report.updated, report.unchanged) == (0, 0, 1)
        report = report_of({**FULL, "headline": "Autre"})
        assert (report.created, report.updated) == (0, 1)
        assert [talent.headline for talent in talents()] == ["Autre"]

    def test_columns_that_the_file_lacks_stay_as_they_were(self) -> None:
        report_of(FULL)
        report_of({"id": "t-1", "town": "Brest"})
        [talent] = talents()
        assert (talent.town, talent.headline) == ("Brest", "Développeuse")
        assert len(talent.skills) == 3

    def test_the_same_number_from_another_source_is_somebody_else(self) -> None:
        report_of(FULL)
        run_import(
            ProfileImporter(source="autre", by=None),
            io.BytesIO(json.dumps(FULL).encode()),
            filename="f.jsonl",
            source="autre",
            by=None,
        )
        assert len(talents()) == 2

    def test_the_same_number_twice_in_a_file_keeps_the_first_and_names_it(self) -> None:
        report = report_of(
            {**FULL, "remote_days": 9.5},
            FULL,
            {**FULL, "headline": "Seconde ligne"},
            {**FULL, "source": "ailleurs"},
        )
        assert (report.created, report.updated, report.rejected) == (2, 0, 2)
        [twin] = [finding for finding in report.findings if finding.line == 3]
        assert (twin.column, twin.level, twin.params) == ("id", "error", {"line": "2"})
        assert twin.sentence().startswith("Cet identifiant est déjà celui de la ligne 2")
        assert {talent.headline for talent in talents()} == {"Développeuse"}

    def test_numbers_that_differ_beyond_what_is_kept_are_no_two_people(self) -> None:
        report = report_of({"id": "t" * 120 + "1"}, {"id": "t" * 120 + "2"})
        assert (report.created, report.rejected) == (1, 1)

    def test_what_is_ignored_erases_nothing(self) -> None:
        report_of({**FULL, "share_pct": 80, "remote_days": 2, "status": "freelance"})
        report = report_of({"id": "t-1", "share_pct": 5, "remote_days": 6, "status": "Marin"})
        [talent] = talents()
        assert (talent.share_pct, talent.remote_days) == (80, 2)
        assert talent.employment_status.value == "freelance"
        assert {f.column for f in report.findings} == {"share_pct", "remote_days", "status"}
        assert report.unchanged == 1

    def test_what_a_form_shows_on_one_line_comes_in_on_one_line(self) -> None:
        report_of(
            {
                **FULL,
                "name": "Zoé\r\nEssai",
                "headline": "Cartes \n\n sites",
                "experience": ["Un site\npour une région.", "Une carte.", "Une carte."],
                "skills": ["Elm\nlang"],
                "wishes": ["santé\npublique"],
                "text": "Une ligne.\r\n\r\nUne autre.",
            }
        )
        [talent] = talents()
        assert (talent.display_name, talent.headline) == ("Zoé Essai", "Cartes sites")
        lines = [experience.summary for experience in talent.experiences]
        assert lines == ["Un site pour une région.", "Une carte."]
        assert [held.label for held in talent.skills] == ["Elm lang"]
        assert talent.wishes == ["santé publique"]
        assert talent.text == "Une ligne.\n\nUne autre."

    @pytest.mark.parametrize(
        ("header", "name"),
        [
            ("Familles", "families"),
            ("famille(s)", "families"),
            ("Famille de métiers", "families"),
            ("COMPETENCE", "skills"),
            ("Compétence(s)", "skills"),
            ("Expérience(s)", "experience"),
            ("Souhait", "wishes"),
            ("Thème(s) souhaité(s)", "wishes"),
        ],
    )
    def test_headers_are_read_in_the_singular_and_in_the_plural(
        self, header: str, name: str
    ) -> None:
        found = COLUMNS.for_header(header)
        assert found is not None
        assert found.name == name

    def test_a_dry_run_reports_and_stores_nothing(self) -> None:
        report = report_of(FULL, dry_run=True)
        assert report.created == 1
        assert talents() == []
        assert db.session.scalar(select(func.count()).select_from(ImportRun)) == 1

    def test_a_french_spreadsheet_goes_in(self) -> None:
        content = (
            "Identifiant;Fonction;Familles de métiers;Disponible à partir du;Quotité;Statut\r\n"
            "t-1;Juriste du numérique;Juriste;04/01/2027;80 %;Indépendant\r\n"
            "t-2;Hors limites;Design;31/02/2027;5;Marin\r\n"
        ).encode()
        report = ImportReport.from_dict(imported(content, "profils.csv").report)
        [talent] = talents()
        assert (talent.available_from, talent.share_pct) == (date(2027, 1, 4), 80)
        assert talent.families[0].code == "law"
        assert talent.employment_status.value == "freelance"
        assert report.rejected == 1


class TestExport:
    @pytest.mark.parametrize("format", ["jsonl", "csv", "xlsx"])
    def test_an_export_reads_back_to_the_same_profiles(self, format: str) -> None:
        report_of(
            {
                **FULL,
                "name": "=Zoé | l’essai",
                "available_from": "2027-01-04",
                "share_pct": 80,
                "remote_days": 2,
                "wishes": ["santé", "a|b;c"],
                "status": "freelance",
                "town": "+33 Brest",
                "skills": ["Python (3+)", "Elm (0)"],
            },
            {"id": "t-2"},
            {"id": "t-2", "source": "ailleurs"},
        )
        create_talent(ProfileContent(headline="Saisie ici"), by=None)
        content = b"".join(write_rows(profile_rows(talents()), COLUMNS, format))
        report = ImportReport.from_dict(imported(content, f"export.{format}").report)
        assert (report.unchanged, report.updated, report.created, report.rejected) == (4, 0, 0, 0)
        assert sorted(talent.source for talent in talents()) == [
            "agency",
            "ailleurs",
            "essai",
            "essai",
        ]
