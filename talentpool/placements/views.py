"""Pages of placements: the list, one of them, and what happens to it from letter to end."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, abort, current_app, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.journal.queries import history_of
from talentpool.needs.models import NeedSeat
from talentpool.placements import queries, services
from talentpool.placements.forms import (
    BookingForm,
    DayForm,
    InterruptionForm,
    PlacingForm,
    RenewalForm,
    filled_booking,
)
from talentpool.placements.kinds import InterruptionReason, PlacementStatus, RenewalDecision
from talentpool.placements.ledger import Refused
from talentpool.placements.models import Placement
from talentpool.placements.spans import DAY
from talentpool.placements.wording import figure, fte, refusal
from talentpool.proposals.reach import ProcessingLimited
from talentpool.proposals.services import SeatPromised
from talentpool.proposals.wording import unreachable
from talentpool.talents.models import Talent
from talentpool.web.forms import Form, render_form
from talentpool.web.numbers import row_number
from talentpool.web.pagination import paged
from talentpool.web.pipeline import may, require, see_other

bp = Blueprint("placements", __name__)
bp.add_app_template_filter(figure)
bp.add_app_template_filter(fte)

WRONG_MOMENT = _("Ce n’est plus possible à ce stade : « %(status)s ».")
NOT_SIGNED = _("Rien ne commence sans convention ni lettre signées. Il manque : %(missing)s.")
STARTS_LATER = _("L’arrivée se note entre le premier et le dernier jour du placement.")
ENDS_TOO_EARLY = _("Ce dernier jour n’est pas possible.")
SHARE_KEPT = _(
    "Une mission commencée garde sa part : avancez sa fin, puis renouvelez-la avec une autre part."
)
SEAT_PROMISED = _("Ce poste est déjà promis à %(name)s pour ces jours.")
SEAT_NOT_APPROVED = _("Ce poste n’est pas à pourvoir : retenez d’abord son besoin.")


def cap() -> Any:
    """Return the cap on the agency's contracts, in FTE."""
    return current_app.config["POOL_FTE"]


def sentence(error: Exception) -> str:
    """Return what a refused act is answered with."""
    match error:
        case Refused():
            return refusal(error)
        case services.WrongMoment():
            return translated(WRONG_MOMENT, status=translated(error.status.label))
        case services.NotSigned():
            missing = [
                translated(what)
                for what, is_missing in (
                    (_("la convention"), error.is_agreement_missing),
                    (_("la lettre de mission"), error.is_letter_missing),
                )
                if is_missing
            ]
            return translated(NOT_SIGNED, missing=", ".join(missing))
        case services.StartsLater():
            return translated(STARTS_LATER)
        case services.EndsTooEarly():
            return translated(ENDS_TOO_EARLY)
        case SeatPromised():
            return translated(SEAT_PROMISED, name=error.proposal.talent.label)
        case services.SeatNotApproved():
            return translated(SEAT_NOT_APPROVED)
        case services.ShareKept():
            return translated(SHARE_KEPT)
        case ProcessingLimited():
            return unreachable(error)
    raise error


REFUSALS = (
    Refused,
    services.WrongMoment,
    services.NotSigned,
    services.StartsLater,
    services.EndsTooEarly,
    services.SeatNotApproved,
    services.ShareKept,
    SeatPromised,
    ProcessingLimited,
)


@bp.get("/placements/liste")
@access(Permission.READ_PLACEMENTS)
def listing() -> ResponseReturnValue:
    """List the placements, those that end first, first."""
    status = request.args.get("etat", "")
    today = date.today()
    chosen = list(db.session.scalars(queries.placements(current_user, cancelled=True)))
    shown = [p for p in chosen if _is_shown(p.status_on(today), status)]
    return render_template(
        "placements/listing.html",
        placements=shown,
        status=status,
        statuses=list(PlacementStatus),
        today=today,
    )


def _is_shown(held: PlacementStatus, asked: str) -> bool:
    """Tell whether a list shows a placement: of the status asked, or anything that is not over."""
    return (
        held.value == asked
        if asked in set(PlacementStatus)
        else asked == "tous" or not held.is_over
    )


@bp.get("/missions")
@access(Permission.READ_OWN_MISSIONS)
def own_missions() -> ResponseReturnValue:
    """List the missions that one leads or hosts."""
    page = paged(queries.placements(current_user))
    return render_template("placements/own_missions.html", page=page, today=date.today())


