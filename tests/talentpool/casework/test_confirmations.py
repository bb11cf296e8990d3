"""A link to confirm serves once, for thirty days, the entry that was read."""

from datetime import timedelta

import pytest

from talentpool.access import Role
from talentpool.casework import confirmations, queries
from talentpool.casework.models import Answer, Confirmation, ConfirmationState
from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.mail.models import OutgoingMail
from talentpool.needs.models import Need
from talentpool.notifications.models import Notification
from talentpool.talents.models import Talent
from talentpool.talents.services import content_of, edit_talent
from tests.factories.accounts import make_account
from tests.factories.casework import TODAY, make_confirmation, make_follow_up
from tests.factories.needs import make_need, make_seat
from tests.factories.talents import make_talent

pytestmark = pytest.mark.usefixtures("each_database")
DAY = timedelta(days=1)


def on_behalf() -> Need:
    need = make_need()
    need.entered_by_agency = True
    db.session.commit()
    return need


def answer(asked: Confirmation, choice: Answer, text: str = "") -> None:
    version = asked.subject.version_id
    confirmations.answer_confirmation(asked, choice, text=text, version=version, today=TODAY)


def state(subject: Need | Talent) -> ConfirmationState | None:
    key = (subject.__tablename__, subject.id)
    return queries.confirmation_states([subject], today=TODAY).get(key)


class TestAsking:
    def test_keeps_the_hash_and_mails_the_link(self) -> None:
        asked, token = make_confirmation(today=TODAY)
        assert len(token) >= 43
        assert token not in asked.token_hash
        mail = db.session.query(OutgoingMail).one()
        assert mail.recipient == "lise@test.example"
        assert mail.subject.startswith("À confirmer avant le 31/12/2026")
        assert "Maëlle" not in mail.text + mail.subject
        assert confirmations.confirmation_behind(token, today=TODAY) is asked
        assert "lise" not in str(history_of(asked)[0].details)

    def test_only_what_the_agency_typed_for_others(self) -> None:
        signs_in = make_talent(account=make_account(role=Role.TALENT))
        imported = make_talent()
        imported.source = "fichier"
        for subject in (make_need(), make_seat(), signs_in, imported):
            assert not queries.is_on_behalf(subject)
            with pytest.raises(confirmations.NotOnBehalf):
                make_confirmation(subject)

    def test_asking_again_closes_the_link_before(self) -> None:
        first, token = make_confirmation(talent := make_talent(), today=TODAY)
        make_confirmation(talent, today=TODAY)
        assert first.revoked_at is not None
        with pytest.raises(confirmations.LinkOver):
            confirmations.confirmation_behind(token, today=TODAY)


class TestLink:
    def test_an_unknown_one_opens_nothing(self) -> None:
        _asked, token = make_confirmation(today=TODAY)
        for guess in (token[:-1], token + "A", "x", ""):
            with pytest.raises(confirmations.UnknownLink):
                confirmations.confirmation_behind(guess, today=TODAY)

    def test_serves_until_its_last_day_included(self) -> None:
        asked, token = make_confirmation(today=TODAY)
        last = TODAY + timedelta(days=30)
        assert confirmations.confirmation_behind(token, today=last) is asked
        with pytest.raises(confirmations.LinkOver):
            confirmations.confirmation_behind(token, today=last + DAY)
        assert asked.state_on(last) is ConfirmationState.ASKED
        assert asked.state_on(last + DAY) is ConfirmationState.UNANSWERED

    def test_serves_once(self) -> None:
        asked, token = make_confirmation(today=TODAY)
        answer(asked, Answer.CONFIRMED)
        with pytest.raises(confirmations.LinkOver):
            confirmations.confirmation_behind(token, today=TODAY, to_answer=True)
        with pytest.raises(confirmations.LinkOver):
            answer(asked, Answer.WITHDRAW)
        assert asked.answer is Answer.CONFIRMED

    def test_revoked_serves_no_more(self) -> None:
        asked, token = make_confirmation(talent := make_talent(), today=TODAY)
        confirmations.revoke(asked, by=None)
        with pytest.raises(confirmations.LinkOver):
            confirmations.confirmation_behind(token, today=TODAY)
        assert state(talent) is ConfirmationState.TO_ASK


class TestAnswer:
    def test_confirms(self) -> None:
        officer, need = make_account(), on_behalf()
        assert state(need) is ConfirmationState.TO_ASK
        asked, _token = make_confirmation(need, by=officer, today=TODAY)
        assert state(need) is ConfirmationState.ASKED
        answer(asked, Answer.CONFIRMED)
        assert state(need) is ConfirmationState.CONFIRMED
        assert queries.follow_up_of(need) is None
        assert [told.account_id for told in db.session.query(Notification)] == [officer.id]

    def test_nobody_confirms_what_they_have_not_read(self) -> None:
        asked, _token = make_confirmation(talent := make_talent(), today=TODAY)
        version = talent.version_id
        content = content_of(talent)
        edit_talent(talent, type(content)(**{**vars(content), "town": "Brest"}), by=None)
        db.session.commit()
        with pytest.raises(confirmations.EntryChanged):
            confirmations.answer_confirmation(
                asked, Answer.CONFIRMED, text="", version=version, today=TODAY
            )
        answer(asked, Answer.CONFIRMED)

    def test_a_correction_has_words_and_comes_up_today(self) -> None:
        owner = make_account()
        follow_up = make_follow_up(talent := make_talent(), owner=owner, due_on=TODAY + 9 * DAY)
        asked, _token = make_confirmation(talent, by=make_account(), today=TODAY)
        with pytest.raises(confirmations.AnswerMissing):
            answer(asked, Answer.TO_CORRECT)
        answer(asked, Answer.TO_CORRECT, "Je suis à Lille.")
        assert state(talent) is ConfirmationState.TO_CORRECT
        assert (asked.corrected_text, talent.town) == ("Je suis à Lille.", "")
        assert (follow_up.due_on, follow_up.owner) == (TODAY, owner)
        assert "Lille" not in str(history_of(asked)[0].details)

    def test_a_withdrawal_erases_nothing_and_comes_up_today(self) -> None:
        officer, talent = make_account(), make_talent()
        asked, _token = make_confirmation(talent, by=officer, today=TODAY)
        answer(asked, Answer.WITHDRAW)
        found = queries.follow_up_of(talent)
        assert (found.owner, found.due_on) == (officer, TODAY)
        assert talent.display_name == "Maëlle Essai"
        assert state(talent) is ConfirmationState.WITHDRAWAL

    def test_whoever_asked_being_gone_all_staff_are_told(self) -> None:
        officer, others = make_account(), [make_account(), make_account()]
        asked, _token = make_confirmation(by=officer, today=TODAY)
        officer.is_active = False
        answer(asked, Answer.WITHDRAW)
        told = {found.account_id for found in db.session.query(Notification)}
        assert told == {account.id for account in others}

    def test_a_need_is_not_withdrawn(self) -> None:
        asked, _token = make_confirmation(on_behalf(), today=TODAY)
        with pytest.raises(confirmations.AnswerMissing):
            answer(asked, Answer.WITHDRAW)
