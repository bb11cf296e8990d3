"""Pages on which somebody decides how they are found, and sees themselves as others do."""

from datetime import date

from flask import Blueprint, abort, flash, get_template_attribute, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from talentpool.access import Permission, access
from talentpool.anonymity.sheets import blind_sheet
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.organisations.models import Organisation
from talentpool.organisations.queries import organisation_choices
from talentpool.talents.models import Talent
from talentpool.talents.queries import profile_of
from talentpool.visibility import queries, services
from talentpool.visibility.forms import BlockForm, PauseForm
from talentpool.visibility.models import BlockedOrganisation
from talentpool.web.forms import render_form
from talentpool.web.pipeline import may, require, see_other

bp = Blueprint("visibility", __name__)


def own_talent() -> Talent:
    """Return the viewer's own profile, or answer 404."""
    talent = profile_of(current_user) or abort(404)
    require(Permission.EDIT_OWN_PROFILE, talent)
    return talent


@bp.get("/mon-profil/visibilite")
@access(Permission.EDIT_OWN_PROFILE)
def own() -> ResponseReturnValue:
    """Show how one is found, and what one may change of it."""
    talent = profile_of(current_user)
    if talent is None:
        return render_template("visibility/own.html", talent=None)
    return _page(talent, PauseForm(formdata=None), _block_form())


def _block_form() -> BlockForm:
    form = BlockForm() if request.method == "POST" else BlockForm(formdata=None)
    form.offer(organisation_choices())
    return form


def _page(talent: Talent, pausing: PauseForm, blocking: BlockForm) -> ResponseReturnValue:
    refused = blocking if blocking.errors else pausing
    return render_form(
        "visibility/own.html",
        refused,
        talent=talent,
        chosen=queries.visibility_of(talent),
        blocks=queries.blocks_of(talent),
        pausing=pausing,
        blocking=blocking,
        today=date.today(),
    )


@bp.post("/mon-profil/visibilite/pause")
@access(Permission.EDIT_OWN_PROFILE)
def pause() -> ResponseReturnValue:
    """Withdraw from rankings and proposals, at once."""
    talent, form = own_talent(), PauseForm()
    if form.validate() and _paused(talent, form):
        flash(translated(_("Vous êtes en pause : plus aucun classement ne vous lit.")), "success")
        return see_other("visibility.own")
    blocking = BlockForm(formdata=None)
    blocking.offer(organisation_choices())
    return _page(talent, form, blocking)


def _paused(talent: Talent, form: PauseForm) -> bool:
    try:
        services.pause(talent, until=form.until.data, today=date.today(), by=current_user)
    except services.PauseAlreadyOver:
        form.until.errors = [_("Ce jour est passé : choisissez aujourd’hui ou un jour à venir.")]
        return False
    return True


@bp.post("/mon-profil/visibilite/reprendre")
@access(Permission.EDIT_OWN_PROFILE)
def resume() -> ResponseReturnValue:
    """End one's pause, at once."""
    services.resume(own_talent(), by=current_user)
    flash(
        translated(_("Votre pause est finie : l’agence peut de nouveau vous proposer.")), "success"
    )
    return see_other("visibility.own")


@bp.post("/mon-profil/visibilite/opposition")
@access(Permission.EDIT_OWN_PROFILE)
def object_to_rankings() -> ResponseReturnValue:
    """Object to being ranked, at once."""
    services.object_to_rankings(own_talent(), by=current_user)
    flash(translated(_("C’est noté : votre profil est lu par une personne seulement.")), "success")
    return see_other("visibility.own")


@bp.post("/mon-profil/visibilite/opposition/retirer")
@access(Permission.EDIT_OWN_PROFILE)
def accept_rankings() -> ResponseReturnValue:
    """Take one's objection back, at once."""
    services.accept_rankings(own_talent(), by=current_user)
    flash(translated(_("C’est noté : les classements lisent de nouveau votre profil.")), "success")
    return see_other("visibility.own")


@bp.post("/mon-profil/visibilite/bloquer")
@access(Permission.EDIT_OWN_PROFILE)
def block() -> ResponseReturnValue:
    """Keep away from an administration, at once."""
    talent, form = own_talent(), _block_form()
    if form.validate() and _blocked(talent, form):
        return see_other("visibility.own")
    return _page(talent, PauseForm(formdata=None), form)


def _blocked(talent: Talent, form: BlockForm) -> bool:
    organisation = db.session.get_one(Organisation, form.organisation.data)
    try:
        services.block(talent, organisation, by=current_user)
    except services.AlreadyBlocked:
        form.organisation.errors = [_("Vous avez déjà bloqué cette administration.")]
        return False
    said = _("%(name)s ne vous verra plus, ni ce qui en dépend.")
    flash(translated(said, name=organisation.label), "success")
    return True


@bp.post("/mon-profil/visibilite/debloquer/<int:block_id>")
@access(Permission.EDIT_OWN_PROFILE)
def unblock(block_id: int) -> ResponseReturnValue:
    """Let an administration see one again, at once."""
    found = db.get_or_404(BlockedOrganisation, block_id)
    require(Permission.EDIT_OWN_PROFILE, found.talent)
    name = found.organisation.label
    services.unblock(found, by=current_user)
    said = _("%(name)s pourra de nouveau vous lire, si l’agence vous propose à elle.")
    flash(translated(said, name=name), "success")
    return see_other("visibility.own")


@bp.get("/mon-profil/comment-on-me-voit")
@access(Permission.EDIT_OWN_PROFILE)
def seen() -> ResponseReturnValue:
    """Show one's profile as each reader has it: without a name, after a meeting is agreed, at the agency."""
    talent = profile_of(current_user)
    if talent is None:
        return render_template("visibility/seen.html", talent=None)
    view = request.args.get("vue", "")
    return render_template(
        "visibility/seen.html",
        talent=talent,
        sheet=blind_sheet(talent),
        view=view if view in {"rencontre", "agence"} else "anonyme",
    )


def badges(talent: Talent) -> Markup:
    """Write, for the agency, that somebody is in a pause or is read by hand; never whom they blocked."""
    if not may(Permission.READ_TALENTS):
        return Markup()
    chosen = queries.visibility_of(talent)
    written: Markup = get_template_attribute("visibility/_badges.html", "badges")(
        chosen, date.today()
    )
    return written


def own_panel(talent: Talent | None) -> Markup:
    """Write, on somebody's own profile, how they are found today; nothing before there is one."""
    if talent is None or not may(Permission.EDIT_OWN_PROFILE, talent):
        return Markup()
    chosen = queries.visibility_of(talent)
    written: Markup = get_template_attribute("visibility/_panel.html", "panel")(
        talent, chosen, len(queries.blocks_of(talent)), date.today()
    )
    return written
