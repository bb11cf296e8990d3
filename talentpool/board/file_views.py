"""The board in the forms that other programs read: a feed, linked data, paper."""

from datetime import date

from flask import Response, abort, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from talentpool.access import public
from talentpool.board import documents, feeds, presenting, queries
from talentpool.board.filters import Sorting, read_filters
from talentpool.board.views import bp
from talentpool.needs.models import Need
from talentpool.web.security import limiter

ATOM, JSON_LD, PDF = "application/atom+xml", "application/ld+json", "application/pdf"
#: How many needs a feed carries.
IN_FEED = 50
#: How many sheets one address may have printed: each takes a fifth of a second of work.
PRINTED = "30 per minute"


@bp.get("/besoins-ouverts.atom")
@public
def feed() -> ResponseReturnValue:
    """Follow a search of the board: the newest needs that it finds."""
    filters = read_filters({**request.args.to_dict(), "tri": Sorting.NEWEST.value})
    found = queries.search_board(filters, today=date.today()).needs[:IN_FEED]
    with force_locale("fr"):
        content = feeds.atom_of(
            queries.shown(found),
            site=current_app.config["PUBLIC_URL"],
            address=presenting.address_of(filters),
            feed_address=presenting.feed_of(filters),
        )
    return Response(content, content_type=f"{ATOM}; charset=utf-8")


@bp.get("/besoins-ouverts/<int:need_id>.jsonld")
@public
def postings(need_id: int) -> ResponseReturnValue:
    """Give the open seats of a need as job postings that search engines read."""
    content = feeds.postings_of(_need(need_id), site=current_app.config["PUBLIC_URL"])
    return Response(content, content_type=f"{JSON_LD}; charset=utf-8")


@bp.get("/besoins-ouverts/<int:need_id>.pdf")
@public
@limiter.limit(PRINTED)
def sheet(need_id: int) -> ResponseReturnValue:
    """Download the sheet of a need as a tagged PDF, in French as all documents are."""
    need = _need(need_id)
    address = current_app.config["PUBLIC_URL"] + url_for("board.show", need_id=need.id)
    with force_locale("fr"):
        content = documents.sheet_pdf(need, address=address)
    headers = {"Content-Disposition": f'attachment; filename="besoin-{need.id}.pdf"'}
    return Response(content, content_type=PDF, headers=headers)


def _need(need_id: int) -> Need:
    return queries.need_on_board(need_id) or abort(404)
