"""What a host promises: opened once, due before people come, ready only with evidence."""

from datetime import date, timedelta

import pytest

from talentpool.access import Role
from talentpool.commitments import queries, services
from talentpool.commitments.models import CommitmentKind, CommitmentState
from talentpool.db import db
from talentpool.journal.queries import history_of
from talentpool.needs import lifecycle
from talentpool.needs.services import add_seat
from talentpool.needs.stages import NeedStatus
from tests.factories.accounts import make_account
from tests.factories.commitments import TODAY, make_commitment, make_commitments
from tests.factories.needs import make_need, make_seat_content
from tests.factories.organisations import make_member

pytestmark = pytest.mark.usefixtures("each_database")


class TestOpening:
    def test_handing_a_need_in_opens_its_list(self) -> None:
        need = make_need(status=NeedStatus.DRAFT)
        lifecycle.submit_need(need, by=None)
        found = queries.commitments_of(make_member(need.organisation), need)
        assert [one.kind for one in found] == list(CommitmentKind)
        assert {one.state for one in found} == {CommitmentState.TODO}

    def test_all_is_due_two_weeks_before_the_first_seat_begins(self) -> None:
        need = make_need(seats=0)
        for starts_on in (date(2027, 3, 1), date(2027, 2, 1), None):
            add_seat(need, make_seat_content(starts_on=starts_on), by=None)
        assert {one.due_on for one in make_commitments(need)} == {date(2027, 1, 18)}

    def test_what_begins_tomorrow_is_due_today_and_what_has_no_date_has_none(self) -> None:
        soon = make_need(seats=0)
        add_seat(soon, make_seat_content(starts_on=TODAY + timedelta(days=1)), by=None)
        assert {one.due_on for one in make_commitments(soon)} == {TODAY}
        assert {one.due_on for one in make_commitments(make_need(seats=0))} == {None}

    def test_opening_twice_adds_nothing(self) -> None:
        need = make_need()
        first = make_commitments(need)
        assert len(first) == len(CommitmentKind)
        assert make_commitments(need) == []
        assert history_of(first[0])[0].details == {"need": need.id, "count": len(first)}


class TestEditing:
    def test_ready_needs_evidence(self) -> None:
        promise = make_commitment()
        with pytest.raises(services.EvidenceMissing):
            services.edit_commitment(
                promise,
                services.CommitmentContent(state=CommitmentState.READY, evidence="  "),
                by=None,
            )
        assert promise.state is CommitmentState.TODO
        said = services.CommitmentContent(
            state=CommitmentState.READY, evidence="Livré.", due_on=promise.due_on
        )
        assert services.edit_commitment(promise, said, by=None) == ["state", "evidence"]
        details = {"kind": "equipment", "state": "ready", "changed": ["state", "evidence"]}
        assert history_of(promise)[0].details == details

    def test_the_score_counts_what_is_ready_and_what_is_late(self) -> None:
        promises = make_commitments()
        ready = services.CommitmentContent(
            state=CommitmentState.READY, evidence="Livré.", due_on=TODAY
        )
        late = services.CommitmentContent(state=CommitmentState.PLEDGED, due_on=TODAY)
        never = services.CommitmentContent(state=CommitmentState.IMPOSSIBLE, due_on=TODAY)
        for promise, said in zip(promises[:3], (ready, late, never), strict=True):
            services.edit_commitment(promise, said, by=None)
        today = queries.readiness_of(promises, today=TODAY)
        assert (today.ready, today.total, today.late) == (1, 10, 0)
        assert queries.readiness_of(promises, today=TODAY + timedelta(days=1)).late == 1


def test_only_its_ministry_and_the_agency_read_the_list() -> None:
    need = make_need()
    make_commitments(need)
    readers = [make_member(need.organisation), make_account(role=Role.AGENCY_DIRECTOR)]
    others = [make_member(), make_account(role=Role.TALENT), make_account(role=Role.ADMINISTRATOR)]
    db.session.refresh(need)
    assert [len(queries.commitments_of(viewer, need)) for viewer in readers] == [10, 10]
    assert [queries.commitments_of(viewer, need) for viewer in others] == [[], [], []]
