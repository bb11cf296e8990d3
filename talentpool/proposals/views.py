"""The agency's pages of proposals."""

from collections.abc import Iterable
from datetime import date

from flask import Blueprint, abort, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, ngettext, translated
from talentpool.needs.models import NeedSeat
from talentpool.proposals import asking, queries, services
from talentpool.proposals.forms import AnswerForm, DeclineForm, ProposalForm
from talentpool.proposals.models import AnswerLink, Proposal
from talentpool.proposals.reach import UNREACHABLE, ProcessingLimited
from talentpool.proposals.stages import BULK_REASONS, AnswerReason, Channel, ProposalStatus, Side
from talentpool.proposals.thread import messages_for
from talentpool.proposals.wording import meeting_time, tells_who, unreachable
from talentpool.talents.models import Talent
from talentpool.talents.queries import people_to_choose, person_to_choose
from talentpool.web.forms import render_form
from talentpool.web.numbers import row_number
from talentpool.web.pagination import paged
from talentpool.web.pipeline import require, see_other

bp = Blueprint("proposals", __name__)
bp.add_app_template_filter(meeting_time)
SEAT_NOT_OPEN = _("Ce poste n’est pas à pourvoir : retenez d’abord son besoin.")
ALREADY_PROPOSED = _("Cette personne est déjà proposée pour ce poste.")
TELLS_WHO = _(
    "L’administration ne doit pas encore savoir qui c’est : retirez nom, adresse, téléphone ou lien."
)
ILLEGAL_MOVE = _("Ce n’est plus possible à ce stade : « %(status)s ».")
ALREADY_ANSWERED = _("Cette réponse a déjà été donnée.")
OWN_LIMIT = _(
    "Vous avez demandé que votre profil soit gardé sans servir à rien d’autre : levez d’abord cette "
    "limite dans « Mes données », ou retirez-vous de la proposition."
)
NOTE_MISSING = _("Précisez la raison.")


@bp.get("/propositions")
@access(Permission.READ_PROPOSALS)
def listing() -> ResponseReturnValue:
    """List the proposals at a stage, of a seat or of a need, the longest unmoved first."""
    stage = request.args.get("etat", "live")
    seat, need = (
        request.args.get("poste", type=row_number),
        request.args.get("besoin", type=row_number),
    )
    today = date.today()
    chosen = queries.proposals_at(current_user, today=today, stage=stage, seat=seat, need=need)
    return render_template(
        "proposals/listing.html",
        page=paged(chosen),
        today=today,
        filters={"stage": stage, "seat": seat, "need": need},
        stages=list(ProposalStatus),
        reasons=BULK_REASONS,
        ticked=request.args.getlist("coche", type=row_number),
    )


@bp.get("/propositions/<int:proposal_id>")
@access(Permission.READ_PROPOSALS)
def show(proposal_id: int) -> ResponseReturnValue:
    """Show one proposal: how far it has come, what each side said, and what may come next."""
    proposal = loaded(proposal_id, Permission.READ_PROPOSALS)
    today = date.today()
    others = queries.live_proposals_of([proposal.talent_id], today=today)
    return render_template(
        "proposals/show.html",
        proposal=proposal,
        today=today,
        side=Side.AGENCY,
        messages=messages_for(proposal, Side.AGENCY),
        others=[p for p in others.get(proposal.talent_id, []) if p is not proposal],
        times=queries.times_proposed([proposal.talent_id], today=today)[proposal.talent_id],
    )


def loaded(proposal_id: int, permission: Permission = Permission.MANAGE_PROPOSALS) -> Proposal:
    """Return a proposal that the viewer may act on, or answer 404."""
    proposal = db.get_or_404(Proposal, proposal_id)
    require(permission, proposal)
    if not queries.is_shown_to(current_user, proposal, today=date.today()):
        abort(404)
    return proposal


