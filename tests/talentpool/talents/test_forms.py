"""Profiles that a file brought in, opened in the form and saved as they stand."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.skills.held import NamedSkill
from talentpool.talents.models import Talent
from talentpool.talents.services import ProfileContent, content_of
from tests.factories.skills import make_skill
from tests.factories.talents import make_talent
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, report_at, sent


@pytest.fixture
def staff(client_as: Callable) -> ProofreadingClient:
    return client_as(Role.AGENCY_STAFF)


def imported(staff: ProofreadingClient, **members: object) -> Talent:
    row = json.dumps({"id": "t-1", "headline": "Cartes", **members}, ensure_ascii=False)
    assert report_at(sent(staff, "/talents/importer", row, "f.jsonl")).created == 1
    return db.session.scalars(select(Talent)).one()


def saved_untouched(staff: ProofreadingClient, talent: Talent) -> ProfileContent:
    """Open the form, send it back as it is, and return what the profile says then."""
    address = f"/talents/{talent.id}/modifier"
    answer = staff.post(address, data=filled(staff.get(address)))
    assert answer.status_code == 303, complaints(answer)
    db.session.expire_all()
    return content_of(talent)


def assert_untouched(staff: ProofreadingClient, talent: Talent) -> None:
    before = content_of(talent)
    assert saved_untouched(staff, talent) == before
    assert [entry.action for entry in history_of(talent)] == ["talent.created"]


class TestUntouched:
    @pytest.mark.parametrize(
        "members",
        [
            {"text": "Une ligne.\n\nUne autre."},
            {"experience": ["Un site\npour une région.", "Une carte."]},
            {"experience": ["Une carte.", "Une carte."], "wishes": ["santé\npublique", "justice"]},
            {"name": "Zoé\nEssai", "headline": "Cartes\net sites", "town": "Brest\nville"},
            {"text": "mot " * 5_000, "experience": ["e" * 2_500]},
            {"text": "é" * 100_000},
            {"experience": [f"Projet {number}." for number in range(80)]},
            {"wishes": ["w" * 300]},
            {"skills": ["Elm\nlang (2+)", "Zig"] + [f"Outil {number}" for number in range(60)]},
            {"available_from": "1999-01-04"},
        ],
    )
    def test_an_import_saved_as_it_stands_changes_nothing(
        self, members: dict, staff: ProofreadingClient
    ) -> None:
        assert_untouched(staff, imported(staff, **members))

    def test_skills_keep_their_order(self, staff: ProofreadingClient) -> None:
        make_skill("Python"), make_skill("QGIS")
        talent = imported(staff, skills=["Elm (2)", "Python", "Zig", "QGIS (3+)"])
        assert_untouched(staff, talent)

    def test_what_services_stored_with_line_ends_stays(self, staff: ProofreadingClient) -> None:
        assert_untouched(staff, make_talent(experience=["Un\nsite.", "Une carte.", "Une carte."]))

    def test_a_text_typed_on_several_lines_is_stored_as_files_store_it(
        self, staff: ProofreadingClient
    ) -> None:
        talent = make_talent()
        address = f"/talents/{talent.id}/modifier"
        staff.post(
            address, data=filled(staff.get(address), text=" Une ligne.\r\n\r\nUne autre.\r\n")
        )
        db.session.refresh(talent)
        assert talent.text == "Une ligne.\n\nUne autre."

    def test_a_new_date_too_far_is_still_refused(self, staff: ProofreadingClient) -> None:
        talent = make_talent(available_from=date(1999, 1, 4))
        address = f"/talents/{talent.id}/modifier"
        form = filled(staff.get(address), available_from="1999-01-05")
        assert "available_from" in complaints(staff.post(address, data=form))


class TestManySkills:
    @pytest.mark.parametrize("number", [58, 59, 60, 61, 75])
    def test_a_profile_with_many_skills_is_opened_and_saved(
        self, number: int, staff: ProofreadingClient
    ) -> None:
        labels = [f"Savoir {place}" for place in range(number)]
        talent = make_talent(skills=[NamedSkill(label, make_skill(label)) for label in labels])
        address = f"/talents/{talent.id}/modifier"
        page = staff.get(address)
        assert page.status_code == 200
        rows = [name for name in filled(page) if name.endswith("-skill")]
        assert len(rows) == max(60, number)
        more = staff.post(address, data={**filled(page), "more": "1"})
        assert (more.status_code, filled(more).keys() >= set(rows)) == (200, True)
        assert_untouched(staff, talent)
