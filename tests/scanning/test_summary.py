"""What only the whole shows: the law of a host, claims over its pages, copies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.scanning.warcs import HTML, archive, record

from menulint.cli import run
from menulint.scanning.store import Store

CLAIM = "<p>Our exosome injections cost 250. Book now.</p>"
STORY = " ".join(f"word{n} other{n * 7 % 97} third{n * 13 % 89}" for n in range(120))
PAGES = [
    {"url": "https://clinic.example/", "date": "2024-01-01", "html": f"<html lang=en>{CLAIM}<p>Call +44 20 7946 0123"},
    {"url": "https://clinic.example/", "date": "2024-02-01", "html": f"<html lang=en>{CLAIM}<p>Call +44 20 7946 0123"},
    {"url": "https://clinic.example/b", "date": "2024-01-02", "html": f"<html lang=en>{CLAIM}"},
    {"url": "https://paper.example/a", "date": "2024-01-01", "html": f"<html lang=en><p>{STORY}</p>"},
    {"url": "https://paper.example/b", "date": "2024-01-02", "html": f"<html lang=en><div><p>{STORY}</p></div>"},
    {"url": "https://paper.example/c", "date": "2024-01-03", "html": f"<html lang=en><p>{STORY} Updated.</p>"},
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two tables, so that copies stand in different units."""
    folder = tmp_path_factory.mktemp("crawl")
    for name, pages in (("a", PAGES[::2]), ("b", PAGES[1::2])):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(page) + "\n" for page in pages), "utf-8")
    assert run(["scan", str(folder), "-o", str(folder / "store"), "--jobs", "1", "--quiet"]) == 1
    return Store(folder / "store")


def rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    found = duckdb.sql(query.replace("FROM ", f"FROM '{store.folder}/").replace(".parquet", ".parquet'"))
    assert found
    return found.fetchall()


def test_a_host_is_under_the_law_that_its_pages_point_to_together(store: Store) -> None:
    hosts = rows(store, "SELECT host, pages, urls, jurisdictions, signals FROM hosts.parquet ORDER BY host")
    assert hosts == [
        ("clinic.example", 3, 2, ["GB"], ["+44"]),
        ("paper.example", 3, 3, [], []),
    ]


def test_a_claim_counts_once_for_its_host_and_says_where_and_how_often_it_stands(store: Store) -> None:
    query = "SELECT text, urls, captures, copies, first_capture::DATE::TEXT FROM claims.parquet WHERE rule = 'RTE001'"
    assert rows(store, query) == [("exosome injections", 2, 3, 1, "2024-01-01")]


def test_copies_are_told_by_what_is_the_same(store: Store) -> None:
    query = "SELECT kind, similarity > 0.9 FROM copies.parquet ORDER BY kind"
    assert rows(store, query) == [("copy", True), ("near", True), ("payload", True)]


def test_a_record_that_stands_in_two_files_is_a_copy_of_itself(tmp_path: Path) -> None:
    crawl = [
        archive(tmp_path / f"{name}.warc.gz", record("https://glow.example/", HTML + CLAIM.encode())) for name in "ab"
    ]
    crawl[1].write_bytes(crawl[0].read_bytes())
    run(["scan", *map(str, crawl), "-o", str(tmp_path / "store"), "--jobs", "1", "--quiet"])
    made = Store(tmp_path / "store")
    assert rows(made, "SELECT pages, copies FROM hosts.parquet") == [(2, 1)]
    assert rows(made, "SELECT captures, copies FROM claims.parquet WHERE rule = 'RTE001'") == [(2, 1)]
    assert made.summary()["copies"] == 1


def test_each_page_is_judged_by_the_law_of_the_day_it_was_captured(store: Store) -> None:
    days = sorted({(str(row["as_of"]), str(row["capture_time"].date())) for row in store.rows("findings")})
    assert days == [(day, day) for day in ("2024-01-01", "2024-01-02", "2024-02-01")]
