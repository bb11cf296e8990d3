"""Pages on which people have themselves erased."""

from datetime import date

from flask import Response, after_this_request, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, Role, access, public
from talentpool.accounts.session import end_session
from talentpool.privacy import storage
from talentpool.privacy.erasing import (
    AtWork,
    LastAdministrator,
    StillBound,
    check_erasable,
    erase_person,
)
from talentpool.privacy.forms import EraseForm
from talentpool.privacy.models import Erasure, ErasureKind
from talentpool.privacy.people import Person
from talentpool.privacy.views import (
    bp,
    own_account,
    own_person,
    proves_identity,
)
from talentpool.web.forms import render_form
from talentpool.web.pipeline import see_other
from talentpool.web.security import account_key, limiter, sign_in_limit


@bp.route("/mes-donnees/effacer", methods=["GET", "POST"])
@access(Permission.USE_OWN_ACCOUNT)
@limiter.limit(sign_in_limit, key_func=account_key, methods=["POST"])
def erase() -> ResponseReturnValue:
    """Have oneself erased, at once and for good."""
    person, form = own_person(), EraseForm()
    refused = refusal(person) or _office()
    if refused is None and form.validate_on_submit() and proves_identity(form):
        erased(person, ErasureKind.ASKED)
        end_session()
        return see_other("privacy.over")
    return render_form("privacy/erase.html", form, person=person, refused=refused)


@bp.get("/donnees-effacees")
@public
def over() -> ResponseReturnValue:
    """Say what has just gone."""
    return render_template("privacy/over.html")


def refusal(person: Person) -> StillBound | LastAdministrator | None:
    """Return why a person cannot be erased now, if anything."""
    try:
        check_erasable(person, today=date.today())
    except (StillBound, LastAdministrator) as refused:
        return refused
    return None


def _office() -> AtWork | None:
    return None if current_user.role is Role.TALENT else AtWork()


def erased(person: Person, kind: ErasureKind) -> Erasure:
    """Erase a person and, once that is committed, have the database forget what it deleted."""
    erasure = erase_person(
        person,
        kind=kind,
        today=date.today(),
        key=secret_key(),
        by=own_account() if current_user.is_authenticated else None,
    )

    @after_this_request
    def forget(response: Response) -> Response:
        storage.fold_in_log()
        return response

    return erasure


def secret_key() -> bytes:
    """Return the key that the ledger's marks are made with."""
    return str(current_app.config["SECRET_KEY"]).encode()
