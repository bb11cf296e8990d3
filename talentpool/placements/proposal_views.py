"""From a proposal to the ledger: confirmed within the cap, then placed in a click."""

from datetime import date

from flask import flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, ngettext, translated
from talentpool.placements import services
from talentpool.placements.ledger import OutsideContract
from talentpool.placements.views import REFUSALS, bp, cap, sentence
from talentpool.proposals.models import Proposal
from talentpool.proposals.services import IllegalMove, SeatNotOpen
from talentpool.proposals.views import SEAT_NOT_OPEN, illegal
from talentpool.web.pipeline import require, see_other


@bp.post("/propositions/<int:proposal_id>/confirmer")
@access(Permission.MANAGE_PLACEMENTS)
def confirm_proposal(proposal_id: int) -> ResponseReturnValue:
    """Confirm a proposal: the person's time, or room under the cap, is reserved."""
    proposal = db.get_or_404(Proposal, proposal_id)
    require(Permission.MANAGE_PROPOSALS, proposal)
    try:
        obsolete = services.confirm_proposal(
            proposal, cap=cap(), today=date.today(), by=current_user
        )
    except IllegalMove as refused:
        flash(illegal(refused), "error")
    except SeatNotOpen:
        flash(translated(SEAT_NOT_OPEN), "error")
    except REFUSALS as error:
        flash(sentence(error), "error")
    else:
        flash(translated(_("Proposition confirmée.")), "success")
        if obsolete:
            flash(
                ngettext(
                    "%(num)d autre proposition de la même personne devient caduque.",
                    "%(num)d autres propositions de la même personne deviennent caduques.",
                    len(obsolete),
                ),
                "info",
            )
    return see_other("proposals.show", proposal_id=proposal.id)


@bp.post("/propositions/<int:proposal_id>/placer")
@access(Permission.MANAGE_PLACEMENTS)
def place_proposal(proposal_id: int) -> ResponseReturnValue:
    """Turn a confirmed proposal into a placement; without a contract, lead to the contract first."""
    proposal = db.get_or_404(Proposal, proposal_id)
    require(Permission.MANAGE_PROPOSALS, proposal)
    try:
        with db.session.begin_nested():
            placement = services.place_proposal(proposal, today=date.today(), by=current_user)
    except IllegalMove as refused:
        flash(illegal(refused), "error")
    except OutsideContract:
        flash(translated(_("D’abord le contrat : ses dates sont reprises ci-dessous.")), "info")
        return see_other(
            "placements.sign_contract",
            talent_id=proposal.talent_id,
            debut=proposal.starts_on,
            fin=proposal.ends_on,
        )
    except REFUSALS as error:
        flash(sentence(error), "error")
    else:
        flash(translated(_("Placement créé : il reste à le signer.")), "success")
        return see_other("placements.show", placement_id=placement.id)
    return see_other("proposals.show", proposal_id=proposal.id)
