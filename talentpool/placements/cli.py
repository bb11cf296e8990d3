"""Placements from the command line: the daily round, and the agency's spreadsheet."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from talentpool.db import db
from talentpool.placements import queries
from talentpool.placements.imports import COLUMNS, StaffingImporter, staffing_rows
from talentpool.placements.models import Placement
from talentpool.placements.reminders import refresh_statuses, remind
from talentpool.proposals.reminders import remind as remind_of_proposals
from talentpool.tabular.cli import export_command, import_command
from talentpool.talents.services import refresh_summaries

commands = AppGroup("placements", help="Remind of what is due; run it every morning.")


@commands.command(name="remind")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Another day than today.")
def remind_command(on: Any) -> None:
    """Tell everybody concerned what is due, once each; follow contracts and free periods that began or ended."""
    today = on.date() if on else date.today()
    followed, free = refresh_statuses(today), refresh_summaries(today)
    told = remind(today) + remind_of_proposals(today)
    db.session.commit()
    click.echo(
        f"{told} reminders, {followed} people whose contract began or ended, "
        f"{free} whose free period did."
    )


def _importer(*, source: str, by: Any) -> StaffingImporter:
    cap = current_app.config["POOL_FTE"]
    return StaffingImporter(source=source, by=by, cap=cap, today=date.today())


def _rows() -> Iterator[dict[str, Any]]:
    contracts = list(db.session.scalars(queries.contracts()))
    placements = queries.whole_placements().order_by(Placement.id)
    return staffing_rows(contracts, list(db.session.scalars(placements)))


import_staffing = import_command("staffing", _importer)
export_staffing = export_command("staffing", COLUMNS, _rows)
