"""Retention, the ledger of erasures and the search for traces, from the command line."""

import json
import sys
from datetime import date, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from talentpool.db import db
from talentpool.privacy import ledger, retention, storage, traces
from talentpool.privacy.erasing import LastAdministrator, StillBound, erase_person
from talentpool.privacy.models import ErasureKind
from talentpool.privacy.people import Identity, people_named

commands = AppGroup("privacy", help="Forget people in time, and prove that they are forgotten.")
DAY = click.DateTime(["%Y-%m-%d"])


def _key() -> bytes:
    return str(current_app.config["SECRET_KEY"]).encode()


def _today(on: datetime | None) -> date:
    return on.date() if on else date.today()


@commands.command()
@click.option("--dry-run", is_flag=True, help="Print what would be done, and write nothing.")
@click.option("--on", type=DAY, help="The day to reckon from, by default today.")
def retain(dry_run: bool, on: datetime | None) -> None:
    """Tell whoever nobody heard of for long, and erase whoever was told and stayed silent."""
    today = _today(on)
    rule = retention.Rule(
        current_app.config["RETENTION_MONTHS"], current_app.config["RETENTION_WARNING_DAYS"]
    )
    for one in retention.standings(rule, today=today):
        last = one.last_contact.date().isoformat()
        click.echo(f"{one.person.code:8} {last}  {one.erase_on.isoformat()}  {one.step.value}")
    if dry_run:
        click.echo("Nothing was written.")
        return
    done = retention.apply_retention(rule, today=today, key=_key())
    db.session.commit()
    storage.forget_freed_space()
    click.echo(f"{done.warned} told, {done.erased} erased.")


@commands.command()
@click.argument("email_or_code")
@click.option("--yes", is_flag=True, help="Do not ask whether it is meant.")
def erase(email_or_code: str, yes: bool) -> None:
    """Erase the person known by EMAIL_OR_CODE, and print where others of the same name stand."""
    people = people_named(email_or_code)
    if not people:
        raise click.ClickException(f"Nobody is known as {email_or_code}.")
    if len(people) > 1:
        codes = ", ".join(one.code for one in people)
        raise click.ClickException(f"Several people are known so, give a code: {codes}.")
    [person] = people
    if not yes:
        click.confirm(f"Erase {person.code} for ever?", abort=True)
    try:
        erasure = erase_person(
            person, kind=ErasureKind.ON_BEHALF, today=date.today(), key=_key(), by=None
        )
    except StillBound as error:
        raise click.ClickException("A contract or a mission runs.") from error
    except LastAdministrator as error:
        raise click.ClickException("Nobody else could administer the site.") from error
    left = list(erasure.left)
    db.session.commit()
    storage.forget_freed_space()
    for place in left:
        click.echo(f"to be read again: {place}")
    click.echo("Erased.")


@commands.command()
@click.argument("terms", nargs=-1, required=True)
def trace(terms: tuple[str, ...]) -> None:
    """Look for whole names and addresses in every text and file; exit 1 if one is found."""
    addresses = frozenset(term.casefold() for term in terms if "@" in term)
    identity = Identity(frozenset(terms) - addresses, addresses, frozenset())
    found = traces.traces_of(identity)
    found += traces.file_traces(identity, storage.files(current_app.instance_path))
    for one in found:
        click.echo(one.label)
    if found:
        sys.exit(1)
    click.echo("Nothing is left.")


@commands.command("ledger")
def print_ledger() -> None:
    """Print the ledger of erasures, to be kept beside the backups; it tells nobody who was erased."""
    for line in ledger.lines():
        click.echo(line)


@commands.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
def reapply(file: Path) -> None:
    """Erase again whoever a restored backup brought back, by the ledger kept in FILE."""
    kept = [json.loads(line) for line in file.read_text().splitlines() if line.strip()]
    people = ledger.come_back(kept, _key())
    refused = 0
    for person in people:
        code = person.code
        try:
            erase_person(
                person, kind=ErasureKind.REAPPLIED, today=date.today(), key=_key(), by=None
            )
        except StillBound:
            # The backup is older than the end of their contract: a person ends it, then runs this again.
            click.echo(f"{code} is still bound by a contract or a mission.", err=True)
            refused += 1
        except LastAdministrator:
            click.echo(f"{code} is the last administrator.", err=True)
            refused += 1
    db.session.commit()
    storage.forget_freed_space()
    click.echo(f"{len(people) - refused} erased again.")
    if refused:
        sys.exit(1)
