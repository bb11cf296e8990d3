"""The journal from the command line: its head to keep elsewhere, and its proof."""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from talentpool.journal import services

commands = AppGroup("journal", help="Keep the journal's head elsewhere; prove that it is whole.")


@commands.command()
def head() -> None:
    """Print number and seal of the newest entry; keep them outside this machine every day."""
    number, seal = services.head()
    click.echo(f"{number} {seal}")


@commands.command()
@click.option(
    "--anchor", type=click.Path(exists=True, path_type=Path), help="File with an earlier head."
)
def verify(anchor: Path | None) -> None:
    """Name each entry that was edited, removed, reordered or cut off; exit 1 if there is one."""
    kept = None
    if anchor is not None:
        number, _space, seal = anchor.read_text().strip().partition(" ")
        kept = (int(number), seal)
    problems = services.broken_links(kept)
    for problem in problems:
        click.echo(problem)
    if problems:
        sys.exit(1)
    click.echo("The journal is whole.")
