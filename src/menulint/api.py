"""What programs call: a text checked, folders checked. ``import menulint`` gives these names and loads nothing before use.

Nothing is written and nothing is sent; ``check_paths`` keeps reports between runs only if it is asked to.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from datetime import date
from os import PathLike, fspath
from pathlib import Path
from typing import TypeAlias

from menulint.config import split
from menulint.errors import SkippedFile, UsageError
from menulint.finding import FileResult, ReportError
from menulint.linter import Linter, Options
from menulint.pack.load import load_pack as load
from menulint.pack.model import Pack
from menulint.readers import read_bytes
from menulint.runs.files import STDIN, Input
from menulint.runs.workspace import Workspace, without_text
from menulint.ui import DEFAULT

Texts: TypeAlias = str | Iterable[str]
"""One text, which may hold several with commas between, or several texts: ``"GB,IE"``, ``["GB", "IE"]``."""

AnyPath: TypeAlias = str | PathLike[str]

_MOST_LINTERS = 8
_lock = threading.Lock()
_linters: dict[tuple[str, Options], Linter] = {}
_own_pack: Pack | None = None


def load_pack(*folders: AnyPath) -> Pack:
    """The lexicons, rules and law that came along, with what the folders (``lexicons/``, ``rules/``) add to them.

    It takes about a second; keep what it returns. A pack does not change, and threads may share it.

    Raises:
        PackError: the files have mistakes; ``problems`` holds all of them, with file, line and column.
    """
    return load([Path(folder) for folder in folders])


def check_text(
    text: str,
    *,
    name: str = "copy.md",
    format: str | None = None,
    jurisdictions: Texts = "auto",
    language: str | None = None,
    genre: str | None = None,
    as_of: date | str | None = None,
    select: Texts = (),
    ignore: Texts = (),
    min_confidence: str = "low",
    ui_language: str = DEFAULT,
    pack: Pack | None = None,
) -> FileResult:
    """Check one text. No configuration is read.

    Offsets in the result count code points of ``text`` from 0, end exclusive: ``text[f.start.offset:f.end.offset]``.
    Lines and columns count from 1. In a format that is not text (``docx``) they count in the text of ``finding.block``;
    give such a file's bytes to ``Linter.check_bytes``.

    Calls from several threads are safe: those with the same pack and options wait for one another.

    Args:
        text: the copy, with its markup.
        name: what the report calls it; its ending says what format it has.
        format: a reader's name (``markdown``, ``html``, ``json``), when the name should not decide.
        jurisdictions: codes (``GB``, ``US-CA``, ``EU``), ``auto`` (what the text itself points to), or ``all``.
        language: language of the copy (``en``, ``es``, ``fr``); without it what the text declares, else English.
        genre: what kind of page it is (``promotional``, ``editorial``, …); without it what its own words say.
        as_of: the day whose law applies, or such a day as ``2026-11-22``; without it today.
        select: only these rules: codes, their letters, names or categories.
        ignore: not these.
        min_confidence: ``low``, ``medium`` or ``high``: what is less sure is left out.
        ui_language: the language that findings speak (``en``, ``es``).
        pack: what ``load_pack`` returned; without it the one that came along, loaded at the first call.

    Returns:
        The report; ``findings`` is empty if nothing was found, which does not mean that the text is compliant. A text
        with nothing to read in it (NUL characters) has the format ``binary`` and a note that says so.

    Raises:
        UsageError: a jurisdiction, genre, rule, confidence, format, language of reports or day that does not exist.
        InputError: the text is larger than is read (64 MiB).
    """
    options = Options.of(
        {
            "jurisdiction": _listed(jurisdictions),
            "lang": language,
            "genre": genre,
            "select": _listed(select),
            "ignore": _listed(ignore),
            "min_confidence": min_confidence,
            "ui_lang": ui_language,
        },
        as_of=_day(as_of) or date.today(),
    )
    data = text.encode("utf-8", "replace")  # one mark for each half of a pair, so that offsets stay
    with _lock:
        linter = _linter(pack or _default_pack(), options)
        try:
            return linter.check_source(read_bytes(name, data, format=format, declared="utf-8"))
        except SkippedFile as skipped:
            return without_text(Input(name, data), skipped.reason)


def check_paths(
    paths: AnyPath | Iterable[AnyPath] = ".",
    *,
    jurisdictions: Texts = (),
    language: str | None = None,
    genre: str | None = None,
    as_of: date | str | None = None,
    select: Texts = (),
    ignore: Texts = (),
    min_confidence: str | None = None,
    ui_language: str | None = None,
    include: Texts = (),
    exclude: Texts = (),
    packs: AnyPath | Iterable[AnyPath] = (),
    baseline: AnyPath | None = None,
    config: bool = True,
    cache: bool = False,
    jobs: int | None = 1,
    time_limit: float = 0,
) -> Iterator[FileResult | ReportError]:
    """Check files and folders as ``menulint check`` does, one result at a time in the order of the files.

    Folders are walked in sorted order: what ``.gitignore`` leaves out, links, minified and generated files and folders of
    dependencies are passed over. A file that cannot be read, or on which menulint itself fails, is a ``ReportError`` in
    the stream and stops nothing. One call with all paths is quicker than many calls: each loads the pack. An iterator
    belongs to one thread.

    Args:
        paths: files and folders; each file is reported once. ``-`` is a file of that name and not the standard input.
        jurisdictions: as for ``check_text``, like all up to ``ui_language``; what is not given comes from the
            configuration nearest to each file.
        language: see above.
        genre: see above.
        as_of: see above.
        select: see above.
        ignore: see above.
        min_confidence: see above.
        ui_language: see above.
        include: in folders, only files that match these patterns (as in ``.gitignore``).
        exclude: in folders, not those that match these.
        packs: folders that add to the pack.
        baseline: a file of accepted findings; those are marked ``unchanged``.
        config: whether ``menulint.toml`` and ``pyproject.toml`` are read.
        cache: whether reports are taken from, and kept in, the user's cache folder.
        jobs: processes; None for as many as pay. With more than one, a script needs ``if __name__ == "__main__":``,
            because each process imports it.
        time_limit: seconds that one file may take, 0 for no limit; it needs a timer signal (POSIX, main thread).

    Returns:
        An iterator over reports and errors, each made when it is asked for.

    Raises:
        UsageError: as for ``check_text``, and for a baseline that is none. Raised by the call itself, like all below.
        ConfigError: a configuration has mistakes (one that lies deeper in a folder is read, and raised, on the way).
        PackError: a pack has mistakes.
    """
    given = {
        "jurisdiction": _listed(jurisdictions),
        "lang": language,
        "genre": genre,
        "as_of": _day(as_of),
        "select": _listed(select),
        "ignore": _listed(ignore),
        "min_confidence": min_confidence,
        "ui_lang": ui_language,
        "include": _listed(include),
        "exclude": _listed(exclude),
        "pack": tuple(map(Path, _paths(packs))),
        "baseline": Path(baseline) if baseline is not None else None,
        "no_cache": not cache,
        "jobs": jobs,
        "time_limit": time_limit,
    }
    named = tuple("./-" if path == STDIN else path for path in _paths(paths))
    workspace = Workspace(named, given, use_config=config)
    _ = workspace.law  # here and not at the first file: whoever gives options that mean nothing learns it at once
    return workspace.results()


def _listed(given: Texts) -> tuple[str, ...]:
    return tuple(split([given] if isinstance(given, str) else given))


def _paths(given: AnyPath | Iterable[AnyPath]) -> list[str]:
    return [fspath(given)] if isinstance(given, str | PathLike) else [fspath(path) for path in given]


def _day(given: date | str | None) -> date | None:
    if given is None or isinstance(given, date):
        return given
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise UsageError(f"{given!r} is no date; write it as 2026-11-22") from None


def _default_pack() -> Pack:
    global _own_pack
    if _own_pack is None:
        _own_pack = load()
    return _own_pack


def _linter(pack: Pack, options: Options) -> Linter:
    """The linter for a pack and options; the ones used last are kept."""
    key = pack.sha256, options
    linter = _linters.pop(key, None) or Linter(pack, options)
    if len(_linters) >= _MOST_LINTERS:
        del _linters[next(iter(_linters))]
    _linters[key] = linter
    return linter
