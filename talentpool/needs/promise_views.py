"""What pages show of where a need stands, and the page that says why it waits longer than promised."""

from collections.abc import Sequence
from datetime import date

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.needs import promises, standing
from talentpool.needs.models import Need
from talentpool.needs.people import Party
from talentpool.needs.promise_forms import DelayForm
from talentpool.needs.views import bp
from talentpool.web.forms import render_form
from talentpool.web.pipeline import require, see_other


@bp.app_template_global()
def standing_of(need: Need) -> standing.Standing:
    """Return where a need stands, for the viewer."""
    return standing.standing_of(need, current_user, date.today())


@bp.app_template_global()
def standings_of(needs: Sequence[Need]) -> dict[int, standing.Standing]:
    """Return where each need of a list stands, by its number, for the viewer."""
    return standing.standings_of(needs, current_user, date.today())


bp.add_app_template_global(lambda: standing.JOURNEY, "need_journey")


@bp.route("/besoins/<int:need_id>/delai", methods=["GET", "POST"])
@access(Permission.APPROVE_NEEDS)
def explain_delay(need_id: int) -> ResponseReturnValue:
    """Say why a need waits longer than promised, and until when."""
    need = db.get_or_404(Need, need_id)
    require(Permission.READ_NEEDS, need)
    promise = promises.promise_of(need)
    if promise is None or promise.party is not Party.AGENCY:
        return render_template("needs/nothing_promised.html", need=need)
    form = DelayForm()
    if form.validate_on_submit() and form.due_on.data is not None:
        promises.explain_delay(
            need,
            words=form.words.data,
            due_on=form.due_on.data,
            today=date.today(),
            by=current_user,
        )
        flash(translated(_("Le ministère est prévenu de la nouvelle date.")), "success")
        return see_other("needs.show", need_id=need.id)
    return render_form("needs/explain_delay.html", form, need=need, promise=promise)
