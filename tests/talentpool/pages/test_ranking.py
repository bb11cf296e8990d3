"""The page on rankings names every criterion and every weight that the ranking has."""

import inspect

from matching import Ranker
from talentpool.matches.settings import DEFAULT_MODES, DEFAULTS
from talentpool.pages import ranking
from tests.proofreader import ProofreadingClient
from tests.reading import text_of

#: Parameters of the calculation that are no field's weight: sentences or docs/algorithm.md say them.
NOT_FIELDS = {
    "pairs",
    "concepts",
    "rarity",
    "background",
    "repeats",
    "criteria",
    "soft_weight",
    "required_skills",
    "referential",
}


class TestCriteriaSaid:
    def test_every_criterion_is_said_with_what_it_does(self) -> None:
        said = ranking.criteria_said()
        assert set(ranking.COMPARED) == set(DEFAULT_MODES)
        effects = {one.label: one.effect for one in said}
        assert effects["Ancienneté"] == ranking.ADDS_OR_TAKES
        assert effects["Métier"] == ranking.SETS_APART
        assert effects["Thèmes souhaités"] == ranking.ADDS
        assert effects["Langues"] == ranking.OFF

    def test_every_field_is_said_with_its_weight(self) -> None:
        fields = {*ranking.PROFILE_FIELDS, *ranking.POSTING_FIELDS}
        assert fields | NOT_FIELDS == set(inspect.signature(Ranker).parameters)
        assert fields | NOT_FIELDS == set(DEFAULTS)


class TestPages:
    def test_say_that_fewer_years_than_asked_lose_points(self, client: ProofreadingClient) -> None:
        page = text_of(client.get("/comment-ca-marche"))
        assert "Ancienneté Les années d’expérience demandées, et les siennes" in page
        assert "Un oui ajoute 2 points sur cent, un non en ôte 2" in page
        assert "années d’expérience" in text_of(client.get("/donnees-personnelles"))
