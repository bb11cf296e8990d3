"""Pages that bring profiles in from files and take them out."""

from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.tabular.views import answer_import, download
from talentpool.talents import queries
from talentpool.talents.imports import COLUMNS, ProfileImporter, profile_rows
from talentpool.talents.views import bp


@bp.route("/talents/importer", methods=["GET", "POST"])
@access(Permission.MANAGE_TALENTS)
def import_profiles() -> ResponseReturnValue:
    """Import a file of profiles."""
    return answer_import(ProfileImporter, "talents/import_profiles.html")


@bp.get("/talents/profils.<format>")
@access(Permission.EXPORT_TALENTS)
def export_profiles(format: str) -> ResponseReturnValue:
    """Download every profile."""
    talents = list(db.session.scalars(queries.talents(current_user)))
    return download(profile_rows(talents), COLUMNS, format, "profils")
