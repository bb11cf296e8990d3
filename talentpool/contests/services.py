"""Contesting a reading, withdrawing a contest, and answering one; a person answers, never a job."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.assessments.models import SkillAssessment
from talentpool.contests.models import ANSWER_WITHIN, Contest, Contested, ContestStatus, Request
from talentpool.db import db, now
from talentpool.i18n import _, date_in_figures
from talentpool.journal import services as journal
from talentpool.matches.letter_models import ExplanationLetter
from talentpool.needs.models import NeedSeat
from talentpool.notifications.kinds import Group, register
from talentpool.notifications.services import notify
from talentpool.talents.models import Talent

RECEIVED, ANSWERED = "contest.received", "contest.answered"

register(
    RECEIVED,
    group=Group.CASES,
    subject=_("À répondre avant le %(limit)s : une contestation de %(person)s"),
    sentence=_("%(person)s conteste : %(subject)s. Une réponse est due avant le %(limit)s."),
)
register(
    ANSWERED,
    group=Group.OTHER,
    subject=_("Réponse à votre contestation : %(subject)s"),
    sentence=_("L’agence a répondu à votre contestation : %(subject)s."),
)


class AlreadyContested(Exception):
    """A contest of the same reading still waits for its answer."""


class ContestAlreadyClosed(Exception):
    """The contest was answered or withdrawn before."""


class NotYours(Exception):
    """What is contested is about somebody else."""


@dataclass(frozen=True)
class Reading:
    """What is contested: a seat's ranking, a letter received, or what was found of a skill."""

    about: Contested
    subject: str
    seat: NeedSeat | None = None
    letter: ExplanationLetter | None = None
    assessment: SkillAssessment | None = None


def contest(
    talent: Talent,
    what: Reading,
    *,
    reading: str,
    words: str,
    asks: Request,
    today: date,
    by: Account | None,
) -> Contest:
    """Contest a reading of oneself, and have the agency told; raises `AlreadyContested`, `NotYours`."""
    owners = {one.talent_id for one in (what.letter, what.assessment) if one is not None}
    if owners - {talent.id}:
        raise NotYours
    # A second click waits, and then sees the first.
    db.session.execute(select(Talent.id).where(Talent.id == talent.id).with_for_update())
    if _standing(talent, what) is not None:
        raise AlreadyContested
    made = Contest(
        talent=talent,
        about=what.about,
        seat=what.seat,
        letter=what.letter,
        assessment=what.assessment,
        subject=what.subject,
        reading=reading,
        words=words,
        asks=asks,
        due_on=today + ANSWER_WITHIN,
    )
    db.session.add(made)
    journal.record("contest.made", made, by=by, talent=talent.id, about=what.about.value)
    _tell_agency(made)
    return made


def _standing(talent: Talent, what: Reading) -> Contest | None:
    found = select(Contest).where(
        Contest.talent_id == talent.id,
        Contest.status == ContestStatus.OPEN,
        Contest.about == what.about,
        Contest.seat_id == (what.seat.id if what.seat else None),
        Contest.letter_id == (what.letter.id if what.letter else None),
        Contest.assessment_id == (what.assessment.id if what.assessment else None),
    )
    return db.session.scalar(found.limit(1))


def withdraw(made: Contest, *, by: Account | None) -> None:
    """Take a contest back; raises `ContestAlreadyClosed`."""
    _check_open(made)
    made.status = ContestStatus.WITHDRAWN
    journal.record("contest.withdrawn", made, by=by, talent=made.talent_id)


def answer(made: Contest, *, is_accepted: bool, words: str, by: Account) -> None:
    """Answer in words: what was corrected, or why not; raises `ContestAlreadyClosed`.

    It changes nothing of what was read: whoever answers corrects that where it stands.
    """
    _check_open(made)
    made.status = ContestStatus.ACCEPTED if is_accepted else ContestStatus.NOT_ACCEPTED
    made.answer, made.answered_at, made.answered_by = words, now(), by
    journal.record("contest.answered", made, by=by, talent=made.talent_id, status=made.status.value)
    account = made.talent.account
    if account is not None and account.is_active:
        notify(
            account,
            kind=ANSWERED,
            params={"subject": made.subject},
            url_path="/mes-contestations",
            once=f"contest.answered:{made.id}",
            subject=made,
        )


def _check_open(made: Contest) -> None:
    db.session.flush()
    db.session.refresh(made, with_for_update=True)
    if not made.is_open:
        raise ContestAlreadyClosed


def _tell_agency(made: Contest) -> None:
    team = select(Account).where(Account.role == Role.AGENCY_STAFF, Account.is_active)
    params = {
        "person": made.person,
        "subject": made.subject,
        "limit": date_in_figures(made.due_on),
    }
    for account in db.session.scalars(team.order_by(Account.id)):
        notify(
            account,
            kind=RECEIVED,
            params=params,
            url_path=f"/contestations/{made.id}",
            once=f"contest.received:{made.id}",
            due_on=made.due_on,
            subject=made,
        )
