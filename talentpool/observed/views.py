"""The page of observed missions."""

from datetime import date

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from talentpool.access import Permission, access
from talentpool.observed import queries
from talentpool.observed.models import ObservedMission
from talentpool.observed.presenting import by_person, lanes_of
from talentpool.web.numbers import row_number
from talentpool.web.pagination import Page
from talentpool.web.timeline import ZOOMS, Period, Timeline, draw

bp = Blueprint("observed", __name__)
PEOPLE_PER_PAGE = 200


@bp.get("/missions-observees")
@access(Permission.READ_PLACEMENTS)
def listing() -> ResponseReturnValue:
    """Draw the observed missions of a period, a lane per person."""
    today = date.today()
    family = request.args.get("famille", "")
    period = Period.asked(request.args.get("zoom"), request.args.get("date"), today=today)
    missions = queries.missions_between(period.first, period.last, family=family)
    page = _page(by_person(missions))
    return render_template(
        "observed/listing.html",
        page=page,
        drawing=draw(Timeline(period.first, period.last, today, lanes_of(page.rows))),
        mission_count=len(missions),
        period=period,
        zooms=ZOOMS,
        today=today,
        family=family,
        families=queries.families(),
        any_mission=queries.any_mission(),
        url_for_period=lambda zoom, day: _address(zoom, day, family),
    )


def _page(people: list[list[ObservedMission]]) -> Page[list[ObservedMission]]:
    """Return the people of the page that the request asks for; out of range, the nearest one."""
    pages = max(1, -(-len(people) // PEOPLE_PER_PAGE))
    number = min(max(request.args.get("page", 1, type=row_number), 1), pages)
    first = (number - 1) * PEOPLE_PER_PAGE
    return Page(
        rows=people[first : first + PEOPLE_PER_PAGE],
        total=len(people),
        page=number,
        per_page=PEOPLE_PER_PAGE,
    )


def _address(zoom: str, day: date, family: str) -> str:
    return url_for("observed.listing", zoom=zoom, date=day.isoformat(), famille=family or None)
