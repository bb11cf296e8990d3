"""An application is written, handed in whole, frozen, taken back, and begun again when its time has come."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from talentpool.access import Permission, allows
from talentpool.accounts.consent_models import ConsentText
from talentpool.accounts.consents import VERSIONS, consent_of
from talentpool.admissions import lifecycle
from talentpool.admissions.lifecycle import ApplicationText
from talentpool.admissions.models import Application
from talentpool.admissions.stages import MOVES, Move, Stage
from talentpool.db import db, now
from talentpool.journal.queries import history_of
from talentpool.notifications.models import Notification
from talentpool.talents.models import PoolStatus
from talentpool.talents.services import content_of, edit_talent
from tests.factories.accounts import make_account
from tests.factories.admissions import (
    TEXT,
    make_application,
    make_candidate,
    make_draft,
    make_interviewed,
)
from tests.factories.talents import make_talent

pytestmark = pytest.mark.usefixtures("each_database")


class TestBeginning:
    def test_somebody_of_the_pool_does_not_apply(self) -> None:
        with pytest.raises(lifecycle.AlreadyInPool):
            make_draft(make_talent())

    def test_there_is_one_at_a_time(self) -> None:
        application = make_draft()
        with pytest.raises(lifecycle.ApplicationUnderWay):
            make_draft(application.talent)

    def test_after_withdrawing_another_begins_at_once(self) -> None:
        first = make_application()
        lifecycle.withdraw_application(first, by=first.talent.account)
        second = make_draft(first.talent)
        assert (second.number, second.stage) == (2, Stage.DRAFT)

    def test_after_a_no_one_waits_for_the_day(self) -> None:
        application = make_application()
        application.stage, application.stage_since = Stage.DECLINED, now()
        with pytest.raises(lifecycle.TooSoon) as refused:
            make_draft(application.talent)
        said_on = application.stage_since.date()
        assert refused.value.opens_on == said_on + timedelta(days=180)
        again = lifecycle.begin_application(
            application.talent,
            TEXT,
            today=said_on + timedelta(days=180),
            again_days=180,
            by=None,
        )
        assert again.number == 2

    def test_being_kept_is_chosen_apart_and_dated(self) -> None:
        application = make_draft()
        assert not application.keeps_profile
        first = application.keep_chosen_at
        assert first is not None
        person = application.talent.account
        assert person is not None
        lifecycle.choose_keeping(application, keeps=False, by=person)
        assert application.keep_chosen_at == first
        lifecycle.choose_keeping(application, keeps=True, by=person)
        assert application.keeps_profile
        assert history_of(application)[0].action == "application.keeping_chosen"
        assert history_of(application)[0].details == {"keeps": True}


class TestHandingIn:
    def test_what_is_lacking_is_named(self) -> None:
        candidate = make_candidate(text="", experience=[])
        application = make_draft(candidate, replace(TEXT, enterprise=" "))
        with pytest.raises(lifecycle.FileIncomplete) as refused:
            lifecycle.submit_application(application, agrees=True, by=None)
        assert refused.value.parts == ["experiences", "text", "enterprise"]
        assert application.sheet is None

    def test_nobody_hands_in_without_agreeing_to_be_of_the_pool(self) -> None:
        application = make_draft()
        person = application.talent.account
        assert person is not None
        with pytest.raises(lifecycle.ConsentMissing):
            lifecycle.submit_application(application, agrees=False, by=person)
        assert consent_of(person, ConsentText.POOL) is None
        lifecycle.submit_application(application, agrees=True, by=person)
        given = consent_of(person, ConsentText.POOL)
        assert given is not None
        assert given.version == VERSIONS[ConsentText.POOL]

    def test_the_sheet_is_masked_and_frozen(self) -> None:
        text = "Je m’appelle Maëlle Essai, j’ai 29 ans, diplômée de Polytechnique, et je dessine des cartes."
        candidate = make_candidate(
            text=text, town="Brest", experience=["Ville de Brest : une carte"]
        )
        motivation = ApplicationText("Maëlle Essai veut servir, à Brest.", "Un club de cartes.")
        application = make_draft(candidate, motivation)
        lifecycle.submit_application(application, agrees=True, by=candidate.account)
        said = str(application.sheet)
        for told in ("Maëlle", "Essai", "29 ans", "Polytechnique", "Brest"):
            assert told not in said
        assert "dessine des cartes" in said
        frozen = dict(application.sheet or {})
        edit_talent(candidate, replace(content_of(candidate), text="Tout autre."), by=None)
        db.session.refresh(application)
        assert application.sheet == frozen

    def test_the_agency_and_the_person_are_told_once_without_a_name(self) -> None:
        officer = make_account()
        application = make_application()
        told = {row.account_id: row for row in db.session.scalars(select(Notification))}
        assert set(told) == {officer.id, application.talent.account_id}
        assert told[officer.id].url_path == f"/candidatures/{application.id}"
        assert told[officer.id].params == {"code": application.code}
        assert history_of(application)[0].action == "application.submitted"

    def test_what_was_handed_in_is_not_written_any_more(self) -> None:
        application = make_application()
        with pytest.raises(lifecycle.IllegalStage):
            lifecycle.edit_application(application, TEXT, by=make_account())
        with pytest.raises(lifecycle.IllegalStage):
            lifecycle.submit_application(application, agrees=True, by=None)


class TestStages:
    def test_every_move_stands_in_the_table_and_an_end_has_no_way_out_but_another_look(
        self,
    ) -> None:
        assert set(MOVES) == set(Move)
        out = {stage for rule in MOVES.values() for stage in rule.sources}
        assert set(Stage) - out == {Stage.ADMITTED, Stage.WITHDRAWN, Stage.LAPSED}

    def test_a_draft_is_not_the_agency_s_to_read(self) -> None:
        draft, officer = make_draft(), make_account()
        assert not allows(officer, Permission.READ_APPLICATIONS, draft)
        assert allows(officer, Permission.READ_APPLICATIONS, make_application())

    def test_the_name_passes_with_the_interview_and_goes_back_on_withdrawing(self) -> None:
        officer, application = make_account(), make_application()
        talent = application.talent
        assert talent.pool_status is PoolStatus.CANDIDATE
        assert not allows(officer, Permission.READ_TALENTS, talent)
        assert not allows(officer, Permission.MANAGE_TALENTS, talent)
        met = make_interviewed(talent=make_candidate())
        assert allows(officer, Permission.READ_TALENTS, met.talent)
        lifecycle.withdraw_application(met, by=met.talent.account)
        assert not allows(officer, Permission.READ_TALENTS, met.talent)
        assert not allows(officer, Permission.REVIEW_APPLICATIONS, met)

    def test_somebody_whom_the_agency_typed_is_known_to_it(self) -> None:
        typed = make_talent(pool_status=PoolStatus.CANDIDATE)
        assert allows(make_account(), Permission.READ_TALENTS, typed)

    def test_whoever_leaves_the_pool_by_the_agency_s_hand_stays_known(self) -> None:
        member = make_candidate()
        edit_talent(member, replace(content_of(member), pool_status=PoolStatus.POOL), by=None)
        edit_talent(member, replace(content_of(member), pool_status=PoolStatus.CANDIDATE), by=None)
        assert allows(make_account(), Permission.READ_TALENTS, member)

    def test_an_account_reads_its_own_application_alone(self) -> None:
        application, other = make_application(), make_candidate()
        assert allows(application.talent.account, Permission.APPLY_TO_POOL, application)
        assert not allows(other.account, Permission.APPLY_TO_POOL, application)

    def test_one_row_stands_for_each_attempt(self) -> None:
        first = make_application()
        lifecycle.withdraw_application(first, by=None)
        make_application(first.talent)
        numbers = db.session.scalars(select(Application.number).order_by(Application.number))
        assert list(numbers) == [1, 2]
