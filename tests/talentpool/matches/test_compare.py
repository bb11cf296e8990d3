import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest

from talentpool.access import Role
from talentpool.db import db
from talentpool.matches import services
from talentpool.matches.compare import rows_of, side_by_side, suggestion_of
from talentpool.matches.models import MatchRun, ReasonCode, Verdict
from talentpool.matches.queries import keys_by_talent
from talentpool.skills.held import NamedSkill
from talentpool.talents.models import Talent
from tests.factories.needs import make_seat
from tests.factories.skills import make_family, make_skill
from tests.factories.talents import make_talent
from tests.proofreader import ProofreadingClient
from tests.reading import text_of

TODAY = date(2026, 11, 24)


def ranked(*talents: Talent, **asked: object) -> tuple[MatchRun, list[str]]:
    run = services.rank_talents(make_seat(**asked), by=None, as_of=TODAY)
    db.session.commit()
    keys = keys_by_talent({talent.id for talent in talents})
    return run, [keys[talent.id] for talent in talents]


def query(*keys: str) -> str:
    return "&".join(f"p={key}" for key in keys)


def unnamed(reason: dict) -> dict:
    return {name: value for name, value in reason.items() if name != "label"}


@pytest.mark.usefixtures("each_database")
class TestSideBySide:
    def test_a_stored_result_reads_back_as_the_ranker_gave_it(self) -> None:
        make_talent(), make_talent(share_pct=50)
        run, _keys = ranked()
        for result in run.results:
            read = suggestion_of(result)
            said = {**asdict(read), "reasons": [reason._asdict() for reason in read.reasons]}
            kept = json.loads(json.dumps(said))
            # All but the names of terms, which pages take from the posting.
            stored = dict(result.explanation)
            stored["reasons"] = [unnamed(reason) for reason in result.explanation["reasons"]]
            kept["reasons"] = [unnamed(reason) for reason in kept["reasons"]]
            assert {name: kept[name] for name in stored} == stored
            assert (read.is_apart, read.score) == (result.is_apart, result.score)

    def test_each_pair_s_differences_add_up_to_the_displayed_gap(self) -> None:
        for text in ("Des cartes en Python.", "Les forêts, et leurs agents.", "Une carte tenue."):
            make_talent(text=text, skills=[])
        run, _keys = ranked()
        rows = rows_of(run, [result.person_key for result in run.results], {})
        table = side_by_side(run, rows, {})
        assert len(table.whys) == len(rows) - 1
        for why, above, below in zip(table.whys, rows, rows[1:], strict=False):
            named = {(one.kind, one.label) for one in why.differences}
            unnamed = [
                sum((p.points for p in row.parts if (p.kind, p.label) not in named), Decimal(0))
                for row in (above, below)
            ]
            assert why.remainder == unnamed[0] - unnamed[1]
            assert why.amount == above.score - below.score
        for column, row in enumerate(rows):
            lines = [*table.reasons, *([table.rest] if table.rest else [])]
            assert sum((line.points[column] for line in lines), Decimal(0)) == row.score
        spreads = [line.spread for line in table.reasons]
        assert spreads == sorted(spreads, reverse=True)

    def test_skills_are_stated_met_in_a_text_or_absent(self) -> None:
        python = NamedSkill("Python", make_skill("Python"), 4)
        people = [
            make_talent(skills=[python], text="Rien."),
            make_talent(skills=[], text="Je parle Python.", experience=[]),
            make_talent(skills=[], text="Rien.", experience=[], headline="Droit"),
        ]
        run, keys = ranked(*people)
        table = side_by_side(run, rows_of(run, keys, {}), {})
        [line] = table.skills
        shown = {row.talent.id: cell for row, cell in zip(table.rows, line.cells, strict=True)}
        assert [shown[person.id].showing for person in people] == ["stated", "mentioned", "absent"]
        assert shown[people[0].id].level == 4


