"""Pages on which people read what is held on them, take it away, and say what may be done with it."""

from datetime import timedelta

from flask import Blueprint, Response, abort, flash, render_template, session
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.accounts import services as accounts
from talentpool.accounts.consent_models import ConsentText
from talentpool.accounts.consents import accept, consent_of
from talentpool.accounts.models import Account
from talentpool.db import db, now
from talentpool.i18n import _, translated
from talentpool.journal import services as journal
from talentpool.privacy import restricting
from talentpool.privacy.archive import archive_of, shown_groups
from talentpool.privacy.collecting import held_on
from talentpool.privacy.forms import PasswordForm
from talentpool.privacy.people import Person, person_of
from talentpool.visibility.queries import visibility_of
from talentpool.web.forms import Form, render_form
from talentpool.web.pipeline import see_other
from talentpool.web.security import account_key, for_nobody_else, limiter, sign_in_limit

bp = Blueprint("privacy", __name__)

WRONG_PASSWORD = _("Ce n’est pas votre mot de passe.")
#: For how long a password opens the archive.
OPEN_FOR = timedelta(minutes=10)


def own_account() -> Account:
    """Return the account that is signed in, as a row that this request may change."""
    return db.session.get_one(Account, current_user.id)


def own_person() -> Person:
    """Return the person who is signed in."""
    return person_of(own_account())


def proves_identity(form: PasswordForm) -> bool:
    """Tell whether a form's password is that of who is signed in, and say beside the field when not."""
    try:
        accounts.check_password(own_account(), form.password.data or "")
    except accounts.WrongPassword:
        form.password.errors = [WRONG_PASSWORD]
        return False
    return True


def open_archive(person: Person) -> None:
    """Let this browser, for some minutes, take a person's archive away; journaled."""
    subject = person.talent or person.account
    journal.record("privacy.archive_made", subject, by=current_user)
    until = now() + OPEN_FOR
    session["archive"] = {"code": person.code, "until": until.timestamp()}


def is_archive_open(person: Person) -> bool:
    """Tell whether this browser proved who it is for a person's archive, not long ago."""
    opened = session.get("archive") or {}
    return bool(opened.get("code") == person.code and opened.get("until", 0) > now().timestamp())


def archive_answer(person: Person) -> Response:
    """Answer with a person's archive; nothing of it stays here."""
    headers = {"Content-Disposition": f'attachment; filename="donnees-{person.code}.zip"'}
    answer = Response(archive_of(person), content_type="application/zip", headers=headers)
    return for_nobody_else(answer)  # type: ignore[return-value]


@bp.get("/mes-donnees")
@access(Permission.USE_OWN_ACCOUNT)
def own() -> ResponseReturnValue:
    """Show what is held on oneself, and everything that one may do about it."""
    person = own_person()
    held = held_on(person)
    return render_template(
        "privacy/own.html",
        person=person,
        groups=shown_groups(held),
        agreement=consent_of(own_account(), ConsentText.POOL),
        may_join=restricting.may_join_again(person),
        chosen=visibility_of(person.talent) if person.talent else None,
        requests=restricting.requests_of(own_account()),
    )


@bp.route("/mes-donnees/telecharger", methods=["GET", "POST"])
@access(Permission.USE_OWN_ACCOUNT)
@limiter.limit(sign_in_limit, key_func=account_key, methods=["POST"])
def download() -> ResponseReturnValue:
    """Ask for the password, then give the archive."""
    form = PasswordForm()
    if form.validate_on_submit() and proves_identity(form):
        open_archive(own_person())
        return see_other("privacy.download")
    return render_form("privacy/download.html", form, is_open=is_archive_open(own_person()))


@bp.get("/mes-donnees/archive.zip")
@access(Permission.USE_OWN_ACCOUNT)
def archive() -> ResponseReturnValue:
    """Give the archive to whoever has just proved who they are."""
    person = own_person()
    return archive_answer(person) if is_archive_open(person) else see_other("privacy.download")


@bp.route("/mes-donnees/limiter", methods=["GET", "POST"])
@access(Permission.EDIT_OWN_PROFILE)
def restrict() -> ResponseReturnValue:
    """Have one's profile kept and nothing else done with it."""
    person, form = _with_profile(), Form()
    if form.validate_on_submit():
        restricting.restrict(person, by=current_user)
        flash(translated(_("C’est fait : votre profil est gardé, et ne sert plus.")), "success")
        return see_other("privacy.own")
    return render_form("privacy/restrict.html", form)


@bp.post("/mes-donnees/limiter/lever")
@access(Permission.EDIT_OWN_PROFILE)
def lift() -> ResponseReturnValue:
    """Have one's profile used again."""
    restricting.lift_restriction(_with_profile(), by=current_user)
    flash(translated(_("C’est fait : votre profil sert de nouveau.")), "success")
    return see_other("privacy.own")


@bp.route("/mes-donnees/quitter-le-vivier", methods=["GET", "POST"])
@access(Permission.EDIT_OWN_PROFILE)
def leave_pool() -> ResponseReturnValue:
    """Leave the pool, and keep one's account and profile."""
    person, form = _with_profile(), Form()
    if form.validate_on_submit():
        try:
            restricting.leave_pool(person, by=own_account())
        except restricting.UnderContract:
            flash(
                translated(_("Vous êtes sous contrat de l’agence : écrivez-lui d’abord.")), "error"
            )
        except restricting.NotInPool:
            flash(translated(_("Vous n’êtes pas dans le vivier.")), "info")
        else:
            flash(translated(_("Vous n’êtes plus dans le vivier.")), "success")
        return see_other("privacy.own")
    return render_form("privacy/leave_pool.html", form)


@bp.post("/mes-donnees/revenir-dans-le-vivier")
@access(Permission.EDIT_OWN_PROFILE)
def join_pool() -> ResponseReturnValue:
    """Come back to a pool that one has left."""
    try:
        restricting.join_pool_again(_with_profile(), by=own_account())
    except restricting.NeverLeft:
        abort(404)
    flash(translated(_("Vous êtes de nouveau dans le vivier.")), "success")
    return see_other("privacy.own")


@bp.post("/donnees-personnelles/lu")
@access(Permission.USE_OWN_ACCOUNT)
def read_notice() -> ResponseReturnValue:
    """Note that one has read the notice in force."""
    accept(own_account(), ConsentText.NOTICE, by=current_user)
    flash(translated(_("Merci. Ce texte reste lisible au bas de chaque page.")), "success")
    return see_other("pages.home")


def _with_profile() -> Person:
    person = own_person()
    return person if person.talent is not None else abort(404)
