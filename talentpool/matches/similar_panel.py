"""What a need's pages say of needs that resemble it, in slots that lower pages offer."""

from flask import current_app, get_template_attribute
from flask_login import current_user
from markupsafe import Markup

from talentpool.access import Permission
from talentpool.matches.similar import seen_by, similar_to
from talentpool.needs.models import Need
from talentpool.web.pipeline import may

#: The public page of a need, of a higher feature.
BOARD = "board.show"


def similar_panel(need: Need) -> Markup:
    """Write the needs that resemble one, as far as the reader may know of them."""
    if not may(Permission.READ_NEEDS, need) or not may(Permission.WRITE_NEEDS):
        return Markup()
    return _written(need)


def staff_similar_panel(need: Need) -> Markup:
    """Write, for the agency alone, the needs that resemble a submitted one, with the words they share."""
    if not may(Permission.READ_RANKINGS) or not need.is_submitted:
        return Markup()
    return _written(need)


def _written(need: Need) -> Markup:
    seen = seen_by(current_user, similar_to(need))
    if not seen.named and not seen.has_others:
        return Markup()
    write = get_template_attribute("matches/_similar.html", "similar_needs")
    written: Markup = write(
        seen,
        with_words=may(Permission.READ_RANKINGS),
        has_board=BOARD in current_app.view_functions,
    )
    return written
