"""Pages of needs: the list, the need and its seats, and its moves."""

from typing import Any

from flask import Blueprint, flash, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import AGENCY, Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.journal.queries import history_of
from talentpool.needs import lifecycle, queries, services
from talentpool.needs.forms import NeedForm, StaffNeedForm, filled_need
from talentpool.needs.models import Need
from talentpool.needs.stages import NeedStatus
from talentpool.organisations.models import Organisation
from talentpool.skills.queries import families
from talentpool.web.forms import EditForm, render_form
from talentpool.web.pagination import paged
from talentpool.web.pipeline import may, require, see_other

bp = Blueprint("needs", __name__)

HANDED_IN = _(
    "Ce besoin vient d’être déposé et ne se modifie plus. Copiez votre texte, puis écrivez à l’agence."
)


def _need(need_id: int, permission: Permission) -> Need:
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


def _is_staff() -> bool:
    return current_user.role in AGENCY


def _form() -> type[NeedForm]:
    return StaffNeedForm if _is_staff() else NeedForm


def _content(form: NeedForm, saved: services.NeedContent) -> services.NeedContent:
    if isinstance(form, StaffNeedForm):
        return form.content(saved, db.session.get(Organisation, form.organisation.data or 0))
    return form.content(saved)


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
    need = _need(need_id, Permission.READ_NEEDS)
    return render_template("needs/show.html", need=need, history=history_of(need))


@bp.route("/besoins/nouveau", methods=["GET", "POST"])
@access(Permission.WRITE_NEEDS)
def create() -> ResponseReturnValue:
    """Write a new need: of one's own organisation, or on a ministry's behalf."""
    form = _form()()
    if not _is_staff() and current_user.organisation_id is None:
        return render_template("needs/no_organisation.html")
    if form.validate_on_submit():
        host = None if _is_staff() else db.session.get(Organisation, current_user.organisation_id)
        content = _content(form, services.NeedContent(organisation=host))
        need = services.create_need(content, by=current_user, entered_by_agency=_is_staff())
        flash(translated(_("Besoin enregistré. Ajoutez maintenant ses postes.")), "success")
        return see_other("needs.show", need_id=need.id)
    return render_form("needs/create.html", form)


@bp.route("/besoins/<int:need_id>/modifier", methods=["GET", "POST"])
@access(Permission.WRITE_NEEDS)
def edit(need_id: int) -> ResponseReturnValue:
    """Change what a need says."""
    need = _need(need_id, permission_to_save())
    form = filled_need(_form(), need, formdata=request.form)
    if not may(Permission.WRITE_NEEDS, need):
        return handed_in("needs/edit.html", form, need=need)
    if form.validate_on_submit() and not form.overtakes(need, filled_need(_form(), need)):
        services.edit_need(need, _content(form, services.content_of(need)), by=current_user)
        flash(translated(_("Besoin enregistré.")), "success")
        return see_other("needs.show", need_id=need.id)
    return render_form("needs/edit.html", form, need=need)


@bp.post("/besoins/<int:need_id>/deposer")
@access(Permission.SPEAK_FOR_NEEDS)
def submit(need_id: int) -> ResponseReturnValue:
    """Hand a draft to the agency."""
    need = _need(need_id, Permission.SPEAK_FOR_NEEDS)
    try:
        lifecycle.submit_need(need, by=current_user)
    except lifecycle.NeedNotReady:
        flash(translated(_("Il manque un texte ou un poste avant de déposer ce besoin.")), "error")
    except lifecycle.IllegalMove:
        flash(translated(_("Ce besoin est déjà déposé.")), "info")
    else:
        flash(translated(_("Besoin déposé. L’agence vous répondra ici.")), "success")
    return see_other("needs.show", need_id=need.id)
