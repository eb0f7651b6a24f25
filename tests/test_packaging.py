"""The wheel carries the pack; an editable install follows edits of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COPY = "Our exosome injections work wonders.\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from this checkout."""
    out = tmp_path_factory.mktemp("wheel")
    call = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(call, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A fresh virtual environment with nothing but the wheel and what it asks for."""
    home = tmp_path_factory.mktemp("fresh")
    subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    call = [str(programs / "python"), "-m", "pip", "install", "--quiet", str(wheel)]
    done = subprocess.run(call, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    yield programs
    shutil.rmtree(home, ignore_errors=True)


def test_the_wheel_holds_the_pack_and_its_compiled_form(wheel: Path) -> None:
    """Lexicons and rules for people, the compiled pack for speed."""
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "menulint/_pack/compiled.pack" in names
    assert "menulint/_pack/rules/jurisdictions/EU.yaml" in names
    assert "menulint/_pack/lexicons/en/route.yaml" in names


def test_an_installed_wheel_checks_a_file(installed: Path, tmp_path: Path) -> None:
    """Away from the checkout, both ways of calling it find the problem and exit with 1."""
    (tmp_path / "menu.md").write_text(COPY, encoding="utf-8")
    for call in ([str(installed / "menulint")], [str(installed / "python"), "-m", "menulint"]):
        done = subprocess.run([*call, "check", "menu.md"], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 1, done.stderr
        assert "RTE001" in done.stdout


def test_an_edited_term_changes_the_result_of_a_checkout(tmp_path: Path) -> None:
    """A word added to the lexicon of a checkout is found at the next run."""
    for folder in ("lexicons", "rules", "src"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "_pack"))
    (tmp_path / "menu.md").write_text("Our vesiculoids are given by injection.\n", encoding="utf-8")
    before = run(tmp_path)
    lexicon = tmp_path / "lexicons" / "en" / "substance.yaml"
    term = '- concept: substance.exosome\n  forms: [vesiculoid]\n  flagged: ["Vesiculoids."]\n  source: "a test"\n'
    lexicon.write_text(lexicon.read_text("utf-8") + "\n" + term, encoding="utf-8")
    after = run(tmp_path)
    assert "RTE001" not in before
    assert "RTE001" in after


def run(checkout: Path) -> str:
    """The report of a checkout's own code on its ``menu.md``."""
    env = {**os.environ, "PYTHONPATH": str(checkout / "src"), "XDG_CACHE_HOME": str(checkout / "cache")}
    call = [sys.executable, "-m", "menulint", "check", "menu.md", "--fail-on", "never"]
    done = subprocess.run(call, cwd=checkout, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout
