"""Words for speed tests, taken from the pack: ``python -m benchmarks.terms`` prints them, one a line.

They are literal English forms of concepts that can begin a rule, the ``COUNT`` with the smallest digests: when the pack grows,
few of them change. Peers look for the same words that are planted in synthetic pages.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

COUNT = 368
FACETS = ("effect", "route", "source", "substance")
LEXICONS = Path(__file__).resolve().parents[1] / "lexicons"
PLAIN = re.compile(r"[a-z]{4,}(?:[ -][a-z]{2,}){0,3}")


def entries(folder: Path) -> Iterator[dict[str, Any]]:
    """The entries of all YAML files of a folder that hold a list."""
    for path in sorted(folder.glob("*.yaml")):
        parsed = yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader)  # noqa: S506  # the base loader makes only strings
        if isinstance(parsed, list):
            yield from parsed


def words(count: int = COUNT) -> list[str]:
    """So many forms, sorted."""
    triggers = {each["id"] for each in entries(LEXICONS / "concepts") if each.get("kind") != "support"}
    forms = {
        form
        for each in entries(LEXICONS / "en")
        if each.get("concept") in triggers and each["concept"].partition(".")[0] in FACETS
        for form in each.get("forms", ())
        if isinstance(form, str) and PLAIN.fullmatch(form)
    }
    return sorted(sorted(forms, key=lambda form: hashlib.sha256(form.encode()).digest())[:count])


if __name__ == "__main__":
    print(*words(), sep="\n")
