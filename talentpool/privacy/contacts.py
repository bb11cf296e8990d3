"""When each person was last heard of, and until when something held them here."""

from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from talentpool.accounts.models import SignIn
from talentpool.admissions.models import Application
from talentpool.admissions.stages import ENDED
from talentpool.casework.models import CaseNote, Confirmation, NoteKind
from talentpool.contests.models import Contest
from talentpool.db import db
from talentpool.journal.models import JournalEntry
from talentpool.placements.models import Contract, Placement
from talentpool.privacy.models import DataRequest, RetentionNotice
from talentpool.privacy.people import Person
from talentpool.proposals.models import Proposal, ProposalAnswer
from talentpool.proposals.stages import LIVE, Side

#: What the administration does when a person writes or calls: a sign of theirs, whoever typed it.
ASKED_BY_LETTER = ("privacy.restricted", "privacy.lifted", "privacy.archive_made")
#: What is noted of a talk with a person; other notes are what others write.
TALKS = (NoteKind.CALL, NoteKind.MEETING)

#: The newest instant, or day, by the number of a profile or an account.
Newest = dict[int, Any]


class Contacts:
    """When people were last heard of, by themselves: what others read or write of them is none.

    Read once for everybody, as things stand `today`.
    """

    def __init__(self, today: date) -> None:
        self._answered = _newest(DataRequest.account_id, DataRequest.answered_at)
        self._by_account = [
            _newest(SignIn.account_id, SignIn.started_at),
            _newest(JournalEntry.actor_id, JournalEntry.at),
            _newest(RetentionNotice.account_id, RetentionNotice.renewed_at),
            self._answered,
            _by_letter("account"),
        ]
        self._worked_until = [
            _last_days(Contract, today),
            _last_days(Placement, today),
        ]
        self._by_talent = [
            _answered(),
            _newest(Confirmation.talent_id, Confirmation.answered_at),
            _newest(RetentionNotice.talent_id, RetentionNotice.renewed_at),
            _newest(CaseNote.talent_id, CaseNote.happened_at, _talks()),
            _by_letter("talent"),
            *({one: _noon(day) for one, day in days.items()} for days in self._worked_until),
        ]
        self._let_go = [
            _newest(Placement.talent_id, Placement.cancelled_at),
            _newest(Proposal.talent_id, Proposal.moved_at, _closed()),
            _newest(Contest.talent_id, Contest.answered_at),
            _newest(Contest.talent_id, JournalEntry.at, _contest_withdrawn()),
            _newest(JournalEntry.subject_id, JournalEntry.at, _lifted()),
            _newest(Application.talent_id, Application.stage_since, _application_ended()),
            _newest(Application.talent_id, Application.look_answered_at),
        ]
        self._waited_until = _expired(today)

    def last(self, person: Person) -> datetime:
        """Return the last contact: at the earliest, the day on which the person came here."""
        found = [talent.created_at for talent in person.talents]
        found += _of(self._by_talent, person.numbers)
        found += [account.created_at for account in person.accounts]
        found += _of(self._by_account, person.account_numbers)
        return max(found)

    def overtake(self, notice: RetentionNotice, person: Person) -> bool:
        """Tell whether something held the person after a notice, which then lapses.

        It is a contract, a mission, a proposal, an application, a contest, a request about their
        data, or the limit that they set to what is done with their profile.
        """
        days = _of([*self._worked_until, self._waited_until], person.numbers)
        if any(day >= notice.warned_on for day in days):
            return True
        let_go = _of(self._let_go, person.numbers)
        let_go += _of([self._answered], person.account_numbers)
        return any(instant >= notice.created_at for instant in let_go)


def _of(found: list[Newest], numbers: list[int]) -> list[Any]:
    return [known[number] for known in found for number in numbers if number in known]


def _newest(
    who: InstrumentedAttribute[Any],
    when: InstrumentedAttribute[Any],
    chosen: Select[Any] | None = None,
) -> Newest:
    """Map each number of one column to the newest instant of another."""
    rows = (chosen if chosen is not None else select()).add_columns(who, func.max(when))
    rows = rows.where(who.is_not(None), when.is_not(None)).group_by(who)
    return {row[0]: row[1] for row in db.session.execute(rows)}


def _answered() -> Newest:
    rows = (
        select(Proposal.talent_id, func.max(ProposalAnswer.created_at))
        .join(Proposal)
        .where(ProposalAnswer.side == Side.TALENT)
        .group_by(Proposal.talent_id)
    )
    return {row[0]: row[1] for row in db.session.execute(rows)}


def _talks() -> Select[Any]:
    return select().where(CaseNote.kind.in_(TALKS), CaseNote.struck_at.is_(None))


def _closed() -> Select[Any]:
    return select().where(Proposal.status.not_in(LIVE))


def _contest_withdrawn() -> Select[Any]:
    is_its = (JournalEntry.subject_kind == "contest") & (JournalEntry.subject_id == Contest.id)
    return (
        select()
        .join_from(Contest, JournalEntry, is_its)
        .where(JournalEntry.action == "contest.withdrawn")
    )


def _lifted() -> Select[Any]:
    return select().where(
        JournalEntry.subject_kind == "talent", JournalEntry.action == "privacy.lifted"
    )


def _application_ended() -> Select[Any]:
    return select().where(Application.stage.in_(ENDED))


def _by_letter(kind: str) -> Newest:
    asked = select().where(
        JournalEntry.subject_kind == kind, JournalEntry.action.in_(ASKED_BY_LETTER)
    )
    return _newest(JournalEntry.subject_id, JournalEntry.at, asked)


def _last_days(table: type[Contract | Placement], today: date) -> Newest:
    """Map each profile to the last day of its contracts, or missions, that is not to come."""
    begun = select(table.talent_id, table.ends_on).where(table.starts_on <= today)
    if table is Placement:
        begun = begun.where(Placement.cancelled_at.is_(None))
    found: Newest = {}
    for number, ends_on in db.session.execute(begun):
        day = min(ends_on or today, today)
        found[number] = max(day, found.get(number, day))
    return found


def _expired(today: date) -> Newest:
    rows = (
        select(Proposal.talent_id, func.max(Proposal.expires_on))
        .where(Proposal.status.in_(LIVE), Proposal.expires_on < today)
        .group_by(Proposal.talent_id)
    )
    return {row[0]: row[1] for row in db.session.execute(rows)}


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
