"""The page of the pipeline by stage."""

from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.matches.board import board as pipeline
from talentpool.matches.views import bp
from talentpool.needs.models import Need, NeedSeat
from talentpool.proposals.stages import BULK_REASONS
from talentpool.web.numbers import row_number


@bp.get("/tableau")
@access(Permission.READ_PROPOSALS)
def board() -> ResponseReturnValue:
    """Show the pipeline by stage: of the whole agency, of a need, or of a seat."""
    seat, need = (
        request.args.get("poste", type=row_number),
        request.args.get("besoin", type=row_number),
    )
    today = date.today()
    return render_template(
        "matches/board.html",
        board=pipeline(current_user, today=today, seat=seat, need=need),
        seat=db.get_or_404(NeedSeat, seat) if seat is not None else None,
        need=db.get_or_404(Need, need) if need is not None else None,
        reasons=BULK_REASONS,
        ticked=request.args.getlist("coche", type=row_number),
        today=today,
    )
