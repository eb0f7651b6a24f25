"""``menulint check``: report what is a problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from menulint.cli import _complete
from menulint.cli._options import linting_options, speaking_options
from menulint.config import FAIL_ON
from menulint.reporters import names
from menulint.result import FileResult, ReportError

if TYPE_CHECKING:
    from menulint.baseline import Search
    from menulint.reporters.base import Result, Summary
    from menulint.runs.workspace import Workspace

FOUND, UNREADABLE, INTERNAL_ERROR = 1, 3, 4


@click.command(name="check", short_help="Report what is a problem, where, by what law, and what to write.")
@linting_options
@speaking_options
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME[=FILE]",
    help=f"{', '.join(names())}; may be repeated.",
    shell_complete=_complete.report_formats,
)
@click.option(
    "--fail-on", type=click.Choice(FAIL_ON), help="From which severity on the exit code is 1 (default: error)."
)
@click.option("--baseline", type=click.Path(dir_okay=False, path_type=Path), help="Findings accepted earlier.")
@click.option(
    "--diff", metavar="REF", help="Only files changed since a Git revision; what they said then does not count."
)
@click.option(
    "--staged", is_flag=True, help="Only files staged for commit, as staged; what they said before does not count."
)
@click.option(
    "--force-exclude",
    is_flag=True,
    help="Leave out what a folder is read without (--exclude, generated, hidden) also where it is named.",
)
@click.option("--no-cache", is_flag=True, help="Check every file anew.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes (default: as many as pay).")
@click.option("--explain", is_flag=True, help="Show the words that decided who speaks and how, and all the law.")
@click.option("--quiet", is_flag=True, help="One line for each place, nothing else.")
@click.option("--statistics", is_flag=True, help="Add how often each rule was found.")
@click.option(
    "--color", type=click.Choice(("auto", "always", "never")), default="auto", help="Colour (NO_COLOR counts)."
)
def command(**options: Any) -> int:
    """Check files and folders ('-' is standard input, default is the current folder).

    Exit code 1 if something at or above --fail-on is found, 3 if a file could not be read.
    """
    from menulint.cli._failure import complain
    from menulint.cli._output import context, targets, write
    from menulint.cli._progress import watched
    from menulint.reporters.base import Summary, wants_copy
    from menulint.runs.workspace import Workspace

    wanted = targets(options["formats"])
    written = tuple(target.file for target in wanted if target.file)
    workspace = Workspace.of(options, written=written, copy=any(wants_copy(target.reporter) for target in wanted))
    shown = {name: options[name] for name in ("explain", "quiet", "statistics")}
    summary, failed = Summary(), list[str]()
    search = workspace.search(workspace.baseline) if workspace.baseline else None
    checked = watched(workspace.results(), workspace.count, quiet=options["quiet"])
    results = _counted(checked, summary, failed, search)
    absent = search.absent if search else tuple
    write(wanted, results, context(workspace, color=options["color"], absent=absent, **shown))
    for message in failed:
        complain(f"menulint: {message}")
    if (said := workspace.said_of_passed_over()) and not options["quiet"]:
        complain(f"menulint: {said}")
    if not summary.files and not summary.unreadable:
        complain(f"menulint: {_nothing_read(workspace, options)}")
    return INTERNAL_ERROR if failed else _exit_code(summary, workspace.setting("fail_on", "error"))


def _nothing_read(workspace: Workspace, options: dict[str, Any]) -> str:
    where = " ".join(workspace.paths)
    if options["staged"]:
        return f"nothing is staged under {where} that menulint reads"
    if options["diff"]:
        return f"nothing has changed under {where} since {options['diff']} that menulint reads"
    return f"no file under {where} has a format that menulint reads"


def _counted(results: Iterable[Result], summary: Summary, failed: list[str], search: Search | None) -> Iterator[Result]:
    from menulint.runs.workspace import INTERNAL

    for result in results:
        summary.add(result)
        if isinstance(result, ReportError) and result.code == INTERNAL:
            failed.append(f"{result.path}: {result.message}")
        elif search and isinstance(result, FileResult):
            search.add(result)
        yield result


def _exit_code(summary: Summary, fail_on: str) -> int:
    if summary.unreadable:
        return UNREADABLE
    return FOUND if fail_on != "never" and summary.at_or_above(fail_on) else 0
