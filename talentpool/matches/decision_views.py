"""Deciding from the list in one choice, and lifting somebody's anonymity."""

from flask import abort, flash, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.matches import queries, services
from talentpool.matches.anonymity import lift_anonymity
from talentpool.matches.models import IN_THE_LIST, MatchRun, ReasonCode, Verdict
from talentpool.matches.views import bp, suggestion_page
from talentpool.talents.models import Talent
from talentpool.web.numbers import row_number
from talentpool.web.pipeline import see_other

LONGEST_REASON = 300
LONGEST_NOTE = 2_000


@bp.post("/classements/<int:run_id>/<person_key>/decider")
@access(Permission.DECIDE_ON_TALENTS)
def decide_quickly(run_id: int, person_key: str) -> ResponseReturnValue:
    """Take a decision from the list; one that was overtaken is shown beside the other one."""
    run, talent = _run_and_talent(run_id, person_key)
    verdict, _colon, reason = request.form.get("choice", "").partition(":")
    seen = request.form.get("seen", type=row_number)
    if verdict not in set(IN_THE_LIST) or reason not in set(IN_THE_LIST[Verdict(verdict)]):
        flash(translated(_("Choisissez une décision et sa raison.")), "error")
        return see_other("matches.seat", seat_id=run.seat_id)
    try:
        services.decide(
            run.seat,
            talent,
            verdict=Verdict(verdict),
            reason=ReasonCode(reason),
            note=request.form.get("note", "").strip()[:LONGEST_NOTE],
            seen=seen,
            run=run,
            by=current_user,
        )
    except services.DecidedMeanwhile:
        # Both decisions side by side, with nothing lost of this one.
        typed = {name: request.form.get(name, "") for name in ("note", "seen", "csrf_token")}
        return suggestion_page(run, person_key, {"verdict": verdict, "reason": reason, **typed})
    flash(translated(_("Décision enregistrée.")), "success")
    return see_other("matches.seat", seat_id=run.seat_id, _anchor=f"p-{person_key}")


@bp.post("/classements/<int:run_id>/<person_key>/nom")
@access(Permission.DECIDE_ON_TALENTS)
def lift_name(run_id: int, person_key: str) -> ResponseReturnValue:
    """Let the agency read somebody's name for this seat; who did it, and why, is kept."""
    run, talent = _run_and_talent(run_id, person_key)
    reason = request.form.get("reason", "").strip()[:LONGEST_REASON]
    if reason:
        lift_anonymity(run.seat, talent, reason=reason, by=current_user)
        flash(translated(_("Le nom est visible pour ce poste ; le journal le garde.")), "success")
    else:
        flash(translated(_("Écrivez pourquoi ce nom est nécessaire.")), "error")
    return see_other("matches.suggestion", run_id=run.id, person_key=person_key)


def _run_and_talent(run_id: int, person_key: str) -> tuple[MatchRun, Talent]:
    run = db.get_or_404(MatchRun, run_id)
    if queries.result_of(run, person_key) is None:
        abort(404)
    return run, queries.talents_by_key({person_key}).get(person_key) or abort(404)
