"""Readers: from the bytes of a file to a ``Source``. One module per format, found by walking this package."""

from __future__ import annotations

import difflib
import hashlib
import importlib
import pkgutil
import re
from functools import cache
from pathlib import PurePath

from menulint.errors import InputError, SkippedFile, UsageError
from menulint.readers.base import Reader, SourceBuilder
from menulint.readers.decoding import decode
from menulint.source import Source

MAX_BYTES = 64 * 1024 * 1024
"""The largest file that is read."""

SNIFFED_CHARACTERS = 4096
"""How much of a text of unknown name a reader is shown to recognise its format."""

FALLBACK = "text"

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
_RIFF = re.compile(rb"RIFF.{4}(?:WEBP|WAVE|AVI )", re.DOTALL)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


@cache
def _readers() -> dict[str, Reader]:
    """All readers by name. Walks the package once, on first use."""
    found: dict[str, Reader] = {}
    for info in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        module = importlib.import_module(f"{__name__}.{info.name}")
        reader: Reader | None = getattr(module, "READER", None)
        if reader is not None:
            found[reader.name] = reader
    return found


@cache
def _by_extension() -> dict[str, Reader]:
    return {extension: reader for reader in _readers().values() for extension in reader.extensions}


def reader_names() -> tuple[str, ...]:
    """The names of all formats that can be read, sorted."""
    return tuple(sorted(_readers()))


def known_extensions() -> frozenset[str]:
    """The file name endings (lower case, with their dot) some reader claims."""
    return frozenset(_by_extension())


def read_bytes(path: str, data: bytes, *, format: str | None = None, declared: str | None = None) -> Source:
    """Read one file: refuse what is no text, decode, choose a reader, run it.

    Args:
        path: the name the file is reported under; its ending chooses the reader.
        data: the file's bytes.
        format: a reader's name, when the path should not choose.
        declared: the encoding a Content-Type header named.

    Raises:
        UsageError: no reader has the name ``format``.
        InputError: the file is larger than ``MAX_BYTES`` (code ``too-large``).
        SkippedFile: the file holds no text.
    """
    named = _named(format) if format else None
    if len(data) > MAX_BYTES:
        raise InputError(path, "too-large", f"{len(data):,} bytes; files up to {MAX_BYTES:,} bytes are read")
    if reason := binary_reason(data):
        raise SkippedFile(path, reason)
    decoded = decode(data, declared)
    reader = named or _choose(path, decoded.text)
    build = SourceBuilder(decoded.text, path)
    reader.read(decoded.text, build)
    return build.source(
        path=path,
        format=reader.name,
        encoding=decoded.encoding,
        sha256=hashlib.sha256(data).hexdigest(),
        notes=decoded.notes,
    )


def binary_reason(data: bytes) -> str | None:
    """What a file that holds no text is, in words for the report; None for text."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return f"it is {kind}, not text"
    if _RIFF.match(data):
        return "it is an image or sound, not text"
    if data.startswith(_WIDE_MARKS):
        return None
    return "it holds NUL bytes, as text never does" if _has_nul_bytes(data) else None


def _has_nul_bytes(data: bytes) -> bool:
    return b"\x00" in data[:_HEAD_BYTES] or data.count(b"\x00") > len(data) * _NUL_SHARE


def _named(format: str) -> Reader:
    if reader := _readers().get(format):
        return reader
    near = difflib.get_close_matches(format, reader_names(), n=1)
    hint = f"; did you mean {near[0]!r}" if near else ""
    raise UsageError(f"no reader is called {format!r}{hint} (known: {', '.join(reader_names())})")


def _choose(path: str, text: str) -> Reader:
    if reader := _by_extension().get(PurePath(path).suffix.lower()):
        return reader
    head = text[:SNIFFED_CHARACTERS]
    recognising = (r for r in _readers().values() if r.name != FALLBACK and r.recognises(head))
    return next(recognising, _readers()[FALLBACK])
