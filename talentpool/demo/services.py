"""Seeding the demo through the same services that people use."""

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.accounts.services import create_account
from talentpool.db import db
from talentpool.demo.applications import seed_applications
from talentpool.demo.casework import seed_casework
from talentpool.demo.decisions import seed_decisions, seed_declarations
from talentpool.demo.evidence import seed_evidence
from talentpool.demo.exchanges import seed_exchanges
from talentpool.demo.factors import seed_factor
from talentpool.demo.finding import seed_finding
from talentpool.demo.invitations import seed_invitations
from talentpool.demo.lives import seed_lives
from talentpool.demo.privacy import seed_privacy
from talentpool.demo.staffing import seed_staffing
from talentpool.matches.queries import newest_run
from talentpool.matches.services import rank_talents
from talentpool.needs.models import Need, SeatStatus
from talentpool.needs.seat_records import SeatReader
from talentpool.needs.services import NeedContent, add_seat, create_need
from talentpool.needs.stages import SEARCHED, NeedStatus
from talentpool.organisations.models import Organisation
from talentpool.organisations.services import add_member, load_organisations
from talentpool.skills.held import NamedSkill, SkillNames
from talentpool.skills.models import JobFamily
from talentpool.skills.services import load_referential
from talentpool.tabular.reading import Row
from talentpool.talents.models import EmploymentStatus, PoolStatus, Talent
from talentpool.talents.services import ProfileContent, create_talent
from talentpool.talents.values import PeriodKind, Stretch, Studied, spoken_named

HERE = Path(__file__).parent
PASSWORD = "une demo sans secret"  # noqa: S105 - printed for whoever tries the demo
SOURCE = "demo"
#: Who signs in to the demo: address, name, role.
ACCOUNTS = [
    ("talent@demo.example", "Ifeoma Castaing", Role.TALENT),
    ("candidat@demo.example", "Noam Vauclair", Role.TALENT),
    ("vivier@demo.example", "Youssef Kermorvan", Role.TALENT),
    ("ministere@demo.example", "Solveig Marchandeau", Role.MINISTRY_MEMBER),
    ("travail@demo.example", "Apolline Verdonck", Role.MINISTRY_MEMBER),
    ("agence@demo.example", "Oriane Tissandier", Role.AGENCY_STAFF),
    ("direction@demo.example", "Bertille Quémeneur", Role.AGENCY_DIRECTOR),
    ("admin@demo.example", "Lazare Ferrandon", Role.ADMINISTRATOR),
    ("relais@demo.example", "Firmin Desrosiers", Role.AGENCY_STAFF),
]
#: Which organisation each member of a ministry belongs to: one with a draft, one with the oldest open seat.
HOSTS = [("culture", "ministere@demo.example"), ("travail", "travail@demo.example")]
RANKED_AT_FIRST = 3
#: How long ago the demo's people and ministries wrote.
WRITTEN = timedelta(days=60)


def is_empty() -> bool:
    """Tell whether nobody uses this database yet."""
    return not db.session.scalar(select(func.count()).select_from(Account))


def seed(today: date, cap: Decimal = Decimal(30)) -> None:
    """Fill an empty database with the demo's agency, as of `today`, within a cap in FTE."""
    load_organisations()
    load_referential()
    accounts = [
        create_account(
            email=email, display_name=name, role=role, password=PASSWORD, by=None, is_demo=True
        )
        for email, name, role in ACCOUNTS
    ]
    for account in accounts:
        if account.must_prove_twice:
            seed_factor(account)
    officer, colleague = (one for one in accounts if one.role is Role.AGENCY_STAFF)
    _seed_people({account.display_name: account for account in accounts})
    seed_evidence(officer, today)
    _seed_needs()
    for code, email in HOSTS:
        host = db.session.scalars(select(Organisation).where(Organisation.code == code)).one()
        add_member(host, email=email, by=None)
    seed_staffing(officer, cap=cap, today=today)
    seed_lives(officer, today)
    _age(today)
    seed_decisions(officer, today)
    seed_declarations()
    _rank_some(officer, today)
    seed_exchanges(
        {account.email: account for account in accounts},
        officer=officer,
        colleague=colleague,
        today=today,
    )
    seed_casework(officer, colleague=colleague, today=today)
    seed_applications(
        {account.email: account for account in accounts}, password=PASSWORD, today=today
    )
    seed_finding({account.email: account for account in accounts}, officer=officer, today=today)
    seed_privacy(accounts, today=today)
    seed_invitations(officer)


