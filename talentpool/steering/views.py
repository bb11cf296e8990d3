"""The weekly screen, the full list behind each of its figures, and the ledger of unmet demand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import Blueprint, abort, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.i18n import date_in_figures, translated
from talentpool.placements.wording import figure, fte
from talentpool.steering import columns, rows
from talentpool.steering.demand import unmet_demand, vacancies
from talentpool.steering.facts import Facts, read_facts
from talentpool.steering.questions import QUESTIONS, Question, for_file
from talentpool.steering.supply import Supply
from talentpool.steering.tension import family_tensions, skill_tensions
from talentpool.tabular.columns import Column
from talentpool.tabular.views import download

bp = Blueprint("steering", __name__)

#: How many rows of each list stand on the weekly screen.
SHOWN = 5


def _facts() -> tuple[Facts, Supply]:
    facts = read_facts(current_user, cap=current_app.config["POOL_FTE"], today=date.today())
    return facts, Supply(facts.ledger, facts.people.values(), today=facts.today)


def _asked(code: str) -> Question:
    return QUESTIONS.get(code) or abort(404)


def cell(column: Column, value: Any) -> str:
    """Write a row's value as tables do, in the reader's language."""
    match value:
        case None:
            return ""
        case date():
            return date_in_figures(value)
        case Fraction():
            return rows.rounded(value)
        case Decimal() if column.kind == "exact_share":
            return translated(rows.PERCENT, share=figure(value))
        case Decimal():
            return fte(value)
    return str(value)


@bp.get("/semaine")
@access(Permission.READ_STEERING)
def week() -> ResponseReturnValue:
    """Show what this week has to decide, on one screen."""
    facts, supply = _facts()
    sections = [
        (code, question, question.figure(facts, supply), list(question.rows(facts, supply)))
        for code, question in QUESTIONS.items()
    ]
    totals = next(facts.ledger.levels(facts.today, facts.today))
    return render_template(
        "steering/week.html", sections=sections, totals=totals, today=facts.today, shown=SHOWN
    )


@bp.get("/semaine/demande")
@access(Permission.READ_STEERING)
def demand() -> ResponseReturnValue:
    """Show a year of unmet demand, and which skills are short."""
    facts, supply = _facts()
    return render_template(
        "steering/demand.html",
        demand=unmet_demand(vacancies(facts), facts, supply),
        families=list(rows.tensions(family_tensions(facts, supply))),
        skills=list(rows.tensions(skill_tensions(facts, supply))),
        columns=columns.TENSIONS,
        cell=cell,
        rounded=rows.rounded,
        name_of=rows.name_of,
        month_of=rows.month_of,
    )


@bp.get("/semaine/<question>")
@access(Permission.READ_STEERING)
def detail(question: str) -> ResponseReturnValue:
    """Show the full list behind one figure."""
    asked = _asked(question)
    facts, supply = _facts()
    return render_template(
        "steering/detail.html",
        code=question,
        question=asked,
        figure=asked.figure(facts, supply),
        rows=list(asked.rows(facts, supply)),
        also=[(part, list(part.rows(facts, supply))) for part in asked.also],
        cell=cell,
    )


@bp.get("/semaine/<question>.<format>")
@access(Permission.READ_STEERING)
def export(question: str, format: str) -> ResponseReturnValue:
    """Download the full list behind one figure."""
    asked = _asked(question)
    found = (for_file(row) for row in asked.rows(*_facts()))
    return download(found, asked.columns, format, f"semaine-{question}")
