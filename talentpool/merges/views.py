"""Pages of duplicates: pairs that look alike, the merge, and its undoing."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, date_in_figures, translated
from talentpool.merges import presenting, queries, services
from talentpool.merges.forms import chosen, merge_form
from talentpool.merges.models import RecordMerge
from talentpool.organisations.models import Organisation
from talentpool.placements.ledger import Refused
from talentpool.placements.wording import BREACHES, figure
from talentpool.talents.models import Talent
from talentpool.web.forms import render_form
from talentpool.web.pagination import page_of
from talentpool.web.pipeline import require, see_other

bp = Blueprint("merges", __name__)
MERGED = _("Fiches fusionnées. Vous pouvez les séparer de nouveau, ci-dessous.")
SEPARATED = _("Fiches séparées de nouveau.")
KEPT_APART = _("C’est noté : cette paire ne sera plus proposée.")
NOTHING_DONE = _("Rien n’a été changé.")
STALE = _("L’une des fiches a changé depuis l’ouverture de cette page. Relisez, puis confirmez.")
REFUSALS: dict[type[Exception], str] = {
    services.NotMergeable: _("L’une de ces fiches est déjà fusionnée."),
    services.TwoAccounts: _(
        "Chaque fiche a un compte actif : faites d’abord fermer l’un des deux."
    ),
    services.AlreadySeparated: _("Ces fiches sont déjà séparées."),
    services.MergedLater: _(
        "L’une des fiches a été fusionnée depuis : séparez d’abord cette fusion-là."
    ),
}
PROPOSED_TWICE = _(
    "Les deux fiches sont proposées pour le poste « %(seat)s » : refermez d’abord l’une."
)


@bp.get("/talents/doublons")
@access(Permission.MANAGE_TALENTS)
def talent_duplicates() -> ResponseReturnValue:
    """List the profiles that may be one person's, and the merges that stand."""
    asked = [_by_code(request.args.get(name, "")) for name in ("garder", "fusionner")]
    if all(asked):
        address = url_for("merges.merge_talents", talent_id=asked[0], other_id=asked[1])
        return redirect(address, code=303)
    pairs = queries.similar_talents(current_user)
    page = page_of(list(range(len(pairs))), lambda places: [pairs[place] for place in places])
    numbers = {number for pair in page.rows for number in (pair.first, pair.second)}
    return render_template(
        "merges/talent_duplicates.html",
        page=page,
        people=queries.talents_numbered(numbers),
        merges=list(db.session.scalars(queries.merges_of_talents().limit(50))),
        asked={name: request.args.get(name, "").strip() for name in ("garder", "fusionner")},
    )


def _by_code(code: str) -> int | None:
    """Return the number of the profile that a code names, None when there is none."""
    named = re.fullmatch(r"t-([0-9]{1,9})", code.strip().casefold())
    found = db.session.get(Talent, int(named[1])) if named else None
    return found.id if found else None


@bp.route("/talents/<int:talent_id>/fusionner/<int:other_id>", methods=["GET", "POST"])
@access(Permission.MANAGE_TALENTS)
def merge_talents(talent_id: int, other_id: int) -> ResponseReturnValue:
    """Choose what the profile that stands for both says, and merge."""
    kept, merged = db.get_or_404(Talent, talent_id), db.get_or_404(Talent, other_id)
    for talent in (kept, merged):
        require(Permission.MANAGE_TALENTS, talent)
    compared = presenting.compared_talents(kept, merged)

    def act(choice: dict[str, str]) -> RecordMerge:
        content = presenting.content_of_both(kept, merged, choice)
        return services.merge_talents(kept, merged, content, today=date.today(), by=current_user)

    return _answered(
        "merges/merge_talents.html", "merges.talent_duplicates", kept, merged, compared, act
    )


@bp.post("/talents/<int:talent_id>/distinct/<int:other_id>")
@access(Permission.MANAGE_TALENTS)
def keep_talents_apart(talent_id: int, other_id: int) -> ResponseReturnValue:
    """Note that two profiles are two people's."""
    pair = db.get_or_404(Talent, talent_id), db.get_or_404(Talent, other_id)
    for talent in pair:
        require(Permission.MANAGE_TALENTS, talent)
    services.keep_apart(*pair, by=current_user)
    flash(translated(KEPT_APART), "success")
    return see_other("merges.talent_duplicates")


