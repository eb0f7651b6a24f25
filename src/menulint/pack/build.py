"""Makes a pack of its files: parsed, checked, compiled. Only a pack that is not cached needs this module, and YAML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from menulint.errors import PackError, Problem
from menulint.pack.compile import compile_lexicon
from menulint.pack.files import PackFile, parse_files
from menulint.pack.law import LawReader
from menulint.pack.model import Pack
from menulint.pack.raw import RawFile, digest
from menulint.pack.signs import signs_of


def build_pack(files: Sequence[RawFile]) -> Pack:
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
        jurisdictions=(places := dict(sorted(law.jurisdictions.items()))),
        evidence=tuple(law.evidence.values()),
        signs=tuple(signs_of(places.values())),
    )


_CONSEQUENCES = {
    "concepts": ("unknown concept",),
    "sets": ("unknown set",),
    "rule": ("unknown rule",),
    "jurisdiction": ("unknown jurisdiction", "unknown provision", "unknown status"),
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


def read_term_examples(files: Sequence[RawFile]) -> Iterator[tuple[str, str, str, str]]:
    """Language, concept, kind and text of the examples of all term entries, as they stand.

    Raises:
        PackError: a file cannot be parsed or does not follow its schema.
    """
    parsed = parse_files(files)
    if parsed.problems:
        raise PackError(tuple(parsed.problems))
    for file in parsed.files:
        if file.kind == "terms":
            yield from _file_examples(file)


def _file_examples(file: PackFile) -> Iterator[tuple[str, str, str, str]]:
    for entry in file.root.items:
        for kind in ("flagged", "allowed"):
            for text in entry.texts(kind):
                yield file.lang, entry.text("concept"), kind, text
