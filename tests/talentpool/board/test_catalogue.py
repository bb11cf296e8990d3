from datetime import UTC, datetime
from time import perf_counter

from talentpool.board.catalogue import Catalogue, notice_of
from talentpool.needs.models import Need


def make_notices(number: int) -> Catalogue:
    return Catalogue(
        notice_of(
            Need(
                id=place,
                title=f"Besoin {place}",
                summary="",
                text=" ".join(
                    f"forêt greffe mot{place + step} parole{step}" for step in range(300)
                ),
                beneficiaries="",
                solution="",
                data_access="",
                value="",
                organisation_as_given="Ministère des Essais",
                themes=[],
                town="",
                created_at=datetime(2026, 11, 24, tzinfo=UTC),
            )
        )
        for place in range(number)
    )


def test_five_hundred_needs_are_searched_in_a_tenth_of_a_second() -> None:
    board = make_notices(500)
    board.search("autre chose")
    began = perf_counter()
    answer = board.search("greffes forrets mot499 besoin")
    assert perf_counter() - began < 0.1
    assert answer.corrected == {"forrets": ["foret"]}
    assert 499 in answer.found


def test_the_longest_words_that_an_address_takes_cost_nothing() -> None:
    board = make_notices(3)
    began = perf_counter()
    assert board.search("a" * 120).found == {}
    assert board.search("forêt " * 20).found.keys() == {0, 1, 2}
    assert perf_counter() - began < 0.5
