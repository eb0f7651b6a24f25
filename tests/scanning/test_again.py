"""A page that says nothing of whose law it is under is judged by the law of its host, whatever archives the host is in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.scanning.test_resume import contents
from tests.scanning.warcs import archive, record

from menulint.cli import run
from menulint.linter import Options
from menulint.pack.load import load_pack
from menulint.scanning import store as stores
from menulint.scanning.again import Captures
from menulint.scanning.engine import Progress
from menulint.scanning.plan import Unit
from menulint.scanning.record import Record
from menulint.scanning.run import Scan
from menulint.scanning.store import Store
from menulint.scanning.unit import About, Spec, scan_unit

CONTACT = b"<html lang=en><p>Call us on +34 91 000 0000.</p></html>"
SILENT = b"<html lang=en><p>Our serum cures acne. Book now.</p></html>"


def crawl(folder: Path) -> list[str]:
    """Two archives: the first says where clinic.example is, the second holds its menu, and one of a host without a place."""
    folder.mkdir(exist_ok=True)
    archive(folder / "1.warc.gz", record("https://clinic.example/menu", SILENT))
    archive(
        folder / "2.warc.gz",
        record("https://clinic.example/contact", CONTACT),
        record("https://clinic.example/copy", SILENT),
        record("https://nowhere.example/menu", SILENT),
    )
    return [str(folder / "1.warc.gz"), str(folder / "2.warc.gz")]


def scanned(inputs: list[str], store: Path, *options: str) -> Store:
    run(["scan", *inputs, "-o", str(store), "--jobs", "1", "--quiet", "--as-of", "2026-11-01", *options])
    return Store(store)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("again")
    return scanned(crawl(folder), folder / "store")


def laws(store: Store, url: str) -> set[tuple[str, bool]]:
    return {
        (law["code"], law["raises"])
        for row in store.rows("findings")
        if row["url"] == url
        for law in row["jurisdictions"]
    }


def test_the_law_of_the_host_decides_where_the_page_says_nothing(store: Store) -> None:
    pages = {row["url"]: (row["judged_by"], row["judged"], row["jurisdictions"]) for row in store.rows("pages")}
    assert pages == {
        "https://clinic.example/menu": ("host", ["ES"], ["all"]),
        "https://clinic.example/contact": ("page", ["ES"], ["ES"]),
        "https://clinic.example/copy": ("host", ["ES"], ["all"]),
        "https://nowhere.example/menu": ("reference", ["all"], ["all"]),
    }


def test_its_findings_are_those_of_the_place(store: Store, tmp_path: Path) -> None:
    told = scanned(crawl(tmp_path), tmp_path / "told", "--jurisdiction", "ES")
    columns = ("url", "rule", "severity", "verdict", "jurisdictions", "provisions", "start")

    def rows(store: Store) -> list[list[Any]]:
        return [[row[name] for name in columns] for row in store.rows("findings") if "clinic" in row["host"]]

    assert rows(store) == rows(told)
    assert rows(store)
    assert {code for code, _ in laws(store, "https://clinic.example/menu")} == {"ES"}
    assert len(laws(store, "https://nowhere.example/menu")) > 1


def test_the_manifest_counts_them_and_what_hosts_are_under_stays(store: Store) -> None:
    manifest = store.manifest()
    assert manifest
    assert manifest["totals"]["by_host"] == 2
    assert manifest["totals"]["findings"]["findings"] == len(list(store.rows("findings")))
    assert not (store.folder / "votes.parquet").exists()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "4 pages read on 2 hosts",
                "2 pages that say nothing of their place were judged by the law of their hosts or sites.",
            ],
        ),
        ("es", ["4 páginas leídas en 2 dominios", "2 páginas que no dicen de qué lugar son se juzgaron por la ley"]),
    ],
)
def test_the_summary_is_said_in_both_languages_and_the_store_is_the_same(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, said: list[str]
) -> None:
    command = ["scan", str(store.folder.parent / "1.warc.gz"), str(store.folder.parent / "2.warc.gz"), "--jobs", "1"]
    run([*command, "-o", str(tmp_path / "store"), "--as-of", "2026-11-01", "--ui-lang", language])
    printed = capsys.readouterr().out
    assert [sentence for sentence in said if sentence not in printed] == []
    assert contents(tmp_path / "store") == contents(store.folder)


def test_a_host_that_says_nothing_is_under_the_law_of_its_site(tmp_path: Path) -> None:
    """``shop.`` and ``www.`` of one business, but neither a host that says something itself nor strangers on one platform."""
    pages = [
        record("https://www.glow.example/contact", CONTACT),
        record("https://shop.glow.example/menu", SILENT),
        record("https://fr.glow.example/contact", b"<html lang=fr><p>Appelez le +33 1 99 00 00 00.</p></html>"),
        record("https://fr.glow.example/menu", SILENT + b" "),
        record("https://shine.example/menu", SILENT),
        record("https://jo.platform.example/contact", CONTACT),
        record("https://al.platform.example/menu", SILENT),
    ]
    archive(tmp_path / "1.warc.gz", *pages)
    found = scanned([str(tmp_path / "1.warc.gz")], tmp_path / "store")
    judged = {row["url"][8:]: (row["judged_by"], row["judged"]) for row in found.rows("pages") if row["wordings"]}
    assert judged == {
        "shop.glow.example/menu": ("site", ["ES", "FR"]),
        "fr.glow.example/menu": ("host", ["FR"]),
        "shine.example/menu": ("reference", ["all"]),
        "al.platform.example/menu": ("reference", ["all"]),
    }


def judged_on(tmp_path: Path, *pages: tuple[str, bytes]) -> dict[str, list[str]]:
    """For each host that waits for its law, whose it got."""
    archive(tmp_path / "1.warc.gz", *[record(f"https://{host}/menu", body) for host, body in pages])
    found = scanned([str(tmp_path / "1.warc.gz")], tmp_path / "store")
    return {row["host"]: row["judged"] for row in found.rows("pages") if row["wordings"]}


def test_a_platform_does_not_lend_its_law_to_many_customers(tmp_path: Path) -> None:
    customers = [(f"{name}.glowbook.example", SILENT) for name in ("anna", "bea", "cleo", "dora")]
    judged = judged_on(tmp_path, ("www.glowbook.example", CONTACT), ("help.glowbook.example", SILENT), *customers)
    assert judged == {"help.glowbook.example": ["ES"]} | {host: ["all"] for host, _ in customers}


def test_nor_to_one_where_another_points_elsewhere(tmp_path: Path) -> None:
    french = b"<html lang=fr><p>Appelez le +33 1 99 00 00 00.</p></html>"
    pages = [("glowbook.example", CONTACT), ("anna.glowbook.example", SILENT), ("bea.glowbook.example", french)]
    assert judged_on(tmp_path, *pages) == {"anna.glowbook.example": ["all"]}


def test_branches_of_a_business_are_under_its_law(tmp_path: Path) -> None:
    branches = [(f"{town}.glow.example", SILENT) for town in ("gijon", "oviedo")]
    assert judged_on(tmp_path, ("glow.example", CONTACT), *branches) == {host: ["ES"] for host, _ in branches}


def test_a_place_that_is_given_stands(tmp_path: Path) -> None:
    told = scanned(crawl(tmp_path), tmp_path / "store", "--jurisdiction", "DE")
    assert {(row["judged_by"], *row["judged"]) for row in told.rows("pages")} == {("option", "DE")}


class Here:
    """An engine without processes."""

    def run(
        self, units: Iterable[Unit], spec: Spec, store: Store, tell: Callable[[Progress], None]
    ) -> Iterator[tuple[Unit, About]]:
        """See ``Engine.run``."""
        checker = spec.make(spec)
        for unit in units:
            yield unit, scan_unit(unit, spec, checker, store, lambda *_: None)


def break_off(patch: pytest.MonkeyPatch, when: str) -> None:
    """Let Ctrl-C come at a moment of the second look: when a file of a unit is to take the place of its first one."""
    at = {
        "before": ("findings", "000000"),
        "between the files": ("pages", "000000"),
        "after a unit": ("findings", "000001"),
    }
    rename = stores._rename

    def renamed(partial: Path, path: Path) -> None:
        if path.exists() and (path.parent.name, path.stem) == at[when]:
            raise KeyboardInterrupt
        rename(partial, path)

    patch.setattr(stores, "_rename", renamed)


@pytest.mark.parametrize("broken_off", ["before", "between the files", "after a unit"])
def test_broken_off_it_is_finished_with_the_files_of_an_unbroken_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken_off: str
) -> None:
    inputs, spec = crawl(tmp_path / "crawl"), Spec(Options(as_of=date(2026, 11, 1), copy=True))
    engine = Here()
    Scan(tuple(inputs), Store(tmp_path / "whole"), spec, load_pack()).run(engine, lambda *_: None)
    broken = Scan(tuple(inputs), Store(tmp_path / "broken"), spec, load_pack())
    with monkeypatch.context() as patch:
        break_off(patch, broken_off)
        with pytest.raises(KeyboardInterrupt):
            broken.run(engine, lambda *_: None)
    broken.run(engine, lambda *_: None)
    assert contents(tmp_path / "broken") == contents(tmp_path / "whole")


def test_a_capture_that_is_gone_stops_none_of_those_behind_it() -> None:
    waiting = {("pages", offset) for offset in (1, 2, 3)}
    captures = Captures([Record("pages", offset, b"") for offset in (1, 3, 4)], waiting)
    found = [captures.of({"input": "pages", "offset": offset}) for offset in (1, 2, 3)]
    assert [record.offset if record else None for record in found] == [1, None, 3]
