"""What a crawl is made of: a page as it was captured, or what stands in its place. Plain values, no library."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

WARC_DATE, COLUMN, FILE_TIME = "warc-date", "column", "file-time"
"""What dates a page. The date of a file says when somebody saved it, at best: used only where nothing else does."""

_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<!--.{0,600}?-->|<\?xml[^>]{0,200}>)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_SNIFFED = 1024


def is_markup(data: bytes) -> bool:
    """Whether bytes that nobody named begin like an HTML page."""
    return _MARKUP.match(data, 0, _SNIFFED) is not None


@dataclass(frozen=True, slots=True)
class Record:
    """One capture of one page.

    Attributes:
        input: the file it was read from, as that was named.
        offset: the byte of that file at which the record begins, as it lies on the disk; for rows of a table, the row.
        url: where the page was found; empty where nothing says so. ``url_by`` is what said it.
        data: the page's bytes, after transfer and content encodings are undone.
        captured: when, in UTC. ``captured_by`` is what said it, empty with ``captured``.
        name: the name whose ending tells the format, if ``format`` does not.
        charset: the character encoding a header named.
        places: whose law it is judged by, if its host says so and not the page itself, or its site: ``places_by`` is which.
        truncated: why the crawler kept only a part, in the word of the archive; empty for a whole page.
    """

    input: str
    offset: int
    data: bytes
    url: str = ""
    url_by: str = ""
    captured: datetime | None = None
    captured_by: str = ""
    record_id: str = ""
    name: str = ""
    format: str | None = "html"
    charset: str | None = None
    content_type: str = ""
    status: int | None = None
    truncated: str = ""
    places: tuple[str, ...] = ()
    places_by: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """A record, or the rest of an input, that could not be read or judged. ``whole``: nothing of the input follows it."""

    input: str
    offset: int
    code: str
    message: str
    url: str = ""
    captured: datetime | None = None
    record_id: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A record that is no page to be read; ``reason`` is what it is counted under (``status 404``, ``image/png``)."""

    reason: str


Item: TypeAlias = Record | Broken | PassedOver
