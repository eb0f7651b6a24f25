"""A ZIP that comes out the same for everybody: files in order, uncompressed, without times, with a list of their digests.

Nothing is compressed because compressors differ from one machine to another; so the same content is the same bytes.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from menulint.errors import UsageError

MANIFEST = "MANIFEST"
"""The list of all other files, as ``sha256sum -c`` reads it; the last entry."""

_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX, _MODE = 3, 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a file of a package; ``file`` is the package itself where no single one can be named."""

    file: str
    message: str


class Packer:
    """Writes a package; nothing is left of one that is not finished."""

    def __init__(self, path: Path) -> None:
        self._path, self._partial = path, path.with_name(f"{path.name}.{os.getpid()}.partial")
        self._digests: dict[str, str] = {}

    def __enter__(self) -> Packer:
        try:
            self._zip = zipfile.ZipFile(self._partial, "w", zipfile.ZIP_STORED)
        except OSError as error:
            raise UsageError(f"{self._path}: the package cannot be written: {error.strerror}") from None
        return self

    def add(self, name: str, data: bytes) -> None:
        """One more file."""
        self._digests[name] = hashlib.sha256(data).hexdigest()
        _write(self._zip, name, data)

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is None:
            _write(self._zip, MANIFEST, listed(self._digests).encode())
        self._zip.close()
        if kind is None:
            self._partial.replace(self._path)
        self._partial.unlink(missing_ok=True)


def listed(digests: dict[str, str]) -> str:
    """Names and digests as a manifest."""
    return "".join(f"{digest}  {name}\n" for name, digest in digests.items())


def _write(target: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system, entry.external_attr = _UNIX, _MODE
    target.writestr(entry, data)


def sha256_of(path: Path) -> str:
    """The digest of a file as it lies on the disk."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass
class Package:
    """A package that is looked over. ``wrong`` grows while its files are read."""

    path: Path
    wrong: list[Wrong] = field(default_factory=list)

    def __enter__(self) -> Package:
        self._zip = zipfile.ZipFile(self.path)
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        self._zip.close()

    def look_over(self) -> None:
        """Compare every file with the manifest, and the whole with what menulint would pack."""
        listed = self._manifest()
        names = [entry.filename for entry in self._zip.infolist()]
        for name in (name for name, times in Counter(names).items() if times > 1):
            self.wrong.append(Wrong(name, "stands in the package more than once"))
        for name in names:
            if name != MANIFEST and name not in listed:
                self.wrong.append(Wrong(name, f"is not listed in {MANIFEST}"))
        for name, digest in listed.items():
            self._compare(name, digest)
        if not self.wrong and not self._is_as_packed(names):
            said = "its files are as listed, but it was packed otherwise than menulint does: repacked, or changed between files"
            self.wrong.append(Wrong(self.path.name, said))

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None if they cannot be read, which is noted."""
        try:
            entry = self._zip.getinfo(name)
            if entry.compress_type == zipfile.ZIP_STORED:
                return self._zip.read(entry)
            self.wrong.append(Wrong(name, "is compressed; packages are not"))
        except KeyError:
            self.wrong.append(Wrong(name, "is missing"))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
            self.wrong.append(Wrong(name, f"was changed: {error}"))
        return None

    def _manifest(self) -> dict[str, str]:
        data = self.read(MANIFEST)
        lines = data.decode("utf-8", "replace").splitlines() if data else []
        found = [_LINE.fullmatch(line) for line in lines]
        if data is not None and (not found or None in found):
            self.wrong.append(Wrong(MANIFEST, "is no list of digests and names"))
        return {match[2]: match[1] for match in found if match}

    def _compare(self, name: str, digest: str) -> None:
        data = self.read(name)
        if data is not None and hashlib.sha256(data).hexdigest() != digest:
            self.wrong.append(Wrong(name, f"was changed: its SHA-256 is not that of {MANIFEST}"))

    def _is_as_packed(self, names: list[str]) -> bool:
        """Whether packing the same files anew gives the same bytes."""
        with tempfile.TemporaryDirectory(prefix="menulint-") as folder:
            made = Path(folder) / "made.zip"
            with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as target:
                for name in names:
                    _write(target, name, self._zip.read(name))
            return sha256_of(self.path) == sha256_of(made)
