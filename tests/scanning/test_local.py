"""What kills or holds up a worker costs the record it was at, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from tests.scanning import killers

from menulint.errors import MenulintError
from menulint.linter import Options
from menulint.pack.load import load_pack
from menulint.scanning.local import LocalEngine
from menulint.scanning.run import Scan, Totals
from menulint.scanning.store import Store
from menulint.scanning.unit import Spec

SPEC = Spec(Options(as_of=date(2026, 11, 1), copy=True), make=killers.mortal)


def scanned(folder: Path, spec: Spec = SPEC) -> tuple[Store, Totals]:
    store = Store(folder / "store")
    scan = Scan((str(folder / "pages"),), store, spec, load_pack())
    return store, scan.run(LocalEngine(1), lambda totals, progress: None)


def named(store: Store, table: str) -> list[str]:
    return [Path(row["input"]).stem for row in store.rows(table)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    for name in "abc":
        (pages / f"{name}.html").write_text(f"<p>Page {name}", "utf-8")
    return tmp_path


def test_a_page_that_kills_its_process_is_left_out_and_said_so(folder: Path) -> None:
    (folder / "pages" / "b.html").write_bytes(b"<p>" + killers.KILLS)
    store, totals = scanned(folder)
    assert named(store, "pages") == ["a", "c"]
    assert [(Path(row["input"]).stem, row["code"]) for row in store.rows("errors")] == [("b", "killed")]
    assert totals.errors == {"killed": 1}


def test_a_process_that_is_killed_once_leaves_no_trace(folder: Path) -> None:
    with (folder / "pages" / "b.html").open("ab") as page:
        page.write(b"<!-- " + killers.ONCE + str(folder / "mark").encode() + b" -->")
    store, _ = scanned(folder)
    assert (folder / "mark").exists()
    assert named(store, "findings") == named(store, "pages") == ["a", "b", "c"]
    assert not named(store, "errors")


def test_a_page_that_cannot_be_interrupted_is_ended_with_its_process(folder: Path) -> None:
    (folder / "pages" / "b.html").write_bytes(b"<p>" + killers.HANGS)
    store, _ = scanned(folder, replace(SPEC, time_limit=3.0, grace=1.0))
    assert named(store, "pages") == ["a", "c"]
    assert [row["code"] for row in store.rows("errors")] == ["too-slow"]


def test_a_process_that_is_killed_before_it_has_begun_is_started_again(folder: Path) -> None:
    store, totals = scanned(folder, replace(SPEC, make=partial(killers.stillborn, folder / "mark", 2)))
    assert named(store, "pages") == ["a", "b", "c"]
    assert not totals.errors


def test_a_process_that_never_begins_ends_the_scan(folder: Path) -> None:
    with pytest.raises(MenulintError, match="ended 3 times before it had begun"):
        scanned(folder, replace(SPEC, make=partial(killers.stillborn, folder / "mark", 9)))
    assert (folder / "mark").stat().st_size == 3
