"""Reports of imports."""

import io
import json

import pytest

from talentpool.tabular.reading import read_rows
from talentpool.tabular.report import KEPT, REPORT_COLUMNS, Finding, ImportReport
from talentpool.tabular.writing import write_rows

ERROR = Finding(3, "years", "error", "« %(value)s » n’est pas un nombre entier.", {"value": "=1+1"})
WARNING = Finding(
    1, None, "warning", "Seule la première feuille, « %(sheet)s », est lue.", {"sheet": "A"}
)


class TestImportReport:
    def test_it_survives_json(self) -> None:
        report = ImportReport(created=1, updated=2, unchanged=3, rejected=4)
        report.add(ERROR, WARNING)
        stored = json.loads(json.dumps(report.to_dict()))
        assert ImportReport.from_dict(stored) == report
        assert report.total == 10

    def test_findings_beyond_the_cap_are_only_counted(self) -> None:
        report = ImportReport()
        for _round in range(KEPT // 1_000 + 1):
            report.add(*[ERROR] * 1_000)
        report.add(ERROR)
        assert len(report.findings) == KEPT
        assert report.left_out == 1_001
        assert "1001" in list(report.rows_for_download())[-1]["reason"]

    def test_unknown_keys_are_refused(self) -> None:
        with pytest.raises(TypeError):
            ImportReport.from_dict({"findings": [], "role": "admin"})

    def test_sentences_are_translated_before_they_are_filled_in(self) -> None:
        english = {ERROR.message: "%(value)s is not a whole number.", "Erreur": "Error"}
        report = ImportReport()
        report.add(ERROR)
        [row] = report.rows_for_download(lambda text, **params: english.get(text, text) % params)
        assert row == {
            "line": 3,
            "column": "years",
            "level": "Error",
            "reason": "=1+1 is not a whole number.",
        }

    def test_it_can_be_downloaded_and_read_again(self) -> None:
        report = ImportReport()
        report.add(ERROR, WARNING)
        rows = list(report.rows_for_download())
        content = b"".join(write_rows(rows, REPORT_COLUMNS, "csv"))
        again = read_rows(io.BytesIO(content), "report.csv", columns=REPORT_COLUMNS)
        assert [row.values for row in again] == rows
