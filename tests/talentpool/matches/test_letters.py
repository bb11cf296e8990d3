import json
from collections.abc import Callable
from contextlib import closing
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.matches import letters, services
from talentpool.matches.explanation import WITHHELD, Explanation
from talentpool.matches.letter_models import ExplanationLetter
from talentpool.matches.models import MatchDecision, MatchRun, ReasonCode, Verdict
from talentpool.matches.queries import keys_by_talent
from talentpool.needs.models import NeedSeat
from talentpool.placements.letters.reports import Block
from talentpool.talents.models import Talent
from talentpool.talents.services import edit_talent
from tests.factories.accounts import make_account
from tests.factories.needs import make_seat
from tests.factories.skills import make_family
from tests.factories.talents import make_content, make_talent
from tests.reading import text_of

TODAY = date(2026, 11, 24)


def ranked(seat: NeedSeat) -> MatchRun:
    run = services.rank_talents(seat, by=make_account(role=Role.AGENCY_STAFF), as_of=TODAY)
    db.session.commit()
    return run


def decided(seat: NeedSeat, talent: Talent, **changes: object) -> MatchDecision:
    values = {
        "verdict": Verdict.SET_ASIDE,
        "reason": ReasonCode.PLACE,
        "note": "Vue avec Ursule Voisine.",
        "seen": None,
        "run": None,
        "by": make_account(role=Role.AGENCY_STAFF, display_name="Odile Agent"),
    }
    decision = services.decide(seat, talent, **{**values, **changes})
    db.session.commit()
    return decision


def key_of(talent: Talent) -> str:
    return keys_by_talent({talent.id})[talent.id]


def written(seat: NeedSeat, talent: Talent, *, is_named: bool = True) -> Explanation:
    case = letters.case_of(seat, key_of(talent))
    return letters.preview(case, dated_on=TODAY, is_named=is_named)


def block(explanation: Explanation, start: str) -> Block:
    return next(one for one in explanation.blocks if one.title.startswith(start))


def words_of(explanation: Explanation) -> str:
    return json.dumps([vars(one) for one in explanation.blocks], ensure_ascii=False)


@pytest.mark.usefixtures("each_database")
class TestExplanation:
    def test_the_parts_add_up_to_the_score_that_the_ranking_kept(self) -> None:
        talent, seat = make_talent(), make_seat()
        make_talent(text="Des forêts et des cartes.")
        run = ranked(seat)
        *parts, total = block(written(seat, talent), "Votre score").rows
        points = [Decimal(part[-1].replace(",", ".")) for part in parts]
        score = Decimal(total[-1].replace(",", "."))
        kept = next(r for r in run.results if r.person_key == key_of(talent))
        assert len(points) > 1
        assert sum(points) == score
        assert abs(score - Decimal(kept.score) * 100) <= Decimal("0.051")

    def test_it_says_rank_weights_criteria_data_and_sources(self) -> None:
        talent, seat = make_talent(), make_seat()
        make_talent()
        run = ranked(seat)
        told = written(seat, talent)
        rank = next(r.rank for r in run.results if r.person_key == key_of(talent))
        assert f"rang {rank} sur 2 personnes" in words_of(told)
        weights = dict(block(told, "Les paramètres").rows)
        # One line each, but for the criteria, which have theirs, and skills that nobody asked for.
        assert len(weights) == len(run.parameters) - 2 + len(run.parameters["criteria"])
        assert not set(weights) & set(run.parameters)
        assert weights["Critère « métier »"] == "met à part"
        assert weights["Une compétence indispensable"] == "3,0"
        assert [row[0] for row in block(told, "Les critères").rows] == [
            "Métier", "Dates", "Part de temps",
        ]  # fmt: skip
        data = {row[0]: row[1:] for row in block(told, "Les données").rows}
        assert data["Compétences"][0] == "Python (confirmé)"
        assert all("profil" in source for _value, source in data.values())

    def test_it_explains_the_ranking_that_the_decision_read(self) -> None:
        talent, seat = make_talent(), make_seat()
        first = ranked(seat)
        edit_talent(talent, make_content(headline="Tout autre chose", skills=[]), by=None)
        ranked(seat)
        decided(seat, talent, run=first)
        told = written(seat, talent)
        assert f"numéro {first.id}," in dict(told.facts)["Classement"]
        assert "Tout autre chose" not in words_of(told)

    def test_who_decided_is_a_function_and_notes_stay_with_the_agency(self) -> None:
        talent, seat = make_talent(), make_seat()
        other = make_talent(display_name="Ursule Voisine", headline="Un autre intitulé")
        run = ranked(seat)
        decided(seat, other, run=run)
        first = decided(seat, talent, run=run)
        decided(
            seat, talent, verdict=Verdict.UNDONE, reason=ReasonCode.OTHER, run=run, seen=first.id
        )
        told = written(seat, talent)
        human = block(told, "Ce que des personnes ont décidé").points
        assert len(human) == 2
        assert "une personne de l’équipe de l’agence : mise de côté" in human[0]
        assert "le lieu ne convient pas" in human[0]
        assert "écrite à votre dossier" in human[1]
        for absent in ("Odile", "Ursule", "Voisine", "Un autre intitulé"):
            assert absent not in words_of(told)

    def test_until_the_shortlist_pages_withhold_name_and_sentences(self) -> None:
        talent, seat = make_talent(text="Je suis Maëlle."), make_seat()
        ranked(seat)
        told = written(seat, talent, is_named=False)
        assert dict(told.facts)["Personne"] == talent.code
        assert WITHHELD in words_of(told)
        assert "Maëlle" not in words_of(told)
        assert "Je suis Maëlle." in words_of(written(seat, talent))

    def test_who_is_apart_is_told_why_and_that_it_is_no_refusal(self) -> None:
        talent, seat = make_talent(families=[make_family("data", "Donnée")]), make_seat()
        ranked(seat)
        criteria = block(written(seat, talent), "Les critères")
        assert "place votre profil à part" in criteria.paragraphs[1]
        assert criteria.rows[0] == ("Métier", "Développement", "Donnée", "non")

    def test_a_decision_without_a_ranking_is_explained_too(self) -> None:
        talent, seat = make_talent(), make_seat()
        ranked(make_seat())
        decided(seat, talent)
        told = written(seat, talent)
        assert "entièrement humaine" in words_of(told)
        assert not any(one.title.startswith("Votre score") for one in told.blocks)

    def test_nothing_on_record_is_nothing_to_explain(self) -> None:
        talent, seat = make_talent(), make_seat()
        ranked(make_seat())
        for key in (key_of(talent), "inconnue"):
            with pytest.raises(letters.NothingToExplain):
                letters.case_of(seat, key)


