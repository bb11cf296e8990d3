"""Imports and exports from the command line, with a progress bar and a report."""

import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from rich.console import Console
from rich.progress import Progress

from talentpool.db import db
from talentpool.tabular.columns import Columns
from talentpool.tabular.importing import LONGEST_SOURCE, Importer, run_import
from talentpool.tabular.limits import UnreadableFile
from talentpool.tabular.report import REPORT_COLUMNS, ImportReport
from talentpool.tabular.writing import MEDIA_TYPES, CellTooLong, write_rows

SHOWN = 20


def import_command(kind: str, importer: Callable[..., Importer]) -> click.Command:
    """Build `talentpool import KIND`."""

    @click.command(kind)
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--source", help="Where the file comes from; by default its folder's name.")
    @click.option("--dry-run", is_flag=True, help="Report, and store nothing.")
    @click.option(
        "--report", type=click.Path(dir_okay=False, path_type=Path), help="Write remarks as CSV."
    )
    @with_appcontext
    def command(file: Path, source: str | None, dry_run: bool, report: Path | None) -> None:
        """Import FILE (JSON Lines, CSV or XLSX): good rows go in, bad ones are reported."""
        origin = (source or file.resolve().parent.name or "file")[:LONGEST_SOURCE]
        lines = file.read_bytes().count(b"\n") if file.suffix != ".xlsx" else None
        console = Console(stderr=True)
        progress = Progress(console=console) if console.is_terminal else None
        with progress or nullcontext(), file.open("rb") as stream:
            task = progress.add_task(file.name, total=lines) if progress else None
            try:
                run = run_import(
                    importer(source=origin, by=None),
                    stream,
                    filename=file.name,
                    source=origin,
                    by=None,
                    dry_run=dry_run,
                    on_row=lambda: (
                        progress.advance(task) if progress and task is not None else None
                    ),
                )
            except UnreadableFile as refused:
                raise click.ClickException(refused.sentence()) from refused
            db.session.commit()
        _print(ImportReport.from_dict(run.report), origin, dry_run)
        if report is not None:
            rows = ImportReport.from_dict(run.report).rows_for_download()
            report.write_bytes(b"".join(write_rows(rows, REPORT_COLUMNS, "csv")))

    return command


def export_command(
    kind: str, columns: Columns, rows: Callable[[], Iterable[Mapping[str, Any]]]
) -> click.Command:
    """Build `talentpool export KIND`."""

    @click.command(kind)
    @click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
    @with_appcontext
    def command(out: Path) -> None:
        """Write what import reads; the file's ending (jsonl, csv, xlsx) chooses the format."""
        format = out.suffix.removeprefix(".")
        if format not in MEDIA_TYPES:
            raise click.ClickException(f"{out.name} must end in {', '.join(MEDIA_TYPES)}.")
        try:
            out.write_bytes(b"".join(write_rows(rows(), columns, format)))
        except CellTooLong as refused:
            raise click.ClickException(str(refused)) from refused
        click.echo(f"{out} written.")

    return command


def _print(report: ImportReport, source: str, dry_run: bool) -> None:
    click.echo(
        f"{'Dry run, nothing stored. ' if dry_run else ''}Source {source}: "
        f"{report.created} created, {report.updated} updated, "
        f"{report.unchanged} unchanged, {report.rejected} rejected."
    )
    for finding in report.findings[:SHOWN]:
        click.echo(
            f"  line {finding.line}, {finding.column or '-'}: {finding.level}: "
            f"{finding.sentence()}",
            err=finding.level == "error",
        )
    hidden = len(report.findings) + report.left_out - SHOWN
    if hidden > 0:
        click.echo(f"  … and {hidden} more remarks; --report FILE keeps them.")
    sys.stdout.flush()
