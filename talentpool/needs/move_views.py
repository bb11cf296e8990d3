"""Pages that move a need: one for each move that takes a reason or words, a button for the plain ones."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import AGENCY, Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.needs import lifecycle
from talentpool.needs.models import Need, NeedMove
from talentpool.needs.move_forms import DECLINE_SENTENCES, MoveForm, PlainMoveForm
from talentpool.needs.stages import MOVES, Move, MoveReason, moves_for
from talentpool.needs.step_table import STEP_OF_LACKING
from talentpool.needs.views import bp
from talentpool.web.forms import render_form
from talentpool.web.pipeline import may, require, see_other


@dataclass(frozen=True)
class MovePage:
    """What the page of a move says: its title, what will happen and to whom, its button, and what was done."""

    title: str
    effect: str
    button: str
    done: str


@dataclass(frozen=True)
class MoveButton:
    """A move that is open to the viewer; `is_post` where one click makes it."""

    label: str
    address: str
    is_post: bool
    kind: str


PAGES = {
    Move.ASK_COMPLEMENT: MovePage(
        _("Demander un complément"),
        _(
            "Le ministère lit votre demande, peut de nouveau modifier son besoin, et vous le rend "
            "complété. L’instruction attend jusque-là."
        ),
        _("Envoyer la demande"),
        _("Complément demandé : le ministère peut compléter son besoin."),
    ),
    Move.COMPLETE: MovePage(
        _("Rendre le besoin complété"),
        _("L’agence reprend l’instruction, et le besoin ne se modifie plus jusqu’à sa réponse."),
        _("Rendre à l’agence"),
        _("Complément envoyé : l’agence reprend l’instruction."),
    ),
    Move.DECLINE: MovePage(
        _("Ne pas retenir ce besoin"),
        _(
            "L’instruction s’arrête et les postes se ferment. Le ministère lit la raison et votre "
            "réponse. L’agence peut rouvrir le besoin plus tard."
        ),
        _("Ne pas retenir et répondre"),
        _("Besoin non retenu : le ministère lit votre réponse."),
    ),
    Move.WITHDRAW: MovePage(
        _("Retirer ce besoin"),
        _(
            "L’agence cesse de travailler sur ce besoin : ses postes se ferment et les "
            "propositions en cours s’arrêtent. Le besoin reste lisible ; l’agence peut le rouvrir."
        ),
        _("Retirer le besoin"),
        _("Besoin retiré : l’agence en est informée."),
    ),
    Move.GIVE_UP: MovePage(
        _("Clore sans solution"),
        _(
            "La recherche s’arrête, les postes se ferment et les propositions en cours aussi. Le "
            "besoin reste compté parmi les demandes sans solution, avec sa raison."
        ),
        _("Clore sans solution"),
        _("Besoin clos sans solution : le ministère lit votre message."),
    ),
    Move.REOPEN: MovePage(
        _("Rouvrir ce besoin"),
        _(
            "Les postes qui n’étaient pas pourvus se rouvrent. Un besoin qui avait été retenu "
            "reprend sa recherche ; un autre revient en instruction. Le ministère le voit sur sa page."
        ),
        _("Rouvrir le besoin"),
        _("Besoin rouvert."),
    ),
}
#: Buttons of the moves, in the order in which a page offers them; `True` where one click is enough.
BUTTONS = {
    Move.SUBMIT: (_("Déposer ce besoin"), "needs.submit", True),
    Move.TAKE_UP: (_("Commencer l’instruction"), "needs.take_up", True),
    Move.APPROVE: (_("Retenir ce besoin"), "needs.approve", True),
    Move.COMPLETE: (_("Rendre le besoin complété"), "needs.complete", False),
    Move.ASK_COMPLEMENT: (_("Demander un complément"), "needs.ask_complement", False),
    Move.DECLINE: (_("Ne pas retenir"), "needs.decline", False),
    Move.CLOSE: (_("Clore ce besoin"), "needs.close", True),
    Move.GIVE_UP: (_("Clore sans solution"), "needs.give_up", False),
    Move.WITHDRAW: (_("Retirer ce besoin"), "needs.withdraw", False),
    Move.REOPEN: (_("Rouvrir ce besoin"), "needs.reopen", False),
}
#: The one step forward: the page's callout offers it, so that the row of moves below need not.
FORWARD = frozenset({Move.SUBMIT, Move.TAKE_UP, Move.APPROVE})
ILLEGAL = _(
    "Ce besoin a changé d’état entre-temps (« %(status)s ») : ce geste n’a plus lieu d’être."
)
LACKING = {
    "title": _("son nom"),
    "summary": _("sa phrase de résumé"),
    "text": _("le problème et ce qui est attendu"),
    "seats": _("au moins un poste"),
    "exit_plan": _("le plan de sortie : ce qui suit la mission"),
}

MAKE: dict[Move, Callable[[Need, MoveForm], NeedMove]] = {
    Move.ASK_COMPLEMENT: lambda need, form: lifecycle.ask_complement(
        need, words=form.words.data or "", by=current_user
    ),
    Move.COMPLETE: lambda need, form: lifecycle.complete_need(
        need, words=form.words.data or "", by=current_user
    ),
    Move.DECLINE: lambda need, form: lifecycle.decline_need(
        need, reason=form.chosen, words=form.words.data or "", by=current_user
    ),
    Move.WITHDRAW: lambda need, form: lifecycle.withdraw_need(
        need, reason=form.chosen, words=form.words.data or "", by=current_user
    ),
    Move.GIVE_UP: lambda need, form: lifecycle.give_up_need(
        need, reason=form.chosen, words=form.words.data or "", by=current_user
    ),
}


@bp.app_template_global()
def move_buttons(need: Need) -> list[MoveButton]:
    """List the viewer's moves on a need, but the one step forward, which stands in the page's callout."""
    open_now = moves_for(need.status, lambda permission: may(permission, need))
    return [
        MoveButton(
            label,
            url_for(endpoint, need_id=need.id),
            is_post,
            "primary" if move is Move.COMPLETE else "tertiary",
        )
        for move, (label, endpoint, is_post) in BUTTONS.items()
        if move in open_now and move not in FORWARD
    ]


@bp.app_template_global()
def lacking_parts(need: Need, names: list[str]) -> list[tuple[str, str | None]]:
    """Pair each missing part, in words, with the page to write it on; None for whoever may not write it."""
    writes = may(Permission.WRITE_NEEDS, need)
    return [(LACKING[name], _address_of(need, name) if writes else None) for name in names]


def _address_of(need: Need, part: str) -> str:
    return url_for("needs.step", need_id=need.id, step=STEP_OF_LACKING[part].code)


@bp.app_template_global()
def mover_of(move: NeedMove) -> str:
    """Say who made a move, to the viewer: hosts read « l’agence », not the name of whoever works there."""
    if move.moved_by is None:
        return ""
    if move.moved_by.role in AGENCY and current_user.role not in AGENCY:
        return translated(_("l’agence"))
    return move.moved_by.display_name


bp.add_app_template_global(lifecycle.lacking_to_approve, "lacking_to_approve")


def loaded_for(need_id: int, move: Move) -> Need:
    """Return a need that the viewer may move in this way, once it stands where it must; 404 otherwise."""
    need = db.get_or_404(Need, need_id)
    require(Permission.READ_NEEDS, need)
    permission = MOVES[move].permission
    assert permission is not None  # noqa: S101 - pages are of moves that somebody makes
    require(permission, need)
    return need


def illegal(need: Need) -> ResponseReturnValue:
    """Say that a need has moved meanwhile, and lead back to it."""
    flash(translated(ILLEGAL, status=translated(need.status.label)), "error")
    return see_other("needs.show", need_id=need.id)


def lacks(refused: lifecycle.NeedNotReady) -> str:
    """Say in words what a need lacks."""
    parts = ", ".join(translated(LACKING[name]) for name in refused.lacking)
    return translated(_("Il manque encore à ce besoin : %(parts)s."), parts=parts)


def _answer(need_id: int, move: Move) -> ResponseReturnValue:
    """Show the page of a move, or make the move."""
    need = loaded_for(need_id, move)
    if need.status not in MOVES[move].sources:
        return illegal(need)
    form = MoveForm()
    form.offer(move)
    if form.validate_on_submit():
        try:
            MAKE[move](need, form)
        except lifecycle.NeedNotReady as refused:
            form.form_errors.append(lacks(refused))
        else:
            flash(translated(PAGES[move].done), "success")
            return see_other("needs.show", need_id=need.id)
    return render_form("needs/move.html", form, need=need, page=PAGES[move])


@bp.post("/besoins/<int:need_id>/instruire")
@access(Permission.APPROVE_NEEDS)
def take_up(need_id: int) -> ResponseReturnValue:
    """Begin to examine a submitted need."""
    need = loaded_for(need_id, Move.TAKE_UP)
    try:
        lifecycle.take_up_need(need, by=current_user)
    except lifecycle.IllegalMove:
        flash(translated(_("Ce besoin est déjà en instruction.")), "info")
    else:
        flash(translated(_("Instruction commencée : le ministère le voit sur sa page.")), "success")
    return see_other("needs.show", need_id=need.id)


@bp.route("/besoins/<int:need_id>/demander-un-complement", methods=["GET", "POST"])
@access(Permission.APPROVE_NEEDS)
def ask_complement(need_id: int) -> ResponseReturnValue:
    """Ask the ministry for what is missing."""
    return _answer(need_id, Move.ASK_COMPLEMENT)


@bp.route("/besoins/<int:need_id>/rendre", methods=["GET", "POST"])
@access(Permission.SPEAK_FOR_NEEDS)
def complete(need_id: int) -> ResponseReturnValue:
    """Bring what the agency asked for."""
    return _answer(need_id, Move.COMPLETE)


@bp.route("/besoins/<int:need_id>/ne-pas-retenir", methods=["GET", "POST"])
@access(Permission.APPROVE_NEEDS)
def decline(need_id: int) -> ResponseReturnValue:
    """Say no: first the reason, then the sentence that goes with it, which the officer edits."""
    if request.method == "POST":
        return _answer(need_id, Move.DECLINE)
    need = loaded_for(need_id, Move.DECLINE)
    if need.status not in MOVES[Move.DECLINE].sources:
        return illegal(need)
    asked = request.args.get("motif", "")
    reasons = MOVES[Move.DECLINE].reasons
    if asked not in {reason.value for reason in reasons}:
        return render_template("needs/decline.html", need=need, reasons=reasons)
    form = MoveForm(reason=asked, words=translated(DECLINE_SENTENCES[MoveReason(asked)]))
    form.offer(Move.DECLINE)
    return render_form("needs/move.html", form, need=need, page=PAGES[Move.DECLINE])


@bp.route("/besoins/<int:need_id>/retirer", methods=["GET", "POST"])
@access(Permission.SPEAK_FOR_NEEDS)
def withdraw(need_id: int) -> ResponseReturnValue:
    """Take a need back on its ministry's word."""
    return _answer(need_id, Move.WITHDRAW)


