"""The page of the visa under which time destroys, and of the slips of what it destroyed."""

from datetime import date

from flask import abort, flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.i18n import _, translated
from talentpool.privacy import eliminations
from talentpool.privacy.forms import VisaForm
from talentpool.privacy.views import bp
from talentpool.web.forms import render_form
from talentpool.web.pagination import paged
from talentpool.web.pipeline import see_other


@bp.route("/donnees/eliminations", methods=["GET", "POST"])
@access(Permission.MANAGE_PRIVACY)
def visa() -> ResponseReturnValue:
    """Show the slips, and note the visa under which the next ones are written."""
    form, today = VisaForm(), date.today()
    if form.validate_on_submit():
        try:
            eliminations.note_visa(**form.given(), today=today, by=current_user)
        except eliminations.VisaOver:
            form.given_on.errors = [
                _(
                    "Un visa vaut un an à partir de ce jour : indiquez un jour des douze derniers mois."
                )
            ]
        else:
            flash(translated(_("Visa noté : il vaut un an.")), "success")
            return see_other("privacy.visa")
    return render_form(
        "privacy/visa.html",
        form,
        standing=eliminations.visas_on(today),
        page=paged(eliminations.slips()),
        categories=eliminations.CATEGORIES,
    )


@bp.post("/donnees/eliminations/retirer-le-visa")
@access(Permission.MANAGE_PRIVACY)
def withdraw_visa() -> ResponseReturnValue:
    """Let no visa hold any more."""
    if not eliminations.withdraw_visas(today=date.today(), by=current_user):
        abort(404)
    flash(translated(_("Visa retiré : le temps n’efface plus personne.")), "success")
    return see_other("privacy.visa")
