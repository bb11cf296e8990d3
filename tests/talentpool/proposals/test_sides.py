"""What hosts and talents see and do of proposals: their own, and never more than they may know."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.db import db
from talentpool.mail.models import OutgoingMail
from talentpool.notifications.models import Notification
from talentpool.proposals import meetings, services, thread
from talentpool.proposals.models import Proposal
from talentpool.proposals.stages import AnswerReason, Channel, ProposalStatus, Question, Side
from talentpool.talents.evidence import Evidence, show_skill
from tests.factories.accounts import make_account
from tests.factories.assessments import make_assessment
from tests.factories.needs import make_need
from tests.factories.organisations import make_member, make_organisation
from tests.factories.placements import bring_to, make_proposal, make_slot
from tests.factories.talents import make_talent
from tests.reading import text_of

NAME = "Philomène Vasseur-Kone"


class Case:
    """A proposal with an account on each side, and their browsers."""

    def __init__(self, client_of: Callable) -> None:
        organisation = make_organisation()
        self.member = make_member(organisation)
        self.person = make_account(role=Role.TALENT, display_name=NAME)
        self.officer = make_account(role=Role.AGENCY_STAFF)
        self.talent = make_talent(
            display_name=NAME,
            account=self.person,
            text=f"Je suis {NAME}.",
            experience=["Chez Orange, à Lyon, j’ai construit des cartes."],
        )
        self.seat = make_need(organisation=organisation).seats[0]
        self.proposal = make_proposal(self.talent, self.seat, today=date.today())
        self.host = client_of(self.member)
        self.self = client_of(self.person)
        self.agency = client_of(self.officer)
        self.address = f"/mes-propositions/{self.proposal.id}"

    def read_by_host(self) -> str:
        pages = [self.address, "/mes-propositions", f"/mes-propositions/comparer/{self.seat.id}"]
        pages += ["/", "/notifications"]
        return "".join(self.host.get(page).text for page in pages)


@pytest.fixture
def case(client_of: Callable) -> Case:
    return Case(client_of)


class TestBlindness:
    def test_names_pass_after_two_yeses_and_not_before(self, case: Case) -> None:
        assert NAME not in case.read_by_host()
        case.host.post(case.address, data={"answer": "yes:skills_fit"})
        assert NAME not in case.read_by_host()
        assert case.person.email not in case.read_by_host()
        case.self.post(case.address, data={"answer": "yes:subject_fit"})
        read = case.read_by_host()
        assert NAME in read
        assert case.person.email in read
        assert case.member.email in case.self.get(case.address).text

    def test_what_was_told_before_names_nobody(self, case: Case) -> None:
        case.host.post(case.address, data={"answer": "no:skills"})
        mails = db.session.scalars(
            select(OutgoingMail).where(OutgoingMail.recipient == case.member.email)
        )
        told = db.session.scalars(
            select(Notification).where(Notification.account_id == case.member.id)
        )
        words = [mail.text + mail.subject for mail in mails]
        words += [str(one.params) for one in told]
        assert words
        assert all(NAME not in text and "Philom" not in text for text in words)

    def test_a_host_never_learns_of_the_person_s_other_proposals(
        self, case: Case, client_of: Callable
    ) -> None:
        elsewhere = make_organisation(code="elsewhere", label="Office des Autres")
        other = make_proposal(
            case.talent, make_need(organisation=elsewhere, title="Projet Ailleurs").seats[0]
        )
        bring_to(case.proposal, ProposalStatus.AGREED, today=date.today())
        services.confirm(case.proposal, today=date.today(), by=None)
        db.session.commit()
        read = case.read_by_host()
        assert "Ailleurs" not in read
        assert "Office des Autres" not in read
        rival = client_of(make_member(elsewhere))
        page = rival.get(f"/mes-propositions/{other.id}").text
        assert case.seat.need.title not in page
        assert NAME not in page

    def test_the_word_to_the_host_may_not_hold_the_name(self, case: Case) -> None:
        seat = make_need().seats[0]
        data = {
            "talent": str(case.talent.id),
            "starts_on": "2027-01-04",
            "ends_on": "2027-10-29",
            "share_pct": "100",
            "note": f"Rencontrez {NAME.upper()} !",
        }
        refused = case.agency.post(f"/postes/{seat.id}/proposer", data=data)
        assert refused.status_code == 422
        assert "retirez nom, adresse" in refused.text

    def test_a_reason_is_the_agency_s_to_read(self, case: Case) -> None:
        data = {"answer": "no:other", "note": "Je préfère ne pas y retourner."}
        case.self.post(case.address, data=data)
        assert "y retourner" not in case.host.get(case.address).text
        assert "y retourner" in case.agency.get(f"/propositions/{case.proposal.id}").text

    def test_each_proposal_has_its_own_code(self, case: Case) -> None:
        other = make_proposal(
            case.talent, make_need(organisation=case.seat.need.organisation).seats[0]
        )
        page = case.read_by_host()
        assert case.proposal.code in page
        assert case.talent.code not in page
        assert case.proposal.code != other.code

    @pytest.mark.parametrize(
        "note",
        [
            "Rencontrez Mme Vasseur-Kone !",
            "Son adresse : philomene.vasseur@courriel.example",
            "Appelez le 06 12 34 56 78.",
            "Philomène  Vasseur-Kone est libre.",
        ],
    )
    def test_no_word_to_the_host_tells_who(self, note: str, case: Case) -> None:
        data = {"audience": "host", "text": note}
        answer = case.agency.post(f"/propositions/{case.proposal.id}/message", data=data)
        assert answer.status_code == 422
        assert case.proposal.messages == []


class TestStanding:
    def test_a_host_reads_what_a_skill_stands_on_and_not_what_shows_it(self, case: Case) -> None:
        shown = Evidence("Dépôt de la carte.", "https://carte.example")
        show_skill(case.talent.skills[0], shown, by=case.person)
        db.session.commit()
        for page in (case.address, f"/mes-propositions/comparer/{case.seat.id}"):
            assert "avec preuve" in text_of(case.host.get(page))
        make_assessment(case.talent, level=2)
        for page in (case.address, f"/mes-propositions/comparer/{case.seat.id}"):
            read = case.host.get(page)
            assert "évaluée par l’agence" in text_of(read)
            assert "déclaré 3, évalué 2 sur 4" in text_of(read)
            for hidden in ("Dépôt de la carte", "carte.example", "Hésite", "sans aide"):
                assert hidden not in read.text

    def test_a_host_reads_how_old_an_assessment_is(self, case: Case) -> None:
        make_assessment(case.talent, assessed_on=date(2020, 1, 6))
        years = date.today().year - 2020
        for page in (case.address, f"/mes-propositions/comparer/{case.seat.id}"):
            assert f"il y a {years} ans" in text_of(case.host.get(page))


class TestReach:
    def test_others_find_nothing(self, case: Case, client_of: Callable) -> None:
        slot = make_slot()
        strangers = [
            client_of(make_member(make_organisation(code="stranger"))),
            client_of(make_account(role=Role.TALENT)),
        ]
        for browser in strangers:
            for address in (
                case.address,
                f"{case.address}/retirer",
                f"/mes-propositions/comparer/{case.seat.id}",
                f"/propositions/{case.proposal.id}/moments",
                f"/propositions/{case.proposal.id}/message",
                f"/propositions/{case.proposal.id}/entretien.ics",
            ):
                assert browser.get(address).status_code == 404, address
            assert browser.post(f"/moments/{slot.id}/choisir").status_code == 404
            assert case.seat.label not in browser.get("/mes-propositions").text

    def test_a_talent_sees_their_proposals_together(self, case: Case) -> None:
        other = make_proposal(case.talent, make_need(title="Projet Ailleurs").seats[0])
        page = case.self.get("/mes-propositions").text
        assert case.seat.need.title in page
        assert other.seat.need.title in page


class TestAnswering:
    def test_a_wrong_answer_is_said_beside_the_field(self, case: Case) -> None:
        assert case.host.post(case.address, data={}).status_code == 422
        assert case.host.post(case.address, data={"answer": "no:other"}).status_code == 422
        forged = case.host.post(case.address, data={"answer": "yes:subject_fit"})
        assert forged.status_code == 422
        assert case.proposal.answers == []

    def test_an_answer_is_to_the_question_that_was_read(self, case: Case) -> None:
        bring_to(case.proposal, ProposalStatus.INTERVIEWED, today=date.today())
        db.session.commit()
        stale = {"answer": "yes:skills_fit", "question": "meeting"}
        answer = case.host.post(case.address, data=stale, follow_redirects=True)
        assert "plus possible" in answer.text
        assert case.proposal.answer_of(Side.HOST, Question.FINAL) is None
        noted = f"/propositions/{case.proposal.id}/reponse/host"
        case.agency.post(noted, data=stale)
        db.session.expire_all()
        assert case.proposal.answer_of(Side.HOST, Question.FINAL) is None

    def test_withdrawing(self, case: Case) -> None:
        case.host.post(case.address, data={"answer": "yes:skills_fit"})
        data = {"reason": "need_changed", "note": ""}
        assert case.host.post(f"{case.address}/retirer", data=data).status_code == 303
        db.session.refresh(case.proposal)
        assert case.proposal.decline_reason is AnswerReason.NEED_CHANGED
        assert case.proposal.declined_by is Side.HOST

    def test_both_are_told_when_the_other_answers(self, case: Case) -> None:
        case.host.post(case.address, data={"answer": "yes:skills_fit"})
        case.self.post(case.address, data={"answer": "yes:terms_fit"})
        kinds = {(one.account_id, one.kind) for one in db.session.scalars(select(Notification))}
        assert (case.member.id, "proposal.introduced") in kinds
        assert (case.person.id, "proposal.introduced") in kinds
        assert (case.officer.id, "proposal.answered") in kinds


class TestMeetings:
    def test_offered_by_one_chosen_by_the_other(self, case: Case) -> None:
        bring_to(case.proposal, ProposalStatus.MEETING_AGREED, today=date.today())
        db.session.commit()
        address = f"/propositions/{case.proposal.id}/moments"
        data = {"first": "2099-01-05T09:30", "minutes": "45", "place": "Salle bleue"}
        assert case.host.post(address, data=data).status_code == 303
        slot = case.proposal.slots[0]
        assert slot.starts_at.isoformat() == "2099-01-05T08:30:00+00:00"
        assert "Salle bleue" in case.self.get(case.address).text
        assert case.self.post(f"/moments/{slot.id}/choisir").status_code == 303
        file = case.host.get(f"/propositions/{case.proposal.id}/entretien.ics")
        assert file.mimetype == "text/calendar"
        assert b"DTSTART:20990105T083000Z" in file.data
        mails = db.session.scalars(
            select(OutgoingMail).where(OutgoingMail.recipient == case.person.email)
        )
        assert any(mail.attachments for mail in mails)

    def test_nobody_chooses_their_own_offer(self, case: Case) -> None:
        bring_to(case.proposal, ProposalStatus.MEETING_AGREED, today=date.today())
        slot = make_slot(case.proposal)
        case.host.post(f"/moments/{slot.id}/choisir")
        db.session.expire_all()
        assert case.proposal.chosen_slot is None

    def test_not_before_both_want_to(self, case: Case) -> None:
        time = meetings.Time(make_slot().starts_at, 45, "")
        with pytest.raises(services.IllegalMove):
            meetings.offer_slots(case.proposal, [time], side=Side.HOST, today=date.today(), by=None)

    def test_the_past_is_refused_beside_the_field(self, case: Case) -> None:
        bring_to(case.proposal, ProposalStatus.MEETING_AGREED, today=date.today())
        db.session.commit()
        data = {"first": "2020-01-05T09:30", "minutes": "45"}
        refused = case.host.post(f"/propositions/{case.proposal.id}/moments", data=data)
        assert refused.status_code == 422
        assert "à venir" in refused.text


class TestThread:
    def test_each_side_reads_what_is_for_it(self, case: Case) -> None:
        address = f"/propositions/{case.proposal.id}/message"
        case.host.post(address, data={"audience": "host", "text": "Une question de l’hôte"})
        case.self.post(address, data={"audience": "talent", "text": "Un mot du talent"})
        case.agency.post(address, data={"audience": "host", "text": "Pour l’hôte seul"})
        host, person = (browser.get(case.address).text for browser in (case.host, case.self))
        assert "Une question de l’hôte" in host
        assert "Pour l’hôte seul" in host
        assert "Un mot du talent" not in host
        assert "Un mot du talent" in person
        assert "hôte" not in person.partition("Les messages")[2].partition("</section>")[0]

    def test_nobody_writes_to_both_before_they_are_introduced(self, case: Case) -> None:
        for side in Side:
            with pytest.raises(thread.NotIntroduced):
                thread.post_message(
                    case.proposal, "À tous", author=side, audience=None, today=date.today(), by=None
                )
        bring_to(case.proposal, ProposalStatus.MEETING_AGREED, today=date.today())
        thread.post_message(
            case.proposal, "À tous", author=Side.HOST, audience=None, today=date.today(), by=None
        )
        assert [m.text for m in thread.messages_for(case.proposal, Side.TALENT)] == ["À tous"]

    def test_a_host_cannot_write_to_the_talent_alone(self, case: Case) -> None:
        address = f"/propositions/{case.proposal.id}/message"
        forged = case.host.post(address, data={"audience": "talent", "text": "Psst"})
        assert forged.status_code == 422


class TestTheAgency:
    def test_no_number_breaks_a_page(self, case: Case) -> None:
        huge = 10**25
        for address in (
            f"/propositions?poste={huge}",
            f"/tableau?poste={huge}&besoin={huge}",
            f"/postes/{case.seat.id}/proposer?talent={huge}",
            f"/suivis?qui={huge}",
        ):
            assert case.agency.get(address).status_code == 200, address
        data = {"proposition": str(huge), "action": "ask"}
        assert case.agency.post("/propositions/lot", data=data).status_code == 303

    def test_notes_an_answer_by_telephone(self, case: Case) -> None:
        address = f"/propositions/{case.proposal.id}/reponse/host"
        assert case.agency.post(address, data={"answer": "yes:skills_fit"}).status_code == 303
        given = case.proposal.answers[0]
        assert (given.channel, given.answered_by_id) == (Channel.AGENCY, case.officer.id)

    def test_acts_on_several_at_once_and_names_those_it_cannot(self, case: Case) -> None:
        over = make_proposal(status=ProposalStatus.DECLINED)
        data = {
            "proposition": [str(case.proposal.id), str(over.id)],
            "action": "close",
            "reason": "need_changed",
        }
        answer = case.agency.post("/propositions/lot", data=data, follow_redirects=True)
        assert "1 proposition traitée" in answer.text
        assert "plus possible" in answer.text
        db.session.refresh(case.proposal)
        assert case.proposal.status is ProposalStatus.DECLINED

    def test_a_proposal_made_at_once_twice_is_made_once(self, case: Case) -> None:
        proposals = db.session.scalars(
            select(Proposal).where(Proposal.talent_id == case.talent.id)
        ).all()
        assert len(proposals) == 1
        with pytest.raises(services.AlreadyProposed):
            make_proposal(case.talent, case.seat, today=date.today())
