"""How the ranking changes over months, whatever changes it: texts, people, needs or the algorithm."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import median

from matching import Answer
from talentpool.oversight.effects import Portion
from talentpool.oversight.facts import Facts, Head


@dataclass(frozen=True)
class Month:
    """One month: None where there is nothing to take a median of."""

    month: date
    runs: int
    median_score: float | None
    unknown: Portion
    chosen: int
    median_rank: float | None
    versions: list[str]


def drift(facts: Facts) -> list[Month]:
    """Return a period's months in order, those without a ranking too."""
    month_of = facts.period.month_of
    runs = {run.id: run for run in facts.runs}
    heads: dict[date, list[Head]] = defaultdict(list)
    for head in facts.heads:
        heads[month_of(runs[head.run].at)].append(head)
    ranks: dict[date, list[int | None]] = defaultdict(list)
    for one in facts.chosen:
        place = facts.place(one.pair, one.run)
        ranks[month_of(one.at)].append(place.rank if place else None)
    found = []
    for month in facts.period.months:
        made = [run for run in facts.runs if month_of(run.at) == month]
        answers = [answer for head in heads[month] for answer in head.answers]
        known = [rank for rank in ranks[month] if rank is not None]
        found.append(
            Month(
                month,
                len(made),
                median(head.score for head in heads[month]) if heads[month] else None,
                Portion(answers.count(Answer.UNKNOWN), len(answers)),
                len(ranks[month]),
                median(known) if known else None,
                list(dict.fromkeys(run.version for run in made)),
            )
        )
    return found
