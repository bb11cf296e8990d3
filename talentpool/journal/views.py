"""The journal's page."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from talentpool.access import Permission, access
from talentpool.journal import queries
from talentpool.journal.labels import action_label
from talentpool.web.pagination import paged

bp = Blueprint("journal", __name__, url_prefix="/journal")


@bp.get("/")
@access(Permission.READ_JOURNAL)
def listing() -> ResponseReturnValue:
    """List what was done, newest first."""
    action = request.args.get("action", "")
    return render_template(
        "journal/listing.html",
        page=paged(queries.entries(action=action), per_page=50),
        actions=queries.actions(),
        action=action,
        action_label=action_label,
    )
