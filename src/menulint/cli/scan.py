"""``menulint scan``: crawls and folders of saved pages into a store of findings."""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from menulint.cli._failure import complain
from menulint.cli._options import judging_options, speaking_options
from menulint.cli._progress import is_wanted, wipe
from menulint.cli._scan_summary import told
from menulint.cli._scanning import library_missing
from menulint.config import FAIL_ON
from menulint.errors import UsageError
from menulint.finding import SEVERITIES
from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.runs.jobs import MOST, workers_for
from menulint.runs.limit import SECONDS
from menulint.ui import DEFAULT, catalogue

if TYPE_CHECKING:
    from menulint.scanning.engine import Engine, Progress
    from menulint.scanning.run import Scan, Totals

FOUND, UNREADABLE, INTERRUPTED = 1, 3, 130
ENGINES = ("local", "ray")
_MANY = 1 << 40


@click.command(name="scan", short_help="Scan crawls and folders of saved pages into a store of findings.")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUTS...")
@click.option(
    "-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder of the store."
)
@judging_options
@speaking_options
@click.option(
    "--engine", type=click.Choice(ENGINES), default="local", help="Processes of this machine, or a Ray cluster."
)
@click.option("--jobs", type=click.IntRange(1, 256), help=f"Processes (default: one for each processor, up to {MOST}).")
@click.option(
    "--time-limit",
    type=click.FloatRange(0),
    default=SECONDS,
    show_default=True,
    help="Seconds one page may take; 0 for no limit.",
)
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="error",
    help="From which severity on the exit code is 1 (default: error).",
)
@click.option("--quiet", is_flag=True, help="Print nothing but what went wrong.")
def command(inputs: tuple[str, ...], output: Path, **given: Any) -> int:
    """Scan folders of saved pages, web archives (WARC, WACZ) and tables of pages (JSON lines, Parquet) into a store.

    The same command again finishes a scan that was broken off. Each page is judged by the law of the day on which it was
    captured, unless --as-of names one for all. No configuration file is read. --ui-lang is the language of what is
    printed at the end; the store is the same in each.

    Exit code 1 if something at or above --fail-on is found, 3 if an input could not be read to its end.
    """
    scan = _scan(inputs, output, given)
    bar = _Bar(sum(found.bytes for found in scan.inputs)) if is_wanted() and not given["quiet"] else None
    try:
        totals = scan.run(_engine(given), bar.show if bar else _show_nothing)
    except KeyboardInterrupt:
        if bar:
            wipe()
        complain("menulint: interrupted; the same command goes on from here")
        return INTERRUPTED
    finally:
        if bar:
            wipe()
    if not given["quiet"]:
        for line in told(catalogue(given["ui_lang"] or DEFAULT), totals, scan.store.summary(), output):
            click.echo(line)
    if totals.unread:
        inputs_unread = f"{totals.unread:,} input{'' if totals.unread == 1 else 's'}"
        complain(f"menulint: {inputs_unread} could not be read to the end; see {output}/errors")
        return UNREADABLE
    return FOUND if _fails(totals, given["fail_on"]) else 0


def _scan(inputs: tuple[str, ...], output: Path, given: dict[str, Any]) -> Scan:
    try:
        from menulint.scanning.run import Scan
        from menulint.scanning.store import Store
        from menulint.scanning.unit import Spec
    except ModuleNotFoundError as missing:
        raise library_missing(missing) from None
    store = Store(output)
    as_of: date | None = given["as_of"]
    judging = {
        name: value for name, value in given.items() if name != "ui_lang"
    }  # that of the summary, not of the store
    options = Options.of(judging, as_of=as_of or _first_day(store.manifest()), copy=True)
    packs = tuple(path.as_posix() for path in given["pack"])
    spec = Spec(options, packs, as_of, time_limit=given["time_limit"])
    pack = load_pack(given["pack"])
    Linter(pack, options)  # refuses options that mean nothing, before any process is started for them
    return Scan(inputs, store, spec, pack)


def _engine(given: dict[str, Any]) -> Engine:
    jobs = workers_for(given["jobs"], _MANY)
    if given["engine"] == "local":
        from menulint.scanning.local import LocalEngine

        return LocalEngine(jobs)
    try:
        from menulint.scanning.ray_engine import RayEngine
    except ModuleNotFoundError as missing:
        raise UsageError(
            f"this engine needs the library {missing.name}; install it with: pip install 'menulint[ray]'"
        ) from None
    return RayEngine(given["jobs"])


def _first_day(manifest: dict[str, Any] | None) -> date:
    """The day that undated pages are judged by: that on which the scan was begun."""
    return date.fromisoformat(manifest["options"]["undated_as_of"]) if manifest else date.today()


def _show_nothing(_: Totals, __: Progress) -> None:
    """For whoever does not watch."""


class _Bar:
    """How far a scan is, how fast it goes, and how long it will take; for a terminal."""

    def __init__(self, size: int) -> None:
        self._bar = click.progressbar(length=size, label="scanning", file=sys.stderr)
        self._begun, self._known, self._seen = time.monotonic(), -1, 0

    def show(self, totals: Totals, progress: Progress) -> None:
        """Draw it anew."""
        records, read = totals.records + progress.records, totals.bytes + progress.bytes
        if self._known < 0:  # what an earlier run has done says nothing of how fast this one is
            self._known, self._seen = records, read
            self._bar.update(read)
        rate = (records - self._known) / max(0.1, time.monotonic() - self._begun)
        self._bar.label = f"{records:,} records, {rate:,.0f}/s"
        self._bar.update(max(0, read - self._seen))
        self._seen = max(self._seen, read)


def _fails(totals: Totals, fail_on: str) -> bool:
    counted = SEVERITIES[SEVERITIES.index(fail_on) :] if fail_on != "never" else ()
    return any(totals.findings[severity] for severity in counted)
