"""``menulint report`` writes what is asked for, from a store that a scan wrote."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from menulint.cli import run

PAGE = (
    "<!-- saved from url=(0026)https://glow.example/menu -->\n"
    "<html lang=en-GB><h1>Our menu</h1><p>Our exosome injections cost £250. Book now. Call +44 20 7946 0000.</p></html>"
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    (folder / "menu.html").write_text(PAGE, "utf-8")
    run(["scan", str(folder / "menu.html"), "-o", str(folder / "store"), "--jobs", "1", "--quiet"])
    return folder / "store"


@pytest.mark.parametrize(
    ("name", "begins"),
    [("a.html", b"<!DOCTYPE"), ("a.xlsx", b"PK"), ("a.json", b"{"), ("a.csv", b"site,"), ("a.md", b"#")],
)
def test_the_ending_says_the_format(store: Path, tmp_path: Path, name: str, begins: bytes) -> None:
    assert run(["report", str(store), "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_a_finding_is_there_with_law_and_words_to_write_instead(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", str(store), "--format", "json", "--select", "RTE001"]) == 0
    (claim,) = json.loads(capsys.readouterr().out)["tables"]["claims"]
    assert (claim["site"], claim["text"], claim["severity"]) == ("glow.example", "exosome injections", "error")
    assert claim["law_urls"].startswith("http")
    assert claim["rewrite"]


def test_without_a_file_a_brief_is_printed(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", str(store)]) == 0
    assert capsys.readouterr().out.startswith("# Scan report: store\n")


def test_a_sample_is_read_as_people_write_hosts(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "hosts").write_text("# the sample\nhttps://www.Glow.example/\ndim.example  closed\n", "utf-8")
    assert run(["report", str(store), "--format", "json", "--hosts", str(tmp_path / "hosts")]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["content"]["sites"], found["content"]["missing"]) == (1, ["dim.example"])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--format", "xlsx"], "name a file with -o"),
        (["-o", "report.doc"], "the ending says no format"),
        (["--select", "RTE999"], "RTE999"),
        (["--jurisdiction", "XX"], "unknown jurisdiction"),
    ],
)
def test_a_mistake_is_said_with_what_to_do(
    store: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert run(["report", str(store), *arguments]) == 2
    assert says in capsys.readouterr().err


def test_a_folder_that_is_no_store_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", str(tmp_path)]) == 2
    assert "menulint scan" in capsys.readouterr().err


def test_a_terminal_is_shown_nothing_it_obeys(
    store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("menulint.cli._output.sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr("menulint.reporters._scan.tables.as_csv", lambda *_: iter(["a\x1b[31m\u202eb\r\n"]))
    assert run(["report", str(store), "--format", "csv"]) == 0
    assert capsys.readouterr().out == "a␛[31m<U+202E>b\n"
