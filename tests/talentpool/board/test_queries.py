from datetime import date
from typing import Any

import pytest

from talentpool.board import queries
from talentpool.board.filters import Filters, Sorting, read_filters
from talentpool.db import db
from talentpool.needs.lifecycle import withdraw_need
from talentpool.needs.models import Need
from talentpool.needs.services import add_seat, content_of, edit_need, edit_seat, seat_content_of
from talentpool.needs.stages import SEARCHED, MoveReason, NeedStatus
from talentpool.organisations.services import Name, rename_organisation
from talentpool.skills.held import NamedSkill
from tests.factories.needs import make_need, make_seat_content
from tests.factories.organisations import make_organisation
from tests.factories.skills import make_family, make_skill

pytestmark = pytest.mark.usefixtures("each_database")
TODAY = date(2026, 12, 1)


def make_notice(title: str, seat: dict[str, Any] | None = None, **changes: Any) -> Need:
    need = make_need(title=title, seats=0, **changes)
    add_seat(need, make_seat_content(**(seat or {})), by=None)
    db.session.commit()
    return need


def titles(**asked: Any) -> list[str]:
    found = queries.search_board(Filters(**asked), today=TODAY)
    return [need.title for need in queries.shown(found.needs)]


@pytest.fixture
def needs(each_database: object) -> None:
    """A need that answers each filter, and one that answers none."""
    forests = make_organisation(code="forets", label="Office des forêts")
    make_notice(
        "Carte des forêts",
        organisation=forests,
        themes=["Écologie"],
        town="Nîmes",
        candidates_until=date(2027, 2, 1),
        seat={"remote_days": 2, "share_pct": 40, "starts_on": date(2027, 1, 4)},
    )
    make_notice(
        "Juges et greffes",
        summary="Relire les décisions de justice.",
        text="Les greffes pseudonymisent à la main.",
        town="Lille",
        candidates_until=date(2026, 12, 24),
        seat={
            "title": "Conception",
            "family": make_family("design", "Design"),
            "must": [NamedSkill("Figma", make_skill("Figma", aliases=["maquettage"]))],
            "starts_on": date(2027, 6, 1),
            "ends_on": None,
            "town": "Brest",
        },
    )


@pytest.mark.usefixtures("needs")
class TestSearchBoard:
    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ({}, ["Juges et greffes", "Carte des forêts"]),
            ({"text": "FORETS carte"}, ["Carte des forêts"]),
            ({"text": "forrêts"}, ["Carte des forêts"]),
            ({"text": "ecologei"}, ["Carte des forêts"]),
            ({"text": "pseudonimise décision"}, ["Juges et greffes"]),
            ({"text": "psedonimisent"}, ["Juges et greffes"]),
            ({"text": "grefes maquetages"}, ["Juges et greffes"]),
            ({"text": "la carte de l’office"}, ["Carte des forêts"]),
            ({"text": "brest"}, ["Juges et greffes"]),
            ({"text": "carte brest"}, []),
            ({"text": "!!!"}, []),
            ({"family": "design"}, ["Juges et greffes"]),
            ({"skill": "figma"}, ["Juges et greffes"]),
            ({"skill": "inconnue"}, []),
            ({"host": "forets"}, ["Carte des forêts"]),
            ({"place": "nimes"}, ["Carte des forêts"]),
            ({"place": "lille"}, []),
            ({"remote": 2}, ["Carte des forêts"]),
            ({"share": 50}, ["Carte des forêts"]),
            ({"starts_by": date(2027, 1, 31)}, ["Carte des forêts"]),
            ({"order": Sorting.START}, ["Carte des forêts", "Juges et greffes"]),
            ({"order": Sorting.CLOSING}, ["Juges et greffes", "Carte des forêts"]),
        ],
    )
    def test_words_and_filters_find_what_they_ask(self, asked: dict, expected: list) -> None:
        assert titles(**asked) == expected

    def test_a_typo_is_said_and_partial_answers_stand_apart(self) -> None:
        found = queries.search_board(Filters(text="Forrêts,"), today=TODAY)
        assert found.corrected == {"Forrêts": ["forets"]}
        found = queries.search_board(Filters(text="carte xylophonistes"), today=TODAY)
        assert (found.needs, found.unknown) == ([], ["xylophonistes"])
        assert [need.title for need in queries.shown(found.near)] == ["Carte des forêts"]

    def test_one_seat_must_answer_every_filter(self) -> None:
        need = make_notice(
            "Deux postes", seat={"share_pct": 20, "starts_on": date(2027, 9, 1), "ends_on": None}
        )
        add_seat(need, make_seat_content(share_pct=100, starts_on=date(2027, 1, 4)), by=None)
        db.session.commit()
        assert "Deux postes" not in titles(share=20, starts_by=date(2027, 1, 31))
        assert "Deux postes" in titles(share=20)

    def test_titles_weigh_more_than_texts(self) -> None:
        make_notice("Inventaire", summary="Compter.", text="Une carte des greffes.")
        assert titles(text="greffe") == ["Juges et greffes", "Inventaire"]

    def test_each_filter_says_what_remains_without_it(self) -> None:
        asked = Filters(family="design", place="nîmes")
        assert queries.found_without(asked, today=TODAY) == [("family", 1), ("place", 1)]


