"""``menulint scan``: many pages into a store of findings."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from menulint.cli._options import judging_options
from menulint.config import FAIL_ON
from menulint.errors import UsageError
from menulint.linter import Options
from menulint.pack.load import load_pack
from menulint.runs.jobs import workers_for
from menulint.runs.limit import SECONDS

FOUND, UNREADABLE = 1, 3
_SEVERITIES = ("info", "warning", "error")


@click.command(name="scan", short_help="Scan crawls and folders of saved pages into a store of findings.")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUTS...")
@click.option(
    "-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder of the store."
)
@judging_options
@click.option("--jobs", type=click.IntRange(1, 256), help="Processes (default: one for each processor).")
@click.option(
    "--time-limit",
    type=click.FloatRange(0),
    default=SECONDS,
    show_default=True,
    help="Seconds for one page; 0 for no limit.",
)
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="error",
    help="From which severity on the exit code is 1 (default: error).",
)
@click.option("--quiet", is_flag=True, help="Print nothing.")
def command(inputs: tuple[str, ...], output: Path, **given: Any) -> int:
    """Scan folders of saved pages into a store that can be searched.

    The same command again finishes a scan that was broken off. Pages are judged by the law of the day on which they were
    captured, unless --as-of says another. No configuration file is read.
    """
    try:
        from menulint.scanning.local import LocalEngine
        from menulint.scanning.run import Scan
        from menulint.scanning.store import Store
        from menulint.scanning.unit import Spec
    except ModuleNotFoundError as missing:
        raise UsageError(
            f"scanning needs the library {missing.name}; install it with: pip install 'menulint[scan]'"
        ) from None
    packs = tuple(path.as_posix() for path in given["pack"])
    as_of: date | None = given["as_of"]
    store = Store(output)
    options = Options.of(given, as_of=as_of or _first_day(store.manifest()), copy=True)
    spec = Spec(options, packs, as_of, time_limit=given["time_limit"])
    scan = Scan(inputs, store, spec, load_pack(given["pack"]))
    totals = scan.run(LocalEngine(workers_for(given["jobs"], 1 << 40)), lambda totals, progress: None)
    if not given["quiet"]:
        click.echo(f"{totals.pages} pages, {totals.findings['findings']} findings")
    fails = given["fail_on"] != "never" and any(
        totals.findings[severity] for severity in _SEVERITIES[_SEVERITIES.index(given["fail_on"]) :]
    )
    return FOUND if fails else 0


def _first_day(manifest: dict[str, Any] | None) -> date:
    """The day that undated pages are judged by: that on which the scan was begun."""
    return date.fromisoformat(manifest["options"]["undated_as_of"]) if manifest else date.today()
