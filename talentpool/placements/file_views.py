"""Files and calendars: the agency's spreadsheet in, every table out, letters, and feeds of dates."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

from flask import Response, abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access, public
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.placements import exports, feeds, queries
from talentpool.placements.imports import COLUMNS, StaffingImporter, staffing_rows
from talentpool.placements.letters import agreement_pdf, mission_letter_pdf
from talentpool.placements.models import CalendarFeed
from talentpool.placements.paperwork import agreement_of, mission_letter_of
from talentpool.placements.views import bp, cap, loaded
from talentpool.proposals.queries import proposals
from talentpool.tabular.columns import Column, Columns
from talentpool.tabular.views import answer_import, download
from talentpool.web.forms import Form
from talentpool.web.pipeline import see_other

PDF = "application/pdf"
ICS = "text/calendar; charset=utf-8"


@bp.get("/placements/fichiers")
@access(Permission.READ_PLACEMENTS)
def files() -> ResponseReturnValue:
    """Offer what comes in and goes out as files."""
    return render_template("placements/files.html", tables=TABLES)


@bp.route("/placements/importer", methods=["GET", "POST"])
@access(Permission.MANAGE_PLACEMENTS)
def import_staffing() -> ResponseReturnValue:
    """Import the agency's spreadsheet of contracts and assignments."""
    importer = partial(StaffingImporter, cap=cap(), today=date.today())
    return answer_import(importer, "placements/import_staffing.html", columns=COLUMNS)


@bp.get("/placements/modele.<format>")
@access(Permission.MANAGE_PLACEMENTS)
def template(format: str) -> ResponseReturnValue:
    """Download an empty spreadsheet with the columns that the import reads."""
    labelled = Columns(Column(translated(c.label), translated(c.label)) for c in COLUMNS)
    return download([], labelled, format, "modele-contrats-et-missions")


def _contracts() -> Iterable[dict[str, Any]]:
    return exports.contract_rows(list(db.session.scalars(queries.contracts())))


def _placements() -> Iterable[dict[str, Any]]:
    stored = db.session.scalars(queries.placements(current_user, cancelled=True))
    return exports.placement_rows(list(stored), date.today())


def _absences() -> Iterable[dict[str, Any]]:
    return exports.absence_rows(list(db.session.scalars(queries.absences())))


def _proposals() -> Iterable[dict[str, Any]]:
    stored = list(db.session.scalars(proposals(current_user)))
    return exports.proposal_rows(stored, date.today())


def _capacity() -> Iterable[dict[str, Any]]:
    today = date.today()
    return exports.capacity_rows(queries.ledger(cap=cap(), today=today), today)


def _staffing() -> Iterable[dict[str, Any]]:
    contracts = list(db.session.scalars(queries.contracts()))
    return staffing_rows(contracts, list(db.session.scalars(queries.placements(current_user))))


TABLES: dict[str, tuple[str, Columns, Callable[[], Iterable[dict[str, Any]]]]] = {
    "contrats": (_("Contrats"), exports.CONTRACTS, _contracts),
    "placements": (_("Placements"), exports.PLACEMENTS, _placements),
    "absences": (_("Absences"), exports.ABSENCES, _absences),
    "propositions": (_("Propositions"), exports.PROPOSALS, _proposals),
    "capacite": (_("Capacité, jour après jour"), exports.CAPACITY, _capacity),
    "affectations": (_("Contrats et affectations, à réimporter"), COLUMNS, _staffing),
}


@bp.get("/placements/export/<table>.<format>")
@access(Permission.EXPORT_PLACEMENTS)
def export(table: str, format: str) -> ResponseReturnValue:
    """Download one of the ledger's tables."""
    _label, columns, rows = TABLES.get(table) or abort(404)
    return download(rows(), columns, format, table)


@bp.get("/placements/<int:placement_id>/lettre.pdf")
@access(Permission.READ_OWN_MISSIONS)
def mission_letter(placement_id: int) -> ResponseReturnValue:
    """Download a person's mission letter."""
    placement = loaded(placement_id, Permission.READ_OWN_MISSIONS)
    return _pdf(mission_letter_pdf(mission_letter_of(placement)), f"lettre-{placement.reference}")


@bp.get("/placements/<int:placement_id>/convention.pdf")
@access(Permission.READ_OWN_MISSIONS)
def agreement(placement_id: int) -> ResponseReturnValue:
    """Download the agreement with the host on which a placement stands."""
    placement = loaded(placement_id, Permission.READ_OWN_MISSIONS)
    if placement.talent.account_id == current_user.id:
        abort(404)  # It names the others who work there: it is between the agency and the host.
    number = placement.agreement.reference
    return _pdf(agreement_pdf(agreement_of(placement.agreement)), f"convention-{number}")


def _pdf(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return Response(content, content_type=PDF, headers=headers)


@bp.route("/agendas", methods=["GET", "POST"], endpoint="feeds")
@access(Permission.READ_OWN_MISSIONS)
def own_feeds() -> ResponseReturnValue:
    """List one's calendar feeds, or make one: its address is shown once."""
    form = Form()
    if form.validate_on_submit():
        _feed, token = feeds.open_feed(current_user)
        flash(
            translated(
                _(
                    "Agenda créé. Copiez son adresse maintenant, elle ne sera plus montrée : %(url)s"
                ),
                url=url_for("placements.calendar", token=token, _external=True),
            ),
            "success",
        )
        return see_other("placements.feeds")
    return render_template("placements/feeds.html", feeds=feeds.feeds_of(current_user))


@bp.post("/agendas/<int:feed_id>/revoquer")
@access(Permission.READ_OWN_MISSIONS)
def revoke_feed(feed_id: int) -> ResponseReturnValue:
    """Close a calendar feed: its address answers nothing any more."""
    feed = db.get_or_404(CalendarFeed, feed_id)
    if feed.account_id != current_user.id:
        abort(404)
    feeds.revoke_feed(feed, by=current_user)
    flash(translated(_("Agenda fermé : son adresse ne répond plus.")), "success")
    return see_other("placements.feeds")


@bp.get("/agenda/<token>.ics")
@public
def calendar(token: str) -> ResponseReturnValue:
    """Answer a calendar to whoever has its secret address, until it is revoked."""
    account = feeds.account_behind(token) or abort(404)
    link = partial(url_for, "placements.show", _external=True)
    content = feeds.calendar_of(account, link=lambda p: link(placement_id=p.id))
    return Response(content, content_type=ICS)
