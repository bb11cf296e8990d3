"""Hand-counted cases over facts written out, without a database."""

from datetime import UTC, date, datetime
from fractions import Fraction

from talentpool.matches.models import ReasonCode, Verdict
from talentpool.matches.order_models import OrderReason
from talentpool.oversight import effects
from talentpool.oversight.drift import drift
from talentpool.oversight.effects import Portion
from talentpool.oversight.facts import (
    Answered,
    Chosen,
    Decided,
    Facts,
    Head,
    Ordered,
    Pair,
    Place,
    Run,
    period_of,
)
from talentpool.proposals.stages import AnswerReason, Question, Side

TODAY = date(2026, 11, 24)
PERIOD = period_of(3, TODAY)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
#: Seat 1 was ranked by run 10, seat 2 by run 20; person 7 was never ranked.
PLACES = {
    (10, 1): Place(1, ""),
    (10, 2): Place(3, ""),
    (10, 3): Place(12, "share"),
    (10, 4): Place(13, "dates share"),
    (20, 1): Place(4, ""),
    (20, 2): Place(11, ""),
}


def decided(
    seat: int, talent: int, verdict: str, reason: str = "skills_fit", run: int | None = None
) -> Decided:
    runs = {1: 10, 2: 20}
    return Decided(Pair(seat, talent), Verdict(verdict), ReasonCode(reason), run or runs.get(seat))


def chosen(seat: int, talent: int, run: int | None) -> Chosen:
    return Chosen(Pair(seat, talent), NOON, run)


FACTS = Facts(
    PERIOD,
    decisions=[
        decided(1, 1, "shortlisted"),
        decided(1, 2, "shortlisted", "theme_fit"),
        decided(1, 3, "brought_back", "negotiable"),
        decided(1, 3, "shortlisted"),
        decided(1, 4, "brought_back", "close_family"),
        decided(2, 1, "shortlisted"),
        decided(2, 1, "set_aside", "place"),
        decided(2, 2, "shortlisted"),
        decided(3, 7, "shortlisted"),
    ],
    places=PLACES,
    chosen=[chosen(1, 3, 10), chosen(2, 2, 20), chosen(3, 7, None)],
)


def test_the_first_is_counted_by_seat_among_seats_that_were_ranked() -> None:
    assert effects.first_shortlisted(FACTS) == Portion(1, 2)
    assert effects.first_chosen(FACTS) == Portion(0, 2)


def test_ranks_are_counted_by_band_and_those_apart_apart() -> None:
    told = effects.bands(FACTS)
    assert [(s.out_of, c.out_of) for _band, s, c in told] == [(4, 2)] * 5 + [(0, 0)]
    counted = {band: (s.count, c.count) for band, s, c in told}
    assert counted == {
        "1": (1, 0),
        "2-3": (1, 0),
        "4-10": (0, 0),
        "11+": (1, 1),
        "apart": (1, 1),
        "unranked": (1, 1),
    }


def test_returns_are_counted_by_each_criterion_missed() -> None:
    lines, portion = effects.returns(FACTS)
    told = {
        (criterion, reason.value): (line.brought_back, line.shortlisted, line.chosen)
        for (criterion, reason), line in lines.items()
    }
    assert told == {
        ("share", "negotiable"): (1, 1, 1),
        ("dates", "close_family"): (1, 0, 0),
        ("share", "close_family"): (1, 0, 0),
    }
    assert portion == Portion(2, 7)


def test_a_return_that_was_undone_is_none() -> None:
    facts = Facts(
        PERIOD,
        decisions=[decided(1, 3, "brought_back", "negotiable"), decided(1, 3, "undone", "mistake")],
        places=PLACES,
    )
    assert effects.returns(facts) == ({}, Portion(0, 0))


def test_orders_are_counted_by_reason_and_by_places() -> None:
    facts = Facts(
        PERIOD,
        decisions=FACTS.decisions,
        places=PLACES,
        orders=[
            Ordered(1, OrderReason.TEAM, [2, 1, 1]),
            Ordered(1, OrderReason.TEAM, [0, 1, 1]),
            Ordered(9, OrderReason.TURN, [1, 1]),
        ],
    )
    lines, portion = effects.reorderings(facts)
    assert [(one.reason, one.portion.count, one.mean_places, one.most_places) for one in lines] == [
        (OrderReason.TEAM, 2, Fraction(6, 5), 2),
        (OrderReason.TURN, 1, Fraction(1), 1),
    ]
    # Seats 1 and 9 were reordered; seat 2 kept one person only.
    assert portion == Portion(2, 2)


def test_reasons_are_portions_of_the_same_verdict_and_answer() -> None:
    counted = {(v, r): p for v, r, p in effects.verdicts(FACTS)}
    assert counted[Verdict.SHORTLISTED, ReasonCode.SKILLS_FIT] == Portion(5, 6)
    assert counted[Verdict.SHORTLISTED, ReasonCode.THEME_FIT] == Portion(1, 6)
    no = Answered(Side.HOST, Question.MEETING, False, AnswerReason.SKILLS)
    dates = Answered(Side.HOST, Question.MEETING, False, AnswerReason.DATES)
    left = Answered(Side.AGENCY, None, False, AnswerReason.NEED_CHANGED)
    facts = Facts(PERIOD, answers=[no, left, dates, no])
    assert effects.answers(facts) == [
        (left, Portion(1, 1)),
        (no, Portion(2, 3)),
        (dates, Portion(1, 3)),
    ]


def test_concentration_is_what_the_five_most_proposed_have() -> None:
    facts = Facts(PERIOD, proposed=[1, 1, 1, 2, 2, 3, 4, 5, 6, 7])
    found = effects.concentration(facts)
    assert (found.top, found.people, found.by_times) == (Portion(8, 10), 7, {1: 5, 2: 1, 3: 1})


def test_a_percentage_needs_five_cases() -> None:
    assert Portion(2, 4).percent is None
    assert Portion(2, 5).percent == 40
    assert Portion(0, 0).percent is None


def test_months_have_their_medians() -> None:
    facts = Facts(
        PERIOD,
        runs=[
            Run(10, 1, NOON, "1.0+a"),
            Run(20, 2, NOON, "1.1+b"),
            # The last hour of September in UTC is October in France.
            Run(30, 3, datetime(2026, 9, 30, 22, 30, tzinfo=UTC), "1.0+a"),
        ],
        heads=[
            Head(10, 0.2, ("claimed", "unknown")),
            Head(10, 0.4, ("claimed", "unknown")),
            Head(20, 0.9, ("proven", "claimed")),
        ],
        places=PLACES,
        chosen=FACTS.chosen,
    )
    september, october, november = drift(facts)
    assert (september.runs, october.runs, november.runs) == (0, 1, 2)
    assert september.median_score is None
    assert (november.median_score, november.unknown) == (0.4, Portion(2, 6))
    assert (november.chosen, november.median_rank) == (3, 11.5)
    assert november.versions == ["1.0+a", "1.1+b"]


def test_a_period_is_whole_months_up_to_today() -> None:
    assert period_of(3, date(2027, 1, 31)).months == (
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
    )
    assert period_of(3, TODAY).starts_at == datetime(2026, 8, 31, 22, tzinfo=UTC)
