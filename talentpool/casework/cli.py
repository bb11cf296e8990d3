"""Casework from the command line: what is kept on a person who asks for their data."""

import json

import click
from flask.cli import AppGroup

from talentpool.casework.queries import person_named
from talentpool.casework.services import file_on

commands = AppGroup("casework", help="Give a person what the agency notes on them.")


@commands.command()
@click.argument("email_or_code")
def notes(email_or_code: str) -> None:
    """Print the notes, the follow-up and the confirmations on EMAIL_OR_CODE (as in T-0012), as JSON."""
    talent = person_named(email_or_code)
    if talent is None:
        raise click.ClickException(f"Nobody is known as {email_or_code}.")
    click.echo(json.dumps(file_on(talent), ensure_ascii=False, indent=2))
