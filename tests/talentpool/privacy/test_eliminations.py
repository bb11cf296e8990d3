"""A visa of a named person, for a year; a slip a night, in counts."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.db import db
from talentpool.journal.models import JournalEntry
from talentpool.privacy.elimination_models import EliminationSlip, EliminationVisa
from talentpool.privacy.eliminations import VisaOver, enter, note_visa, visa_on, withdraw_visas
from talentpool.privacy.terms import months_after
from tests.factories.privacy import make_visa
from tests.reading import complaints, filled, text_of

TODAY = date.today()
DAY = timedelta(days=1)
PAGE = "/donnees/eliminations"


@pytest.mark.usefixtures("each_database")
class TestVisa:
    def test_holds_for_a_year_to_the_day(self) -> None:
        visa = make_visa(date(2025, 3, 1))
        found = [visa_on(day) for day in (date(2025, 2, 28), date(2025, 3, 1), date(2026, 2, 28))]
        assert found == [None, visa, visa]
        assert visa_on(date(2026, 3, 1)) is None

    def test_one_that_holds_today_no_more_or_not_yet_is_not_noted(self) -> None:
        for day in (TODAY + DAY, months_after(TODAY, -12) - DAY):
            with pytest.raises(VisaOver):
                note_visa(signatory="C.", reference="", given_on=day, today=TODAY, by=None)

    def test_once_withdrawn_holds_no_more(self) -> None:
        make_visa(TODAY)
        withdraw_visas(today=TODAY, by=None)
        assert visa_on(TODAY) is None
        acts = db.session.scalars(select(JournalEntry.action)).all()
        assert acts[-2:] == ["privacy.visa_noted", "privacy.visa_withdrawn"]

    def test_the_one_before_a_renewed_one_is_withdrawn_with_it(self) -> None:
        over = make_visa(TODAY - timedelta(days=400))
        older, newer = make_visa(TODAY - timedelta(days=340)), make_visa(TODAY)
        assert withdraw_visas(today=TODAY, by=None) == [newer, older]
        assert visa_on(TODAY) is None
        assert over.withdrawn_at is None
        assert withdraw_visas(today=TODAY, by=None) == []


@pytest.mark.usefixtures("each_database")
class TestSlip:
    def test_adds_a_night_up_and_starts_anew_the_next(self) -> None:
        visa = make_visa(TODAY)
        enter(visa, {"silence": 1}, on=TODAY, since=date(2024, 3, 1))
        enter(visa, {"silence": 1}, on=TODAY, since=date(2024, 1, 1))
        enter(visa, {"absences": 3}, on=TODAY)
        enter(visa, {}, on=TODAY + DAY)
        enter(visa, {"refused": 1}, on=TODAY + 2 * DAY, since=date(2026, 8, 1))
        db.session.commit()
        slips = db.session.scalars(select(EliminationSlip).order_by(EliminationSlip.id)).all()
        assert [slip.counts for slip in slips] == [{"silence": 2, "absences": 3}, {"refused": 1}]
        assert (slips[0].first_on, slips[0].last_on) == (date(2024, 1, 1), date(2024, 3, 1))


class TestPage:
    def test_notes_a_visa_and_shows_the_slips(self, app: object, client_as: Callable) -> None:
        admin = client_as(Role.ADMINISTRATOR)
        assert "sans visa, le temps n’efface personne" in text_of(admin.get("/"))
        assert "Aucun visa d’élimination ne vaut" in text_of(admin.get("/donnees"))
        assert "Aucun visa ne vaut aujourd’hui" in text_of(admin.get(PAGE))
        typed = filled(admin.get(PAGE), signatory="Camille Archive", given_on=TODAY.isoformat())
        late = {**typed, "given_on": [(TODAY + DAY).isoformat()]}
        answer = admin.post(PAGE, data=late)
        assert set(complaints(answer)) == {"given_on"}
        assert "Camille Archive" in answer.text
        assert admin.post(PAGE, data=typed).location == PAGE
        visa = db.session.scalars(select(EliminationVisa)).one()
        enter(visa, {"silence": 2, "handovers": 1}, on=TODAY, since=TODAY)
        db.session.commit()
        said = text_of(admin.get(PAGE))
        assert "personnes sans signe : 2 ; passages de relais repris : 1" in said
        assert "par Camille Archive" in said
        assert "visa" not in text_of(admin.get("/"))
        assert "Retirer ce visa" in said
        make_visa(TODAY - timedelta(days=340), signatory="Dominique Fonds")
        said = text_of(admin.get(PAGE))
        assert "par Camille Archive" in said
        assert "par Dominique Fonds" in said
        assert "Retirer ces visas" in said
        admin.post(f"{PAGE}/retirer-le-visa")
        assert visa_on(TODAY) is None
        assert "Aucun visa ne vaut aujourd’hui" in text_of(admin.get(PAGE))
        assert admin.post(f"{PAGE}/retirer-le-visa").status_code == 404

    def test_asks_for_the_next_one_in_time(self, app: object, client_as: Callable) -> None:
        make_visa(TODAY - timedelta(days=340))
        home = text_of(client_as(Role.ADMINISTRATOR).get("/"))
        assert "Faire renouveler le visa d’élimination avant le" in home
