"""Loads the pack: the compiled one of a wheel, a cached one, or the YAML files, checked and compiled."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from menulint.errors import PackError, Problem
from menulint.pack.cache import read_built, read_cached, read_stamped, remember, stamp_of, write_cached
from menulint.pack.encode import from_file
from menulint.pack.location import find_pack
from menulint.pack.model import Pack
from menulint.pack.raw import RawFile, digest, read_files


class TermExample(Struct, frozen=True):
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
        with contextlib.suppress(ValueError):  # built for other machines: compiled here, and kept
            return read_built(location.compiled) if cached else from_file(location.compiled)
    if not cached:
        return compile_pack(read_pack_files(extra, base=base))
    _refuse_other_folders(extra)
    stamp = stamp_of(_yaml_files([base or location.root, *extra]))
    pack = read_stamped(stamp)
    if pack is None:
        files = read_pack_files(extra, base=base)
        pack = read_cached(digest(files))
        if pack is None:
            pack = compile_pack(files)
            write_cached(pack)
        remember(stamp, pack)
    return pack


def pack_stamp(extra: Sequence[Path] = ()) -> str:
    """A digest over a pack's files as they lie on the disk: their sizes and times of change, not their content.

    Quick enough for every start. Another stamp need not mean another pack; the same stamp means the same one.
    """
    location = find_pack()
    own = [str(location.compiled)] if location.compiled else _yaml_files([location.root])
    return stamp_of([*own, *_yaml_files(extra)]).digest


def _yaml_files(roots: Iterable[Path]) -> list[str]:
    """The YAML files of packs, as paths that need not be looked at any further."""
    return [path for root in roots for path in sorted(_yaml_below(os.path.abspath(root)))]


def _yaml_below(root: str) -> Iterator[str]:
    for top in ("lexicons", "rules"):
        for folder, _, names in os.walk(os.path.join(root, top)):
            yield from (os.path.join(folder, name) for name in names if name.endswith(".yaml"))


def read_pack_files(extra: Sequence[Path] = (), *, base: Path | None = None) -> list[RawFile]:
    """The YAML files of a pack, unparsed.

    Raises:
        PackError: an extra folder holds neither ``lexicons`` nor ``rules``.
    """
    _refuse_other_folders(extra)
    return read_files([base or find_pack().root, *extra])


def _refuse_other_folders(extra: Iterable[Path]) -> None:
    missing = [p for p in extra if not (p / "lexicons").is_dir() and not (p / "rules").is_dir()]
    if missing:
        expected = "a folder with lexicons/ or rules/"
        raise PackError(tuple(Problem(str(p), 0, 0, "this is no pack", expected) for p in missing))


def compile_pack(files: Sequence[RawFile]) -> Pack:
    """A pack from its files.

    Raises:
        PackError: the files have mistakes; it holds all of them.
    """
    from menulint.pack.build import build_pack  # only here is YAML needed, and it takes a third of the start

    return build_pack(files)


def term_examples(extra: Sequence[Path] = (), *, base: Path | None = None) -> list[TermExample]:
    """The examples of all term entries. They are no part of the compiled pack.

    Raises:
        PackError: a file cannot be parsed or does not follow its schema.
    """
    from menulint.pack.build import read_term_examples

    numbers: Counter[tuple[str, str, str]] = Counter()
    found = []
    for lang, concept, kind, text in read_term_examples(read_pack_files(extra, base=base)):
        found.append(TermExample(lang, concept, kind, numbers[lang, concept, kind], text))
        numbers[lang, concept, kind] += 1
    return found
