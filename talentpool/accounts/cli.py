"""Accounts from the command line."""

import click
from flask.cli import AppGroup

from talentpool.access import Role
from talentpool.accounts import services
from talentpool.accounts.passwords import SHORTEST_PASSWORD, weakness
from talentpool.db import db

commands = AppGroup("account", help="Open accounts.")


@commands.command()
@click.argument("email")
@click.option("--name", required=True, help="Name to show.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.password_option(help="Asked for when not given.")
def create(email: str, name: str, role: str, password: str) -> None:
    """Open an account for EMAIL: the first administrator of a new installation, for instance."""
    if weakness(password, known=(email, name)):
        raise click.ClickException(
            f"Too easy to guess: {SHORTEST_PASSWORD} characters or more, four unrelated words for instance."
        )
    try:
        services.create_account(
            email=email, display_name=name, role=Role(role), password=password, by=None
        )
    except services.EmailAlreadyTaken as error:
        raise click.ClickException(f"{email} has an account already.") from error
    db.session.commit()
    click.echo(f"{email} may sign in.")
