from collections.abc import Callable

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts.consent_models import ConsentText
from talentpool.accounts.consents import accept, withdraw
from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.notifications.models import Notification
from talentpool.talents import situation
from talentpool.talents.models import PoolStatus, Talent
from talentpool.talents.queries import rankable_talents
from talentpool.talents.situation import BackReason, OutReason, SituationChanged
from tests.factories.accounts import make_account
from tests.factories.talents import make_talent
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, text_of


@pytest.fixture
def staff(client_as: Callable) -> ProofreadingClient:
    return client_as(Role.AGENCY_STAFF)


@pytest.fixture
def member(app: object) -> Talent:
    return make_talent(account=make_account(role=Role.TALENT))


def told_to(talent: Talent) -> list[str]:
    told = select(Notification).where(Notification.account_id == talent.account_id)
    return [one.params["words"] for one in db.session.scalars(told.order_by(Notification.id))]


class TestTakeOut:
    def test_a_page_says_what_it_does_then_it_is_done_told_and_undone(
        self, member: Talent, staff: ProofreadingClient, client_of: Callable
    ) -> None:
        page = staff.get(f"/talents/{member.id}/sortir-du-vivier")
        assert "Plus aucun classement" in text_of(page)
        db.session.refresh(member)
        assert member.pool_status is PoolStatus.POOL
        form = filled(page, reason="no_need", words="Nous n’avons plus de besoin en COBOL.")
        assert staff.post(page.request.path, data=form).location == f"/talents/{member.id}"
        db.session.refresh(member)
        assert (member.pool_status, rankable_talents()) == (PoolStatus.ALUMNI, [])
        assert told_to(member) == ["Nous n’avons plus de besoin en COBOL."]
        news = text_of(client_of(member.account).get("/notifications"))
        assert "Nous n’avons plus de besoin en COBOL." in news
        profile = staff.get(f"/talents/{member.id}").text
        assert "sortir-du-vivier" not in profile
        assert "remettre-dans-le-vivier" in profile
        page = staff.get(f"/talents/{member.id}/remettre-dans-le-vivier")
        form = filled(page, reason="taken_out_by_mistake", words="Pardon.")
        assert staff.post(page.request.path, data=form).status_code == 303
        db.session.refresh(member)
        assert (member.pool_status, rankable_talents()) == (PoolStatus.POOL, [member])
        assert told_to(member)[1:] == ["Pardon."]
        done = [(one.action, one.details.get("reason")) for one in history_of(member)[:2]]
        assert done == [
            ("talent.brought_back", "taken_out_by_mistake"),
            ("talent.taken_out", "no_need"),
        ]

    @pytest.mark.parametrize("missing", ["reason", "words"])
    def test_nobody_goes_without_a_reason_and_words(
        self, missing: str, member: Talent, staff: ProofreadingClient
    ) -> None:
        page = staff.get(f"/talents/{member.id}/sortir-du-vivier")
        form = filled(page, **{"reason": "asked", "words": "À bientôt.", missing: ""})
        answer = staff.post(page.request.path, data=form)
        assert answer.status_code == 422
        assert list(complaints(answer)) == [missing]
        assert filled(answer) == form
        db.session.refresh(member)
        assert member.pool_status is PoolStatus.POOL

    def test_a_second_click_and_a_contract_change_nothing(
        self, member: Talent, staff: ProofreadingClient
    ) -> None:
        address = f"/talents/{member.id}/sortir-du-vivier"
        form = filled(staff.get(address), reason="asked", words="À bientôt.")
        assert staff.post(address, data=form).status_code == 303
        assert staff.post(address, data=form).status_code == 409
        assert len(told_to(member)) == 1
        employed = make_talent(pool_status=PoolStatus.EMPLOYED)
        address = f"/talents/{employed.id}/sortir-du-vivier"
        assert "un contrat l’y tient" in text_of(staff.get(address))
        assert staff.post(address, data=form).status_code == 409

    def test_what_the_person_is_typing_is_not_overtaken(self, member: Talent) -> None:
        before = member.version_id
        by = make_account(role=Role.AGENCY_STAFF)
        situation.take_out(member, reason=OutReason.ASKED, words="À bientôt.", by=by)
        assert member.version_id == before


class TestBringBack:
    def test_who_left_by_themselves_comes_back_by_themselves(self, member: Talent) -> None:
        account = member.account
        accept(account, ConsentText.POOL, by=account)
        withdraw(account, ConsentText.POOL, by=account)
        member.pool_status = PoolStatus.ALUMNI
        with pytest.raises(SituationChanged):
            situation.bring_back(member, reason=BackReason.OTHER, words="Revenez.", by=account)

    def test_a_profile_without_an_account_is_brought_in_and_nobody_is_told(
        self, staff: ProofreadingClient
    ) -> None:
        talent = make_talent(pool_status=PoolStatus.CANDIDATE)
        page = staff.get(f"/talents/{talent.id}/remettre-dans-le-vivier")
        assert "dites-le-lui vous-même" in text_of(page)
        form = filled(page, reason="asks_back")
        assert "words" not in form
        assert staff.post(page.request.path, data=form).status_code == 303
        db.session.refresh(talent)
        assert talent.pool_status is PoolStatus.POOL
        assert db.session.scalars(select(Notification)).all() == []
