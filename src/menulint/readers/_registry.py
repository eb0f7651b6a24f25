"""Which readers there are, by walking the package, without importing any of them.

Names and file name endings are read off the source of each module, where they stand as plain values; a module is imported
when a file of its format is met. A module that hides its values from this (or comes without its source) is imported
instead, so that nothing depends on how it is written.
"""

from __future__ import annotations

import importlib
import os
import re
from functools import cache, cached_property
from importlib.machinery import all_suffixes
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from menulint.readers.base import ByteReader, Reader

AnyReader: TypeAlias = Reader | ByteReader

_PACKAGE = "menulint.readers"
_MODULE = re.compile(rf"[a-z]\w*(?:{'|'.join(map(re.escape, all_suffixes()))})")
"""A file with a reader, and not what an editor or a desktop left in the folder."""
_READER, _OF_BYTES = b"\nREADER", b"\n    def read_bytes("
_NAME = re.compile(rb'\n    name(?:: str)? = "([\w-]+)"\r?\n')
_EXTENSIONS = re.compile(rb"\n    extensions(?:: [\w\[\], ]+)? = frozenset\(\s*(?:\{([^{}]*)\}\s*)?\)\r?\n")


class Entry(Struct, frozen=True, dict=True):
    """A format as far as it is known before its reader is loaded."""

    name: str
    extensions: frozenset[str]
    of_bytes: bool
    module: str

    @cached_property
    def reader(self) -> AnyReader:
        """The reader itself, imported on first use."""
        found: AnyReader = importlib.import_module(self.module).READER
        return found

    @cached_property
    def of_text(self) -> Reader | None:
        """The reader if it reads text. Asked once: to ask a protocol costs as much as reading a short page."""
        return self.reader if isinstance(self.reader, Reader) else None

    @cached_property
    def of_files(self) -> ByteReader | None:
        """The reader if it reads bytes."""
        return self.reader if isinstance(self.reader, ByteReader) else None


@cache
def entries() -> dict[str, Entry]:
    """All formats by name, in the order of their modules. Walks the package once, on first use."""
    folder = Path(__file__).parent
    modules = sorted({name.partition(".")[0] for name in os.listdir(folder) if _MODULE.fullmatch(name)})
    return {entry.name: entry for module in modules if (entry := _entry(module, _source(folder / f"{module}.py")))}


@cache
def by_extension() -> dict[str, Entry]:
    """The format that each file name ending (lower case, with its dot) stands for."""
    return {extension: entry for entry in entries().values() for extension in entry.extensions}


def _entry(module: str, source: bytes | None) -> Entry | None:
    whole = f"{_PACKAGE}.{module}"
    if source is None:
        return _imported(whole)
    if _READER not in source:
        return None
    name, extensions = _NAME.findall(source), _EXTENSIONS.findall(source)
    if len(name) == len(extensions) == 1:
        endings = frozenset(extensions[0].decode().split('"')[1::2])
        return Entry(name[0].decode(), endings, _OF_BYTES in source, whole)
    return _imported(whole)


def _imported(module: str) -> Entry | None:
    reader: AnyReader | None = getattr(importlib.import_module(module), "READER", None)
    if reader is None:
        return None
    return Entry(reader.name, reader.extensions, isinstance(reader, ByteReader), module)


def _source(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
