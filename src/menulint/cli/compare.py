"""``menulint compare``: what differs between two scans."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from menulint.cli._choice import chosen
from menulint.cli._options import choosing_options, speaking_options
from menulint.cli._output import harmless, to_file, to_screen
from menulint.cli._scanning import library_missing
from menulint.config import FAIL_ON
from menulint.finding import SEVERITIES

if TYPE_CHECKING:
    from menulint.reporters._scan.difference import Difference

FORMATS = ("table", "json", "html")
FOUND = 1


@click.command(name="compare", short_help="Compare two scans: what is new, gone, reworded, judged otherwise.")
@click.argument("first", type=click.Path(path_type=Path), metavar="STORE")
@click.argument("second", type=click.Path(path_type=Path), metavar="STORE")
@click.option("--format", "kind", type=click.Choice(FORMATS), help="Default: by the ending of -o, else a table.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@choosing_options
@click.option("--min-severity", type=click.Choice(SEVERITIES), default="info", help="Leave out what is less bad.")
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="never",
    help="From which severity on a new finding makes the exit code 1 (default: never).",
)
@speaking_options
def command(first: Path, second: Path, kind: str | None, output: Path | None, fail_on: str, **given: Any) -> int:
    """Compare two stores that menulint scan wrote, the earlier one first.

    Pages are matched by address, findings by rule and wording. What changed because pack, options or program are not the
    same is told apart from what changed because the page did.
    """
    try:
        from menulint.reporters._scan import comparison
        from menulint.scanning.compare import compare
        from menulint.scanning.store import Store
    except ModuleNotFoundError as missing:
        raise library_missing(missing) from None
    linter, choice = chosen(given)
    found = compare(Store(first), Store(second), choice)
    ending = output.suffix.lower().removeprefix(".") if output else ""
    kind = kind or (ending if ending in FORMATS else "table")
    language = linter.options.ui_lang
    if kind == "json":
        pieces = comparison.as_json(found)
    else:
        pieces = comparison.as_html(found, language) if kind == "html" else comparison.as_lines(found, language)
    if output:
        to_file(output, pieces)
    else:
        to_screen(harmless(pieces), color=False)
    return FOUND if _fails(found, fail_on) else 0


def _fails(found: Difference, fail_on: str) -> bool:
    counted = SEVERITIES[SEVERITIES.index(fail_on) :] if fail_on != "never" else ()
    return any(
        change.now is not None and change.was is None and change.now.severity in counted for change in found.changes
    )
