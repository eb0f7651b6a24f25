"""`--diff` and `--staged` in a real Git repository: only what is new counts, place by place."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

OLD = "# Menu\n\nOur exosome injections cost £300.\n\nBook a consultation at our clinic.\n"
Menulint = Callable[..., Any]


@pytest.fixture
def repository(site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder as a repository with one commit."""
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    git("init", "-q", "-b", "main")
    Path("menu.md").write_text(OLD, "utf-8")
    commit()
    return site


def git(*arguments: str) -> None:
    who = {
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@b.c",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@b.c",
    }
    subprocess.run(["git", *arguments], check=True, capture_output=True, env={**os.environ, **who})


def commit() -> None:
    git("add", "-A")
    git("commit", "-q", "-m", "x")


def counted(run: Any) -> list[tuple[str, int]]:
    """File and line of each place that is new."""
    found = []
    for file in json.loads(run.out)["files"]:
        for finding in file["findings"]:
            places = [finding, *finding["also"]]
            found += [(file["path"], place["start"]["line"]) for place in places if place["baseline"] == "new"]
    return found


def check(menulint: Menulint, *options: str) -> Any:
    return menulint("check", "--format", "json", *options)


def test_nothing_changed_is_nothing_checked(repository: Path, menulint: Menulint) -> None:
    """The hook of a commit without copy costs nothing and passes."""
    run = check(menulint, "--diff", "HEAD")
    assert run.code == 0
    assert json.loads(run.out)["files"] == []
    assert "nothing has changed under . since HEAD that menulint reads" in run.err
    assert "nothing is staged under . that menulint reads" in check(menulint, "--staged").err


def test_a_price_and_a_line_above_are_no_new_claim(repository: Path, menulint: Menulint) -> None:
    """The old offer moved down and costs more."""
    Path("menu.md").write_text("New in town.\n\n" + OLD.replace("300", "350"), "utf-8")
    run = check(menulint, "--diff", "HEAD")
    assert counted(run) == []
    assert run.code == 0
    assert json.loads(run.out)["summary"]["unchanged"] > 0


def test_the_same_words_in_a_new_offer_are_new(repository: Path, menulint: Menulint) -> None:
    """The place that was there stays accepted; the new line is reported at its line."""
    Path("menu.md").write_text(OLD + "\nAlso: exosome injections for the scalp.\n", "utf-8")
    run = check(menulint, "--diff", "HEAD")
    assert {line for _, line in counted(run)} == {7}
    assert run.code == 1


def test_a_file_that_git_does_not_know_yet_is_all_new(repository: Path, menulint: Menulint) -> None:
    """Untracked, but not ignored."""
    Path("new.md").write_text(OLD, "utf-8")
    Path("ignored.md").write_text(OLD, "utf-8")
    Path(".gitignore").write_text("ignored.md\n", "utf-8")
    assert {path for path, _ in counted(check(menulint, "--diff", "HEAD"))} == {"new.md"}


def test_a_renamed_file_brings_its_old_claims_along(repository: Path, menulint: Menulint) -> None:
    """Git finds the rename, so nothing is new."""
    git("mv", "menu.md", "prices.md")
    assert counted(check(menulint, "--staged")) == []


def test_staged_looks_at_the_index_and_not_at_the_disk(repository: Path, menulint: Menulint) -> None:
    """A claim that was written but not added is not part of the commit."""
    Path("menu.md").write_text(OLD + "\nAlso: exosome injections for the scalp.\n", "utf-8")
    assert counted(check(menulint, "--staged")) == []
    git("add", "menu.md")
    Path("menu.md").write_text(OLD, "utf-8")
    assert {line for _, line in counted(check(menulint, "--staged"))} == {7}


def test_a_first_commit_is_all_new(site: Path, menulint: Menulint) -> None:
    """There is no HEAD to compare with."""
    git("init", "-q")
    git("add", "menu.md")
    assert {path for path, _ in counted(check(menulint, "--staged"))} == {"menu.md"}


def test_only_below_the_paths_asked_for(repository: Path, menulint: Menulint) -> None:
    """A change elsewhere is somebody else's."""
    Path("blog").mkdir()
    Path("blog/post.md").write_text(OLD, "utf-8")
    Path("menu.md").write_text(OLD + OLD, "utf-8")
    run = menulint("check", "blog", "--diff", "HEAD", "--format", "json")
    assert [file["path"] for file in json.loads(run.out)["files"]] == ["blog/post.md"]


@pytest.mark.parametrize("ref", ["no-such-branch", "--output=x"])
def test_a_revision_that_is_none_is_a_usage_error(repository: Path, menulint: Menulint, ref: str) -> None:
    """Never an option of Git."""
    run = menulint("check", f"--diff={ref}")
    assert run.code == 2
    assert "revision" in run.err


def test_outside_a_repository_it_says_so(site: Path, menulint: Menulint, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what Git said."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(site.parent))
    run = menulint("check", "--diff", "HEAD")
    assert run.code == 2
    assert "not a git repository" in run.err
