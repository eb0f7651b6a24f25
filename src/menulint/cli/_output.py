"""Where reports go: standard output or files, one or several formats of the same run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from menulint.errors import UsageError
from menulint.reporters import reporter
from menulint.reporters._snippet import safe
from menulint.reporters.base import Reporter, Result
from menulint.result import ReportContext
from menulint.runs.context import context_of
from menulint.runs.workspace import Workspace

_WIDTH = 100
_WIDEST = 120


class Target(Struct, frozen=True):
    """A format and the file it goes to; None for standard output."""

    reporter: Reporter
    file: Path | None = None


def targets(formats: Sequence[str]) -> tuple[Target, ...]:
    """The reports asked for by ``NAME`` or ``NAME=FILE``; the terminal's if there are none.

    Raises:
        UsageError: an unknown format, or two reports for standard output.
    """
    found = []
    for text in formats or ("terminal",):
        name, _, file = text.partition("=")
        found.append(Target(reporter(name), Path(file) if file else None))
    if sum(target.file is None for target in found) > 1:
        raise UsageError("only one --format can go to standard output; write the others as NAME=FILE")
    return tuple(found)


def write(wanted: Sequence[Target], results: Iterable[Result], context: ReportContext) -> None:
    """Write all reports. One alone is written while the files are still being checked."""
    shared = results if len(wanted) == 1 else list(results)
    for target in wanted:
        if target.file is None:
            to_screen(target.reporter.render(shared, context), color=context.color)
        else:
            to_file(target.file, target.reporter.render(shared, replace(context, color=False)))


def context(workspace: Workspace, *, color: str, **shown: Any) -> ReportContext:
    """What the reports of a run need to know beside its results."""
    return context_of(workspace, color=wants_color(color), width=_width(), **shown)


def _width() -> int:
    if not sys.stdout.isatty():
        return _WIDTH
    import shutil

    return min(shutil.get_terminal_size((_WIDTH, 0)).columns, _WIDEST)


def wants_color(choice: str) -> bool:
    """``always`` and ``never`` decide; else a terminal gets colour unless NO_COLOR is set or it is a dumb one."""
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def to_screen(pieces: Iterable[str], *, color: bool) -> None:
    """Print pieces of text as they come."""
    for piece in pieces:
        click.echo(piece, nl=False, color=color)


def harmless(pieces: Iterable[str]) -> Iterable[str]:
    """Whole lines with nothing in them that a terminal obeys, if one shows them; files and pipes get the text as it is."""
    return map(_harmless, pieces) if sys.stdout.isatty() else pieces


def _harmless(piece: str) -> str:
    return "\n".join(map(safe, piece.replace("\r\n", "\n").split("\n")))


def to_file(path: Path, pieces: Iterable[str]) -> None:
    """Write pieces of text to a file.

    Raises:
        UsageError: it cannot be written.
    """
    try:
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.writelines(pieces)
    except OSError as error:
        raise UsageError(f"{path.as_posix()}: the report cannot be written: {error.strerror}") from error
