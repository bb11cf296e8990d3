"""Pages that explain a decision to the person whom it is about."""

from datetime import date

from flask import Response, abort, flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.matches import letters
from talentpool.matches.explanation import Case
from talentpool.matches.letter_models import ExplanationLetter
from talentpool.matches.models import Verdict
from talentpool.matches.views import bp
from talentpool.needs.models import NeedSeat
from talentpool.web.pipeline import require, see_other

PDF = "application/pdf"


@bp.get("/postes/<int:seat_id>/explication/<person_key>")
@access(Permission.READ_RANKINGS)
def explanation(seat_id: int, person_key: str) -> ResponseReturnValue:
    """Show what the explanation would say, and the letters already issued."""
    case = _case(seat_id, person_key)
    is_named = bool(case.decisions) and case.decisions[-1].verdict is Verdict.SHORTLISTED
    return render_template(
        "matches/explanation.html",
        case=case,
        person_key=person_key,
        is_named=is_named,
        written=letters.preview(case, dated_on=date.today(), is_named=is_named),
        issued=letters.letters_about(case.seat, case.talent.id),
    )


@bp.post("/postes/<int:seat_id>/explication/<person_key>/editer")
@access(Permission.DECIDE_ON_TALENTS)
def issue_explanation(seat_id: int, person_key: str) -> ResponseReturnValue:
    """Issue the explanation: written, printed, kept, journaled."""
    letter = letters.issue(_case(seat_id, person_key), dated_on=date.today(), by=current_user)
    flash(translated(_("Explication %(number)s éditée."), number=letter.reference), "success")
    return see_other("matches.explanation", seat_id=seat_id, person_key=person_key)


@bp.get("/explications/<int:letter_id>.pdf")
@access(Permission.READ_RANKINGS)
def explanation_pdf(letter_id: int) -> ResponseReturnValue:
    """Download an explanation as it was issued."""
    letter = db.get_or_404(ExplanationLetter, letter_id)
    require(Permission.READ_NEEDS, letter.seat.need)
    headers = {"Content-Disposition": f'attachment; filename="explication-{letter.reference}.pdf"'}
    return Response(letter.pdf, content_type=PDF, headers=headers)


def _case(seat_id: int, person_key: str) -> Case:
    seat = db.get_or_404(NeedSeat, seat_id)
    require(Permission.READ_NEEDS, seat.need)
    try:
        return letters.case_of(seat, person_key)
    except letters.NothingToExplain:
        abort(404)
