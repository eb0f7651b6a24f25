"""Which files a walk meets, on file systems that are not friendly."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from menulint.cli._files import Input, inputs
from menulint.finding import ReportError


def walked(*paths: Path) -> list[str]:
    """Names of the files read, in order."""
    found = inputs([str(path) for path in paths], lambda _, known: known)
    return [Path(item.path).name for item in found]


def test_a_link_to_a_folder_above_is_not_followed(tmp_path: Path) -> None:
    """Else the walk would not end."""
    (tmp_path / "a.md").write_text("x", "utf-8")
    os.symlink(tmp_path, tmp_path / "loop")
    assert walked(tmp_path) == ["a.md"]


def test_a_dangling_link_is_passed_over(tmp_path: Path) -> None:
    """It is no file."""
    os.symlink(tmp_path / "gone.md", tmp_path / "link.md")
    assert walked(tmp_path) == []


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    """By itself and by its folder."""
    (tmp_path / "a.md").write_text("x", "utf-8")
    assert walked(tmp_path / "a.md", tmp_path) == ["a.md"]


def test_extensions_count_in_any_case(tmp_path: Path) -> None:
    """MENU.HTM is a page, photo.JPG is none."""
    for name in ("MENU.HTM", "photo.JPG", "noextension"):
        (tmp_path / name).write_text("x", "utf-8")
    assert walked(tmp_path) == ["MENU.HTM"]


def test_a_name_that_the_system_refuses_is_an_error_row() -> None:
    """A NUL byte cannot stand in a path."""
    (found,) = inputs(["a\0.md"], lambda _, known: known)
    assert isinstance(found, ReportError)
    assert found.code == "not-readable"


def test_a_pipe_can_be_read(tmp_path: Path) -> None:
    """As a shell's process substitution names one."""
    reading, writing = os.pipe()
    os.write(writing, b"Our exosome injections.")
    os.close(writing)
    path = f"/dev/fd/{reading}"
    if not os.path.exists(path):
        pytest.skip("no /dev/fd here")
    (found,) = inputs([path], lambda _, known: known)
    assert found == Input(path, b"Our exosome injections.")
    os.close(reading)


def test_a_broken_gitignore_is_passed_over(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 ignore nothing."""
    (tmp_path / ".gitignore").write_bytes(b"\xff\xfe\n*.md\n")
    (tmp_path / "a.md").write_text("x", "utf-8")
    assert walked(tmp_path) == ["a.md"]


def test_a_very_deep_folder_is_walked(tmp_path: Path) -> None:
    """Without recursion."""
    folder = tmp_path
    for _ in range(200):
        folder = folder / "d"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text("x", "utf-8")
    assert walked(tmp_path) == ["a.md"]
