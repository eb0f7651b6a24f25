"""A scan that is killed at any moment is finished by the same command, with the same files as one that was not."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.scanning import killers
from tests.scanning.warcs import archive, record

from menulint.cli import run
from menulint.scanning.store import Store

SCAN = """
import sys
from datetime import date
from menulint.linter import Options
from menulint.pack.load import load_pack
from menulint.scanning.local import LocalEngine
from menulint.scanning.run import Scan
from menulint.scanning.store import Store
from menulint.scanning.unit import Spec
from pathlib import Path
from tests.scanning.killers import mortal

if __name__ == "__main__":
    spec = Spec(Options(as_of=date(2026, 11, 1), copy=True), make=mortal)
    Scan((sys.argv[1],), Store(Path(sys.argv[2])), spec, load_pack()).run(LocalEngine(2), lambda *_: None)
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    (tmp_path / "scan.py").write_text(SCAN, "utf-8")
    crawl = tmp_path / "crawl"
    crawl.mkdir()
    for number in range(6):
        bodies = (b"<p>%d-%d %s" % (number, n, killers.SLOW) for n in range(20))
        archive(
            crawl / f"{number}.warc.gz", *(record(f"https://a.example/{number}/{n}", b) for n, b in enumerate(bodies))
        )
    return tmp_path


def started(folder: Path, store: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(folder / "scan.py"), str(folder / "crawl"), str(folder / store)]
    root = Path(__file__).parents[2]
    return subprocess.Popen(command, cwd=root, env={"PYTHONPATH": f"{root}/src:{root}", "PATH": ""})


def contents(store: Path) -> dict[str, bytes]:
    return {str(path.relative_to(store)): path.read_bytes() for path in sorted(store.rglob("*")) if path.is_file()}


def test_killed_at_any_moment_and_resumed_a_scan_leaves_the_files_of_an_unbroken_one(script: Path) -> None:
    assert started(script, "whole").wait(120) == 0
    expected = contents(script / "whole")
    assert len([name for name in expected if name.startswith("findings/")]) == 6
    broken, moments = 0, random.Random(7)
    for _ in range(12):
        process = started(script, "broken")
        while not (script / "broken" / "pages").is_dir() and process.poll() is None:
            time.sleep(0.01)
        time.sleep(moments.uniform(0, 3))
        process.send_signal(signal.SIGKILL)
        broken += process.wait(60) == -signal.SIGKILL
        if process.returncode == 0:
            break
    assert broken
    assert started(script, "broken").wait(120) == 0
    assert contents(script / "broken") == expected


def test_a_store_is_not_continued_with_other_inputs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store(tmp_path / "store")
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "manifest.json").write_text(
        json.dumps({"schema": 1, "options": {"undated_as_of": "2026-11-01"}})
    )
    (tmp_path / "page.html").write_text("<p>Hello", "utf-8")
    assert run(["scan", str(tmp_path / "page.html"), "-o", str(store.folder)]) == 2
    assert "was begun with other menulint" in capsys.readouterr().err


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.html").write_text("<p>Hello", "utf-8")
    assert run(["scan", str(tmp_path / "page.html"), "-o", str(tmp_path)]) == 2
    assert "no store of menulint" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_an_input_that_is_not_there_is_an_error_of_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", str(tmp_path / "none.warc.gz"), "-o", str(tmp_path / "store")]) == 2
    assert "none.warc.gz: there is no such file" in capsys.readouterr().err


def test_an_option_that_means_nothing_is_refused_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.html").write_text("<p>Hello", "utf-8")
    assert run(["scan", str(tmp_path / "page.html"), "-o", str(tmp_path / "store"), "--select", "RTE0001"]) == 2
    assert "unknown rule 'RTE0001'" in capsys.readouterr().err
    assert not (tmp_path / "store").exists()


def test_without_its_libraries_a_scan_says_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith(("menulint.scanning", "pyarrow"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert run(["scan", str(tmp_path), "-o", str(tmp_path / "store")]) == 2
    assert "pip install 'menulint[scan]'" in capsys.readouterr().err


def test_a_finished_scan_that_is_run_again_leaves_its_files_and_gives_the_same_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.html").write_text("<p>Hello", "utf-8")
    command = ["scan", str(tmp_path / "page.html"), "-o", str(tmp_path / "store"), "--jobs", "1"]
    assert run(command) == 0
    once, files = capsys.readouterr().out, contents(tmp_path / "store")
    assert run(command) == 0
    assert (capsys.readouterr().out, contents(tmp_path / "store")) == (once, files)
