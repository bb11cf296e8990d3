"""Errors as pages: what happened, what was kept, what to do, and an identifier to quote."""

import logging

from flask import Flask, Response, current_app, g, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from talentpool.i18n import _
from talentpool.web.carrying import ask_to_sign_in, packed_request, show_carried, unpacked
from talentpool.web.pipeline import guard_of, request_view

logger = logging.getLogger(__name__)

#: Seconds after which a busy database is worth another try.
RETRY_AFTER = 5

#: For each status: its title, and what the person can do about it.
EXPLANATIONS = {
    400: (_("Demande incomprise"), _("Revenez à la page précédente et recommencez.")),
    403: (
        _("Accès refusé"),
        _("Votre rôle ne permet pas d’ouvrir cette page. Demandez l’accès à l’administration."),
    ),
    404: (
        _("Page introuvable"),
        _("L’adresse est inexacte, la page a été retirée, ou elle n’est pas de votre ressort."),
    ),
    405: (_("Action impossible ici"), _("Revenez à la page précédente et utilisez ses boutons.")),
    409: (
        _("Modifié entre-temps"),
        _("Quelqu’un a enregistré avant vous. Rien n’a été écrasé : rechargez, puis recommencez."),
    ),
    413: (_("Envoi trop volumineux"), _("Choisissez un fichier plus petit, ou coupez-le en deux.")),
    429: (
        _("Trop d’essais"),
        _(
            "Attendez quelques minutes avant de recommencer. Votre compte n’est pas bloqué : si "
            "quelqu’un d’autre essaie vos accès, « Mot de passe oublié » vous laisse entrer aussitôt."
        ),
    ),
    503: (
        _("Service occupé"),
        _(
            "Rien n’a été enregistré. Attendez quelques secondes, revenez à la page précédente : "
            "ce que vous avez tapé y est encore. Puis recommencez."
        ),
    ),
    500: (
        _("Une erreur est survenue"),
        _(
            "Rien n’a été enregistré. Recommencez ; si cela se répète, citez l’identifiant ci-dessous."
        ),
    ),
}


def _page(status: int) -> ResponseReturnValue:
    if status >= 500:
        # The page is a visitor's: looking the account up would ask the database, which may be what failed.
        g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
    title, advice = EXPLANATIONS.get(status, EXPLANATIONS[500 if status >= 500 else 400])
    return render_template("errors/error.html", status=status, title=title, advice=advice), status


def _on_http_error(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, SecurityError):
        # A host that we don't answer to gets no page of ours: its links would carry that host.
        return Response("400 Bad Request\n", status=400, mimetype="text/plain")
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    return _page(error.code)


def _on_csrf_error(error: CSRFError) -> ResponseReturnValue:
    logger.warning("refused form: %s", error.description)
    if not current_user.is_authenticated and guard_of(request_view()) != "public":
        kept = ask_to_sign_in()
    else:
        carried = unpacked(packed_request())
        kept = show_carried(carried, status=400) if carried else None
    if kept is not None:
        return kept
    return render_template("errors/stale_form.html", status=400), 400


def _on_overtaken(_error: Exception) -> ResponseReturnValue:
    return _page(409)


def _on_busy_database(error: OperationalError) -> ResponseReturnValue:
    """Answer 503 when the database is away, locked for too long, or too slow."""
    logger.error("database: %s", error.orig)
    answer = make_response(_page(503))
    answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer


def init_errors(app: Flask) -> None:
    """Answer every error with a page of the product, never with a trace."""
    app.register_error_handler(CSRFError, _on_csrf_error)
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(StaleDataError, _on_overtaken)
    # Two people did the same at once, and a constraint kept the second one out.
    app.register_error_handler(IntegrityError, _on_overtaken)
    app.register_error_handler(OperationalError, _on_busy_database)
