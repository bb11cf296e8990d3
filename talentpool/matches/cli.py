"""Rankings from the command line."""

import sys
from datetime import date

import click
from flask.cli import AppGroup

from talentpool.db import db
from talentpool.matches import services
from talentpool.matches.models import MatchRun
from talentpool.needs.models import NeedSeat

commands = AppGroup("matches", help="Rank the pool for a seat; compute a past ranking again.")


@commands.command()
@click.argument("seat", type=int)
def rank(seat: int) -> None:
    """Rank the pool for the seat with number SEAT, keep the ranking, and print its top ten."""
    found = db.session.get(NeedSeat, seat)
    if found is None:
        raise click.ClickException(f"There is no seat {seat}.")
    try:
        run = services.rank_talents(found, by=None, as_of=date.today())
    except services.SeatNotOpen as error:
        raise click.ClickException(f"Seat {seat} is not open.") from error
    except services.EmptyPool as error:
        raise click.ClickException("There is nobody to rank.") from error
    db.session.commit()
    click.echo(f"Run {run.id}: {run.pool_size} people.")
    for result in run.results[:10]:
        click.echo(f"{result.rank:4} {result.score:.4f} {result.person_key}")


@commands.command()
@click.argument("run", type=int)
def replay(run: int) -> None:
    """Compute ranking RUN again from what it kept; exit 1 if a figure comes out different."""
    found = db.session.get(MatchRun, run)
    if found is None:
        raise click.ClickException(f"There is no ranking {run}.")
    outcome = services.replay(found)
    if outcome.is_identical:
        click.echo("Identical.")
        return
    why = f"{outcome.erased} people were erased since" if outcome.erased else "figures differ"
    click.echo(f"Not identical: {why}; same algorithm: {'yes' if outcome.is_same_code else 'no'}.")
    sys.exit(1)
