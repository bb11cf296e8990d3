import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from talentpool.db import db
from talentpool.journal.models import JournalEntry
from talentpool.journal.services import broken_links, deferred, head, record
from talentpool.web.pipeline import Application
from tests.factories.accounts import make_account


@pytest.fixture
def entries(each_database: Application) -> list[JournalEntry]:
    account = make_account()
    return [record(f"test.{n}", account, by=account, number=n) for n in range(4)]


def without_triggers(statement: str, **values: object) -> None:
    """Do what a hand with the owner's rights could do behind the application's back."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ALTER TABLE journal_entry DISABLE TRIGGER ALL"))
    else:
        db.session.execute(text("DROP TRIGGER journal_entry_no_update"))
        db.session.execute(text("DROP TRIGGER journal_entry_no_delete"))
    db.session.execute(text(statement), values)
    db.session.expire_all()


class TestRecord:
    def test_an_entry_says_who_what_and_on_what(self, entries: list[JournalEntry]) -> None:
        assert entries[0].action == "test.0"
        assert entries[0].subject_kind == "account"
        assert entries[0].actor_id == entries[0].subject_id
        assert entries[3].details == {"number": 3}

    def test_an_intact_journal_is_whole(self, entries: list[JournalEntry]) -> None:
        assert broken_links() == []
        assert broken_links(head()) == []


class TestAppendOnly:
    @pytest.mark.parametrize(
        "statement", ["UPDATE journal_entry SET action = 'x'", "DELETE FROM journal_entry"]
    )
    def test_the_database_refuses(self, entries: list[JournalEntry], statement: str) -> None:
        with pytest.raises(DatabaseError, match="append-only"), db.session.begin_nested():
            db.session.execute(text(statement))

    def test_sqlite_replaces_no_row(self, app: Application) -> None:
        entry = record("test.1", by=None)
        statement = (
            "INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry WHERE id = :id"
        )
        with pytest.raises(DatabaseError, match="append-only"), db.session.begin_nested():
            db.session.execute(text(statement), {"id": entry.id})


class TestDeferred:
    def test_entries_are_chained_in_their_order(self, entries: list[JournalEntry]) -> None:
        with deferred():
            held_back = [record(f"test.later.{n}", by=None) for n in range(3)]
            assert head()[0] == entries[-1].id
        assert [entry.id for entry in held_back] == sorted(entry.id for entry in held_back)
        assert head()[0] == held_back[-1].id
        assert broken_links() == []

    def test_a_block_that_fails_writes_none(self, entries: list[JournalEntry]) -> None:
        @deferred()
        def fail() -> None:
            record("test.never", by=None)
            raise LookupError

        with pytest.raises(LookupError):
            fail()
        assert head()[0] == entries[-1].id


class TestVerify:
    def test_an_edited_row_is_named(self, entries: list[JournalEntry]) -> None:
        number = entries[1].id
        without_triggers("UPDATE journal_entry SET action = 'x' WHERE id = :id", id=number)
        assert broken_links() == [f"entry {number}: its content was changed"]

    def test_a_removed_row_is_named(self, entries: list[JournalEntry]) -> None:
        after = entries[2].id
        without_triggers("DELETE FROM journal_entry WHERE id = :id", id=entries[1].id)
        assert broken_links() == [f"before entry {after}: a row was removed, added or moved"]

    def test_a_truncated_journal_is_told_by_its_anchor(self, entries: list[JournalEntry]) -> None:
        anchor = head()
        without_triggers("DELETE FROM journal_entry WHERE id = :id", id=entries[3].id)
        assert broken_links() == []
        assert broken_links(anchor) == [
            f"entry {anchor[0]}: the anchored row is missing or was rewritten"
        ]

    def test_reordered_rows_are_named(self, entries: list[JournalEntry]) -> None:
        first, second = entries[1].id, entries[2].id
        without_triggers("UPDATE journal_entry SET id = -1 WHERE id = :id", id=first)
        db.session.execute(
            text("UPDATE journal_entry SET id = :to WHERE id = :id"), {"to": first, "id": second}
        )
        db.session.execute(text("UPDATE journal_entry SET id = :to WHERE id = -1"), {"to": second})
        db.session.expire_all()
        assert len(broken_links()) >= 2