class TestTheBoard:
    def test_shows_what_ministries_let_everybody_read_and_nothing_else(self) -> None:
        for status in NeedStatus:
            make_need(status=status, title=f"{status.value} montré")
            make_need(status=status, title=f"{status.value} caché", is_public=False)
        assert set(titles()) == {f"{status.value} montré" for status in SEARCHED}
        assert set(titles(text="caché")) == set()

    def test_follows_every_change(self) -> None:
        need = make_need()
        assert titles(text="carte") == ["Carte des forêts"]
        edit_need(
            need, content_of(need).__class__(**vars(content_of(need)) | {"title": "Atlas"}), by=None
        )
        db.session.commit()
        assert titles(text="atlas") == ["Atlas"]
        content = seat_content_of(need.seats[0])
        edit_seat(
            need.seats[0],
            content.__class__(**vars(content) | {"must": [NamedSkill("Cobol")]}),
            by=None,
        )
        db.session.commit()
        assert titles(text="cobol") == ["Atlas"]
        assert titles(skill="cobol") == ["Atlas"]
        name = Name("Ministère des Bois", "", "", valid_from=date(2026, 1, 1))
        rename_organisation(need.organisation, name=name, by=None)
        db.session.commit()
        assert titles(text="bois") == ["Atlas"]
        withdraw_need(need, reason=MoveReason.BUDGET, by=None)
        db.session.commit()
        assert titles() == []

    def test_a_ministry_stands_for_its_services(self) -> None:
        ministry = make_organisation(code="bois", label="Ministère des Bois")
        service = make_organisation(label="Service des cartes")
        service.parent = ministry
        db.session.commit()
        make_need(organisation=service)
        assert titles(host="bois") == ["Carte des forêts"]


class TestReadFilters:
    def test_an_address_is_read_and_written_back(self) -> None:
        address = {
            "q": "carte forêts",
            "famille": "dev",
            "competence": "Python",
            "ministere": "forets",
            "lieu": "Nîmes",
            "teletravail": "2",
            "part": "40",
            "debut": "2027-01-04",
            "tri": "limite",
        }
        assert read_filters(address).in_address() == address
        assert len(read_filters(address).active) == 8

    def test_the_usual_order_and_nonsense_ask_nothing(self) -> None:
        assert read_filters({"tri": "pertinence"}).in_address() == {}
        assert read_filters({"q": "x", "tri": "pertinence"}).in_address() == {"q": "x"}
        nonsense = {"teletravail": "9", "part": "-3", "debut": "2027-02-31", "tri": "x"}
        assert read_filters(nonsense).in_address() == {}
