"""``menulint compare`` tells people and programs what differs between two scans."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from menulint.cli import run

BEFORE = (
    "<!-- saved from url=(0026)https://glow.example/menu -->\n"
    "<html lang=en-GB><p>Our serum is gentle. Book now, £20.</p></html>"
)
AFTER = BEFORE.replace("is gentle", "cures acne <b>&lt;script&gt;</b>")


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("compare")
    for name, text in (("before", BEFORE), ("after", AFTER)):
        (folder / f"{name}.html").write_text(text, "utf-8")
        run(["scan", str(folder / f"{name}.html"), "-o", str(folder / name), "--jobs", "1", "--quiet"])
    return [str(folder / "before"), str(folder / "after")]


def test_a_table_says_what_is_new_and_why(stores: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", *stores]) == 0
    out = capsys.readouterr().out
    assert "cures acne" in out
    assert "the page changed" in out
    assert "all changes lie with the pages" in out


def test_json_holds_each_change(stores: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", *stores, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["pages"]["changed"] == 1
    assert "cures acne" in {change["now"]["text"] for change in found["changes"] if change["kind"] == "new"}


def test_the_web_page_shows_the_wording_and_runs_nothing(stores: list[str], tmp_path: Path) -> None:
    assert run(["compare", *stores, "-o", str(tmp_path / "a.html"), "--ui-lang", "es"]) == 0
    text = (tmp_path / "a.html").read_text("utf-8")
    assert "<mark>cures acne" in text
    assert "<script" not in text
    assert '<html lang="es">' in text


@pytest.mark.parametrize(("fail_on", "code"), [("error", 1), ("never", 0)])
def test_a_new_finding_fails_where_that_is_asked_for(stores: list[str], fail_on: str, code: int) -> None:
    assert run(["compare", *stores, "--fail-on", fail_on]) == code
    assert run(["compare", *stores[::-1], "--fail-on", fail_on]) == 0
