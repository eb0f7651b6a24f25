"""The XML parts of office files, as a stream of events: no tree, no entities, no network, bounded depth and number.

Names come without their namespace (``w:p`` and ``a:p`` are both ``p``): transitional and strict files, and those of
every program, then look the same. A relationship's id is the one attribute that shares its name with another; it
keeps its prefix: ``r:id``.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import unquote
from xml.parsers import expat

from menulint.readers.base import DocumentBuilder, Unread
from menulint.readers.office_archive import Archive

Attributes = dict[str, str]

MAX_ELEMENTS = 1_200_000
MAX_DEPTH = 2_000
MAX_TEXT_PIECE = 1_000_000


class Handler(Protocol):
    """What is told of the events of a part."""

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Characters, as they come: one text may come in pieces."""


class Stop(Exception):
    """Raised by a handler that has seen enough."""


class _Refused(Exception):
    """The part is not what office programs write."""


class _Parser:
    """Feeds a part to a handler."""

    def __init__(self, handler: Handler, build: DocumentBuilder) -> None:
        self._handler, self._build = handler, build
        self._names: dict[str, str] = {}
        self._elements = self._depth = 0
        # Namespaces are resolved, so that a prefix chosen by some program does not matter.
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.buffer_size = 64 * 1024
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = handler.text
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def run(self, archive: Archive, name: str) -> None:
        for piece in archive.pieces(name):
            self._parser.Parse(piece, False)
        self._parser.Parse(b"", True)

    def _start(self, name: str, attributes: Attributes) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements & 1023 == 0 and self._build.is_full:
            raise Stop
        if self._elements > MAX_ELEMENTS:
            raise _Refused(f"holds more than {MAX_ELEMENTS:,} elements; the rest was not read")
        if self._depth > MAX_DEPTH:
            raise _Refused(f"nests elements more than {MAX_DEPTH:,} deep; the rest was not read")
        for key in attributes:
            if " " in key:
                attributes = {self._names.get(key) or self._local(key): said for key, said in attributes.items()}
                break
        self._handler.start(self._names.get(name) or self._local(name), attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._handler.end(self._names.get(name) or self._local(name))

    def _local(self, name: str) -> str:
        space, _, local = name.rpartition(" ")
        local = f"r:{local}" if "officeDocument" in space and space.endswith("/relationships") else local
        if len(self._names) < 10_000:
            self._names[name] = local
        return local


def _refuse(*_: object) -> None:
    raise _Refused("declares a document type or entities, as office documents never do; it was not read")


def read_part(archive: Archive, name: str, handler: Handler, build: DocumentBuilder) -> bool:
    """Feed a part to a handler, as far as it can be read; what is wrong with it becomes a note. Whether it is whole."""
    try:
        _Parser(handler, build).run(archive, name)
    except Stop:
        return True
    except Unread as error:
        build.note(error.reason)
    except _Refused as error:
        build.note(f"{name} in it {error}")
    except (expat.ExpatError, ValueError, LookupError, RecursionError):
        # ValueError and LookupError: an encoding that nobody knows.
        build.note(f"{name} in it is damaged; only what stands before the damage was read")
    else:
        return True
    return False


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part points: to another part of the archive, or out of it."""

    kind: str
    target: str
    external: bool


@dataclass
class _Relations:
    folder: str
    found: dict[str, Relation] = field(default_factory=dict)

    def start(self, name: str, attributes: Attributes) -> None:
        if name != "Relationship" or len(self.found) > 100_000:
            return
        target, external = attributes.get("Target", ""), attributes.get("TargetMode") == "External"
        if not external:
            target = unquote(target).partition("#")[0]
            target = posixpath.normpath(posixpath.join("/", self.folder, target)).lstrip("/")
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.found[attributes.get("Id", "")] = Relation(kind, target, external)

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


def relations(archive: Archive, part: str, build: DocumentBuilder) -> dict[str, Relation]:
    """Where a part points to, by id."""
    folder, _, name = part.rpartition("/")
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    handler = _Relations(folder)
    if path in archive:
        read_part(archive, path, handler, build)
    return handler.found


def main_part(archive: Archive, default: str, build: DocumentBuilder) -> str:
    """The part an office document begins in."""
    for relation in relations(archive, "", build).values():
        if relation.kind == "officeDocument" and relation.target in archive:
            return relation.target
    return default
