"""Pages of the searches that people keep of the board."""

from datetime import date
from urllib.parse import parse_qsl

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.board import presenting, queries, services
from talentpool.board.filters import Filters, read_filters
from talentpool.board.forms import SearchForm
from talentpool.board.models import BoardSearch
from talentpool.board.views import bp
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.skills.queries import families
from talentpool.web.forms import render_form
from talentpool.web.pipeline import require, see_other

NAME_TAKEN = _("Vous gardez déjà une recherche sous ce nom.")
TOO_MANY = _("Vous gardez déjà vingt recherches : retirez-en une d’abord.")


@bp.get("/besoins-ouverts/recherches")
@access(Permission.KEEP_BOARD_SEARCHES)
def searches() -> ResponseReturnValue:
    """List the searches that one keeps."""
    kept = [
        (search, _asked(read_filters(search.asked)))
        for search in db.session.scalars(queries.own_searches(current_user))
    ]
    return render_template("board/searches.html", searches=kept)


@bp.route("/besoins-ouverts/recherches/nouvelle", methods=["GET", "POST"])
@access(Permission.KEEP_BOARD_SEARCHES)
def save_search() -> ResponseReturnValue:
    """Keep a search under a name, to be told of new needs."""
    form = SearchForm(query=request.query_string.decode(errors="replace"))
    filters = read_filters(dict(parse_qsl(form.query.data or "")))
    if form.validate_on_submit():
        try:
            name = form.name.data or ""
            services.save_search(filters, name=name, by=current_user, today=date.today())
        except services.NameTaken:
            form.name.errors = [NAME_TAKEN]
        except services.TooManySearches:
            form.name.errors = [TOO_MANY]
        else:
            flash(
                translated(_("Recherche enregistrée : vous recevrez les nouveaux besoins.")),
                "success",
            )
            return see_other("board.searches")
    back = presenting.address_of(filters)
    return render_form("board/save_search.html", form, asked=_asked(filters), back=back)


@bp.route("/besoins-ouverts/recherches/<int:board_search_id>/retirer", methods=["GET", "POST"])
@access(Permission.KEEP_BOARD_SEARCHES)
def remove_search(board_search_id: int) -> ResponseReturnValue:
    """Confirm that a saved search is forgotten."""
    search = db.get_or_404(BoardSearch, board_search_id)
    require(Permission.KEEP_BOARD_SEARCHES, search)
    if request.method == "POST":
        services.remove_search(search, by=current_user)
        flash(translated(_("Recherche retirée.")), "success")
        return see_other("board.searches")
    return render_template("board/remove_search.html", search=search)


def _asked(filters: Filters) -> list[str]:
    known = presenting.asked(filters, families(), queries.the_board().hosts)
    return [filter.words for filter in known.values()]
