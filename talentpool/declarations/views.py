"""The page on which somebody says of themselves what they wish to."""

from flask import Blueprint, abort, flash, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.declarations import queries, services
from talentpool.declarations.forms import DeclarationForm
from talentpool.i18n import _, translated
from talentpool.talents.models import Talent
from talentpool.talents.queries import profile_of
from talentpool.web.forms import render_form
from talentpool.web.pipeline import require, see_other

bp = Blueprint("declarations", __name__)


@bp.route("/mon-profil/declaration", methods=["GET", "POST"])
@access(Permission.EDIT_OWN_PROFILE)
def edit() -> ResponseReturnValue:
    """Show what one declared, and take another answer."""
    talent = _own_talent()
    held = queries.declaration_of(talent)
    form = DeclarationForm(
        gender=(held.gender or "") if held else "", age_band=(held.age_band or "") if held else ""
    )
    if request.method == "POST" and form.validate() and _declared(talent, form):
        flash(translated(_("Merci : vos réponses sont gardées.")), "success")
        return see_other("declarations.edit")
    return render_form("declarations/edit.html", form, held=held)


@bp.post("/mon-profil/declaration/effacer")
@access(Permission.EDIT_OWN_PROFILE)
def erase() -> ResponseReturnValue:
    """Erase what one declared, at once."""
    services.erase(_own_talent(), by=current_user)
    flash(translated(_("Vos réponses sont effacées.")), "success")
    return see_other("declarations.edit")


def _own_talent() -> Talent:
    talent = profile_of(current_user) or abort(404)
    require(Permission.EDIT_OWN_PROFILE, talent)
    return talent


def _declared(talent: Talent, form: DeclarationForm) -> bool:
    try:
        services.declare(talent, **form.answers(), by=current_user)
    except services.NothingDeclared:
        form.gender.errors = [
            _("Donnez au moins une réponse. Pour ne plus rien dire, effacez vos réponses.")
        ]
        return False
    return True
