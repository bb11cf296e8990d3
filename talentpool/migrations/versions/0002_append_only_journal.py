"""The journal refuses changes and deletions, whoever asks.

Revision 0002, after 0001.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

VERBS = ("UPDATE", "DELETE")
REFUSAL = "the journal is append-only"


def upgrade() -> None:
    """Put the triggers in place."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"""
            CREATE FUNCTION refuse_journal_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$
            """
        )
        op.execute(
            """
            CREATE TRIGGER journal_entry_is_append_only
            BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entry
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_journal_change()
            """
        )
        return
    op.execute(
        "CREATE TRIGGER journal_entry_no_replacement BEFORE INSERT ON journal_entry "  # noqa: S608 - a constant
        "WHEN EXISTS (SELECT 1 FROM journal_entry WHERE id = NEW.id) "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )
    for verb in VERBS:
        op.execute(
            f"""
            CREATE TRIGGER journal_entry_no_{verb.lower()} BEFORE {verb} ON journal_entry
            BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
            """
        )


def downgrade() -> None:
    """Take the triggers away."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER journal_entry_is_append_only ON journal_entry")
        op.execute("DROP FUNCTION refuse_journal_change()")
        return
    op.execute("DROP TRIGGER journal_entry_no_replacement")
    for verb in VERBS:
        op.execute(f"DROP TRIGGER journal_entry_no_{verb.lower()}")
