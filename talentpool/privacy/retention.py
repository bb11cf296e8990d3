"""How long people are kept: since when nobody heard of them, whom to tell, whom to erase."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.db import db, hash_of, now
from talentpool.i18n import _
from talentpool.journal import services as journal
from talentpool.mail.services import queue_mail
from talentpool.privacy import emails, notices
from talentpool.privacy.addresses import newest_typed_for
from talentpool.privacy.contacts import Contacts
from talentpool.privacy.erasing import StillBound, check_erasable, erase_person
from talentpool.privacy.models import ErasureKind, RetentionNotice
from talentpool.privacy.people import Person, accounts_of, person_of
from talentpool.privacy.terms import months_after
from talentpool.proposals.models import Proposal
from talentpool.proposals.stages import LIVE
from talentpool.talents.models import Talent


class Step(StrEnum):
    """What retention does about somebody on a day."""

    KEEP = "keep"
    COMING = "coming"
    WARN = "warn"
    WAIT = "wait"
    ERASE = "erase"
    HELD = "held"

    @property
    def label(self) -> str:
        """The step as people say it, marked for translation."""
        return STEP_LABELS[self]


STEP_LABELS = {
    Step.KEEP: _("rien à faire"),
    Step.COMING: _("à prévenir bientôt"),
    Step.WARN: _("à prévenir"),
    Step.WAIT: _("prévenue, sans réponse"),
    Step.ERASE: _("à effacer"),
    Step.HELD: _("gardée : contrat, mission, proposition en cours ou traitement limité"),
}


NOT_AHEAD = timedelta(0)


@dataclass(frozen=True)
class Rule:
    """For how many months people are kept without a contact, and how many days before they are told."""

    months: int
    warning_days: int


@dataclass(frozen=True)
class Standing:
    """Where one person stands with the rule."""

    person: Person
    last_contact: datetime
    #: The day on which they are erased, as things stand.
    erase_on: date
    step: Step


@dataclass(frozen=True)
class Done:
    """What one round of retention did."""

    warned: int
    erased: int


def standings(rule: Rule, *, today: date, ahead: timedelta = NOT_AHEAD) -> list[Standing]:
    """List whom the rule concerns `today`, or will `ahead` of it, the soonest erased first; nothing is written."""
    contacts = Contacts(today)
    found = (_standing(person, contacts, rule, today, ahead) for person in _people())
    concerned = [one for one in found if one.step is not Step.KEEP]
    return sorted(concerned, key=lambda one: (one.erase_on, one.person.code))


def apply_retention(rule: Rule, *, today: date, key: bytes) -> Done:
    """Tell whoever is near the end, erase whoever was told and stayed silent."""
    warned = erased = 0
    for one in standings(rule, today=today):
        if one.step is Step.WARN:
            _warn(one.person, one.erase_on, today=today)
            warned += 1
        elif one.step is Step.ERASE:
            erase_person(one.person, kind=ErasureKind.RETENTION, today=today, key=key, by=None)
            erased += 1
    return Done(warned, erased)


def notice_behind(token: str) -> RetentionNotice | None:
    """Return the notice that a link from a mail opens, while there is somebody to keep."""
    wanted = select(RetentionNotice).where(RetentionNotice.token_hash == hash_of(token))
    return db.session.scalar(wanted.order_by(RetentionNotice.id.desc()).limit(1))


def renew(notice: RetentionNotice) -> None:
    """Note that somebody wishes to stay: it counts as a contact."""
    if notice.renewed_at is None:
        notice.renewed_at = now()
        subject = notice.talent or notice.account
        journal.record("privacy.renewed", subject, by=None)


def address_of(person: Person) -> str:
    """Return where a person can be written to: at their account's address, or where the agency last wrote."""
    return person.account.email if person.account else newest_typed_for(person.numbers)


def _people() -> list[Person]:
    """List everybody who has a profile, or an account to have one: all of them in three reads."""
    talents = select(Talent).where(Talent.erased_at.is_(None)).options(joinedload(Talent.account))
    records: dict[int, list[Talent]] = {}
    for talent in db.session.scalars(
        talents.order_by(Talent.merged_into_id.is_not(None), Talent.id)
    ):
        records.setdefault(talent.merged_into_id or talent.id, []).append(talent)
    people = [Person(accounts_of(own), tuple(own)) for own in records.values()]
    with_profile = select(Talent.account_id).where(Talent.account_id.is_not(None))
    accounts = select(Account).where(Account.role == Role.TALENT, Account.id.not_in(with_profile))
    people += [person_of(one) for one in db.session.scalars(accounts.order_by(Account.id))]
    # Who works for the agency or a ministry is kept while they do, their profile too.
    return [one for one in people if all(account.role is Role.TALENT for account in one.accounts)]


def _standing(
    person: Person, contacts: Contacts, rule: Rule, today: date, ahead: timedelta
) -> Standing:
    last = contacts.last(person)
    limit = months_after(last.date(), rule.months)
    warning = timedelta(days=rule.warning_days)
    notice = _notice_since(person, contacts, last)
    if today + ahead < limit - warning:
        return Standing(person, last, limit, Step.KEEP)
    # Nobody is erased without having been told for as long as promised.
    erase_on = notice.erase_on if notice is not None else max(limit, today + warning)
    if _is_held(person, today):
        return Standing(person, last, erase_on, Step.HELD)
    if today < limit - warning:
        return Standing(person, last, erase_on, Step.COMING)
    if notice is None:
        return Standing(person, last, erase_on, Step.WARN)
    return Standing(person, last, erase_on, Step.ERASE if today >= erase_on else Step.WAIT)


def _notice_since(person: Person, contacts: Contacts, last: datetime) -> RetentionNotice | None:
    """Return the notice that still holds: an earlier contact answered others, or something held the person."""
    told = select(RetentionNotice).where(_is_about(person), RetentionNotice.created_at > last)
    notice = db.session.scalar(told.order_by(RetentionNotice.id.desc()).limit(1))
    return None if notice is None or contacts.overtake(notice, person) else notice


def _is_about(person: Person) -> ColumnElement[bool]:
    if person.talents:
        return RetentionNotice.talent_id.in_(person.numbers)
    return RetentionNotice.account_id == (person.account.id if person.account else None)


def _is_held(person: Person, today: date) -> bool:
    if person.talent is not None and person.talent.restricted_at is not None:
        return True
    live = select(Proposal.id).where(
        Proposal.talent_id.in_(person.numbers),
        Proposal.status.in_(LIVE),
        Proposal.expires_on >= today,
    )
    if db.session.scalar(live.limit(1)) is not None:
        return True
    try:
        check_erasable(person, today=today)
    except StillBound:
        return True
    return False


def _warn(person: Person, erase_on: date, *, today: date) -> None:
    token = secrets.token_urlsafe(32)
    address = address_of(person)
    notice = RetentionNotice(
        talent_id=person.talent.id if person.talent else None,
        account_id=person.account.id if person.account and not person.talent else None,
        warned_on=today,
        erase_on=erase_on,
        token_hash=hash_of(token) if address else "",
    )
    db.session.add(notice)
    subject = person.talent or person.account
    journal.record("privacy.warned", subject, by=None, erase_on=erase_on.isoformat())
    if address:
        mail = emails.retention(token, erase_on)
        queue_mail(to=address, subject=mail.subject, text=mail.text)
    else:
        db.session.flush()
        notices.tell_unreachable(notice)
