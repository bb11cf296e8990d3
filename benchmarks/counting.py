"""The product as gunicorn serves it, with the number of its database queries in a header of each answer."""

from flask import Response, g
from sqlalchemy import event

from talentpool.db import db
from wsgi import app

HEADER = "X-Queries"


def _count(*_details: object) -> None:
    g.queries = g.get("queries", 0) + 1


@app.after_request
def _say(response: Response) -> Response:
    response.headers[HEADER] = str(g.get("queries", 0))
    return response


with app.app_context():
    event.listen(db.engine, "before_cursor_execute", _count)
