"""The files of a pack as they are: found, read and hashed. Needs no YAML, since a cached pack needs none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from msgspec import Struct


class RawFile(Struct, frozen=True):
    """One YAML file: its place in the pack (``lexicons/en/route.yaml``), the path to show, and its content."""

    place: PurePosixPath
    path: str
    content: bytes


def read_files(roots: Sequence[Path]) -> list[RawFile]:
    """All YAML files under ``lexicons/`` and ``rules/`` of the given folders, in a fixed order."""
    return [file for number, root in enumerate(roots) for file in _read_root(root, shown=number > 0)]


def _read_root(root: Path, *, shown: bool) -> Iterator[RawFile]:
    for path in sorted(p for top in ("lexicons", "rules") for p in (root / top).rglob("*.yaml")):
        place = PurePosixPath(path.relative_to(root).as_posix())
        yield RawFile(place, path.as_posix() if shown else str(place), path.read_bytes())


def digest(files: Iterable[RawFile]) -> str:
    """SHA-256 over places and contents, in hex."""
    total = hashlib.sha256()
    for file in files:
        total.update(f"{file.place}\0{len(file.content)}\0".encode())
        total.update(file.content)
    return total.hexdigest()
