"""The demo's applications to the pool: a dozen at every stage, and one that its person is still writing."""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.accounts.services import create_account
from talentpool.admissions import decisions, interviews, lifecycle, screening, waiting
from talentpool.admissions.criteria import Criterion, InterviewCriterion
from talentpool.admissions.decision_forms import DECLINE_SENTENCES, WAIT_SENTENCE
from talentpool.admissions.models import Application, Screening
from talentpool.admissions.screening import Mark
from talentpool.admissions.stages import DeclineReason, Stage
from talentpool.db import db
from talentpool.demo.remarks import remark
from talentpool.journal import services as journal
from talentpool.notifications.models import Notification
from talentpool.skills.held import NamedSkill, SkillNames
from talentpool.skills.models import JobFamily
from talentpool.talents.models import PoolStatus
from talentpool.talents.services import ProfileContent, create_talent

APPLICANTS = Path(__file__).parent / "applicants.jsonl"
#: The account of this one is among those that sign in to the demo.
WRITING = "candidat@demo.example"
NEEDED, DAYS = 2, 10
SATURDAY = 5


def seed_applications(accounts: dict[str, Account], *, password: str, today: date) -> None:
    """Enter the demo's applications as of `today`, through the services that people use."""
    names = SkillNames()
    families = {family.code: family for family in db.session.scalars(select(JobFamily))}
    with journal.deferred():
        for line in APPLICANTS.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            account = accounts.get(record["email"]) or create_account(
                email=record["email"],
                display_name=record["name"],
                role=Role.TALENT,
                password=password,
                by=None,
                is_demo=True,
            )
            application = _begun(record, account, names, families, today)
            if record["life"] != "draft":
                _live(application, record, accounts, today)
    _read_what_is_done()


def _begun(
    record: dict[str, Any],
    account: Account,
    names: SkillNames,
    families: dict[str, JobFamily],
    today: date,
) -> Application:
    content = ProfileContent(
        display_name=record["name"],
        headline=record["headline"],
        families=[families[code] for code in record["families"]],
        skills=[_held(names, held) for held in record["skills"]],
        experience=record["experience"],
        text=record["text"],
        town=record["town"],
        pool_status=PoolStatus.CANDIDATE,
    )
    talent = create_talent(content, by=account, account=account)
    written = lifecycle.ApplicationText(
        record["motivation"], record["enterprise"], keeps_profile=record["keeps"]
    )
    return lifecycle.begin_application(talent, written, today=today, again_days=180, by=account)


def _held(names: SkillNames, held: dict[str, Any]) -> NamedSkill:
    named = names.named(held["label"])
    return NamedSkill(named.label, named.skill, held["level"], held["grow"])


def _live(
    application: Application, record: dict[str, Any], accounts: dict[str, Account], today: date
) -> None:
    """Let an application live what its record tells, then say when each thing happened."""
    officer = accounts["agence@demo.example"]
    person = application.talent.account
    lifecycle.submit_application(application, agrees=True, by=person)
    asked = [
        _asked(application, accounts, told, place, today)
        for place, told in enumerate(record.get("reviews", []))
    ]
    if "meets" in record:
        _meet(application, record, [one.reviewer for one in asked], today)
    if record["life"] == "waiting":
        until = today + timedelta(days=120)
        waiting.put_on_waiting_list(
            application, until=until, words=WAIT_SENTENCE, today=today, by=officer
        )
    if record["life"] == "declined":
        reason = DeclineReason.SHORT_EXPERIENCE
        words = DECLINE_SENTENCES[reason]
        decisions.decline(application, reason=reason, words=words, needed=NEEDED, by=officer)
    if "look" in record and person is not None:
        decisions.ask_look(application, record["look"], by=person)
    _date(application, record, asked, today)


def _asked(
    application: Application, accounts: dict[str, Account], told: list[Any], place: int, today: date
) -> Screening:
    name, scores, _days = told
    reviewer = accounts[f"{name}@demo.example"]
    one = screening.assign_reviewer(
        application,
        reviewer,
        needed=NEEDED,
        days=DAYS,
        today=today,
        by=accounts["agence@demo.example"],
    )
    if scores:
        marks = {
            criterion: Mark(score, remark(criterion, score, variant=place))
            for criterion, score in zip(Criterion, scores, strict=True)
        }
        screening.submit_screening(one, marks, needed=NEEDED, by=reviewer)
    return one


def _meet(
    application: Application, record: dict[str, Any], panel: list[Account], today: date
) -> None:
    meets_on = _working(today + timedelta(days=record["meets"]), step=record["meets"])
    meeting = interviews.Meeting(meets_on, "14:30", "Salle Condorcet, 4e étage", panel)
    by = panel[0]
    first = min(today, meets_on)
    interviews.plan_interview(application, meeting, needed=NEEDED, today=first, by=by)
    if record["meets"] < 0:
        grid = dict.fromkeys(InterviewCriterion, 4) | {InterviewCriterion.ADAPTS: 3}
        said = "Écoute, reformule, dit ce qui lui manque. A demandé qui maintiendrait son travail."
        interviews.note_interview(application, grid, said, today=today, by=by)


def _date(
    application: Application, record: dict[str, Any], asked: list[Screening], today: date
) -> None:
    """Spread what was just done over the days that have passed since the application came in."""
    db.session.flush()
    first = _morning(today - timedelta(days=record["ago"]))
    application.created_at = application.submitted_at = application.attested_at = first
    application.keep_chosen_at = first
    for one, (_name, scores, days) in zip(asked, record.get("reviews", []), strict=True):
        one.created_at = first + timedelta(days=2)
        if scores:
            one.done_at = _morning(_working(today + timedelta(days=days), step=-1))
            one.due_on = one.created_at.date() + timedelta(days=DAYS)
        else:
            one.due_on = today + timedelta(days=days)
    done = [one.done_at for one in asked if one.done_at]
    if application.opened_at:
        application.opened_at = max(done)
    last = max(done, default=first + timedelta(days=2))
    for place, made in enumerate(application.moves):
        made.created_at = first + timedelta(days=2) * place if place < 2 else last
        last += timedelta(days=1) if place >= 2 else timedelta()
    application.stage_since = application.moves[-1].created_at
    if application.look_asked_at:
        application.look_asked_at = _morning(today - timedelta(days=1))
    db.session.flush()


def _working(day: date, *, step: int) -> date:
    """Return the day, or the nearest one that is worked, before or after it as `step` goes."""
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1 if step > 0 else -1)
    return day


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)


def _read_what_is_done() -> None:
    """Leave unread what is about applications that still wait for somebody to take them up."""
    db.session.flush()
    waiting = select(Application.id).where(Application.stage == Stage.SUBMITTED)
    db.session.execute(
        update(Notification)
        .where(
            Notification.subject_kind.in_(("application", "application_screening")),
            Notification.subject_id.not_in(waiting),
        )
        .values(read_at=Notification.created_at)
    )
