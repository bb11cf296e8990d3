"""Every personal column is given or excluded with a reason, and every tie to a person says how it is erased."""

from hashlib import sha256
from pathlib import Path

import talentpool.features  # noqa: F401 - it brings every table in
from talentpool.accounts.consent_models import ConsentText
from talentpool.accounts.consents import VERSIONS
from talentpool.privacy import schema
from talentpool.privacy.wording import NOT_SHOWN, TABLES

#: The information notice as each version words it.
NOTICE = Path(__file__).parents[2] / "templates/pages/personal_data.html"
NOTICE_VERSION, NOTICE_WORDS = "2026-12.2", "e3e6de0e999831cc"
OWN = {table.name for table in schema.own_tables()}


def test_every_tie_to_a_person_says_what_erasing_does() -> None:
    """A foreign key to a talent or an account that deletes neither nor is cut is declared in KEPT."""
    ties = [tie for table in schema.own_tables() for tie in schema.ties_of(table)]
    assert {tie.fate for tie in ties} == set(schema.Fate)


def test_every_table_of_a_person_has_a_name_in_the_archive() -> None:
    """A new table takes one line in privacy/wording.py, or in NOT_SHOWN with its reason."""
    assert sorted(OWN - set(TABLES) - set(NOT_SHOWN)) == []
    assert sorted((set(TABLES) | set(NOT_SHOWN)) - OWN) == []


def test_every_personal_column_is_looked_after() -> None:
    """One that no foreign key ties to a person takes one line in schema.ELSEWHERE."""
    lost = [
        str(column)
        for column in schema.personal_columns()
        if column.table.name not in OWN
        and not column.foreign_keys
        and str(column) not in schema.ELSEWHERE
    ]
    assert lost == []


def test_every_declaration_names_a_column_that_exists() -> None:
    columns = {str(column) for table in schema.METADATA.sorted_tables for column in table.columns}
    declared = {
        *schema.KEPT,
        *schema.ABOUT_OTHERS,
        *schema.WORDS_KEPT,
        *schema.NOT_GIVEN,
        *schema.ELSEWHERE,
        *schema.AUTHORED,
    }
    assert sorted(declared - columns) == []


def test_no_column_holds_a_file_that_somebody_sent() -> None:
    """What is uploaded is read and let go (docs/decisions.md): another column of bytes needs a quarantine."""
    held = {
        str(column)
        for table in schema.METADATA.sorted_tables
        for column in table.columns
        if isinstance(column.type, schema.BINARY)
    }
    assert held == {"explanation_letter.pdf", "mail_attachment.content"}


def test_the_notice_is_not_reworded_in_silence() -> None:
    """New words take a new version in accounts/consents.py, which shows them to everybody; then both go here."""
    words = sha256(NOTICE.read_bytes()).hexdigest()[:16]
    assert (VERSIONS[ConsentText.NOTICE], words) == (NOTICE_VERSION, NOTICE_WORDS)