@pytest.mark.usefixtures("each_database")
class TestIssue:
    def test_a_letter_is_kept_byte_for_byte_and_journaled_without_a_name(self) -> None:
        talent, seat, officer = make_talent(), make_seat(), make_account()
        run = ranked(seat)
        case = letters.case_of(seat, key_of(talent))
        letter = letters.issue(case, dated_on=TODAY, by=officer)
        db.session.commit()
        before = letter.pdf
        edit_talent(talent, make_content(headline="Tout autre chose"), by=None)
        db.session.commit()
        db.session.expire_all()
        assert letter.pdf == before
        kept = letter.content
        again = Explanation(
            title=kept["title"],
            reference=kept["reference"],
            status=kept["status"],
            dated_on=date.fromisoformat(kept["dated_on"]),
            facts=tuple(kept["facts"]),
            blocks=tuple(Block(**one) for one in kept["blocks"]),
        )
        assert letters.printed(again) == before
        entry = history_of(seat)[0]
        assert (entry.action, entry.actor_id) == ("match.explained", officer.id)
        assert entry.details == {"talent": talent.id, "letter": letter.id, "run": run.id}

    def test_each_letter_has_its_number_and_goes_with_the_person(self) -> None:
        talent, seat = make_talent(), make_seat()
        ranked(seat)
        case = letters.case_of(seat, key_of(talent))
        numbers = {letters.issue(case, dated_on=TODAY, by=None).reference for _time in range(2)}
        assert len(numbers) == 2
        db.session.delete(talent)
        db.session.commit()
        assert db.session.scalars(select(ExplanationLetter)).all() == []


class TestPages:
    @pytest.fixture
    def officer(self, app: object) -> Account:
        return make_account(role=Role.AGENCY_STAFF)

    def test_the_letter_is_read_issued_and_downloaded(
        self, officer: Account, client_of: Callable
    ) -> None:
        talent, seat = make_talent(display_name="Zoé Cachée"), make_seat()
        ranked(seat)
        staff, address = client_of(officer), f"/postes/{seat.id}/explication/{key_of(talent)}"
        page = staff.get(address)
        assert talent.code in text_of(page)
        assert "Cachée" not in page.text
        assert "article L. 311-3-1" in text_of(page, "letter")
        assert staff.post(f"{address}/editer").location == address
        letter = db.session.scalars(select(ExplanationLetter)).one()
        assert f"/explications/{letter.id}.pdf" in staff.get(address).text
        answer = staff.get(f"/explications/{letter.id}.pdf")
        assert answer.data == letter.pdf
        with closing(pypdfium2.PdfDocument(answer.data)) as document:
            words = " ".join(" ".join(p.get_textpage().get_text_range().split()) for p in document)
        assert "Zoé Cachée" in words
        assert "Projet, non signé" not in words

    def test_the_director_reads_and_does_not_issue(self, client_as: Callable) -> None:
        talent, seat = make_talent(), make_seat()
        ranked(seat)
        director = client_as(Role.AGENCY_DIRECTOR)
        address = f"/postes/{seat.id}/explication/{key_of(talent)}"
        assert "Éditer l’explication" not in director.get(address).text
        assert director.post(f"{address}/editer").status_code == 403
        assert db.session.scalars(select(ExplanationLetter)).all() == []

    def test_nobody_ranked_is_not_found(self, officer: Account, client_of: Callable) -> None:
        seat = make_seat()
        assert client_of(officer).get(f"/postes/{seat.id}/explication/rien").status_code == 404
