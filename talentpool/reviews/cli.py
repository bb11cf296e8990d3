"""Evaluations of needs from the command line."""

import click
from flask import current_app
from flask.cli import AppGroup

from talentpool.db import db
from talentpool.reviews.services import open_read_needs

commands = AppGroup("reviews", help="Open evaluations of needs; run it every morning.")


@commands.command(name="open")
def open_command() -> None:
    """Open the evaluations of needs of which nothing else can come, whoever was awaited having left."""
    opened = open_read_needs(needed=int(current_app.config["NEED_REVIEWERS"]))
    db.session.commit()
    click.echo(f"{opened} needs opened.")
