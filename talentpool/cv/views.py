"""Pages on which a person completes their profile from a CV, one proposal after the other."""

from flask import Blueprint, current_app, flash, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.cv import queries, services
from talentpool.cv.document import Document
from talentpool.cv.forms import DecisionForm, UploadForm, decision_form
from talentpool.cv.left_out import LeftOut
from talentpool.cv.limits import CvRefused
from talentpool.cv.models import CvReading, ProposedPart
from talentpool.cv.reading import read_cv
from talentpool.cv.refusals import sentence
from talentpool.db import db
from talentpool.i18n import _, ngettext, translated
from talentpool.talents.models import PoolStatus, Talent
from talentpool.talents.queries import profile_of
from talentpool.talents.services import ProfileContent, content_of, create_talent
from talentpool.web.forms import render_form
from talentpool.web.pipeline import require, see_other
from talentpool.web.security import account_key, limiter

bp = Blueprint("cv", __name__)

MEGABYTE = 1024 * 1024
#: CVs that one person may have read in an hour.
UPLOADS = "20 per hour"


@bp.route("/mon-profil/cv", methods=["GET", "POST"])
@access(Permission.EDIT_OWN_PROFILE)
@limiter.limit(UPLOADS, key_func=account_key, methods=["POST"])
def upload() -> ResponseReturnValue:
    """Ask for a CV, and read it."""
    form = UploadForm()
    if form.validate_on_submit() and (document := _read(form)) is not None:
        talent = _own_talent() or create_talent(
            ProfileContent(
                display_name=current_user.display_name, pool_status=PoolStatus.CANDIDATE
            ),
            by=current_user,
            account=current_user,
        )
        try:
            services.keep_proposals(talent, document, by=current_user)
            return see_other("cv.review")
        except services.NothingProposed:
            form.file.errors = [_nothing()]
    return render_form("cv/upload.html", form, waiting=_waiting())


@bp.route("/mon-profil/cv/propositions", methods=["GET", "POST"])
@access(Permission.EDIT_OWN_PROFILE)
def review() -> ResponseReturnValue:
    """Show what a CV proposes, and take the decisions on it."""
    reading = _waiting()
    if reading is None:
        return see_other("cv.upload")
    content = content_of(reading.talent)
    held = [one for one in reading.proposals if services.is_held(one, content)]
    form = decision_form(one for one in reading.proposals if one not in held)
    is_drop = "drop" in request.form
    if "all" in request.form:
        # Nothing is decided yet: the same page again, with what was typed.
        form.tick_all()
    elif "later" in request.form:
        if form.validate():
            said = [*form.accepted(), *form.waiting()]
            services.keep_corrections(reading, said, by=current_user)
            return see_other("talents.own_profile")
    elif request.method == "POST" and form.validate_ticked(whole=not is_drop):
        return _decide(reading, form, is_drop=is_drop)
    left_out = [LeftOut(code) for code in reading.left_out]
    return render_form(
        "cv/review.html",
        form,
        reading=reading,
        held=held,
        left_out=left_out,
        is_attached=LeftOut.PAGES in left_out,
        parts=ProposedPart,
    )


@bp.post("/mon-profil/cv/propositions/ecarter")
@access(Permission.EDIT_OWN_PROFILE)
def drop_all() -> ResponseReturnValue:
    """Forget everything that a CV proposed and that was not decided on."""
    reading = _waiting()
    if reading is not None:
        services.drop(reading, list(reading.proposals), by=current_user)
        flash(translated(_("Plus rien n’est gardé de votre CV.")), "success")
    return see_other("talents.own_profile")


def _decide(reading: CvReading, form: DecisionForm, *, is_drop: bool) -> ResponseReturnValue:
    ticked = form.ticked()
    services.keep_corrections(reading, form.waiting(), by=current_user)
    if is_drop:
        left = services.drop(reading, ticked, by=current_user)
        done = ngettext(
            "%(num)d proposition écartée.", "%(num)d propositions écartées.", len(ticked)
        )
    else:
        left = services.accept(reading, form.accepted(), by=current_user)
        done = ngettext(
            "%(num)d élément ajouté à votre profil.",
            "%(num)d éléments ajoutés à votre profil.",
            len(ticked),
        )
    flash(done, "success")
    return see_other("cv.review" if left else "talents.own_profile")


def _read(form: UploadForm) -> Document | None:
    most = current_app.config["MAX_CONTENT_LENGTH"] // MEGABYTE * MEGABYTE
    data = form.file.data.stream.read(most + 1)
    # Nobody else's writing has to wait while a stranger's file is read.
    db.session.rollback()
    try:
        return read_cv(data, most=most)
    except CvRefused as refused:
        form.file.errors = [sentence(refused.refusal, most // MEGABYTE)]
        return None


def _own_talent() -> Talent | None:
    talent = profile_of(current_user)
    if talent is not None:
        require(Permission.EDIT_OWN_PROFILE, talent)
    return talent


def _waiting() -> CvReading | None:
    talent = _own_talent()
    return queries.reading_of(talent) if talent is not None else None


def _nothing() -> str:
    return _(
        "Ce fichier a été lu, mais rien n’y a été reconnu : est-ce bien un CV ? "
        "Vous pouvez aussi écrire votre profil à la main."
    )