class TestPage:
    @pytest.fixture
    def staff(self, client_as: Callable) -> ProofreadingClient:
        return client_as(Role.AGENCY_STAFF)

    def test_two_people_stand_side_by_side_with_why(self, staff: ProofreadingClient) -> None:
        near = make_talent()
        far = make_talent(headline="Droit", text="Des contrats.", skills=[], experience=[])
        run, keys = ranked(near, far)
        page = staff.get(f"/classements/{run.id}/comparer?{query(*reversed(keys))}")
        assert page.status_code == 200
        why = text_of(page, "why-1")
        assert why.startswith(f"Pourquoi {near.code} est devant {far.code}")
        assert f"de plus pour {near.code}" in why
        table = text_of(page, "comparison")
        assert "Python indispensable Confirmé (déclarée) non mentionné" in table
        assert "1 sur 2" in table

    def test_who_is_apart_is_behind_for_a_criterion(self, staff: ProofreadingClient) -> None:
        data = make_family("data", "Donnée")
        first = make_talent(headline="Droit", text="Des contrats.", skills=[], experience=[])
        apart = make_talent(families=[data])
        run, keys = ranked(first, apart)
        why = text_of(staff.get(f"/classements/{run.id}/comparer?{query(*keys)}"), "why-1")
        assert f"{apart.code} répond non à un critère (métier)" in why
        assert "les points n’y changent rien" in why
        assert "Donnée" in why

    def test_equals_are_said_to_be_equal(self, staff: ProofreadingClient) -> None:
        run, keys = ranked(make_talent(), make_talent())
        why = text_of(staff.get(f"/classements/{run.id}/comparer?{query(*keys)}"), "why-1")
        assert "exactement le même score" in why

    def test_names_appear_once_shortlisted(self, staff: ProofreadingClient) -> None:
        known, hidden = make_talent(display_name="Zoé Vue"), make_talent(display_name="Ali Caché")
        run, keys = ranked(known, hidden)
        services.decide(
            run.seat,
            known,
            verdict=Verdict.SHORTLISTED,
            reason=ReasonCode.SKILLS_FIT,
            note="",
            seen=None,
            run=run,
            by=None,
        )
        db.session.commit()
        page = staff.get(f"/classements/{run.id}/comparer?{query(*keys)}")
        assert "Zoé Vue" in text_of(page)
        assert hidden.code in text_of(page)
        assert "Caché" not in page.text

    @pytest.mark.parametrize(
        ("count", "words"),
        [(0, "n’avez choisi personne"), (1, "cochez-en une autre"), (5, "choisi 5 personnes")],
    )
    def test_too_few_or_too_many_are_told_what_to_do_and_keep_their_choice(
        self, count: int, words: str, staff: ProofreadingClient
    ) -> None:
        run, keys = ranked(*(make_talent() for _number in range(6)))
        page = staff.get(f"/classements/{run.id}/comparer?{query(*keys[:count])}")
        assert page.status_code == 422
        assert words in text_of(page)
        ticked = {key for key in keys if f'value="{key}" checked' in page.text}
        assert ticked == set(keys[:count])

    def test_somebody_is_added_by_rank(self, staff: ProofreadingClient) -> None:
        run, keys = ranked(*(make_talent() for _number in range(3)))
        rank = next(r.rank for r in run.results if r.person_key == keys[2])
        page = staff.get(f"/classements/{run.id}/comparer?{query(*keys[:2])}&rang={rank}")
        assert 'id="why-2"' in page.text

    def test_the_seat_s_page_compares_what_is_ticked(self, staff: ProofreadingClient) -> None:
        run, keys = ranked(make_talent(), make_talent())
        page = staff.get(f"/postes/{run.seat_id}")
        assert f'action="/classements/{run.id}/comparer"' in page.text
        for key in keys:
            assert f'name="p" value="{key}" form="compare"' in page.text

    def test_the_pdf_says_the_same(self, staff: ProofreadingClient) -> None:
        near, far = make_talent(), make_talent(skills=[], headline="Droit & <b>")
        run, keys = ranked(near, far)
        staff.get("/langue/en")
        address = f"/classements/{run.id}/comparer.pdf?{query(*keys)}"
        answer = staff.get(address)
        assert answer.mimetype == "application/pdf"
        with closing(pypdfium2.PdfDocument(answer.data)) as document:
            words = " ".join(" ".join(p.get_textpage().get_text_range().split()) for p in document)
        assert "Comparaison de 2 personnes" in words
        first, second = (near if r.person_key == keys[0] else far for r in run.results)
        assert f"Pourquoi {first.code} est devant {second.code}" in words
        assert words.count("Page ") <= 2
        assert answer.data == staff.get(address).data
        assert staff.get(f"/classements/{run.id}/comparer.pdf?p={keys[0]}").status_code == 303
