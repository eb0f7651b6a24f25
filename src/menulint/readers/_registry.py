"""Which readers there are, by walking the package, without importing any of them.

Names and file name endings are read off the source of each module, where they stand as plain values; a module is imported
when a file of its format is met. A module that hides its values from this (or comes without its source) is imported
instead, so that nothing depends on how it is written.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeAlias

from menulint.readers.base import ByteReader, Reader

AnyReader: TypeAlias = Reader | ByteReader

_PACKAGE = "menulint.readers"
_READER = re.compile(r"^READER\b", re.MULTILINE)
_NAME = re.compile(r'^    name(?:: str)? = "([\w-]+)"$', re.MULTILINE)
_EXTENSIONS = re.compile(r"^    extensions(?:: [\w\[\], ]+)? = frozenset\(\s*(?:\{([^{}]*)\}\s*)?\)$", re.MULTILINE)
_OF_BYTES = re.compile(r"^    def read_bytes\(", re.MULTILINE)
_STRING = re.compile(r'"([^"]*)"')


@dataclass(frozen=True)
class Entry:
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
    package = importlib.import_module(_PACKAGE)
    modules = sorted(info.name for info in pkgutil.iter_modules(package.__path__) if not info.name.startswith("_"))
    return {entry.name: entry for module in modules if (entry := _entry(f"{_PACKAGE}.{module}"))}


@cache
def by_extension() -> dict[str, Entry]:
    """The format that each file name ending (lower case, with its dot) stands for."""
    return {extension: entry for entry in entries().values() for extension in entry.extensions}


def _entry(module: str) -> Entry | None:
    source = _source(module)
    if source is not None and not _READER.search(source):
        return None
    name, extensions = _NAME.findall(source or ""), _EXTENSIONS.findall(source or "")
    if source is not None and len(name) == len(extensions) == 1:
        return Entry(name[0], frozenset(_STRING.findall(extensions[0])), bool(_OF_BYTES.search(source)), module)
    return _imported(module)


def _imported(module: str) -> Entry | None:
    reader: AnyReader | None = getattr(importlib.import_module(module), "READER", None)
    if reader is None:
        return None
    return Entry(reader.name, reader.extensions, isinstance(reader, ByteReader), module)


def _source(module: str) -> str | None:
    spec = importlib.util.find_spec(module)
    get_source = getattr(spec.loader, "get_source", None) if spec else None
    try:
        found: str | None = get_source(module) if get_source else None
    except (ImportError, OSError, UnicodeDecodeError):
        return None
    return found
