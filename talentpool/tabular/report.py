"""What an import did, row by row: for the page, for the journal and for a file to download."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from talentpool.i18n import _
from talentpool.tabular.columns import Column, Columns
from talentpool.tabular.limits import in_french

Level = Literal["error", "warning"]

KEPT = 5_000
LEVELS: dict[Level, str] = {"error": _("Erreur"), "warning": _("Avertissement")}
OTHERS = _("Et %(count)s autres remarques, qui n’ont pas été gardées.")

REPORT_COLUMNS = Columns(
    [
        Column("line", _("Ligne"), kind="integer"),
        Column("column", _("Colonne")),
        Column("level", _("Gravité")),
        Column("reason", _("Motif")),
    ]
)


@dataclass(frozen=True)
class Finding:
    """One remark about one place of a file.

    `line` counts from 1 as editors and spreadsheets do; `column` is the `Column.name`, or the
    header as written when it is unknown, or None for the whole row; `message` is a French msgid and
    `params` its named parameters, kept apart so that a page can translate. An error keeps its row
    out; a warning does not.
    """

    line: int
    column: str | None
    level: Level
    message: str
    params: dict[str, str] = field(default_factory=dict)

    def sentence(self, translate: Callable[..., str] = in_french) -> str:
        """Return the message, translated, with its parameters filled in."""
        return translate(self.message, **self.params)


@dataclass
class ImportReport:
    """Counts of rows by outcome, and up to `KEPT` findings; `left_out` counts the others."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    findings: list[Finding] = field(default_factory=list)
    left_out: int = 0

    def add(self, *findings: Finding) -> None:
        """Keep findings, as in `report.add(*row.findings)`; beyond the cap they are counted."""
        room = max(KEPT - len(self.findings), 0)
        self.findings += findings[:room]
        self.left_out += len(findings[room:])

    @property
    def total(self) -> int:
        """Count the rows that were read."""
        return self.created + self.updated + self.unchanged + self.rejected

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values that JSON can hold."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "ImportReport":
        """Rebuild what `to_dict` gave; raises TypeError on unknown or missing keys."""
        return cls(**{**data, "findings": [Finding(**finding) for finding in data["findings"]]})

    def rows_for_download(
        self, translate: Callable[..., str] = in_french
    ) -> Iterator[dict[str, Any]]:
        """Yield rows for `write_rows(…, REPORT_COLUMNS, …)`, which guards what is quoted."""
        for finding in self.findings:
            yield {
                "line": finding.line,
                "column": finding.column or "",
                "level": translate(LEVELS[finding.level]),
                "reason": finding.sentence(translate),
            }
        if self.left_out:
            reason = translate(OTHERS, count=str(self.left_out))
            yield {"line": None, "column": "", "level": "", "reason": reason}
