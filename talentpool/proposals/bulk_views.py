"""What the agency does with several proposals at once."""

from collections.abc import Sequence
from datetime import date

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response

from talentpool.access import Permission, access
from talentpool.i18n import _, ngettext, translated
from talentpool.journal import services as journal
from talentpool.proposals import services
from talentpool.proposals.models import Proposal
from talentpool.proposals.stages import BULK_REASONS, AnswerReason, Side
from talentpool.proposals.views import asked_again, bp, illegal, loaded, reopened, say_told
from talentpool.web.numbers import row_number
from talentpool.web.pipeline import see_other

#: How many proposals one act may touch.
MOST_AT_ONCE = 200


@bp.post("/propositions/lot")
@access(Permission.MANAGE_PROPOSALS)
def bulk() -> ResponseReturnValue:
    """Remind, close or reopen several proposals at once; those that can't be are named, the others go on."""
    chosen = [
        loaded(number)
        for number in request.form.getlist("proposition", type=row_number)[:MOST_AT_ONCE]
    ]
    what = request.form.get("action", "")
    chosen.sort(key=lambda proposal: proposal.id)
    if not chosen:
        flash(translated(_("Cochez au moins une proposition.")), "error")
    elif what == "ask":
        with journal.deferred():
            told, refused = asked_again(chosen)
        say_told(told, refused)
    elif what == "reopen":
        with journal.deferred():
            refused = [why for proposal in chosen if (why := reopened(proposal))]
        _say_done(chosen, refused)
    elif what == "close":
        if not _close(chosen, request.form.get("reason", "")):
            return _back([proposal.id for proposal in chosen])
    else:
        flash(translated(_("Choisissez ce qu’il faut faire.")), "error")
    return _back()


def _close(chosen: list[Proposal], reason: str) -> bool:
    if reason not in set(BULK_REASONS):
        flash(translated(_("Choisissez une raison.")), "error")
        return False
    # Rows first, the journal last: nobody waits for a row while keeping others from the journal.
    with journal.deferred():
        refused = [why for proposal in chosen if (why := _closed(proposal, reason))]
    _say_done(chosen, refused)
    return True


def _closed(proposal: Proposal, reason: str) -> str:
    """Close one proposal, or say why it can't be."""
    try:
        services.decline(
            proposal,
            side=Side.AGENCY,
            reason=AnswerReason(reason),
            note="",
            today=date.today(),
            by=current_user,
        )
    except services.IllegalMove as error:
        return illegal(error)
    return ""


def _say_done(chosen: list[Proposal], refused: list[str]) -> None:
    done = len(chosen) - len(refused)
    if done:
        flash(
            ngettext("%(num)d proposition traitée.", "%(num)d propositions traitées.", done),
            "success",
        )
    for why in dict.fromkeys(refused):
        flash(why, "error")


def _back(ticked: Sequence[int] = ()) -> Response:
    """Lead back to where the boxes were, those `ticked` still so."""
    from_board = request.form.get("retour") == "tableau"
    return see_other("matches.board" if from_board else "proposals.listing", coche=ticked)
