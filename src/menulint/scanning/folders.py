"""Saved pages in folders: what a browser, ``wget`` or a site generator left there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePath

from menulint.scanning.plan import Unit
from menulint.scanning.record import FILE_TIME, Broken, Item, PassedOver, Record, is_markup

PAGES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".mht.html"})
DOCUMENTS = frozenset({".md", ".txt", ".pdf", ".docx", ".odt", ".pptx", ".xlsx"})
"""Documents that clinics put on their sites; other endings are pages only if they begin like one."""

_SNIFFED = 1024


def records(unit: Unit, max_bytes: int) -> Iterator[Item]:
    """The pages of a shard, in its order."""
    for name in unit.files:
        yield _read(name, max_bytes)


def _read(name: str, max_bytes: int) -> Item:
    ending = PurePath(name).suffix.lower()
    try:
        with Path(name).open("rb") as file:
            head = b"" if ending in PAGES or ending in DOCUMENTS else file.read(_SNIFFED)
            if head and not is_markup(head):
                return PassedOver(f"file {ending or 'without ending'}")
            data = head + file.read(max_bytes + 1)
            saved = datetime.fromtimestamp(int(Path(name).stat().st_mtime), UTC)
    except OSError as error:
        return Broken(name, 0, "not-readable", f"it cannot be read: {error.strerror}", whole=True)
    if len(data) > max_bytes:
        return Broken(name, 0, "too-large", f"it is larger than {max_bytes:,} bytes", captured=saved)
    reader = None if ending in DOCUMENTS else "html"
    return Record(name, 0, data, captured=saved, captured_by=FILE_TIME, name=PurePath(name).name, format=reader)
