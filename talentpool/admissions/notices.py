"""Telling each side of an application what the other did, and when a promised day has passed."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from flask import current_app
from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.admissions import lifecycle
from talentpool.admissions.models import Application, ApplicationMove, Interview, Screening
from talentpool.admissions.progress import progress_of
from talentpool.admissions.promises import months_kept
from talentpool.admissions.stages import Move
from talentpool.admissions.told import (
    ASKED,
    INTERVIEW,
    INVITED,
    LATE_AGENCY,
    LATE_PERSON,
    LATE_REVIEWER,
    LOOK_ANSWERED,
    LOOK_ASKED,
    MOVED,
    OPENED,
    PLACE_MOVED,
    PLACE_OVER,
    RECEIVED,
    RELEASED,
)
from talentpool.db import db, now
from talentpool.i18n import date_in_figures
from talentpool.mail.writing import Email, written
from talentpool.notifications.services import notify
from talentpool.tabular.limits import in_french

OWN_PAGE = "/ma-candidature"


def page_of(application: Application) -> str:
    """Return the agency's address of an application."""
    return f"/candidatures/{application.id}"


def leads_of(application: Application) -> list[Account]:
    """List who answers for an application at the agency: whoever took it up, else all officers."""
    lead = application.lead
    if (
        lead is not None
        and lead.is_active
        and lead.role in (Role.AGENCY_STAFF, Role.AGENCY_DIRECTOR)
    ):
        return [lead]
    team = select(Account).where(Account.role == Role.AGENCY_STAFF, Account.is_active)
    return list(db.session.scalars(team.order_by(Account.id)))


def tell_move(made: ApplicationMove, by: Account | None) -> None:
    """Tell the person, or the agency, what was just done."""
    application = made.application
    if made.move is Move.SUBMIT:
        tell_person(application, RECEIVED, once=f"{RECEIVED}:{made.id}", by=None)
    if made.move in (Move.SUBMIT, Move.WITHDRAW):
        people, panel = leads_of(application), _panel(application)
        told = people if made.move is Move.SUBMIT else [*people, *panel]
        _tell(told, application, MOVED[made.move], once=f"application.moved:{made.id}", by=by)
    elif made.move in MOVED:
        tell_person(
            application,
            MOVED[made.move],
            once=f"application.moved:{made.id}",
            by=by,
            made=made,
        )


def tell_asked(screening: Screening) -> None:
    """Ask a reviewer, with their day."""
    application = screening.application
    notify(
        screening.reviewer,
        kind=ASKED,
        params={"code": application.code, "limit": date_in_figures(screening.due_on)},
        url_path=f"/candidatures/evaluations/{screening.id}",
        once=f"{ASKED}:{screening.id}:{now():%Y%m%d%H%M%S%f}",
        due_on=screening.due_on,
        subject=screening,
    )


def tell_released(screening: Screening) -> None:
    """Tell a reviewer that nobody waits for their evaluation any more."""
    notify(
        screening.reviewer,
        kind=RELEASED,
        params={"code": screening.application.code},
        url_path=page_of(screening.application),
        once=f"{RELEASED}:{screening.id}:{now():%Y%m%d%H%M%S%f}",
        subject=screening,
    )


def tell_opened(application: Application) -> None:
    """Tell whoever leads it that every evaluation is in."""
    once = f"{OPENED}:{application.id}:{application.opened_at:%Y%m%d%H%M%S}"
    _tell(leads_of(application), application, OPENED, once=once)


def tell_interview(interview: Interview, *, by: Account | None) -> None:
    """Tell the person and the panel when and where they meet; again when it changes."""
    application = interview.application
    once = f"application.interview:{interview.id}:{interview.version_id}"
    said = {
        "day": date_in_figures(interview.meets_on),
        "hour": interview.meets_at,
        "place": interview.place,
    }
    tell_person(application, INVITED, once=once, by=None, said=said)
    _tell(interview.panel, application, INTERVIEW, once=once, by=by, said=said)


