"""Errors as pages: what happened, what was kept, what to do, and an identifier to quote."""

import logging

from flask import Flask, Response, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from talentpool.i18n import _

logger = logging.getLogger(__name__)

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
        _("Attendez quelques minutes avant de recommencer. Votre compte n’est pas bloqué."),
    ),
    500: (
        _("Une erreur est survenue"),
        _(
            "Rien n’a été enregistré. Recommencez ; si cela se répète, citez l’identifiant ci-dessous."
        ),
    ),
}


def _page(status: int) -> ResponseReturnValue:
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
    return render_template("errors/stale_form.html", status=400), 400


def _on_stale_row(_error: StaleDataError) -> ResponseReturnValue:
    return _page(409)


def init_errors(app: Flask) -> None:
    """Answer every error with a page of the product, never with a trace."""
    app.register_error_handler(CSRFError, _on_csrf_error)
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(StaleDataError, _on_stale_row)
