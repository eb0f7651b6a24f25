"""``menulint baseline``: accept what is there now, follow it, and look at what was accepted."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import click

from menulint.baseline import Baseline
from menulint.cli import _show
from menulint.cli._failure import complain
from menulint.cli._options import linting_options
from menulint.errors import UsageError
from menulint.finding import FileResult, ReportError
from menulint.runs.workspace import Workspace

DEFAULT = "menulint-baseline.json"
UNREADABLE = 3

_file = click.option(
    "--baseline", type=click.Path(dir_okay=False, path_type=Path), help=f"The file (default: configured, or {DEFAULT})."
)


@click.group(name="baseline", short_help="Accept today's findings, so that only new ones count.")
def command() -> None:
    """Accept the findings of today, so that only new ones are reported."""


@command.command(name="create")
@linting_options
@_file
@click.option("--reason", required=True, help="Why they are accepted for now.")
def create(reason: str, **options: Any) -> int:
    """Write a new file with everything that is found now."""
    workspace = Workspace.of(options, with_baseline=False)
    path = _path(workspace)
    if path.exists():
        raise UsageError(f"{path.as_posix()} is there already; `menulint baseline update` adds to it")
    results, code = checked(workspace)
    return _saved(Baseline({}).updated(results, reason=reason, on=date.today()), path, code)


@command.command(name="update")
@linting_options
@_file
@click.option("--reason", default="", help="Why the new ones are accepted for now.")
@click.option("--prune", is_flag=True, help="Also drop what is not found any more.")
def update(reason: str, prune: bool, **options: Any) -> int:
    """Add what is found now; what was accepted keeps its reason. New findings need --reason."""
    workspace = Workspace.of(options, with_baseline=False)
    path = _path(workspace)
    known = Baseline.load(path)
    results, code = checked(workspace)
    later = known.updated(results, reason=reason, on=date.today())
    if len(later.places) > len(known.places) and not reason:
        raise UsageError(
            f"{len(later.places) - len(known.places)} new findings; say with --reason why they are accepted"
        )
    if prune:
        gone = known.gone(results, {result.path for result in results})
        later = later.without(gone)
        _show.line(f"dropped {len(gone)} that are not found any more")
    return _saved(later, path, code)


@command.command(name="audit")
@linting_options
@_file
def audit(**options: Any) -> int:
    """Show what is accepted, why and since when, and what is not found any more. Exit code 1 if something is not."""
    workspace = Workspace.of(options, with_baseline=False)
    known = Baseline.load(_path(workspace))
    results, code = checked(workspace)
    gone = {place.fingerprint for place in known.gone(results, {result.path for result in results})}
    for fingerprint, place in known.places.items():
        state = "gone" if fingerprint in gone else "accepted"
        reason = place.reason or "no reason given"
        _show.line(f"{place.path}: {state} {place.rule} “{place.text}” since {place.added}: {reason}")
    counts = Counter(place.rule for place in known.places.values())
    _show.line(f"{len(known.places)} accepted ({', '.join(f'{n} {rule}' for rule, n in sorted(counts.items()))})")
    _show.line(f"{len(gone)} not found any more")
    return code or (1 if gone else 0)


def _path(workspace: Workspace) -> Path:
    return next(iter(workspace.run_paths("baseline")), Path(DEFAULT))


def checked(workspace: Workspace) -> tuple[list[FileResult], int]:
    """What was found, and 3 if a file could not be read."""
    results, code = [], 0
    for result in workspace.results():
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