@bp.get("/placements/<int:placement_id>")
@access(Permission.READ_OWN_MISSIONS)
def show(placement_id: int) -> ResponseReturnValue:
    """Show one placement: where it stands, what is missing, what happened."""
    placement = loaded(placement_id, Permission.READ_OWN_MISSIONS)
    return render_template(
        "placements/show.html",
        placement=placement,
        today=date.today(),
        history=history_of(placement) if may(Permission.READ_PLACEMENTS) else [],
        form=DayForm(formdata=None, on=date.today()),
    )


def loaded(placement_id: int, permission: Permission = Permission.MANAGE_PLACEMENTS) -> Placement:
    """Return a placement with all that its pages show, or answer 404."""
    chosen = queries.whole_placements().where(Placement.id == placement_id)
    placement = db.session.scalar(chosen) or abort(404)
    require(permission, placement)
    return placement if queries.is_shown_to(current_user, placement) else abort(404)


@bp.route("/postes/<int:seat_id>/placer", methods=["GET", "POST"])
@access(Permission.MANAGE_PLACEMENTS)
def place(seat_id: int) -> ResponseReturnValue:
    """Place somebody under contract on a seat."""
    seat = db.get_or_404(NeedSeat, seat_id)
    require(Permission.READ_NEEDS, seat.need)
    today = date.today()
    starts_on, ends_on = seat.days_from(today)
    form = PlacingForm(
        starts_on=starts_on,
        ends_on=ends_on,
        share_pct=seat.share_pct,
        talent=request.args.get("talent", type=row_number),
    )
    form.offer(queries.people_to_place(today))
    if form.validate_on_submit():
        talent = db.session.get_one(Talent, form.talent.data)
        try:
            placement = services.place_talent(
                talent, seat, form.booking(), today=today, by=current_user
            )
        except REFUSALS as error:
            form.starts_on.errors = [sentence(error)]
        else:
            flash(translated(_("Placement créé : il reste à le signer.")), "success")
            return see_other("placements.show", placement_id=placement.id)
    return render_form("placements/place.html", form, seat=seat)


@bp.post("/placements/<int:placement_id>/noter/<act>")
@access(Permission.MANAGE_PLACEMENTS)
def note(placement_id: int, act: str) -> ResponseReturnValue:
    """Note a signature, an arrival, or a probation passed, on the day given."""
    placement = loaded(placement_id)
    verb, done = ACTS.get(act) or abort(404)
    form = DayForm()
    if not form.validate_on_submit():
        flash(translated(_("Indiquez une date qui existe, comme 24/11/2026.")), "error")
    else:
        _tried(lambda: verb(placement, on=form.on.data, by=current_user), done)
    return see_other("placements.show", placement_id=placement.id)


def _sign_agreement(placement: Placement, *, on: date, by: Any) -> None:
    services.sign_agreement(placement.agreement, on=on, by=by)


ACTS: dict[str, tuple[Callable[..., None], str]] = {
    "convention": (_sign_agreement, _("Signature de la convention notée.")),
    "lettre": (services.sign_letter, _("Signature de la lettre notée.")),
    "arrivee": (services.start_placement, _("Arrivée notée : la mission commence.")),
    "essai": (services.pass_probation, _("Période d’essai validée.")),
}


def _tried(act: Callable[[], Any], done: str) -> bool:
    """Do something, and say what came of it on the next page."""
    try:
        act()
    except REFUSALS as error:
        flash(sentence(error), "error")
        return False
    flash(translated(done), "success")
    return True


@bp.route("/placements/<int:placement_id>/renouvellement", methods=["GET", "POST"])
@access(Permission.MANAGE_PLACEMENTS)
def decide_renewal(placement_id: int) -> ResponseReturnValue:
    """Decide what follows the end; a renewal or a replacement is then entered on its own page."""
    placement = loaded(placement_id)
    held = placement.renewal.value if placement.renewal else None
    form = RenewalForm(decision=held, note=placement.renewal_note)
    if form.validate_on_submit():
        decision = RenewalDecision(form.decision.data)
        note = form.note.data or ""
        _tried(
            lambda: services.decide_renewal(
                placement, decision, note=note, today=date.today(), by=current_user
            ),
            _("Décision enregistrée."),
        )
        return see_other(_next_page(decision), placement_id=placement.id)
    return render_form("placements/decide_renewal.html", form, placement=placement)


def _next_page(decision: RenewalDecision) -> str:
    return {
        RenewalDecision.RENEW: "placements.renew",
        RenewalDecision.REPLACE: "placements.replace",
    }.get(decision, "placements.show")


