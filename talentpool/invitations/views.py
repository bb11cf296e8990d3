"""Pages on which the agency invites people, and the page that an invitation opens."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, get_template_attribute, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from talentpool.access import Permission, access, public
from talentpool.accounts import links
from talentpool.accounts.forms import RegistrationForm
from talentpool.accounts.models import Account, AccountLink, LinkPurpose
from talentpool.accounts.queries import account_at
from talentpool.accounts.services import EmailAlreadyTaken
from talentpool.accounts.session import start_session
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.invitations import queries, services
from talentpool.invitations.forms import InvitationForm
from talentpool.invitations.models import Invitation
from talentpool.talents.models import Talent
from talentpool.web.forms import Form, render_form
from talentpool.web.pagination import paged
from talentpool.web.pipeline import may, require, see_other
from talentpool.web.security import for_nobody_else, limiter, link_limit, missed

bp = Blueprint("invitations", __name__)
#: Why an account that exists cannot accept, and what to do.
REFUSALS: dict[type[Exception], str] = {
    services.NotATalent: _(
        "Ce compte n’est pas celui d’un talent : il ne peut pas tenir de profil. Répondez à la personne "
        "qui vous a écrit, et donnez-lui une autre adresse."
    ),
    services.HoldsAnotherProfile: _(
        "Vous tenez déjà un profil, et l’agence en a saisi un autre : dites-le-lui, elle les réunira."
    ),
    services.ProfileAlreadyHeld: _("Quelqu’un tient déjà ce profil : écrivez à l’agence."),
}


@bp.get("/talents/invitations")
@access(Permission.MANAGE_TALENTS)
def listing() -> ResponseReturnValue:
    """List the invitations that were sent."""
    page = paged(queries.invitations(current_user))
    return render_template("invitations/listing.html", page=page)


@bp.route("/talents/invitations/nouvelle", methods=["GET", "POST"])
@access(Permission.MANAGE_TALENTS)
def invite() -> ResponseReturnValue:
    """Invite somebody whom no profile speaks of."""
    form = InvitationForm()
    if form.validate_on_submit() and _sent(form, None):
        return see_other("invitations.listing")
    return render_form("invitations/invite.html", form, talent=None)


@bp.route("/talents/<int:talent_id>/inviter", methods=["GET", "POST"])
@access(Permission.MANAGE_TALENTS)
def invite_holder(talent_id: int) -> ResponseReturnValue:
    """Invite the person whom a profile speaks of to hold it."""
    talent = db.get_or_404(Talent, talent_id).standing
    require(Permission.MANAGE_TALENTS, talent)
    form = InvitationForm()
    if form.validate_on_submit() and _sent(form, talent):
        return see_other("talents.show", talent_id=talent.id)
    return render_form("invitations/invite.html", form, talent=talent)


def _sent(form: InvitationForm, talent: Talent | None) -> bool:
    try:
        services.send_invitation(email=form.email.data or "", talent=talent, by=current_user)
    except services.AlreadyInvited:
        form.email.errors = [
            _(
                "Une invitation attend déjà la réponse : renvoyez-la depuis la liste des invitations."
            )
        ]
    except services.ProfileAlreadyHeld:
        form.email.errors = [_("La personne tient déjà ce profil avec son compte.")]
    else:
        flash(translated(_("Invitation envoyée.")), "success")
        return True
    return False


@bp.post("/talents/invitations/<int:invitation_id>/renvoyer")
@access(Permission.MANAGE_TALENTS)
def send_again(invitation_id: int) -> ResponseReturnValue:
    """Send another link, in place of the former."""
    said = _("Invitation renvoyée : le lien précédent ne sert plus.")
    return _moved(invitation_id, services.send_again, said)


@bp.post("/talents/invitations/<int:invitation_id>/retirer")
@access(Permission.MANAGE_TALENTS)
def withdraw(invitation_id: int) -> ResponseReturnValue:
    """Let an invitation open nothing any more."""
    said = _("Invitation retirée : son lien ne sert plus.")
    return _moved(invitation_id, services.withdraw_invitation, said)


def _moved(number: int, move: Callable[..., None], said: str) -> ResponseReturnValue:
    invitation = db.get_or_404(Invitation, number)
    try:
        move(invitation, by=current_user)
    except (services.InvitationOver, services.ProfileAlreadyHeld):
        flash(
            translated(_("Rien n’est changé : la personne a répondu, ou l’invitation est retirée."))
        )
    else:
        flash(translated(said), "success")
    return see_other("invitations.listing")


@bp.route("/invitation/<invite_token>", methods=["GET", "POST"])
@public
@limiter.limit(link_limit, deduct_when=missed)
def accept(invite_token: str) -> ResponseReturnValue:
    """Accept an invitation: with a new account, or with the one that the address has."""
    link = links.link_behind(invite_token, LinkPurpose.INVITE) or abort(404)
    if queries.invitation_behind(link) is None:
        abort(404)
    account = account_at(link.email)
    return for_nobody_else(_join(link) if account is None else _claim(link, account, invite_token))


def _join(link: AccountLink) -> ResponseReturnValue:
    """Have somebody who has no account open one."""
    form = RegistrationForm(email=link.email)
    form.email.data = link.email
    if form.validate_on_submit():
        try:
            account = services.accept_as_newcomer(
                link, display_name=form.display_name.data or "", password=form.password.data or ""
            )
        except (
            services.InvitationOver,
            services.ProfileAlreadyHeld,
            EmailAlreadyTaken,
            links.LinkOver,
        ):
            abort(404)
        start_session(account)
        flash(
            translated(_("Bienvenue. Votre compte est ouvert : relisez votre profil.")), "success"
        )
        return see_other("talents.own_profile")
    return render_form("accounts/register.html", form, link=link)


def _claim(link: AccountLink, account: Account, token: str) -> ResponseReturnValue:
    """Have somebody who has an account sign in with it, and accept."""
    form, refusal = Form(), None
    is_holder = current_user.is_authenticated and current_user.id == account.id
    if is_holder and form.validate_on_submit():
        try:
            services.accept_as_holder(link, account=account)
        except (services.InvitationOver, links.LinkOver):
            abort(404)
        except tuple(REFUSALS) as error:
            refusal = REFUSALS[type(error)]
        else:
            flash(translated(_("Invitation acceptée : voici votre profil.")), "success")
            return see_other("talents.own_profile")
    page = render_template(
        "invitations/accept.html", link=link, token=token, is_holder=is_holder, refusal=refusal
    )
    return page, 409 if refusal else 200


def panel(talent: Talent) -> Markup:
    """Write, on the page of a profile that nobody holds, how its person is invited."""
    if not may(Permission.MANAGE_TALENTS, talent) or talent.account_id is not None:
        return Markup()
    write = get_template_attribute("invitations/_panel.html", "panel")
    written: Markup = write(talent, queries.newest_invitation_of(current_user, talent))
    return written
