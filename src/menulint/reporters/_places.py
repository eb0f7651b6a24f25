"""Findings taken apart again: one row for each place, as the formats of other tools want them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath
from urllib.parse import quote

from menulint.finding import BlockRef, FileResult, Finding, Place, Provision, ReportContext

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Row:
    """A finding at one of its places."""

    file: FileResult
    finding: Finding
    place: Place

    @property
    def counts(self) -> bool:
        """Whether it is neither suppressed nor accepted in the baseline."""
        return self.place.suppressed is None and self.place.baseline != "unchanged"

    @property
    def inside(self) -> str:
        """Where in a file that is not text: ``Menu!B7``, ``page 3``; empty in a text file."""
        return inside(self.place.block)


def rows(result: FileResult) -> Iterator[Row]:
    """Every place of every finding of a file, in file order."""
    found = [Row(result, finding, place) for finding in result.findings for place in finding.places]
    return iter(sorted(found, key=lambda row: (row.place.block.page or 0, row.place.start.offset, row.finding.rule)))


def inside(block: BlockRef) -> str:
    """Where in a file that is not text a block stands."""
    if block.cell:
        return block.cell
    return f"page {block.page}" if block.page is not None else ""


def is_text(block: BlockRef) -> bool:
    """Whether lines and columns of a place are those of its file."""
    return block.cell is None and block.page is None


@lru_cache(64)
def uri(path: str) -> str:
    """A path as a URI reference: relative as it was given, else ``file:``."""
    slashed = path.replace("\\", "/")
    if PurePath(path).is_absolute() or re.match(r"[A-Za-z]:/", slashed):
        return "file:///" + _quoted(slashed.lstrip("/"))
    return _quoted(slashed.removeprefix("./"))


def _quoted(path: str) -> str:
    """A path in ASCII; bytes of a file name that are no UTF-8 are those bytes, what has none is a question mark."""
    try:
        return quote(path.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return quote(path, errors="replace")


def law(finding: Finding, context: ReportContext) -> list[Provision]:
    """The provisions behind a finding in the places whose law raises it, each once."""
    names = dict.fromkeys(name for judged in finding.jurisdictions if judged.raises for name in judged.provisions)
    return [context.provisions[name] for name in names if name in context.provisions]


def xml_text(text: str) -> str:
    """``text`` without the characters that no XML document may hold."""
    return _NOT_XML.sub("\ufffd", text)
