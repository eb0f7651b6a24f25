"""Compiled packs kept between runs, in the user's cache folder. Whatever is wrong with one, it is made anew."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from msgspec import Struct

from menulint.pack.encode import FORMAT, from_file, to_bytes
from menulint.pack.model import Pack

KEPT_MAX = 8
"""How many compiled packs stay; the oldest go."""
_SETTLED_NS = 2_000_000_000
"""The coarsest clock of a file system."""


def cache_folder() -> Path:
    """Where this platform keeps caches; ``XDG_CACHE_HOME`` is honoured everywhere."""
    home = Path.home()
    if configured := os.environ.get("XDG_CACHE_HOME"):
        root = Path(configured)
    elif sys.platform == "darwin":
        root = home / "Library" / "Caches"
    elif sys.platform == "win32":
        root = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    else:
        root = home / ".cache"
    return root / "menulint" / "packs"


@cache
def compiler_digest() -> str:
    """SHA-256 over the modules that decide what a compiled pack looks like: their change makes every cache stale."""
    total = hashlib.sha256(str(FORMAT).encode())
    for path in _modules():
        total.update(path.read_bytes())
    return total.hexdigest()


def _modules() -> list[Path]:
    package = Path(__file__).resolve().parent
    return sorted([*package.glob("*.py"), *(package.parent / "text").glob("*.py")])


def cache_path(sha256: str) -> Path:
    """The file of the pack with this content, compiled by this version."""
    return cache_folder() / f"{sha256[:32]}-{compiler_digest()[:16]}.pack"


class Stamp(Struct, frozen=True):
    """Files as they lie on the disk, without a look into them; ``newest`` is when one last changed, in ns since 1970."""

    digest: str
    newest: int


def stamp_of(paths: Iterable[str]) -> Stamp:
    """The stamp of some files: names, sizes and times of change."""
    total, newest = hashlib.sha256(), 0
    for path in paths:
        stat = os.stat(path)
        total.update(
            f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\0{stat.st_ctime_ns}\n".encode("utf-8", "surrogatepass")
        )
        newest = max(newest, stat.st_mtime_ns, stat.st_ctime_ns)
    return Stamp(total.hexdigest(), newest)


def _note(stamp: Stamp) -> Path:
    """Where it stands which pack files with this stamp make, by these modules as they lie on the disk."""
    whole = hashlib.sha256(f"{stamp.digest} {stamp_of(map(str, _modules())).digest}".encode()).hexdigest()
    return cache_folder() / f"{whole[:40]}.note"


def read_built(path: Path) -> Pack:
    """The compiled pack of a wheel.

    Raises:
        ValueError: it is none that this version and machine can use.
    """
    stamp = stamp_of([str(path)])
    note = cache_folder() / f"{stamp.digest[:40]}.note"
    sound = _noted(note) == stamp.digest
    pack = from_file(path, sound=sound)
    if not sound:
        _write_note(note, stamp.digest, stamp)
    return pack


def read_stamped(stamp: Stamp) -> Pack | None:
    """The compiled pack of files that look as they did when it was made: for a start that reads none of them."""
    note = _note(stamp)
    name, _, seen = _noted(note).partition(" ")
    path = cache_folder() / name
    try:
        now = stamp_of([str(path)])
        pack = from_file(path, sound=now.digest == seen)
    except (OSError, ValueError):
        return None
    if now.digest != seen:
        _write_note(note, f"{name} {now.digest}", now)
    return pack


def remember(stamp: Stamp, pack: Pack) -> None:
    """Keep in mind which compiled pack files make, and how it looked when it was sound."""
    path = cache_path(pack.sha256)
    with contextlib.suppress(OSError):
        _write_note(_note(stamp), f"{path.name} {stamp_of([str(path)]).digest}", stamp)


def _noted(note: Path) -> str:
    try:
        return note.read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""


def _write_note(note: Path, text: str, stamp: Stamp) -> None:
    """Note something of files. Not if one has just changed: it may do so again within one tick of the clock."""
    if time.time_ns() - stamp.newest > _SETTLED_NS:
        with contextlib.suppress(OSError):
            note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(note, text.encode("ascii"))
            _prune(note.parent)


def read_cached(sha256: str) -> Pack | None:
    """The compiled pack with this content; None if there is none, or it cannot be read."""
    try:
        pack = from_file(cache_path(sha256))
    except (OSError, ValueError):
        return None
    return pack if pack.sha256 == sha256 else None


def write_cached(pack: Pack) -> None:
    """Keep a compiled pack. A folder that cannot be written to is no error: the next run compiles again."""
    path = cache_path(pack.sha256)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, to_bytes(pack))
        _prune(path.parent)


def write_whole(path: Path, data: bytes) -> None:
    """Other runs see the old file or the new one, never half of it.

    Raises:
        OSError: it cannot be written.
    """
    import tempfile  # with it comes chance, and 2 ms

    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _prune(folder: Path) -> None:
    for kind in ("*.pack", "*.note"):
        by_age = sorted(folder.glob(kind), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in by_age[KEPT_MAX:]:
            path.unlink(missing_ok=True)
