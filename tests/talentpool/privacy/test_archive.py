"""The archive gives a person everything that is held on them, and nobody else's name."""

import io
import json
import re
import zipfile

from html5lib import HTMLParser

from talentpool.access import Role
from talentpool.accounts import registering
from talentpool.db import db
from talentpool.mail.services import queue_mail
from talentpool.matches.services import rank_talents
from talentpool.privacy import schema
from talentpool.privacy.archive import archive_of
from talentpool.privacy.collecting import held_on
from talentpool.privacy.people import Person, person_of
from talentpool.web.pipeline import Application
from tests.factories.accounts import PASSWORD, make_account
from tests.factories.casework import make_note
from tests.factories.needs import make_seat
from tests.factories.placements import TODAY, make_placement
from tests.factories.privacy import EMAIL, NAME, fill_every_table, make_known_person
from tests.factories.talents import make_talent


def opened(app: Application, person: Person) -> dict[str, bytes]:
    with app.test_request_context():
        archive = zipfile.ZipFile(io.BytesIO(archive_of(person)))
    return {name: archive.read(name) for name in archive.namelist()}


class TestHeldOn:
    def test_every_given_column_is_in_the_archive(self, each_database: Application) -> None:
        account = make_account(role=Role.TALENT, display_name=NAME, email=EMAIL)
        make_talent(account=account, display_name=NAME)
        person = person_of(account)
        marks = fill_every_table(person)
        said = json.dumps(held_on(person).tables, default=str, ensure_ascii=False)
        columns = {str(c): c for t in schema.METADATA.sorted_tables for c in t.columns}
        expected = {
            name: mark
            for name, mark in marks.items()
            if schema.is_given(columns[name]) and not name.startswith("person_key.")
        }
        assert {name for name, mark in expected.items() if mark not in said} == set()
        hidden = {name: mark for name, mark in marks.items() if name not in expected}
        assert {name for name, mark in hidden.items() if mark in said} == set()

    def test_every_personal_column_has_its_key(self, each_database: Application) -> None:
        held = held_on(make_known_person())
        missing = [
            str(column)
            for column in schema.personal_columns()
            if (rows := held.tables.get(column.table.name))
            and schema.is_given(column)
            and not isinstance(column.type, schema.BINARY)
            and not column.foreign_keys
            and column.name not in rows[0]
        ]
        assert missing == []

    def test_rankings_come_with_their_reasons(self, each_database: Application) -> None:
        person = make_known_person()
        make_talent(display_name="Sacha Voisin")
        run = rank_talents(make_seat(), by=None, as_of=TODAY)
        [place] = held_on(person).rankings
        assert place["ranking"] == run.id
        assert place["explanation"]["reasons"]
        assert NAME.split()[0] not in json.dumps(place["profile_read"])

    def test_who_acted_is_told_by_function(self, each_database: Application) -> None:
        person = make_known_person()
        officer = make_account(display_name="Camille Officier")
        make_note(person.talent, by=officer, text="Rappelée ce matin.")
        held = held_on(person)
        note = held.tables["case_note"][-1]
        assert (note["text"], note["author"]) == ("Rappelée ce matin.", Role.AGENCY_STAFF)
        assert "Camille Officier" not in json.dumps(held.groups, default=str)

    def test_nothing_of_somebody_else_is_in_it(self, each_database: Application) -> None:
        make_known_person()
        other = person_of(make_account(role=Role.TALENT))
        queue_mail(to=EMAIL, subject="Pour une autre", text="…")
        db.session.commit()
        assert NAME not in json.dumps(held_on(other).groups, default=str, ensure_ascii=False)
        assert held_on(other).mails == []

    def test_a_mail_is_given_without_what_its_link_opens(self, each_database: Application) -> None:
        person = person_of(make_account(role=Role.TALENT, email=EMAIL))
        registering.ask_to_reset(EMAIL)
        registering.ask_to_move(person.account, new_email="a@test.example", password=PASSWORD)
        registering.ask_to_reset("a@test.example")
        db.session.commit()
        mails = held_on(person).mails
        assert {mail["recipient"] for mail in mails} == {EMAIL}
        paths = [
            re.search(r"/(mot-de-passe-oublie|mon-compte/adresse)/(\S+)", m["text"]) for m in mails
        ]
        assert [path[2] for path in paths] == ["…", "…"]


class TestArchiveOf:
    def test_holds_one_file_for_machines_and_one_to_read(self, app: Application) -> None:
        person = make_known_person()
        files = opened(app, person)
        content = json.loads(files["donnees.json"])
        assert (content["format"], content["version"]) == ("talentpool/personal-data", 1)
        assert content["data"]["account"][0]["email"] == EMAIL
        assert content["data"]["contract"][0]["starts_on"] == "2020-05-04"
        page = files["donnees.html"].decode()
        HTMLParser(strict=True).parse(page)
        assert "Votre profil" in page
        assert "http" not in page.replace("http://www.w3.org", "")

    def test_what_people_wrote_is_text_in_the_page(self, app: Application) -> None:
        person = make_known_person()
        person.talent.text = "<script>alert(1)</script>"
        db.session.commit()
        page = opened(app, person)["donnees.html"].decode()
        assert "<script" not in page
        assert "&lt;script&gt;" in page

    def test_letters_are_files_of_their_own(self, app: Application) -> None:
        account = make_account(role=Role.TALENT, display_name="Lou Marin")
        placement = make_placement(make_talent(account=account, display_name="Lou Marin"))
        files = opened(app, person_of(account))
        name = f"lettres/mission-{placement.reference}.pdf"
        assert files[name].startswith(b"%PDF")
        assert name in json.loads(files["donnees.json"])["files"]

    def test_is_in_the_reader_s_language(self, app: Application) -> None:
        person = make_known_person()
        with app.test_request_context() as context:
            context.session["language"] = "en"
            archive = zipfile.ZipFile(io.BytesIO(archive_of(person)))
        assert '<html lang="en">' in archive.read("donnees.html").decode()
