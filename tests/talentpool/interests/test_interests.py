from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.db import db
from talentpool.interests import views
from talentpool.interests.models import MOST_WISHES, Interest, NotNowReason, Stance
from talentpool.interests.queries import interest_in, interests_in, said_of_open_needs, wishes_of
from talentpool.interests.services import (
    NeedNotOpen,
    ReasonMissing,
    TooManyWishes,
    Word,
    move,
    say,
    unwish,
    wish,
)
from talentpool.journal.queries import history_of
from talentpool.matches.services import rank_talents
from talentpool.needs.lifecycle import give_up_need, reopen_need
from talentpool.needs.models import Need
from talentpool.needs.stages import MoveReason, NeedStatus
from talentpool.notifications.models import Notification
from talentpool.talents.models import Talent
from tests.factories.accounts import make_account
from tests.factories.needs import make_need
from tests.factories.organisations import make_member
from tests.factories.talents import make_talent
from tests.factories.visibility import make_wish
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, text_of

TODAY = date(2026, 12, 1)


def ranks(talent: Talent) -> list[tuple[int, int | None]]:
    return [(said.need_id, said.wish_rank) for said in wishes_of(talent)]


class TestWishes:
    @pytest.fixture
    def talent(self, each_database: object) -> Talent:
        return make_talent()

    def test_they_are_ordered_one_place_at_a_time(self, talent: Talent) -> None:
        first, second, third = (make_wish(talent) for _number in range(3))
        move(third, up=True, by=None)
        move(first, up=True, by=None)
        assert ranks(talent) == [(first.need_id, 1), (third.need_id, 2), (second.need_id, 3)]
        move(first, up=False, by=None)
        move(second, up=False, by=None)
        assert ranks(talent) == [(third.need_id, 1), (first.need_id, 2), (second.need_id, 3)]

    def test_the_others_close_up_when_one_goes(self, talent: Talent) -> None:
        first, second = make_wish(talent), make_wish(talent)
        unwish(first, by=None)
        assert ranks(talent) == [(second.need_id, 1)]
        assert interest_in(talent, first.need).stance is Stance.INTERESTED

    def test_what_explained_a_no_goes_with_it_and_other_words_stay(self, talent: Talent) -> None:
        refused, liked = make_need(), make_need()
        no = Word(Stance.NOT_NOW, note="Pas ce ministère.", reason=NotNowReason.OTHER)
        say(talent, refused, no, by=None)
        say(talent, liked, Word(Stance.INTERESTED, note="J’aime les cartes."), by=None)
        for need in (refused, liked):
            wish(talent, need, by=None)
        db.session.commit()
        now_said = interest_in(talent, refused)
        assert (now_said.reason, now_said.note) == (None, "")
        assert interest_in(talent, liked).note == "J’aime les cartes."

    def test_five_at_most_and_each_once(self, talent: Talent) -> None:
        made = [make_wish(talent) for _number in range(MOST_WISHES)]
        assert wish(talent, made[0].need, by=None) is made[0]
        sixth = make_need()
        with pytest.raises(TooManyWishes):
            wish(talent, sixth, by=None)
        db.session.commit()
        assert interest_in(talent, sixth) is None
        unwish(made[2], by=None)
        assert wish(talent, make_need(), by=None).wish_rank == MOST_WISHES

    def test_those_beyond_five_go_when_a_hidden_need_is_shown_again(self, talent: Talent) -> None:
        made = [make_wish(talent) for _number in range(MOST_WISHES)]
        hidden = made[0].need
        hidden.is_public = False
        db.session.commit()
        last = make_wish(talent)
        hidden.is_public = True
        db.session.commit()
        assert len(wishes_of(talent)) == MOST_WISHES + 1
        move(made[1], up=True, by=None)
        db.session.commit()
        ranked = wishes_of(talent)
        assert [said.wish_rank for said in ranked] == [1, 2, 3, 4, 5]
        assert last not in ranked
        assert said_of_open_needs(talent) == [last]

    def test_only_what_everybody_may_read_and_is_open(self, talent: Talent) -> None:
        for need in (make_need(status=NeedStatus.SUBMITTED), make_need(is_public=False)):
            with pytest.raises(NeedNotOpen):
                wish(talent, need, by=None)

    def test_a_need_that_seeks_nobody_leaves_and_its_people_are_told_once(
        self, each_database: object
    ) -> None:
        account = make_account(role=Role.TALENT)
        talent = make_talent(account=account)
        gone, kept = make_wish(talent), make_wish(talent)
        make_wish(make_talent(), gone.need)
        give_up_need(gone.need, reason=MoveReason.NO_PROFILE, words="Personne.", by=None)
        assert ranks(talent) == [(kept.need_id, 2)]
        told = select(Notification).where(Notification.kind == "interest.left")
        assert [one.account_id for one in db.session.scalars(told)] == [account.id]
        reopen_need(gone.need, by=None)
        assert [said.need_id for said in wishes_of(talent)] == [kept.need_id]
        assert wish(talent, make_need(), by=None).wish_rank == 2


