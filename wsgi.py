"""The application, for any WSGI server."""

from talentpool import create_app
from talentpool.demo.guard import refuse_demo_in_production

app = create_app()
refuse_demo_in_production(app)