@bp.route("/postes/<int:seat_id>/proposer", methods=["GET", "POST"])
@access(Permission.MANAGE_PROPOSALS)
def propose(seat_id: int) -> ResponseReturnValue:
    """Propose somebody for a seat."""
    seat = db.get_or_404(NeedSeat, seat_id)
    require(Permission.READ_NEEDS, seat.need)
    today = date.today()
    starts_on, ends_on = seat.days_from(today)
    chosen = request.values.get("talent", type=row_number)
    form = ProposalForm(
        talent=chosen,
        starts_on=starts_on,
        ends_on=ends_on,
        share_pct=seat.share_pct,
    )
    known = person_to_choose(chosen) if chosen else None
    # Somebody who comes with the address is the only choice: a pool of a thousand is no menu.
    form.offer([known] if known else people_to_choose())
    if form.validate_on_submit() and (made := _proposed(form, seat, today)):
        flash(translated(_("Proposition faite : les deux côtés sont interrogés.")), "success")
        return see_other("proposals.show", proposal_id=made.id)
    return render_form("proposals/propose.html", form, seat=seat)


def _proposed(form: ProposalForm, seat: NeedSeat, today: date) -> Proposal | None:
    talent = db.session.get_one(Talent, form.talent.data)
    if tells_who(talent, form.note.data or ""):
        form.note.errors = [TELLS_WHO]
        return None
    assert form.starts_on.data and form.ends_on.data and form.share_pct.data  # noqa: S101, PT018
    try:
        return services.propose_talent(
            talent,
            seat,
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
            share_pct=form.share_pct.data,
            note=form.note.data or "",
            talent_note=form.talent_note.data or "",
            host_email=form.host_email.data or "",
            talent_email=form.talent_email.data or "",
            today=today,
            by=current_user,
        )
    except services.SeatNotOpen:
        form.talent.errors = [SEAT_NOT_OPEN]
    except services.AlreadyProposed:
        form.talent.errors = [ALREADY_PROPOSED]
    except UNREACHABLE as refused:
        form.talent.errors = [unreachable(refused)]
    return None


@bp.route(
    "/propositions/<int:proposal_id>/reponse/<any(host, talent):side>", methods=["GET", "POST"]
)
@access(Permission.MANAGE_PROPOSALS)
def note_answer(proposal_id: int, side: str) -> ResponseReturnValue:
    """Note what a side answered by telephone or in a meeting."""
    proposal = loaded(proposal_id)
    form = AnswerForm()
    form.offer(Side(side), proposal.asked_on(date.today()))
    if form.validate_on_submit() and answered(form, proposal, Side(side), Channel.AGENCY):
        return see_other("proposals.show", proposal_id=proposal.id)
    return render_form(
        "proposals/note_answer.html", form, proposal=proposal, side=Side(side), today=date.today()
    )


def answered(
    form: AnswerForm,
    proposal: Proposal,
    side: Side,
    channel: Channel,
    link: AnswerLink | None = None,
) -> bool:
    """Take an answer, or say beside the field why it can't be taken."""
    account = current_user if current_user.is_authenticated else None
    try:
        services.answer(
            proposal,
            side,
            **form.given(),
            channel=channel,
            today=date.today(),
            by=account,
            link=link,
        )
    except services.NoteMissing:
        form.note.errors = [NOTE_MISSING]
        return False
    except services.AlreadyAnswered:
        flash(translated(ALREADY_ANSWERED), "error")
    except ProcessingLimited as refused:
        flash(limited(refused, side, channel), "error")
    except services.IllegalMove as refused:
        flash(illegal(refused), "error")
    else:
        flash(translated(_("Réponse enregistrée.")), "success")
    return True


def limited(refused: ProcessingLimited, side: Side, channel: Channel) -> str:
    """Say that nothing goes on with a profile, to the person themself with how it would."""
    if side is Side.TALENT and channel is not Channel.AGENCY:
        return translated(OWN_LIMIT)
    return unreachable(refused)


def illegal(refused: services.IllegalMove) -> str:
    """Say why a move is not possible."""
    return translated(ILLEGAL_MOVE, status=translated(refused.status.label))


