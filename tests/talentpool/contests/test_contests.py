from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.assessments.services import withdraw_assessment
from talentpool.contests.models import (
    ANSWER_WITHIN,
    Contest,
    Contested,
    ContestStatus,
    Request,
)
from talentpool.contests.queries import contests, contests_of, open_contests
from talentpool.contests.services import (
    AlreadyContested,
    ContestAlreadyClosed,
    NotYours,
    Reading,
    answer,
    contest,
    withdraw,
)
from talentpool.db import db, now
from talentpool.journal.queries import history_of
from talentpool.matches.letters import case_of, issue
from talentpool.matches.models import PersonKey
from talentpool.matches.services import rank_talents
from talentpool.needs.stages import NeedStatus
from talentpool.notifications.models import Notification
from talentpool.talents.models import PoolStatus, Talent
from talentpool.talents.services import content_of, edit_talent
from tests.factories.accounts import make_account
from tests.factories.assessments import make_assessment
from tests.factories.needs import make_seat
from tests.factories.placements import make_proposal
from tests.factories.talents import make_talent
from tests.factories.visibility import TODAY, make_contest
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, text_of


def told(kind: str) -> list[int]:
    found = select(Notification.account_id).where(Notification.kind == kind)
    return list(db.session.scalars(found.order_by(Notification.account_id)))


class TestContest:
    def test_the_agency_is_told_and_has_four_weeks(self, each_database: object) -> None:
        officer, other = make_account(role=Role.AGENCY_STAFF), make_account(role=Role.TALENT)
        made = make_contest(make_talent(account=other))
        assert made.due_on == TODAY + ANSWER_WITHIN
        assert told("contest.received") == [officer.id]
        assert not made.is_late_on(made.due_on)
        assert made.is_late_on(made.due_on + timedelta(days=1))
        entry = history_of(made)[0]
        assert entry.details == {"talent": made.talent_id, "about": "poste"}

    def test_the_same_reading_is_contested_once_at_a_time(self, each_database: object) -> None:
        talent, seat = make_talent(), make_seat()
        first = make_contest(talent, seat)
        with pytest.raises(AlreadyContested):
            make_contest(talent, seat)
        assert make_contest(talent, make_seat()).is_open
        assert make_contest(make_talent(), seat).is_open
        withdraw(first, by=None)
        assert make_contest(talent, seat).is_open

    def test_nobody_contests_for_somebody_else(self, each_database: object) -> None:
        found = make_assessment()
        what = Reading(Contested.ASSESSMENT, "la compétence « Python »", assessment=found)
        with pytest.raises(NotYours):
            contest(
                make_talent(),
                what,
                reading="",
                words="Non.",
                asks=Request.CORRECT,
                today=TODAY,
                by=None,
            )

    def test_its_words_outlive_the_assessment(self, each_database: object) -> None:
        talent = make_talent()
        found = make_assessment(talent)
        what = Reading(Contested.ASSESSMENT, "la compétence « Python »", assessment=found)
        made = contest(
            talent, what, reading="", words="Si.", asks=Request.CORRECT, today=TODAY, by=None
        )
        db.session.commit()
        db.session.delete(found)
        db.session.commit()
        db.session.refresh(made)
        assert (made.assessment_id, made.subject) == (None, "la compétence « Python »")

    def test_it_goes_with_the_profile(self, each_database: object) -> None:
        talent = make_talent(skills=[], experience=[], families=[])
        make_contest(talent)
        db.session.delete(talent)
        db.session.commit()
        assert db.session.scalars(select(Contest)).all() == []


