"""Accounts from the command line."""

import click
from flask.cli import AppGroup

from talentpool.access import Role
from talentpool.accounts import factors, replacing, services
from talentpool.accounts.passwords import SHORTEST_PASSWORD, weakness
from talentpool.accounts.queries import account_at
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


@commands.command("reset-factors")
@click.argument("email")
def reset_factors(email: str) -> None:
    """Take all second factors of EMAIL away: for an administrator who lost theirs and has no colleague."""
    account = account_at(services.normalised_email(email))
    if account is None:
        raise click.ClickException(f"{email} has no account.")
    count = factors.reset_factors(account, by=None)
    db.session.commit()
    click.echo(f"{count} second factors taken away; {email} was told by mail.")


@commands.command("replace-addresses")
def replace_addresses() -> None:
    """Carry out the changes of lost addresses that were confirmed, and that nobody stopped in a week."""
    done, left = replacing.carry_out_due()
    db.session.commit()
    click.echo(f"{done} addresses replaced.")
    if left:
        click.echo(f"{left} could not be: see their accounts' pages.", err=True)
