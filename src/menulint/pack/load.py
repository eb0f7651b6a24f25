"""Loads the pack: the compiled one of a wheel, a cached one, or the YAML files, checked and compiled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from menulint.errors import PackError, Problem
from menulint.pack.cache import read_cached, write_cached
from menulint.pack.compile import compile_lexicon
from menulint.pack.encode import from_json
from menulint.pack.files import PackFile, RawFile, digest, parse_files, read_files
from menulint.pack.law import LawReader
from menulint.pack.location import find_pack
from menulint.pack.model import Pack


@dataclass(frozen=True, slots=True)
class TermExample:
    """An example of a term entry: ``text`` must give a mention of ``concept`` (``flagged``) or none (``allowed``)."""

    lang: str
    concept: str
    kind: str
    number: int
    text: str

    @property
    def id(self) -> str:
        """``en/effect.regenerate::flagged::0``"""
        return f"{self.lang}/{self.concept}::{self.kind}::{self.number}"


def load_pack(extra: Sequence[Path] = (), *, base: Path | None = None, cached: bool = True) -> Pack:
    """The pack, ready to use.

    Args:
        extra: folders with ``lexicons/`` and ``rules/`` of their own, which add to the pack.
        base: a folder to take instead of the pack menulint came with.
        cached: whether compiled packs are read from and kept in the user's cache folder.

    Raises:
        PackError: the files have mistakes; it holds all of them.
        FileNotFoundError: the installation has no pack.
    """
    location = find_pack()
    if location.compiled and not extra and base is None:
        return from_json(location.compiled.read_text(encoding="utf-8"))
    files = read_pack_files(extra, base=base)
    pack = read_cached(digest(files)) if cached else None
    if pack is None:
        pack = compile_pack(files)
        if cached:
            write_cached(pack)
    return pack


def read_pack_files(extra: Sequence[Path] = (), *, base: Path | None = None) -> list[RawFile]:
    """The YAML files of a pack, unparsed.

    Raises:
        PackError: an extra folder holds neither ``lexicons`` nor ``rules``.
    """
    missing = [p for p in extra if not (p / "lexicons").is_dir() and not (p / "rules").is_dir()]
    if missing:
        expected = "a folder with lexicons/ or rules/"
        raise PackError(tuple(Problem(str(p), 0, 0, "this is no pack", expected) for p in missing))
    return read_files([base or find_pack().root, *extra])


def compile_pack(files: Sequence[RawFile]) -> Pack:
    """A pack from its files.

    Raises:
        PackError: the files have mistakes; it holds all of them.
    """
    parsed = parse_files(files)
    law = LawReader(parsed.files)
    law.read()
    lexicon, found = compile_lexicon(parsed.files, law.concepts)
    problems = parsed.problems + _without_consequences([*law.problems, *found], parsed.damaged)
    if problems:
        raise PackError(tuple(sorted(problems, key=lambda p: (p.path, p.line, p.column, p.message))))
    return Pack(
        version=_version(law),
        sha256=digest(files),
        concepts=law.concepts,
        lexicon=lexicon,
        rules=dict(sorted(law.rules.items())),
        jurisdictions=dict(sorted(law.jurisdictions.items())),
        evidence=tuple(law.evidence.values()),
    )


_CONSEQUENCES = {
    "concepts": ("unknown concept",),
    "sets": ("unknown set",),
    "rule": ("unknown rule",),
    "jurisdiction": ("unknown jurisdiction", "unknown provision"),
}


def _without_consequences(problems: list[Problem], damaged: set[str]) -> list[Problem]:
    """Without names that are unknown only because a file that may define them could not be read."""
    hidden = tuple(start for kind in damaged for start in _CONSEQUENCES.get(kind, ()))
    return [problem for problem in problems if not problem.message.startswith(hidden)] if hidden else problems


def _version(law: LawReader) -> str:
    """The month in which the law or the evidence was last reviewed: ``2026.11``."""
    provisions = (p.reviewed for j in law.jurisdictions.values() for p in j.provisions)
    latest = max([*provisions, *(row.reviewed for row in law.evidence.values())], default="0000-00")
    return latest[:7].replace("-", ".")


def term_examples(extra: Sequence[Path] = (), *, base: Path | None = None) -> list[TermExample]:
    """The examples of all term entries. They are no part of the compiled pack.

    Raises:
        PackError: a file cannot be parsed or does not follow its schema.
    """
    parsed = parse_files(read_pack_files(extra, base=base))
    if parsed.problems:
        raise PackError(tuple(parsed.problems))
    return [example for file in parsed.files if file.kind == "terms" for example in _file_examples(file)]


def _file_examples(file: PackFile) -> list[TermExample]:
    found: list[TermExample] = []
    numbers: dict[tuple[str, str], int] = {}
    for entry in file.root.items:
        for kind in ("flagged", "allowed"):
            for text in entry.texts(kind):
                key = entry.text("concept"), kind
                numbers[key] = number = numbers.get(key, -1) + 1
                found.append(TermExample(file.lang, *key, number, text))
    return found
