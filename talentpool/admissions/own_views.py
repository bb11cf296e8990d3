"""One's own application: where it stands, writing it, handing it in, taking it back, asking for another look."""

from datetime import date

from flask import abort, current_app, flash, get_template_attribute, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from talentpool.access import Permission, access
from talentpool.accounts.consent_models import ConsentText
from talentpool.accounts.consents import has_withdrawn
from talentpool.admissions import decisions, lifecycle, presenting, queries
from talentpool.admissions.forms import (
    KeepForm,
    LookForm,
    PlainForm,
    SubmitForm,
    filled_application,
)
from talentpool.admissions.freezing import lacking, lacking_in_profile
from talentpool.admissions.models import Application
from talentpool.admissions.promises import due_on, months_kept, promised_days
from talentpool.admissions.sheets import sheet_of
from talentpool.admissions.stages import LIVE, MOVES, Move, Stage
from talentpool.admissions.views import bp, needed
from talentpool.i18n import _, date_in_words, translated
from talentpool.talents.models import PoolStatus, Talent
from talentpool.web.forms import render_form
from talentpool.web.pipeline import may, require, see_other


def again_days() -> int:
    """Return how many days somebody waits after a no."""
    return int(current_app.config["APPLICATION_AGAIN_DAYS"])


def _own() -> Application:
    """Return the viewer's newest application; without one, there is nothing there."""
    _talent, application = queries.own_application(current_user)
    if application is None:
        abort(404)
    require(Permission.APPLY_TO_POOL, application)
    return application


def _opens_on(application: Application | None) -> date | None:
    opens_on = lifecycle.opens_again_on(application, again_days=again_days())
    return opens_on if opens_on and opens_on > date.today() else None


@bp.get("/ma-candidature")
@access(Permission.APPLY_TO_POOL)
def own_show() -> ResponseReturnValue:
    """Say where one's application stands, what comes next and when, or how to begin."""
    talent, application = queries.own_application(current_user)
    is_outside = talent is None or talent.is_outside_pool
    parts = lacking(application) if application else []
    if talent and not application:
        parts = [*lacking_in_profile(talent), "motivation", "enterprise"]
    return render_template(
        "admissions/own_show.html",
        talent=talent,
        application=application,
        is_outside=is_outside,
        has_left=talent is not None and _has_left(talent, application),
        is_alumni=talent is not None and talent.pool_status is PoolStatus.ALUMNI,
        may_return=has_withdrawn(current_user, ConsentText.POOL),
        lacking=presenting.lacking_parts(parts),
        journey=presenting.JOURNEY,
        place=presenting.place_of(application),
        waiting_place=queries.places_on_waiting_list().get(application.id) if application else None,
        promised=due_on(application, promised_days()) if application else None,
        days=promised_days(),
        reviewers=needed(),
        opens_on=_opens_on(application),
        months_kept=months_kept(application) if application else None,
        keep_form=KeepForm(keeps_profile=application.keeps_profile) if application else None,
        may_withdraw=application is not None and application.stage in MOVES[Move.WITHDRAW].sources,
        today=date.today(),
    )


def _has_left(talent: Talent, application: Application | None) -> bool:
    """Tell whether somebody was of the pool, is out of it, and has not begun to apply again."""
    if application is None:
        return talent.pool_status is PoolStatus.ALUMNI
    return talent.is_outside_pool and application.stage is Stage.ADMITTED


@bp.route("/ma-candidature/ecrire", methods=["GET", "POST"])
@access(Permission.APPLY_TO_POOL)
def own_write() -> ResponseReturnValue:
    """Write one's application, or go on writing it."""
    talent, newest = queries.own_application(current_user)
    draft = newest if newest and newest.stage is Stage.DRAFT else None
    if talent is None or (newest and newest.stage in LIVE and not draft):
        return see_other("admissions.own_show")
    form = filled_application(draft)
    overtaken = False
    if form.validate_on_submit():
        overtaken = draft is not None and form.overtakes(
            draft, filled_application(draft, stored=True)
        )
        if not overtaken:
            return _save(talent, draft, form.text())
    return render_form("admissions/own_write.html", form, application=draft)


def _save(
    talent: Talent, draft: Application | None, text: lifecycle.ApplicationText
) -> ResponseReturnValue:
    try:
        if draft is not None:
            lifecycle.edit_application(draft, text, by=current_user)
        else:
            lifecycle.begin_application(
                talent, text, today=date.today(), again_days=again_days(), by=current_user
            )
    except lifecycle.TooSoon as refused:
        day = date_in_words(refused.opens_on)
        flash(translated(_("Vous pourrez candidater de nouveau le %(day)s."), day=day), "error")
    except (lifecycle.AlreadyInPool, lifecycle.ApplicationUnderWay, lifecycle.IllegalStage):
        flash(translated(_("Vous n’avez pas de candidature à écrire en ce moment.")), "error")
    else:
        flash(translated(_("Brouillon enregistré : l’agence ne le lit pas encore.")), "success")
    return see_other("admissions.own_show")


