"""The columns of the store. ``docs/scanning.md`` shows them as they stand here; a test holds it to that."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import pyarrow as pa

VERSION = 1
"""Raised when a column changes its meaning or goes; a new column does not raise it."""

_TEXT, _TEXTS, _COUNT, _FLAG = pa.string(), pa.list_(pa.string()), pa.int64(), pa.bool_()
_TIME = pa.timestamp("us")  # UTC, without a zone: readers of Parquet treat zones in many ways
_JUDGEMENT = pa.struct(
    [
        ("code", _TEXT),
        ("verdict", _TEXT),
        ("severity", _TEXT),
        ("confidence", _TEXT),
        ("raises", _FLAG),
        ("provisions", _TEXTS),
    ]
)
_CUE = pa.struct([("text", _TEXT), ("says", _TEXT)])


class Column(NamedTuple):
    """A column: its name, its type, and what it holds."""

    name: str
    type: pa.DataType
    holds: str


_CAPTURE = (
    Column("page_id", _TEXT, "20 hex digits over address, capture time, payload and record: one capture of one page"),
    Column("url", _TEXT, "the page's address; empty where nothing says it"),
    Column("host", _TEXT, "the host of `url`, lower case; empty without one"),
    Column("capture_time", _TIME, "when the page was captured, UTC; null where nothing says it"),
    Column("record_id", _TEXT, "`WARC-Record-ID`; empty in other inputs"),
    Column("input", _TEXT, "the file it was read from, as named"),
    Column("offset", _COUNT, "where the record begins: byte of that file as it lies on the disk, or row of a table"),
    Column("payload_sha256", _TEXT, "SHA-256 of the page's bytes, transfer and content encodings undone"),
)

CAPTURE = tuple(column.name for column in _CAPTURE)
"""The columns that say which capture a row of pages or findings belongs to."""

PAGES = (
    *_CAPTURE,
    Column(
        "url_by",
        _TEXT,
        "what said the address: `record`, `canonical` (the page itself), `saved-from` (a browser's mark)",
    ),
    Column("capture_by", _TEXT, "what said the time: `warc-date`, `column`, `file-time` (a last resort), or empty"),
    Column("as_of", pa.date32(), "the day whose law the page was judged by"),
    Column("status", pa.int16(), "HTTP status; null where there is none"),
    Column("content_type", _TEXT, "media type of the header"),
    Column("bytes", _COUNT, "size of the payload"),
    Column("truncated", _TEXT, "why the crawler kept only a part (`WARC-Truncated`); empty for a whole page"),
    Column("format", _TEXT, "the reader that read it; `binary` where the payload holds no text"),
    Column("encoding", _TEXT, "character encoding it was decoded with"),
    Column("language", _TEXT, "language of the copy"),
    Column("genre", _TEXT, "what kind of page its words make it"),
    Column("genre_by", _TEXTS, "the words that say so"),
    Column("jurisdictions", _TEXTS, "places the page itself points to, strongest first; `all` without signals"),
    Column("jurisdictions_by", _TEXTS, "the signals: telephone codes, currencies, domains, addresses"),
    Column(
        "judged",
        _TEXTS,
        "places whose law decides: those of the page, else those of its host or site; `all` for the reference set",
    ),
    Column("judged_by", _TEXT, "what says so: `page`, `host`, `site`, `option`, or `reference` where nothing does"),
    Column(
        "wordings", _COUNT, "wordings that rules were asked about, findings or not (others' only where somebody sells)"
    ),
    Column("title", _TEXT, "the page's title, up to 300 characters"),
    Column("words", _COUNT, "words of visible copy"),
    Column(
        "copy_sha256", _TEXT, "SHA-256 of the visible copy, white space and case aside: equal pages in other markup"
    ),
    Column(
        "signature", pa.list_(pa.uint32()), "MinHash of the visible copy, for near copies; empty for pages too short"
    ),
    Column(
        "duplicate_of", _TEXT, "`page_id` of the first page of this unit with this payload and host; null for that one"
    ),
    Column("findings", _COUNT, "rows in `findings`"),
    Column("error", _COUNT, "of them, severity error, not suppressed"),
    Column("warning", _COUNT, "severity warning, not suppressed"),
    Column("info", _COUNT, "severity info, not suppressed"),
    Column("suppressed", _COUNT, "silenced by a comment in the page itself"),
    Column("notes", _TEXTS, "what was doubtful in reading it"),
)

FINDINGS = (
    Column("finding_id", _TEXT, "20 hex digits over `page_id`, rule, fingerprint and place"),
    *_CAPTURE,
    Column("rule", _TEXT, "code of the rule"),
    Column("name", _TEXT, "name of the rule"),
    Column("category", _TEXT, "category of the rule"),
    Column("verdict", _TEXT, "`prohibited`, `needs-evidence`, `advice`"),
    Column("severity", _TEXT, "`error`, `warning`, `info`"),
    Column("confidence", _TEXT, "`high`, `medium`, `low`: how sure the law is"),
    Column("message", _TEXT, "the finding in a sentence"),
    Column("text", _TEXT, "the wording, as a visitor reads it"),
    Column("before", _TEXT, "up to 200 characters of copy before it, in its block"),
    Column("after", _TEXT, "up to 200 characters after it"),
    Column(
        "start", _COUNT, "where it begins in the decoded payload, in code points; in documents, in the block's text"
    ),
    Column("end", _COUNT, "where it ends, exclusive"),
    Column("line", _COUNT, "line of `start`, from 1"),
    Column("column", _COUNT, "column of `start`, from 1, in code points"),
    Column("block_role", _TEXT, "heading, paragraph, list-item, table-cell, button …"),
    Column("section", _TEXTS, "the headings it stands under, outermost first"),
    Column("block_place", _TEXT, "cell, page or node in a document that is not text; else empty"),
    Column("boilerplate", _FLAG, "stands in the page's frame: navigation, header, footer, sidebar, banner"),
    Column("boilerplate_by", _TEXT, "the element, role, id or class that says so; empty outside"),
    Column("speaker", _TEXT, "`seller` or `third-party`"),
    Column("stance", _TEXT, "`asserted`, `hedged` …"),
    Column("cues", pa.list_(_CUE), "the words that decided speaker and stance"),
    Column("concepts", _TEXTS, "what the wording is about"),
    Column(
        "jurisdictions", pa.list_(_JUDGEMENT), "what each place makes of it; `raises` where that decides the verdict"
    ),
    Column("provisions", _TEXTS, "the provisions cited by the places that raise it"),
    Column("as_of", pa.date32(), "the day whose law was applied"),
    Column("fingerprint", _TEXT, "16 hex digits over rule, wording and sentence: the same claim on another page"),
    Column("suppressed", _TEXT, "reason of the comment in the page that silences it; null if it counts"),
    Column("duplicate_of", _TEXT, "as in `pages`: the same payload was seen before; null for the first"),
    Column("language", _TEXT, "as in `pages`"),
    Column("genre", _TEXT, "as in `pages`"),
    Column("pack_sha256", _TEXT, "the pack it was judged with"),
    Column("menulint", _TEXT, "the version that judged it"),
)

ERRORS = (
    Column("input", _TEXT, "the file, as named"),
    Column("offset", _COUNT, "where the record begins, as in `pages`"),
    Column("url", _TEXT, "the address, if it could be read"),
    Column("host", _TEXT, "its host"),
    Column("capture_time", _TIME, "when it was captured, if that could be read"),
    Column("record_id", _TEXT, "`WARC-Record-ID`, if it could be read"),
    Column("code", _TEXT, "what kind of failure"),
    Column("message", _TEXT, "what happened, in a sentence"),
    Column("whole", _FLAG, "nothing of the input behind it was read"),
)

TABLES = {"findings": FINDINGS, "errors": ERRORS, "pages": PAGES}
"""The folders of a store, in the order in which a unit writes them: the file in ``pages`` says that a unit is done."""

_VOTE = pa.struct([("code", _TEXT), ("pages", _COUNT)])
HOSTS = (
    Column("host", _TEXT, "host name; empty for all pages without an address"),
    Column(
        "site",
        _TEXT,
        "its registrable domain: the business; under a platform whose customers have domains of their own, the customer's",
    ),
    Column("pages", _COUNT, "captures of pages, each of the rows in `pages`"),
    Column("urls", _COUNT, "different addresses among them"),
    Column(
        "copies",
        _COUNT,
        "captures with the same payload or the same copy as an earlier one of the host, or the same record in another file",
    ),
    Column("near_copies", _COUNT, "captures whose copy is nearly that of an earlier one"),
    Column("first_capture", _TIME, "the earliest capture"),
    Column("last_capture", _TIME, "the latest"),
    Column("findings", _COUNT, "rows in `findings`"),
    Column("claims", _COUNT, "different claims: rows in `claims`"),
    Column(
        "jurisdictions", _TEXTS, "what its pages point to together: places with at least half the votes of the first"
    ),
    Column("votes", pa.list_(_VOTE), "on how many different payloads a place is signalled, most first"),
    Column("signals", _TEXTS, "the commonest signals, up to six"),
    Column("languages", _TEXTS, "languages of its pages, commonest first"),
)

CLAIMS = (
    Column("host", _TEXT, "host name"),
    Column("rule", _TEXT, "code of the rule"),
    Column("fingerprint", _TEXT, "as in `findings`"),
    Column("category", _TEXT, "category of the rule"),
    Column("text", _TEXT, "the wording, as it stands in `finding_id`"),
    Column("severity", _TEXT, "the worst of its findings"),
    Column("urls", _COUNT, "different addresses that hold it"),
    Column("captures", _COUNT, "its rows in `findings`"),
    Column("copies", _COUNT, "of them, on pages that are copies of earlier ones"),
    Column("first_capture", _TIME, "when it was first seen"),
    Column("last_capture", _TIME, "when it was last seen"),
    Column("in_frame", _FLAG, "stands in the frame of the page wherever it was found"),
    Column("repeated", _FLAG, "stands on at least 5 addresses and on half of its host's"),
    Column("finding_id", _TEXT, "its earliest finding"),
)

COPIES = (
    Column("page_id", _TEXT, "a page"),
    Column("copy_of", _TEXT, "an earlier page of the same host, in whatever unit"),
    Column(
        "kind",
        _TEXT,
        "`payload`: the same bytes; `copy`: the same words in other markup; `near`: nearly the same words",
    ),
    Column("similarity", pa.float32(), "estimated share of three-word sequences they have in common"),
)

SUMMARIES = {"hosts": HOSTS, "claims": CLAIMS, "copies": COPIES}
"""Files of a store that are made when all units are done."""


@cache
def schema(table: str) -> pa.Schema:
    """The Parquet schema of a table."""
    return pa.schema([pa.field(column.name, column.type) for column in {**TABLES, **SUMMARIES}[table]])
