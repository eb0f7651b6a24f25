"""The files of a pack, parsed and checked against their schemas."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from menulint.errors import Problem
from menulint.pack.nodes import Node, parse
from menulint.pack.raw import RawFile
from menulint.pack.schema import check

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_REAL_WORDS = "real-words.yaml"
FILE_BYTES_MAX = 8_000_000
"""A file of a pack that is larger is a mistake."""


@dataclass(frozen=True, slots=True)
class PackFile:
    """A parsed file and the kind of thing it holds, which is also the name of its schema."""

    kind: str
    place: PurePosixPath
    root: Node

    @property
    def lang(self) -> str:
        """The language of a file of ``lexicons/<lang>/``."""
        return self.place.parts[1]


@dataclass(frozen=True, slots=True)
class Parsed:
    """The files that hold what their place asks for, what was wrong with the others, and of which kinds those are."""

    files: list[PackFile]
    problems: list[Problem]
    damaged: set[str]


def parse_files(files: Iterable[RawFile]) -> Parsed:
    """Parse files and check each against the schema of its kind."""
    parsed = Parsed([], [], set())
    for file in files:
        root, found = _parse_file(file)
        kind = file_kind(file.place)
        if kind == "evidence" and root is not None and root.kind == "a mapping":
            kind = "rule"  # the folder holds the rules of the category evidence and the rows of evidence
        if not kind:
            found.append(Problem(file.path, 0, 0, "nothing reads a file here", "a place the pack format names"))
        elif problem := _language_problem(file):
            found.append(problem)
        elif root is not None and not found:
            found += check(root, kind)
        if root is not None and not found:
            parsed.files.append(PackFile(kind, file.place, root))
        elif found:
            parsed.problems.extend(found)
            parsed.damaged.add(kind)
    return parsed


def _language_problem(file: RawFile) -> Problem | None:
    """A folder of words is named after its language."""
    folder, name = file.place.parts[:2]
    if folder != "lexicons" or name in ("concepts", _REAL_WORDS) or _LANGUAGE.fullmatch(name):
        return None
    return Problem(file.path, 0, 0, f"unknown language {name!r}", "a folder with a language code, such as lexicons/en")


def _parse_file(file: RawFile) -> tuple[Node | None, list[Problem]]:
    if len(file.content) > FILE_BYTES_MAX:
        message = f"the file has {len(file.content)} bytes"
        return None, [Problem(file.path, 0, 0, message, f"at most {FILE_BYTES_MAX} bytes")]
    content = file.content.removeprefix(BOM_UTF8)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return None, [Problem(file.path, line, column, f"byte {error.start} is not UTF-8", "the file saved as UTF-8")]
    return parse(text, file.path)


def file_kind(place: PurePosixPath) -> str:
    """What a file holds by its place: the name of its schema, or nothing."""
    match place.parts:
        case ("lexicons", "concepts", _):
            return "concepts"
        case ("lexicons", name) if name == _REAL_WORDS:
            return "real-words"
        case ("lexicons", _, name):
            stem = name.removesuffix(".yaml").partition("-")[0]
            return stem if stem in ("sets", "context", "inflection", "synonyms", "words") else "terms"
        case ("rules", "jurisdictions", _):
            return "jurisdiction"
        case ("rules", "evidence", _):
            return "evidence"
        case ("rules", _, _):
            return "rule"
        case _:
            return ""
