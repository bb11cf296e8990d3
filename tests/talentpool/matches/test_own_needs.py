from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.db import db
from talentpool.matches.letters import case_of, issue
from talentpool.matches.models import MatchResult, PersonKey
from talentpool.matches.own_needs import TO_SAY, own_row, own_rows
from talentpool.matches.records import canonical
from talentpool.matches.services import rank_talents
from talentpool.needs.models import NeedSeat
from talentpool.needs.stages import NeedStatus
from talentpool.skills.held import NamedSkill
from talentpool.talents.models import PoolStatus, Talent
from talentpool.talents.step_table import STEPS
from talentpool.visibility.services import object_to_rankings, pause
from tests.factories.accounts import make_account
from tests.factories.needs import make_need, make_seat
from tests.factories.placements import make_contract, make_placement
from tests.factories.skills import make_family, make_skill
from tests.factories.talents import make_talent
from tests.factories.visibility import make_block
from tests.reading import text_of

TODAY = date(2026, 12, 1)
ADDRESS = "/besoins-pour-moi"
OTHERS: list[dict[str, Any]] = [
    {"text": "Je tiens des serveurs et des réseaux.", "skills": []},
    {"text": "Je dessine des formulaires.", "headline": "Design", "share_pct": None},
    {"text": "Python, cartes et forêts depuis dix ans.", "available_from": None},
]


def kept_for(seat: NeedSeat, talent: Talent) -> MatchResult:
    """Rank the pool as the agency does, and return the person's stored place."""
    run = rank_talents(seat, by=None, as_of=TODAY)
    db.session.flush()
    key = select(PersonKey.key).where(PersonKey.talent_id == talent.id)
    found = select(MatchResult).where(MatchResult.run_id == run.id, MatchResult.person_key.in_(key))
    return db.session.scalars(found).one()


@pytest.fixture
def seats(each_database: object) -> list[NeedSeat]:
    for changes in OTHERS:
        make_talent(**changes)
    other = make_family("ops", "Exploitation")
    return [
        make_seat(),
        make_seat(must=[NamedSkill("SQL", make_skill("SQL"))], remote_days=2, town="Lyon"),
        make_seat(family=other, mission="Tenir les serveurs d’une carte des forêts."),
    ]


class TestSameFigures:
    @pytest.mark.parametrize("kind", ["free", "contract", "placed"])
    def test_score_and_reasons_are_the_agency_s_to_the_last_figure(
        self, seats: list[NeedSeat], kind: str
    ) -> None:
        talent = make_talent(wishes=["forêts"])
        make_contract(make_talent())
        if kind == "contract":
            make_contract(talent)
        if kind == "placed":
            make_placement(talent)
        rows = {row.seat.id: row.shown.result for row in own_rows(talent, today=TODAY)}
        for seat in seats:
            kept, mine = kept_for(seat, talent), rows[seat.id]
            assert (mine.score, mine.misses) == (kept.score, kept.misses)
            assert canonical(mine.explanation) == canonical(kept.explanation)
            # Whoever was never ranked has a key for this page only.
            read = {**mine.snapshot.profile, "key": kept.person_key}
            assert canonical(read) == canonical(kept.snapshot.profile)

    def test_they_are_the_same_where_somebody_else_is_kept_away(
        self, seats: list[NeedSeat]
    ) -> None:
        talent, hidden = make_talent(), make_talent(text="Forêts, forêts et serveurs.")
        make_block(hidden, seats[0].need.organisation)
        pause(make_talent(text="Une carte."), today=TODAY, by=None)
        rows = {row.seat.id: row.shown.result for row in own_rows(talent, today=TODAY)}
        for seat in seats:
            assert rows[seat.id].score == kept_for(seat, talent).score

    def test_one_seat_alone_says_the_same(self, seats: list[NeedSeat]) -> None:
        talent = make_talent()
        for row in own_rows(talent, today=TODAY):
            alone = own_row(talent, row.seat, today=TODAY)
            assert alone.shown.result.explanation == row.shown.result.explanation

    @pytest.mark.parametrize("away", ["paused", "objecting", "candidate"])
    def test_whoever_is_not_ranked_reads_what_they_would_have(
        self, seats: list[NeedSeat], away: str
    ) -> None:
        status = PoolStatus.CANDIDATE if away == "candidate" else PoolStatus.POOL
        talent = make_talent(pool_status=PoolStatus.POOL)
        before = {row.seat.id: row.shown.result.score for row in own_rows(talent, today=TODAY)}
        talent.pool_status = status
        if away == "paused":
            pause(talent, today=TODAY, by=None)
        if away == "objecting":
            object_to_rankings(talent, by=None)
        db.session.flush()
        after = {row.seat.id: row.shown.result.score for row in own_rows(talent, today=TODAY)}
        assert after == before


