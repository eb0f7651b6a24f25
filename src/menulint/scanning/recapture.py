"""A page as it was captured, taken once more from the file it was read from, and compared with what the store says of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from itertools import groupby
from pathlib import Path, PurePath
from typing import Any

from menulint.errors import InputError
from menulint.scanning import archives
from menulint.scanning.plan import WACZ, WARC, Unit, kind_of
from menulint.scanning.record import Item, Record
from menulint.scanning.store import Row, Store
from menulint.scanning.unit import READERS

_INSIDE = "#archive/"


@dataclass(frozen=True, slots=True)
class Captured:
    """The bytes of a page with what came along; ``headers`` are the archive's and those of HTTP, empty where there are none."""

    record: Record
    headers: bytes = b""


def recaptured(pages: Sequence[Row], max_bytes: int, folder: Path | None) -> Iterator[tuple[Row, Captured]]:
    """Each page of the store with its capture, file by file; one payload is held at a time.

    Args:
        pages: rows of the table ``pages``.
        max_bytes: the largest payload, as in the scan.
        folder: where the files are now, if not where the scan found them.

    Raises:
        InputError: a file is not there (``not-found``), or it does not hold what was scanned (``changed``).
    """
    ordered = sorted(pages, key=lambda page: (page["input"], page["offset"], page["page_id"]))
    for name, own in groupby(ordered, key=lambda page: str(page["input"])):
        yield from _of_input(name, list(own), max_bytes, folder)


def file_of(name: str) -> str:
    """The file behind the name of an input, which may be that of an archive inside a WACZ."""
    return name.partition(_INSIDE)[0]


def digests(store: Store, files: Iterable[str]) -> dict[str, str]:
    """The SHA-256 that archives and tables had when they were scanned, by name; the scan takes none of saved pages."""
    wanted, found = set(files), dict[str, str]()
    for path in store.files("pages"):
        if wanted <= found.keys():
            break
        about = store.done(path.stem) or {}
        if about.get("sha256") and about["first"] in wanted:
            found[about["first"]] = about["sha256"]
    return found


def _of_input(name: str, pages: list[Row], max_bytes: int, folder: Path | None) -> Iterator[tuple[Row, Captured]]:
    files = [file for file in _candidates(file_of(name), folder) if file.is_file()]
    if not files:
        where = f"under {folder}" if folder else "where the scan read it"
        raise InputError(
            name, "not-found", f"it is not there any more {where}; name the folder it is in now: --archives DIR"
        )
    left = {page["page_id"]: page for page in pages}
    for file in files:
        for page, captured in _in_file(file, list(left.values()), max_bytes):
            if left.pop(page["page_id"], None):
                yield page, captured
    for page in left.values():
        raise InputError(name, "changed", _what_changed(page))


def _what_changed(page: Row) -> str:
    record = page["record_id"] or f"the record at {page['offset']}"
    return (
        f"{record} ({page['url'] or 'no address'}) does not hold the bytes that were scanned (SHA-256 "
        f"{page['payload_sha256']}): the file was changed or replaced; name the folder of the unchanged one: --archives DIR"
    )


def _candidates(name: str, folder: Path | None) -> Iterator[Path]:
    """Where a file may be: as named, or in the folder, under as much of its path as there is."""
    if folder is None:
        yield Path(name)
        return
    parts = [part for part in PurePath(name.replace("\\", "/")).parts if part not in ("..", "/") and ":" not in part]
    for first in range(len(parts)):
        yield folder.joinpath(*parts[first:])


def _in_file(file: Path, pages: list[Row], max_bytes: int) -> Iterator[tuple[Row, Captured]]:
    """Those of the pages that a file still holds: sought where they were, and in archives then anywhere."""
    kind = kind_of(file.name)
    found = set()
    if kind in (WARC, WACZ):
        for page in pages:
            if captured := _at_offset(file, page, max_bytes):
                found.add(page["page_id"])
                yield page, captured
    missing = {_key(page): page for page in pages if page["page_id"] not in found}
    if missing:
        for record in _records(file, kind, max_bytes):
            sought = missing.get(record.record_id or record.offset)
            if sought and _is(record, sought):
                yield sought, Captured(record)


def _at_offset(file: Path, page: Row, max_bytes: int) -> Captured | None:
    with suppress(OSError):  # what begins there now is something else
        item, headers = archives.at(str(file), page["offset"], max_bytes) or (None, b"")
        if isinstance(item, Record) and _is(item, page):
            return Captured(item, headers)
    return None


def _records(file: Path, kind: str, max_bytes: int) -> Iterator[Record]:
    reader: Any = import_module(f"menulint.scanning.{READERS[kind]}")
    items: Iterator[Item] = reader.records(Unit(0, kind, (str(file),), 0), max_bytes)
    return (item for item in items if isinstance(item, Record))


def _key(page: Row) -> Any:
    return page["record_id"] or page["offset"]


def _is(record: Record, page: Row) -> bool:
    return hashlib.sha256(record.data).hexdigest() == str(page["payload_sha256"])
