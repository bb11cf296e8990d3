"""Pages of contracts and absences."""

from datetime import date

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.placements import absences, contracts, queries
from talentpool.placements.forms import (
    AbsenceForm,
    ContractForm,
    filled_absence,
    filled_contract,
)
from talentpool.placements.ledger import Refused
from talentpool.placements.models import Absence, Contract
from talentpool.placements.views import bp, cap
from talentpool.placements.wording import refusal
from talentpool.proposals.reach import ProcessingLimited
from talentpool.proposals.wording import unreachable
from talentpool.talents.models import Talent
from talentpool.web.forms import Form, render_form
from talentpool.web.pagination import paged
from talentpool.web.pipeline import require, see_other

ENDS_ONLY = _("Seule une fin plus proche s’enregistre.")


@bp.get("/contrats")
@access(Permission.READ_PLACEMENTS)
def contract_listing() -> ResponseReturnValue:
    """List the contracts, by person."""
    return render_template(
        "placements/contract_listing.html", page=paged(queries.contracts()), today=date.today()
    )


@bp.route("/talents/<int:talent_id>/contrats/nouveau", methods=["GET", "POST"])
@access(Permission.MANAGE_PLACEMENTS)
def sign_contract(talent_id: int) -> ResponseReturnValue:
    """Enter a signed contract."""
    talent = db.get_or_404(Talent, talent_id).standing
    require(Permission.READ_TALENTS, talent)
    form = ContractForm(
        starts_on=_day("debut"), ends_on=_day("fin"), share_pct=talent.share_pct or 100
    )
    if form.validate_on_submit():
        try:
            contracts.sign_contract(
                talent, form.terms(), cap=cap(), today=date.today(), by=current_user
            )
        except Refused as refused:
            form.starts_on.errors = [refusal(refused)]
        except ProcessingLimited as refused:
            form.starts_on.errors = [unreachable(refused)]
        else:
            flash(translated(_("Contrat enregistré.")), "success")
            return see_other("placements.person", talent_id=talent.id)
    return render_form("placements/sign_contract.html", form, talent=talent)


def _day(name: str) -> date | None:
    """Return the day that the address proposes, if it is one."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


@bp.route("/contrats/<int:contract_id>/modifier", methods=["GET", "POST"])
@access(Permission.MANAGE_PLACEMENTS)
def amend_contract(contract_id: int) -> ResponseReturnValue:
    """Change the terms of a contract: its end, its share from a day on."""
    contract = db.get_or_404(Contract, contract_id)
    form = filled_contract(contract, formdata=request.form)
    if form.validate_on_submit() and not form.overtakes(contract, filled_contract(contract)):
        terms = form.terms(contracts.terms_of(contract))
        try:
            contracts.amend_contract(
                contract, terms, cap=cap(), today=date.today(), by=current_user
            )
        except Refused as refused:
            form.ends_on.errors = [refusal(refused)]
        except ProcessingLimited as refused:
            form.ends_on.errors = [f"{unreachable(refused)} {translated(ENDS_ONLY)}"]
        else:
            flash(translated(_("Contrat modifié.")), "success")
            return see_other("placements.person", talent_id=contract.talent_id)
    return render_form("placements/amend_contract.html", form, contract=contract)


@bp.route("/contrats/<int:contract_id>/retirer", methods=["GET", "POST"])
@access(Permission.MANAGE_PLACEMENTS)
def remove_contract(contract_id: int) -> ResponseReturnValue:
    """Confirm, then take back a contract entered by mistake."""
    contract = db.get_or_404(Contract, contract_id)
    talent_id = contract.talent_id
    form = Form()
    if form.validate_on_submit():
        try:
            contracts.remove_contract(contract, cap=cap(), today=date.today(), by=current_user)
        except Refused:
            flash(
                translated(_("Un placement repose sur ce contrat : modifiez-le plutôt.")), "error"
            )
        except ProcessingLimited as refused:
            flash(unreachable(refused), "error")
        else:
            flash(translated(_("Contrat retiré.")), "success")
        return see_other("placements.person", talent_id=talent_id)
    return render_form("placements/remove_contract.html", form, contract=contract)


@bp.get("/talents/<int:talent_id>/occupation")
@access(Permission.READ_PLACEMENTS)
def person(talent_id: int) -> ResponseReturnValue:
    """Show somebody's contracts, placements and absences, and what is free of their time."""
    talent = db.get_or_404(Talent, talent_id).standing
    require(Permission.READ_TALENTS, talent)
    today = date.today()
    ledger = queries.ledger(cap=cap(), today=today, people=[talent.id])
    return render_template(
        "placements/person.html",
        talent=talent,
        contracts=list(db.session.scalars(queries.contracts(talent=talent))),
        placements=queries.placements_of_talent(talent),
        absences=list(db.session.scalars(queries.absences(talent=talent))),
        free=[(day, max(level, 0)) for day, level in ledger.free(talent.id).pieces(today, None)],
        today=today,
    )


@bp.get("/absences")
@access(Permission.READ_PLACEMENTS)
def absence_listing() -> ResponseReturnValue:
    """List the absences, the latest first."""
    return render_template("placements/absence_listing.html", page=paged(queries.absences()))


@bp.route("/talents/<int:talent_id>/absences/nouvelle", methods=["GET", "POST"])
@access(Permission.MANAGE_PLACEMENTS)
def note_absence(talent_id: int) -> ResponseReturnValue:
    """Note when somebody is away."""
    talent = db.get_or_404(Talent, talent_id).standing
    require(Permission.READ_TALENTS, talent)
    form = AbsenceForm()
    if form.validate_on_submit():
        try:
            absences.note_absence(talent, form.away(), today=date.today(), by=current_user)
        except absences.EmptyAbsence:
            form.ends_half.errors = [_("Cette absence finit avant de commencer.")]
        else:
            flash(translated(_("Absence notée.")), "success")
            return see_other("placements.person", talent_id=talent.id)
    return render_form("placements/note_absence.html", form, talent=talent)


@bp.route("/absences/<int:absence_id>/modifier", methods=["GET", "POST"])
@access(Permission.MANAGE_PLACEMENTS)
def change_absence(absence_id: int) -> ResponseReturnValue:
    """Change the days of an absence."""
    absence = db.get_or_404(Absence, absence_id)
    form = filled_absence(absence, formdata=request.form)
    if form.validate_on_submit() and not form.overtakes(absence, filled_absence(absence)):
        try:
            absences.change_absence(absence, form.away(), today=date.today(), by=current_user)
        except absences.EmptyAbsence:
            form.ends_half.errors = [_("Cette absence finit avant de commencer.")]
        else:
            flash(translated(_("Absence modifiée.")), "success")
            return see_other("placements.person", talent_id=absence.talent_id)
    return render_form("placements/change_absence.html", form, absence=absence)


@bp.post("/absences/<int:absence_id>/retirer")
@access(Permission.MANAGE_PLACEMENTS)
def remove_absence(absence_id: int) -> ResponseReturnValue:
    """Take an absence back."""
    absence = db.get_or_404(Absence, absence_id)
    talent_id = absence.talent_id
    absences.remove_absence(absence, today=date.today(), by=current_user)
    flash(translated(_("Absence retirée.")), "success")
    return see_other("placements.person", talent_id=talent_id)
