"""Pages to hand one's cases over for an absence, and to take them back."""

from datetime import date

from flask import abort, flash, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.accounts.models import Account
from talentpool.casework import handovers, queries
from talentpool.casework.forms import HandoverForm, follow_up_words
from talentpool.casework.models import FollowUp, Handover
from talentpool.casework.panel import label_of
from talentpool.casework.services import NotACaretaker
from talentpool.casework.views import bp
from talentpool.db import db
from talentpool.i18n import _, ngettext, translated
from talentpool.placements.models import Placement
from talentpool.web.fields import choices
from talentpool.web.forms import render_form
from talentpool.web.numbers import row_number
from talentpool.web.pipeline import require, see_other


@bp.route("/suivis/passation", methods=["GET", "POST"])
@access(Permission.WRITE_NOTES)
def hand_over() -> ResponseReturnValue:
    """Entrust one's cases, or an absent colleague's, to somebody for an absence."""
    today = date.today()
    giver = _giver()
    owned = queries.owned_follow_ups(giver)
    placed = queries.owned_placements(giver, today=today)
    form = HandoverForm(follow_ups=[row.id for row in owned], placements=[row.id for row in placed])
    people = [person for person in queries.caretakers() if person.id != giver.id]
    form.offer_people(people, queries.absences_on(today))
    _offer(form, owned, placed)
    if form.validate_on_submit() and _handed_over(form, giver, owned, placed):
        return see_other("casework.follow_ups")
    others = [person for person in queries.caretakers() if person.id != giver.id]
    has_any = bool(owned or placed)
    return render_form("casework/hand_over.html", form, giver=giver, others=others, has_any=has_any)


def _giver() -> Account:
    """Return whose cases are handed over: one's own, or those of a colleague who cannot do it."""
    asked = request.args.get("de", current_user.id, type=row_number)
    giver = db.session.get(Account, asked)
    if giver is None or giver.role != current_user.role:
        abort(404)
    return giver


def _offer(form: HandoverForm, owned: list[FollowUp], placed: list[Placement]) -> None:
    form.follow_ups.choices = choices(
        (row.id, follow_up_words(row, label_of(row.subject))) for row in owned
    )
    form.placements.choices = choices(
        (row.id, f"{row.talent.label} – {row.seat.need.title}") for row in placed
    )


def _handed_over(
    form: HandoverForm, giver: Account, owned: list[FollowUp], placed: list[Placement]
) -> bool:
    assert form.starts_on.data and form.ends_on.data  # noqa: S101, PT018
    receiver = db.session.get_one(Account, form.receiver_id.data)
    try:
        made = handovers.hand_over(
            giver=giver,
            receiver=receiver,
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
            note=form.note.data or "",
            follow_ups=[row for row in owned if row.id in (form.follow_ups.data or [])],
            placements=[row for row in placed if row.id in (form.placements.data or [])],
            by=current_user,
        )
    except handovers.NothingHandedOver:
        form.follow_ups.errors = [_("Cochez ce que vous confiez.")]
    except handovers.ReceiverAway:
        form.receiver_id.errors = [
            _("Cette personne est absente ces jours-là : choisissez-en une autre.")
        ]
    except NotACaretaker:
        form.receiver_id.errors = [
            _("Cette personne ne peut plus rien suivre : choisissez-en une autre.")
        ]
    else:
        number = len(made.items)
        flash(ngettext("%(num)d dossier confié.", "%(num)d dossiers confiés.", number), "success")
        return True
    return False


@bp.post("/suivis/passations/<int:handover_id>/reprendre")
@access(Permission.WRITE_NOTES)
def take_back(handover_id: int) -> ResponseReturnValue:
    """Give back what was handed over, and say what stays with others."""
    handover = db.get_or_404(Handover, handover_id)
    require(Permission.WRITE_NOTES, handover)
    try:
        kept = handovers.take_back(handover, by=current_user)
    except handovers.AlreadyTakenBack:
        flash(translated(_("Ces dossiers ont déjà été repris.")), "info")
    else:
        flash(translated(_("Dossiers repris.")), "success")
        if kept:
            flash(
                ngettext(
                    "%(num)d dossier, confié entre-temps à quelqu’un d’autre, y reste.",
                    "%(num)d dossiers, confiés entre-temps à quelqu’un d’autre, y restent.",
                    len(kept),
                ),
                "info",
            )
    return see_other("casework.follow_ups")
