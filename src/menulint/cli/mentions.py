"""``menulint mentions``: every term found, claim or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from menulint.cli import _show
from menulint.cli._failure import complain
from menulint.cli._options import linting_options
from menulint.cli._progress import watched
from menulint.errors import InputError, SkippedFile
from menulint.linter import MentionRow
from menulint.reporters import _values
from menulint.result import ReportError
from menulint.runs.files import Input
from menulint.runs.workspace import Workspace

UNREADABLE = 3


@click.command(name="mentions", short_help="List every term found, claim or not.")
@linting_options
@click.option("--format", "format_name", type=click.Choice(("text", "json")), default="text", help="text or json.")
def command(**options: Any) -> int:
    """List every term found in the copy, with who says it and how it is meant."""
    workspace = Workspace.of(options, with_baseline=False)
    files: list[tuple[str, list[MentionRow]]] = []
    unread = 0
    for path, rows in watched(_rows(workspace), workspace.count):
        if isinstance(rows, ReportError):
            unread += 1
            complain(f"menulint: {path}: {rows.message}")
        else:
            files.append((path, rows))
    if options["format_name"] == "json":
        _show.as_json({"files": [{"path": path, "mentions": [_row(row) for row in rows]} for path, rows in files]})
    else:
        for path, rows in files:
            for row in rows:
                _show.line(f"{_show.place(path, row.start, row.block)} {row.concept} “{row.text}” {_said(row)}")
    return UNREADABLE if unread else 0


def _rows(workspace: Workspace) -> Iterator[tuple[str, list[MentionRow] | ReportError]]:
    for found in workspace.inputs():
        yield found.path, found if isinstance(found, ReportError) else _mentions(workspace, found)


def _mentions(workspace: Workspace, found: Input) -> list[MentionRow] | ReportError:
    try:
        return workspace.linter(workspace.options_for(Path(found.path))).mentions(found.path, found.data)
    except InputError as error:
        return ReportError(error.path, error.code, error.message)
    except SkippedFile:
        return []


def _said(row: MentionRow) -> str:
    cues = f" ({'; '.join(f'{cue.says}: {cue.text}' for cue in row.cues)})" if row.cues else ""
    return f"{row.speaker}, {row.stance}{cues}"


def _row(row: MentionRow) -> dict[str, Any]:
    return {
        "concept": row.concept,
        "facet": row.facet,
        "text": row.text,
        **_values.span(row.start, row.end),
        **({"block": _values.block(row.block)} if row.block.quote else {}),
        "speaker": row.speaker,
        "stance": row.stance,
        "cues": [_values.cue(cue) for cue in row.cues],
    }
