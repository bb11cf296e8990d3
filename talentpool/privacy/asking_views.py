"""Pages to ask for what no page does, and to say from a mail that one wishes to stay."""

from flask import abort, flash
from flask.typing import ResponseReturnValue

from talentpool.access import Permission, access, public
from talentpool.i18n import _, translated
from talentpool.privacy import notices, restricting, retention
from talentpool.privacy.forms import RequestForm
from talentpool.privacy.models import RequestKind
from talentpool.privacy.views import bp, own_account
from talentpool.web.forms import Form, render_form
from talentpool.web.pipeline import see_other
from talentpool.web.security import for_nobody_else, limiter, link_limit, missed


@bp.route("/mes-donnees/demander", methods=["GET", "POST"])
@access(Permission.USE_OWN_ACCOUNT)
def ask() -> ResponseReturnValue:
    """Ask the administration for what no page does."""
    form = RequestForm()
    if form.validate_on_submit():
        kind = RequestKind(form.kind.data)
        notices.tell_asked(restricting.ask(own_account(), kind=kind, text=form.text.data or ""))
        flash(translated(_("Demande envoyée : la réponse viendra sur cette page.")), "success")
        return see_other("privacy.own")
    return render_form("privacy/ask.html", form)


@bp.route("/garder-mon-profil/<renewal_token>", methods=["GET", "POST"])
@public
@limiter.limit(link_limit, deduct_when=missed)
def renew(renewal_token: str) -> ResponseReturnValue:
    """Stay, by one button behind a link from a mail; opening the link changes nothing."""
    notice = retention.notice_behind(renewal_token) or abort(404)
    form = Form()
    if form.validate_on_submit():
        try:
            retention.renew(notice)
        except retention.NobodyToKeep:
            abort(404)
        return see_other("privacy.renew", renewal_token=renewal_token)
    return for_nobody_else(render_form("privacy/renew.html", form, notice=notice))
