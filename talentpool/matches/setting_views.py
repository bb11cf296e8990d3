"""Pages to try a setting on a seat's ranking, to rank with it, and to keep it under a name."""

from datetime import date
from typing import Any

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, ngettext, translated
from talentpool.matches import queries, services, setting_services
from talentpool.matches.presenting import CRITERIA, shown, skill_names
from talentpool.matches.setting_forms import SaveForm, TrialForm, fields_of
from talentpool.matches.setting_models import RankingSetting
from talentpool.matches.setting_words import cause, setting_in_words
from talentpool.matches.settings import SOFT_WEIGHT, Setting
from talentpool.matches.trials import moves, try_setting
from talentpool.matches.views import PER_PAGE, bp
from talentpool.needs.models import NeedSeat
from talentpool.web.forms import render_form
from talentpool.web.pipeline import require, see_other

bp.add_app_template_filter(setting_in_words)


@bp.get("/postes/<int:seat_id>/essai")
@access(Permission.RANK_TALENTS)
def trial(seat_id: int) -> ResponseReturnValue:
    """Show the list as a setting would rank it, with nothing stored."""
    seat = _seat(seat_id)
    form = _trial_form(seat, request.args)
    if not form.validate():
        return render_form("matches/trial.html", form, **_frame(seat), trial=None)
    return _trial_page(seat, form, SaveForm(formdata=None))


@bp.post("/postes/<int:seat_id>/essai")
@access(Permission.RANK_TALENTS)
def rank_with(seat_id: int) -> ResponseReturnValue:
    """Have the pool ranked with the setting on trial, and keep the ranking."""
    seat = _seat(seat_id)
    form = _trial_form(seat, request.form)
    if not form.validate():
        return render_form("matches/trial.html", form, **_frame(seat), trial=None)
    setting = form.setting()
    name = _name_of(setting)
    try:
        made = services.rank_talents(
            seat, by=current_user, as_of=date.today(), setting=setting, setting_name=name
        )
    except (services.SeatNotOpen, services.EmptyPool):
        abort(404)
    flash(
        ngettext(
            "%(num)d personne classée avec ce réglage.",
            "%(num)d personnes classées avec ce réglage.",
            made.pool_size,
        ),
        "success",
    )
    return see_other("matches.seat", seat_id=seat.id)


@bp.post("/postes/<int:seat_id>/reglages")
@access(Permission.RANK_TALENTS)
def save_setting(seat_id: int) -> ResponseReturnValue:
    """Keep the setting on trial under a name."""
    seat = _seat(seat_id)
    form, naming = _trial_form(seat, request.form), SaveForm(formdata=request.form)
    if not form.validate():
        return render_form("matches/trial.html", form, **_frame(seat), trial=None)
    if not naming.validate() or not _saved(form.setting(), naming):
        return _trial_page(seat, form, naming)
    flash(translated(_("Réglage enregistré.")), "success")
    return see_other("matches.trial", seat_id=seat.id, **fields_of(form.setting(), seat))


@bp.post("/reglages/<int:setting_id>/retirer")
@access(Permission.RANK_TALENTS)
def remove_setting(setting_id: int) -> ResponseReturnValue:
    """Forget one of one's own settings."""
    found = db.get_or_404(RankingSetting, setting_id)
    try:
        setting_services.remove_setting(found, by=current_user)
    except setting_services.NotOwnSetting:
        abort(404)
    flash(translated(_("Réglage retiré. Les classements faits avec lui restent.")), "success")
    return see_other("matches.listing")


def _seat(seat_id: int) -> NeedSeat:
    """Return an open seat that the viewer may rank for, with somebody to rank."""
    seat = db.get_or_404(NeedSeat, seat_id)
    require(Permission.READ_NEEDS, seat.need)
    if not seat.is_open:
        abort(404)
    return seat


def _trial_form(seat: NeedSeat, typed: Any) -> TrialForm:
    # The token was checked before the view; an address carries none.
    form = TrialForm(formdata=typed, meta={"csrf": False})
    form.offer(seat)
    return form


def _saved(setting: Setting, naming: SaveForm) -> bool:
    try:
        setting_services.save_setting(
            setting, name=naming.name.data, is_shared=naming.is_shared.data, by=current_user
        )
    except setting_services.NameAlreadyTaken:
        naming.name.errors = [_("Un réglage porte déjà ce nom : choisissez-en un autre.")]
        return False
    return True


def _name_of(setting: Setting) -> str:
    """Return the name under which the viewer knows exactly this setting, if any."""
    kept = setting_services.settings_of(current_user)
    written = setting.to_json()
    return next((one.name for one in kept if one.parameters == written and written), "")


def _frame(seat: NeedSeat) -> dict[str, Any]:
    """Return what the page shows around the list."""
    return {
        "seat": seat,
        "run": queries.newest_run(seat),
        "saved": [
            (kept, fields_of(Setting.from_json(kept.parameters), seat))
            for kept in setting_services.settings_of(current_user)
        ],
        "criteria": CRITERIA,
        "naming": SaveForm(formdata=None),
        "soft_weight": SOFT_WEIGHT,
    }


def _trial_page(seat: NeedSeat, form: TrialForm, naming: SaveForm) -> ResponseReturnValue:
    setting, frame = form.setting(), _frame(seat)
    try:
        tried = try_setting(seat, setting, as_of=date.today(), shown=PER_PAGE)
    except (services.SeatNotOpen, services.EmptyPool):
        abort(404)
    keys = {result.person_key for result in tried.results}
    run = frame["run"]
    kept = {one.person_key: one for one in queries.results_of(run, keys)} if run else {}
    context = frame | {"naming": naming, "form": form, "trial": tried, "setting": setting}
    talents = queries.talents_by_number(set(tried.people.values()))
    decisions, names = queries.decisions(seat), skill_names()
    context["rows"] = [
        shown(result, talents.get(number), decisions.get(number), names)
        for result in tried.results
        if (number := tried.people[result.person_key])
    ]
    context["moves"] = moves(tried.results, kept, setting) if run else {}
    context["fields"] = fields_of(setting, seat)
    context["cause"] = cause
    return render_template("matches/trial.html", **context), 422 if naming.errors else 200
