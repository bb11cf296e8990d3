"""Links by mail answer one question, once, and nothing when they are only opened."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from talentpool.db import db
from talentpool.mail.models import OutgoingMail
from talentpool.proposals import asking, links, services
from talentpool.proposals.models import AnswerLink, Proposal
from talentpool.proposals.stages import Channel, ProposalStatus, Question, Side
from tests.factories.needs import make_need
from tests.factories.organisations import make_member, make_organisation
from tests.factories.placements import bring_to, make_proposal

YES = {"answer": "yes:skills_fit", "note": ""}


@pytest.fixture
def proposal(app: object) -> Proposal:
    return make_proposal(host_email="hote@example.test", today=services.date.today())


def token_in_mail(address: str) -> str:
    mails = db.session.scalars(
        select(OutgoingMail).where(OutgoingMail.recipient == address).order_by(OutgoingMail.id)
    ).all()
    return re.search(r"/reponse/([\w-]+)", mails[-1].text)[1]


class TestLink:
    def test_opening_changes_nothing_however_often(
        self, proposal: Proposal, client: object
    ) -> None:
        address = f"/reponse/{token_in_mail('hote@example.test')}"
        before = db.session.scalars(select(AnswerLink)).one().used_at, proposal.version_id
        for _time in range(3):
            assert client.get(address).status_code == 200
        db.session.expire_all()
        assert (
            db.session.scalars(select(AnswerLink)).one().used_at,
            proposal.version_id,
        ) == before
        assert proposal.answers == []

    def test_answers_once(self, proposal: Proposal, client: object) -> None:
        address = f"/reponse/{token_in_mail('hote@example.test')}"
        assert client.post(address, data=YES).status_code == 303
        given = proposal.answer_of(Side.HOST, Question.MEETING)
        assert given.is_yes
        assert (given.channel, given.answered_by_id) == (Channel.LINK, None)
        assert "Merci" in client.get(address).text
        client.post(address, data={"answer": "no:skills", "note": ""})
        db.session.expire_all()
        assert len(proposal.answers) == 1
        assert proposal.status is ProposalStatus.PROPOSED

    def test_a_refused_form_keeps_the_link(self, proposal: Proposal, client: object) -> None:
        address = f"/reponse/{token_in_mail('hote@example.test')}"
        refused = client.post(address, data={"answer": "no:other", "note": ""})
        assert refused.status_code == 422
        assert "Précisez la raison" in refused.text
        assert client.post(address, data=YES).status_code == 303

    def test_a_wrong_one_is_not_found(self, client: object) -> None:
        assert client.get("/reponse/nothing-like-a-token").status_code == 404

    def test_asks_for_one_question_only(self, proposal: Proposal, client: object) -> None:
        address = f"/reponse/{token_in_mail('hote@example.test')}"
        bring_to(proposal, ProposalStatus.INTERVIEWED, today=services.date.today())
        db.session.commit()
        assert client.get(address).status_code == 410
        assert client.post(address, data=YES).status_code == 410
        assert proposal.answer_of(Side.HOST, Question.FINAL) is None

    def test_says_nothing_of_who_the_person_is(self, proposal: Proposal, client: object) -> None:
        page = client.get(f"/reponse/{token_in_mail('hote@example.test')}").text
        assert proposal.talent.display_name not in page
        assert proposal.talent.code not in page
        assert proposal.code in page


class TestLifetime:
    def test_ends_with_the_proposal(self, proposal: Proposal) -> None:
        link = links.link_behind(token_in_mail("hote@example.test"))
        assert links.still_works(link, proposal.expires_on)
        assert not links.still_works(link, proposal.expires_on + timedelta(days=1))

    def test_a_newer_link_closes_the_earlier(self, proposal: Proposal) -> None:
        first = token_in_mail("hote@example.test")
        second = links.issue(proposal, Side.HOST, Question.MEETING, "hote@example.test")
        db.session.flush()
        db.session.expire_all()
        today = services.date.today()
        assert not links.still_works(links.link_behind(first), today)
        assert links.still_works(links.link_behind(second), today)

    def test_nobody_is_written_to_again_at_once(self, proposal: Proposal) -> None:
        assert asking.ask(proposal, today=services.date.today()) == 0

    def test_ends_with_its_holder_s_right(self, app: object) -> None:
        organisation = make_organisation()
        member = make_member(organisation)
        seat = make_need(organisation=organisation).seats[0]
        proposal = make_proposal(seat=seat, today=services.date.today())
        link = links.link_behind(token_in_mail(member.email))
        assert links.still_works(link, services.date.today())
        member.is_active = False
        db.session.commit()
        assert not links.still_works(link, services.date.today())
        assert proposal.awaits(Side.HOST, services.date.today())

    def test_reopening_on_the_same_day_asks_again(self, app: object) -> None:
        organisation = make_organisation()
        member = make_member(organisation)
        seat = make_need(organisation=organisation).seats[0]
        today = services.date.today()
        proposal = make_proposal(seat=seat, today=today)
        first = token_in_mail(member.email)
        proposal.status, proposal.resumes_as = ProposalStatus.OBSOLETE, ProposalStatus.PROPOSED
        links.revoke(proposal, Side.HOST)
        services.reopen(proposal, today=today, by=None)
        db.session.expire_all()
        newest = token_in_mail(member.email)
        assert newest != first
        assert links.still_works(links.link_behind(newest), today)

    def test_only_a_hash_is_stored(self, proposal: Proposal) -> None:
        stored = db.session.scalars(select(AnswerLink)).one()
        assert token_in_mail("hote@example.test") not in str(vars(stored))
