"""Pages of one's wishes, and of what one says of a need; the agency reads both beside the person."""

from datetime import date

from flask import Blueprint, abort, flash, get_template_attribute, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.interests import queries, services
from talentpool.interests.forms import InterestForm, filled_interest
from talentpool.interests.models import MOST_WISHES, Interest
from talentpool.needs.models import Need
from talentpool.talents.models import Talent
from talentpool.talents.queries import profile_of
from talentpool.web.forms import render_form
from talentpool.web.pipeline import may, require, see_other

bp = Blueprint("interests", __name__)


@bp.get("/mes-voeux")
@access(Permission.EXPRESS_INTERESTS)
def own() -> ResponseReturnValue:
    """Show one's wishes in order, and what one said of other needs."""
    talent = profile_of(current_user)
    return render_template(
        "interests/own.html",
        talent=talent,
        wishes=queries.wishes_of(talent) if talent else [],
        others=queries.said_of_open_needs(talent) if talent else [],
        most=MOST_WISHES,
        today=date.today(),
    )


@bp.route("/besoins/<int:need_id>/mon-avis", methods=["GET", "POST"])
@access(Permission.EXPRESS_INTERESTS)
def say(need_id: int) -> ResponseReturnValue:
    """Say what one thinks of a need."""
    talent, need = _own_talent(), _open_need(need_id)
    said = queries.interest_in(talent, need)
    form, saved = filled_interest(said), filled_interest(said, formdata=None)
    overtaken = form.validate_on_submit() and said is not None and form.overtakes(said, saved)
    try:
        if form.is_submitted() and not form.errors and not overtaken and _said(form, talent, need):
            flash(translated(_("C’est noté : l’agence le lira, et personne d’autre.")), "success")
            return see_other("needs.show", need_id=need.id)
    except services.NeedNotOpen:
        return _left()
    return render_form("interests/say.html", form, need=need)


def _said(form: InterestForm, talent: Talent, need: Need) -> bool:
    try:
        services.say(talent, need, form.word(), by=current_user)
    except services.ReasonMissing:
        if form.reason.data is None:
            form.reason.errors = [_("Choisissez une raison : elle aide à ne pas vous redemander.")]
        else:
            form.note.errors = [_("Précisez la raison en quelques mots.")]
        return False
    return True


@bp.post("/besoins/<int:need_id>/voeu")
@access(Permission.EXPRESS_INTERESTS)
def wish(need_id: int) -> ResponseReturnValue:
    """Add a need to one's wishes."""
    try:
        services.wish(_own_talent(), _open_need(need_id), by=current_user)
    except services.NeedNotOpen:
        return _left()
    except services.TooManyWishes:
        said = _("Vous avez déjà %(most)d vœux : retirez-en un d’abord.")
        flash(translated(said, most=MOST_WISHES), "error")
    else:
        flash(translated(_("Ajouté à vos vœux : mettez-les dans l’ordre.")), "success")
    return see_other("interests.own")


@bp.post("/besoins/<int:need_id>/voeu/retirer")
@access(Permission.EXPRESS_INTERESTS)
def unwish(need_id: int) -> ResponseReturnValue:
    """Take a need out of one's wishes."""
    services.unwish(_own_word(need_id), by=current_user)
    flash(translated(_("Retiré de vos vœux.")), "success")
    return see_other("interests.own")


@bp.post("/besoins/<int:need_id>/voeu/<any(monter, descendre):way>")
@access(Permission.EXPRESS_INTERESTS)
def move(need_id: int, way: str) -> ResponseReturnValue:
    """Put a wish one place higher or lower."""
    services.move(_own_word(need_id), up=way == "monter", by=current_user)
    return see_other("interests.own")


def _left() -> Response:
    """Say that a need has just left, and lead to what one said of others."""
    flash(translated(_("Ce besoin ne cherche plus personne : rien n’a été enregistré.")), "error")
    return see_other("interests.own")


def _own_talent() -> Talent:
    return profile_of(current_user) or abort(404)


def _open_need(need_id: int) -> Need:
    need = db.get_or_404(Need, need_id)
    require(Permission.READ_NEEDS, need)
    if not need.is_on_board:
        abort(404)
    return need


def _own_word(need_id: int) -> Interest:
    return queries.interest_in(_own_talent(), _open_need(need_id)) or abort(404)


def need_panel(need: Need) -> Markup:
    """Write, to a talent, what they said of a need and what they may say."""
    if not (may(Permission.EXPRESS_INTERESTS) and need.is_on_board):
        return Markup()
    talent = profile_of(current_user)
    if talent is None:
        return Markup()
    return _write("need_panel", need, queries.interest_in(talent, need))


def talent_panel(talent: Talent) -> Markup:
    """Write, to the agency, what somebody wishes for and what they said no to for now."""
    if not may(Permission.READ_TALENTS):
        return Markup()
    wishes, others = queries.wishes_of(talent), queries.said_of_open_needs(talent)
    return _write("talent_panel", wishes, others) if wishes or others else Markup()


def _write(macro: str, *values: object) -> Markup:
    written: Markup = get_template_attribute("interests/_panel.html", macro)(*values)
    return written
