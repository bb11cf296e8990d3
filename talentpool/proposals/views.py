"""Pages of proposals."""

from datetime import date

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.needs.models import NeedSeat
from talentpool.proposals import queries, services
from talentpool.proposals.forms import DeclineForm, ProposalForm
from talentpool.proposals.models import TENTATIVE, DeclineReason, Proposal, ProposalStatus, Side
from talentpool.talents.models import Talent
from talentpool.talents.queries import rankable_talents
from talentpool.web.forms import render_form
from talentpool.web.pagination import paged
from talentpool.web.pipeline import require, see_other

bp = Blueprint("proposals", __name__)
SEAT_NOT_OPEN = _("Ce poste n’est pas à pourvoir : retenez d’abord son besoin.")
ALREADY_PROPOSED = _("Cette personne est déjà proposée pour ce poste.")
ILLEGAL_MOVE = _("Ce n’est plus possible à ce stade : « %(status)s ».")


@bp.get("/propositions")
@access(Permission.READ_PROPOSALS)
def listing() -> ResponseReturnValue:
    """List the proposals: those that still hold, or all, the longest unmoved first."""
    today = date.today()
    shows_all = request.args.get("etat") == "toutes"
    chosen = (
        queries.proposals(current_user)
        if shows_all
        else queries.live_proposals(current_user, today=today)
    )
    return render_template(
        "proposals/listing.html", page=paged(chosen), today=today, shows_all=shows_all
    )


@bp.get("/propositions/<int:proposal_id>")
@access(Permission.READ_PROPOSALS)
def show(proposal_id: int) -> ResponseReturnValue:
    """Show one proposal, and what may come next."""
    return render_template(
        "proposals/show.html",
        proposal=_loaded(proposal_id, Permission.READ_PROPOSALS),
        today=date.today(),
        steps=TENTATIVE,
    )


def _loaded(proposal_id: int, permission: Permission = Permission.MANAGE_PROPOSALS) -> Proposal:
    proposal = db.get_or_404(Proposal, proposal_id)
    require(permission, proposal)
    return proposal


@bp.route("/postes/<int:seat_id>/proposer", methods=["GET", "POST"])
@access(Permission.MANAGE_PROPOSALS)
def propose(seat_id: int) -> ResponseReturnValue:
    """Propose somebody for a seat."""
    seat = db.get_or_404(NeedSeat, seat_id)
    require(Permission.READ_NEEDS, seat.need)
    today = date.today()
    starts_on, ends_on = seat.days_from(today)
    form = ProposalForm(
        talent=request.args.get("talent", type=int),
        starts_on=starts_on,
        ends_on=ends_on,
        share_pct=seat.share_pct,
    )
    form.offer(sorted(rankable_talents(), key=lambda talent: talent.findable))
    if form.validate_on_submit() and _proposed(form, seat, today):
        flash(translated(_("Proposition enregistrée.")), "success")
        return see_other("proposals.listing")
    return render_form("proposals/propose.html", form, seat=seat)


def _proposed(form: ProposalForm, seat: NeedSeat, today: date) -> bool:
    talent = db.session.get_one(Talent, form.talent.data)
    assert form.starts_on.data and form.ends_on.data and form.share_pct.data  # noqa: S101, PT018
    try:
        services.propose_talent(
            talent,
            seat,
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
            share_pct=form.share_pct.data,
            note=form.note.data or "",
            today=today,
            by=current_user,
        )
    except services.SeatNotOpen:
        form.talent.errors = [SEAT_NOT_OPEN]
    except services.AlreadyProposed:
        form.talent.errors = [ALREADY_PROPOSED]
    else:
        return True
    return False


@bp.post("/propositions/<int:proposal_id>/etape")
@access(Permission.MANAGE_PROPOSALS)
def advance(proposal_id: int) -> ResponseReturnValue:
    """Move a proposal to another step."""
    proposal = _loaded(proposal_id)
    step = request.form.get("status", "")
    try:
        services.advance(proposal, ProposalStatus(step), today=date.today(), by=current_user)
    except ValueError:
        flash(translated(_("Choisissez une étape.")), "error")
    except services.IllegalMove as refused:
        flash(translated(ILLEGAL_MOVE, status=translated(refused.status.label)), "error")
    else:
        flash(translated(_("Étape enregistrée.")), "success")
    return see_other("proposals.show", proposal_id=proposal.id)


@bp.route("/propositions/<int:proposal_id>/refuser", methods=["GET", "POST"])
@access(Permission.MANAGE_PROPOSALS)
def decline(proposal_id: int) -> ResponseReturnValue:
    """Note who declines, and why."""
    proposal = _loaded(proposal_id)
    form = DeclineForm()
    if form.validate_on_submit() and _declined(form, proposal):
        return see_other("proposals.show", proposal_id=proposal.id)
    return render_form("proposals/decline.html", form, proposal=proposal)


def _declined(form: DeclineForm, proposal: Proposal) -> bool:
    try:
        services.decline(
            proposal,
            side=Side(form.side.data),
            reason=DeclineReason(form.reason.data),
            note=form.note.data or "",
            today=date.today(),
            by=current_user,
        )
    except services.NoteMissing:
        form.note.errors = [_("Précisez la raison.")]
        return False
    except services.IllegalMove as refused:
        flash(translated(ILLEGAL_MOVE, status=translated(refused.status.label)), "error")
    else:
        flash(translated(_("Refus enregistré.")), "success")
    return True


@bp.post("/propositions/<int:proposal_id>/rouvrir")
@access(Permission.MANAGE_PROPOSALS)
def reopen(proposal_id: int) -> ResponseReturnValue:
    """Propose again what expired or became obsolete."""
    proposal = _loaded(proposal_id)
    try:
        services.reopen(proposal, today=date.today(), by=current_user)
    except services.IllegalMove as refused:
        flash(translated(ILLEGAL_MOVE, status=translated(refused.status.label)), "error")
    except services.SeatNotOpen:
        flash(translated(SEAT_NOT_OPEN), "error")
    except services.AlreadyProposed:
        flash(translated(ALREADY_PROPOSED), "error")
    else:
        flash(translated(_("Proposition rouverte.")), "success")
    return see_other("proposals.show", proposal_id=proposal.id)
