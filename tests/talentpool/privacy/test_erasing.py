"""After an erasure nothing tells who the person was, and everybody else's figures stand."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from flask_migrate import upgrade
from sqlalchemy import delete, func, select, text, update

from talentpool import create_app
from talentpool.access import Role
from talentpool.accounts import links, registering
from talentpool.accounts.address_models import AddressChange
from talentpool.accounts.models import Account, AccountLink
from talentpool.accounts.replacing import ask_to_replace
from talentpool.accounts.services import change_address
from talentpool.admissions.models import ScreeningScore
from talentpool.db import db
from talentpool.journal.models import JournalEntry
from talentpool.journal.services import broken_links
from talentpool.mail.models import OutgoingMail
from talentpool.mail.services import queue_mail
from talentpool.matches.models import MatchResult, PersonKey, ProfileSnapshot
from talentpool.matches.queries import talents_by_key
from talentpool.matches.services import rank_talents, replay
from talentpool.placements.models import Contract, Placement
from talentpool.privacy import erasing, ledger, schema, storage, traces
from talentpool.privacy.collecting import held_on
from talentpool.privacy.models import Erasure, ErasureKind
from talentpool.privacy.people import Person, identity_of, keys_of, person_behind, person_of
from talentpool.proposals.models import Proposal
from talentpool.proposals.stages import AnswerReason, ProposalStatus
from talentpool.tabular.importing import run_import
from talentpool.tabular.models import ImportRun
from talentpool.tabular.report import ImportReport
from talentpool.talents.imports import ProfileImporter
from talentpool.talents.models import Talent
from talentpool.web.pipeline import Application
from tests.conftest import settings_for
from tests.factories.accounts import PASSWORD, make_account
from tests.factories.casework import make_handover
from tests.factories.invitations import make_invitation
from tests.factories.needs import make_seat
from tests.factories.placements import TODAY, make_contract, make_placement, make_proposal
from tests.factories.privacy import (
    EMAIL,
    NAME,
    account_of,
    make_known_person,
    make_report_that_quotes,
)
from tests.factories.talents import make_talent

KEY = b"a key that only tests have"


def erase(person: Person, **changes: object) -> Erasure:
    values = {"kind": ErasureKind.ASKED, "today": TODAY, "key": KEY, "by": None, **changes}
    erasure = erasing.erase_person(person, **values)
    db.session.commit()
    return erasure


@pytest.mark.usefixtures("each_database")
class TestErasePerson:
    def test_leaves_no_trace_in_any_table(self) -> None:
        person = make_known_person()
        seat = make_seat()
        rank_talents(seat, by=make_account(), as_of=TODAY)
        queue_mail(to=EMAIL.upper(), subject="Bonjour", text=f"Bonjour {NAME}")
        queue_mail(to="autre@test.example", subject="Une adresse", text=f"Écrivez à {EMAIL}.")
        db.session.commit()
        identity = identity_of(person)
        assert len(traces.traces_of(identity)) > 40
        erasure = erase(person)
        assert traces.traces_of(identity) == []
        assert erasure.left == []

    def test_what_others_wrote_of_a_name_stays_and_is_listed(self) -> None:
        account = make_account(role=Role.TALENT, display_name="Chef de projet")
        talent = make_talent(account=account, display_name="Chef de projet")
        make_proposal(talent, note="Le chef de projet nous convient.")
        need = make_seat().need
        need.text = "Nous cherchons un chef de projet, pas un autre chef de projet."
        report = make_report_that_quotes("chef de projet")
        db.session.commit()
        said = need.text
        erasure = erase(person_of(account))
        db.session.refresh(need)
        assert need.text == said
        assert set(erasure.left) == {
            f"need.text#{need.id}",
            f"import_run.report#{report.id}",
        }

    def test_an_address_merely_typed_is_nobody_s(self) -> None:
        victim = make_account(role=Role.TALENT, email="victime@test.example")
        thief = make_account(role=Role.TALENT, email="voleur@test.example")
        registering.ask_to_move(thief, new_email=victim.email, password=PASSWORD)
        registering.ask_to_reset(victim.email)
        db.session.commit()
        assert identity_of(person_of(thief)).addresses == {"voleur@test.example"}
        erase(person_of(thief))
        [mail] = db.session.scalars(select(OutgoingMail)).all()
        assert mail.recipient == victim.email
        [link] = db.session.scalars(select(AccountLink)).all()
        assert link.account_id == victim.id

    def test_an_address_that_an_account_had_is_its_holder_s(self) -> None:
        account = make_account(role=Role.TALENT, email="avant@test.example")
        registering.ask_to_move(account, new_email="apres@test.example", password=PASSWORD)
        for mail in db.session.scalars(select(OutgoingMail)).all():
            token = mail.text.split("/mon-compte/adresse/")[1].split()[0]
            link = links.link_behind(token, *registering.BOTH)
            registering.agree_to_move(link)
        db.session.commit()
        both = {"avant@test.example", "apres@test.example"}
        assert identity_of(person_of(account)).addresses == both
        # Somebody else has the first one now.
        make_account(email="avant@test.example")
        assert identity_of(person_of(account)).addresses == {"apres@test.example"}

    def test_an_address_that_the_administration_replaced_is_its_holder_s(self) -> None:
        account = make_account(role=Role.TALENT, email="perdue@test.example")
        ask_to_replace(account, new_email="neuve@test.example", reason="Vue ce matin.", by=None)
        change_address(account, new_email="neuve@test.example", by=None)
        db.session.execute(delete(AccountLink))
        db.session.commit()
        both = {"perdue@test.example", "neuve@test.example"}
        assert identity_of(person_of(account)).addresses == both
        erase(person_of(account))
        assert db.session.scalars(select(AddressChange)).all() == []

    def test_an_address_typed_for_a_profile_is_its_person_s_unless_it_is_another_s(self) -> None:
        talent, other = make_talent(), make_talent()
        make_proposal(talent, talent_email="lou@test.example")
        make_invitation(email="lou@autre.example", talent=talent)
        assert identity_of(person_behind(talent)).addresses == {
            "lou@test.example",
            "lou@autre.example",
        }
        make_proposal(other, talent_email="lou@test.example")
        make_account(email="lou@autre.example")
        assert identity_of(person_behind(talent)).addresses == set()

    def test_every_account_of_merged_profiles_goes(self) -> None:
        kept = make_talent(account=make_account(role=Role.TALENT, email="un@test.example"))
        closed = make_account(role=Role.TALENT, email="deux@test.example")
        closed.is_active = False
        make_talent(account=closed).merged_into = kept
        db.session.commit()
        person = person_behind(kept)
        assert person_of(closed).code == person.code
        assert identity_of(person).addresses == {"un@test.example", "deux@test.example"}
        assert ledger.mark(KEY, "address", "deux@test.example") in ledger.marks_of(person, KEY)
        numbers = person.account_numbers
        erase(person)
        left = db.session.scalars(select(Account.email).where(Account.id.in_(numbers))).all()
        assert left == []

    def test_what_an_officer_made_of_others_stays_theirs(self) -> None:
        made = make_known_person()
        officer = make_account(display_name="Camille Officier")
        handover = make_handover(officer, note="Tout est noté.")
        for name in ("application_screening", "application_name_reading", "interview_panel"):
            table = schema.METADATA.tables[name]
            column = next(
                column for column in table.c if f"{name}.{column.name}" in schema.ABOUT_OTHERS
            )
            db.session.execute(update(table).values({column.name: officer.id}))
        db.session.commit()
        held = held_on(person_of(officer)).tables
        assert "handover" in held
        assert not {"application_screening", "screening_score", "handover_item"} & set(held)
        assert held_on(made).tables["screening_score"]
        before = _count("screening_score", "application_name_reading", "interview_panel")
        number = officer.id
        erase(person_of(officer))
        assert _count("screening_score", "application_name_reading", "interview_panel") == before
        comments = db.session.scalars(select(ScreeningScore.comment)).all()
        assert all(comments)
        db.session.refresh(handover)
        assert (handover.note, len(handover.items)) == ("Tout est noté.", 1)
        assert db.session.get(Account, number).display_name == ""

    def test_the_journal_is_whole_and_never_named_anybody(self) -> None:
        person = make_known_person()
        identity = identity_of(person)
        before = [entry.seal for entry in db.session.scalars(select(JournalEntry))]
        told = [trace for trace in traces.traces_of(identity) if "journal_entry" in trace.where]
        assert told == []
        erase(person, by=person.account)
        after = [entry.seal for entry in db.session.scalars(select(JournalEntry))]
        assert after[: len(before)] == before
        assert broken_links() == []

    def test_the_account_goes_and_figures_of_others_stay(self) -> None:
        person = make_known_person()
        number, account = person.talent.id, person.account.id
        erase(person)
        # An evaluation of a need stays with the need, by somebody without a name nor an address.
        nobody = db.session.get(Account, account)
        assert (nobody.display_name, nobody.is_active) == ("", False)
        assert nobody.email.endswith("@erased.invalid")
        left = db.session.get(Talent, number)
        assert left.erased_at is not None
        assert (left.label, left.display_name, left.text) == ("personne effacée", "", "")
        contract = db.session.scalars(select(Contract)).one()
        assert (contract.talent_id, contract.starts_on) == (number, date(2020, 5, 4))
        proposal = db.session.scalars(select(Proposal)).one()
        assert (proposal.note, proposal.talent_email, proposal.share_pct) == ("", "", 50)
        assert db.session.scalars(select(Placement)).one().renewal_note == ""

    def test_who_is_tied_to_nothing_leaves_no_row(self) -> None:
        talent = make_talent(display_name="Zoé Sanslien")
        number = talent.id
        erase(person_behind(talent))
        assert db.session.get(Talent, number) is None

    def test_a_past_ranking_keeps_scores_and_says_that_somebody_was_erased(self) -> None:
        person = make_known_person()
        make_talent(display_name="Sacha Reste")
        run = rank_talents(make_seat(), by=None, as_of=TODAY)
        [key] = keys_of(person)
        before = {row.person_key: (row.rank, row.score) for row in run.results}
        amounts = [r["amount"] for r in _result(key).explanation["reasons"]]
        erase(person)
        db.session.refresh(run)
        assert {row.person_key: (row.rank, row.score) for row in run.results} == before
        told = _result(key)
        assert [r["amount"] for r in told.explanation["reasons"]] == amounts
        assert all(r["profile_words"] == [] for r in told.explanation["reasons"])
        assert talents_by_key([key]) == {}
        outcome = replay(run)
        assert (outcome.erased, outcome.is_identical) == (1, False)
        assert db.session.scalars(select(PersonKey).where(PersonKey.key == key)).all() == []
        kept = select(ProfileSnapshot).where(ProfileSnapshot.person_key == key)
        assert db.session.scalars(kept).all() == []

    def test_a_live_proposal_ends_and_its_ministry_is_told_without_a_name(self) -> None:
        person = make_known_person()
        proposal = make_proposal(person.talent, host_email="hote@test.example")
        erase(person)
        db.session.refresh(proposal)
        assert proposal.status is ProposalStatus.DECLINED
        assert proposal.decline_reason is AnswerReason.LEAVES
        mails = db.session.scalars(select(OutgoingMail)).all()
        assert all(NAME not in mail.text for mail in mails)

    def test_others_who_bear_the_name_are_left_alone_and_listed(self) -> None:
        person = make_known_person()
        homonym = make_talent(display_name=NAME, text="Une autre personne.")
        erasure = erase(person)
        db.session.refresh(homonym)
        assert homonym.display_name == NAME
        assert {one.partition("#")[0] for one in erasure.left} == {
            "talent.display_name",
            "talent.findable",
            "talent.words",
        }
        assert all(one.endswith(f"#{homonym.id}") for one in erasure.left)

    def test_is_refused_while_a_contract_or_a_mission_runs(self) -> None:
        for bound in (make_contract().talent, make_placement().talent):
            with pytest.raises(erasing.StillBound):
                erase(person_behind(bound))
            assert bound.erased_at is None

    def test_the_last_administrator_stays(self) -> None:
        only = make_account(role=Role.ADMINISTRATOR)
        with pytest.raises(erasing.LastAdministrator):
            erase(person_of(only))
        make_account(role=Role.ADMINISTRATOR)
        number = only.id
        erase(person_of(only))
        assert db.session.get(Account, number) is None


@pytest.mark.usefixtures("each_database")
class TestLedger:
    def test_holds_nothing_that_tells_who(self) -> None:
        person = make_known_person()
        identity = identity_of(person)
        erase(person)
        [line] = ledger.lines()
        assert all(term not in line for term in identity.terms)

    def test_finds_whom_a_restored_backup_brought_back(self) -> None:
        person = make_known_person()
        marks = ledger.marks_of(person, KEY)
        kept = [{"erased_at": "2999-01-01T00:00:00+00:00", "marks": marks}]
        assert ledger.come_back(kept, KEY) == [person]
        assert ledger.come_back(kept, b"another key") == []

    def test_a_file_brings_nobody_back(self, each_database: Application) -> None:
        row = {"id": "ext-00012", "name": "Lou Fichier"}
        talent = _imported(row)
        key = each_database.config["SECRET_KEY"].encode()
        erase(person_behind(talent), key=key)
        assert _imported(row) is None
        [*_before, run] = db.session.scalars(select(ImportRun).order_by(ImportRun.id))
        report = ImportReport.from_dict(run.report)
        assert (report.created, len(report.findings)) == (0, 1)
        assert "ext-00012" not in str(run.report)

    def test_finds_whom_a_file_brought_back_later(self) -> None:
        talent = make_talent()
        talent.source, talent.external_id = "essai", "ext-00012"
        db.session.commit()
        person = person_behind(talent)
        kept = [{"erased_at": "2001-01-01T00:00:00+00:00", "marks": ledger.marks_of(person, KEY)}]
        assert ledger.come_back(kept, KEY) == [person]

    def test_leaves_who_registered_anew(self) -> None:
        person = make_known_person()
        kept = [{"erased_at": "2001-01-01T00:00:00+00:00", "marks": ledger.marks_of(person, KEY)}]
        assert ledger.come_back(kept, KEY) == []


class TestFiles:
    def test_no_byte_of_the_person_is_left_in_the_files(self, tmp_path: Path) -> None:
        app = create_app(settings_for(f"sqlite:///{tmp_path / 'real.db'}"))
        with app.app_context():
            upgrade()
            person = make_known_person()
            rank_talents(make_seat(), by=None, as_of=TODAY)
            db.session.commit()
            identity = identity_of(person)
            assert traces.file_traces(identity, tmp_path.glob("real.db*")) != []
            erase(person, by=account_of(person))
            # What erasing on the site does: the file is rewritten at night only.
            storage.fold_in_log()
            assert traces.file_traces(identity, tmp_path.glob("real.db*")) == []
            assert db.session.execute(text("SELECT count(*) FROM erasure")).scalar_one() == 1
            db.session.remove()
            db.engine.dispose()


def _imported(row: dict[str, str]) -> Talent | None:
    importer = ProfileImporter(source="essai", by=None)
    content = io.BytesIO(json.dumps(row).encode())
    run_import(importer, content, filename="p.jsonl", source="essai", by=None)
    db.session.commit()
    return db.session.scalar(select(Talent).where(Talent.source == "essai"))


def _count(*names: str) -> list[int]:
    tables = [schema.METADATA.tables[name] for name in names]
    return [db.session.scalar(select(func.count()).select_from(table)) for table in tables]


def _result(key: str) -> MatchResult:
    return db.session.scalars(select(MatchResult).where(MatchResult.person_key == key)).one()
