"""What a host and a talent see of the proposals that concern them, and what the three say to each other."""

from datetime import date
from typing import Any

from flask import (
    Response,
    abort,
    flash,
    get_template_attribute,
    make_response,
    render_template,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.needs.models import NeedSeat
from talentpool.proposals import meetings, queries, services, thread
from talentpool.proposals.comparing import compared, sheet_for_host
from talentpool.proposals.forms import AnswerForm, MessageForm, SlotsForm, WithdrawalForm
from talentpool.proposals.models import InterviewSlot, Proposal
from talentpool.proposals.people import contacts
from talentpool.proposals.reach import ProcessingLimited, live_with_blocked
from talentpool.proposals.stages import Channel, Side
from talentpool.proposals.views import TELLS_WHO, answered, bp, declined, illegal, limited, loaded
from talentpool.proposals.wording import tells_who
from talentpool.talents.models import Talent
from talentpool.talents.queries import profile_of
from talentpool.web.forms import render_form
from talentpool.web.pagination import paged
from talentpool.web.pipeline import require, see_other


@bp.get("/mes-propositions")
@access(Permission.ANSWER_PROPOSALS)
def own_listing() -> ResponseReturnValue:
    """List the proposals that concern the viewer, those that await an answer first."""
    today = date.today()
    side = queries.side_of(current_user)
    page = paged(queries.own_proposals(current_user, today=today))
    page.rows.sort(key=lambda one: (not one.awaits(side, today), one.answer_by))
    talent = profile_of(current_user) if side is Side.TALENT else None
    return render_template(
        "proposals/own_listing.html", page=page, side=side, today=today, talent=talent
    )


@bp.route("/mes-propositions/<int:proposal_id>", methods=["GET", "POST"])
@access(Permission.ANSWER_PROPOSALS)
def own_show(proposal_id: int) -> ResponseReturnValue:
    """Show the other side's sheet, and take the viewer's answer."""
    proposal = loaded(proposal_id, Permission.ANSWER_PROPOSALS)
    side = queries.side_of(current_user)
    form = AnswerForm()
    form.offer(side, proposal.asked_on(date.today()))
    if form.validate_on_submit() and answered(form, proposal, side, Channel.APP):
        return see_other("proposals.own_show", proposal_id=proposal.id)
    return render_form("proposals/own_show.html", form, **sheet_of(proposal, side))


def sheet_of(proposal: Proposal, side: Side) -> dict[str, Any]:
    """Return what a page needs to show a proposal to one side."""
    return {
        "proposal": proposal,
        "side": side,
        "today": date.today(),
        "sheet": sheet_for_host(proposal) if side is Side.HOST else None,
        "messages": thread.messages_for(proposal, side),
        "contacts": contacts(proposal, side, date.today()),
    }


@bp.get("/mes-propositions/comparer/<int:seat_id>")
@access(Permission.ANSWER_PROPOSALS)
def own_comparison(seat_id: int) -> ResponseReturnValue:
    """Show side by side the blind sheets of those proposed for one seat, against what the seat asks."""
    seat = db.get_or_404(NeedSeat, seat_id)
    if queries.side_of(current_user) is not Side.HOST:
        abort(404)
    today = date.today()
    chosen = queries.own_proposals(current_user, today=today).where(Proposal.seat_id == seat.id)
    proposals = [p for p in db.session.scalars(chosen) if p.is_live_on(today)]
    if not proposals:
        abort(404)
    return render_template(
        "proposals/own_comparison.html", seat=seat, compared=compared(seat, proposals, today)
    )


@bp.route("/mes-propositions/<int:proposal_id>/retirer", methods=["GET", "POST"])
@access(Permission.ANSWER_PROPOSALS)
def withdraw(proposal_id: int) -> ResponseReturnValue:
    """Withdraw from a proposal, at whatever stage."""
    proposal = loaded(proposal_id, Permission.ANSWER_PROPOSALS)
    side = queries.side_of(current_user)
    form = WithdrawalForm()
    form.offer((side,))
    if form.validate_on_submit() and declined(form, proposal, side):
        return see_other("proposals.own_show", proposal_id=proposal.id)
    return render_form("proposals/withdraw.html", form, proposal=proposal, side=side)


def blocked_panel(talent: Talent) -> Markup:
    """Write, to somebody, which proposals go on with administrations that they blocked."""
    going_on = live_with_blocked(talent, today=date.today())
    if not going_on:
        return Markup()
    write = get_template_attribute("proposals/_blocked.html", "going_on")
    written: Markup = write(going_on)
    return written


def _home(proposal: Proposal) -> Response:
    """Lead back to the proposal, as the viewer sees it."""
    own = queries.side_of(current_user) is not Side.AGENCY
    return see_other("proposals.own_show" if own else "proposals.show", proposal_id=proposal.id)


@bp.route("/propositions/<int:proposal_id>/moments", methods=["GET", "POST"])
@access(Permission.DISCUSS_PROPOSALS)
def offer_slots(proposal_id: int) -> ResponseReturnValue:
    """Offer times to meet."""
    proposal = loaded(proposal_id, Permission.DISCUSS_PROPOSALS)
    form = SlotsForm(minutes=45)
    if form.validate_on_submit() and _offered(form, proposal):
        return _home(proposal)
    return render_form(
        "proposals/offer_slots.html",
        form,
        proposal=proposal,
        side=queries.side_of(current_user),
        today=date.today(),
    )


def _offered(form: SlotsForm, proposal: Proposal) -> bool:
    side = queries.side_of(current_user)
    try:
        meetings.offer_slots(proposal, form.times(), side=side, today=date.today(), by=current_user)
    except meetings.InThePast:
        form.first.errors = [_("Indiquez des moments à venir.")]
        return False
    except meetings.TooManySlots:
        form.first.errors = [_("Il y a assez de moments proposés : choisissez parmi eux.")]
        return False
    except services.IllegalMove as refused:
        flash(illegal(refused), "error")
    except ProcessingLimited as refused:
        form.first.errors = [limited(refused, side, Channel.APP)]
        return False
    else:
        flash(translated(_("Moments proposés.")), "success")
    return True


@bp.post("/moments/<int:slot_id>/choisir")
@access(Permission.DISCUSS_PROPOSALS)
def choose_slot(slot_id: int) -> ResponseReturnValue:
    """Settle on a time to meet."""
    slot = db.get_or_404(InterviewSlot, slot_id)
    require(Permission.DISCUSS_PROPOSALS, slot.proposal)
    side = queries.side_of(current_user)
    try:
        meetings.choose_slot(slot, side=side, today=date.today(), by=current_user)
    except meetings.OwnOffer:
        flash(
            translated(_("L’autre côté choisit parmi les moments que vous avez proposés.")), "error"
        )
    except meetings.InThePast:
        flash(translated(_("Ce moment est passé : choisissez-en un autre.")), "error")
    except services.IllegalMove as refused:
        flash(illegal(refused), "error")
    except ProcessingLimited as refused:
        flash(limited(refused, side, Channel.APP), "error")
    else:
        flash(
            translated(_("Entretien fixé : chacun reçoit le fichier pour son agenda.")), "success"
        )
    return _home(slot.proposal)


@bp.get("/propositions/<int:proposal_id>/entretien.ics")
@access(Permission.DISCUSS_PROPOSALS)
def meeting_file(proposal_id: int) -> ResponseReturnValue:
    """Give the meeting as a file for calendars."""
    proposal = loaded(proposal_id, Permission.DISCUSS_PROPOSALS)
    slot = proposal.chosen_slot or abort(404)
    answer = make_response(meetings.calendar_file(slot))
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="entretien.ics"'
    return answer


@bp.route("/propositions/<int:proposal_id>/message", methods=["GET", "POST"])
@access(Permission.DISCUSS_PROPOSALS)
def post_message(proposal_id: int) -> ResponseReturnValue:
    """Write in the proposal's thread."""
    proposal = loaded(proposal_id, Permission.DISCUSS_PROPOSALS)
    side, today = queries.side_of(current_user), date.today()
    form = MessageForm()
    form.offer(thread.audiences_for(proposal, side, today), side)
    if form.validate_on_submit() and _is_blind(form, proposal, side):
        try:
            thread.post_message(
                proposal,
                form.text.data,
                author=side,
                audience=form.chosen_audience,
                today=today,
                by=current_user,
            )
        except ProcessingLimited as refused:
            form.text.errors = [limited(refused, side, Channel.APP)]
        else:
            flash(translated(_("Message envoyé.")), "success")
            return _home(proposal)
    return render_form(
        "proposals/post_message.html", form, proposal=proposal, side=side, today=today
    )


def _is_blind(form: MessageForm, proposal: Proposal, side: Side) -> bool:
    """Whether the agency's words to a host say nothing of who a person is, as long as they may not."""
    if side is not Side.AGENCY or form.chosen_audience is not Side.HOST:
        return True
    if proposal.are_introduced_on(date.today()) or not tells_who(proposal.talent, form.text.data):
        return True
    form.text.errors = [TELLS_WHO]
    return False
