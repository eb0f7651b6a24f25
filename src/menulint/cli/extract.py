"""``menulint extract``: what was read as copy, and what was not."""

from __future__ import annotations

from typing import Any

import click

from menulint.cli import _show
from menulint.cli._failure import complain
from menulint.cli._options import input_options
from menulint.errors import InputError, SkippedFile
from menulint.readers import read_bytes, reader_names
from menulint.reporters import _values
from menulint.result import ReportError
from menulint.runs.workspace import Workspace
from menulint.source import Block, LeftOut, LineIndex, Source

UNREADABLE = 3
_SHOWN_CHARACTERS = 60


@click.command(name="extract", short_help="Show what is read as copy.")
@input_options
@click.option("--as", "as_format", metavar="FORMAT", help="Read the input as this format, whatever its name.")
@click.option("--format", "format_name", type=click.Choice(("text", "json")), default="text", help="text or json.")
def command(**options: Any) -> int:
    """Show what is read as copy: each block with its place, part and section, then what was left out and why."""
    if options["as_format"] and options["as_format"] not in reader_names():
        raise click.UsageError(f"no format is called {options['as_format']!r}; there are {', '.join(reader_names())}")
    sources: list[Source] = []
    unread = 0
    workspace = Workspace.of(options)
    for found in workspace.inputs():
        try:
            if isinstance(found, ReportError):
                raise InputError(found.path, found.code, found.message)
            sources.append(read_bytes(found.path, found.data, format=options["as_format"], ocr=workspace.ocr))
        except (InputError, SkippedFile) as error:
            unread += isinstance(error, InputError)
            complain(f"menulint: {error}")
    if options["format_name"] == "json":
        _show.as_json({"files": [_file(source) for source in sources]})
    else:
        for source in sources:
            _print(source)
    if said := workspace.said_of_passed_over():
        complain(f"menulint: {said}")
    return UNREADABLE if unread else 0


def _print(source: Source) -> None:
    lines = source.index()
    _show.line(f"{source.path} ({source.format}, {source.encoding})")
    for block in source.blocks:
        at = lines.position(source.file_span(block.index, 0, len(block.text))[0])
        where = f"[{block.place or 'document'}]" if source.by_block else f"{at.line}:{at.column}"
        section = " > ".join(_section(source, block))
        _show.line(f"{where} {block.role}{f' [{section}]' if section else ''} {block.text}")
    for left in source.left_out:
        at = lines.position(left.start)
        _show.line(f"{at.line}:{at.column} left out ({left.reason}): {_beginning(source, left)}")
    for note in source.notes:
        _show.line(f"note: {note}")


def _beginning(source: Source, left: LeftOut) -> str:
    text = " ".join(source.text[left.start : min(left.end, left.start + 2 * _SHOWN_CHARACTERS)].split())
    return text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "…"


def _section(source: Source, block: Block) -> list[str]:
    return [source.blocks[index].text for index in block.section]


def _file(source: Source) -> dict[str, Any]:
    lines = source.index()
    return {
        "path": source.path,
        "format": source.format,
        "encoding": source.encoding,
        "sha256": source.sha256,
        "notes": list(source.notes),
        "blocks": [_block(source, block, lines) for block in source.blocks],
        "left_out": [
            {**_values.span(lines.position(left.start), lines.position(left.end)), "reason": left.reason}
            for left in source.left_out
        ],
    }


def _block(source: Source, block: Block, lines: LineIndex) -> dict[str, Any]:
    start, end = source.file_span(block.index, 0, len(block.text))
    return {
        "role": str(block.role),
        "text": block.text,
        **_values.span(lines.shown(lines.position(start)), lines.shown(lines.position(end))),
        "section": _section(source, block),
        "level": block.level,
        "group": block.group,
        "row": block.row,
        "column": block.column,
        "lang": block.lang,
        "cell": block.cell,
        "page": block.page,
        "box": list(block.box) if block.box else None,
        "pointer": block.pointer,
        "quoted": block.quoted,
    }
