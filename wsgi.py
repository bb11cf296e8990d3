"""The application, for any WSGI server."""

import gc

from talentpool import create_app
from talentpool.demo.guard import refuse_demo_in_production

# A ranking makes half a million short-lived values: by default each would have the whole heap walked
# several times, for half of its time.
gc.set_threshold(50_000, 20, 20)

app = create_app()
refuse_demo_in_production(app)
