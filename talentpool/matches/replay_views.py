"""The page that lays a past ranking beside today's."""

from datetime import date

from flask import render_template
from flask.typing import ResponseReturnValue

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.matches.models import MatchRun, Verdict
from talentpool.matches.presenting import skill_names
from talentpool.matches.queries import decisions
from talentpool.matches.replays import FIRST, since
from talentpool.matches.views import bp
from talentpool.matches.wording import FIELD_NAMES, changed_fact, figure, move_sentences, who


@bp.get("/classements/<int:run_id>/depuis")
@access(Permission.READ_RANKINGS)
def since_run(run_id: int) -> ResponseReturnValue:
    """Show a past ranking beside what ranking would say today, which is computed and not kept."""
    run = db.get_or_404(MatchRun, run_id)
    held = decisions(run.seat)
    return render_template(
        "matches/since_run.html",
        run=run,
        since=since(run, today=date.today(), names=skill_names()),
        named_people={t for t, d in held.items() if d.verdict is Verdict.SHORTLISTED},
        first=FIRST,
        field_names=FIELD_NAMES,
        changed_fact=changed_fact,
        figure=figure,
        move_sentences=move_sentences,
        who=who,
    )
