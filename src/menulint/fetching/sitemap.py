"""The pages that a site lists: XML as sitemaps.org describes it, or one address on each line."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

MOST_ADDRESSES = 50_000
"""Of one sitemap, as its standard has it."""
MOST_BYTES = 50 * 1024 * 1024
"""Of one sitemap once it is decompressed, likewise."""
DEEPEST = 3
"""Sitemaps that list sitemaps that list sitemaps; the standard knows two steps."""

_GZIP, _GZIP_WINDOW = b"\x1f\x8b", 31
_DEPTH = 20
_SPACES = b" \t\r\n\f\v\xef\xbb\xbf"


class Unreadable(Exception):
    """It is no sitemap; says why."""


@dataclass
class Listed:
    """What a sitemap lists: pages, and further sitemaps. ``note`` says what was left out of it, and why."""

    pages: list[str] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)
    note: str = ""

    @property
    def is_full(self) -> bool:
        """Whether it holds as many addresses as are read."""
        return len(self.pages) + len(self.sitemaps) >= MOST_ADDRESSES


def read(data: bytes) -> Listed:
    """What ``data`` lists; it may be gzip, whatever its name.

    Raises:
        Unreadable: it is no sitemap, or one made to do harm.
    """
    data = _decompressed(data)
    if data.lstrip(_SPACES).startswith(b"<"):
        return _Parser().read(data)
    lines = data.decode("utf-8-sig", "replace").split()
    if not all(line.startswith(("http://", "https://")) for line in lines[:MOST_ADDRESSES]) or not lines:
        raise Unreadable("is no sitemap; expected XML with <urlset> or <sitemapindex>, or one address on each line")
    return Listed(lines[:MOST_ADDRESSES], note=_cut(len(lines) > MOST_ADDRESSES))


def _cut(is_cut: bool) -> str:
    return f"only its first {MOST_ADDRESSES:,} addresses were read" if is_cut else ""


def _decompressed(data: bytes) -> bytes:
    if not data.startswith(_GZIP):
        return data
    try:
        text = zlib.decompressobj(_GZIP_WINDOW).decompress(data, MOST_BYTES + 1)
    except zlib.error as error:
        raise Unreadable(f"cannot be decompressed: {error}") from None
    if len(text) > MOST_BYTES:
        raise Unreadable(f"is larger than {MOST_BYTES:,} bytes once it is decompressed")
    return text


class _Stop(Exception):
    """Enough was read."""


class _Parser:
    """Reads a sitemap without a tree, entities or document types: sitemaps have none, bombs do."""

    def __init__(self) -> None:
        self._listed = Listed()
        self._path: list[str] = []
        self._space = ""
        self._text: list[str] | None = None
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def read(self, data: bytes) -> Listed:
        try:
            self._parser.Parse(data, True)
        except _Stop:
            self._listed.note = _cut(True)
        except (expat.ExpatError, ValueError, LookupError) as error:  # the last two: an encoding that nobody knows
            if not (self._listed.pages or self._listed.sitemaps):
                raise Unreadable(f"is no XML as it should be: {error}") from None
            self._listed.note = f"it is damaged, and was read up to there: {error}"
        return self._listed

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not self._path:
            self._space = space
        # Pictures and videos have their own <loc>, in a name space of theirs.
        self._path.append(local if space == self._space else name)
        if len(self._path) == 1 and self._path[0] not in ("urlset", "sitemapindex"):
            raise Unreadable(f"is no sitemap: it begins with <{self._path[0][:40]}>, not <urlset> or <sitemapindex>")
        if len(self._path) > _DEPTH:
            raise Unreadable(f"nests elements more than {_DEPTH} deep")
        self._text = [] if self._path[1:] in (["url", "loc"], ["sitemap", "loc"]) else None

    def _characters(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def _end(self, _: str) -> None:
        if self._text is not None:
            listed = self._listed.pages if self._path[1] == "url" else self._listed.sitemaps
            listed.append("".join(self._text).strip())
            self._text = None
            if self._listed.is_full:
                raise _Stop
        self._path.pop()


def _refuse(*_: object) -> None:
    raise Unreadable("declares a document type or entities, as sitemaps never do; it was not read")
