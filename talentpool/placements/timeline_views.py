"""The time line, and what may be tried on it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.needs.models import NeedSeat
from talentpool.placements.forms import TrialForm
from talentpool.placements.models import Placement
from talentpool.placements.queries import placements
from talentpool.placements.schedule import (
    GROUPINGS,
    Schedule,
    people_named,
    schedule,
    seats_to_try,
)
from talentpool.placements.spans import DAY
from talentpool.placements.trials import TRIED, TrialKind, tried
from talentpool.placements.views import bp, cap
from talentpool.placements.wording import refusal
from talentpool.proposals import services as proposals
from talentpool.proposals.reach import UNREACHABLE
from talentpool.proposals.wording import unreachable
from talentpool.talents.models import Talent
from talentpool.talents.queries import people_to_choose
from talentpool.web.pipeline import see_other
from talentpool.web.timeline import ZOOMS, Period, Timeline, draw

#: The fields of a trial, as addresses name them.
TRIED_IN = ("quoi", "personne", "poste", "placement", "du", "au", "part")
VIEWS = {"personnes": _("Personnes"), "missions": _("Missions")}


@dataclass(frozen=True)
class Asked:
    """What the address asks to see."""

    period: Period
    view: str
    grouping: str

    @classmethod
    def read(cls, today: date) -> "Asked":
        """Read the address; what it lacks or garbles is the default."""
        args = request.args
        period = Period.asked(args.get("zoom"), args.get("date"), today=today)
        view = args.get("vue", "")
        grouping = args.get("groupe", "")
        return cls(
            period,
            view if view in VIEWS else "personnes",
            grouping if grouping in GROUPINGS else "famille",
        )

    def url(self, **changes: Any) -> str:
        """Return the address of this page with something else asked."""
        values = {
            "zoom": self.period.zoom,
            "date": self.period.anchor.isoformat(),
            "vue": self.view,
            "groupe": self.grouping,
            **changes,
        }
        # On the page of trials, what is tried stays tried.
        tried_so: dict[str, Any] = {
            name: request.args[name] for name in TRIED_IN if name in request.args
        }
        return url_for(request.endpoint or "", **tried_so, **values)

    def url_for_period(self, zoom: str, day: date) -> str:
        """Return the address of another stretch of days."""
        return self.url(zoom=zoom, date=day.isoformat())


@bp.get("/placements")
@access(Permission.READ_PLACEMENTS)
def timeline() -> ResponseReturnValue:
    """Draw who sits where, when, and the pool's total against its cap."""
    today = date.today()
    asked = Asked.read(today)
    shown = _schedule(asked.period, today)
    return _page(
        "placements/timeline.html", asked, shown, totals=next(shown.ledger.levels(today, today))
    )


@bp.get("/placements/essai")
@access(Permission.READ_PLACEMENTS)
def what_if() -> ResponseReturnValue:
    """Try a placement, an extension or a hire, and show what it moves or breaks."""
    today = date.today()
    asked = Asked.read(today)
    shown = _schedule(asked.period, today)
    form = _trial_form()
    if request.args.get("quoi") and form.validate():
        trial = form.trial(_extended(form))
        shown.outcome = tried(shown.ledger, trial)
        shown.people |= people_named({trial.talent_id} - set(shown.people))
        shown.tried_seat = db.session.get(NeedSeat, trial.seat_id) if trial.seat_id else None
    outcome = shown.outcome
    return _page(
        "placements/what_if.html",
        asked,
        shown,
        form=form,
        outcome=outcome,
        kept_values={name: request.args[name] for name in TRIED_IN if request.args.get(name)},
        refusal=refusal(outcome.refused) if outcome and outcome.refused else "",
        moved=outcome.levels(outcome.trial.span.starts_on) if outcome else (),
    )


@bp.post("/placements/essai")
@access(Permission.MANAGE_PLACEMENTS)
def keep_trial() -> ResponseReturnValue:
    """Keep what was tried as a tentative proposal."""
    form = _trial_form(request.form)
    if not form.validate():
        flash(translated(_("Cet essai est incomplet : rien n’a été gardé.")), "error")
        return see_other("placements.what_if")
    extended = _extended(form)
    trial = form.trial(extended)
    assert trial.span.ends_on is not None  # noqa: S101 - the form asks for it
    try:
        proposal = proposals.propose_talent(
            db.get_or_404(Talent, trial.talent_id),
            db.get_or_404(NeedSeat, trial.seat_id or TRIED),
            starts_on=extended.ends_on + DAY if extended else trial.span.starts_on,
            ends_on=trial.span.ends_on,
            share_pct=trial.span.amount,
            note="",
            today=date.today(),
            by=current_user,
            goes_on=extended is not None,
            asks=False,
        )
    except proposals.SeatNotOpen:
        flash(translated(_("Ce poste n’est pas à pourvoir : rien n’a été gardé.")), "error")
    except proposals.AlreadyProposed:
        flash(translated(_("Cette personne est déjà proposée pour ce poste.")), "error")
    except UNREACHABLE as refused:
        flash(unreachable(refused), "error")
    else:
        flash(
            translated(_("Essai gardé comme proposition : personne n’est encore interrogé.")),
            "success",
        )
        return see_other("proposals.show", proposal_id=proposal.id)
    return see_other("placements.what_if")


def _schedule(period: Period, today: date) -> Schedule:
    return schedule(current_user, first=period.first, last=period.last, today=today, cap=cap())


def _page(template: str, asked: Asked, shown: Schedule, **context: Any) -> ResponseReturnValue:
    if asked.view == "missions":
        lanes = shown.lanes_of_missions(asked.grouping)
    else:
        lanes = shown.lanes_of_people(asked.grouping)
    drawing = draw(
        Timeline(shown.first, shown.last, shown.today, lanes, shown.levels(), shown.ledger.cap)
    )
    return render_template(
        template,
        asked=asked,
        drawing=drawing,
        has_lanes=bool(lanes),
        tried_in=TRIED_IN,
        views=VIEWS,
        groupings=GROUPINGS,
        zooms=ZOOMS,
        today=shown.today,
        **context,
    )


def _trial_form(data: Any = None) -> TrialForm:
    form = TrialForm(request.args if data is None else data)
    people = people_to_choose()
    form.offer(people, seats_to_try(), _placements_to_extend())
    return form


def _placements_to_extend() -> list[Placement]:
    chosen = placements(current_user).where(
        Placement.ends_on >= date.today(), Placement.interruption.is_(None)
    )
    return list(db.session.scalars(chosen))


def _extended(form: TrialForm) -> Placement | None:
    """Return the placement that a trial would extend."""
    if form.quoi.data != TrialKind.EXTEND.value:
        return None
    return db.session.get_one(Placement, form.placement.data)
