"""Pages of needs: the list, the need and its seats, and its moves."""

from typing import Any

from flask import Blueprint, flash, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import AGENCY, Permission, access
from talentpool.db import db, new_identifier
from talentpool.i18n import _, translated
from talentpool.needs import authoring, lifecycle, queries, services
from talentpool.needs.models import Need
from talentpool.needs.stages import NeedStatus
from talentpool.needs.step_forms import FirstForm
from talentpool.organisations.models import Organisation
from talentpool.skills.queries import families
from talentpool.web.forms import EditForm, render_form
from talentpool.web.pagination import paged
from talentpool.web.pipeline import require, see_other

bp = Blueprint("needs", __name__)

HANDED_IN = _(
    "Ce besoin vient d’être déposé et ne se modifie plus. Copiez votre texte, puis écrivez à l’agence."
)


def need_for(need_id: int, permission: Permission) -> Need:
    """Return a need for which the viewer holds `permission`; whatever else is not found."""
    need = db.get_or_404(Need, need_id)
    require(permission, need)
    return need


def permission_to_save() -> Permission:
    """Return what editing asks for: a save whose need was handed in meanwhile is answered, not lost."""
    return Permission.READ_NEEDS if request.method == "POST" else Permission.WRITE_NEEDS


def handed_in(template: str, form: EditForm, **context: Any) -> ResponseReturnValue:
    """Show what somebody typed while the need was handed in from elsewhere: it no longer changes."""
    form.form_errors.append(HANDED_IN)
    answer = make_response(render_form(template, form, **context))
    answer.status_code = 409
    return answer


def is_staff() -> bool:
    """Tell whether the viewer writes on ministries' behalf."""
    return current_user.role in AGENCY


@bp.get("/besoins")
@access(Permission.READ_NEEDS)
def listing() -> ResponseReturnValue:
    """List the needs within one's reach, filtered as the address asks."""
    filters = {
        "search": request.args.get("q", "").strip(),
        "status": request.args.get("etat", ""),
        "family": request.args.get("famille", ""),
    }
    return render_template(
        "needs/listing.html",
        page=paged(queries.needs(current_user, **filters)),
        filters=filters,
        families=families(),
        statuses=list(NeedStatus),
    )


@bp.get("/besoins/<int:need_id>")
@access(Permission.READ_NEEDS)
def show(need_id: int) -> ResponseReturnValue:
    """Show a need, its seats, and its next step."""
    need = need_for(need_id, Permission.READ_NEEDS)
    return render_template("needs/show.html", need=need, copy_key=new_identifier())


@bp.route("/besoins/nouveau", methods=["GET", "POST"])
@access(Permission.WRITE_NEEDS)
def create() -> ResponseReturnValue:
    """Begin a need with its name and one sentence; its steps come next."""
    if not is_staff() and current_user.organisation_id is None:
        return render_template("needs/no_organisation.html")
    form = FirstForm(key=new_identifier())
    host_id = form.organisation.data if is_staff() else current_user.organisation_id
    if not is_staff():
        del form.organisation
    if form.validate_on_submit():
        content = services.NeedContent(
            title=form.title.data or "",
            summary=form.summary.data or "",
            organisation=db.session.get(Organisation, host_id or 0),
        )
        need = authoring.begin_need(
            content, key=form.key.data or "", by=current_user, for_ministry=is_staff()
        )
        flash(
            translated(_("Besoin enregistré. Continuez quand vous voulez, étape par étape.")),
            "success",
        )
        return see_other("needs.edit", need_id=need.id)
    return render_form("needs/create.html", form)


@bp.post("/besoins/<int:need_id>/deposer")
@access(Permission.SPEAK_FOR_NEEDS)
def submit(need_id: int) -> ResponseReturnValue:
    """Hand a draft to the agency."""
    need = need_for(need_id, Permission.SPEAK_FOR_NEEDS)
    try:
        lifecycle.submit_need(need, by=current_user)
    except lifecycle.NeedNotReady:
        flash(translated(_("Il manque un texte ou un poste avant de déposer ce besoin.")), "error")
        return see_other("needs.check", need_id=need.id)
    except lifecycle.IllegalMove:
        flash(translated(_("Ce besoin est déjà déposé.")), "info")
    else:
        flash(translated(_("Besoin déposé. L’agence vous répondra ici.")), "success")
    return see_other("needs.show", need_id=need.id)
