"""What a profile shows of skills and of what they stand on, in slots that lower pages offer."""

from datetime import date

from flask import current_app, get_template_attribute
from markupsafe import Markup

from talentpool.access import Permission
from talentpool.assessments.models import years_between
from talentpool.assessments.queries import readings_of
from talentpool.talents.models import Talent
from talentpool.web.pipeline import may


def years_shown(assessed_on: date) -> int:
    """Return the age of an assessment that is old enough to be told, in whole years; else none."""
    years = years_between(assessed_on, date.today())
    return years if years >= current_app.config["ASSESSMENT_YEARS"] else 0


def skills_panel(talent: Talent) -> Markup:
    """Write somebody's skills with what each stands on, to whoever may read the page that asks."""
    write = get_template_attribute("assessments/_skills.html", "skills")
    written: Markup = write(
        talent,
        readings_of([talent])[talent.id],
        is_own=may(Permission.EDIT_OWN_PROFILE, talent),
    )
    return written