@bp.route("/ma-candidature/deposer", methods=["GET", "POST"])
@access(Permission.APPLY_TO_POOL)
def own_submit() -> ResponseReturnValue:
    """Hand one's application in, once what will be read and by whom was said."""
    application = _own()
    if application.stage is not Stage.DRAFT or lacking(application):
        flash(translated(_("Il manque encore quelque chose à votre candidature.")), "error")
        return see_other("admissions.own_show")
    form = SubmitForm()
    if form.validate_on_submit():
        try:
            lifecycle.submit_application(application, agrees=bool(form.pool.data), by=current_user)
        except lifecycle.ApplicationRestricted:
            flash(
                translated(
                    _(
                        "Vous limitez l’usage de vos données : levez d’abord cette limite, puis déposez."
                    )
                ),
                "error",
            )
        except (lifecycle.FileIncomplete, lifecycle.IllegalStage, lifecycle.AlreadyInPool):
            flash(translated(_("Votre candidature a changé entre-temps : relisez-la.")), "error")
        else:
            flash(translated(_("Candidature déposée. Merci de votre confiance.")), "success")
        return see_other("admissions.own_show")
    return render_form(
        "admissions/own_submit.html",
        form,
        application=application,
        sheet=presenting.sheet_to_come(application),
        reviewers=needed(),
        days=promised_days(),
    )


@bp.get("/ma-candidature/dossier")
@access(Permission.APPLY_TO_POOL)
def own_file() -> ResponseReturnValue:
    """Show what reviewers read of one's application."""
    application = _own()
    sheet = sheet_of(current_user, application) or abort(404)
    return render_template("admissions/own_file.html", application=application, sheet=sheet)


@bp.route("/ma-candidature/retirer", methods=["GET", "POST"])
@access(Permission.APPLY_TO_POOL)
def own_withdraw() -> ResponseReturnValue:
    """Take one's application back."""
    application = _own()
    form = PlainForm()
    if application.stage not in MOVES[Move.WITHDRAW].sources:
        flash(translated(_("Cette candidature est déjà close.")), "info")
        return see_other("admissions.own_show")
    if form.validate_on_submit():
        try:
            lifecycle.withdraw_application(application, by=current_user)
        except lifecycle.IllegalStage:
            flash(translated(_("Cette candidature est déjà close.")), "info")
        else:
            flash(translated(_("Candidature retirée : votre dossier ne se lit plus.")), "success")
        return see_other("admissions.own_show")
    return render_form("admissions/own_withdraw.html", form, application=application)


@bp.post("/ma-candidature/garder")
@access(Permission.APPLY_TO_POOL)
def own_keep() -> ResponseReturnValue:
    """Choose whether one's profile may be kept after a no."""
    application = _own()
    form = KeepForm()
    if form.validate():
        lifecycle.choose_keeping(application, keeps=bool(form.keeps_profile.data), by=current_user)
        flash(translated(_("Votre choix est noté, avec sa date.")), "success")
    return see_other("admissions.own_show")


@bp.route("/ma-candidature/reexamen", methods=["GET", "POST"])
@access(Permission.APPLY_TO_POOL)
def own_look() -> ResponseReturnValue:
    """Ask that a person looks again at a no."""
    application = _own()
    form = LookForm()
    if application.stage is not Stage.DECLINED or application.look_asked_at:
        return _no_look()
    if form.validate_on_submit():
        try:
            decisions.ask_look(application, form.words.data or "", by=current_user)
        except (decisions.AlreadyAsked, lifecycle.IllegalStage):
            return _no_look()
        flash(translated(_("Demande envoyée : une personne va relire votre dossier.")), "success")
        return see_other("admissions.own_show")
    return render_form("admissions/own_look.html", form, application=application)


def _no_look() -> ResponseReturnValue:
    flash(translated(_("Il n’y a pas de décision à réexaminer, ou c’est déjà demandé.")), "info")
    return see_other("admissions.own_show")


def panel(talent: Talent | None) -> Markup:
    """Say on somebody's own profile where their application stands; nothing to who is in the pool."""
    if talent is None or not talent.is_outside_pool or not may(Permission.APPLY_TO_POOL):
        return Markup()
    application = lifecycle.newest_application(talent)
    write = get_template_attribute("admissions/_own_panel.html", "own_panel")
    written: Markup = write(application, _has_left(talent, application))
    return written
