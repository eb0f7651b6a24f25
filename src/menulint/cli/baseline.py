"""``menulint baseline``: accept what is there now, follow it, and look at what was accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from menulint.baseline import Accepted, Baseline, Search, Terms
from menulint.cli import _show
from menulint.cli._failure import complain
from menulint.cli._options import day, linting_options
from menulint.cli._progress import watched
from menulint.config import BASELINE_NAME
from menulint.errors import UsageError
from menulint.finding import FileResult, ReportError
from menulint.reporters import csv
from menulint.runs.workspace import Workspace
from menulint.ui import catalogue

UNREADABLE = 3
COLUMNS = "path rule text reason owner added expires state why fingerprint".split()
"""What an audit says of each accepted place."""

NEW, UNCHANGED, ABSENT, UNREAD = "new", "unchanged", "absent", "unread"
"""The states of an accepted place: it counts again, it holds, it is not there any more, nobody looked for it this time."""

_file = click.option(
    "--baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"The file (default: configured, or {BASELINE_NAME}).",
)
_owner = click.option("--owner", default="", metavar="NAME", help="Who answers for accepting them.")
_expires = click.option(
    "--expires", type=day, metavar="DATE", help="The last day on which they are accepted; then they count again."
)


@click.group(name="baseline", short_help="Accept today's findings, so that only new ones count.")
def command() -> None:
    """Accept the findings of today, so that only new ones are reported."""


@command.command(name="create")
@linting_options
@_file
@click.option("--reason", required=True, help="Why they are accepted for now.")
@_owner
@_expires
def create(reason: str, owner: str, expires: date | None, **options: Any) -> int:
    """Write a new file with everything that is found now."""
    terms = _terms(reason, owner, expires)
    if not terms.reason:
        raise UsageError("--reason is empty; say why they are accepted for now")
    workspace = Workspace.of(options, with_baseline=False)
    path = _path(workspace)
    if path.exists():
        raise UsageError(f"{path.as_posix()} is there already; `menulint baseline update` adds to it")
    results, code = checked(workspace)
    made = Baseline({}, path.parent).updated(results, terms)
    code = _saved(made, path, code)
    if not workspace.run_paths("baseline"):
        _show.line(f'to have it used, write baseline = "{path.name}" in menulint.toml, or give check --baseline')
    return code


@command.command(name="update")
@linting_options
@_file
@click.option("--reason", default="", help="Why the new ones are accepted for now.")
@_owner
@_expires
@click.option("--prune", is_flag=True, help="Drop what is not there any more; without --reason do nothing else.")
def update(reason: str, owner: str, expires: date | None, prune: bool, **options: Any) -> int:
    """Add what is found now; what was accepted keeps its terms. What is new, or counts again, needs --reason."""
    terms = _terms(reason, owner, expires)
    workspace = Workspace.of(options, with_baseline=False)
    path = _path(workspace)
    known = Baseline.load(path)
    results, code = checked(workspace)
    later = known.updated(results, terms, workspace.as_of)
    fresh = known.accepted_anew(later)
    if fresh and not reason:
        if not prune:
            raise UsageError(f"{_many(fresh)}; say with --reason why they are accepted")
        _show.line(f"{_many(fresh)}, which takes --reason: not added")
        later = known
    if prune:
        absent = _searched(workspace, known, results).absent()
        later = later.without(place.fingerprint for place in absent)
        _show.line(f"dropped {len(absent)} that are not there any more")
    return _saved(later, path, code)


@command.command(name="audit")
@linting_options
@_file
@click.option(
    "--format", "format_name", type=click.Choice(("text", "csv", "json")), default="text", help="text, csv or json."
)
def audit(format_name: str, **options: Any) -> int:
    """Show what is accepted: where, why, by whom, until when, and whether it still holds.

    States: unchanged, new (it counts again, for the reason given), absent (it is not in the copy any more), unread (this
    run did not look for it). Exit code 1 if anything is new or absent, 3 if a file could not be read.
    """
    workspace = Workspace.of(options, with_baseline=False)
    known = Baseline.load(_path(workspace))
    results, code = checked(workspace)
    rows = _audited(workspace, known, _searched(workspace, known, results))
    if format_name == "json":
        _show.as_json(_as_json(workspace, rows))
    elif format_name == "csv":
        lines = [COLUMNS, *([csv.inert(row.cell(name)) for name in COLUMNS] for row in rows)]
        click.echo("".join(map(csv.line, lines)), nl=False)
    else:
        _show_audit(rows)
    return code or int(any(row.state in (NEW, ABSENT) for row in rows))


@dataclass(frozen=True, slots=True)
class _Row:
    """An accepted place, its path from here, its state, and why it counts again."""

    place: Accepted
    path: str
    state: str
    why: str = ""

    def cell(self, name: str) -> str:
        own = {"path": self.path, "state": self.state, "why": self.why}
        return own[name] if name in own else getattr(self.place, name) or ""


def _audited(workspace: Workspace, known: Baseline, search: Search) -> list[_Row]:
    words = catalogue(workspace.ui_lang)
    rows = []
    for place in known.places.values():
        path, law = known.from_here(place), search.law_of(place.fingerprint)
        if law is None:
            state, lapse = (ABSENT if search.is_absent(place) else UNREAD), None
        else:
            state, lapse = known.state(place.fingerprint, law, workspace.as_of)
        rows.append(_Row(place, path, state, words.say(lapse) if lapse else ""))
    return sorted(rows, key=lambda row: (row.path, row.place.rule, row.place.fingerprint))


def _show_audit(rows: Sequence[_Row]) -> None:
    if rows:
        names = COLUMNS[:-2]
        header = ["wording" if name == "text" else name for name in names]
        _show.table([header, *([_short(row.cell(name)) for name in names] for row in rows)])
        _show.line()
    _show.listed(
        "counts again", (f"{row.path}: {row.place.rule} “{row.place.text}”: {row.why}" for row in rows if row.why)
    )
    states, rules = Counter(row.state for row in rows), Counter(row.place.rule for row in rows)
    by_rule = f" ({', '.join(f'{n} {rule}' for rule, n in sorted(rules.items()))})" if rules else ""
    _show.line(f"{len(rows)} accepted{by_rule}")
    _show.line(", ".join(f"{states[state]} {state}" for state in (UNCHANGED, NEW, ABSENT, UNREAD)))
    if states[ABSENT]:
        _show.line("`menulint baseline update --prune` drops what is absent")


def _short(text: str, most: int = 40) -> str:
    return (text if len(text) <= most else text[: most - 1] + "…") or "-"


def _as_json(workspace: Workspace, rows: Sequence[_Row]) -> dict[str, Any]:
    states = Counter(row.state for row in rows)
    return {
        "as_of": workspace.as_of.isoformat(),
        "places": [{name: row.cell(name) or (None if name == "expires" else "") for name in COLUMNS} for row in rows],
        "summary": {"accepted": len(rows), **{state: states[state] for state in (UNCHANGED, NEW, ABSENT, UNREAD)}},
    }


def _searched(workspace: Workspace, known: Baseline, results: Sequence[FileResult]) -> Search:
    search = workspace.search(known)
    for result in results:
        search.add(result)
    return search


def _terms(reason: str, owner: str, expires: date | None) -> Terms:
    today = date.today()
    if expires and expires < today:
        raise UsageError(f"--expires {expires.isoformat()} is over already; expected today or a later day")
    return Terms(reason.strip(), today, owner.strip(), expires)


def _many(number: int) -> str:
    return "1 place is new or counts again" if number == 1 else f"{number} places are new or count again"


def _path(workspace: Workspace) -> Path:
    return next(iter(workspace.run_paths("baseline")), Path(BASELINE_NAME))


def checked(workspace: Workspace) -> tuple[list[FileResult], int]:
    """What was found, and 3 if a file could not be read."""
    results, code = [], 0
    for result in watched(workspace.results(), workspace.count):
        if isinstance(result, ReportError):
            complain(f"menulint: {result.path}: {result.message}")
            code = UNREADABLE
        else:
            results.append(result)
    return results, code


def _saved(baseline: Baseline, path: Path, code: int) -> int:
    try:
        baseline.save(path)
    except OSError as error:
        raise UsageError(f"{path.as_posix()}: cannot be written: {error.strerror}") from error
    _show.line(f"{path.as_posix()}: {len(baseline.places)} accepted")
    return code