class TestAnswer:
    @pytest.mark.parametrize("is_accepted", [True, False])
    def test_a_named_person_answers_and_the_person_is_told(
        self, each_database: object, is_accepted: bool
    ) -> None:
        officer, own = make_account(role=Role.AGENCY_STAFF), make_account(role=Role.TALENT)
        made = make_contest(make_talent(account=own))
        answer(made, is_accepted=is_accepted, words="Voici pourquoi.", by=officer)
        expected = ContestStatus.ACCEPTED if is_accepted else ContestStatus.NOT_ACCEPTED
        assert (made.status, made.answered_by, made.answer) == (
            expected,
            officer,
            "Voici pourquoi.",
        )
        assert told("contest.answered") == [own.id]
        assert history_of(made)[0].actor_id == officer.id

    def test_it_is_answered_once(self, each_database: object) -> None:
        officer = make_account(role=Role.AGENCY_STAFF)
        made, gone = make_contest(), make_contest()
        answer(made, is_accepted=True, words="Oui.", by=officer)
        withdraw(gone, by=None)
        for closed in (made, gone):
            with pytest.raises(ContestAlreadyClosed):
                answer(closed, is_accepted=False, words="Non.", by=officer)
            with pytest.raises(ContestAlreadyClosed):
                withdraw(closed, by=None)
        assert made.answer == "Oui."

    def test_open_ones_come_first_by_their_day(self, each_database: object) -> None:
        officer = make_account(role=Role.AGENCY_STAFF)
        late, soon, over = (make_contest(today=TODAY + timedelta(days=days)) for days in (5, 1, 0))
        answer(over, is_accepted=True, words="Oui.", by=officer)
        assert list(db.session.scalars(contests(officer))) == [soon, late, over]
        assert list(db.session.scalars(open_contests(officer))) == [soon, late]
        director = make_account(role=Role.AGENCY_DIRECTOR)
        assert list(db.session.scalars(contests(director))) == []


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

    def test_a_reason_is_contested_answered_and_read(
        self, talent: Talent, browser: ProofreadingClient, client_as: Callable
    ) -> None:
        seat = make_seat()
        address = f"/mes-contestations/poste/{seat.id}"
        page = browser.get(address)
        assert list(complaints(browser.post(address, data=filled(page)))) == ["words", "asks"]
        typed = filled(page, reading="Python", words="J’en écris.", asks="correct")
        assert browser.post(address, data=typed).location == "/mes-contestations"
        again = browser.post(address, data=typed)
        assert "Vous contestez déjà ce point" in complaints(again)["words"]
        [made] = contests_of(talent)
        assert (made.reading, made.seat) == ("Python", seat)

        agency = client_as(Role.AGENCY_STAFF)
        answering = f"/contestations/{made.id}"
        assert f'href="{answering}"' in agency.get("/contestations").text
        assert f'href="{answering}"' in agency.get(f"/talents/{talent.id}").text
        page = agency.get(answering)
        assert list(complaints(agency.post(answering, data=filled(page)))) == ["outcome", "reply"]
        typed = filled(page, outcome="accepted", reply="La compétence est ajoutée.")
        assert agency.post(answering, data=typed).location == "/contestations"
        said = text_of(browser.get("/mes-contestations"))
        assert "La compétence est ajoutée." in said
        assert "Acceptée" in said

    def test_two_who_answer_at_once_see_each_other(
        self, talent: Talent, client_as: Callable
    ) -> None:
        made = make_contest(talent)
        first, second = client_as(Role.AGENCY_STAFF), client_as(Role.AGENCY_STAFF)
        address = f"/contestations/{made.id}"
        typed = filled(first.get(address), outcome="accepted", reply="Oui.")
        stale = filled(second.get(address), outcome="not_accepted", reply="Non.")
        assert first.post(address, data=typed).status_code == 303
        assert second.post(address, data=stale).status_code == 409
        db.session.refresh(made)
        assert made.answer == "Oui."

    def test_it_waits_on_the_agency_s_home(self, talent: Talent, client_as: Callable) -> None:
        made = make_contest(talent)
        home = client_as(Role.AGENCY_STAFF).get("/")
        assert f'href="/contestations/{made.id}"' in home.text

    def test_what_was_found_of_a_skill_that_one_does_not_declare(
        self, talent: Talent, browser: ProofreadingClient, client_as: Callable
    ) -> None:
        found = make_assessment(talent)
        edit_talent(talent, replace(content_of(talent), skills=[]), by=None)
        db.session.commit()
        address = f"/mes-contestations/evaluation/{found.id}"
        page = browser.get("/mon-profil/evaluations")
        assert "non déclarée" in text_of(page)
        assert f'href="{address}"' in page.text
        form = filled(browser.get(address), words="Je n’en fais plus.", asks="correct")
        assert browser.post(address, data=form).location == "/mes-contestations"
        made = db.session.scalars(select(Contest)).one()
        assert (made.about, made.assessment) == (Contested.ASSESSMENT, found)
        read = client_as(Role.AGENCY_STAFF).get(f"/contestations/{made.id}").text
        assert f'href="/talents/{talent.id}/evaluations"' in read
        withdraw_assessment(found, reason="Autre fiche.", by=None)
        db.session.commit()
        assert browser.get(address).status_code == 404

    def test_why_is_asked_of_a_seat_that_is_closed_and_never_was_proposed(
        self, talent: Talent, browser: ProofreadingClient
    ) -> None:
        closed, secret, other = make_seat(), make_seat(), make_seat()
        for seat in (closed, secret):
            rank_talents(seat, by=None, as_of=TODAY)
            seat.need.status = NeedStatus.CLOSED
        other.need.status = NeedStatus.CLOSED
        secret.need.is_public = False
        db.session.commit()
        page = browser.get("/mes-propositions").text
        address = f"/mes-contestations/poste/{closed.id}"
        assert f'href="{address}?demande=explain"' in page
        assert f"/poste/{secret.id}" not in page
        for seat in (secret, other):
            assert browser.get(f"/mes-contestations/poste/{seat.id}").status_code == 404
        form = filled(browser.get(f"{address}?demande=explain"), words="Qui a été retenu ?")
        assert form["asks"] == ["explain"]
        assert browser.post(address, data=form).status_code == 303
        assert contests_of(talent)[0].asks is Request.EXPLAIN
        key = db.session.scalars(select(PersonKey.key)).one()
        issue(case_of(closed, key), dated_on=TODAY, by=None)
        db.session.commit()
        # What was explained is listed as a letter, and no more as a question.
        assert f'href="{address}?demande=explain"' not in browser.get("/mes-propositions").text

    def test_a_letter_a_skill_and_a_seat_once_proposed(
        self, talent: Talent, browser: ProofreadingClient
    ) -> None:
        seat = make_seat()
        run = rank_talents(seat, by=None, as_of=TODAY)
        db.session.flush()
        letter = issue(case_of(seat, run.results[0].person_key), dated_on=TODAY, by=None)
        proposed = make_proposal(talent).seat
        proposed.need.is_public = False
        db.session.commit()
        for about, number in (
            ("explication", letter.id),
            ("evaluation", make_assessment(talent).id),
            ("poste", proposed.id),
        ):
            assert browser.get(f"/mes-contestations/{about}/{number}").status_code == 200

    def test_what_is_somebody_else_s_is_not_found(
        self, talent: Talent, browser: ProofreadingClient
    ) -> None:
        other = make_talent()
        hidden = make_seat()
        hidden.need.is_public = False
        made = make_contest(other)
        db.session.commit()
        for address in (
            f"/mes-contestations/evaluation/{make_assessment(other).id}",
            f"/mes-contestations/poste/{hidden.id}",
            "/mes-contestations/explication/999",
        ):
            assert browser.get(address).status_code == 404, address
        assert browser.post(f"/mes-contestations/{made.id}/retirer").status_code == 404

    def test_one_takes_it_back(self, talent: Talent, browser: ProofreadingClient) -> None:
        made = make_contest(talent)
        browser.post(f"/mes-contestations/{made.id}/retirer")
        db.session.refresh(made)
        assert made.status is ContestStatus.WITHDRAWN
        browser.post(f"/mes-contestations/{made.id}/retirer")
        assert "déjà reçu une réponse" in text_of(browser.get("/mes-contestations"))

    def test_who_has_not_been_met_is_called_by_code(
        self, account: Account, client_as: Callable
    ) -> None:
        candidate = make_talent(
            account=account, display_name="Zoé Vannier", pool_status=PoolStatus.CANDIDATE
        )
        agency = client_as(Role.AGENCY_STAFF)
        made = make_contest(candidate)
        for address in ("/", "/contestations", f"/contestations/{made.id}", "/notifications"):
            page = agency.get(address)
            assert candidate.code in page.text, address
            assert "Vannier" not in page.text, address
            assert f'href="/talents/{candidate.id}"' not in page.text, address
        candidate.named_at = now()
        db.session.commit()
        page = agency.get("/contestations")
        assert "Zoé Vannier" in page.text
        assert f'href="/talents/{candidate.id}"' in page.text

    def test_nothing_contested_says_where_to(self, browser: ProofreadingClient) -> None:
        assert "Vous n’avez rien contesté" in text_of(browser.get("/mes-contestations"))

    def test_dates_are_told_from_today(self, talent: Talent, browser: ProofreadingClient) -> None:
        make_contest(talent, today=date.today())
        assert "Réponse attendue avant" in text_of(browser.get("/mes-contestations"))