@bp.post("/propositions/<int:proposal_id>/entretien")
@access(Permission.MANAGE_PROPOSALS)
def note_interview(proposal_id: int) -> ResponseReturnValue:
    """Note that the two have met: both are asked for their final answer."""
    proposal = loaded(proposal_id)
    try:
        services.note_interview(proposal, today=date.today(), by=current_user)
    except services.IllegalMove as refused:
        flash(illegal(refused), "error")
    except ProcessingLimited as refused:
        flash(unreachable(refused), "error")
    else:
        flash(translated(_("Entretien noté : chaque côté donne maintenant son accord.")), "success")
    return see_other("proposals.show", proposal_id=proposal.id)


@bp.post("/propositions/<int:proposal_id>/relancer")
@access(Permission.MANAGE_PROPOSALS)
def ask_again(proposal_id: int) -> ResponseReturnValue:
    """Write again to whoever has not answered."""
    proposal = loaded(proposal_id)
    told, refused = asked_again([proposal])
    say_told(told, refused)
    return see_other("proposals.show", proposal_id=proposal.id)


def asked_again(chosen: Iterable[Proposal]) -> tuple[int, list[str]]:
    """Write again to whoever has not answered; return to how many, and why not to others."""
    told, refusals = 0, []
    for proposal in chosen:
        try:
            told += asking.ask(proposal, today=date.today())
        except UNREACHABLE as refused:
            refusals.append(unreachable(refused))
    return told, refusals


def say_told(count: int, refusals: list[str]) -> None:
    """Say how many people a reminder reached, and why it did not leave for others."""
    for why in dict.fromkeys(refusals):
        flash(why, "error")
    if count:
        flash(
            ngettext("%(num)d personne relancée.", "%(num)d personnes relancées.", count), "success"
        )
    elif not refusals:
        flash(
            translated(
                _("Personne à relancer par courriel : déjà fait aujourd’hui, ou pas d’adresse.")
            ),
            "info",
        )


@bp.route("/propositions/<int:proposal_id>/refuser", methods=["GET", "POST"])
@access(Permission.MANAGE_PROPOSALS)
def decline(proposal_id: int) -> ResponseReturnValue:
    """Note who declines, and why."""
    proposal = loaded(proposal_id)
    form = DeclineForm()
    form.offer(tuple(Side))
    if form.validate_on_submit() and declined(form, proposal, Side(form.side.data)):
        return see_other("proposals.show", proposal_id=proposal.id)
    return render_form("proposals/decline.html", form, proposal=proposal)


def declined(form: DeclineForm, proposal: Proposal, side: Side) -> bool:
    """Take a refusal, or say beside the field why it can't be taken."""
    try:
        services.decline(
            proposal,
            side=side,
            reason=AnswerReason(form.reason.data),
            note=form.note.data or "",
            today=date.today(),
            by=current_user,
        )
    except services.WrongReason:
        form.reason.errors = [_("Cette raison n’est pas de celles que ce côté peut donner.")]
        return False
    except services.NoteMissing:
        form.note.errors = [NOTE_MISSING]
        return False
    except services.IllegalMove as refused:
        flash(illegal(refused), "error")
    else:
        flash(translated(_("Refus enregistré.")), "success")
    return True


@bp.post("/propositions/<int:proposal_id>/rouvrir")
@access(Permission.MANAGE_PROPOSALS)
def reopen(proposal_id: int) -> ResponseReturnValue:
    """Take up again what expired or became obsolete."""
    proposal = loaded(proposal_id)
    if why := reopened(proposal):
        flash(why, "error")
    else:
        flash(translated(_("Proposition rouverte.")), "success")
    return see_other("proposals.show", proposal_id=proposal.id)


def reopened(proposal: Proposal) -> str:
    """Reopen a proposal, or say why it can't be."""
    try:
        services.reopen(proposal, today=date.today(), by=current_user)
    except services.IllegalMove as refused:
        return illegal(refused)
    except services.SeatNotOpen:
        return translated(SEAT_NOT_OPEN)
    except services.AlreadyProposed:
        return translated(ALREADY_PROPOSED)
    except UNREACHABLE as refused:
        return unreachable(refused)
    return ""
