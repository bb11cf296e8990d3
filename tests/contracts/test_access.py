"""Every endpoint × every persona: deny by default, and the table of guards that a new route must join."""

from collections.abc import Callable
from datetime import date

import pytest

from talentpool.access import RULES, Permission, Role, Rule
from talentpool.accounts import links as account_links
from talentpool.accounts.models import LinkPurpose
from talentpool.accounts.replacing import ask_to_replace
from talentpool.anonymity.services import choose_passages
from talentpool.board.models import BoardSearch
from talentpool.db import db
from talentpool.matches.letters import case_of, issue
from talentpool.matches.services import rank_talents
from talentpool.matches.setting_services import save_setting
from talentpool.matches.settings import DEFAULT
from talentpool.needs.stages import SEARCHED, NeedStatus
from talentpool.organisations.models import Membership
from talentpool.placements.feeds import open_feed
from talentpool.placements.queries import contract_on
from talentpool.pool.models import SavedSearch
from talentpool.proposals import links
from talentpool.proposals.stages import Question, Side
from talentpool.tabular.models import ImportRun
from talentpool.tabular.report import ImportReport
from talentpool.web.pipeline import Application, UnsealedEndpoint, guard_of, seal
from tests.contracts.guards import GUARDS
from tests.factories.accounts import make_account, make_app
from tests.factories.admissions import make_screening
from tests.factories.assessments import make_assessment
from tests.factories.casework import (
    make_confirmation,
    make_follow_up,
    make_handover,
    make_note,
)
from tests.factories.commitments import make_commitment
from tests.factories.invitations import make_invitation
from tests.factories.needs import make_need, make_seat
from tests.factories.notifications import make_notification
from tests.factories.organisations import make_member, make_organisation
from tests.factories.placements import make_absence, make_placement, make_proposal, make_slot
from tests.factories.privacy import make_data_request, make_retention_notice
from tests.factories.reviews import make_review
from tests.factories.skills import make_family, make_skill
from tests.factories.talents import make_talent
from tests.factories.threads import make_question
from tests.factories.visibility import make_block, make_contest
from tests.reading import filled

#: Any role that holds each permission: the one whose loss is then tried.
HOLDER = {permission: min(rule.roles) for permission, rule in RULES.items()}
SEALED = sorted(name for name, guard in GUARDS.items() if guard != "public")
NEW_EMAIL = "ailleurs@test.example"
PUBLIC = sorted(name for name, guard in GUARDS.items() if guard == "public" and name != "static")


