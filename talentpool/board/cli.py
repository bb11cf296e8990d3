"""The board from the command line: the daily alerts."""

from datetime import date

import click
from flask.cli import AppGroup

from talentpool.board import services
from talentpool.db import db

commands = AppGroup("board", help="Tell people of new needs; run it every morning.")


@commands.command()
def alert() -> None:
    """Tell whoever keeps a search of the board which needs are new to it, once each."""
    told = services.tell_new(date.today())
    db.session.commit()
    click.echo(f"{told} alerts.")
