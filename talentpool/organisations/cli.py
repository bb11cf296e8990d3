"""Organisations from the command line."""

import click
from flask.cli import AppGroup

from talentpool.db import db
from talentpool.organisations import services

commands = AppGroup("organisations", help="Load ministries and digital bodies.")


@commands.command()
def load() -> None:
    """Add the shipped organisations that are missing; edited ones stay as they are."""
    added = services.load_organisations()
    db.session.commit()
    click.echo(f"{added} organisations added.")
