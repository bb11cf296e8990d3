"""Pages of duplicates."""
from flask import Blueprint

bp = Blueprint("merges", __name__)


@bp.get("/talents/doublons")
@__import__("talentpool.access").access.public
def talent_duplicates():
    return ""