def _age(today: date) -> None:
    """Let everybody have written long ago, so that no ranking looks older than what it read."""
    written_at = datetime.combine(today - WRITTEN, time(12), UTC)
    db.session.execute(update(Talent).values(edited_at=written_at))
    db.session.execute(update(Need).values(edited_at=written_at))


def _records(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def _seed_people(accounts: dict[str, Account]) -> None:
    names = SkillNames()
    families = {family.code: family for family in db.session.scalars(select(JobFamily))}
    for record in _records("people.jsonl"):
        content = ProfileContent(
            display_name=record["name"],
            headline=record["headline"],
            families=[families[code] for code in record["families"]],
            skills=[_held(names, held) for held in record["skills"]],
            experience=record["experience"],
            text=record["text"],
            wishes=record["wishes"],
            town=record["town"],
            remote_days=record["remote_days"],
            available_from=_day(record["available_from"]),
            share_pct=record["share_pct"],
            employment_status=EmploymentStatus(record["status"]) if record["status"] else None,
            pool_status=PoolStatus.POOL,
            languages=[one for name in record.get("languages", ()) if (one := spoken_named(name))],
            education=[Studied(*studied) for studied in record.get("education", ())],
            other_towns=record.get("other_towns", []),
            seniority_years=record.get("seniority_years"),
            clearances=record.get("clearances", []),
            periods=[_period(*said) for said in record.get("periods", ())],
            wished_kinds=record.get("wished_kinds", []),
        )
        create_talent(
            content,
            by=None,
            account=accounts.get(record["name"]),
            source=SOURCE,
            external_id=record["id"],
        )


def _period(kind: str, starts_on: str, ends_on: str | None, share_pct: int | None) -> Stretch:
    return Stretch(PeriodKind(kind), date.fromisoformat(starts_on), _day(ends_on), share_pct)


def _held(names: SkillNames, held: dict[str, Any]) -> NamedSkill:
    named = names.named(held["label"])
    return NamedSkill(named.label, named.skill, held["level"], held["grow"])


def _seed_needs() -> None:
    hosts = {found.code: found for found in db.session.scalars(select(Organisation))}
    reader = SeatReader()
    for record in _records("needs.jsonl"):
        status = NeedStatus(record["status"])
        content = NeedContent(
            title=record["title"],
            summary=record["summary"],
            text=record["text"],
            organisation=hosts[record["organisation"]],
            themes=record["themes"],
            town=record["town"],
        )
        need = create_need(content, by=None, source=SOURCE, external_id=record["id"], status=status)
        if record["opened_on"]:
            need.approved_at = _noon(record["opened_on"])
            need.submitted_at = need.stage_since = need.approved_at
        spelled_out = [_seat(record) for record in record["seats"]]
        for seat in reader.seats(Row(line=0), {"seats": spelled_out}, []):
            add_seat(need, seat, by=None)
        if status is NeedStatus.CLOSED:
            need.closed_at = _noon(max(seat["ends_on"] for seat in record["seats"]))


def _seat(record: dict[str, Any]) -> dict[str, Any]:
    """Give a seat of a draft the status that seats have: open, as soon as its need is."""
    known = record["status"] in set(SeatStatus)
    return record if known else {**record, "status": SeatStatus.OPEN.value}


def _rank_some(officer: Account, today: date) -> None:
    """Rank for the seats that have waited longest, so that the first screen has something to read."""
    db.session.flush()
    oldest = db.session.scalars(
        select(Need).where(Need.status.in_(SEARCHED)).order_by(Need.approved_at)
    )
    seats = [seat for need in oldest for seat in need.seats if seat.is_open]
    for seat in seats[:RANKED_AT_FIRST]:
        if newest_run(seat) is None:
            rank_talents(seat, by=officer, as_of=today)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _noon(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), time(12), UTC)


def remove_accounts() -> int:
    """Disable every demo account, so that production may start; returns how many."""
    found = list(db.session.scalars(select(Account).where(Account.is_demo, Account.is_active)))
    for account in found:
        account.is_active = False
    db.session.flush()
    return len(found)
