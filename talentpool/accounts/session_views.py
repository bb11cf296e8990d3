"""What a page left open asks: how much is left of the session, asking for more of it in the same breath."""

from flask import jsonify
from flask.typing import ResponseReturnValue

from talentpool.access import Permission, access
from talentpool.accounts.session import session_left
from talentpool.accounts.views import bp


@bp.get("/ma-session")
@access(Permission.USE_OWN_ACCOUNT)
def prolong_session() -> ResponseReturnValue:
    """Let the session go on, and say for how long: like any page, it is a sign of life."""
    seconds, may_go_on = session_left()
    return jsonify(seconds=seconds, may_go_on=may_go_on)
