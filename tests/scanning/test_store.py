"""A folder of pages becomes a store that others can read."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
from tools import store_columns

from menulint.cli import run
from menulint.scanning.schema import TABLES, schema
from menulint.scanning.store import Store

CLAIM = (
    "<html lang=en-GB><title>Prices</title><h1>Our menu</h1>"
    "<p>Our exosome injections cost £250. Book now.</p>"
    "<footer><p>Our exosome injections cost £250. Book now.</p></footer></html>"
)
CLEAN = "<html lang=en-GB><title>Hours</title><p>We are open on Sundays.</p></html>"


def test_a_claim_on_a_saved_page_is_a_row_with_its_wording_law_and_place(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "menu.html").write_text(CLAIM, "utf-8")
    (pages / "hours.html").write_text(CLEAN, "utf-8")
    (pages / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")

    code = run(["scan", str(pages), "-o", str(tmp_path / "store"), "--jobs", "1"])

    assert code == 1
    store = Store(tmp_path / "store")
    found = [row for row in store.rows("findings") if row["rule"] == "RTE001"]
    assert [(row["text"], row["boilerplate_by"]) for row in found] == [
        ("exosome injections", ""),
        ("exosome injections", "footer"),
    ]
    first = found[0]
    assert CLAIM[first["start"] : first["end"]] == first["text"]
    assert (first["before"], first["after"]) == ("Our ", " cost £250. Book now.")
    assert first["provisions"]
    assert [row["findings"] > 0 for row in store.rows("pages")] == [False, True]
    manifest = json.loads((tmp_path / "store" / "manifest.json").read_text("utf-8"))
    assert manifest["state"] == "complete"
    assert manifest["totals"]["passed_over"] == {"file .png": 1}


def test_every_file_of_a_store_has_the_columns_that_are_documented(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(CLEAN, "utf-8")
    run(["scan", str(tmp_path / "page.html"), "-o", str(tmp_path / "store"), "--jobs", "1"])
    for table in TABLES:
        (file,) = Store(tmp_path / "store").files(table)
        assert pq.read_schema(file).remove_metadata() == schema(table)
    assert store_columns.page() == store_columns.PAGE.read_text("utf-8")