@bp.route("/placements/<int:placement_id>/renouveler", methods=["GET", "POST"])
@access(Permission.MANAGE_PLACEMENTS)
def renew(placement_id: int) -> ResponseReturnValue:
    """Place the same person on the same seat once more."""
    placement = loaded(placement_id)
    form = _following(BookingForm, placement)

    def act() -> Placement:
        return services.renew_placement(
            placement, form.booking(), today=date.today(), by=current_user
        )

    done = _("Renouvellement créé : il reste à le signer.")
    return _answered("placements/renew.html", form, placement, act, done)


@bp.route("/placements/<int:placement_id>/remplacer", methods=["GET", "POST"])
@access(Permission.MANAGE_PLACEMENTS)
def replace(placement_id: int) -> ResponseReturnValue:
    """Place another person on the seat of somebody who leaves it."""
    placement = loaded(placement_id)
    form = _following(PlacingForm, placement)
    people = queries.people_to_place(date.today())
    form.offer([person for person in people if person.id != placement.talent_id])

    def act() -> Placement:
        talent = db.session.get_one(Talent, form.talent.data)
        return services.replace_talent(
            placement, talent, form.booking(), today=date.today(), by=current_user
        )

    done = _("Remplacement créé : il reste à le signer.")
    return _answered("placements/replace.html", form, placement, act, done)


def _following(form: Any, placement: Placement) -> Any:
    """Open a form on the days after a placement, as long again."""
    starts_on = placement.ends_on + DAY
    length = placement.ends_on - placement.starts_on
    return form(starts_on=starts_on, ends_on=starts_on + length, share_pct=placement.share_pct)


@bp.route("/placements/<int:placement_id>/modifier", methods=["GET", "POST"])
@access(Permission.MANAGE_PLACEMENTS)
def change(placement_id: int) -> ResponseReturnValue:
    """Extend, shorten or change the share of a placement."""
    placement = loaded(placement_id)
    form = filled_booking(placement, formdata=request.form)

    def act() -> Placement:
        services.change_placement(placement, form.booking(), today=date.today(), by=current_user)
        return placement

    if request.method == "POST" and form.overtakes(placement, filled_booking(placement)):
        return render_form("placements/change.html", form, placement=placement)
    return _answered("placements/change.html", form, placement, act, _("Placement modifié."))


def _answered(
    template: str, form: Any, placement: Placement, act: Callable[[], Placement], done: str
) -> ResponseReturnValue:
    """Do what a form of days asks, or show it again with the reason beside the days."""
    if form.validate_on_submit():
        try:
            result = act()
        except REFUSALS as error:
            form.ends_on.errors = [sentence(error)]
        else:
            flash(translated(done), "success")
            return see_other("placements.show", placement_id=result.id)
    return render_form(template, form, placement=placement)


@bp.route("/placements/<int:placement_id>/interrompre", methods=["GET", "POST"])
@access(Permission.MANAGE_PLACEMENTS)
def interrupt(placement_id: int) -> ResponseReturnValue:
    """End a placement before its time."""
    placement = loaded(placement_id)
    form = InterruptionForm(last_day=date.today())
    if form.validate_on_submit() and _interrupted(form, placement):
        flash(
            translated(_("Placement interrompu : le poste est de nouveau à pourvoir.")), "success"
        )
        return see_other("placements.show", placement_id=placement.id)
    return render_form("placements/interrupt.html", form, placement=placement)


def _interrupted(form: InterruptionForm, placement: Placement) -> bool:
    assert form.last_day.data is not None  # noqa: S101 - the field is required
    try:
        services.interrupt_placement(
            placement,
            last_day=form.last_day.data,
            reason=InterruptionReason(form.reason.data),
            note=form.note.data or "",
            today=date.today(),
            by=current_user,
        )
    except services.NoteMissing:
        form.note.errors = [_("Précisez la raison.")]
    except REFUSALS as error:
        form.last_day.errors = [sentence(error)]
    else:
        return True
    return False


@bp.route("/placements/<int:placement_id>/annuler", methods=["GET", "POST"])
@access(Permission.MANAGE_PLACEMENTS)
def cancel(placement_id: int) -> ResponseReturnValue:
    """Confirm, then take back a placement that has not started."""
    placement = loaded(placement_id)
    form = Form()
    if form.validate_on_submit():
        _tried(
            lambda: services.cancel_placement(placement, today=date.today(), by=current_user),
            _("Placement annulé : le poste est de nouveau à pourvoir."),
        )
        return see_other("placements.show", placement_id=placement.id)
    return render_form("placements/cancel.html", form, placement=placement)
