"""The product as gunicorn serves it, with the number of its database queries in a header of each answer."""

from flask import Response, g
from sqlalchemy import event

from talentpool import create_app
from talentpool.db import db

HEADER = "X-Queries"

app = create_app()


def _count(*_details: object) -> None:
    g.queries = g.get("queries", 0) + 1


@app.after_request
def _say(response: Response) -> Response:
    response.headers[HEADER] = str(g.get("queries", 0))
    return response


with app.app_context():
    event.listen(db.engine, "before_cursor_execute", _count)
