"""docs/formats.md lists every format there is, with its endings and a fixture."""

from __future__ import annotations

import re
from pathlib import Path

from menulint.readers._registry import entries

ROOT = Path(__file__).resolve().parents[1]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "formats.md").read_text("utf-8").splitlines()
    if re.match(r"\| [a-z-]+ \| \.", line)
]


def test_every_reader_has_its_row_and_endings() -> None:
    """A format that is added without a word about it is noticed."""
    known = entries()
    told = {name: set(endings.split()) for name, endings, *_ in ROWS}
    endings = {entry.name: set(entry.extensions) for entry in (known.values() if isinstance(known, dict) else known)}
    endings["old-office"] |= {".xlsb"}
    endings["xlsx"] -= {".xlsb"}
    assert told == endings


def test_the_fixtures_it_names_are_there() -> None:
    """Each is a page with what is expected of it."""
    for fixture in (row[-1] for row in ROWS if row[-1]):
        path = ROOT / fixture
        assert path.is_file(), fixture
        assert path.with_name(path.stem + ".expected.yaml").is_file(), fixture


def test_the_hook_is_given_every_ending() -> None:
    """pre-commit passes the files that the pattern in .pre-commit-hooks.yaml matches."""
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    pattern = re.search(r"files: '(.*)'", hooks)
    assert pattern
    known = entries()
    for entry in known.values() if isinstance(known, dict) else known:
        if entry.name not in ("ocr", "old-office"):
            for ending in entry.extensions - {".xlsb"}:
                assert re.search(pattern[1], f"site/page{ending}"), ending
    assert not re.search(pattern[1], "site/page.py")
