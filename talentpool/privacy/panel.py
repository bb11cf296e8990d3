"""What this feature says on the pages of lower ones."""

from typing import Any

from flask import render_template
from flask_login import current_user
from markupsafe import Markup

from talentpool.accounts.consents import has_read_notice
from talentpool.talents.models import Talent


def home_notice(_viewer: Any) -> Markup:
    """Tell whoever has not read the notice as it is now that there is something to read; nothing waits for it."""
    if not current_user.is_authenticated or has_read_notice(current_user):
        return Markup()
    return Markup(render_template("privacy/_notice.html"))  # noqa: S704 - a template of ours, escaped


def own_limit(talent: Talent | None) -> Markup:
    """Lead from one's profile to one's data, and say what limits its use."""
    return Markup(render_template("privacy/_own_limit.html", talent=talent))  # noqa: S704 - a template of ours, escaped


def limit_badge(talent: Talent) -> Markup:
    """Tell the agency that a profile is kept and may serve nothing else."""
    if talent.restricted_at is None:
        return Markup()
    return Markup(render_template("privacy/_limit_badge.html", talent=talent))  # noqa: S704 - a template of ours, escaped
