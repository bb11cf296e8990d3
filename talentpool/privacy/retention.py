"""How long people are kept: since when nobody heard of them, whom to tell, whom to erase."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.admissions.lifecycle import choose_keeping, newest_application
from talentpool.admissions.models import Application
from talentpool.admissions.queries import is_under_way
from talentpool.contests.models import Contest, ContestStatus
from talentpool.db import db, hash_of, now
from talentpool.i18n import _
from talentpool.journal import services as journal
from talentpool.mail.services import queue_mail
from talentpool.privacy import emails, notices
from talentpool.privacy.addresses import newest_typed_for
from talentpool.privacy.contacts import Contacts
from talentpool.privacy.eliminations import NoVisa, enter, visa_on
from talentpool.privacy.erasing import StillBound, check_erasable, erase_person
from talentpool.privacy.models import DataRequest, ErasureKind, RetentionNotice
from talentpool.privacy.people import (
    Person,
    accounts_of,
    hold,
    person_behind,
    person_coded,
    person_of,
)
from talentpool.privacy.refusals import Refusals
from talentpool.privacy.terms import months_after
from talentpool.proposals.models import Proposal
from talentpool.proposals.stages import LIVE
from talentpool.talents.models import Talent


class NobodyToKeep(Exception):
    """Whoever wishes to stay was erased while they said so."""


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
    Step.HELD: _(
        "gardée : contrat, mission, proposition, candidature ou demande en cours, ou traitement limité"
    ),
}


class Why(StrEnum):
    """Why time erases somebody."""

    SILENCE = "silence"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The reason as people say it, marked for translation."""
        return WHY_LABELS[self]


WHY_LABELS = {
    Why.SILENCE: _("sans signe de sa part"),
    Why.REFUSED: _("candidature close, profil à ne pas garder"),
}


NOT_AHEAD = timedelta(0)


@dataclass(frozen=True)
class Rule:
    """For how many months people are kept, and how many days before the end they are told."""

    #: Without a contact.
    months: int
    warning_days: int
    #: After the answer to an application, when it is no and its person did not choose to be kept.
    refused_months: int


@dataclass(frozen=True)
class Standing:
    """Where one person stands with the rule."""

    person: Person
    why: Why
    #: The last contact, or the answer to the application.
    since: datetime
    #: The day on which they are erased, as things stand.
    erase_on: date
    step: Step


@dataclass(frozen=True)
class _Clock:
    """What ends somebody's stay: since when it runs, until when, and after what a notice holds."""

    why: Why
    since: datetime
    limit: date
    told_after: datetime


def rule_in_force(settings: Mapping[str, Any]) -> Rule:
    """Return for how long people are kept here."""
    return Rule(
        settings["RETENTION_MONTHS"], settings["RETENTION_WARNING_DAYS"], settings["REFUSED_MONTHS"]
    )


def standings(rule: Rule, *, today: date, ahead: timedelta = NOT_AHEAD) -> list[Standing]:
    """List whom the rule concerns `today`, or will `ahead` of it, the soonest erased first; nothing is written."""
    contacts, refusals = Contacts(today), Refusals()
    found = (_standing(person, contacts, refusals, rule, today, ahead) for person in _people())
    concerned = [one for one in found if one.step is not Step.KEEP]
    return sorted(concerned, key=lambda one: (one.erase_on, one.person.code))


def apply_rule(rule: Rule, code: str, *, today: date, key: bytes) -> Step:
    """Tell one person near the end, or erase them once told and silent; return what was due.

    Raises `NoVisa` when they are to be erased and no visa holds. How they stand is read again, and the
    visa too: they may have signed in, and it may be withdrawn, since everybody was looked at.
    """
    found = person_coded(code)
    if found is not None:
        hold(found)
    person = person_coded(code)
    if person is None or not _is_concerned(person):
        return Step.KEEP
    one = _standing(person, Contacts(today), Refusals(), rule, today, NOT_AHEAD)
    if one.step is Step.WARN:
        _warn(one, today=today)
    elif one.step is Step.ERASE:
        visa = visa_on(today)
        if visa is None:
            raise NoVisa
        enter(visa, {one.why.value: 1}, on=today, since=one.since.date())
        erase_person(person, kind=ErasureKind.RETENTION, today=today, key=key, by=None)
    return one.step


