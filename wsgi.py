"""The application, for any WSGI server."""

from talentpool import create_app

app = create_app()
