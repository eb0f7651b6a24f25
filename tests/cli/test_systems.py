"""Other systems: consoles that know few characters, lines that end otherwise, file names that are no text."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from menulint.cli import run
from menulint.linter import Linter
from menulint.readers import known_extensions
from menulint.reporters import names
from menulint.reporters._places import uri

Menulint = Any
PAGES = Path(__file__).parents[2] / "fixtures" / "pages"
TEXT = (".md .html .txt .csv .tsv .json .yaml .toml .tsx .jsx .ts .js .vue .svelte .astro .mdx .php .liquid .po .srt "
        ".vtt .eml .svg .twig").split()  # fmt: skip


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
@pytest.mark.parametrize(
    "command", [("check", "menú.md", "--ui-lang", "es"), ("check", "--genre", "“x”"), ("mentions", "menú.md")]
)
def test_a_console_with_few_characters_is_no_reason_to_fail(
    site: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, command: tuple[str, ...]
) -> None:
    """Neither for reports nor for messages, whatever Python thinks of the console."""
    (site / "menú.md").write_text("Our clinic: exosome injections, “£250” — café. Book now.\n", "utf-8")
    streams = [io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2)]
    monkeypatch.setattr(sys, "stdout", streams[0])
    monkeypatch.setattr(sys, "stderr", streams[1])
    code = run(command)
    said = b""
    for stream in streams:
        stream.flush()
        said += stream.buffer.getvalue()
    assert code in (0, 1, 2)
    assert "menú.md" in said.decode() or "“x”" in said.decode()


def _text_pages() -> list[Path]:
    """One fixture with findings of each text format."""
    found: dict[str, Path] = {}
    for page in sorted(PAGES.iterdir()):
        if page.suffix in TEXT and ".expected." not in page.name and b"\r" not in page.read_bytes():
            found.setdefault(page.suffix, page)
    return list(found.values())


@pytest.mark.parametrize("page", _text_pages(), ids=lambda page: page.suffix)
def test_lines_that_end_as_on_windows_change_no_place_and_no_fingerprint(linter: Linter, page: Path) -> None:
    """The same wording on the same line, so that a baseline holds on every system."""
    data = page.read_bytes()

    def places(data: bytes) -> list[tuple[str, str, int, int]]:
        return [
            (finding.rule, place.fingerprint, place.start.line, place.start.column)
            for finding in linter.check_bytes(page.name, data).findings
            for place in finding.places
        ]

    assert places(data.replace(b"\n", b"\r\n")) == places(data)


def test_the_pages_compared_are_of_many_formats() -> None:
    """And of formats that are read."""
    suffixes = {page.suffix for page in _text_pages()}
    assert len(suffixes) > 12
    assert suffixes <= known_extensions()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are text there")
@pytest.mark.parametrize("name", names())
def test_a_file_name_that_is_no_text_is_reported(menulint: Menulint, site: Path, name: str) -> None:
    """In every format, and kept in the cache or not."""
    with open(os.fsencode(site) + b"/caf\xe9.md", "w", encoding="utf-8") as file:
        file.write("Our exosome injections. Book now.\n")
    done = menulint("check", ".", "--jurisdiction", "GB", "--format", name)
    assert done.code == 1, done.err
    assert "caf" in done.out


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("caf\udce9.md", "caf%E9.md"),
        ("\ud800.md", "%3F.md"),
        ("C:\\site\\a b.md", "file:///C%3A/site/a%20b.md"),
        (".\\site\\menu.md", "site/menu.md"),
    ],
)
def test_a_uri_has_slashes_and_only_ascii(path: str, expected: str) -> None:
    """However the path was written."""
    assert uri(path) == expected


def test_a_baseline_with_the_line_ends_of_windows_is_read(menulint: Menulint, site: Path) -> None:
    """As Git may check it out there."""
    menulint("baseline", "create", ".", "--jurisdiction", "GB", "--reason", "x")
    path = site / "menulint-baseline.json"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    done = menulint("check", ".", "--jurisdiction", "GB", "--baseline", path.name, "--format", "json")
    assert (done.code, json.loads(done.out)["summary"]["unchanged"]) == (0, 3)
