"""Reviewdog Diagnostic Format, one JSON document. Its columns count bytes of UTF-8."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from menulint.finding import ReportContext, ReportError
from menulint.reporters._places import Row, is_text, rows
from menulint.reporters.base import Result
from menulint.reporters.json import dump
from menulint.source import Position

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


class RdJsonReporter:
    """Streams the diagnostics that count, and inputs that could not be read."""

    name = "rdjson"

    def render(self, results: Iterable[Result], context: ReportContext) -> Iterator[str]:
        """See ``Reporter.render``."""
        yield '{\n  "source": {"name": "menulint"},\n  "diagnostics": ['
        separator = "\n    "
        for result in results:
            if isinstance(result, ReportError):
                made = [_unread(result)]
            else:
                made = [_diagnostic(row) for row in rows(result) if row.counts]
            for diagnostic in made:
                yield separator + dump(diagnostic, 4)
                separator = ",\n    "
        yield "]\n}\n" if separator == "\n    " else "\n  ]\n}\n"


def _diagnostic(row: Row) -> dict[str, Any]:
    finding, place, lines = row.finding, row.place, row.file.lines
    location: dict[str, Any] = {"path": row.file.path}
    if is_text(place.block):
        location["range"] = _range(place.start, place.end, lines)
    code = {"value": finding.rule, **({"url": finding.help} if finding.help else {})}
    made: dict[str, Any] = {
        "message": f"{row.inside + ': ' if row.inside else ''}{finding.message} {finding.rewrite}".strip(),
        "location": location,
        "severity": _SEVERITIES[finding.severity],
        "code": code,
    }
    edits = [edit for fix in place.fixes if fix.safe for edit in fix.edits]
    if edits and is_text(place.block):
        made["suggestions"] = [{"range": _range(edit.start, edit.end, lines), "text": edit.text} for edit in edits]
    return made


def _range(start: Position, end: Position, lines: Mapping[int, str]) -> dict[str, Any]:
    return {"start": _position(start, lines), "end": _position(end, lines)}


def _position(at: Position, lines: Mapping[int, str]) -> dict[str, int]:
    before = lines.get(at.line, "")[: at.column - 1]
    return {"line": at.line, "column": at.column + len(before.encode("utf-8", "surrogatepass")) - len(before)}


def _unread(error: ReportError) -> dict[str, Any]:
    return {
        "message": error.message,
        "location": {"path": error.path},
        "severity": "ERROR",
        "code": {"value": error.code},
    }


REPORTER = RdJsonReporter()
