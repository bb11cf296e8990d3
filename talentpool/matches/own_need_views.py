"""What the person who is ranked reads: the needs that fit them, and the explanations issued to them."""

from datetime import date

from flask import Response, get_template_attribute, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.interests.queries import interests_of
from talentpool.matches.letter_models import ExplanationLetter
from talentpool.matches.letter_views import PDF
from talentpool.matches.letters import letters_to
from talentpool.matches.own_needs import own_rows
from talentpool.matches.own_past import unexplained_seats
from talentpool.matches.views import PER_PAGE, bp
from talentpool.talents.models import Talent
from talentpool.talents.queries import profile_of
from talentpool.visibility.queries import visibility_of
from talentpool.web.pagination import page_of
from talentpool.web.pipeline import may, require
from talentpool.web.security import account_key, limiter


@bp.get("/besoins-pour-moi")
@access(Permission.EDIT_OWN_PROFILE)
@limiter.limit("120 per hour", key_func=account_key)
def own_needs() -> ResponseReturnValue:
    """Show the open needs as they would be ranked for the viewer, with why, and store nothing."""
    talent, today = profile_of(current_user), date.today()
    rows = own_rows(talent, today=today) if talent else []
    return render_template(
        "matches/own_needs.html",
        talent=talent,
        chosen=visibility_of(talent) if talent else None,
        page=page_of(
            list(range(len(rows))), lambda places: [rows[p] for p in places], per_page=PER_PAGE
        ),
        said=interests_of(talent) if talent else {},
        today=today,
    )


@bp.get("/mes-explications/<int:letter_id>.pdf")
@access(Permission.EDIT_OWN_PROFILE)
def own_explanation_pdf(letter_id: int) -> ResponseReturnValue:
    """Download an explanation that was issued to the viewer."""
    letter = db.get_or_404(ExplanationLetter, letter_id)
    require(Permission.EDIT_OWN_PROFILE, letter.talent)
    headers = {"Content-Disposition": f'attachment; filename="explication-{letter.reference}.pdf"'}
    return Response(letter.pdf, content_type=PDF, headers=headers)


def own_explanations(talent: Talent) -> Markup:
    """Write, to a person, the explanations issued to them, and for what they may ask for one."""
    if not may(Permission.EDIT_OWN_PROFILE, talent):
        return Markup()
    write = get_template_attribute("matches/_own_explanations.html", "explanations")
    written: Markup = write(letters_to(talent), unexplained_seats(talent))
    return written
