"""One row for each place, for a spreadsheet: RFC 4180, UTF-8.

A cell that a spreadsheet would take for a formula begins with an apostrophe: copy of pages is somebody else's text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from menulint.finding import ReportContext, ReportError
from menulint.reporters._places import Row, law, rows
from menulint.reporters.base import Result

COLUMNS = (
    "path line column end_line end_column inside severity rule name category verdict confidence text message why rewrite "
    "jurisdictions provisions urls speaker stance section genre language fingerprint baseline suppressed error"
).split()
"""The header row. ``inside`` is the cell or page in a file that is not text; ``error`` says why a file was not read."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class CsvReporter:
    """Streams a header row, then a row for each place; an input that could not be read has a row with ``error`` filled."""

    name = "csv"

    def render(self, results: Iterable[Result], context: ReportContext) -> Iterator[str]:
        """See ``Reporter.render``."""
        yield line(COLUMNS)
        for result in results:
            if isinstance(result, ReportError):
                cells = {"path": result.path, "error": f"{result.code}: {result.message}"}
                yield line([inert(cells.get(name, "")) for name in COLUMNS])
                continue
            for row in rows(result):
                cells = _cells(row, context)
                yield line([inert(cells.get(name, "")) for name in COLUMNS])


def _cells(row: Row, context: ReportContext) -> dict[str, str]:
    finding, place = row.finding, row.place
    cited = law(finding, context)
    return {
        "path": row.file.path,
        "line": str(place.start.line),
        "column": str(place.start.column),
        "end_line": str(place.end.line),
        "end_column": str(place.end.column),
        "inside": row.inside,
        "severity": finding.severity,
        "rule": finding.rule,
        "name": finding.name,
        "category": finding.category,
        "verdict": finding.verdict,
        "confidence": finding.confidence,
        "text": finding.text,
        "message": finding.message,
        "why": finding.why,
        "rewrite": finding.rewrite,
        "jurisdictions": " ".join(judged.code for judged in finding.jurisdictions if judged.raises),
        "provisions": "; ".join(f"{p.instrument}, {p.provision}" for p in cited),
        "urls": " ".join(dict.fromkeys(p.url for p in cited)),
        "speaker": finding.speaker,
        "stance": finding.stance,
        "section": " > ".join(place.block.section),
        "genre": row.file.genre,
        "language": row.file.language,
        "fingerprint": place.fingerprint,
        "baseline": place.baseline or "",
        "suppressed": place.suppressed.reason if place.suppressed else "",
    }


def inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(_FORMULA) else cell


def line(cells: Iterable[str]) -> str:
    """Cells as a line of the file."""
    made = io.StringIO()
    csv.writer(made, lineterminator="\r\n").writerow(cells)
    return made.getvalue()


REPORTER = CsvReporter()
