"""A package that shows what a page said and which law is on it, so that others can check both.

It holds the page as captured, the copy with the wordings marked, a record in JSON, a summary to print, and the digests of all
of them. The same store, pack and inputs give the same bytes, whoever makes it, wherever and whenever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePath
from typing import Any

import msgspec

from menulint.errors import UsageError
from menulint.finding import CONFIDENCES
from menulint.pack.model import Pack
from menulint.scanning import query, selection
from menulint.scanning.cited import Cited, cited, described
from menulint.scanning.excerpt import ReadAs, excerpt, spot
from menulint.scanning.exhibit import front, marked
from menulint.scanning.packing import Packer
from menulint.scanning.plan import kind_of
from menulint.scanning.recapture import Captured, digests, file_of, recaptured
from menulint.scanning.store import Row, Store
from menulint.source import Source
from menulint.ui import Catalogue
from menulint.version import __version__

SCHEMA = 1
RECORD = "evidence.json"

_SHOWN_SOURCE = ".txt"
"""Added to the name of a page of markup, so that a click shows it instead of running its scripts."""

_DOCUMENTS = frozenset({".pdf", ".docx", ".odt", ".pptx", ".xlsx", ".md", ".txt"})
_NOT_KEPT = ("signature",)
_PAGE_ID = re.compile("[0-9a-f]{20}")
_REFUSED_SHOWN = 5


@dataclass(frozen=True)
class Request:
    """What a package is to hold.

    Attributes:
        min_confidence: law that is less sure is not cited.
        archives: the folder where the scanned files are now; None: where they were.
        words: the language of summary and marked pages.
    """

    wanted: selection.Wanted
    min_confidence: str
    archives: Path | None
    words: Catalogue


@dataclass(frozen=True)
class Made:
    """What a package came to: its findings, and those left out with the reason."""

    findings: int
    pages: int
    left_out: tuple[tuple[str, str], ...]


def make(store: Store, pack: Pack, request: Request, output: Path) -> Made:
    """Write a package to ``output``.

    Raises:
        UsageError: nothing fits, or no law on what fits is sure enough.
        InputError: an input of the scan is not there or was changed; see ``recapture``.
    """
    manifest = query.existing(store)
    with query.opened(store) as database:
        rows = selection.findings(database, request.wanted)
        pages = {page["page_id"]: page for page in selection.pages(database, [row["page_id"] for row in rows])}
    law = {row["finding_id"]: cited(row, pack, request.min_confidence) for row in rows}
    left_out = {row["finding_id"]: _why_not(row, law[row["finding_id"]], request) for row in rows}
    refused = [why for why in left_out.values() if why]
    kept = [row for row in rows if not left_out[row["finding_id"]]]
    if not kept or (refused and request.wanted.ids):
        more = f"\nand {len(refused) - _REFUSED_SHOWN} more" if len(refused) > _REFUSED_SHOWN else ""
        raise UsageError("\n".join(refused[:_REFUSED_SHOWN]) + more)
    wanted = [pages[page] for page in dict.fromkeys(row["page_id"] for row in kept)]
    found = _Package(pack, request, law, digests(store, (file_of(page["input"]) for page in wanted)))
    with Packer(output) as packer:
        for page, captured in recaptured(wanted, manifest["limits"]["bytes"], request.archives):
            found.add_page(page, captured, [row for row in kept if row["page_id"] == page["page_id"]], packer)
        record = found.record(manifest, [(key, why) for key, why in left_out.items() if why])
        packer.add(RECORD, msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n")
        for name, data in front(record, request.words).items():
            packer.add(name, data)
    return Made(len(kept), len(wanted), tuple((key, why) for key, why in left_out.items() if why))


def _why_not(row: Row, law: Cited, request: Request) -> str:
    """Why a finding is not shown; empty if it is."""
    if law.places:
        return ""
    what = f"finding {row['finding_id']} (“{row['text']}”, {row['host'] or row['input']})"
    if not law.surest:
        return f"{what}: no place raises it"
    if CONFIDENCES.index(law.surest) >= CONFIDENCES.index(request.min_confidence):
        return f"{what}: what it rests on is not in the pack any more: {', '.join(law.weaker)}"
    return (
        f"{what} rests on law of {law.surest} confidence ({', '.join(law.weaker)}); a report about a named business cites "
        f"only law of {request.min_confidence} confidence, unless --min-confidence {law.surest} says otherwise"
    )


@dataclass
class _Package:
    """What goes into a package, gathered page by page."""

    pack: Pack
    request: Request
    law: dict[str, Cited]
    inputs: dict[str, str]
    """SHA-256 of the files that were scanned, where the store has it."""

    def __post_init__(self) -> None:
        self._pages: list[Row] = []
        self._findings: list[Row] = []

    def add_page(self, page: Row, captured: Captured, rows: Sequence[Row], packer: Packer) -> None:
        """Put a page with its findings into the package."""
        if not _PAGE_ID.fullmatch(page["page_id"]):
            raise UsageError(f"the store is not as menulint writes it: {page['page_id']!r} is no id of a page")
        taken = captured.record
        read_as = ReadAs(taken.name or taken.url, taken.format, taken.charset)
        source = read_as.source(taken.data)
        folder = f"pages/{page['page_id']}"
        names = {
            "payload": f"{folder}/payload{_ending(read_as)}",
            "headers": f"{folder}/headers.txt" if captured.headers else None,
            "highlighted": f"{folder}/highlighted.html",
        }
        own = {key: plain(value) for key, value in page.items() if key not in _NOT_KEPT}
        shown_page = {
            **own,
            "kind": kind_of(page["input"]),
            "input_sha256": self.inputs.get(file_of(page["input"])),
            "read_as": msgspec.to_builtins(read_as),
            "files": names,
        }
        findings = self._found(source, taken.data, rows)
        self._pages.append(shown_page)
        self._findings += findings
        packer.add(names["payload"] or "", taken.data)
        if names["headers"]:
            packer.add(names["headers"], captured.headers)
        packer.add(names["highlighted"] or "", marked(shown_page, findings, source, self.request.words))

    def _found(self, source: Source, data: bytes, rows: Sequence[Row]) -> list[Row]:
        """The findings of a page for the record."""
        findings = []
        for number, row in enumerate(rows, len(self._findings) + 1):
            where = spot(source, row["text"], row["start"], row["end"], row["block_place"])
            taken = msgspec.to_builtins(excerpt(source, data, row))
            findings.append(self._finding(number, row, taken, where is not None))
        return findings

    def _finding(self, number: int, row: Row, found: dict[str, Any], is_marked: bool) -> Row:
        law = self.law[row["finding_id"]]
        strictest = law.strictest
        rule = self.pack.rules.get(row["rule"])
        judged = {name: strictest[name] for name in ("verdict", "severity", "confidence")}
        return {
            "number": number,
            **{key: plain(value) for key, value in row.items()},
            **judged,
            "why": rule.wording(self.request.words.language).why if rule else "",
            "excerpt": found,
            "marked": is_marked,
            "law": [plain(place) for place in law.places],
            "not_cited": list(law.weaker),
        }

    def record(self, manifest: Row, left_out: Iterable[tuple[str, str]]) -> Row:
        """What ``evidence.json`` holds."""
        names = {name for found in self._findings for place in found["law"] for name in place["provisions"]}
        codes = {place["code"] for found in self._findings for place in found["law"]}
        judged = {found["pack_sha256"] for found in self._findings}
        return {
            "schema": SCHEMA,
            "menulint": __version__,
            "pack": {"version": self.pack.version, "sha256": self.pack.sha256},
            "other_packs": sorted(judged - {self.pack.sha256}),
            "min_confidence": self.request.min_confidence,
            "scan": {"schema": manifest["schema"], "menulint": manifest["menulint"], "pack": manifest["pack"]},
            "findings": self._findings,
            "pages": self._pages,
            "provisions": {name: described(self.pack.provisions[name]) for name in sorted(names)},
            "places": {code: place.name for code in sorted(codes) if (place := self.pack.jurisdictions.get(code))},
            "left_out": [{"finding_id": key, "why": why} for key, why in left_out],
        }


def _ending(read_as: ReadAs) -> str:
    own = PurePath(read_as.name).suffix.lower()
    if read_as.format is None and own in _DOCUMENTS:
        return own
    return (".html" if read_as.format == "html" else "") + _SHOWN_SOURCE


def plain(value: Any) -> Any:
    """A value of the store as JSON holds it; times in UTC."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: plain(own) for key, own in value.items()}
    return [plain(own) for own in value] if isinstance(value, list | tuple) else value
