"""What a profile leaves out, what it costs, and where both are read."""

from collections.abc import Callable
from datetime import date

import pytest

from talentpool.access import Role
from talentpool.db import db
from talentpool.matches.costs import ASKS, COSTS, costs_of
from talentpool.talents.completeness import Part, completeness_of
from talentpool.talents.models import EmploymentStatus, LanguageLevel, Talent
from talentpool.talents.step_table import step_named
from talentpool.talents.values import Spoken
from tests.factories.accounts import make_account
from tests.factories.needs import make_seat
from tests.factories.talents import make_talent
from tests.reading import text_of

WHOLE = {
    "town": "Brest",
    "seniority_years": 3,
    "wishes": ["mer"],
    "employment_status": EmploymentStatus.PRIVATE,
    "languages": [Spoken("fr", LanguageLevel.C2)],
}


class TestCompleteness:
    def test_a_whole_profile_lacks_nothing(self, app: object) -> None:
        found = completeness_of(make_talent(**WHOLE))
        assert (found.missing, found.percent) == ((), 100)

    @pytest.mark.parametrize(
        ("bare", "part"),
        [
            ({"headline": ""}, Part.HEADLINE),
            ({"families": []}, Part.FAMILIES),
            ({"skills": []}, Part.SKILLS),
            ({"experience": []}, Part.EXPERIENCE),
            ({"text": ""}, Part.TEXT),
            ({"available_from": None}, Part.DATES),
            ({"share_pct": None}, Part.SHARE),
            ({"town": ""}, Part.PLACE),
            ({"seniority_years": None}, Part.SENIORITY),
            ({"wishes": []}, Part.WISHES),
            ({"employment_status": None}, Part.STATUS),
            ({"languages": []}, Part.LANGUAGES),
        ],
    )
    def test_each_part_is_missed_alone(self, bare: dict, part: Part, app: object) -> None:
        found = completeness_of(make_talent(**WHOLE | bare))
        assert (found.missing, found.said) == ((part,), 11)
        assert found.percent == 91
        assert step_named(part.step) is not None

    def test_another_town_is_a_place(self, app: object) -> None:
        assert not completeness_of(
            make_talent(**WHOLE | {"town": "", "other_towns": ["Metz"]})
        ).missing

    def test_every_part_has_its_words(self) -> None:
        assert COSTS.keys() == set(Part)
        assert ASKS.keys() <= set(Part)
        assert all(part.task for part in Part)


class TestCosts:
    def words(self, part: Part) -> str:
        (cost,) = costs_of([part])
        return cost.words

    def test_open_seats_are_counted_by_what_they_ask(self, app: object) -> None:
        assert "aucun poste ouvert" in self.words(Part.DATES)
        make_seat(starts_on=date(2027, 1, 4))
        make_seat(starts_on=None, seniority_years=5)
        make_seat(starts_on=date(2027, 2, 1))
        assert self.words(Part.DATES).startswith("2 des 3 postes ouverts demandent une date")
        assert self.words(Part.SHARE).startswith("les 3 postes ouverts demandent une part")
        assert self.words(Part.SENIORITY).startswith("un des 3 postes ouverts demande")
        assert "aucun poste ouvert" in self.words(Part.STATUS)
        assert "aucun point" in self.words(Part.EXPERIENCE)

    def test_a_need_that_is_not_public_counts_for_nothing(self, app: object) -> None:
        make_seat(starts_on=date(2027, 1, 4)).need.is_public = False
        db.session.commit()
        assert "aucun poste ouvert" in self.words(Part.DATES)

    def test_the_profile_and_the_home_say_it(self, app: object, client_of: Callable) -> None:
        make_seat(starts_on=date(2027, 1, 4))
        account = make_account(role=Role.TALENT)
        talent: Talent = make_talent(account=account, available_from=None, **WHOLE)
        assert completeness_of(talent).missing == (Part.DATES,)
        browser = client_of(account)
        page = browser.get("/mon-profil")
        assert "Profil complet à 91" in text_of(page)
        assert "11 réponses données sur les 12" in text_of(page)
        assert "votre disponibilité reste inconnue" in text_of(page)
        home = browser.get("/")
        assert 'href="/mon-profil/disponibilites"' in home.text
        assert "votre disponibilité reste inconnue" in text_of(home)

    def test_a_profile_that_lacks_much_shows_the_heaviest_and_a_link(
        self, app: object, client_of: Callable
    ) -> None:
        account = make_account(role=Role.TALENT)
        make_talent(account=account, skills=[], experience=[], text="", families=[])
        home = text_of(client_of(account).get("/"))
        assert "Raconter une expérience" in home
        assert "Dire quels thèmes" not in home
        assert "Voir tout ce qui manque à votre profil, complet à 25" in home
