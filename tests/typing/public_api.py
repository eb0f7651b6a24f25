"""A program as users write it: it must pass ``mypy --strict`` (this file is part of every type check, and runs in none)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import assert_type

import menulint


def places(text: str) -> Iterator[tuple[str, int, int]]:
    """Rule and offsets of all places."""
    result = menulint.check_text(text, name="menu.html", jurisdictions=["GB", "IE"], as_of=date(2026, 1, 1))
    assert_type(result, menulint.FileResult)
    for finding in result.findings:
        assert_type(finding, menulint.Finding)
        for place in finding.places:
            yield finding.rule, place.start.offset, place.end.offset


def worst(folder: Path) -> str:
    """The worst severity below a folder."""
    found = {"info"}
    for result in menulint.check_paths([folder, "menu.md"], jurisdictions="auto", jobs=None):
        assert_type(result, menulint.FileResult | menulint.ReportError)
        if isinstance(result, menulint.ReportError):
            raise SystemExit(f"{result.path}: {result.code}")
        found.update(finding.severity for finding in result.findings if finding.counts)
    return max(found, key=menulint.SEVERITIES.index)


def linked(pack: menulint.Pack, finding: menulint.Finding) -> list[str]:
    """Where to read the law behind a finding."""
    return [pack.provisions[name].url for place in finding.jurisdictions for name in place.provisions]


def of_bytes(path: Path) -> menulint.FileResult | None:
    """A workbook."""
    linter = menulint.Linter(menulint.load_pack("house-pack"), menulint.Options(jurisdiction=("ES",), ui_lang="es"))
    try:
        return linter.check_bytes(path.name, path.read_bytes())
    except menulint.MenulintError as error:
        assert_type(error.exit_code, int)
        return None


assert_type(menulint.__version__, str)
assert_type(menulint.VERDICTS, tuple[str, str, str])
