"""Plain text for the commands that show something: safe to print, wrapped, with a hanging label."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from menulint.reporters._snippet import safe

if TYPE_CHECKING:
    from menulint.finding import BlockRef
    from menulint.source import Position

_WIDTH, _NARROWEST = 100, 40


def _width() -> int:
    """Columns to fill: those of the terminal up to a readable line; where there is none, always the same."""
    if not sys.stdout.isatty():
        return _WIDTH
    import shutil

    return max(_NARROWEST, min(shutil.get_terminal_size((_WIDTH, 0)).columns, _WIDTH))


def line(text: str = "") -> None:
    """Print one line with nothing in it that a terminal obeys."""
    click.echo(safe(text))


def place(path: str, start: Position, block: BlockRef) -> str:
    """Where something stands: path, line and column, or the block of a file that is not text."""
    return f"{path} [{block.place or 'document'}]" if block.quote else f"{path}:{start.line}:{start.column}"


def labelled(label: str, text: str, *, indent: int = 0) -> None:
    """Print ``label: text``, wrapped; nothing if there is no text."""
    if text:
        margin = " " * indent
        whole = f"{label}: {safe(text)}"
        click.echo(
            textwrap.fill(
                whole,
                _width(),
                initial_indent=margin,
                subsequent_indent=margin + "  ",
                break_long_words=False,
                break_on_hyphens=False,
            )
        )


def paragraph(text: str, *, indent: int = 0) -> None:
    """Print running text, wrapped."""
    margin = " " * indent
    click.echo(
        textwrap.fill(
            safe(text),
            _width(),
            initial_indent=margin,
            subsequent_indent=margin,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


def listed(label: str, items: Iterable[str], *, indent: int = 0) -> None:
    """Print a label and its items, each wrapped with its further lines set in; nothing if there are none."""
    items = list(items)
    if items:
        click.echo(" " * indent + label + ":")
        for item in items:
            click.echo(_item(safe(item), " " * (indent + 2)))


def _item(text: str, margin: str) -> str:
    """One item; what is laid out already (it begins with a blank) stays as it is."""
    if text.startswith(" "):
        return margin + text
    return textwrap.fill(
        text,
        _width(),
        initial_indent=margin,
        subsequent_indent=margin + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def table(rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [safe(cell).ljust(width) for cell, width in zip(row, widths, strict=True)]
        click.echo("  ".join(cells).rstrip())


def as_json(value: Any) -> None:
    """Print a value as JSON."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
