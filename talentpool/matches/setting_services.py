"""Keeping settings of rankings under a name, finding them, removing them."""

from sqlalchemy import or_, select

from talentpool.access import Viewer
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.journal import services as journal
from talentpool.matches.setting_models import RankingSetting
from talentpool.matches.settings import Setting
from talentpool.naming import folded


class NameAlreadyTaken(Exception):
    """A setting that the person sees has this name."""


class NotOwnSetting(Exception):
    """Only who made a setting may remove it."""


def settings_of(viewer: Viewer) -> list[RankingSetting]:
    """List one's own settings and those that are shared, by name."""
    seen = or_(RankingSetting.created_by_id == viewer.id, RankingSetting.is_shared)
    found = db.session.scalars(select(RankingSetting).where(seen))
    return sorted(found, key=lambda kept: (folded(kept.name), kept.id))


def save_setting(
    setting: Setting, *, name: str, is_shared: bool, by: Account | None
) -> RankingSetting:
    """Keep a setting under a name; raises `NameAlreadyTaken`."""
    if by is not None and any(folded(kept.name) == folded(name) for kept in settings_of(by)):
        raise NameAlreadyTaken(name)
    kept = RankingSetting(
        name=name,
        is_shared=is_shared,
        parameters=setting.to_json(),
        created_by_id=by.id if by else None,
    )
    db.session.add(kept)
    journal.record("ranking_setting.saved", kept, by=by, is_shared=is_shared)
    return kept


def remove_setting(kept: RankingSetting, *, by: Account) -> None:
    """Forget a setting; rankings made with it keep what they used. Raises `NotOwnSetting`."""
    if kept.created_by_id != by.id:
        raise NotOwnSetting
    journal.record("ranking_setting.removed", kept, by=by)
    db.session.delete(kept)
