"""`talentpool`: settings, server, database, and each feature's commands."""

import os
import sys
from pathlib import Path

import click
from flask.cli import FlaskGroup
from flask_migrate import upgrade

from talentpool.access import ADMINISTRATORS, AGENCY
from talentpool.accounts.cli import commands as account
from talentpool.accounts.queries import demo_account_exists
from talentpool.admissions.cli import commands as admissions
from talentpool.board.cli import commands as board
from talentpool.casework.cli import commands as casework
from talentpool.config import ROOT, Settings, UnsafeSettings, read_settings
from talentpool.cv.cli import commands as cv
from talentpool.demo import services as demo_services
from talentpool.demo.cli import commands as demo
from talentpool.demo.factors import secret_of
from talentpool.demo.guard import DemoAccountsInProduction, refuse_demo_in_production
from talentpool.journal.cli import commands as journal
from talentpool.mail.cli import commands as mail
from talentpool.matches.cli import commands as matches
from talentpool.needs.cli import commands as needs
from talentpool.needs.cli import export_needs, import_needs
from talentpool.notifications.cli import commands as notifications
from talentpool.observed.cli import import_missions
from talentpool.organisations.cli import commands as organisations
from talentpool.placements.cli import commands as placements
from talentpool.placements.cli import export_staffing, import_staffing
from talentpool.privacy.cli import commands as privacy
from talentpool.reviews.cli import commands as reviews
from talentpool.skills.cli import commands as skills
from talentpool.talents.cli import export_profiles, import_profiles
from talentpool.web.pipeline import Application


def _create_app() -> Application:
    from talentpool import create_app

    return create_app()


@click.group(cls=FlaskGroup, create_app=_create_app, add_default_commands=False)
def talentpool() -> None:
    """The interministerial pool of digital talents."""  # noqa: D401 - the help text of the group


@talentpool.command(with_appcontext=False)
def config() -> None:
    """Print the settings in force, secrets masked."""
    for name, value in read_settings().shown().items():
        click.echo(f"{name}={value}")


@talentpool.command()
def migrate() -> None:
    """Create the database's tables, or bring them up to date."""
    upgrade()
    click.echo("The database is up to date.")


@talentpool.command(with_appcontext=False)
def serve() -> None:
    """Serve the site with gunicorn, on HOST and PORT."""
    settings = read_settings()
    app = _create_app()
    refuse_demo_in_production(app)
    _announce(app, settings)
    os.execv(  # noqa: S606
        sys.executable,
        [
            sys.executable,
            "-m",
            "gunicorn",
            "--chdir",
            str(ROOT),
            "--bind",
            f"{settings.host}:{settings.port}",
            "--threads",
            str(settings.threads),
            "--access-logfile",
            "/dev/null",
            "--log-level",
            "warning",
            # WEB_CONCURRENCY asks for more processes: each would count guesses for itself.
            *(["--workers", "1"] if settings.rate_limit_storage == "memory://" else []),
            "wsgi:app",
        ],
    )


def _announce(app: Application, settings: Settings) -> None:
    """Print the address and, where the demo stands, who may sign in."""
    click.echo(f"\n  http://{settings.host}:{settings.port}\n")
    with app.app_context():
        has_demo = demo_account_exists()
    if has_demo:
        _announce_demo()
    sys.stdout.flush()


def _announce_demo() -> None:
    """Print who signs in to the demo, and where those who must prove it twice get their codes."""
    click.echo(f"  Demo sign-ins, all with the password: {demo_services.PASSWORD}")
    for email, name, role in demo_services.ACCOUNTS:
        secret = f"  {secret_of(email)}" if role in AGENCY | ADMINISTRATORS else ""
        click.echo(f"    {email:24} {role.value:16} {name:20}{secret}")
    command = Path(sys.executable).with_name("talentpool")
    click.echo("\n  Those with a secret give a code too. Put the secret in an application, or run:")
    click.echo(f"    APP_PROFILE=development {command} demo code agence@demo.example\n")


@talentpool.group("import")
def import_group() -> None:
    """Bring profiles, needs, staffing or observed missions in from a file."""


@talentpool.group("export")
def export_group() -> None:
    """Write profiles, needs or staffing to a file that import reads."""


import_group.add_command(import_profiles)
import_group.add_command(import_needs)
import_group.add_command(import_missions)
import_group.add_command(import_staffing)
export_group.add_command(export_profiles)
export_group.add_command(export_needs)
export_group.add_command(export_staffing)
for group in (
    account,
    admissions,
    board,
    casework,
    cv,
    demo,
    journal,
    mail,
    matches,
    needs,
    notifications,
    organisations,
    placements,
    privacy,
    reviews,
    skills,
):
    talentpool.add_command(group)


def main() -> None:
    """Run the command line; refusals of unsafe settings are said plainly."""
    try:
        talentpool(prog_name="talentpool")
    except UnsafeSettings as refused:
        click.echo("These settings are unsafe for production:", err=True)
        for problem in refused.problems:
            click.echo(f"  {problem}", err=True)
        sys.exit(2)
    except DemoAccountsInProduction as refused:
        click.echo(str(refused), err=True)
        sys.exit(2)
