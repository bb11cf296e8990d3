"""stub."""

from flask import Blueprint
from talentpool.access import Permission, access

bp = Blueprint("oversight", __name__)


@bp.get("/supervision")
@access(Permission.READ_OVERSIGHT)
def show():
    return ""


@bp.get("/supervision/<sheet>.<format>")
@access(Permission.READ_OVERSIGHT)
def export(sheet, format):
    return ""
