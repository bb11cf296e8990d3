"""Pages of organisations: their names over time, and their members."""

from datetime import date
from typing import cast

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.organisations import queries, services
from talentpool.organisations.forms import (
    MemberForm,
    NameForm,
    NewOrganisationForm,
    OrganisationForm,
)
from talentpool.organisations.kinds import OrganisationKind
from talentpool.organisations.models import Membership, Organisation
from talentpool.web.fields import choices
from talentpool.web.forms import render_form
from talentpool.web.pagination import paged
from talentpool.web.pipeline import see_other

bp = Blueprint("organisations", __name__, url_prefix="/organisations")
NO_PARENT = 0


def _name(form: NameForm) -> services.Name:
    return services.Name(
        label_fr=form.label_fr.data or "",
        label_en=form.label_en.data or "",
        short_label=form.short_label.data or "",
        valid_from=cast(date, form.valid_from.data),  # The form requires it.
    )


def _offer_parents(form: NewOrganisationForm | OrganisationForm) -> None:
    form.parent_id.choices = choices(
        [(NO_PARENT, _("Aucune organisation")), *queries.organisation_choices()]
    )


def _parent(number: int) -> Organisation | None:
    return db.session.get(Organisation, number) if number else None


@bp.get("/")
@access(Permission.MANAGE_ORGANISATIONS)
def listing() -> ResponseReturnValue:
    """List the organisations under their present names."""
    search = request.args.get("q", "").strip()
    chosen = queries.organisations_named(search) if search else queries.organisations()
    return render_template("organisations/listing.html", page=paged(chosen), search=search)


@bp.route("/nouvelle", methods=["GET", "POST"])
@access(Permission.MANAGE_ORGANISATIONS)
def create() -> ResponseReturnValue:
    """Add an organisation."""
    form = NewOrganisationForm()
    _offer_parents(form)
    if form.validate_on_submit():
        try:
            organisation = services.create_organisation(
                code=form.code.data,
                kind=OrganisationKind(form.kind.data),
                parent=_parent(form.parent_id.data),
                name=_name(form),
                by=current_user,
            )
        except services.CodeAlreadyTaken:
            form.code.errors = [_("Une organisation porte déjà ce code.")]
        else:
            return see_other("organisations.show", organisation_id=organisation.id)
    return render_form("organisations/create.html", form)


@bp.get("/<int:organisation_id>")
@access(Permission.MANAGE_ORGANISATIONS)
def show(organisation_id: int) -> ResponseReturnValue:
    """Show an organisation, its names and its members."""
    organisation = db.get_or_404(Organisation, organisation_id).standing
    return render_template("organisations/show.html", organisation=organisation)


@bp.route("/<int:organisation_id>/modifier", methods=["GET", "POST"])
@access(Permission.MANAGE_ORGANISATIONS)
def edit(organisation_id: int) -> ResponseReturnValue:
    """Change kind, parent and other names."""
    organisation = db.get_or_404(Organisation, organisation_id).standing
    form = OrganisationForm(obj=organisation, version=organisation.version_id)
    saved = OrganisationForm(formdata=None, obj=organisation)
    _offer_parents(form)
    _offer_parents(saved)
    if form.validate_on_submit() and not form.overtakes(organisation, saved):
        try:
            services.edit_organisation(
                organisation,
                kind=OrganisationKind(form.kind.data),
                parent=_parent(form.parent_id.data),
                aliases=form.aliases.data,
                by=current_user,
            )
        except services.NameAlreadyTaken as taken:
            refusal = translated(_("« %(name)s » désigne déjà une autre organisation."), name=taken)
            form.aliases.errors = [refusal]
        else:
            flash(translated(_("Organisation enregistrée.")), "success")
            return see_other("organisations.show", organisation_id=organisation.id)
    return render_form("organisations/edit.html", form, organisation=organisation)


@bp.route("/<int:organisation_id>/nom", methods=["GET", "POST"])
@access(Permission.MANAGE_ORGANISATIONS)
def rename(organisation_id: int) -> ResponseReturnValue:
    """Give the organisation a new name from a day on."""
    organisation = db.get_or_404(Organisation, organisation_id).standing
    form = NameForm()
    if form.validate_on_submit():
        try:
            services.rename_organisation(organisation, name=_name(form), by=current_user)
        except services.PeriodTaken:
            form.valid_from.errors = [_("Un autre nom commence ce jour-là ou plus tard.")]
        else:
            flash(translated(_("Nom enregistré.")), "success")
            return see_other("organisations.show", organisation_id=organisation.id)
    return render_form("organisations/rename.html", form, organisation=organisation)


@bp.route("/<int:organisation_id>/membres", methods=["GET", "POST"])
@access(Permission.MANAGE_ORGANISATIONS)
def add_member(organisation_id: int) -> ResponseReturnValue:
    """Bind a ministry member's account to the organisation."""
    organisation = db.get_or_404(Organisation, organisation_id).standing
    form = MemberForm()
    if form.validate_on_submit():
        try:
            services.add_member(organisation, email=form.email.data, by=current_user)
        except services.NoSuchMinistryMember:
            form.email.errors = [_("Aucun compte de membre d’un ministère n’a cette adresse.")]
        else:
            flash(translated(_("Membre ajouté.")), "success")
            return see_other("organisations.show", organisation_id=organisation.id)
    return render_form("organisations/add_member.html", form, organisation=organisation)


@bp.post("/membres/<int:membership_id>/retirer")
@access(Permission.MANAGE_ORGANISATIONS)
def remove_member(membership_id: int) -> ResponseReturnValue:
    """Take an account out of the organisation; adding it again undoes that."""
    membership = db.get_or_404(Membership, membership_id)
    organisation_id = membership.organisation_id
    services.remove_member(membership, by=current_user)
    flash(translated(_("Membre retiré.")), "success")
    return see_other("organisations.show", organisation_id=organisation_id)
