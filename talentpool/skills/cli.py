"""The referential from the command line."""

import click
from flask.cli import AppGroup

from talentpool.db import db
from talentpool.skills import services

commands = AppGroup("skills", help="Load the referential of families and skills.")


@commands.command()
def load() -> None:
    """Add the shipped families and skills that are missing; edited ones stay as they are."""
    families, skills = services.load_referential()
    db.session.commit()
    click.echo(f"{families} families and {skills} skills added.")
