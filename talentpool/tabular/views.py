"""Pages of imports and exports that every feature shares."""

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

from flask import Blueprint, Response, abort, flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from talentpool.access import Permission, access
from talentpool.db import db
from talentpool.i18n import _, translated
from talentpool.tabular import queries
from talentpool.tabular.columns import Columns
from talentpool.tabular.forms import ImportForm
from talentpool.tabular.importing import run_import
from talentpool.tabular.limits import UnreadableFile
from talentpool.tabular.models import ImportRun
from talentpool.tabular.report import REPORT_COLUMNS, ImportReport
from talentpool.tabular.writing import MEDIA_TYPES, CellTooLong, write_rows
from talentpool.web.forms import render_form
from talentpool.web.pagination import paged
from talentpool.web.pipeline import see_other

bp = Blueprint("tabular", __name__, url_prefix="/imports")


@bp.get("/")
@access(Permission.READ_IMPORTS)
def listing() -> ResponseReturnValue:
    """List past imports."""
    return render_template("tabular/listing.html", page=paged(queries.import_runs()))


@bp.get("/<int:run_id>")
@access(Permission.READ_IMPORTS)
def show(run_id: int) -> ResponseReturnValue:
    """Show the report of one import."""
    run = db.get_or_404(ImportRun, run_id)
    report = ImportReport.from_dict(run.report)
    return render_template("tabular/show.html", run=run, report=report)


@bp.get("/<int:run_id>/rapport.<format>")
@access(Permission.READ_IMPORTS)
def download_report(run_id: int, format: str) -> ResponseReturnValue:
    """Download the remarks of one import."""
    run = db.get_or_404(ImportRun, run_id)
    rows = ImportReport.from_dict(run.report).rows_for_download(translated)
    return download(rows, REPORT_COLUMNS, format, f"rapport-import-{run.id}")


def answer_import(
    importer: Any, template: str, *, columns: Columns | None = None
) -> ResponseReturnValue:
    """Show the form of an import, or run it and lead to its report.

    `importer` makes a feature's importer, `template` is its page, and `columns` are those of the
    importer's class unless they are given.
    """
    form = ImportForm()
    if form.validate_on_submit():
        file = form.file.data
        filename = PurePath(file.filename or "").name
        source = form.source.data or ""
        try:
            run = run_import(
                importer(source=source, by=current_user),
                file.stream,
                filename=filename,
                source=source,
                by=current_user,
                dry_run=form.dry_run.data,
            )
        except UnreadableFile as refused:
            form.file.errors = [refused.sentence(translated)]
        else:
            done = _("Import terminé : voici son rapport.")
            tried = _("Vérification terminée : voici ce qu’un import ferait.")
            flash(translated(tried if run.is_dry_run else done), "success")
            return see_other("tabular.show", run_id=run.id)
    return render_form(template, form, columns=columns or importer.columns)


def download(
    rows: Iterable[Mapping[str, Any]], columns: Columns, format: str, name: str
) -> ResponseReturnValue:
    """Answer with a file; an unknown format is not found."""
    if format not in MEDIA_TYPES:
        abort(404)
    try:
        content = b"".join(write_rows(rows, columns, format))
    except CellTooLong as refused:
        return Response(
            translated(refused.message, **refused.params), status=422, mimetype="text/plain"
        )
    return Response(
        content,
        content_type=MEDIA_TYPES[format],
        headers={"Content-Disposition": f'attachment; filename="{name}.{format}"'},
    )
