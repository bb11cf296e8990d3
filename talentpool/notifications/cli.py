"""Notifications from the command line."""

from datetime import date

import click
from flask.cli import AppGroup

from talentpool.db import db
from talentpool.notifications import services

commands = AppGroup("notifications", help="Send digests; run it every morning.")


@commands.command()
def digest() -> None:
    """Queue a mail for each person who wants a digest today and has news; `mail deliver` sends them."""
    queued = services.send_digests(date.today())
    db.session.commit()
    click.echo(f"{queued} digests queued.")
