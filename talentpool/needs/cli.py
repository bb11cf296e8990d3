"""Needs from the command line."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import click
from flask.cli import AppGroup

from talentpool.db import db
from talentpool.needs.imports import COLUMNS, NeedImporter, need_rows
from talentpool.needs.models import Need
from talentpool.needs.queries import whole_needs
from talentpool.needs.reminders import remind
from talentpool.tabular.cli import export_command, import_command

commands = AppGroup("needs", help="Tell of promised days that have passed; run it every morning.")


@commands.command(name="remind")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Another day than today.")
def remind_command(on: Any) -> None:
    """Tell both sides of each need that waits longer than promised, once and then weekly."""
    told = remind(on.date() if on else date.today())
    db.session.commit()
    click.echo(f"{told} reminders.")


def _rows() -> Iterator[dict[str, Any]]:
    return need_rows(list(db.session.scalars(whole_needs().order_by(Need.id))))


import_needs = import_command("needs", NeedImporter)
export_needs = export_command("needs", COLUMNS, _rows)
