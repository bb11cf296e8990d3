"""What the schema says of a person: which rows are theirs, what an archive gives of them, what erasing does.

Nothing has to be declared for a new table to be safe. A foreign key to `talent` or `account` that deletes
in cascade makes its rows the person's: given in the archive, gone with them; one that is set to null makes
them somebody else's, and is cut. What departs from that is said below, each time with its reason, and a
test fails on what is neither.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Column, LargeBinary, Table

from talentpool.db import Base
from talentpool.merges.rows import pointers

METADATA = Base.metadata
#: Files are given as files.
BINARY = LargeBinary
TALENT: Table = METADATA.tables["talent"]
ACCOUNT: Table = METADATA.tables["account"]


class Fate(Enum):
    """What erasing a person does to the rows that one foreign key ties to them."""

    DELETED = "deleted"
    KEPT_BLANK = "kept without words"
    CUT = "link cut"
    #: The row is another person's: it stays as it is, tied to an account without a name.
    OTHERS = "somebody else's"


#: Rows that stay once the person is erased, for figures that are others' too; their words are blanked.
KEPT = {
    "contract.talent_id": "the cap of the agency, day by day; archive rules",
    "contract_period.contract_id": "the cap of the agency, day by day; archive rules",
    "placement.talent_id": "what a ministry had, and for how long; archive rules",
    "proposal.talent_id": "how many people a ministry was proposed",
    "proposal_answer.proposal_id": "how both sides answered, by code",
    "match_decision.talent_id": "what the agency decided, by code",
    "need_review.reviewer_id": "an evaluation of a need, which is the need's",
    "review_score.review_id": "an evaluation of a need, which is the need's",
    "review_comment.review_id": "an evaluation of a need, which is the need's",
    "handover.giver_id": "who stood in for whom at the agency: the other one's work too",
    "handover.receiver_id": "who stood in for whom at the agency: the other one's work too",
    "handover_item.handover_id": "what was lent, which comes back to whoever gave it",
}
#: Rows about somebody else, which whoever acted finds neither in their archive nor erased with them.
ABOUT_OTHERS = {
    "application_screening.reviewer_id": "an evaluation of an application, which is its person's",
    "application_name_reading.account_id": "who read the name of somebody who applied, which is theirs to know",
    "interview_panel.account_id": "who met somebody who applied, which is theirs to know",
}
#: Words that stay in rows that stay.
WORDS_KEPT = {
    "review_comment.text": "it is about a need; the name of who wrote it is written over",
    "handover.note": "what the other one needs to go on; the name of who gave it is written over",
}
#: Columns that no archive gives.
NOT_GIVEN = {
    "account.password_hash": "a secret: giving it would help whoever stole the archive",
    "handover.note": "may be about people whom the work is on",
    "factor.secret": "a secret: whoever stole the archive could sign in with it",
    "factor.credential_id": "what a security key is known by, of use to nobody else",
    "factor.public_key": "what a security key is known by, of use to nobody else",
    "factor.last_challenge": "a technical mark, of use to nobody",
    "recovery_code.beginning": "the beginning of a secret",
    "recovery_code.code_hash": "a secret: giving it would help whoever stole the archive",
    "answer_link.recipient": "may be the address of somebody at the ministry",
    "proposal.host_email": "the address of somebody at the ministry",
    "confirmation.token_hash": "a secret that opens a page",
    "retention_notice.token_hash": "a secret that opens a page",
    "record_merge.undo": "rows as they were before a merge: all of it is in the profile or was replaced",
    "talent.findable": "the profile again, folded for searches",
    "talent.words": "the profile again, folded for searches",
    "mail_attachment.content": "calendar files made of what the proposal says",
}
#: Personal columns of rows that no foreign key ties to a person, and who looks after each.
ELSEWHERE = {
    "import_run.actor_id": "a number, as in the journal",
    "import_run.report": "quotes cells by line: names are looked for when somebody is erased",
    "journal_entry.actor_id": "a number: the archive gives the entries, erasing leaves them",
    "outgoing_mail.recipient": "given and erased by address",
    "outgoing_mail.subject": "given and erased by address",
    "outgoing_mail.text": "given and erased by address",
    "outgoing_mail.html": "given and erased by address",
    "mail_attachment.filename": "given and erased with its mail",
    "mail_attachment.content": "erased with its mail",
    "profile_snapshot.profile": "given and erased by the person's opaque key",
    "match_result.explanation": "given and blanked by the person's opaque key",
    "shortlist_order.human_order": "numbers of several people: the archive gives one's own place",
    "shortlist_order.machine_order": "numbers of several people: the archive gives one's own place",
    "shortlist_order.note": "about several people (RGPD, art. 15(4)): names are looked for",
    "commitment.owner_name": "who a ministry names: names are looked for",
    "commitment.evidence": "who a ministry names: names are looked for",
    "host_team_member.name": "who a ministry names: names are looked for",
    "host_team_member.function": "who a ministry names: names are looked for",
    "host_team_member.time_pct": "who a ministry names: names are looked for",
    "host_team_member.contribution": "who a ministry names: names are looked for",
    "need_delay.words": "what both sides of a need read: names are looked for",
    "need_message.text": "what both sides of a need write: names are looked for",
    "need_move.words": "what both sides of a need read: names are looked for",
    "need_question.text": "public, without a name: names are looked for",
    "need_question.answer": "public, without a name: names are looked for",
    "elimination_visa.signatory": "who gives an official visa: names are looked for",
    "need_contact.name": "who a ministry names: names are looked for",
    "need_contact.function": "who a ministry names: names are looked for",
    "need_contact.email": "who a ministry names: names are looked for",
    "need_contact.phone": "who a ministry names: names are looked for",
}
#: What a person wrote in rows that are not theirs: given in the archive.
AUTHORED = {
    "need_message.author_id": ("text",),
    "need_question.asker_id": ("text", "answer"),
    "proposal_message.author_id": ("text",),
}


@dataclass(frozen=True)
class Tie:
    """One foreign key that ties rows to a person, or to rows of theirs."""

    column: Column[Any]
    fate: Fate

    @property
    def table(self) -> Table:
        """The table whose rows it ties."""
        return self.column.table


class UndeclaredTie(Exception):
    """A foreign key says neither what deleting does, nor is it declared above."""


def fate_of(column: Column[Any]) -> Fate:
    """Tell what erasing does to the rows that a foreign key ties; raises `UndeclaredTie`."""
    if str(column) in KEPT:
        return Fate.KEPT_BLANK
    if str(column) in ABOUT_OTHERS:
        return Fate.OTHERS
    [key] = column.foreign_keys
    fates = {"CASCADE": Fate.DELETED, "SET NULL": Fate.CUT}
    if key.ondelete not in fates:
        raise UndeclaredTie(str(column))
    return fates[key.ondelete]


#: Ties whose rows are not the person's.
NOT_THEIRS = frozenset({Fate.CUT, Fate.OTHERS})


def ties_of(table: Table) -> Iterator[Tie]:
    """Yield the foreign keys that point at a table, a row's own aliases aside."""
    for column in pointers(table, METADATA):
        if column.table is not table:
            yield Tie(column, fate_of(column))


def own_tables() -> list[Table]:
    """List every table that may hold rows of a person, each once."""
    found: dict[str, Table] = {TALENT.name: TALENT, ACCOUNT.name: ACCOUNT}
    waiting = [TALENT, ACCOUNT]
    while waiting:
        for tie in ties_of(waiting.pop()):
            if tie.fate not in NOT_THEIRS and tie.table.name not in found:
                found[tie.table.name] = tie.table
                waiting.append(tie.table)
    return list(found.values())


def personal_columns() -> list[Column[Any]]:
    """List every column that the models mark as personal."""
    return [
        column
        for table in METADATA.sorted_tables
        for column in table.columns
        if column.info.get("personal")
    ]


def is_given(column: Column[Any]) -> bool:
    """Whether an archive gives a column of the person's rows."""
    return str(column) not in NOT_GIVEN and column.name not in {"version_id", "token_hash"}
