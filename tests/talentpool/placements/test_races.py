"""Of two who book the same day at the same moment one wins, and the other is told why."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from talentpool.db import db
from talentpool.needs.models import NeedSeat, SeatStatus
from talentpool.placements.contracts import amend_contract, sign_contract, terms_of
from talentpool.placements.ledger import PersonOverbooked, PoolOverbooked, Refused, SeatTaken
from talentpool.placements.models import Contract, Placement
from talentpool.placements.services import (
    booking_of,
    cancel_placement,
    change_placement,
    confirm_proposal,
    place_talent,
)
from talentpool.proposals.models import Proposal
from talentpool.proposals.stages import ProposalStatus
from talentpool.talents.models import Talent
from talentpool.web.pipeline import Application
from tests.conftest import disposed, migrated_app
from tests.factories.needs import make_seat
from tests.factories.placements import (
    TODAY,
    make_booking,
    make_contract,
    make_placement,
    make_proposal,
    make_terms,
)
from tests.factories.talents import make_talent

FULL_YEAR = make_terms(starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))
Act = Callable[[], object]


@contextmanager
def own_database(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """Lend a database of this kind that no other test sees, since races commit."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'races.db'}"
        return
    url = request.getfixturevalue("postgresql_url")
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("CREATE DATABASE races"))
        yield make_url(url).set(database="races").render_as_string(False)
        connection.execute(text("DROP DATABASE races WITH (FORCE)"))
    server.dispose()


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def racing_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Application]:
    with own_database(request.param, request, tmp_path_factory.mktemp("races")) as url:
        yield from disposed(migrated_app(url))


@pytest.fixture
def race(racing_app: Application) -> Callable[..., list[object]]:
    """Return a starter of acts, each in a thread, a session and a transaction of its own."""

    def run(*acts: Act) -> list[object]:
        gate = threading.Barrier(len(acts))

        def runner(act: Act) -> object:
            with racing_app.app_context():
                # Everybody has read the database, as a page has, before anybody books.
                db.session.execute(text("SELECT count(*) FROM talent"))
                db.session.commit()
                gate.wait(timeout=10)
                try:
                    act()
                    db.session.commit()
                except Refused as refused:
                    db.session.rollback()
                    return refused
                return None

        with ThreadPoolExecutor(len(acts)) as threads:
            return list(threads.map(runner, acts))

    return run


def loser(outcomes: list[object]) -> Refused:
    """Return the refusal of the one act that lost, after checking that the others won."""
    lost = [outcome for outcome in outcomes if outcome is not None]
    assert len(lost) == 1, outcomes
    assert isinstance(lost[0], Refused)
    return lost[0]


def placing(talent_id: int, seat_id: int, **changes: object) -> Act:
    return lambda: place_talent(
        db.session.get_one(Talent, talent_id),
        db.session.get_one(NeedSeat, seat_id),
        make_booking(**changes),
        today=TODAY,
        by=None,
    )


def signing(talent_id: int, cap: Decimal) -> Act:
    talent = lambda: db.session.get_one(Talent, talent_id)  # noqa: E731
    return lambda: sign_contract(talent(), FULL_YEAR, cap=cap, today=TODAY, by=None)


@pytest.fixture
def held(racing_app: Application) -> Iterator[Decimal]:
    """Give the FTE that earlier races left held in 2027, under an application context."""
    with racing_app.app_context():
        hundredths = db.session.execute(
            text(
                "SELECT coalesce(sum(share_pct), 0) FROM contract_period"
                " JOIN contract ON contract.id = contract_id"
                " WHERE contract.ends_on >= '2027-12-31'"
            )
        ).scalar_one()
        db.session.commit()
        yield Decimal(hundredths) / 10_000


def test_two_people_for_a_seat(racing_app: Application, race) -> None:
    with racing_app.app_context():
        seat = make_seat().id
        people = [make_contract().talent_id for _number in range(2)]
    lost = loser(race(*(placing(talent, seat) for talent in people)))
    assert isinstance(lost, SeatTaken)
    assert (lost.day, lost.by, lost.fits_on) == (date(2027, 1, 4), 100, None)


def test_two_seats_for_a_person(racing_app: Application, race) -> None:
    with racing_app.app_context():
        talent = make_contract(share=80).talent_id
        seats = [make_seat().id for _number in range(2)]
    lost = loser(race(*(placing(talent, seat, share="50") for seat in seats)))
    assert isinstance(lost, PersonOverbooked)
    assert (lost.by, lost.fits_on) == (20, None)


def test_two_contracts_for_the_last_full_time(racing_app: Application, race, held) -> None:
    people = [make_talent().id for _number in range(2)]
    db.session.remove()
    lost = loser(race(*(signing(talent, held + 1) for talent in people)))
    assert isinstance(lost, PoolOverbooked)
    assert (lost.day, lost.by, lost.fits_on) == (date(2027, 1, 1), 1, date(2028, 1, 1))


def test_a_contract_and_a_reserve_for_the_last_full_time(
    racing_app: Application, race, held
) -> None:
    talent, proposal = make_talent().id, make_proposal(status=ProposalStatus.AGREED).id
    db.session.remove()
    lost = loser(
        race(
            signing(talent, held + 1),
            lambda: confirm_proposal(
                db.session.get_one(Proposal, proposal), cap=held + 1, today=TODAY, by=None
            ),
        )
    )
    assert isinstance(lost, PoolOverbooked)
    assert lost.by == 1


def test_a_contract_that_shrinks_while_its_person_is_placed(racing_app: Application, race) -> None:
    with racing_app.app_context():
        contract = make_contract()
        number, talent, seat = contract.id, contract.talent_id, make_seat().id

    def shrink() -> None:
        contract = db.session.get_one(Contract, number)
        shorter = replace(terms_of(contract), ends_on=date(2027, 6, 30))
        amend_contract(contract, shorter, cap=Decimal(1_000), today=TODAY, by=None)

    lost = loser(race(shrink, placing(talent, seat)))
    assert lost.day == date(2027, 7, 1)
    assert lost.by == 100


def test_two_placements_that_grow_together(racing_app: Application, race) -> None:
    with racing_app.app_context():
        talent = make_contract().talent
        numbers = [make_placement(talent, share=40).id for _number in range(2)]

    def growing(number: int) -> Act:
        def grow() -> None:
            placement = db.session.get_one(Placement, number)
            booking = replace(booking_of(placement), share_pct=Decimal(60))
            change_placement(placement, booking, today=TODAY, by=None)

        return grow

    lost = loser(race(*(growing(number) for number in numbers)))
    assert isinstance(lost, PersonOverbooked)
    assert lost.by == 20


def test_a_seat_that_is_left_while_somebody_takes_it_later_is_filled(
    racing_app: Application, race
) -> None:
    with racing_app.app_context():
        placement = make_placement()
        number, seat = placement.id, placement.seat_id
        talent = make_contract(ends_on=None).talent_id
    outcomes = race(
        lambda: cancel_placement(db.session.get_one(Placement, number), today=TODAY, by=None),
        placing(talent, seat, starts_on=date(2028, 1, 1), ends_on=date(2028, 12, 31)),
    )
    assert outcomes == [None, None]
    with racing_app.app_context():
        assert db.session.get_one(NeedSeat, seat).status is SeatStatus.FILLED
