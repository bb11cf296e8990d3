"""The page on which the agency's director watches what the ranking does to people."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.oversight.facts import PERIODS, Facts, period_of, read_facts
from talentpool.oversight.group_sheets import group_sheets
from talentpool.oversight.sheets import SHEETS
from talentpool.oversight.tables import NOTHING, Sheet
from talentpool.tabular.columns import Column
from talentpool.tabular.views import download
from talentpool.web.numbers import row_number

bp = Blueprint("oversight", __name__)

#: The period that is shown until another one is chosen.
USUAL = 6


@bp.get("/supervision")
@access(Permission.READ_OVERSIGHT)
def show() -> ResponseReturnValue:
    """Show every figure of a period, each as a table with its bars."""
    facts = _facts()
    return render_template(
        "oversight/show.html",
        facts=facts,
        sheets=_sheets(facts),
        periods=PERIODS,
        months=len(facts.period.months),
        cell=cell,
    )


@bp.get("/supervision/<sheet>.<format>")
@access(Permission.READ_OVERSIGHT)
def export(sheet: str, format: str) -> ResponseReturnValue:
    """Download one table of a period."""
    facts = _facts()
    found = next((one for one in _sheets(facts) if one.code == sheet), None) or abort(404)
    return download(found.rows, found.columns, format, f"supervision-{sheet}")


def cell(column: Column, value: Any) -> str:
    """Write a value as tables do."""
    if value is None:
        return NOTHING
    return f"{value}\N{NO-BREAK SPACE}%" if column.name.endswith("percent") else str(value)


def _facts() -> Facts:
    asked = request.args.get("mois", type=row_number)
    months = asked if asked in PERIODS else USUAL
    return read_facts(current_user, period_of(months, date.today()))


def _sheets(facts: Facts) -> list[Sheet]:
    return [*(make(facts) for make in SHEETS), *group_sheets(facts)]
