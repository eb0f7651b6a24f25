"""Compiled packs kept between runs, in the user's cache folder. Whatever is wrong with one, it is made anew."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import tempfile
from functools import cache
from pathlib import Path

from menulint.pack.encode import FORMAT, from_bytes, to_bytes
from menulint.pack.model import Pack

KEPT_MAX = 8
"""How many compiled packs stay; the oldest go."""


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
    package = Path(__file__).resolve().parent
    total = hashlib.sha256(str(FORMAT).encode())
    for path in sorted([*package.glob("*.py"), *(package.parent / "text").glob("*.py")]):
        total.update(path.read_bytes())
    return total.hexdigest()


def cache_path(sha256: str) -> Path:
    """The file of the pack with this content, compiled by this version."""
    return cache_folder() / f"{sha256[:32]}-{compiler_digest()[:16]}.pack"


def read_cached(sha256: str) -> Pack | None:
    """The compiled pack with this content; None if there is none, or it cannot be read."""
    try:
        pack = from_bytes(cache_path(sha256).read_bytes())
    except (OSError, ValueError):
        return None
    return pack if pack.sha256 == sha256 else None


def write_cached(pack: Pack) -> None:
    """Keep a compiled pack. A folder that cannot be written to is no error: the next run compiles again."""
    path = cache_path(pack.sha256)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_whole(path, to_bytes(pack))
        _prune(path.parent)


def _write_whole(path: Path, data: bytes) -> None:
    """Other runs see the old file or the new one, never half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _prune(folder: Path) -> None:
    by_age = sorted(folder.glob("*.pack"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in by_age[KEPT_MAX:]:
        path.unlink(missing_ok=True)
