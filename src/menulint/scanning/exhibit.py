"""The files of a package that are for people: each follows from the record and the captured pages, and from nothing else.

So they can be made anew, and a package in which they say anything else is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from menulint.reporters._evidence import Copy, Span, highlighted, summary
from menulint.scanning.excerpt import spot
from menulint.scanning.store import Row
from menulint.source import Source, shown
from menulint.ui import Catalogue

SUMMARY, README = "summary.html", "README.txt"


def front(record: Row, words: Catalogue) -> dict[str, bytes]:
    """The summary and the note on how to check by hand. ``record`` is what ``evidence.json`` holds."""
    return {SUMMARY: _bytes(summary(record, words)), README: _bytes(_readme(record))}


def marked(page: Row, findings: Iterable[Row], source: Source, words: Catalogue) -> bytes:
    """The copy of a page with its wordings marked; page and findings as in the record."""
    own = list(findings)
    return _bytes(highlighted(page, own, _copy(source, own), words))


def _copy(source: Source, findings: Iterable[Row]) -> list[Copy]:
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    for finding in findings:
        if where := spot(source, finding["text"], finding["start"], finding["end"], finding["block_place"]):
            spans[where.block].append(Span(where.start, where.end, finding["number"]))
    return [
        Copy(str(block.role), block.level, shown(block.text), block.place, tuple(spans[block.index]))
        for block in source.blocks
    ]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _readme(record: Row) -> str:
    lines = [
        "Evidence of wordings on web pages, packed by menulint.",
        "",
        "summary.html      what was found, in words, to read and to print",
        "evidence.json     the same for programs: pages, findings, provisions",
        "pages/…           for each page: its bytes as captured (payload), the headers of archive and server where there",
        "                  are any (headers.txt), and its copy with the wordings marked (highlighted.html)",
        "MANIFEST          SHA-256 of every other file",
        "",
        "A payload whose name ends in .html.txt is a web page. Its name keeps a browser from running its scripts.",
        "",
        "To check by hand, in the unpacked folder:",
        "",
        "  sha256sum -c MANIFEST              (macOS: shasum -a 256 -c MANIFEST)",
        "",
        "The SHA-256 of a payload is the payload_sha256 that the scan stored, and that of the record in the web archive",
        "once transfer and content encodings are undone. Each wording lies in its payload as follows:",
        "",
    ]
    files = {page["page_id"]: page["files"]["payload"] for page in record["pages"]}
    for finding in record["findings"]:
        lines += [f"{finding['number']}. {_where(finding, files[finding['page_id']])}"]
    lines += ["", "With menulint: menulint evidence --verify FILE.zip", ""]
    return "\n".join(lines)


def _where(finding: Row, payload: str) -> str:
    found = finding["excerpt"]
    if found["bytes"]:
        first, last = found["bytes"]
        return f"bytes {first} to {last}: tail -c +{first + 1} {payload} | head -c {last - first}"
    if finding["block_place"]:
        return f"{finding['block_place']}, characters {found['start']} to {found['end']} of its text, in {payload}"
    return f"characters {found['start']} to {found['end']} of {payload}, decoded as {found['encoding']}"
