"""Needs from the command line."""

from collections.abc import Iterator
from typing import Any

from talentpool.db import db
from talentpool.needs.imports import COLUMNS, NeedImporter, need_rows
from talentpool.needs.models import Need
from talentpool.needs.queries import whole_needs
from talentpool.tabular.cli import export_command, import_command


def _rows() -> Iterator[dict[str, Any]]:
    return need_rows(list(db.session.scalars(whole_needs().order_by(Need.id))))


import_needs = import_command("needs", NeedImporter)
export_needs = export_command("needs", COLUMNS, _rows)
