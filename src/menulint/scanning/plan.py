"""What a run reads, cut into units: an archive or a table is one, the pages of a folder are cut into shards.

The order is that of the names, so that the same inputs give the same units wherever and whenever they are planned.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from menulint.errors import UsageError

SHARD = 200
"""Pages of a folder in one unit."""

PAGES, WARC, WACZ, JSONL, PARQUET = "pages", "warc", "wacz", "jsonl", "parquet"
_ENDINGS = {
    ".warc": WARC,
    ".warc.gz": WARC,
    ".warc.zst": WARC,
    ".wacz": WACZ,
    ".jsonl": JSONL,
    ".ndjson": JSONL,
    ".jsonl.gz": JSONL,
    ".ndjson.gz": JSONL,
    ".jsonl.zst": JSONL,
    ".ndjson.zst": JSONL,
    ".parquet": PARQUET,
}


@dataclass(frozen=True, slots=True)
class Unit:
    """What one worker reads at a time. ``files`` is one archive, or the pages of a shard; ``size`` is theirs in bytes.

    ``again``: it was read already, and pages of it are to be judged by the law of their host.
    """

    number: int
    kind: str
    files: tuple[str, ...]
    size: int
    again: bool = False

    @property
    def id(self) -> str:
        """The name of its files in the store."""
        return f"{self.number:06d}"


@dataclass(frozen=True, slots=True)
class Input:
    """An input of a run as it was found: ``listing`` is a digest over the names and sizes of all its files."""

    path: str
    files: int
    bytes: int
    listing: str


def kind_of(name: str) -> str:
    """How a file is read: by its ending; what is no archive and no table is a page."""
    lower = name.lower()
    return next((kind for ending, kind in _ENDINGS.items() if lower.endswith(ending)), PAGES)


def survey(paths: Iterable[str], store: Path) -> list[Input]:
    """Each input of a run, looked over once.

    Raises:
        UsageError: one of them does not exist, or there is none.
    """
    inputs = []
    for path in paths:
        if not Path(path).exists():
            raise UsageError(f"{path}: there is no such file or folder to scan")
        files, size, listing = 0, 0, hashlib.sha256()
        for name, own in _walk(path, store):
            files, size = files + 1, size + own
            listing.update(f"{name}\0{own}\n".encode("utf-8", "surrogateescape"))
        inputs.append(Input(path, files, size, listing.hexdigest()))
    return inputs


def units(paths: Iterable[str], store: Path) -> Iterator[Unit]:
    """The units of a run in their order. ``store`` may lie in an input; it is no part of it."""
    number = 0
    for path in paths:
        shard: list[tuple[str, int]] = []
        for name, size in _walk(path, store):
            if (kind := kind_of(name)) != PAGES:
                yield Unit(number, kind, (name,), size)
                number += 1
                continue
            shard.append((name, size))
            if len(shard) == SHARD:
                yield _sharded(number, shard)
                number, shard = number + 1, []
        if shard:
            yield _sharded(number, shard)
            number += 1


def _sharded(number: int, shard: list[tuple[str, int]]) -> Unit:
    return Unit(number, PAGES, tuple(name for name, _ in shard), sum(size for _, size in shard))


def _walk(root: str, store: Path) -> Iterator[tuple[str, int]]:
    """The files of an input and their sizes, by name, folder by folder; hidden ones and symbolic links are left out."""
    if not os.path.isdir(root):
        yield root, os.path.getsize(root)
        return
    own = os.path.realpath(store)
    pending = [root]
    while pending:
        folder = pending.pop()
        if os.path.realpath(folder) == own:
            continue
        below = []
        for entry in _entries(folder):
            if entry.is_dir(follow_symlinks=False):
                below.append(entry.path)
            elif entry.is_file(follow_symlinks=False):
                yield entry.path, entry.stat(follow_symlinks=False).st_size
        pending += reversed(below)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda entry: entry.name)
    except OSError as error:
        raise UsageError(
            f"{folder}: the folder cannot be listed ({error.strerror}); make it readable or leave it out"
        ) from None
