"""What the things in a pack are called, read off its files without loading it: a shell that completes a word cannot wait.

A name that is not written as the files of menulint's own pack write theirs is missed: that costs a suggestion, nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from menulint.late import LatePattern
from menulint.pack.location import find_pack

_KEY = LatePattern(r"^(id|name|category): *(\S+)", re.M)
_PLACE = LatePattern(r"^name: *(.+)", re.M)
_CONCEPT = LatePattern(r"\bid: *([a-z]+\.[\w.-]+)")
_LISTED = LatePattern(r"^ *- *\{? *id: *([A-Z][\w-]+)", re.M)
_LISTS = ("jurisdictions", "evidence")


class RuleName(NamedTuple):
    """A rule's code, name and category."""

    id: str
    name: str
    category: str


def rules() -> Iterator[RuleName]:
    """The rules, in the order of their files."""
    for path in sorted((find_pack().root / "rules").glob("*/*.yaml")):
        found = dict(_KEY.findall(_text(path)))
        if "id" in found:
            yield RuleName(found["id"], found.get("name", ""), found.get("category", ""))


def places() -> Iterator[tuple[str, str]]:
    """Code and name of every place with law."""
    for path in sorted((find_pack().root / "rules" / "jurisdictions").glob("*.yaml")):
        name = _PLACE.search(_text(path))
        yield path.stem, name[1].strip("\"' ") if name else ""


def languages() -> list[str]:
    """The languages of copy that have a lexicon."""
    folders = (path for path in (find_pack().root / "lexicons").iterdir() if path.is_dir())
    return sorted(path.name for path in folders if path.name != "concepts")


def concepts() -> Iterator[str]:
    """The ids of all concepts."""
    yield from _all(_CONCEPT, "lexicons/concepts")


def provisions() -> Iterator[str]:
    """The ids of all provisions and rows of evidence."""
    for folder in _LISTS:
        yield from _all(_LISTED, f"rules/{folder}")


def _all(pattern: LatePattern[str], folder: str) -> Iterator[str]:
    for path in sorted((find_pack().root / folder).glob("*.yaml")):
        yield from pattern.findall(_text(path))


def _text(path: Path) -> str:
    return path.read_text("utf-8")
