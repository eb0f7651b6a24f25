"""Which files a run reads: those named, and in folders those that a reader knows, as ``.gitignore`` allows."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from menulint.finding import ReportError
from menulint.readers import MAX_BYTES, known_extensions

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

STDIN = "-"
_PASSED_OVER = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})

Choice = Callable[[Path, bool], bool]
"""Whether a file met while walking is read; the second argument says whether some reader knows its extension."""


@dataclass(frozen=True, slots=True)
class Input:
    """The bytes of a file and the name it is reported under."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Ignores:
    """A ``.gitignore`` and the folder it stands in."""

    folder: Path
    spec: GitIgnoreSpec


def inputs(paths: Iterable[str], chosen: Choice, *, stdin_name: str = "") -> Iterator[Input | ReportError]:
    """Every input of a run, folders in sorted order; one that cannot be read becomes an error and stops nothing."""
    seen: set[Path] = set()
    for name in paths:
        if name == STDIN:
            yield _bounded(stdin_name or STDIN, sys.stdin.buffer.read(MAX_BYTES + 1))
            continue
        path = Path(name)
        for file in _walk(path, chosen) if path.is_dir() else (path,):
            if (whole := file.absolute()) not in seen:
                seen.add(whole)
                yield read(file)


def read(path: Path) -> Input | ReportError:
    """Read one file, as far as menulint reads files at all."""
    name = path.as_posix()
    try:
        with path.open("rb") as file:
            return _bounded(name, file.read(MAX_BYTES + 1))
    except FileNotFoundError:
        return ReportError(name, "not-found", "there is no such file")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return ReportError(name, "not-readable", f"it cannot be read: {reason or error}")


def _bounded(name: str, data: bytes) -> Input | ReportError:
    if len(data) > MAX_BYTES:
        return ReportError(name, "too-large", f"it is larger than {MAX_BYTES:,} bytes")
    return Input(name, data)


def _walk(root: Path, chosen: Choice) -> Iterator[Path]:
    known = known_extensions()
    pending = [(root, _ignores_above(root))]
    while pending:
        folder, ignores = pending.pop()
        ignores = (*ignores, *_ignores_in(folder))
        below = []
        for entry in _entries(folder):
            path = folder / entry.name
            if entry.is_dir(follow_symlinks=False):
                if not _passed_over(entry.name) and not _ignored(path, ignores, folder=True):
                    below.append((path, ignores))
            elif _is_visible_file(entry) and chosen(path, path.suffix.lower() in known) and not _ignored(path, ignores):
                yield path
        pending += reversed(below)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """Sorted by name; none of a folder that may not be listed."""
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError:
        return []


def _is_visible_file(entry: os.DirEntry[str]) -> bool:
    return not entry.name.startswith(".") and entry.is_file()


def _passed_over(name: str) -> bool:
    return name in _PASSED_OVER or name.startswith(".")


def _ignores_above(root: Path) -> tuple[_Ignores, ...]:
    """Those of the folders above, up to the one that holds the repository."""
    above = []
    folder = root.absolute()
    while not (folder / ".git").exists():
        if folder.parent == folder:
            return ()
        folder = folder.parent
        above.append(folder)
    return tuple(ignores for folder in reversed(above) for ignores in _ignores_in(folder))


def _ignores_in(folder: Path) -> tuple[_Ignores, ...]:
    path = folder / ".gitignore"
    if not path.is_file():
        return ()
    from pathspec import GitIgnoreSpec  # 50 ms that a folder without .gitignore does not need

    try:
        return (_Ignores(folder.absolute(), GitIgnoreSpec.from_lines(path.read_text("utf-8").splitlines())),)
    except (OSError, ValueError):
        return ()


def _ignored(path: Path, ignores: tuple[_Ignores, ...], *, folder: bool = False) -> bool:
    """What the innermost ``.gitignore`` with an opinion says."""
    for candidate in reversed(ignores):
        relative = path.absolute().relative_to(candidate.folder).as_posix()
        verdict = candidate.spec.check_file(relative + "/" * folder).include
        if verdict is not None:
            return verdict
    return False
