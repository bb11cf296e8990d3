"""Makers of profiles."""

from datetime import date
from typing import Any

from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.skills.held import NamedSkill
from talentpool.talents.models import Talent
from talentpool.talents.services import ProfileContent, create_talent
from tests.factories.skills import make_family, make_skill


def make_content(**changes: Any) -> ProfileContent:
    """Make what a profile says."""
    values: dict[str, Any] = {
        "display_name": "Maëlle Essai",
        "headline": "Développement web et cartographie",
        "families": [make_family()],
        "skills": [NamedSkill("Python", make_skill("Python"), 3)],
        "experience": ["Une carte des forêts pour une région."],
        "text": "Je développe des cartes en Python et en JavaScript.",
        "available_from": date(2026, 1, 1),
        "share_pct": 100,
        **changes,
    }
    return ProfileContent(**values)


def make_talent(*, account: Account | None = None, **changes: Any) -> Talent:
    """Make a profile of the pool."""
    talent = create_talent(make_content(**changes), by=None, account=account)
    db.session.commit()
    return talent