@bp.route("/besoins/<int:need_id>/sans-solution", methods=["GET", "POST"])
@access(Permission.APPROVE_NEEDS)
def give_up(need_id: int) -> ResponseReturnValue:
    """Note that nobody could be found."""
    return _answer(need_id, Move.GIVE_UP)


@bp.post("/besoins/<int:need_id>/clore")
@access(Permission.APPROVE_NEEDS)
def close(need_id: int) -> ResponseReturnValue:
    """End a need with its open seats; reopening undoes it."""
    need = loaded_for(need_id, Move.CLOSE)
    try:
        lifecycle.close_need(need, by=current_user)
    except lifecycle.IllegalMove:
        flash(translated(_("Ce besoin ne peut pas être clos dans son état actuel.")), "error")
    else:
        flash(translated(_("Besoin clos. Vous pouvez le rouvrir.")), "success")
    return see_other("needs.show", need_id=need.id)


@bp.route("/besoins/<int:need_id>/rouvrir", methods=["GET", "POST"])
@access(Permission.APPROVE_NEEDS)
def reopen(need_id: int) -> ResponseReturnValue:
    """Undo an end, once what that does was read."""
    need = loaded_for(need_id, Move.REOPEN)
    if need.status not in MOVES[Move.REOPEN].sources:
        flash(translated(_("Ce besoin n’est pas clos.")), "error")
        return see_other("needs.show", need_id=need.id)
    form = PlainMoveForm()
    if form.validate_on_submit():
        lifecycle.reopen_need(need, by=current_user)
        flash(translated(PAGES[Move.REOPEN].done), "success")
        return see_other("needs.show", need_id=need.id)
    return render_form("needs/move.html", form, need=need, page=PAGES[Move.REOPEN])