class TestSay:
    def test_not_now_takes_a_reason_and_leaves_the_wishes(self, each_database: object) -> None:
        talent = make_talent()
        said = make_wish(talent)
        other = make_wish(talent)
        with pytest.raises(ReasonMissing):
            say(talent, said.need, Word(Stance.NOT_NOW), by=None)
        with pytest.raises(ReasonMissing):
            say(talent, said.need, Word(Stance.NOT_NOW, NotNowReason.OTHER), by=None)
        say(talent, said.need, Word(Stance.NOT_NOW, NotNowReason.PLACE, TODAY, "Loin."), by=None)
        assert ranks(talent) == [(other.need_id, 1)]
        assert said_of_open_needs(talent) == [said]
        entry = history_of(talent)[0]
        expected = {"need": said.need_id, "stance": "not_now", "reason": "place"}
        assert (entry.action, entry.details) == ("interest.said", expected)

    def test_changing_one_s_mind_forgets_why(self, each_database: object) -> None:
        talent, need = make_talent(), make_need()
        say(talent, need, Word(Stance.NOT_NOW, NotNowReason.DATES, TODAY), by=None)
        said = say(talent, need, Word(Stance.INTERESTED), by=None)
        assert (said.stance, said.reason, said.until) == (Stance.INTERESTED, None, None)
        assert interests_in(need, [talent.id]) == {talent.id: said}

    def test_it_moves_no_score(self, each_database: object) -> None:
        talent, need = make_talent(), make_need()
        make_talent(text="Autre chose.")
        before = rank_talents(need.seats[0], by=None, as_of=TODAY)
        wish(talent, need, by=None)
        after = rank_talents(need.seats[0], by=None, as_of=TODAY)
        assert before.digest == after.digest


