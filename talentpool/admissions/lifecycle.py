"""An application as its person moves it, and the one way in which stages change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from talentpool.accounts.consent_models import ConsentText
from talentpool.accounts.consents import accept
from talentpool.accounts.models import Account
from talentpool.admissions.freezing import frozen, lacking
from talentpool.admissions.models import Application, ApplicationMove
from talentpool.admissions.stages import (
    DECISIONS,
    ENDED,
    LIVE,
    MOVES,
    NAMED,
    PENDING,
    SIGNED,
    DeclineReason,
    Move,
    Stage,
)
from talentpool.db import db, now
from talentpool.journal import services as journal
from talentpool.talents.models import Talent
from talentpool.talents.situation import decided_elsewhere

#: What else is done once an application has moved: called with the move and with who made it.
when_moved: list[Callable[[ApplicationMove, Account | None], None]] = []

ACTIONS = {
    Move.SUBMIT: "application.submitted",
    Move.TAKE_UP: "application.taken_up",
    Move.INVITE: "application.invited",
    Move.ADMIT: "application.admitted",
    Move.WAIT: "application.put_on_waiting_list",
    Move.DECLINE: "application.declined",
    Move.WITHDRAW: "application.withdrawn",
    Move.LAPSE: "application.lapsed",
    Move.REOPEN: "application.reopened",
}


class AlreadyInPool(Exception):
    """Only somebody outside the pool applies to it."""


class ApplicationUnderWay(Exception):
    """The person has an application that has not ended."""


class TooSoon(Exception):
    """After a no, somebody waits before applying again."""

    def __init__(self, opens_on: date) -> None:
        super().__init__(opens_on)
        self.opens_on = opens_on


class FileIncomplete(Exception):
    """The application or its profile lacks something."""

    def __init__(self, parts: list[str]) -> None:
        super().__init__(*parts)
        self.parts = parts


class ConsentMissing(Exception):
    """Nobody applies to the pool without agreeing to be of it."""


class IllegalStage(Exception):
    """The application's stage does not allow this."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.stage = stage


class ApplicationAlreadyDecided(Exception):
    """Somebody decided on the application before."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.stage = stage


class NobodyDecides(Exception):
    """What is decided on a person is decided by another, whose account is given."""


class ApplicationRestricted(Exception):
    """The person limits what is done with their data: the application waits, or is withdrawn."""


@dataclass(frozen=True)
class ApplicationText:
    """What a person writes in their application."""

    motivation: str = ""
    enterprise: str = ""
    keeps_profile: bool = False


def newest_application(talent: Talent) -> Application | None:
    """Return somebody's last application, whatever became of it."""
    chosen = select(Application).where(Application.talent_id == talent.id)
    return db.session.scalar(chosen.order_by(Application.number.desc()).limit(1))


def awaits_decision(talent: Talent) -> bool:
    """Tell whether somebody handed in an application on which the agency has still to decide.

    A draft is nobody's but its person's: it keeps the agency from nothing.
    """
    newest = newest_application(talent)
    return newest is not None and newest.stage in PENDING | {Stage.WAITING}


decided_elsewhere.append(awaits_decision)


def opens_again_on(application: Application | None, *, again_days: int) -> date | None:
    """Return the first day on which somebody may apply again; None when nothing is to be waited for."""
    if application is None or application.stage is not Stage.DECLINED:
        return None
    return application.stage_since.date() + timedelta(days=again_days)


def begin_application(
    talent: Talent, text: ApplicationText, *, today: date, again_days: int, by: Account | None
) -> Application:
    """Open a draft; raises `AlreadyInPool`, `ApplicationUnderWay` or `TooSoon`."""
    db.session.flush()
    db.session.refresh(talent, with_for_update=True)
    if not talent.is_outside_pool:
        raise AlreadyInPool
    newest = newest_application(talent)
    if newest is not None and newest.stage in LIVE:
        raise ApplicationUnderWay
    opens_on = opens_again_on(newest, again_days=again_days)
    if opens_on is not None and today < opens_on:
        raise TooSoon(opens_on)
    application = Application(talent=talent, number=newest.number + 1 if newest else 1)
    _write(application, text)
    db.session.add(application)
    db.session.flush()
    journal.record("application.begun", application, by=by, number=application.number)
    return application


