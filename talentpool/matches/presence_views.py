"""The signs by which two officers on one seat see each other."""

from flask import Response, abort
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db, now
from talentpool.matches import presence
from talentpool.matches.views import bp
from talentpool.needs.models import NeedSeat
from talentpool.web.pipeline import require, see_other


@bp.post("/postes/<int:seat_id>/presence")
@access(Permission.DECIDE_ON_TALENTS)
def show_presence(seat_id: int) -> ResponseReturnValue:
    """Note that the viewer has this seat's page open."""
    found = _seat(seat_id)
    presence.show_presence(found, current_user, at=now())
    return see_other("matches.present", seat_id=found.id)


@bp.get("/postes/<int:seat_id>/presents")
@access(Permission.DECIDE_ON_TALENTS)
def present(seat_id: int) -> ResponseReturnValue:
    """Say in plain words who else has this seat's page open; nothing when nobody has."""
    line = presence.presence_line(_seat(seat_id), current_user, at=now())
    return Response(line, mimetype="text/plain")


def _seat(seat_id: int) -> NeedSeat:
    found = db.get_or_404(NeedSeat, seat_id)
    require(Permission.READ_NEEDS, found.need)
    return found if found.need.is_submitted else abort(404)
