"""Options that several commands share, and what becomes of their values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import click

from menulint.cli import _complete
from menulint.config import split
from menulint.scales import CONFIDENCES, GENRES
from menulint.ui import LANGUAGES

Decorator: TypeAlias = Callable[[Any], Any]


def day(value: str) -> date:
    """``2026-11-22`` as a date."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no date; write it as 2026-11-22") from None


def comma_lists(_: click.Context, __: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    """The items of an option that may be repeated and may hold commas."""
    return tuple(split(values))


def _list(*names: str, metavar: str, help: str, complete: _complete.Completer | None = None) -> Decorator:
    return click.option(
        *names, multiple=True, metavar=metavar, callback=comma_lists, help=help, shell_complete=complete
    )


_INPUTS: Sequence[Decorator] = (
    click.argument("paths", nargs=-1, metavar="[PATHS...|-]", shell_complete=_complete.paths),
    click.option(
        "--stdin-filename", metavar="NAME", help="The name under which '-' is read: format and configuration."
    ),
    _list("--include", metavar="GLOBS", help="In folders, read only files that match (patterns as in .gitignore)."),
    _list("--exclude", metavar="GLOBS", help="In folders, leave out files that match."),
)
_PLACES: Sequence[Decorator] = (
    _list(
        "--jurisdiction",
        metavar="CODES",
        help="Whose law: GB, US-CA, EU, ... or auto (by the page), or all.",
        complete=_complete.places,
    ),
)
_READING: Sequence[Decorator] = (
    click.option(
        "--lang",
        metavar="CODE",
        help="Language of the copy (default: what the file says, else en).",
        shell_complete=_complete.languages,
    ),
    click.option(
        "--genre", type=click.Choice(GENRES), help="What kind of page it is (default: what its own words say)."
    ),
    click.option("--as-of", type=day, metavar="DATE", help="The day whose law applies (default: today)."),
)
_CHOOSING: Sequence[Decorator] = (
    _list(
        "--select",
        metavar="RULES",
        help="Only these rules: codes, their letters, names or categories.",
        complete=_complete.rules,
    ),
    _list("--ignore", metavar="RULES", help="Not these rules.", complete=_complete.rules),
    click.option("--min-confidence", type=click.Choice(CONFIDENCES), help="Hide what is less sure than this."),
)
_JUDGING: Sequence[Decorator] = (*_PLACES, *_READING, *_CHOOSING)
_PACK: Sequence[Decorator] = (
    click.option(
        "--pack",
        multiple=True,
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="A folder with lexicons and rules to add to those that come along.",
    ),
)
_SPEAKING: Sequence[Decorator] = (
    click.option(
        "--ui-lang",
        type=click.Choice(LANGUAGES),
        help="Language of the report, whatever that of the copy (default: en).",
    ),
)
_CONFIG: Sequence[Decorator] = (click.option("--no-config", is_flag=True, help="Read no configuration file."),)


def _all_of(*groups: Sequence[Decorator]) -> Decorator:
    def decorate(command: Any) -> Any:
        for option in reversed([option for group in groups for option in group]):
            command = option(command)
        return command

    return decorate


input_options = _all_of(_INPUTS, _CONFIG)
"""Paths, and which files in them: for commands that only read."""

linting_options = _all_of(_INPUTS, _JUDGING, _PACK, _CONFIG)
"""Paths, what to judge them by, pack and configuration: for commands that judge."""

judging_options = _all_of(_JUDGING, _PACK)
"""What to judge by, for commands with inputs of their own and no configuration."""

choosing_options = _all_of(_PLACES, _CHOOSING, _PACK)
"""Which findings to look at, for commands that show what was judged before."""

speaking_options = _all_of(_SPEAKING)
"""For commands whose output is read by people and exists in several languages."""

pack_options = _all_of(_PACK)
"""For commands that look into the pack only."""
