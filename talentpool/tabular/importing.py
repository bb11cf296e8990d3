"""Running an import: row by row, each in or out on its own, and the report kept."""

from collections.abc import Callable
from typing import Any, BinaryIO, Protocol

from talentpool.db import Lock, db, queue_on
from talentpool.i18n import _
from talentpool.journal import services as journal
from talentpool.tabular.columns import Columns
from talentpool.tabular.models import ImportRun
from talentpool.tabular.reading import Row, read_rows
from talentpool.tabular.report import ImportReport

CREATED, UPDATED, UNCHANGED, REJECTED = "created", "updated", "unchanged", "rejected"
LONGEST_ID = 120
LONGEST_SOURCE = 80
SAME_ID = _(
    "Cet identifiant est déjà celui de la ligne %(line)s : gardez une seule des deux lignes, ou"
    " donnez-leur deux identifiants."
)
SAME_ROW = _("La ligne %(line)s désigne déjà la même chose : gardez une seule des deux lignes.")


class Importer(Protocol):
    """What a feature adds: its columns, and how one good row goes in."""

    kind: str
    columns: Columns

    def identity(self, row: Row) -> tuple[str, ...]:
        """Return what no two good rows of a file may share."""

    def save(self, row: Row) -> str:
        """Store one good row; return CREATED, UPDATED or UNCHANGED, and add warnings to the row.

        A row that turns out not to fit leaves nothing stored, says why, and returns REJECTED.
        """


def run_import(
    importer: Importer,
    stream: BinaryIO,
    *,
    filename: str,
    source: str,
    by: Any,
    dry_run: bool = False,
    on_row: Callable[[], None] = lambda: None,
) -> ImportRun:
    """Import a file and return the stored run with its report; a dry run keeps the report only.

    Raises `UnreadableFile` when no row of the file can be read. Rows already read stay in.
    """
    rows = read_rows(stream, filename, columns=importer.columns)
    report = ImportReport()
    lines: dict[tuple[str, ...], int] = {}
    # The same file sent twice at once: the second waits, then finds every row there already.
    queue_on(Lock.IMPORT)
    attempt = db.session.begin_nested()
    with journal.deferred() as entries:
        for row in rows:
            if not row.is_bad:
                _refuse_twin(row, importer.identity(row), lines)
            if row.is_bad:
                report.rejected += 1
            else:
                outcome = importer.save(row)
                setattr(report, outcome, getattr(report, outcome) + 1)
            report.add(*row.findings)
            on_row()
        if dry_run:
            attempt.rollback()
            entries.clear()
        else:
            attempt.commit()
    run = ImportRun(
        kind=importer.kind,
        filename=filename[:255],
        source=source[:LONGEST_SOURCE],
        is_dry_run=dry_run,
        actor_id=by.id if by else None,
        report=report.to_dict(),
    )
    db.session.add(run)
    journal.record(
        f"{importer.kind}.imported",
        run,
        by=by,
        dry_run=dry_run,
        created=report.created,
        updated=report.updated,
        rejected=report.rejected,
    )
    return run


def identity(row: Row, source: str) -> tuple[str, str]:
    """Return the source, the row's own or the file's, and the identifier under which a row is stored."""
    own = row.values.get("source") or source
    return own[:LONGEST_SOURCE], row.values["id"][:LONGEST_ID]


def _refuse_twin(row: Row, named: tuple[str, ...], lines: dict[tuple[str, ...], int]) -> None:
    """Reject a row that means what a line that went in means: nothing says which of both is right."""
    first = lines.setdefault(named, row.line)
    if first == row.line:
        return
    is_named_by_id = named[1:] == (row.values.get("id"),)
    row.find(
        "id" if is_named_by_id else None,
        SAME_ID if is_named_by_id else SAME_ROW,
        {"line": str(first)},
    )