@pytest.fixture
def addresses(app: Application) -> dict[str, tuple[str, str]]:
    """Give a method and an address for every endpoint, on objects that exist."""
    organisation = make_organisation()
    make_member(organisation)
    seat = make_seat()
    talent = make_talent()
    run = rank_talents(seat, by=None, as_of=date(2026, 11, 24))
    letter = issue(case_of(seat, run.results[0].person_key), dated_on=run.as_of, by=None)
    placement = make_placement()
    contract = contract_on(placement.talent_id, placement.starts_on)
    absence = make_absence(placement.talent)
    proposal = make_proposal(host_email="hote@example.test")
    slot = make_slot()
    reader = make_account(role=Role.AGENCY_STAFF)
    setting = save_setting(DEFAULT, name="À moi", is_shared=True, by=reader)
    feed, token = open_feed(reader)
    notification = make_notification(reader)
    invitation, invite_token = make_invitation(by=reader)
    note = make_note(talent, by=reader)
    follow_up = make_follow_up(talent, owner=reader)
    handover = make_handover(reader)
    confirmation, confirmation_token = make_confirmation(talent)
    question = make_question(seat.need)
    screening = make_screening(reviewer=reader)
    imported = ImportRun(
        kind="profiles", filename="f", source="s", is_dry_run=False, report=ImportReport().to_dict()
    )
    passage = choose_passages(talent, keep=(), add=["Je dessine des cartes."], by=reader)[0]
    db.session.add(imported)
    db.session.flush()
    search = SavedSearch(owner_id=reader.id, name="Cartes", query="q=carte")
    board_search = BoardSearch(owner_id=reader.id, name="Cartes", query="q=carte")
    imported = ImportRun(
        kind="profiles", filename="f", source="s", is_dry_run=False, report=ImportReport().to_dict()
    )
    db.session.add_all([imported, search, board_search])
    db.session.commit()
    replaced = make_account()
    ask_to_replace(replaced, new_email=NEW_EMAIL, reason="Vue ce matin.", by=None)
    values = {
        "account_id": make_account().id,
        "factor_id": make_app(reader)[0].id,
        "passage_id": passage.id,
        "family_id": make_family().id,
        "membership_id": db.session.query(Membership).first().id,
        "need_id": seat.need_id,
        "organisation_id": organisation.id,
        "assessment_id": make_assessment(talent).id,
        "talent_skill_id": talent.skills[0].id,
        "review_id": make_review(reviewer=reader).id,
        "application_id": screening.application_id,
        "screening_id": screening.id,
        "commitment_id": make_commitment().id,
        "seat_id": seat.id,
        "skill_id": make_skill().id,
        "talent_id": talent.id,
        "experience_id": talent.experiences[0].id,
        "run_id": run.id,
        "setting_id": setting.id,
        "person_key": run.results[0].person_key,
        "absence_id": absence.id,
        "contract_id": contract.id,
        "placement_id": placement.id,
        "proposal_id": proposal.id,
        "letter_id": letter.id,
        "feed_id": feed.id,
        "notification_id": notification.id,
        "token": token,
        "answer_token": links.issue(proposal, Side.HOST, Question.MEETING, "hote@example.test"),
        "register_token": account_links.issue(LinkPurpose.REGISTER, email="new@example.test"),
        "reset_token": account_links.issue(
            LinkPurpose.RESET_PASSWORD, email=reader.email, account=reader
        ),
        "move_token": account_links.issue(
            LinkPurpose.TAKE_ADDRESS,
            email="new@example.test",
            account=reader,
            new_email="new@example.test",
        ),
        "keep_token": account_links.issue(
            LinkPurpose.KEEP_ADDRESS, email=replaced.email, account=replaced, new_email=NEW_EMAIL
        ),
        "replacement_token": account_links.issue(
            LinkPurpose.REPLACE_ADDRESS, email=NEW_EMAIL, account=replaced, new_email=NEW_EMAIL
        ),
        "invitation_id": invitation.id,
        "invite_token": invite_token,
        "slot_id": slot.id,
        "block_id": make_block(talent).id,
        "contest_id": make_contest(talent, seat).id,
        "about": "poste",
        "way": "monter",
        "renewal_token": make_retention_notice(talent)[1],
        "request_id": make_data_request(reader).id,
        "person_code": talent.code,
        "deed": "archive",
        "side": "host",
        "sort": "talent",
        "subject_id": talent.id,
        "note_id": note.id,
        "question_id": question.id,
        "follow_up_id": follow_up.id,
        "handover_id": handover.id,
        "confirmation_id": confirmation.id,
        "confirmation_token": confirmation_token,
        "act": "lettre",
        "question": "bench",
        "table": "contrats",
        "search_id": search.id,
        "board_search_id": board_search.id,
        "other_id": make_talent().id,
        "merge_id": 1,
        "sheet": "rangs",
        "step": "probleme",
        "code": "en",
        "format": "csv",
        "filename": "app.css",
    }
    db.session.commit()
    imports = {**values, "run_id": imported.id}
    found = {}
    with app.test_request_context():
        adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            method = "GET" if "GET" in rule.methods else "POST"
            chosen = imports if rule.endpoint.startswith("tabular.") else values
            needed = {name: chosen[name] for name in rule.arguments}
            found[rule.endpoint] = (method, adapter.build(rule.endpoint, needed, method))
    return found


class TestGuards:
    def test_every_endpoint_stands_in_the_table(self, sqlite_app: Application) -> None:
        assert {name: guard_of(view) for name, view in sqlite_app.view_functions.items()} == GUARDS

    def test_every_permission_has_a_rule(self) -> None:
        assert set(RULES) == set(Permission)

    def test_an_endpoint_without_a_guard_stops_the_start(self, sqlite_app: Application) -> None:
        sqlite_app.view_functions["naked"] = lambda: "nothing guards me"
        try:
            with pytest.raises(UnsealedEndpoint, match="naked"):
                seal(sqlite_app)
        finally:
            del sqlite_app.view_functions["naked"]


