"""``menulint report``: a scan as a web page, a workbook, tables or a brief."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from menulint.cli._choice import chosen
from menulint.cli._failure import complain
from menulint.cli._options import choosing_options, speaking_options
from menulint.cli._output import harmless, to_file, to_screen
from menulint.cli._scanning import library_missing
from menulint.errors import UsageError
from menulint.finding import SEVERITIES
from menulint.ui import DEFAULT

if TYPE_CHECKING:
    from menulint.linter import Linter
    from menulint.reporters._scan.overview import Overview
    from menulint.scanning.gather import Law

FORMATS = ("html", "xlsx", "csv", "json", "md")
TABLES = ("claims", "sites", "rules", "wordings", "places", "languages", "time", "content", "errors")
"""As ``menulint.reporters._scan.tables`` has them; a test holds them to that."""

SHOWN, LONGEST_SHEET = 20_000, 1_048_575
"""Claims that a web page and a sheet hold unless --limit says otherwise."""


@click.command(name="report", short_help="Show a scan: a web page, a workbook, tables, a content analysis.")
@click.argument("store", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@click.option(
    "--format", "kind", type=click.Choice(FORMATS), help="Default: by the ending of -o, else md (a page of Markdown)."
)
@click.option("--table", type=click.Choice(TABLES), default="claims", help="Which table, in CSV (default: claims).")
@choosing_options
@click.option("--min-severity", type=click.Choice(SEVERITIES), default="info", help="Leave out what is less bad.")
@click.option(
    "--hosts",
    "sample",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File with the hosts to look at, one on a line: the sample of a study.",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    help=f"Claims to list, the worst first (default: {SHOWN} in HTML, all elsewhere). Charts count all.",
)
@speaking_options
def command(store: Path, output: Path | None, kind: str | None, table: str, **given: Any) -> None:
    """Show what a scan found, from the STORE that menulint scan wrote.

    The web page stands alone: it needs no network and can be mailed. Wordings are counted once for each site, and what was
    left out, copied or not read is said. With --jurisdiction, findings weigh what those places make of them.
    """
    try:
        from menulint.scanning.gather import gather
        from menulint.scanning.store import Store
    except ModuleNotFoundError as missing:
        raise library_missing(missing) from None
    kind = kind or _by_ending(output)
    if kind == "xlsx" and output is None:
        raise UsageError("a workbook cannot go to standard output; name a file with -o report.xlsx")
    linter, choice = chosen(given)
    if given["sample"]:
        choice = replace(choice, hosts=_hosts(given["sample"]))
    limit = given["limit"] or {"html": SHOWN, "xlsx": LONGEST_SHEET}.get(kind)
    overview = gather(Store(store), choice, _law(linter), limit=limit)
    if not overview.about.complete:
        complain(f"menulint: {store}: the scan is not finished; this is what is there so far")
    _write(overview, kind, table, output, linter.options.ui_lang)
    if overview.left_out:
        complain(f"menulint: {overview.left_out} of {overview.totals.claims} claims are not listed; see --limit")


def _by_ending(output: Path | None) -> str:
    ending = output.suffix.lower().removeprefix(".") if output else "md"
    found = {"htm": "html", "markdown": "md"}.get(ending, ending)
    if found not in FORMATS:
        raise UsageError(f"{output}: the ending says no format; expected one of {', '.join(FORMATS)}, or --format")
    return found


def _law(linter: Linter) -> Law:
    from menulint.reporters._scan.overview import RuleText
    from menulint.scanning.gather import Law

    language = linter.options.ui_lang
    texts = {rule.id: rule.wording(language) for rule in linter.pack.rules.values()}
    rules = {name: RuleText(text.what, text.why, text.rewrite) for name, text in texts.items()}
    return Law(linter.pack.sha256, linter.provisions, rules)


def _hosts(path: Path) -> tuple[str, ...]:
    """The hosts of a list, the first word of each line, as sites are called; ``#`` begins a comment."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read as a list of hosts in UTF-8: {error}") from None
    words = (line.partition("#")[0].split() for line in lines)
    hosts = dict.fromkeys(_host(word[0]) for word in words if word)
    if not hosts:
        raise UsageError(f"{path}: holds no host; expected one on a line, such as clinic.example")
    return tuple(hosts)


def _host(text: str) -> str:
    return text.lower().rpartition("://")[2].partition("/")[0].removeprefix("www.").rstrip(".")


def _write(overview: Overview, kind: str, table: str, output: Path | None, language: str) -> None:
    if kind == "xlsx":
        assert output is not None
        _write_sheet(overview, output, language)
        return
    pieces = _pieces(overview, kind, table, language or DEFAULT)
    if output:
        to_file(output, pieces)
    else:
        to_screen(harmless(pieces), color=False)


def _pieces(overview: Overview, kind: str, table: str, language: str) -> Iterator[str]:
    from menulint.reporters._scan import brief, dashboard, tables

    if kind == "csv":
        return tables.as_csv(overview, table)
    if kind == "json":
        return tables.as_json(overview)
    return dashboard.render(overview, language) if kind == "html" else brief.render(overview, language)


def _write_sheet(overview: Overview, output: Path, language: str) -> None:
    try:
        from menulint.reporters._scan import brief, sheet
    except ModuleNotFoundError as missing:
        raise library_missing(missing) from None
    try:
        sheet.write(output, overview, [("scan", overview.about.name), *brief.said(overview, language)])
    except OSError as error:
        raise UsageError(f"{output.as_posix()}: the report cannot be written: {error.strerror}") from error
