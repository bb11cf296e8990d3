"""What became of the demo's needs that were not simply approved: their dossiers, and their moves."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.needs import lifecycle, services
from talentpool.needs.models import ContactRole, Need, NeedMove
from talentpool.needs.stages import Move, MoveReason

DOSSIERS = Path(__file__).parent / "dossiers.jsonl"
#: How long ago these needs were submitted, and how long each stage took.
SUBMITTED = timedelta(days=13)
LONG_AGO = timedelta(days=120)
BETWEEN = timedelta(days=4)
TEXTS = ("beneficiaries", "solution", "data_access", "risks", "value", "exit_plan")


def seed_lives(officer: Account, today: date) -> None:
    """Complete the dossiers, then make the moves that they tell, each on its day."""
    for line in DOSSIERS.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        found = select(Need).where(Need.source == "demo", Need.external_id == record["id"])
        need = db.session.scalars(found).one()
        services.edit_need(need, _completed(services.content_of(need), record), by=None)
        served = Move.APPROVE.value in record["life"]
        moment = datetime.combine(today - (LONG_AGO if served else SUBMITTED), time(9), UTC)
        if need.submitted_at:
            need.submitted_at = need.stage_since = moment
        for name in record["life"]:
            moment += LONG_AGO / 2 if name == Move.GIVE_UP.value else BETWEEN
            made = _moves(record)[Move(name)](need, officer)
            made.created_at = need.stage_since = moment
            if made.move is Move.APPROVE:
                need.approved_at = moment
            if need.closed_at:
                need.closed_at = moment
    db.session.flush()


def _completed(content: services.NeedContent, record: dict[str, Any]) -> services.NeedContent:
    return replace(
        content,
        **{name: record[name] for name in TEXTS if name in record},
        **record.get("money", {}),
        team=[services.Teammate(**member) for member in record.get("team", [])],
        contacts=[
            services.Contact(**{**contact, "role": ContactRole(contact["role"])})
            for contact in record.get("contacts", [])
        ],
    )


def _moves(record: dict[str, Any]) -> dict[Move, Callable[[Need, Account], NeedMove]]:
    words = record.get("words", "")
    reason = MoveReason(record.get("reason", MoveReason.OTHER))
    return {
        Move.TAKE_UP: lambda need, by: lifecycle.take_up_need(need, by=by),
        Move.ASK_COMPLEMENT: lambda need, by: lifecycle.ask_complement(need, words=words, by=by),
        Move.APPROVE: lambda need, by: lifecycle.approve_need(need, by=by),
        Move.DECLINE: lambda need, by: lifecycle.decline_need(
            need, reason=reason, words=words, by=by
        ),
        Move.GIVE_UP: lambda need, by: lifecycle.give_up_need(
            need, reason=reason, words=words, by=by
        ),
    }
