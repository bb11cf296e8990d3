"""Pages that search the pool; they join those of talents, whose list they are."""

from datetime import date
from urllib.parse import parse_qsl

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.pool import presenting, queries, services
from talentpool.pool.filters import LEVELS, REMOTE_DAYS, read_filters
from talentpool.pool.forms import SearchForm
from talentpool.pool.models import SavedSearch
from talentpool.skills.queries import families, live_skills
from talentpool.tabular.views import download
from talentpool.talents.imports import COLUMNS, profile_rows
from talentpool.talents.models import LEVEL_LABELS, EmploymentStatus, PoolStatus
from talentpool.talents.views import bp
from talentpool.web.forms import render_form
from talentpool.web.pagination import page_of
from talentpool.web.pipeline import require, see_other

NAME_TAKEN = _("Vous gardez déjà une recherche sous ce nom.")


@bp.get("/talents")
@access(Permission.READ_TALENTS)
def listing() -> ResponseReturnValue:
    """Search the pool, as the address asks."""
    filters, today = read_filters(request.args), date.today()
    found = queries.search_pool(current_user, filters, today=today)
    page = page_of(
        found.people, lambda people: queries.lines(current_user, people, filters, today=today)
    )
    known = families()
    without = [] if found.people else queries.found_without(current_user, filters, today=today)
    return render_template(
        "pool/listing.html",
        page=page,
        filters=filters,
        corrected=found.corrected,
        asked=presenting.asked(filters, known),
        without=without,
        heads=presenting.heads(filters),
        searches=list(db.session.scalars(queries.saved_searches(current_user))),
        families=known,
        skills=live_skills(),
        levels={level: LEVEL_LABELS[level] for level in LEVELS},
        proofs={proof.value: label for proof, label in presenting.PROOFS.items()},
        remote_days=REMOTE_DAYS,
        pool_statuses=list(PoolStatus),
        statuses=list(EmploymentStatus),
    )


@bp.get("/talents/trouves.<format>")
@access(Permission.EXPORT_TALENTS)
def export_found(format: str) -> ResponseReturnValue:
    """Download the profiles that a search finds, in its order."""
    filters, today = read_filters(request.args), date.today()
    people = queries.search_pool(current_user, filters, today=today).people
    found = queries.profiles(current_user, people)
    return download(profile_rows(found), COLUMNS, format, "profils-trouves")


@bp.route("/talents/recherches/nouvelle", methods=["GET", "POST"])
@access(Permission.KEEP_SEARCHES)
def save_search() -> ResponseReturnValue:
    """Keep a search under a name."""
    form = SearchForm(query=request.query_string.decode(errors="replace"))
    filters = read_filters(dict(parse_qsl(form.query.data or "")))
    if form.validate_on_submit():
        try:
            services.save_search(
                filters,
                name=form.name.data or "",
                is_shared=form.is_shared.data,
                owner=current_user,
                by=current_user,
            )
        except services.NameTaken:
            form.name.errors = [NAME_TAKEN]
        else:
            flash(translated(_("Recherche enregistrée.")), "success")
            return see_other("talents.listing", **filters.in_address())
    asked = presenting.asked(filters, families())
    back = presenting.address_of(filters)
    return render_form("pool/save_search.html", form, asked=asked, back=back)


@bp.route("/talents/recherches/<int:search_id>/modifier", methods=["GET", "POST"])
@access(Permission.KEEP_SEARCHES)
def edit_search(search_id: int) -> ResponseReturnValue:
    """Give a saved search another name, share it or no longer."""
    search = _own(search_id)
    form = SearchForm(obj=search, version=search.version_id)
    saved = SearchForm(formdata=None, obj=search)
    if form.validate_on_submit() and not form.overtakes(search, saved):
        try:
            services.edit_search(
                search,
                name=form.name.data or "",
                is_shared=form.is_shared.data,
                by=current_user,
            )
        except services.NameTaken:
            form.name.errors = [NAME_TAKEN]
        else:
            flash(translated(_("Recherche enregistrée.")), "success")
            return see_other("talents.listing", **search.asked)
    return render_form("pool/edit_search.html", form, search=search)


@bp.route("/talents/recherches/<int:search_id>/retirer", methods=["GET", "POST"])
@access(Permission.KEEP_SEARCHES)
def remove_search(search_id: int) -> ResponseReturnValue:
    """Confirm that a saved search is forgotten."""
    search = _own(search_id)
    if request.method == "POST":
        services.remove_search(search, by=current_user)
        flash(translated(_("Recherche retirée.")), "success")
        return see_other("talents.listing")
    return render_template("pool/remove_search.html", search=search)


def _own(search_id: int) -> SavedSearch:
    search = db.get_or_404(SavedSearch, search_id)
    require(Permission.KEEP_SEARCHES, search)
    return search
