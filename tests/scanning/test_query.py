"""SQL over a store: it answers, and it cannot do anything else."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from menulint.cli import run
from menulint.errors import UsageError
from menulint.scanning.query import ask, named, opened, reports
from menulint.scanning.store import Store

DOCS = Path(__file__).parents[2] / "docs" / "scanning.md"


def test_findings_are_asked_by_sql(scanned: Path) -> None:
    with opened(Store(scanned)) as database:
        rows = list(ask(database, "SELECT DISTINCT host, rule FROM findings WHERE rule = 'MED007' ORDER BY host").rows)
    assert rows == [("dim.example", "MED007"), ("glow.example", "MED007")]


def test_places_have_a_row_for_each_place_of_a_finding(scanned: Path) -> None:
    with opened(Store(scanned)) as database:
        ((rows, codes),) = ask(database, "SELECT sum(len(jurisdictions)), min(len(jurisdictions)) FROM findings").rows
        ((found,),) = ask(database, "SELECT count(*) FROM places WHERE code <> ''").rows
    assert (found, codes > 0) == (rows, True)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_text('/proc/self/environ')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM sniff_csv('/etc/passwd')",
        "SELECT * FROM query('COPY findings TO ''{folder}/out.csv''')",
        "COPY findings TO '{folder}/out.csv'",
        "COPY findings TO '{store}/findings/000000.parquet' (USE_TMP_FILE false)",
        "EXPLAIN ANALYZE COPY findings TO '{store}/findings/000000.parquet' (USE_TMP_FILE false)",
        "EXPORT DATABASE '{folder}/out'",
        "ATTACH '{folder}/out.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "CREATE TABLE mine AS SELECT 1",
        "DROP VIEW findings",
        "SELECT 1; SELECT 2",
    ],
)
def test_what_does_more_than_read_the_store_is_refused(scanned: Path, tmp_path: Path, sql: str) -> None:
    before = {path: path.read_bytes() for path in scanned.rglob("*.parquet")}
    with opened(Store(scanned)) as database, pytest.raises(UsageError):
        list(ask(database, sql.format(folder=tmp_path, store=scanned)).rows)
    assert list(tmp_path.iterdir()) == []
    assert {path: path.read_bytes() for path in scanned.rglob("*.parquet")} == before


def test_the_database_itself_refuses_files_and_settings(scanned: Path, tmp_path: Path) -> None:
    """The second lock, should a statement ever get past the first."""
    import duckdb

    for sql in ("SELECT * FROM read_csv('/etc/passwd')", f"COPY findings TO '{tmp_path}/x.csv'", "SET threads = 1"):
        with opened(Store(scanned)) as database, pytest.raises(duckdb.Error):
            database.execute(sql)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", sorted(reports()))
def test_each_report_runs_says_what_it_shows_and_is_documented(scanned: Path, name: str) -> None:
    with opened(Store(scanned)) as database:
        rows = list(ask(database, named(name)).rows)
    assert reports()[name].shows
    assert f"| `{name}` |" in DOCS.read_text("utf-8")
    assert (rows == []) == (name in ("errors", "duplicates"))


def test_hosts_come_with_the_worst_first(scanned: Path) -> None:
    with opened(Store(scanned)) as database:
        answer = ask(database, named("hosts"))
        rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    assert [row["host"] for row in rows] == ["glow.example", "dim.example"]
    assert rows[0]["urls"] == rows[0]["urls_with_error"] == 1


def test_an_empty_store_has_its_tables_all_the_same(tmp_path: Path) -> None:
    Store(tmp_path).write_manifest({"schema": 1, "state": "running"})
    with opened(Store(tmp_path)) as database:
        assert list(ask(database, "SELECT count(*) FROM findings JOIN pages USING (page_id)").rows) == [(0,)]
        assert list(ask(database, named("hosts")).rows) == []


def test_a_table_has_a_row_for_each_row_and_nothing_a_terminal_obeys(
    scanned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(["query", str(scanned), "SELECT before || after AS copy FROM findings WHERE host = 'dim.example'"])
    out = capsys.readouterr().out
    assert code == 0
    assert "␛[31m" in out
    assert not {"\x1b", "\x07"} & set(out)


def test_rows_beyond_the_limit_are_announced(scanned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["query", str(scanned), "SELECT * FROM range(5) AS r(n)", "--limit", "2"])
    found = capsys.readouterr()
    assert found.out.split() == ["n", "-", "0", "1"]
    assert "the first 2 rows; there are more (--limit 0 for all)" in found.err


def test_json_and_csv_hold_the_same_rows(scanned: Path, tmp_path: Path) -> None:
    sql = (
        "SELECT finding_id, text, capture_time, section, 1.5 AS half, NULL AS nothing FROM findings ORDER BY finding_id"
    )
    for name in ("rows.json", "rows.csv"):
        assert run(["query", str(scanned), sql, "-o", str(tmp_path / name)]) == 0
    of_json = json.loads((tmp_path / "rows.json").read_text("utf-8"))
    of_csv = list(csv.DictReader((tmp_path / "rows.csv").read_text("utf-8").splitlines()))
    assert [row["finding_id"] for row in of_json] == [row["finding_id"] for row in of_csv]
    first = of_json[0]
    assert first["capture_time"].endswith("Z")
    assert (first["half"], first["nothing"], of_csv[0]["nothing"]) == (1.5, None, "")


def test_a_cell_that_a_spreadsheet_would_run_begins_with_an_apostrophe(
    scanned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["query", str(scanned), "SELECT '=1+1' AS text, -1 AS number", "--format", "csv"])
    assert capsys.readouterr().out.splitlines() == ["text,number", "'=1+1,-1"]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT * FROM findngs", 'Did you mean "findings"?'),
        ("SELECT 1 AS a, 2 AS a", "several columns are called a"),
        ("host", "did you mean hosts?"),
    ],
)
def test_a_query_that_is_wrong_says_where(
    scanned: Path, capsys: pytest.CaptureFixture[str], sql: str, said: str
) -> None:
    assert run(["query", str(scanned), sql, "--format", "json"]) == 2
    assert said in capsys.readouterr().err


def test_a_folder_without_a_store_is_said_to_be_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file.txt").write_text("x", "utf-8")
    for folder in (tmp_path, tmp_path / "missing"):
        assert run(["query", str(folder), "hosts"]) == 2
    assert "menulint scan" in capsys.readouterr().err


def test_a_broken_file_of_a_store_is_an_input_that_cannot_be_read(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write_manifest({"schema": 1, "state": "complete"})
    store.prepare()
    (tmp_path / "pages" / "000000.parquet").write_bytes(b"PAR1 no more PAR1")
    assert run(["query", str(tmp_path), "hosts"]) == 3


def test_without_a_question_tables_and_reports_are_listed(scanned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", str(scanned)]) == 0
    out = capsys.readouterr().out
    assert "findings: finding_id varchar" in out
    assert "unlawful-offers" in out
    assert run(["query", "--list"]) == 0
    assert "timeline: Month by month" in capsys.readouterr().out
