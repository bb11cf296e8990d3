"""CVs from the command line: forgetting what nobody decided on."""

import click
from flask.cli import AppGroup

from talentpool.cv import services
from talentpool.db import db

commands = AppGroup("cv", help="Forget what CVs proposed; run it every night.")


@commands.command()
def forget() -> None:
    """Forget the proposals of CVs that their authors did not decide on within seven days."""
    forgotten = services.forget_old()
    db.session.commit()
    click.echo(f"{forgotten} forgotten.")
