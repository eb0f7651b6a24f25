"""Readers: from the bytes of a file to a ``Source``. One module per format, found by walking this package."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import PurePath

from menulint.errors import InputError, SkippedFile, UsageError
from menulint.late import LatePattern
from menulint.readers._registry import Entry, by_extension, entries
from menulint.readers.base import ByteReader, DocumentBuilder, Reader, SourceBuilder, Unread
from menulint.readers.decoding import decode
from menulint.source import Source

MAX_BYTES = 64 * 1024 * 1024
"""The largest file that is read."""

SNIFFED_CHARACTERS = 4096
"""How much of a text of unknown name a reader is shown to recognise its format."""

FALLBACK = "text"
OCR = "ocr"
"""The reader that is used only when it is asked for."""

_HEAD_BYTES = 64 * 1024
_NUL_SHARE = 0.01

# Formats that hold no text a byte reader could use, or that need a reader of their own.
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x00asm", "a WebAssembly module"),
    (b"wOFF", "a web font"),
    (b"wOF2", "a web font"),
    (b"\x00\x01\x00\x00\x00", "a font"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document of the old kind"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
)
_RIFF = LatePattern(rb"RIFF.{4}(?:WEBP|WAVE|AVI )", re.DOTALL)
_MAGIC_SIGNS = tuple(magic for magic, _ in _MAGIC)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def reader_names() -> tuple[str, ...]:
    """The names of all formats that can be read, sorted."""
    return tuple(sorted(entries()))


def known_extensions(*, ocr: bool = False) -> frozenset[str]:
    """The file name endings (lower case, with their dot) some reader claims; those of images only with ``ocr``."""
    return frozenset(ending for ending, entry in by_extension().items() if ocr or entry.name != OCR)


def read_bytes(
    path: str,
    data: bytes,
    *,
    format: str | None = None,
    declared: str | None = None,
    ocr: bool = False,
    sha256: str = "",
) -> Source:
    """Read one file: a workbook or the like by what its bytes are, anything else as text.

    Args:
        path: the name the file is reported under; its ending chooses the reader.
        data: the file's bytes.
        format: a reader's name, when the path should not choose.
        declared: the encoding a Content-Type header named.
        ocr: whether words are looked for in images.
        sha256: the digest of ``data`` in hexadecimal digits, where it is known already.

    Raises:
        UsageError: no reader has the name ``format``.
        InputError: the file is larger than ``MAX_BYTES`` (code ``too-large``).
        SkippedFile: the file holds no text, or none that can be read here.
    """
    named = _named(format) if format else None
    if len(data) > MAX_BYTES:
        raise InputError(path, "too-large", f"{len(data):,} bytes; files up to {MAX_BYTES:,} bytes are read")
    sha256 = sha256 or hashlib.sha256(data).hexdigest()
    if reader := _byte_reader(path, data, named, ocr):
        return _read_document(path, data, reader, sha256)
    if reason := binary_reason(data):
        raise SkippedFile(path, reason)
    return _read_text(path, data, named, declared, sha256)


def _read_text(path: str, data: bytes, named: Entry | None, declared: str | None, sha256: str) -> Source:
    decoded = decode(data, declared)
    reader = named.of_text if named else _choose(path, decoded.text)
    assert reader is not None
    build = SourceBuilder(decoded.text, path)
    reader.read(decoded.text, build)
    misnamed = () if named else _misnamed(path, reader.name)
    return build.source(
        path=path,
        format=reader.name,
        encoding=decoded.encoding,
        sha256=sha256,
        notes=(*misnamed, *decoded.notes),
    )


def _read_document(path: str, data: bytes, reader: ByteReader, sha256: str) -> Source:
    build = DocumentBuilder(path)
    try:
        reader.read_bytes(data, build)
    except Unread as error:
        raise SkippedFile(path, error.reason) from None
    notes = _misnamed(path, reader.name)
    return build.source(path=path, format=reader.name, encoding="binary", sha256=sha256, notes=notes)


def _byte_reader(path: str, data: bytes, named: Entry | None, ocr: bool) -> ByteReader | None:
    """The reader of a file that is not text: the one asked for, else the one that knows its bytes."""
    if named:
        return named.of_files
    own = by_extension().get(_ending(path))
    candidates = [own] if own else []
    if binary_reason(data):
        candidates += entries().values()
    for entry in candidates:
        if not entry.of_bytes or (entry.name == OCR and not ocr):
            continue
        if (reader := entry.of_files) and reader.recognises_bytes(data):
            return reader
    return None


def _misnamed(path: str, format: str) -> tuple[str, ...]:
    """A note on a file of one of our formats whose name says another, where one of the two is not text."""
    own = by_extension().get(_ending(path))
    if own is None or own.name == format or not (own.of_bytes or entries()[format].of_bytes):
        return ()
    return (f"its name ends in {_ending(path)}, but it is no such file; read as {format}",)


@lru_cache(maxsize=256)
def _ending(path: str) -> str:
    """The ending that says what a file is: ``.php``, or both of ``.blade.php`` where a reader knows them."""
    last = [suffix.lower() for suffix in PurePath(path).suffixes[-2:]]
    both = "".join(last)
    return both if both in by_extension() else "".join(last[-1:])


def binary_reason(data: bytes) -> str | None:
    """What a file that holds no text is, in words for the report; None for text."""
    if data.startswith(_MAGIC_SIGNS):
        return next(f"it is {kind}, not text" for magic, kind in _MAGIC if data.startswith(magic))
    if _RIFF.match(data):
        return "it is an image or sound, not text"
    if data.startswith(_WIDE_MARKS):
        return None
    return "it holds NUL bytes, as text never does" if _has_nul_bytes(data) else None


def _has_nul_bytes(data: bytes) -> bool:
    return b"\x00" in data and (b"\x00" in data[:_HEAD_BYTES] or data.count(b"\x00") > len(data) * _NUL_SHARE)


def _named(format: str) -> Entry:
    if entry := entries().get(format):
        return entry
    import difflib

    near = difflib.get_close_matches(format, reader_names(), n=1)
    hint = f"; did you mean {near[0]!r}" if near else ""
    raise UsageError(f"no reader is called {format!r}{hint} (known: {', '.join(reader_names())})")


def _choose(path: str, text: str) -> Reader:
    entry = by_extension().get(_ending(path))
    if entry and entry.of_text:
        return entry.of_text
    head = text[:SNIFFED_CHARACTERS]
    for entry in entries().values():
        if entry.name == FALLBACK or entry.of_bytes:
            continue
        if (reader := entry.of_text) and reader.recognises(head):
            return reader
    fallback = entries()[FALLBACK].of_text
    assert fallback is not None
    return fallback
