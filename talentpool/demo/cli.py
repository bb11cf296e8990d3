"""The demo from the command line."""

from datetime import date

import click
from flask.cli import AppGroup

from talentpool.accounts.queries import account_at
from talentpool.config import read_settings
from talentpool.db import db
from talentpool.demo import factors, services

commands = AppGroup("demo", help="Seed a believable agency; close its accounts.")


@commands.command()
def seed() -> None:
    """Fill the database if nobody uses it yet; otherwise change nothing."""
    if read_settings().is_production:
        raise click.ClickException("Not in production: everybody knows the demo's password.")
    if not services.is_empty():
        click.echo("The database is in use already: nothing seeded.")
        return
    services.seed(date.today())
    db.session.commit()
    click.echo("Demo seeded.")


@commands.command("remove-accounts")
def remove_accounts() -> None:
    """Disable the demo's accounts, whose password everybody knows."""
    closed = services.remove_accounts()
    db.session.commit()
    click.echo(f"{closed} demo accounts disabled.")


@commands.command()
@click.argument("email")
def code(email: str) -> None:
    """Print a code with which EMAIL, an account of the demo, takes the second step of signing in."""
    try:
        click.echo(factors.code_for(account_at(email)))
    except factors.NoDemoFactor as error:
        raise click.ClickException(f"{email} is no demo account with an application.") from error
    except factors.CodesSpent as error:
        raise click.ClickException("Each code serves once: wait half a minute.") from error
