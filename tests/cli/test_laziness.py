"""What a command loads: nothing that its files and options do not call for. Each is run in an interpreter of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

NEVER = frozenset(
    "spacy numpy jinja2 pathspec pycountry pypdfium2 tree_sitter yaml multiprocessing importlib.metadata starlette uvicorn "
    "menulint.web".split()
)
"""What costs between a fiftieth of a second and a second to load, and no clean page of text needs."""
JUDGING = {"menulint.linter", "menulint.prefilter"}
HOURS = {
    "hours.md": "# Opening hours\n\nMonday to Friday.\n",
    "hours.html": '<!doctype html><html lang="en"><title>Hours</title><p>Monday to Friday.</p></html>\n',
    "hours.json": '{"title": "Hours", "text": "Monday to Friday."}\n',
}


def program(site: Path, *arguments: str) -> list[str]:
    """A command line of its own process; the small pack of these tests is its pack, remembered as soon as it is compiled."""
    code = (
        "import sys, json; from pathlib import Path; from menulint.pack import cache, load, location;"
        "cache._SETTLED_NS = 0;"
        f"load.find_pack = lambda: location.Location(Path({str(site.parent / 'pack')!r}));"
        f"from menulint.cli import run; code = run({list(arguments)!r});"
        "print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)"
    )
    return [sys.executable, "-c", code]


def loaded(site: Path, *arguments: str, exit_code: int = 0) -> set[str]:
    """The modules loaded when a command ends."""
    done = subprocess.run(program(site, *arguments), capture_output=True, text=True, cwd=site, timeout=120)
    assert done.returncode == 0, done.stderr
    ended, modules = json.loads(done.stderr.splitlines()[-1])
    assert ended == exit_code, done.stdout + done.stderr
    return set(modules)


@pytest.fixture
def hours(site: Path) -> Path:
    """A site of clean pages, with the small pack compiled already."""
    for name, text in HOURS.items():
        (site / name).write_text(text, "utf-8")
    (site / "menulint.toml").write_text('reference_set = ["GB"]\n', "utf-8")  # the small pack has no other law
    loaded(site, "check", "hours.md", "--no-cache")
    return site


def test_clean_pages_are_checked_without_the_pipeline(hours: Path) -> None:
    """Nor anything else that other formats, reports and settings need."""
    assert not loaded(hours, "check", *HOURS, "--no-cache").intersection(NEVER)


def test_a_clean_page_is_checked_without_what_makes_findings(hours: Path) -> None:
    """Neither claims, rules and law, nor findings with their fixes, nor what suppresses, accepts or proves them."""
    made_with = (
        "claim mention finding baseline suppression substantiation claims.making claims.frames engine.engine engine.law "
        "engine.findings engine.fixes pack.products runs.changes runs.workers reporters.json"
    )
    found = loaded(hours, "check", "hours.md", "--no-cache")
    assert not found.intersection(f"menulint.{name}" for name in made_with.split())
    assert not found.intersection({"traceback", "difflib", "tempfile", "shutil", "html.entities"})


def test_the_shell_completes_without_what_checks(hours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It asks at every press of a key."""
    monkeypatch.setenv("_MENULINT_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "menulint check --form")
    monkeypatch.setenv("COMP_CWORD", "2")
    code = "import atexit, sys; atexit.register(lambda: print(*sys.modules)); from menulint.cli import run; run([])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=hours, check=True)
    word, modules = done.stdout.splitlines()
    assert word == "plain,--format"
    assert not set(modules.split()).intersection(NEVER | JUDGING | {"msgspec", "menulint.finding"})


def test_a_page_with_findings_loads_what_judges_and_no_spacy(hours: Path) -> None:
    """The first half, so that the tests of what is not loaded mean something."""
    found = loaded(hours, "check", "menu.md", "--no-cache", "--jurisdiction", "GB", exit_code=1)
    assert {"menulint.pipeline.context", "menulint.engine.engine"} <= found
    assert not found.intersection({"spacy", "numpy"})


def test_a_run_that_finds_all_reports_kept_loads_no_linter(hours: Path) -> None:
    """Neither the matcher nor the rules, even where the reports hold findings."""
    arguments = ("check", "menu.md", "hours.html", "--jurisdiction", "GB")
    loaded(hours, *arguments, exit_code=1)
    assert not loaded(hours, *arguments, exit_code=1).intersection(NEVER | JUDGING | {"ahocorasick_rs"})


@pytest.mark.parametrize(
    "arguments",
    [("extract", *HOURS), ("rules", "list"), ("--version",), ("config", "hours.md"), ("lexicon", "list")],
    ids=lambda arguments: arguments[0],
)
def test_what_judges_nothing_loads_neither_linter_nor_pipeline(hours: Path, arguments: tuple[str, ...]) -> None:
    """Reading and looking up."""
    assert not loaded(hours, *arguments).intersection(NEVER | JUDGING)


@pytest.mark.parametrize("arguments", [("explain", "RTE001"), ("--help",)], ids=lambda arguments: arguments[0])
def test_explanations_and_help_load_no_pipeline(hours: Path, arguments: tuple[str, ...]) -> None:
    """They are asked for often."""
    assert not loaded(hours, *arguments).intersection(NEVER - {"yaml"})


def test_two_runs_may_use_one_cache_at_the_same_time(hours: Path) -> None:
    """Each says what it says alone, while both write the same entries and both sweep; nothing half-written is left."""
    for number in range(20):
        (hours / f"page-{number}.md").write_text(f"Room {number}: our exosome injections. Book now.\n", "utf-8")
    check = program(hours, "check", ".", "--format", "json", "--jurisdiction", "GB")
    new = program(hours, "check", ".", "--format", "json", "--jurisdiction", "GB", "--no-cache")
    alone = subprocess.run(new, cwd=hours, capture_output=True, check=True)
    runs = [subprocess.Popen(check, cwd=hours, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    assert [run.communicate(timeout=300)[0] for run in runs] == [alone.stdout] * 2
    results = hours.parent / "cache" / "menulint" / "results"
    kept = [path for path in results.rglob("*") if path.is_file()]
    pages = [path for path in hours.iterdir() if path.name != "menulint.toml"]
    assert len(kept) == len(pages) + 1, "one entry for each page, and one for the law"
    again = subprocess.run(check, cwd=hours, capture_output=True, check=True)
    assert again.stdout == alone.stdout
