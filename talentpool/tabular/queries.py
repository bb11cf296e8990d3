"""Reading past imports."""

from sqlalchemy import Select, select

from talentpool.tabular.models import ImportRun


def import_runs() -> Select[ImportRun]:
    """Select the imports, newest first."""
    return select(ImportRun).order_by(ImportRun.id.desc())
