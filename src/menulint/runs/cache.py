"""Reports on files that have not changed, kept between runs.

An entry is found by what decides a report: the file's name and bytes, menulint's own code, the pack, the options, the
baseline and the day whose law applies. It holds no text that could be read: it is sealed with a key made of the file's own
bytes, which are not in the cache. Whoever has the file can open its entry; nobody else can. A damaged entry, or one of
another shape, is as good as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from menulint.pack.cache import cache_folder, write_whole

MOST_BYTES = 100 * 1024 * 1024
"""What the folder may hold; beyond it, the entries used longest ago go."""

T = TypeVar("T")
_LONGEST_ENTRY = 64 * 1024 * 1024
_SWEEP_EVERY = 64
_PACKAGE = Path(__file__).resolve().parents[1]


class ResultCache:
    """The kept reports of one set of circumstances (``stamp``). Several runs may use the folder at once."""

    def __init__(self, stamp: str, folder: Path | None = None) -> None:
        self._stamp = stamp
        self._folder = folder or cache_folder().parent / "results"
        self._written = 0

    def get(self, kind: Callable[[], type[T]], path: str, data: bytes, options: str) -> T | None:
        """The report kept of a file, if there is one; what is no report of a file is kept under a name no file has.

        ``kind`` gives its type: it is asked for where there is an entry, since types may be slow to load.
        """
        import msgspec

        entry, key = self._place(path, data, options)
        try:
            sealed = entry.read_bytes()
            opened = zlib.decompressobj().decompress(_sealed(sealed, key), _LONGEST_ENTRY)
            result = msgspec.msgpack.decode(opened, type=kind())
            os.utime(entry)
        except (OSError, zlib.error, msgspec.MsgspecError):
            return None
        return result

    def put(self, path: str, data: bytes, options: str, result: object) -> None:
        """Keep a report. A folder that cannot be written to is no error, nor is a name that is no text: nothing is kept."""
        import msgspec

        entry, key = self._place(path, data, options)
        with contextlib.suppress(OSError, UnicodeEncodeError):
            packed = zlib.compress(msgspec.msgpack.encode(result), 1)
            entry.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(entry, _sealed(packed, key))
            self._written += 1
            if self._written % _SWEEP_EVERY == 1:
                self._sweep()

    def _place(self, path: str, data: bytes, options: str) -> tuple[Path, bytes]:
        content = hashlib.sha256(data).digest()
        parts = (self._stamp, options, path)
        name = hashlib.sha256(b"\0".join((*(part.encode("utf-8", "surrogatepass") for part in parts), content)))
        key = hashlib.sha256(b"seal\0" + name.digest() + data).digest()
        return self._folder / name.hexdigest()[:2] / name.hexdigest()[2:40], key

    def _sweep(self) -> None:
        """Let the oldest entries go until the rest takes up no more than it may."""
        found = [
            (entry, entry.stat()) for shard in os.scandir(self._folder) if shard.is_dir() for entry in os.scandir(shard)
        ]
        room = MOST_BYTES - sum(stat.st_size for _, stat in found)
        for entry, stat in sorted(found, key=lambda one: one[1].st_mtime) if room < 0 else ():
            if room >= 0:
                break
            Path(entry.path).unlink(missing_ok=True)
            room += stat.st_size


def _sealed(data: bytes, key: bytes) -> bytes:
    """Data combined with a stream of the key's own length: twice gives the data back."""
    stream = hashlib.shake_256(key).digest(len(data))
    return (int.from_bytes(data, "little") ^ int.from_bytes(stream, "little")).to_bytes(len(data), "little")


@cache
def code_digest() -> str:
    """A digest over menulint's own modules as they lie on the disk: their sizes and times of change, not their content."""
    total = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*.py")) + sorted(_PACKAGE.rglob("*.toml")):
        stat = path.stat()
        total.update(f"{path.relative_to(_PACKAGE).as_posix()}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return total.hexdigest()