class TestMatrix:
    @pytest.mark.parametrize("role", list(Role))
    def test_each_role_opens_what_it_may_and_nothing_else(
        self, role: Role, addresses: dict, client_of: Callable, client_as: Callable
    ) -> None:
        browser = client_of(make_member()) if role is Role.MINISTRY_MEMBER else client_as(role)
        wrong = []
        for endpoint in SEALED:
            method, address = addresses[endpoint]
            status = browser.open(address, method=method).status_code
            is_denied = status == 403
            if is_denied == (role in RULES[GUARDS[endpoint]].roles) or status >= 500:
                wrong.append((endpoint, status))
        assert wrong == []

    def test_a_visitor_is_asked_to_sign_in(self, addresses: dict, client: object) -> None:
        for endpoint in SEALED:
            method, address = addresses[endpoint]
            answer = client.open(address, method=method)
            assert (endpoint, answer.status_code) == (endpoint, 303)
            assert answer.location.startswith("/connexion")

    def test_a_visitor_opens_public_pages(self, addresses: dict, client: object) -> None:
        for endpoint in PUBLIC:
            method, address = addresses[endpoint]
            assert client.open(address, method=method).status_code in {200, 303}, endpoint

    @pytest.mark.parametrize(
        "permission", sorted({GUARDS[endpoint] for endpoint in SEALED}, key=lambda one: one.name)
    )
    def test_who_holds_every_permission_but_one_is_refused_there(
        self,
        permission: Permission,
        addresses: dict,
        client_as: Callable,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        everyone = Rule(frozenset(Role))
        for other in Permission:
            monkeypatch.setitem(RULES, other, everyone)
        browser = client_as(Role.TALENT)
        monkeypatch.setitem(RULES, permission, Rule(frozenset()))
        for endpoint in SEALED:
            if GUARDS[endpoint] is permission:
                method, address = addresses[endpoint]
                answer = browser.open(address, method=method)
                assert (endpoint, answer.status_code) == (endpoint, 403)

    def test_a_permission_without_a_rule_is_denied(
        self, client_as: Callable, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        browser = client_as(Role.ADMINISTRATOR)
        monkeypatch.delitem(RULES, Permission.MANAGE_ACCOUNTS)
        assert browser.get("/comptes").status_code == 403


class TestForeignOrganisations:
    @pytest.mark.parametrize("status", list(NeedStatus))
    def test_another_ministry_s_need_is_not_found(
        self, status: NeedStatus, client_of: Callable
    ) -> None:
        need = make_need(status=status)
        browser = client_of(make_member())
        for address in (
            f"/besoins/{need.id}",
            f"/besoins/{need.id}/rediger/probleme",
            f"/besoins/{need.id}/rendre",
            f"/besoins/{need.id}/retirer",
            f"/besoins/{need.id}/engagements",
            f"/besoins/{need.id}/postes/nouveau",
            f"/besoins/postes/{need.seats[0].id}/modifier",
            f"/besoins/postes/{need.seats[0].id}/retirer",
        ):
            assert browser.get(address).status_code == 404, address
        assert browser.post(f"/besoins/{need.id}/deposer").status_code == 404
        assert need.title not in browser.get("/besoins").get_data(as_text=True)

    def test_a_member_sees_their_own_ministry_s_draft(self, client_of: Callable) -> None:
        member = make_member()
        need = make_need(status=NeedStatus.DRAFT, organisation=member.membership.organisation)
        assert client_of(member).get(f"/besoins/{need.id}").status_code == 200

    def test_the_agency_does_not_see_a_ministry_s_draft(self, client_as: Callable) -> None:
        need = make_need(status=NeedStatus.DRAFT)
        browser = client_as(Role.AGENCY_STAFF)
        assert browser.get(f"/besoins/{need.id}").status_code == 404
        assert browser.get(f"/postes/{need.seats[0].id}").status_code == 404
        assert browser.post(f"/postes/{need.seats[0].id}/classer").status_code == 404

    def test_a_talent_sees_published_needs_only(self, client_as: Callable) -> None:
        browser = client_as(Role.TALENT)
        for status in NeedStatus:
            need = make_need(status=status)
            expected = 200 if status in SEARCHED else 404
            assert browser.get(f"/besoins/{need.id}").status_code == expected

    def test_a_ministry_cannot_change_a_need_that_it_has_submitted(
        self, client_of: Callable
    ) -> None:
        member = make_member()
        need = make_need(status=NeedStatus.SUBMITTED, organisation=member.membership.organisation)
        browser, address = client_of(member), f"/besoins/{need.id}/rediger/probleme"
        assert browser.get(address).status_code == 404
        answer = browser.post(address, data={"title": "Tapé dans un autre onglet"})
        assert answer.status_code == 409
        assert "Tapé dans un autre onglet" in answer.text
        db.session.refresh(need)
        assert need.title != "Tapé dans un autre onglet"


class TestRights:
    def test_a_right_taken_away_is_gone_at_the_next_request(self, client_of: Callable) -> None:
        account = make_account(role=Role.ADMINISTRATOR)
        browser = client_of(account)
        assert browser.get("/comptes").status_code == 200
        account.role = Role.TALENT
        db.session.commit()
        assert browser.get("/comptes").status_code == 403

    def test_posted_fields_that_no_form_has_change_nothing(self, client_of: Callable) -> None:
        member = make_member()
        other = make_organisation()
        need = make_need(status=NeedStatus.DRAFT, organisation=member.membership.organisation)
        browser, address = client_of(member), f"/besoins/{need.id}/rediger/probleme"
        answer = browser.post(
            address,
            data={
                **filled(browser.get(address)),
                "title": "Nouveau titre",
                "summary": "Une phrase.",
                "text": "Un texte.",
                "status": "approved",
                "organisation": other.id,
                "organisation_id": other.id,
                "role": "administrator",
            },
        )
        assert answer.status_code == 303
        db.session.refresh(need)
        assert (need.title, need.status) == ("Nouveau titre", NeedStatus.DRAFT)
        assert need.organisation_id != other.id