class TestRows:
    def test_only_open_public_seats_of_ministries_not_blocked(self, seats: list[NeedSeat]) -> None:
        talent = make_talent()
        make_need(status=NeedStatus.SUBMITTED)
        make_need(is_public=False)
        make_block(talent, seats[1].need.organisation)
        found = {row.seat.id for row in own_rows(talent, today=TODAY)}
        assert found == {seats[0].id, seats[2].id}
        assert own_row(talent, seats[1], today=TODAY) is None

    def test_the_nearest_come_first_and_those_apart_last(self, seats: list[NeedSeat]) -> None:
        rows = own_rows(make_talent(), today=TODAY)
        assert rows[-1].seat is seats[2]
        assert rows[-1].is_apart
        scores = [row.shown.result.score for row in rows if not row.is_apart]
        assert scores == sorted(scores, reverse=True)
        assert len(scores) == 2

    def test_what_is_missing_or_unknown_is_named(self, seats: list[NeedSeat]) -> None:
        talent = make_talent(available_from=None, share_pct=None)
        row = own_row(talent, seats[1], today=TODAY)
        assert [(one["label"], one["must"]) for one in row.shown.missing_skills] == [("SQL", True)]
        assert ("Dire à partir de quand vous êtes libre", "disponibilites") in row.to_say
        assert ("Dire quelle part de temps vous souhaitez", "disponibilites") in row.to_say
        told = dict(own_row(make_talent(), seats[1], today=TODAY).to_say)
        assert "Dire à partir de quand vous êtes libre" not in told

    def test_each_thing_to_say_has_its_step(self) -> None:
        assert {step for _words, step in TO_SAY.values()} <= {step.code for step in STEPS}


class TestPage:
    def test_it_shows_reasons_and_stores_nothing(
        self, app: object, client_of: Callable, count_rows: Callable
    ) -> None:
        account = make_account(role=Role.TALENT)
        make_talent(account=account, share_pct=None)
        make_talent()
        seat = make_seat()
        browser = client_of(account)
        before = count_rows()
        page = browser.get(ADDRESS)
        assert page.status_code == 200
        assert count_rows() == before
        said = text_of(page)
        assert "Développement cartographique" in said
        assert "points sur 100" in said
        assert "Dire quelle part de temps vous souhaitez" in said
        assert 'href="/mon-profil/disponibilites"' in page.text
        assert "Rang" not in said
        assert f"/mes-contestations/poste/{seat.id}" in page.text

    def test_a_candidate_and_whoever_pauses_are_told_that_nobody_else_reads_it(
        self, app: object, client_of: Callable
    ) -> None:
        account = make_account(role=Role.TALENT)
        talent = make_talent(account=account, pool_status=PoolStatus.CANDIDATE)
        make_seat()
        browser = client_of(account)
        assert "pas encore dans le vivier" in text_of(browser.get(ADDRESS))
        talent.pool_status = PoolStatus.POOL
        pause(talent, today=date.today(), by=None)
        db.session.commit()
        assert "Vous êtes en pause" in text_of(browser.get(ADDRESS))

    def test_without_a_profile_or_a_need_it_says_what_to_do(
        self, app: object, client_of: Callable
    ) -> None:
        account = make_account(role=Role.TALENT)
        browser = client_of(account)
        assert "Écrire mon profil" in text_of(browser.get(ADDRESS))
        make_talent(account=account)
        assert "Aucun poste n’est ouvert" in text_of(browser.get(ADDRESS))


class TestExplanations:
    def test_one_downloads_one_s_own_letter_and_nobody_else_s(
        self, app: object, client_of: Callable
    ) -> None:
        account = make_account(role=Role.TALENT)
        talent, seat = make_talent(account=account), make_seat()
        kept = kept_for(seat, talent)
        letter = issue(case_of(seat, kept.person_key), dated_on=TODAY, by=None)
        db.session.commit()
        browser = client_of(account)
        address = f"/mes-explications/{letter.id}.pdf"
        assert letter.reference in text_of(browser.get("/mes-propositions"))
        assert browser.get(address).data == letter.pdf
        stranger = make_account(role=Role.TALENT)
        make_talent(account=stranger)
        assert client_of(stranger).get(address).status_code == 404
