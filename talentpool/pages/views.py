"""Home, explanations, notices, and how pages look to this visitor."""

from datetime import date
from functools import partial
from typing import Any

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import RadioField

import matching
from talentpool.access import Role, public
from talentpool.accounts.consent_models import ConsentText
from talentpool.accounts.consents import VERSIONS, has_read_notice
from talentpool.board import queries as board
from talentpool.i18n import LANGUAGES, _, translated
from talentpool.pages import ranking, todo
from talentpool.privacy.expiry import ABSENCE_MONTHS
from talentpool.web.fields import SampleForm, choices
from talentpool.web.forms import Form, render_form
from talentpool.web.redirects import own_address

bp = Blueprint("pages", __name__)


class DisplayForm(Form):
    """How pages look."""

    theme = RadioField(
        _("Apparence"),
        choices=choices(
            [
                ("light", _("Thème clair")),
                ("dark", _("Thème sombre")),
                ("system", _("Comme le système")),
            ]
        ),
    )


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """Say what this is or, to whoever signed in, what is expected of them now."""
    if not current_user.is_authenticated:
        today = date.today()
        return render_template(
            "pages/welcome.html", needs=board.newest(3, today=today), today=today
        )
    tasks: dict[Role, Any] = {
        Role.TALENT: todo.for_talent,
        Role.MINISTRY_MEMBER: todo.for_ministry_member,
        Role.AGENCY_STAFF: partial(todo.for_agency, today=date.today()),
        Role.AGENCY_DIRECTOR: partial(todo.for_agency, today=date.today()),
        Role.ADMINISTRATOR: partial(todo.for_administrator, today=date.today()),
    }
    return render_template("pages/home.html", tasks=tasks[current_user.role](current_user))


@bp.get("/comment-ca-marche")
@public
def how_it_works() -> ResponseReturnValue:
    """Explain the ranking to whoever is ranked."""
    return render_template(
        "pages/how_it_works.html",
        version=matching.__version__,
        criteria=ranking.criteria_said(),
        profile_weights=ranking.weights_said(ranking.PROFILE_FIELDS),
        posting_weights=ranking.weights_said(ranking.POSTING_FIELDS),
        params=ranking.params_said(),
    )


@bp.get("/accessibilite")
@public
def accessibility() -> ResponseReturnValue:
    """State how accessible the site is."""
    return render_template("pages/accessibility.html")


@bp.get("/mentions-legales")
@public
def legal() -> ResponseReturnValue:
    """Say who publishes the site."""
    return render_template("pages/legal.html")


@bp.get("/donnees-personnelles")
@public
def personal_data() -> ResponseReturnValue:
    """Say what is kept on people, why, how long, who reads it, and what they may do about it."""
    settings = current_app.config
    return render_template(
        "pages/personal_data.html",
        version=VERSIONS[ConsentText.NOTICE],
        months=settings["RETENTION_MONTHS"],
        warning_days=settings["RETENTION_WARNING_DAYS"],
        refused_months=settings["REFUSED_MONTHS"],
        absence_months=ABSENCE_MONTHS,
        unread=current_user.is_authenticated and not has_read_notice(current_user),
    )


@bp.route("/affichage", methods=["GET", "POST"])
@public
def display() -> ResponseReturnValue:
    """Choose a light or a dark appearance."""
    form = DisplayForm(theme=session.get("theme", "system"))
    if form.validate_on_submit():
        session["theme"] = form.theme.data
        flash(translated(_("Apparence enregistrée.")), "success")
        return redirect(url_for("pages.display"), code=303)
    return render_form("pages/display.html", form)


@bp.get("/langue/<code>")
@public
def switch_language(code: str) -> ResponseReturnValue:
    """Change the language, and come back."""
    if code in LANGUAGES:
        session["language"] = code
    return redirect(own_address(request.args.get("next")) or url_for("pages.home"), code=303)


@bp.get("/composants")
@public
def components() -> ResponseReturnValue:
    """Show developers every component of the design system as templates write it."""
    form = SampleForm(data={"share": 5})
    form.validate()
    return render_template("pages/components.html", form=form)
