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
                columns = _Columns(result.lines)
                made = [_diagnostic(row, columns) for row in rows(result) if row.counts]
            for diagnostic in made:
                yield separator + dump(diagnostic, 4)
                separator = ",\n    "
        yield "]\n}\n" if separator == "\n    " else "\n  ]\n}\n"


class _Columns:
    """Counts the bytes before places of a file's lines: from one place on to the next, for a page may be a single line."""

    def __init__(self, lines: Mapping[int, str]) -> None:
        self._lines = lines
        self._last: dict[int, tuple[int, int]] = {}

    def of(self, at: Position) -> int:
        """The column of a place in bytes, from 1."""
        line = self._lines.get(at.line, "")
        if line.isascii():
            return at.column
        here, (last, extra) = at.column - 1, self._last.get(at.line, (0, 0))
        extra += _extra(line[last:here]) - _extra(line[here:last])  # one of them is empty
        self._last[at.line] = here, extra
        return at.column + extra


def _extra(text: str) -> int:
    """How many bytes more than characters a text has."""
    return len(text.encode("utf-8", "surrogatepass")) - len(text)


def _diagnostic(row: Row, columns: _Columns) -> dict[str, Any]:
    finding, place = row.finding, row.place
    location: dict[str, Any] = {"path": row.file.path}
    if is_text(place.block):
        location["range"] = _range(place.start, place.end, columns)
    code = {"value": finding.rule, **({"url": finding.help} if finding.help else {})}
    made: dict[str, Any] = {
        "message": f"{row.inside + ': ' if row.inside else ''}{finding.message} {finding.rewrite}".strip(),
        "location": location,
        "severity": _SEVERITIES[finding.severity],
        "code": code,
    }
    edits = [edit for fix in place.fixes if fix.safe for edit in fix.edits]
    if edits and is_text(place.block):
        made["suggestions"] = [{"range": _range(edit.start, edit.end, columns), "text": edit.text} for edit in edits]
    return made


def _range(start: Position, end: Position, columns: _Columns) -> dict[str, Any]:
    return {"start": _position(start, columns), "end": _position(end, columns)}


def _position(at: Position, columns: _Columns) -> dict[str, int]:
    return {"line": at.line, "column": columns.of(at)}


def _unread(error: ReportError) -> dict[str, Any]:
    return {
        "message": error.message,
        "location": {"path": error.path},
        "severity": "ERROR",
        "code": {"value": error.code},
    }


REPORTER = RdJsonReporter()