@bp.post("/talents/fusions/<int:merge_id>/separer")
@access(Permission.MANAGE_TALENTS)
def separate_talents(merge_id: int) -> ResponseReturnValue:
    """Take the merge of two profiles back."""
    chosen_merge = queries.merges_of_talents().where(RecordMerge.id == merge_id)
    return _separated(db.one_or_404(chosen_merge), "merges.talent_duplicates")


@bp.get("/organisations/doublons")
@access(Permission.MANAGE_ORGANISATIONS)
def organisation_duplicates() -> ResponseReturnValue:
    """List the organisations that may be one, and the merges that stand."""
    pairs = queries.similar_organisations(current_user)
    page = page_of(list(range(len(pairs))), lambda places: [pairs[place] for place in places])
    numbers = {number for pair in page.rows for number in (pair.first, pair.second)}
    return render_template(
        "merges/organisation_duplicates.html",
        page=page,
        organisations=queries.organisations_numbered(numbers),
        merges=list(db.session.scalars(queries.merges_of_organisations().limit(50))),
    )


@bp.route("/organisations/<int:organisation_id>/fusionner/<int:other_id>", methods=["GET", "POST"])
@access(Permission.MANAGE_ORGANISATIONS)
def merge_organisations(organisation_id: int, other_id: int) -> ResponseReturnValue:
    """Choose what the organisation that stands for both says, and merge."""
    kept = db.get_or_404(Organisation, organisation_id)
    merged = db.get_or_404(Organisation, other_id)
    compared = presenting.compared_organisations(kept, merged)

    def act(choice: dict[str, str]) -> RecordMerge:
        content = presenting.organisation_of_both(kept, merged, choice)
        return services.merge_organisations(kept, merged, content, by=current_user)

    back = "merges.organisation_duplicates"
    return _answered("merges/merge_organisations.html", back, kept, merged, compared, act)


@bp.post("/organisations/<int:organisation_id>/distinct/<int:other_id>")
@access(Permission.MANAGE_ORGANISATIONS)
def keep_organisations_apart(organisation_id: int, other_id: int) -> ResponseReturnValue:
    """Note that two organisations are two."""
    pair = db.get_or_404(Organisation, organisation_id), db.get_or_404(Organisation, other_id)
    services.keep_apart(*pair, by=current_user)
    flash(translated(KEPT_APART), "success")
    return see_other("merges.organisation_duplicates")


@bp.post("/organisations/fusions/<int:merge_id>/separer")
@access(Permission.MANAGE_ORGANISATIONS)
def separate_organisations(merge_id: int) -> ResponseReturnValue:
    """Take the merge of two organisations back."""
    chosen_merge = queries.merges_of_organisations().where(RecordMerge.id == merge_id)
    return _separated(db.one_or_404(chosen_merge), "merges.organisation_duplicates")


def _answered(
    template: str,
    back: str,
    kept: Any,
    merged: Any,
    compared: list[Any],
    act: Callable[[dict[str, str]], RecordMerge],
) -> ResponseReturnValue:
    """Show two records, or merge them as chosen; refused, nothing changes and the page says why."""
    if kept is merged or kept.merged_into_id or merged.merged_into_id:
        flash(translated(REFUSALS[services.NotMergeable]), "error")
        return redirect(url_for(back), code=303)
    versions = f"{kept.version_id}-{merged.version_id}"
    form = merge_form(compared)(versions=versions)
    refusal = ""
    if form.validate_on_submit():
        if form.versions.data != versions:
            form.versions.data, form.versions.raw_data = versions, None
            refusal = translated(STALE)
        else:
            refusal = _refusal(lambda: act(chosen(form, compared)))
        if not refusal:
            flash(translated(MERGED), "success")
            return see_other(back)
        form.versions.errors = [refusal]
    return render_form(template, form, kept=kept, merged=merged, compared=compared, refusal=refusal)


def _separated(merge: RecordMerge, back: str) -> ResponseReturnValue:
    refusal = _refusal(lambda: services.separate(merge, today=date.today(), by=current_user))
    flash(refusal or translated(SEPARATED), "error" if refusal else "success")
    return see_other(back)


def _refusal(act: Callable[[], object]) -> str:
    """Do something, or return why it cannot be done."""
    try:
        act()
    except Refused as refused:
        day = date_in_figures(refused.day)
        why = translated(BREACHES[type(refused)], by=figure(refused.by), day=day)
    except services.ProposedTwice as refused:
        why = translated(PROPOSED_TWICE, seat=refused.seat)
    except tuple(REFUSALS) as refused:
        why = translated(REFUSALS[type(refused)])
    else:
        return ""
    return f"{why} {translated(NOTHING_DONE)}"
