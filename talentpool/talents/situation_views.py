"""Pages on which the agency takes somebody out of the pool, or back into it, having read what that does."""

from contextlib import suppress
from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired, Length

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.talents import situation
from talentpool.talents.models import Talent
from talentpool.talents.situation import BackReason, OutReason, SituationChanged
from talentpool.talents.views import bp
from talentpool.web.fields import choices
from talentpool.web.forms import REQUIRED, Form, render_form
from talentpool.web.pipeline import require, see_other

CHOOSE = _("Choisir une raison")


class SituationForm(Form):
    """Why somebody leaves the pool or comes back, and what they read of it."""

    reason = SelectField(
        _("Raison"),
        [DataRequired(REQUIRED)],
        description=_("Pour l’agence : elle reste au journal."),
    )
    words = TextAreaField(
        _("Ce que la personne lira"),
        [DataRequired(REQUIRED), Length(max=situation.LONGEST_WORDS)],
        description=_("Une phrase ou deux, comme vous le lui diriez."),
        render_kw={"rows": 3},
    )

    @property
    def said(self) -> str:
        """The words for the person, empty when nobody would read them."""
        return (self.words.data or "") if "words" in self else ""


@bp.route("/talents/<int:talent_id>/sortir-du-vivier", methods=["GET", "POST"])
@access(Permission.MANAGE_TALENTS)
def take_out(talent_id: int) -> ResponseReturnValue:
    """Say what leaving the pool does to somebody, and do it for a reason."""
    talent = _found(talent_id)
    form = _form(OutReason, talent)
    if form.validate_on_submit():
        reason, words = OutReason(form.reason.data), form.said
        with suppress(SituationChanged):
            situation.take_out(talent, reason=reason, words=words, by=current_user)
            flash(translated(_("Cette personne n’est plus dans le vivier.")), "success")
            return see_other("talents.show", talent_id=talent.id)
    is_possible = situation.may_be_taken_out(talent)
    return _page("talents/take_out.html", form, talent, is_possible=is_possible)


@bp.route("/talents/<int:talent_id>/remettre-dans-le-vivier", methods=["GET", "POST"])
@access(Permission.MANAGE_TALENTS)
def bring_back(talent_id: int) -> ResponseReturnValue:
    """Say what coming back to the pool does to somebody, and do it for a reason."""
    talent = _found(talent_id)
    form = _form(BackReason, talent)
    if form.validate_on_submit():
        reason, words = BackReason(form.reason.data), form.said
        with suppress(SituationChanged):
            situation.bring_back(talent, reason=reason, words=words, by=current_user)
            flash(translated(_("Cette personne est de nouveau dans le vivier.")), "success")
            return see_other("talents.show", talent_id=talent.id)
    is_possible = situation.may_be_brought_back(talent)
    return _page("talents/bring_back.html", form, talent, is_possible=is_possible)


def _found(talent_id: int) -> Talent:
    talent = db.get_or_404(Talent, talent_id).standing
    require(Permission.MANAGE_TALENTS, talent)
    return talent


def _form(reasons: Any, talent: Talent) -> SituationForm:
    form = SituationForm()
    if talent.account is None:
        # Nobody would read them: whoever decides tells the person by themselves.
        del form.words
    form.reason.choices = choices(((one.value, one.label) for one in reasons), empty=CHOOSE)
    return form


def _page(
    template: str, form: SituationForm, talent: Talent, *, is_possible: bool
) -> ResponseReturnValue:
    if request.method == "POST" and not is_possible:
        shown = render_template(template, form=form, talent=talent, is_possible=False)
        return shown, 409
    return render_form(template, form, talent=talent, is_possible=is_possible)
