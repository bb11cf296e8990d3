"""Pages that bring needs in from files and take them out."""

from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.needs import queries
from talentpool.needs.imports import COLUMNS, NeedImporter, need_rows
from talentpool.needs.views import bp
from talentpool.tabular.views import answer_import, download


@bp.route("/besoins/importer", methods=["GET", "POST"])
@access(Permission.IMPORT_NEEDS)
def import_needs() -> ResponseReturnValue:
    """Import a file of needs."""
    return answer_import(NeedImporter, "needs/import_needs.html")


@bp.get("/besoins/besoins.<format>")
@access(Permission.EXPORT_NEEDS)
def export_needs(format: str) -> ResponseReturnValue:
    """Download every need that the agency has received."""
    needs = list(db.session.scalars(queries.needs(current_user)))
    return download(need_rows(needs), COLUMNS, format, "besoins")
