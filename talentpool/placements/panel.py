"""What placements say on pages of other features."""

from datetime import date
from typing import Any

from flask import render_template
from flask_login import current_user
from markupsafe import Markup

from talentpool.access import Role
from talentpool.db import db
from talentpool.placements import queries


def home_missions(_viewer: Any) -> Markup:
    """Remind a talent of the missions that they lead or are about to begin, and of the days on which they end."""
    if current_user.role is not Role.TALENT:
        return Markup()
    today = date.today()
    led = [
        placement
        for placement in db.session.scalars(queries.placements(current_user))
        if not placement.status_on(today).is_over
    ]
    if not led:
        return Markup()
    return Markup(render_template("placements/_home.html", led=led, today=today))  # noqa: S704 - a template of ours, escaped
