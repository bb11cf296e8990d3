"""What shows a skill stays with it, leads nowhere by itself, and can be taken back."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.skills.held import NamedSkill
from talentpool.tabular.importing import run_import
from talentpool.tabular.models import ImportRun
from talentpool.tabular.report import ImportReport
from talentpool.tabular.writing import write_rows
from talentpool.talents.evidence import (
    Evidence,
    NotALink,
    SomebodyElsesExperience,
    evidence_of,
    is_link,
    show_skill,
)
from talentpool.talents.imports import COLUMNS, ProfileImporter, profile_rows
from talentpool.talents.models import Talent
from talentpool.talents.queries import shown_skills
from talentpool.talents.services import content_of, edit_talent
from talentpool.talents.standing import Standing, standing_of
from tests.factories.accounts import make_account
from tests.factories.skills import make_skill
from tests.factories.talents import make_talent
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, text_of


def person(**changes: Any) -> Talent:
    skills = [NamedSkill("Python", make_skill("Python"), 4), NamedSkill("Forge", None, 1)]
    return make_talent(**{"skills": skills, "experience": ["Une carte.", "Un plan."], **changes})


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("https://depot.example/carte?v=1#haut", True),
        ("http://depot.example", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https:///carte", False),
        ("https://a b.example", False),
        ("https://[::1", False),
        ("https://depot.example\n", False),
        ("//depot.example", False),
        ("", False),
    ],
)
def test_a_link_is_a_whole_https_address(text: str, is_one: bool) -> None:
    assert is_link(text) is is_one


@pytest.mark.usefixtures("each_database")
class TestShowSkill:
    def test_a_line_a_link_or_an_experience_makes_it_shown(self) -> None:
        talent = person()
        held = talent.skills[0]
        assert standing_of(held) is Standing.CLAIMED
        for evidence in (
            Evidence(line="Une carte."),
            Evidence(url="https://a.example"),
            Evidence(experience=talent.experiences[0]),
        ):
            show_skill(held, evidence, by=None)
            assert standing_of(held) is Standing.EVIDENCED
            assert shown_skills([talent.id]) == {talent.id: [("Python", held.skill.code)]}
        show_skill(held, Evidence(), by=None)
        assert standing_of(held) is Standing.CLAIMED
        assert shown_skills([talent.id]) == {talent.id: []}

    def test_the_journal_keeps_numbers_and_not_words(self) -> None:
        talent = person()
        version = talent.version_id
        show_skill(talent.skills[0], Evidence("Une carte."), by=None)
        assert history_of(talent)[0].details == {
            "talent_skill": talent.skills[0].id,
            "changed": ["line"],
        }
        assert talent.version_id > version
        assert show_skill(talent.skills[0], Evidence("Une carte."), by=None) == []

    def test_another_s_experience_and_what_is_no_link_are_refused(self) -> None:
        held, other = person().skills[0], person()
        with pytest.raises(SomebodyElsesExperience):
            show_skill(held, Evidence(experience=other.experiences[0]), by=None)
        with pytest.raises(NotALink):
            show_skill(held, Evidence(url="http://a.example"), by=None)
        assert evidence_of(held) == Evidence()

    def test_it_outlives_another_level_and_another_place_in_the_list(self) -> None:
        talent = person()
        shown = Evidence("Une carte.", "https://a.example", talent.experiences[0])
        show_skill(talent.skills[0], shown, by=None)
        skills = [NamedSkill("Forge", None, 2), NamedSkill("Python", make_skill("Python"), 2)]
        edit_talent(talent, replace(content_of(talent), skills=skills), by=None)
        db.session.commit()
        assert [held.label for held in talent.skills] == ["Forge", "Python"]
        assert evidence_of(talent.skills[1]) == shown

    def test_an_experience_that_goes_shows_nothing_any_more(self) -> None:
        talent = person()
        show_skill(talent.skills[0], Evidence(experience=talent.experiences[0]), by=None)
        edit_talent(talent, replace(content_of(talent), experience=["Un plan."]), by=None)
        db.session.commit()
        assert standing_of(talent.skills[0]) is Standing.CLAIMED
        assert talent.skills[0].experience_id is None


class TestOwnPage:
    def test_a_skill_is_shown_from_the_profile(self, client_of: Callable) -> None:
        talent = person(account=make_account(role=Role.TALENT))
        own = client_of(talent.account)
        address = f"/mon-profil/competences/{talent.skills[0].id}/preuve"
        assert f'href="{address}"' in own.get("/mon-profil").text
        form = filled(
            own.get(address),
            line="Auteur de la carte.",
            url="https://depot.example/carte",
            experience_id=str(talent.experiences[1].id),
        )
        assert own.post(address, data=form).location == "/mon-profil"
        page = own.get("/mon-profil")
        assert "Python avec preuve" in text_of(page)
        assert "Forge déclarée" in text_of(page)
        assert "Preuve : Auteur de la carte. – « Un plan. »" in text_of(page)
        assert 'href="https://depot.example/carte" rel="noopener noreferrer nofollow' in page.text
        emptied = filled(own.get(address), line="", url="", experience_id="")
        own.post(address, data=emptied)
        assert "Python déclarée" in text_of(own.get("/mon-profil"))

    @pytest.mark.parametrize(
        ("name", "typed"),
        [
            ("url", "javascript:alert(1)"),
            ("url", "http://depot.example"),
            ("line", "a" * 301),
            ("experience_id", "999999"),
        ],
    )
    def test_a_bad_answer_is_said_beside_it_and_kept(
        self, name: str, typed: str, client_of: Callable
    ) -> None:
        talent = person(account=make_account(role=Role.TALENT))
        own = client_of(talent.account)
        address = f"/mon-profil/competences/{talent.skills[0].id}/preuve"
        form = filled(own.get(address)) | {"line": ["Une carte."], name: [typed]}
        answer = own.post(address, data=form)
        assert answer.status_code == 422
        assert list(complaints(answer)) == [name]
        db.session.refresh(talent)
        assert evidence_of(talent.skills[0]) == Evidence()

    def test_an_experience_of_another_is_no_choice(self, client_of: Callable) -> None:
        talent, other = person(account=make_account(role=Role.TALENT)), person()
        own = client_of(talent.account)
        address = f"/mon-profil/competences/{talent.skills[0].id}/preuve"
        form = filled(own.get(address)) | {"experience_id": [str(other.experiences[0].id)]}
        assert list(complaints(own.post(address, data=form))) == ["experience_id"]

    def test_a_stale_save_shows_both_versions(self, client_of: Callable) -> None:
        talent = person(account=make_account(role=Role.TALENT))
        own = client_of(talent.account)
        address = f"/mon-profil/competences/{talent.skills[0].id}/preuve"
        page = own.get(address)
        own.post(address, data=filled(page, line="Une carte."))
        answer = own.post(address, data=filled(page, line="Un plan."))
        assert answer.status_code == 409
        assert "Une carte. Un plan." in text_of(answer, "differences")

    def test_another_s_skill_is_not_found(self, client_of: Callable) -> None:
        other = person()
        mine = person(account=make_account(role=Role.TALENT))
        own = client_of(mine.account)
        assert own.get(f"/mon-profil/competences/{other.skills[0].id}/preuve").status_code == 404


class TestStaffPage:
    def test_staff_show_the_skills_of_who_has_no_account(self, client_as: Callable) -> None:
        talent = person()
        staff: ProofreadingClient = client_as(Role.AGENCY_STAFF)
        address = f"/talents/competences/{talent.skills[0].id}/preuve"
        assert f'href="{address}"' in staff.get(f"/talents/{talent.id}").text
        form = filled(staff.get(address), line="Une carte.")
        assert staff.post(address, data=form).location == f"/talents/{talent.id}"
        assert "Python avec preuve" in text_of(staff.get(f"/talents/{talent.id}"))

    def test_who_signs_in_shows_their_skills_themself(self, client_as: Callable) -> None:
        talent = person(account=make_account(role=Role.TALENT))
        staff = client_as(Role.AGENCY_STAFF)
        address = f"/talents/competences/{talent.skills[0].id}/preuve"
        assert address not in staff.get(f"/talents/{talent.id}").text
        assert staff.get(address).status_code == 404


def imported(content: bytes, name: str) -> ImportRun:
    return run_import(
        ProfileImporter(source="essai", by=None),
        io.BytesIO(content),
        filename=name,
        source="essai",
        by=None,
    )


@pytest.mark.usefixtures("each_database")
class TestFiles:
    @pytest.mark.parametrize("format", ["jsonl", "csv", "xlsx"])
    def test_what_shows_skills_goes_out_and_comes_back(self, format: str) -> None:
        talent = person()
        shown = Evidence("Une carte ; un plan.", "https://a.example/x,y", talent.experiences[1])
        show_skill(talent.skills[0], shown, by=None)
        show_skill(talent.skills[1], Evidence("Un soufflet."), by=None)
        db.session.commit()
        written = b"".join(write_rows(profile_rows([talent]), COLUMNS, format))
        report = ImportReport.from_dict(imported(written, f"p.{format}").report)
        assert (report.unchanged, report.updated, report.created) == (1, 0, 0)
        for held in talent.skills:
            show_skill(held, Evidence(), by=None)
        db.session.commit()
        report = ImportReport.from_dict(imported(written, f"p.{format}").report)
        assert report.updated == 1
        assert [evidence_of(held) for held in talent.skills] == [shown, Evidence("Un soufflet.")]

    def test_what_cannot_be_read_is_reported_and_the_row_goes_in(self) -> None:
        make_skill("Python")
        row = {
            "id": "t-1",
            "skills": ["Python", "Forge"],
            "experience": ["Une carte."],
            "evidence": [
                {"skill": "python", "url": "http://a.example", "experience": "Un relevé."},
                {"skill": "Elm", "line": "Un jeu."},
                {"skill": "Forge", "line": "x" * 400, "url": 3},
            ],
        }
        report = ImportReport.from_dict(imported(json.dumps(row).encode(), "p.jsonl").report)
        [talent] = db.session.scalars(select(Talent)).all()
        assert report.created == 1
        assert [evidence_of(held) for held in talent.skills] == [
            Evidence(),
            Evidence("x" * 300),
        ]
        assert sum(finding.column == "evidence" for finding in report.findings) == 4

    def test_a_file_without_the_column_leaves_it_as_it_was(self) -> None:
        imported(json.dumps({"id": "t-1", "skills": ["Forge"]}).encode(), "p.jsonl")
        [talent] = db.session.scalars(select(Talent)).all()
        show_skill(talent.skills[0], Evidence("Un soufflet."), by=None)
        db.session.commit()
        imported(json.dumps({"id": "t-1", "skills": ["Forge (3)"]}).encode(), "p.jsonl")
        assert (talent.skills[0].level, talent.skills[0].evidence) == (3, "Un soufflet.")
