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
from tests.factories.placements import TODAY, bring_to, make_proposal

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
        assert proposal.talent.code in page


class TestLifetime:
    def test_ends_with_the_proposal(self, proposal: Proposal) -> None:
        link = links.link_behind(token_in_mail("hote@example.test"))
        assert links.still_works(link, proposal.expires_on)
        assert not links.still_works(link, proposal.expires_on + timedelta(days=1))

    def test_the_newest_mail_s_link_is_the_one_that_works(self, proposal: Proposal) -> None:
        first = token_in_mail("hote@example.test")
        asking.ask(proposal, today=TODAY)
        db.session.expire_all()
        second = token_in_mail("hote@example.test")
        today = services.date.today()
        assert not links.still_works(links.link_behind(first), today)
        assert links.still_works(links.link_behind(second), today)

    def test_only_a_hash_is_stored(self, proposal: Proposal) -> None:
        stored = db.session.scalars(select(AnswerLink)).one()
        assert token_in_mail("hote@example.test") not in str(vars(stored))
