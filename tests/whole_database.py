"""Every row of the database, to tell whether two states of it are the same."""

from sqlalchemy import select

from talentpool.db import db
from talentpool.merges.rows import CLOCKS

#: What a merge itself writes down: it goes on after a separation.
RECORDS = {"record_merge", "journal_entry"}


def everything() -> dict[str, list[dict]]:
    """Read every column of every row but the clocks, which only go forward."""
    db.session.flush()
    return {
        table.name: [
            {name: value for name, value in row.items() if name not in CLOCKS}
            for row in db.session.execute(select(table).order_by(*table.primary_key)).mappings()
        ]
        for table in db.metadata.sorted_tables
        if table.name not in RECORDS
    }
