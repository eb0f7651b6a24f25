"""Which files a run reads: those named, and in folders those that a reader knows, as ``.gitignore`` allows.

In folders some files are passed over and counted: symbolic links, minified and generated files, folders of somebody
else's code. Named on the command line, each of them is read.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from menulint.late import LatePattern
from menulint.readers import MAX_BYTES, known_extensions
from menulint.result import ReportError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

STDIN = "-"
_DEPENDENCIES = frozenset(
    "node_modules bower_components vendor site-packages __pycache__ venv wp-admin wp-includes .yarn .pnpm-store".split()
)
_MINIFIED = LatePattern(
    r"[.-](?:min|bundle|chunk|packed)\.(?:js|mjs|cjs|css|html?|json)$|[.-][0-9a-f]{8,20}\.(?:js|mjs|css)$", re.I
)
_GENERATED = LatePattern(
    r"(?:package-lock|npm-shrinkwrap|composer\.lock|pnpm-lock|yarn\.lock|poetry\.lock|pipfile\.lock)\b"
    r"|\.map$|\.generated\.[a-z]+$|\.d\.[cm]?ts$|(?:^|[-_])generated\.[a-z]+$",
    re.IGNORECASE,
)
_SAYS_GENERATED = LatePattern(
    rb"@generated\b|\bdo not edit\b.{0,40}\bgenerated\b|\bgenerated\b.{0,60}\bdo not edit\b"
    rb"|webpackChunk|__webpack_|\bTURBOPACK\b|\A(?:import\{[^{}]{1,300}\}from\"[^\"\n]{1,200}\";)",
    re.I,
)
"""Also what programs write that pack a site's scripts."""
_HEAD_BYTES = 600
LINKS, MINIFIED, GENERATED, DEPENDENCIES = "symbolic link", "minified file", "generated file", "folder of dependencies"

Choice = Callable[[Path, bool], bool]
"""Whether a file met while walking is read; the second argument says whether some reader knows its extension."""


class Input(Struct, frozen=True):
    """The bytes of a file and the name it is reported under."""

    path: str
    data: bytes


class _Ignores(Struct, frozen=True):
    """A ``.gitignore`` and the folder it stands in."""

    folder: Path
    spec: GitIgnoreSpec


def inputs(
    paths: Iterable[str],
    chosen: Choice,
    *,
    stdin_name: str = "",
    passed_over: Counter[str] | None = None,
    ocr: bool = False,
) -> Iterator[Input | ReportError]:
    """Every input of a run, folders in sorted order; one that cannot be read becomes an error and stops nothing.

    ``passed_over`` counts, by kind, what was met in folders and not read; with ``ocr`` folders are searched for images too.
    """
    seen: set[Path] = set()
    passed_over = Counter() if passed_over is None else passed_over
    for name in paths:
        if name == STDIN:
            yield _bounded(Path(stdin_name).as_posix() if stdin_name else STDIN, sys.stdin.buffer.read(MAX_BYTES + 1))
            continue
        path = Path(name)
        is_folder = path.is_dir()
        for file in _walk(path, chosen, passed_over, known_extensions(ocr=ocr)) if is_folder else (path,):
            if (whole := file.absolute()) in seen:
                continue
            seen.add(whole)
            found = read(file)
            if is_folder and isinstance(found, Input) and _SAYS_GENERATED.search(found.data, 0, _HEAD_BYTES):
                passed_over[GENERATED] += 1
            else:
                yield found


def count(paths: Iterable[str], chosen: Choice, *, ocr: bool = False) -> int:
    """How many files ``inputs`` is going to read; those that turn out to be generated are counted too."""
    seen: set[Path] = set()
    for path in (Path(name) for name in paths if name != STDIN):
        files = _walk(path, chosen, Counter(), known_extensions(ocr=ocr)) if path.is_dir() else (path,)
        seen.update(file.absolute() for file in files)
    return len(seen)


def is_passed_over(path: Path) -> bool:
    """Whether a walk would pass over a file by its own name or that of a folder it stands in (relative to the walk's root)."""
    below = any(part.startswith(".") or part in _DEPENDENCIES for part in path.parts[:-1])
    return below or bool(path.name.startswith(".") or _MINIFIED.search(path.name) or _GENERATED.search(path.name))


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


def _walk(root: Path, chosen: Choice, passed_over: Counter[str], known: frozenset[str]) -> Iterator[Path]:
    pending = [(root, _ignores_above(root))]
    while pending:
        folder, ignores = pending.pop()
        ignores = (*ignores, *_ignores_in(folder))
        below = []
        for entry in _entries(folder):
            path = folder / entry.name
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if _ignored(path, ignores, folder=True):
                    continue
                if entry.name in _DEPENDENCIES:
                    passed_over[DEPENDENCIES] += 1
                else:
                    below.append((path, ignores))
            elif chosen(path, path.suffix.lower() in known) and not _ignored(path, ignores):
                if reason := _reason_against(entry):
                    passed_over[reason] += 1
                elif entry.is_file():
                    yield path
        pending += reversed(below)


def _reason_against(entry: os.DirEntry[str]) -> str:
    """Why a file met in a folder is not read, if it is not."""
    if entry.is_symlink():
        return LINKS
    if _MINIFIED.search(entry.name):
        return MINIFIED
    return GENERATED if _GENERATED.search(entry.name) else ""


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """Sorted by name; none of a folder that may not be listed."""
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError:
        return []


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
