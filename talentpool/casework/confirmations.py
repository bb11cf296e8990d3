"""Asking whom an entry was made for whether it is right, behind a link that serves once."""

import secrets
from datetime import date, timedelta

from sqlalchemy import select

from talentpool.accounts.models import Account
from talentpool.casework import emails, queries
from talentpool.casework.models import Answer, Confirmation, Subject
from talentpool.casework.services import is_caretaker, raise_today
from talentpool.db import db, hash_of, now
from talentpool.i18n import _
from talentpool.journal import services as journal
from talentpool.mail.services import queue_mail
from talentpool.needs.models import Need
from talentpool.notifications.kinds import Group, register
from talentpool.notifications.services import notify
from talentpool.talents.models import Talent

#: How long a link serves.
SERVES_FOR = timedelta(days=30)
ANSWERED = "confirmation.answered"
SENTENCES = {
    Answer.CONFIRMED: "confirmation.confirmed",
    Answer.TO_CORRECT: "confirmation.to_correct",
    Answer.WITHDRAW: "confirmation.withdrawal",
}

register(
    SENTENCES[Answer.CONFIRMED],
    group=Group.CASES,
    subject=_("Confirmé : %(what)s"),
    sentence=_("La fiche « %(what)s » est confirmée par la personne à qui vous l’avez demandé."),
)
register(
    SENTENCES[Answer.TO_CORRECT],
    group=Group.CASES,
    subject=_("À corriger : %(what)s"),
    sentence=_("La fiche « %(what)s » est à corriger : lisez la réponse reçue."),
)
register(
    SENTENCES[Answer.WITHDRAW],
    group=Group.CASES,
    subject=_("À traiter aujourd’hui : une demande de retrait (%(what)s)"),
    sentence=_(
        "%(what)s demande son retrait du vivier. Rien n’est effacé tant que vous ne l’avez pas fait."
    ),
)


class NotOnBehalf(Exception):
    """The entry was not made in somebody's place: there is nothing to confirm."""


class UnknownLink(Exception):
    """No question was ever asked behind this link."""


class LinkOver(Exception):
    """The link has served, has expired or was revoked."""


class AnswerMissing(Exception):
    """A correction needs words; only a person can be withdrawn."""


class EntryChanged(Exception):
    """The entry changed after it was shown: nobody confirms what they have not read."""


def ask_confirmation(
    subject: Subject, *, contact_email: str, today: date, by: Account | None
) -> Confirmation:
    """Send a link to confirm an entry, and revoke the ones before it; raises `NotOnBehalf`."""
    if not queries.is_on_behalf(subject):
        raise NotOnBehalf
    for earlier in queries.confirmations_of(subject):
        if earlier.is_answerable_on(today):
            revoke(earlier, by=by)
    token = secrets.token_urlsafe(32)
    asked = Confirmation(
        **queries.key_of(subject),
        contact_email=contact_email.strip().casefold(),
        token_hash=hash_of(token),
        sent_at=now(),
        expires_on=today + SERVES_FOR,
        asked_by_id=by.id if by else None,
    )
    db.session.add(asked)
    journal.record("confirmation.asked", asked, by=by, **queries.key_of(subject))
    mail = emails.of_confirmation(asked, path=f"/confirmer/{token}")
    queue_mail(to=asked.contact_email, subject=mail.subject, text=mail.text)
    return asked


def revoke(asked: Confirmation, *, by: Account | None) -> None:
    """Close a link for ever; one that has served stays answered."""
    if asked.answer is None and asked.revoked_at is None:
        asked.revoked_at = now()
        journal.record("confirmation.revoked", asked, by=by)


def confirmation_behind(token: str, *, today: date, to_answer: bool = False) -> Confirmation:
    """Return what a link asks; raises `UnknownLink` or `LinkOver`. Reading it changes nothing.

    `to_answer` keeps the row until the transaction ends: of two answers at once, one counts.
    """
    chosen = select(Confirmation).where(Confirmation.token_hash == hash_of(token))
    asked = db.session.scalar(chosen.with_for_update() if to_answer else chosen)
    if asked is None:
        raise UnknownLink
    if not asked.is_answerable_on(today):
        raise LinkOver
    return asked


def answer_confirmation(
    asked: Confirmation, answer: Answer, *, text: str, version: int, today: date
) -> None:
    """Keep what somebody answers; their link has then served. An erasure stays for a person to do.

    `version` is that of the entry that they read. Raises `AnswerMissing`, `EntryChanged` or `LinkOver`.
    """
    if not asked.is_answerable_on(today):
        raise LinkOver
    is_person = isinstance(asked.subject, Talent)
    if (answer is Answer.TO_CORRECT and not text) or (answer is Answer.WITHDRAW and not is_person):
        raise AnswerMissing
    if answer is Answer.CONFIRMED and asked.subject.version_id != version:
        raise EntryChanged
    asked.answer, asked.answered_at, asked.corrected_text = answer, now(), text
    about = queries.key_of(asked.subject)
    journal.record("confirmation.answered", asked, by=None, answer=answer.value, **about)
    owner = asked.asked_by
    if answer is not Answer.CONFIRMED:
        owner = raise_today(asked.subject, today=today, owner=asked.asked_by).owner
    elif (follow_up := queries.follow_up_of(asked.subject)) and follow_up.owner:
        owner = follow_up.owner
    told = [owner] if owner is not None and is_caretaker(owner) else queries.caretakers()
    for account in told:
        _tell(asked, account)


def _tell(asked: Confirmation, account: Account) -> None:
    assert asked.answer is not None  # noqa: S101 - it was just given
    subject = asked.subject
    is_need = isinstance(subject, Need)
    notify(
        account,
        kind=SENTENCES[asked.answer],
        params={"what": subject.title if isinstance(subject, Need) else subject.label},
        url_path=f"/besoins/{subject.id}" if is_need else f"/talents/{subject.id}",
        once=f"{ANSWERED}:{asked.id}",
        subject=asked,
    )
