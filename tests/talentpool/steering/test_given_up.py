from collections.abc import Callable
from datetime import timedelta

import pytest

from talentpool.access import Role
from talentpool.db import db
from talentpool.needs.lifecycle import fill_seat, give_up_need, reopen_need
from talentpool.needs.models import Need
from talentpool.needs.services import add_seat
from talentpool.needs.stages import UNMET_REASONS, MoveReason
from talentpool.steering.given_up import UNBLOCKS, UNBLOCKS_SEAT, by_family, by_reason, rows
from talentpool.steering.waiting import Reason
from tests.factories.needs import make_need, make_seat_content
from tests.factories.skills import make_family
from tests.reading import text_of

PAGE = "/semaine/sans-solution"


def make_unmet(title: str, reason: MoveReason, *, days: int = 10, **changes: object) -> Need:
    need = make_need(title=title, **changes)
    add_seat(need, make_seat_content(family=make_family("design", "Design")), by=None)
    give_up_need(need, reason=reason, words="Nous avons cherché, sans trouver.", by=None)
    assert need.approved_at is not None
    need.approved_at -= timedelta(days=days)
    db.session.commit()
    return need


@pytest.mark.usefixtures("each_database")
class TestRows:
    def test_age_reason_and_what_would_unblock_the_longest_wait_first(self, read: Callable) -> None:
        make_unmet("Court", MoveReason.PAY, days=3)
        make_unmet("Long", MoveReason.CLEARANCE, days=90)
        make_need(title="Ouvert")
        found = list(rows(*read()))
        assert [(row["mission"], row["days"], row["code"]) for row in found] == [
            ("Long", 90, "clearance"),
            ("Court", 3, "pay"),
        ]
        assert found[0]["unblocks"].startswith("Commencer l’habilitation")
        assert found[0]["family"] == "Développement, Design"
        assert found[0]["seats"] == 2

    def test_a_need_opened_again_is_no_longer_there(self, read: Callable) -> None:
        reopen_need(make_unmet("Rouvert", MoveReason.PLACE), by=None)
        db.session.commit()
        assert list(rows(*read())) == []

    def test_counts_by_reason_and_by_family(self, read: Callable) -> None:
        make_unmet("Un", MoveReason.PAY, days=10)
        need = make_unmet("Deux", MoveReason.PAY, days=20)
        make_unmet("Trois", MoveReason.PLACE)
        reopen_need(need, by=None)
        fill_seat(need.seats[0], by=None)
        give_up_need(need, reason=MoveReason.PAY, words="Toujours pas.", by=None)
        db.session.commit()
        counted = [
            (row["about"], row["needs"], row["seats"], row["days"]) for row in by_reason(*read())
        ]
        assert counted == [("rémunération", 2, 3, 15), ("lieu", 1, 2, 10)]
        families = {row["about"]: (row["needs"], row["seats"]) for row in by_family(*read())}
        assert families == {"Design": (3, 3), "Développement": (2, 2)}


def test_every_reason_says_what_would_unblock() -> None:
    assert set(UNBLOCKS) == set(UNMET_REASONS)
    assert set(UNBLOCKS_SEAT) == set(Reason) - {Reason.FILLED_SINCE, Reason.CLOSED}


def test_the_agency_reads_it_and_takes_it_away(client_as: Callable) -> None:
    make_unmet("Carte perdue", MoveReason.NO_CAP)
    browser = client_as(Role.AGENCY_STAFF)
    said = text_of(browser.get(PAGE)).replace("\xa0", " ")
    for words in ("1 besoin sans solution", "Carte perdue", "plafond d’emplois atteint"):
        assert words in said, words
    assert "no_cap" in browser.get(f"{PAGE}.csv").text
    assert browser.get(f"{PAGE}.xlsx").status_code == 200
    for role in (Role.TALENT, Role.MINISTRY_MEMBER, Role.ADMINISTRATOR):
        assert client_as(role).get(PAGE).status_code == 403
