"""The page that proposes teams for a need with several seats."""

from datetime import date

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.matches.presenting import skill_names
from talentpool.matches.teams import Pool, open_seats, pools, teams
from talentpool.matches.views import bp
from talentpool.matches.wording import figure, who
from talentpool.needs.models import Need
from talentpool.web.pipeline import require


@bp.get("/besoins/<int:need_id>/equipes", endpoint="teams")
@access(Permission.READ_RANKINGS)
def propose_teams(need_id: int) -> ResponseReturnValue:
    """Propose teams from the seats' newest rankings, or say what is missing for it."""
    need = db.get_or_404(Need, need_id)
    require(Permission.READ_NEEDS, need)
    if not need.is_submitted:
        abort(404)
    seats = open_seats(need)
    found = pools(seats) if len(seats) > 1 else []
    ranked = [pool for pool in found if isinstance(pool, Pool)]
    is_whole = len(ranked) == len(seats) > 1
    return render_template(
        "matches/teams.html",
        need=need,
        seats=seats,
        pools=ranked,
        unranked=[seat for seat in found if not isinstance(seat, Pool)],
        teams=teams(ranked, today=date.today(), names=skill_names()) if is_whole else [],
        figure=figure,
        who=who,
    )