def notice_behind(token: str) -> RetentionNotice | None:
    """Return the notice that a link from a mail opens, while there is somebody to keep."""
    wanted = select(RetentionNotice).where(RetentionNotice.token_hash == hash_of(token))
    return db.session.scalar(wanted.order_by(RetentionNotice.id.desc()).limit(1))


def renew(notice: RetentionNotice) -> None:
    """Note that somebody wishes to stay: it counts as a contact, and keeps whoever was refused.

    Raises `NobodyToKeep` when they were erased meanwhile.
    """
    number = notice.id
    if notice.talent is not None:
        hold(person_behind(notice.talent))
    elif notice.account is not None:
        hold(person_of(notice.account))
    if db.session.get(RetentionNotice, number) is None:
        raise NobodyToKeep
    if notice.renewed_at is None:
        notice.renewed_at = now()
        subject = notice.talent or notice.account
        journal.record("privacy.renewed", subject, by=None)
        refusal = Refusals().of(person_behind(notice.talent)) if notice.talent else None
        if refusal is not None:
            choose_keeping(refusal.application, keeps=True, by=None)


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
    return [one for one in people if _is_concerned(one)]


def _is_concerned(person: Person) -> bool:
    # Who works for the agency or a ministry is kept while they do, their profile too.
    return all(account.role is Role.TALENT for account in person.accounts)


def _standing(
    person: Person,
    contacts: Contacts,
    refusals: Refusals,
    rule: Rule,
    today: date,
    ahead: timedelta,
) -> Standing:
    clock = _clock(person, contacts, refusals, rule)
    warning = timedelta(days=rule.warning_days)
    if today + ahead < clock.limit - warning:
        return Standing(person, clock.why, clock.since, clock.limit, Step.KEEP)
    notice = _notice_since(person, contacts, clock.told_after)
    if notice is not None and today > notice.erase_on + warning:
        # Its day passed without anything done, for want of a visa: nobody expects that day any more.
        notice = None
    # Nobody is erased without having been told for as long as promised.
    erase_on = notice.erase_on if notice is not None else max(clock.limit, today + warning)
    if _is_held(person, today):
        step = Step.HELD
    elif today < clock.limit - warning:
        step = Step.COMING
    elif notice is None:
        step = Step.WARN
    else:
        step = Step.ERASE if today >= erase_on else Step.WAIT
    return Standing(person, clock.why, clock.since, erase_on, step)


def _clock(person: Person, contacts: Contacts, refusals: Refusals, rule: Rule) -> _Clock:
    """Return what ends a person's stay first: silence, or an application that was not admitted."""
    last, refusal = contacts.last(person), refusals.of(person)
    silence = _Clock(Why.SILENCE, last, months_after(last.date(), rule.months), last)
    if refusal is None:
        return silence
    answered = refusal.answered_at
    limit = months_after(answered.date(), rule.refused_months)
    # What is read or done meanwhile does not stop this one: the choice to be kept does, or another application.
    refused = _Clock(Why.REFUSED, answered, limit, max(answered, refusal.chosen_at))
    return min(refused, silence, key=lambda clock: clock.limit)


def _notice_since(person: Person, contacts: Contacts, instant: datetime) -> RetentionNotice | None:
    """Return the notice that still holds: an earlier contact answered others, or something held the person."""
    told = select(RetentionNotice).where(_is_about(person), RetentionNotice.created_at > instant)
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
    applied = select(Application.id).where(
        Application.talent_id.in_(person.numbers), is_under_way()
    )
    contested = select(Contest.id).where(
        Contest.talent_id.in_(person.numbers), Contest.status == ContestStatus.OPEN
    )
    asked = select(DataRequest.id).where(
        DataRequest.account_id.in_(person.account_numbers), DataRequest.answered_at.is_(None)
    )
    if any(
        db.session.scalar(rows.limit(1)) is not None for rows in (live, applied, contested, asked)
    ):
        return True
    try:
        check_erasable(person, today=today)
    except StillBound:
        return True
    return False


def _warn(one: Standing, *, today: date) -> None:
    person, erase_on = one.person, one.erase_on
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
        if one.why is Why.REFUSED and person.talent is not None:
            newest = newest_application(person.talent)
            mail = emails.refused(token, erase_on, application=newest)
        else:
            mail = emails.retention(token, erase_on)
        queue_mail(to=address, subject=mail.subject, text=mail.text)
    else:
        db.session.flush()
        notices.tell_unreachable(notice)
