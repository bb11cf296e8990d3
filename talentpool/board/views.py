"""Pages of the public board."""

from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from talentpool.access import public
from talentpool.board import presenting, queries
from talentpool.board.filters import REMOTE_DAYS, Sorting, read_filters
from talentpool.skills.queries import families, live_skills
from talentpool.web.pagination import page_of

bp = Blueprint("board", __name__)
#: How many needs stand on one page.
PER_PAGE = 20


@bp.get("/besoins-ouverts")
@public
def listing() -> ResponseReturnValue:
    """Search the board, as the address asks."""
    filters, today = read_filters(request.args), date.today()
    board, known = queries.the_board(), families()
    found = queries.search_board(filters, today=today, board=board)
    return render_template(
        "board/listing.html",
        page=page_of(found.needs, queries.shown, per_page=PER_PAGE),
        filters=filters,
        found=found,
        near=queries.shown(found.near),
        asked=presenting.asked(filters, known, board.hosts),
        without=[] if found.needs else queries.found_without(filters, today=today),
        families=known,
        hosts=board.hosts,
        skills=live_skills(),
        remote_days=[(days, presenting.remote_words(days)) for days in REMOTE_DAYS],
        sortings=[one for one in Sorting if filters.text or one is not Sorting.RELEVANCE],
        feed=presenting.feed_of(filters),
        today=today,
    )


@bp.get("/besoins-ouverts/<int:need_id>")
@public
def show(need_id: int) -> ResponseReturnValue:
    """Show a need of the board; one that was there says no more than that it is over."""
    need = queries.need_on_board(need_id)
    if need is not None:
        return render_template("board/show.html", need=need, today=date.today())
    if queries.was_on_board(need_id):
        return _over()
    raise NotFound


def _over() -> ResponseReturnValue:
    today = date.today()
    newest = queries.newest(3, today=today)
    return render_template("board/over.html", newest=newest, today=today), 410
