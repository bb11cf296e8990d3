"""Profiles from the command line."""

from collections.abc import Iterator
from typing import Any

from talentpool.db import db
from talentpool.tabular.cli import export_command, import_command
from talentpool.talents.imports import COLUMNS, ProfileImporter, profile_rows
from talentpool.talents.models import Talent
from talentpool.talents.queries import present_profiles


def _rows() -> Iterator[dict[str, Any]]:
    return profile_rows(list(db.session.scalars(present_profiles().order_by(Talent.id))))


import_profiles = import_command("profiles", ProfileImporter)
export_profiles = export_command("profiles", COLUMNS, _rows)
