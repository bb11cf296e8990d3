"""A person of whom every table that may hold something holds one row, whatever tables there are."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Enum,
    Integer,
    LargeBinary,
    String,
    Table,
    insert,
)

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.db import Share, UtcDateTime, db, hash_of
from talentpool.placements.models import Agreement
from talentpool.privacy.elimination_models import EliminationVisa
from talentpool.privacy.eliminations import note_visa
from talentpool.privacy.models import DataRequest, RequestKind, RetentionNotice
from talentpool.privacy.people import Person, person_of
from talentpool.privacy.restricting import ask
from talentpool.privacy.schema import (
    ACCOUNT,
    METADATA,
    NOT_THEIRS,
    TALENT,
    fate_of,
    own_tables,
    ties_of,
)
from talentpool.tabular.models import ImportRun
from talentpool.talents.models import Talent
from tests.factories.accounts import make_account
from tests.factories.needs import make_seat
from tests.factories.organisations import make_organisation
from tests.factories.skills import make_family, make_skill
from tests.factories.talents import make_talent

NAME = "Maëlle Traçet"
EMAIL = "maelle.tracet@essai.example"
#: Long enough ago for nothing to run any more.
DAY = date(2020, 5, 4)
INSTANT = datetime(2020, 5, 4, 9, tzinfo=UTC)
#: What checks of the tables ask for.
SPECIAL: dict[str, Any] = {
    "retention_notice.account_id": None,
    "distinct_records.first_organisation_id": None,
    "distinct_records.second_organisation_id": None,
    "record_merge.kept_organisation_id": None,
    "record_merge.merged_organisation_id": None,
    "case_note.seat_id": None,
    "case_note.need_id": None,
    "follow_up.seat_id": None,
    "follow_up.need_id": None,
    "confirmation.need_id": None,
    "handover_item.placement_id": None,
    "interview_slot.minutes": 45,
    "talent_education.year": 2001,
    "proposal.status": "declined",
    "absence.ends_on": DAY,
    "application_interview.meets_at": "14:30",
    "visibility.paused_at": None,
    "visibility.paused_until": None,
    "visibility.objected_at": None,
}
_numbers = count(1)


def make_known_person(**changes: Any) -> Person:
    """Make a person with an account, a profile, and one row in each table that may hold theirs."""
    account = make_account(role=Role.TALENT, display_name=NAME, email=EMAIL)
    make_talent(account=account, display_name=NAME, text=f"Je suis {NAME}, {EMAIL}.", **changes)
    person = person_of(account)
    fill_every_table(person)
    return person_of(account)


def fill_every_table(person: Person) -> dict[str, str]:
    """Give a person one more row in every table, and return the mark that each text column bears."""
    others = _others()
    other_talent = make_talent(display_name="Sacha Voisin")
    assert person.account is not None
    assert person.talent is not None
    own = {"talent": person.talent.id, "account": person.account.id}
    marks: dict[str, str] = {}
    tables = own_tables()
    ties = {str(tie.column) for table in tables for tie in ties_of(table)}
    for table in METADATA.sorted_tables:
        if table not in tables or table in (TALENT, ACCOUNT):
            continue
        values = {}
        for column in table.columns:
            if column.name == "id":
                continue
            values[column.name] = _value(column, own, others, other_talent, ties, marks)
        made = db.session.execute(insert(table).values(values))
        if "id" in table.c:
            own[table.name] = made.inserted_primary_key[0]
    db.session.commit()
    db.session.expire_all()
    return marks


def _others() -> dict[str, int]:
    """Make rows for a person's own to refer to."""
    seat = make_seat()
    agreement = Agreement(need=seat.need)
    db.session.add(agreement)
    db.session.flush()
    return {
        "account": make_account().id,
        "agreement": agreement.id,
        "job_family": make_family("other", "Autre").id,
        "need": seat.need_id,
        "need_seat": seat.id,
        "organisation": make_organisation().id,
        "skill": make_skill("Cartographie").id,
    }


def _value(
    column: Column[Any],
    own: dict[str, int],
    others: dict[str, int],
    other_talent: Talent,
    ties: set[str],
    marks: dict[str, str],
) -> Any:
    if str(column) in SPECIAL:
        return SPECIAL[str(column)]
    if column.foreign_keys:
        [key] = column.foreign_keys
        return _reference(column, key.column.table, own, others, other_talent, ties)
    if isinstance(column.type, Enum):
        return (
            next(iter(column.type.enum_class)) if column.type.enum_class else column.type.enums[0]
        )
    if isinstance(column.type, String):
        return _words(column, marks)
    return _plain(column)


def _reference(
    column: Column[Any],
    target: Table,
    own: dict[str, int],
    others: dict[str, int],
    other_talent: Talent,
    ties: set[str],
) -> int | None:
    if target is TALENT and column.name.startswith(("second", "merged")):
        return other_talent.id
    if column.name == "receiver_id":
        return others["account"]
    is_theirs = str(column) in ties and fate_of(column) not in NOT_THEIRS
    if is_theirs and target.name in own:
        return own[target.name]
    return others.get(target.name)


def _words(column: Column[Any], marks: dict[str, str]) -> str:
    mark = marks[str(column)] = f"zq{next(_numbers):x}z"
    longest = column.type.length or 1_000
    whole = f"{mark} {EMAIL if longest > 200 else ''} {NAME}"
    return whole if len(whole) <= longest and column.name not in {"token_hash", "key"} else mark


def _plain(column: Column[Any]) -> Any:
    if isinstance(column.type, UtcDateTime):
        return INSTANT
    if isinstance(column.type, Date):
        return DAY
    if isinstance(column.type, Share) or column.name == "share_pct":
        return Decimal(50) if isinstance(column.type, Share) else 50
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Integer):
        return 1
    if isinstance(column.type, LargeBinary):
        return f"PDF {NAME}".encode()
    if isinstance(column.type, JSON):
        return [{"said": f"{NAME}, {EMAIL}"}]
    raise AssertionError(f"no value for {column}")


def make_report_that_quotes(words: str) -> ImportRun:
    """Make the report of an import whose warnings quote words."""
    run = ImportRun(
        kind="profiles",
        filename="personnes.csv",
        source="s",
        is_dry_run=False,
        report={"rows": [{"line": 2, "warning": f"« {words.upper()} » : famille inconnue"}]},
    )
    db.session.add(run)
    db.session.commit()
    return run


def make_data_request(account: Account, **changes: Any) -> DataRequest:
    """Make a request for a correction."""
    values = {"kind": RequestKind.CORRECTION, "text": "Mon contrat finit en mars.", **changes}
    asked = ask(account, **values)
    db.session.commit()
    return asked


def make_visa(given_on: date = DAY, **changes: Any) -> EliminationVisa:
    """Make a visa on eliminations, from a day on for a year."""
    values = {"signatory": "Camille Archive, mission des archives", "reference": "", **changes}
    visa = note_visa(given_on=given_on, today=given_on, by=None, **values)
    db.session.commit()
    return visa


def make_retention_notice(talent: Talent) -> tuple[RetentionNotice, str]:
    """Make a notice of the end, and return it with the token of the link that was mailed."""
    token = f"renew-{next(_numbers)}"
    notice = RetentionNotice(
        talent_id=talent.id, warned_on=DAY, erase_on=DAY, token_hash=hash_of(token)
    )
    db.session.add(notice)
    db.session.commit()
    return notice, token


def account_of(person: Person) -> Account:
    """Return the account of a person who has one."""
    assert person.account is not None
    return person.account
