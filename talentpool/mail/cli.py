"""The outbox from the command line."""

import click
from flask.cli import AppGroup

from talentpool.db import db, now
from talentpool.mail import queries, services
from talentpool.mail.background import mail_server
from talentpool.mail.models import OutgoingMail
from talentpool.mail.smtp import MailServerFailed

commands = AppGroup("mail", help="Deliver mails; see those that wait.")


@commands.command()
def deliver() -> None:
    """Send the mails that are due, and delete those over for 30 days; run it every few minutes."""
    services.forget_old_mail(at=now())
    db.session.commit()
    server = mail_server()
    if not server.host:
        raise click.ClickException(
            f"MAIL_SERVER is not set: {queries.waiting_count()} mails wait in the outbox."
        )
    try:
        done = services.deliver_due_mail(server)
    except MailServerFailed as failed:
        raise click.ClickException(f"The mail server failed: {failed}. The mails wait.") from failed
    click.echo(f"{done.sent} sent, {done.refused} refused, {queries.waiting_count()} waiting.")


@commands.command()
def outbox() -> None:
    """List the mails that have not left by number, date and state, and count them; names nobody."""
    waiting = given_up = 0
    for mail in db.session.scalars(queries.unsent()):
        click.echo(f"{mail.id}  {mail.created_at:%Y-%m-%d %H:%M}  {_state(mail)}")
        waiting += mail.due_at is not None
        given_up += mail.due_at is None
    click.echo(f"{waiting} waiting, {given_up} given up.")


def _state(mail: OutgoingMail) -> str:
    if mail.due_at is None:
        return f"given up ({mail.last_error})"
    return f"refused {mail.failures} times ({mail.last_error})" if mail.failures else "waiting"
