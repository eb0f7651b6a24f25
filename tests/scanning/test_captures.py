"""A page that was captured again, or stands at other addresses, has the rows it would have alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.scanning.conftest import MENU
from tests.scanning.warcs import archive, record

from menulint.cli import run
from menulint.linter import Linter, Options
from menulint.scanning.judge import Judged
from menulint.scanning.record import Record
from menulint.scanning.store import Store
from menulint.scanning.unit import Spec, page_checker

POLICY = (
    b"<html lang=en-GB><h1>Cancellation</h1><p>Please give us two days' notice. We offer exosome injections.</p>"
    b"<p>Deposits are kept if you do not come.</p></html>"
)


def scanned(folder: Path, *records: bytes) -> Store:
    """The store of a scan of one archive with these records."""
    folder.mkdir(exist_ok=True)
    archive(folder / "crawl.warc.gz", *records)
    run(["scan", str(folder / "crawl.warc.gz"), "-o", str(folder / "store"), "--jobs", "1", "--quiet"])
    return Store(folder / "store")


def test_a_copy_keeps_the_address_it_was_captured_at(tmp_path: Path) -> None:
    addresses = ["https://glow.example/menu", "https://glow.example/prices", "https://other.example/"]
    store = scanned(tmp_path, *(record(address, MENU.encode()) for address in addresses))
    pages, findings = list(store.rows("pages")), list(store.rows("findings"))
    assert [page["url"] for page in pages] == addresses
    assert {row["url"] for row in findings} == set(addresses)
    assert [page["duplicate_of"] for page in pages] == [None, pages[0]["page_id"], None]


@pytest.mark.parametrize("column", ["genre", "genre_by", "jurisdictions", "findings"])
def test_a_copy_is_judged_by_its_own_address(tmp_path: Path, column: str) -> None:
    """The path may say what kind of page it is, and the host whose law it is under."""
    addresses = ("https://glow.example/menu", "https://glow.example/legal/terms", "https://glow.co.uk/menu")
    records = [record(address, POLICY) for address in addresses]
    together = list(scanned(tmp_path / "together", *records).rows("pages"))
    alone: list[dict[str, Any]] = []
    for number, one in enumerate(records):
        alone += scanned(tmp_path / str(number), one).rows("pages")
    assert [page[column] for page in together] == [page[column] for page in alone]


def test_an_address_that_is_none_is_kept_and_the_page_judged(tmp_path: Path) -> None:
    (page,) = scanned(tmp_path, record("http://[1", MENU.encode())).rows("pages")
    assert (page["url"], page["host"]) == ("http://[1", "")
    assert page["findings"]


def test_a_copy_a_thousand_pages_further_on_is_not_judged_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its findings are those that were kept, with its own address in them."""
    checker = page_checker(Spec(Options(copy=True), as_of=date(2026, 11, 1)))

    def page(number: int, url: str) -> Record:
        return Record("crawl.warc.gz", number, MENU.replace("Our menu", f"Menu {number or 1}").encode(), url=url)

    first = checker.check(page(1, "https://glow.example/menu"))
    for number in range(2, 1000):
        checker.check(
            Record("crawl.warc.gz", number, f"<html lang=en><p>Room {number}.</p>".encode(), url="https://a.example/")
        )
    monkeypatch.setattr(Linter, "check_source", lambda *_: pytest.fail("judged anew"))
    again = checker.check(page(0, "https://glow.example/menu?again"))
    assert isinstance(first, Judged)
    assert isinstance(again, Judged)
    assert [(row["text"], row["url"]) for row in again.findings] == [
        (row["text"], "https://glow.example/menu?again") for row in first.findings
    ]