class TestPages:
    @pytest.fixture
    def account(self, app: object) -> Account:
        return make_account(role=Role.TALENT)

    @pytest.fixture
    def talent(self, account: Account) -> Talent:
        return make_talent(account=account)

    @pytest.fixture
    def browser(self, talent: Talent, account: Account, client_of: Callable) -> ProofreadingClient:
        return client_of(account)

    @pytest.fixture
    def need(self, talent: Talent) -> Need:
        return make_need()

    @pytest.mark.parametrize("page", ["voeu", "mon-avis"])
    def test_a_need_that_leaves_meanwhile_is_said(
        self, page: str, browser: ProofreadingClient, need: Need, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # The page was reached before the need left, the act comes after.
        monkeypatch.setattr(views, "_open_need", partial(db.session.get, Need))
        need.is_public = False
        db.session.commit()
        answer = browser.post(f"/besoins/{need.id}/{page}", data={"stance": "interested"})
        assert answer.location == "/mes-voeux"
        assert "ne cherche plus personne" in text_of(browser.get("/mes-voeux"))
        assert db.session.scalars(select(Interest)).all() == []

    def test_one_says_not_now_and_reads_it_again(
        self, talent: Talent, browser: ProofreadingClient, need: Need
    ) -> None:
        address = f"/besoins/{need.id}/mon-avis"
        assert address in browser.get(f"/besoins/{need.id}").text
        page = browser.get(address)
        refused = browser.post(address, data=filled(page, stance="not_now"))
        assert refused.status_code == 422
        assert "Choisissez une raison" in complaints(refused)["reason"]
        until = date.today() + timedelta(days=40)
        typed = filled(page, stance="not_now", reason="dates", until=until.isoformat())
        assert browser.post(address, data=typed).status_code == 303
        assert interest_in(talent, need).until == until
        assert "pas avant le" in text_of(browser.get(f"/besoins/{need.id}"))
        assert need.title in text_of(browser.get("/mes-voeux"))

    def test_a_word_written_in_another_tab_is_not_lost(
        self, talent: Talent, browser: ProofreadingClient, need: Need
    ) -> None:
        address = f"/besoins/{need.id}/mon-avis"
        stale = filled(browser.get(address), stance="interested", note="Un")
        assert browser.post(address, data=stale).status_code == 303
        answer = browser.post(address, data={**stale, "note": ["Deux"]})
        assert answer.status_code == 409
        assert interest_in(talent, need).note == "Un"

    def test_wishes_are_added_moved_and_removed(
        self, talent: Talent, browser: ProofreadingClient, need: Need
    ) -> None:
        other = make_need(title="Une autre carte")
        for one in (need, other):
            assert browser.post(f"/besoins/{one.id}/voeu").location == "/mes-voeux"
        browser.post(f"/besoins/{other.id}/voeu/monter")
        assert ranks(talent) == [(other.id, 1), (need.id, 2)]
        assert "Une autre carte" in text_of(browser.get("/mes-voeux"))
        browser.post(f"/besoins/{other.id}/voeu/retirer")
        assert ranks(talent) == [(need.id, 1)]

    def test_a_sixth_wish_says_what_to_do(
        self, talent: Talent, browser: ProofreadingClient, need: Need
    ) -> None:
        for _number in range(MOST_WISHES):
            make_wish(talent)
        browser.post(f"/besoins/{need.id}/voeu")
        assert "retirez-en un d’abord" in text_of(browser.get("/mes-voeux"))

    def test_a_need_that_is_not_public_is_not_found(self, browser: ProofreadingClient) -> None:
        hidden = make_need(status=NeedStatus.SUBMITTED)
        assert browser.get(f"/besoins/{hidden.id}/mon-avis").status_code == 404
        assert browser.post(f"/besoins/{hidden.id}/voeu").status_code == 404

    def test_the_agency_reads_it_and_its_ministry_does_not(
        self, talent: Talent, need: Need, client_as: Callable, client_of: Callable
    ) -> None:
        make_wish(talent, need)
        make_talent(text="Des serveurs.", display_name="Autre")
        rank_talents(need.seats[0], by=None, as_of=date.today())
        db.session.commit()
        agency = client_as(Role.AGENCY_STAFF)
        assert "vœu n° 1" in text_of(agency.get(f"/talents/{talent.id}")).replace("\xa0", " ")
        seat = f"/postes/{need.seats[0].id}"
        assert "vœu n° 1" in text_of(agency.get(seat)).replace("\xa0", " ")
        asked = agency.get(f"{seat}?demande=1")
        assert talent.code in asked.text
        rows = asked.text.count('class="tp-suggestion"')
        assert (rows, agency.get(seat).text.count('class="tp-suggestion"')) == (1, 2)
        host = client_of(make_member(need.organisation))
        assert "vœu" not in text_of(host.get(f"/besoins/{need.id}"))


def test_it_goes_with_the_profile(each_database: object) -> None:
    talent = make_talent(skills=[], experience=[], families=[])
    make_wish(talent)
    db.session.delete(talent)
    db.session.commit()
    assert db.session.scalars(select(Interest)).all() == []
