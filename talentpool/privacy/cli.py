"""Retention, the ledger of erasures and the search for traces, from the command line."""

import json
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from talentpool.db import db
from talentpool.privacy import eliminations, expiry, ledger, retention, storage, traces
from talentpool.privacy.erasing import LastAdministrator, StillBound, erase_person
from talentpool.privacy.models import ErasureKind
from talentpool.privacy.people import Identity, people_named
from talentpool.privacy.retention import Step

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
    """Tell whoever nobody heard of for long, or was refused, and erase whoever was told and stayed silent.

    Absences, invitations and handovers past their term go too. Nothing is destroyed without a visa: what
    waits for one makes the command exit with 1. One person at a time: whoever cannot be
    erased is named, keeps nobody else, and makes the command exit with 1.
    """
    today, rule = _today(on), retention.rule_in_force(current_app.config)
    concerned = retention.standings(rule, today=today)
    for one in concerned:
        since, end = one.since.date().isoformat(), one.erase_on.isoformat()
        click.echo(f"{one.person.code:8} {since}  {end}  {one.step.value:6}  {one.why.value}")
    rows = expiry.expired(today)
    click.echo(f"past their term: {rows.said or 'nothing'}")
    if eliminations.visa_on(today) is None:
        click.echo("No visa holds on this day: nobody is erased, nothing is deleted.")
    if dry_run:
        click.echo("Nothing was written.")
        return
    is_waiting = _forget_expired(today)
    due = [one.person.code for one in concerned if one.step in (Step.WARN, Step.ERASE)]
    done, failed, waiting = _applied(rule, due, today)
    # Said before the space is freed, which may fail: what was done is known all the same.
    click.echo(f"{done[Step.WARN]} told, {done[Step.ERASE]} erased.")
    if waiting:
        click.echo(f"{waiting} to be erased once a visa holds.", err=True)
    if failed:
        click.echo(f"{len(failed)} failed, to be seen to: {', '.join(failed)}.", err=True)
    storage.forget_freed_space()
    if failed or waiting or is_waiting:
        sys.exit(1)


def _forget_expired(today: date) -> bool:
    """Delete what is past its term, in a transaction of its own; tell whether it waits for a visa."""
    visa = eliminations.visa_on(today)
    if visa is None:
        return bool(expiry.expired(today).by_table)
    eliminations.enter(visa, expiry.forget_expired(today).by_table, on=today)
    db.session.commit()
    return False


def _applied(
    rule: retention.Rule, codes: list[str], today: date
) -> tuple[Counter[Step], list[str], int]:
    """Apply the rule to each person in a transaction of their own.

    Count what was done, name who failed, and count who waits for a visa.
    """
    done: Counter[Step] = Counter()
    failed, waiting = [], 0
    for code in codes:
        try:
            step = retention.apply_rule(rule, code, today=today, key=_key())
            db.session.commit()
        except eliminations.NoVisa:
            db.session.rollback()
            waiting += 1
        except Exception as error:  # noqa: BLE001 - whatever it is, the others' time has come too.
            db.session.rollback()
            # Its kind alone: what an error says may quote the person.
            failed.append(f"{code} ({type(error).__name__})")
        else:
            done[step] += 1
    return done, failed, waiting


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