def tell_look_asked(application: Application) -> None:
    """Tell whoever leads it that somebody asks for another look."""
    _tell(leads_of(application), application, LOOK_ASKED, once=f"{LOOK_ASKED}:{application.id}")


def tell_look_answered(application: Application, *, by: Account | None) -> None:
    """Tell the person what another look came to."""
    once = f"{LOOK_ANSWERED}:{application.id}"
    tell_person(
        application, LOOK_ANSWERED, once=once, by=by, said={"words": application.look_answer}
    )


def tell_late_reviewer(screening: Screening, *, week: int) -> int:
    """Remind a reviewer whose day has passed; once for each week, return how many were told."""
    return _count(
        notify(
            screening.reviewer,
            kind=LATE_REVIEWER,
            params={
                "code": screening.application.code,
                "limit": date_in_figures(screening.due_on),
            },
            url_path=f"/candidatures/evaluations/{screening.id}",
            once=f"{LATE_REVIEWER}:{screening.id}:{screening.due_on}:{week}",
            subject=screening,
        )
    )


def tell_late(application: Application, *, due_on: date, week: int) -> int:
    """Tell both sides that the agency let a promised day pass; once for each week, return how many."""
    once = f"application.late:{application.id}:{application.stage.value}:{due_on}:{week}"
    said = {"limit": date_in_figures(due_on)}
    told = _tell(leads_of(application), application, LATE_AGENCY, once=once, said=said)
    return told + tell_person(application, LATE_PERSON, once=once, by=None, said=said)


def tell_place_over(application: Application, *, week: int) -> int:
    """Tell whoever leads it that a place's day has passed; once for each week, return how many were told."""
    said = {"until": date_in_figures(application.waits_until)}
    once = f"{PLACE_OVER}:{application.id}:{application.waits_until}:{week}"
    return _tell(leads_of(application), application, PLACE_OVER, once=once, said=said)


def tell_place_moved(application: Application, *, by: Account | None) -> None:
    """Tell somebody on the waiting list until when their place is kept now."""
    once = f"{PLACE_MOVED}:{application.id}:{application.version_id}"
    tell_person(application, PLACE_MOVED, once=once, by=by)


def tell_person(
    application: Application,
    kind: str,
    *,
    once: str,
    by: Account | None,
    made: ApplicationMove | None = None,
    said: Mapping[str, str] | None = None,
) -> int:
    """Tell somebody of their own application; a decision's mail says everything by itself."""
    account = application.talent.account
    if account is None or (by is not None and by.id == account.id):
        return 0
    params = {
        "until": date_in_figures(application.waits_until),
        "words": made.words if made else "",
        "reason": in_french(made.reason.label) if made and made.reason else "",
        **(said or {}),
    }
    mail: Callable[[], Email] | None = None
    if made is not None:
        again = current_app.config["APPLICATION_AGAIN_DAYS"]

        def decision() -> Email:
            return written(
                "admissions/emails/decision",
                application=application,
                made=made,
                readings=progress_of(application, needed=0).in_count,
                months_kept=months_kept(application),
                again_on=lifecycle.opens_again_on(application, again_days=again),
            )

        mail = decision

    return _count(
        notify(
            account,
            kind=kind,
            params=params,
            url_path=OWN_PAGE,
            once=once,
            subject=application,
            mail=mail,
        )
    )


def _tell(
    people: Iterable[Account],
    application: Application,
    kind: str,
    *,
    once: str,
    by: Account | None = None,
    said: Mapping[str, str] | None = None,
) -> int:
    told = {one.id: one for one in people if by is None or one.id != by.id}
    return sum(
        _count(
            notify(
                account,
                kind=kind,
                params={"code": application.code, **(said or {})},
                url_path=page_of(application),
                once=once,
                subject=application,
            )
        )
        for account in told.values()
    )


def _panel(application: Application) -> list[Account]:
    return list(application.interview.panel) if application.interview else []


def _count(notification: object) -> int:
    return int(notification is not None)


lifecycle.when_moved.append(tell_move)
