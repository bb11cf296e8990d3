"""Applications from the command line."""

from datetime import date
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from talentpool.admissions.reminders import remind
from talentpool.db import db

commands = AppGroup("admissions", help="Remind of applications; run it every morning.")


@commands.command(name="remind")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Another day than today.")
def remind_command(on: Any) -> None:
    """Tell late reviewers, whoever leads and whoever waits, once and then weekly; decide nothing."""
    told = remind(
        on.date() if on else date.today(), needed=int(current_app.config["APPLICATION_REVIEWERS"])
    )
    db.session.commit()
    click.echo(f"{told} reminders.")
