import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table

from talentpool.db import db
from talentpool.merges.rows import Subject, pointers
from talentpool.merges.services import ORGANISATIONS, TALENTS


class TestPointers:
    def test_a_table_added_later_moves_without_anybody_thinking_of_it(self) -> None:
        metadata = MetaData()
        person = Table("person", metadata, Column("id", Integer, primary_key=True))
        later = Table("later", metadata, Column("person_id", ForeignKey("person.id")))
        own = Table("own", metadata, Column("person_id", ForeignKey("person.id")))
        subject = Subject(person, owned=frozenset({"own.person_id"}), kept=frozenset())
        assert pointers(person, metadata) == [later.c.person_id, own.c.person_id]
        assert subject.moving(metadata) == [later.c.person_id]

    @pytest.mark.parametrize("subject", [TALENTS, ORGANISATIONS])
    def test_what_does_not_move_is_there(self, subject: Subject) -> None:
        names = {str(column) for column in pointers(subject.table, db.metadata)}
        assert subject.owned | subject.kept <= names
        assert {"talent": "proposal.talent_id", "organisation": "need.organisation_id"}[
            subject.table.name
        ] in {str(column) for column in subject.moving(db.metadata)}
