"""Pages that lay a few people of one ranking side by side, on screen and on paper."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.matches import queries
from talentpool.matches.compare import LEAST, MOST, days_late, rows_of, side_by_side
from talentpool.matches.documents import comparison_pdf as printed
from talentpool.matches.models import MatchRun
from talentpool.matches.presenting import SuggestionShown, skill_names
from talentpool.matches.views import PER_PAGE, bp
from talentpool.matches.wording import skill_words, who, why_sentences
from talentpool.talents.models import LEVEL_LABELS
from talentpool.web.numbers import row_number
from talentpool.web.pipeline import see_other

PDF = "application/pdf"


@bp.get("/classements/<int:run_id>/comparer")
@access(Permission.READ_RANKINGS)
def compare(run_id: int) -> ResponseReturnValue:
    """Show two to four people of a ranking side by side, or ask to choose them."""
    run = db.get_or_404(MatchRun, run_id)
    names = skill_names()
    rows = rows_of(run, _chosen(run), names)
    if not LEAST <= len(rows) <= MOST:
        return _choosing(run, rows), 422
    table = side_by_side(run, rows, names)
    return render_template(
        "matches/compare.html",
        run=run,
        table=table,
        keys=[row.result.person_key for row in rows],
        is_full=len(rows) == MOST,
        who=who,
        days_late=days_late,
        skill_words=skill_words,
        level_labels=LEVEL_LABELS,
        why_sentences=why_sentences,
    )


@bp.get("/classements/<int:run_id>/comparer.pdf")
@access(Permission.READ_RANKINGS)
def comparison_pdf(run_id: int) -> ResponseReturnValue:
    """Download the comparison as a tagged PDF, in French as all documents are."""
    run = db.get_or_404(MatchRun, run_id)
    rows = rows_of(run, _chosen(run), {})
    if not LEAST <= len(rows) <= MOST:
        return see_other("matches.compare", run_id=run.id, p=request.args.getlist("p"))
    with force_locale("fr"):
        content = printed(side_by_side(run, rows, {}))
    headers = {"Content-Disposition": f'attachment; filename="comparaison-{run.id}.pdf"'}
    return Response(content, content_type=PDF, headers=headers)


def _chosen(run: MatchRun) -> list[str]:
    """Return the keys of the people asked for, a page of them at most, and whoever has the rank added."""
    keys = list(dict.fromkeys(request.args.getlist("p")))[:PER_PAGE]
    rank = request.args.get("rang", type=row_number)
    added = queries.key_at(run, rank) if rank else None
    return [*keys, added] if added else keys


def _choosing(run: MatchRun, chosen: list[SuggestionShown]) -> str:
    """Return the page that asks to choose: those chosen, ticked, then the first of the ranking."""
    keys = [row.result.person_key for row in chosen]
    first = db.session.scalars(queries.results(run).limit(PER_PAGE))
    offered = rows_of(run, [*keys, *(result.person_key for result in first)], skill_names())
    return render_template(
        "matches/compare_choose.html",
        run=run,
        offered=offered,
        chosen=keys,
        least=LEAST,
        most=MOST,
        who=who,
    )
