from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.assessments.models import SkillAssessment
from talentpool.db import db
from talentpool.skills.held import NamedSkill
from talentpool.talents.models import Talent
from tests.factories.accounts import make_account
from tests.factories.assessments import make_assessment
from tests.factories.skills import make_skill
from tests.factories.talents import make_talent
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, text_of


@pytest.fixture
def staff(client_as: Callable) -> ProofreadingClient:
    return client_as(Role.AGENCY_STAFF)


@pytest.fixture
def talent(app: object) -> Talent:
    account = make_account(role=Role.TALENT)
    return make_talent(account=account, skills=[NamedSkill("Python", make_skill("Python"), 4)])


ANSWERS = {
    "level": "3",
    "method": "exercise",
    "sentence": "Vous avez expliqué vos choix.",
    "note": "Hésite sur les tests.",
}


class TestAssess:
    def test_a_skill_is_assessed_from_the_profile_and_both_levels_are_read(
        self, staff: ProofreadingClient, talent: Talent, client_of: Callable
    ) -> None:
        profile = f"/talents/{talent.id}"
        address = f"{profile}/evaluer?competence=Python"
        assert f'href="{address}"' in staff.get(profile).text
        form = filled(staff.get(address), **ANSWERS)
        assert form["skill"] == ["Python"]
        assert staff.post(address, data=form).location == f"{profile}#competences"
        shown = text_of(staff.get(profile))
        assert "Python évaluée par l’agence déclaré 4, évalué 3 sur 4" in shown
        assert "Hésite sur les tests." in text_of(staff.get(f"{profile}/evaluations"))
        own = client_of(talent.account)
        for page in ("/mon-profil", "/mon-profil/evaluations"):
            read = own.get(page)
            assert "déclaré 4, évalué 3 sur 4" in text_of(read)
            assert "Vous avez expliqué vos choix." in text_of(read)
            assert "Hésite" not in read.text
        assert "« Python »" in text_of(own.get("/notifications"))

    @pytest.mark.parametrize(
        ("name", "typed"),
        [
            ("skill", ""),
            ("skill", "Pyhton"),
            ("level", ""),
            ("level", "5"),
            ("method", ""),
            ("assessed_on", "31/02/2026"),
            ("assessed_on", (date.today() + timedelta(days=1)).isoformat()),
            ("sentence", ""),
        ],
    )
    def test_a_bad_answer_is_said_beside_it_and_kept(
        self, name: str, typed: str, staff: ProofreadingClient, talent: Talent
    ) -> None:
        address = f"/talents/{talent.id}/evaluer"
        form = filled(staff.get(address), **{"skill": "Python", **ANSWERS, name: typed})
        answer = staff.post(address, data=form)
        assert answer.status_code == 422
        assert list(complaints(answer)) == [name]
        assert filled(answer)["note"] == ["Hésite sur les tests."]
        assert db.session.scalars(select(SkillAssessment)).all() == []

    def test_the_director_reads_and_does_not_assess(
        self, talent: Talent, client_as: Callable
    ) -> None:
        make_assessment(talent)
        director = client_as(Role.AGENCY_DIRECTOR)
        page = director.get(f"/talents/{talent.id}")
        assert "évaluée par l’agence" in text_of(page)
        assert "/evaluer" not in page.text
        assert "/retirer" not in director.get(f"/talents/{talent.id}/evaluations").text
        assert director.get(f"/talents/{talent.id}/evaluer").status_code == 403

    def test_without_any_the_page_says_why_and_what_to_do(
        self, staff: ProofreadingClient, talent: Talent, client_of: Callable
    ) -> None:
        page = staff.get(f"/talents/{talent.id}/evaluations")
        assert "Aucune compétence n’est encore évaluée" in text_of(page)
        own = client_of(talent.account).get("/mon-profil/evaluations")
        assert "L’agence n’a encore rien évalué" in text_of(own)

    def test_who_has_no_profile_yet_reads_that_nothing_is_assessed(
        self, client_as: Callable
    ) -> None:
        page = client_as(Role.TALENT).get("/mon-profil/evaluations")
        assert "L’agence n’a encore rien évalué" in text_of(page)


class TestAge:
    @pytest.mark.parametrize(("years", "is_told"), [(2, False), (3, True), (5, True)])
    def test_an_old_assessment_tells_its_age(
        self, years: int, is_told: bool, staff: ProofreadingClient, talent: Talent
    ) -> None:
        made = date.today() - timedelta(days=366 * years)
        make_assessment(talent, assessed_on=made)
        page = text_of(staff.get(f"/talents/{talent.id}"))
        assert (f"il y a {years} ans" in page) is is_told
        assert "évaluée par l’agence" in page


class TestWithdraw:
    def test_the_page_says_what_happens_and_asks_why(
        self, staff: ProofreadingClient, talent: Talent, client_of: Callable
    ) -> None:
        made = make_assessment(talent)
        address = f"/evaluations-de-competence/{made.id}/retirer"
        listing = f"/talents/{talent.id}/evaluations"
        assert f'href="{address}"' in staff.get(listing).text
        page = staff.get(address)
        assert "La personne en est avertie" in text_of(page)
        assert staff.post(address, data=filled(page)).status_code == 422
        done = staff.post(address, data=filled(page, reason="Mauvaise fiche."))
        assert done.location == listing
        assert "Mauvaise fiche." in text_of(staff.get(listing))
        assert "Python déclarée" in text_of(staff.get(f"/talents/{talent.id}"))
        own = client_of(talent.account).get("/mon-profil/evaluations")
        assert "rien évalué" in text_of(own)
        again = staff.post(address, data=filled(page, reason="Encore."))
        assert again.status_code == 422
        assert "déjà été retirée" in complaints(again)["reason"]