def edit_application(application: Application, text: ApplicationText, *, by: Account) -> None:
    """Change a draft; raises `IllegalStage` once it was handed in."""
    lock(application)
    if application.stage is not Stage.DRAFT:
        raise IllegalStage(application.stage)
    _write(application, text)
    journal.record("application.edited", application, by=by)


def submit_application(
    application: Application, *, agrees: bool, by: Account | None
) -> ApplicationMove:
    """Hand a draft in, with its attestations, and freeze what will be read of it.

    `agrees` says that the person ticked that they agree to be of the pool. Raises `ConsentMissing`
    without it, `IllegalStage`, `ApplicationRestricted`, `AlreadyInPool`, or `FileIncomplete` with what it lacks.
    """
    lock(application)
    check(application, Move.SUBMIT)
    if not application.talent.is_outside_pool:
        raise AlreadyInPool
    if parts := lacking(application):
        raise FileIncomplete(parts)
    if not agrees:
        raise ConsentMissing
    application.sheet = frozen(application)
    application.submitted_at = application.attested_at = now()
    if application.talent.account is not None:
        accept(application.talent.account, ConsentText.POOL, by=by)
    return move(application, Move.SUBMIT, by=by)


def withdraw_application(application: Application, *, by: Account | None) -> ApplicationMove:
    """Take an application back: nobody at the agency reads the file any more. Raises `IllegalStage`."""
    lock(application)
    check(application, Move.WITHDRAW)
    return move(application, Move.WITHDRAW, by=by)


def choose_keeping(application: Application, *, keeps: bool, by: Account | None) -> None:
    """Note, with the day, whether the profile may be kept after a no; the same answer changes nothing."""
    if application.keeps_profile is keeps and application.keep_chosen_at:
        return
    application.keeps_profile, application.keep_chosen_at = keeps, now()
    journal.record("application.keeping_chosen", application, by=by, keeps=keeps)


def lock(application: Application) -> None:
    """Wait for whoever moves the same application, then read it as they left it."""
    db.session.flush()
    db.session.refresh(application, with_for_update=True)
    db.session.refresh(application.talent, ["restricted_at"])


def check_usable(application: Application) -> None:
    """Raise `ApplicationRestricted` while its person limits what is done with their data."""
    if application.is_restricted:
        raise ApplicationRestricted


def check_signed(by: Account | None) -> None:
    """Raise `NobodyDecides` without the account of whoever decides."""
    if by is None:
        raise NobodyDecides


def check(application: Application, move: Move) -> None:
    """Raise unless the application may make a move: `ApplicationAlreadyDecided` for a second decision.

    Nobody but its person moves one whose use is limited: `ApplicationRestricted`.
    """
    if move is not Move.WITHDRAW:
        check_usable(application)
    if application.stage in MOVES[move].sources:
        return
    if move in DECISIONS and application.stage in ENDED | {Stage.WAITING}:
        raise ApplicationAlreadyDecided(application.stage)
    raise IllegalStage(application.stage)


def move(
    application: Application,
    move: Move,
    *,
    by: Account | None,
    reason: DeclineReason | None = None,
    words: str = "",
) -> ApplicationMove:
    """Bring an application to its next stage, as the table allows; the caller holds its lock.

    Raises `NobodyDecides` for a decision without an account.
    """
    check(application, move)
    if move in SIGNED:
        check_signed(by)
    before = application.stage
    application.stage = MOVES[move].target
    application.stage_since = now()
    made = ApplicationMove(
        move=move,
        from_stage=before,
        to_stage=application.stage,
        reason=reason,
        words=words.strip(),
        moved_by=by,
    )
    application.moves.append(made)
    # The name passes with the stage, and goes back with whoever is not admitted.
    talent = application.talent
    talent.named_at = (talent.named_at or now()) if application.stage in NAMED else None
    codes = {"reason": reason.value} if reason else {}
    journal.record(ACTIONS[move], application, by=by, stage=application.stage.value, **codes)
    for follow in when_moved:
        follow(made, by)
    return made


def _write(application: Application, text: ApplicationText) -> None:
    application.motivation, application.enterprise = text.motivation, text.enterprise
    if text.keeps_profile is not application.keeps_profile or not application.keep_chosen_at:
        application.keeps_profile, application.keep_chosen_at = text.keeps_profile, now()
