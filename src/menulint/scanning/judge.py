"""One page: from the bytes that were captured to the rows of the store."""

from __future__ import annotations

import hashlib
import json
import pickle
import re
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any, Protocol
from urllib.parse import urlsplit

from rensa import RMinHash

from menulint.claims.naming import genres_of_path
from menulint.errors import InputError, MenulintError, SkippedFile
from menulint.finding import FileResult, Finding, Place
from menulint.linter import Linter
from menulint.readers import read_bytes
from menulint.runs.limit import TooSlow, limited
from menulint.scanning.frame import Frame
from menulint.scanning.record import Broken, Record
from menulint.source import Role, Signal, Source, shown
from menulint.text.word_runs import word_runs

Row = dict[str, Any]

CONTEXT = 200
"""Characters of copy kept on each side of a wording."""

MAX_TITLE = 300
SHINGLE, PERMUTATIONS, SEED = 3, 64, 1
"""Near copies: words in a shingle, length of a signature, and the seed of its hash functions."""

BY_PAGE, BY_HOST, BY_SITE, BY_REFERENCE = "page", "host", "site", "reference"
"""What says whose law a page is judged by; the last is the reference set, where nothing does."""

COUNTED = ("findings", "error", "warning", "info", "suppressed")
"""Columns of a page that are summed up for a scan."""

_REMEMBERED = 4 * 1024 * 1024
"""Bytes of reports kept for payloads that come again, some thousands of pages; what is older is checked again."""

_DAYS = 512
"""Linters kept, one for each day and places."""

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)\s*(https?://[^\s<>\"]{1,2000}?)\s*-->", re.IGNORECASE)
_HEAD = 2048
_PLAIN_HOST = re.compile(r"https?://([a-z0-9.-]*[a-z0-9-])(?:/|\Z)")
"""An address as nearly all are, which need not be taken apart."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The row of a page and those of its findings; only the unit they belong to knows their ``duplicate_of``."""

    page: Row
    findings: tuple[Row, ...]


class Checker(Protocol):
    """What turns records into rows."""

    def check(self, record: Record) -> Judged | Broken:
        """The rows of one record, or why there are none. Never raises for the record's sake."""
        ...


@dataclass(frozen=True, slots=True)
class _Known:
    """What is kept of the report on a payload that may come again: rows, and no text of the page.

    ``findings`` are rows with what tells each from the others of the page; ``address`` is what the page says of itself, and
    where: what counts when its record names none. ``day``: the only one it holds on, for a comment in the page may silence a
    rule until some day.
    """

    page: Row
    findings: tuple[tuple[tuple[Any, ...], Row], ...]
    address: tuple[str, str]
    day: date | None


class _Reports:
    """The latest reports, packed: as objects each would take several times the room, and one with many findings any."""

    def __init__(self) -> None:
        self._packed: OrderedDict[tuple[Any, ...], bytes] = OrderedDict()
        self._size = 0

    def get(self, key: tuple[Any, ...]) -> _Known | None:
        """The report kept under a key."""
        if (packed := self._packed.get(key)) is None:
            return None
        self._packed.move_to_end(key)
        known: _Known = pickle.loads(packed)  # noqa: S301 - packed here, in this process
        return known

    def keep(self, key: tuple[Any, ...], known: _Known) -> None:
        """Keep a report, and forget the oldest beyond the room there is."""
        self._size -= len(self._packed.pop(key, b""))
        self._packed[key] = packed = pickle.dumps(known, pickle.HIGHEST_PROTOCOL)
        self._size += len(packed)
        while self._size > _REMEMBERED:
            self._size -= len(self._packed.popitem(last=False)[1])


class PageChecker:
    """Judges pages with one linter, each by the law of the day on which it was captured.

    Args:
        linter: whose options say everything but the day.
        as_of: the day for all pages, whenever they were captured.
        time_limit: seconds one page may take; 0 for no limit.
        stamp: the columns ``pack_sha256`` and ``menulint`` of a finding.
    """

    def __init__(self, linter: Linter, *, as_of: date | None, time_limit: float, stamp: Row) -> None:
        self._linter, self._as_of, self._time_limit, self._stamp = linter, as_of, time_limit, stamp
        self._known = _Reports()
        self._linters: dict[tuple[tuple[str, ...], date], Linter] = {}

    def check(self, record: Record) -> Judged | Broken:
        """See ``Checker.check``."""
        try:
            with limited(self._time_limit):
                return self._judged(record)
        except TooSlow:
            return broken(record, "too-slow", f"it took more than {self._time_limit:g} seconds")
        except InputError as error:
            return broken(record, error.code, error.message)
        except MenulintError:
            raise
        except Exception as error:  # a defect of ours on one page must not cost the rest of a crawl
            return broken(record, "internal", f"internal error: {type(error).__name__}: {error}")

    def _judged(self, record: Record) -> Judged:
        digest = hashlib.sha256(record.data)
        as_of = self._as_of or (record.captured.date() if record.captured else self._linter.options.as_of)
        try:
            known = self._report(record, digest, as_of)
        except SkippedFile as skipped:
            return self._textless(record, digest.hexdigest(), as_of, skipped.reason)
        url, url_by = (record.url, record.url_by) if record.url else known.address
        capture = _capture(record, url, digest.hexdigest())
        findings = tuple(
            {**capture, **row, **self._stamp, "as_of": as_of, "finding_id": _digest(capture["page_id"], *key)}
            for key, row in known.findings
        )
        page = {**capture, **_record_columns(record, url_by), **known.page, "as_of": as_of, **_counts(findings)}
        return Judged(page, findings)

    def _report(self, record: Record, digest: hashlib._Hash, as_of: date) -> _Known:
        """The report on a page, the kept one if all that decides it is the same."""
        linter = self._linter_for(record.places, as_of)
        path = record.name or record.url
        # what a report depends on of where the page was
        address = (host_of(record.url), record.name, *genres_of_path(path))
        key = (
            digest.digest(),
            address,
            record.charset,
            record.format,
            linter.law_of_day,
            record.places,
            record.places_by,
        )
        if (known := self._known.get(key)) and known.day in (None, as_of):
            return known
        source = read_bytes(path, record.data, format=record.format, declared=record.charset, sha256=digest.hexdigest())
        if record.url:
            source = source.with_signal(Signal("canonical", record.url, 0, 0))
        result = linter.check_source(source)
        about = {"language": result.language, "genre": result.genre}
        findings = tuple((key, row | about) for key, row in _finding_rows(source, result))
        columns = {**_page_columns(result), **self._law(result, record), **_copy_columns(source)}
        is_dated = any("menulint:" in comment.text for comment in source.comments)
        known = _Known(columns, findings, _own_address(source), as_of if is_dated else None)
        self._known.keep(key, known)
        return known

    def _linter_for(self, places: tuple[str, ...], as_of: date) -> Linter:
        """The linter under the law of these places and that day."""
        asked = places, as_of
        if asked not in self._linters:
            if len(self._linters) >= _DAYS:
                self._linters.clear()
            linter = self._linter.under(places) if places else self._linter
            self._linters[asked] = linter.on(as_of)
        return self._linters[asked]

    def _law(self, result: FileResult, record: Record) -> Row:
        """Whose law decides, and what said so."""
        if record.places:
            return {"judged": list(record.places), "judged_by": record.places_by}
        if "auto" not in self._linter.options.jurisdiction:
            return {"judged": list(result.jurisdictions), "judged_by": "option"}
        own = bool(result.jurisdictions_by)
        return {"judged": list(result.jurisdictions), "judged_by": BY_PAGE if own else BY_REFERENCE}

    def _textless(self, record: Record, digest: str, as_of: date, reason: str) -> Judged:
        """A payload that holds no text, whatever its header says."""
        capture = _capture(record, record.url, digest)
        nothing: Row = {name: [] for name in ("genre_by", "jurisdictions", "jurisdictions_by", "judged", "signature")}
        empty: Row = dict.fromkeys(("language", "genre", "title", "copy_sha256", "judged_by"), "")
        nothing |= {"words": 0, "wordings": 0}
        page = {
            **capture,
            **_record_columns(record, record.url_by),
            **nothing,
            **empty,
            "as_of": as_of,
            "format": "binary",
            "encoding": "binary",
            "notes": [f"skipped: {reason}"],
            **_counts(()),
        }
        return Judged(page, ())


def broken(record: Record, code: str, message: str) -> Broken:
    """A record that was read and could not be judged."""
    return Broken(record.input, record.offset, code, message, record.url, record.captured, record.record_id)


@lru_cache(maxsize=256)
def host_of(url: str) -> str:
    """The host of an address in lower case; empty where it has none."""
    if plain := _PLAIN_HOST.match(url):
        return plain[1]
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:  # "http://[": no host
        return ""


def _own_address(source: Source) -> tuple[str, str]:
    """Where a page says it was found: as a browser noted when it was saved, else by its own link."""
    if saved := _SAVED_FROM.search(source.text, 0, _HEAD):
        return saved[1], "saved-from"
    own = (url for url in source.signal_values("canonical") if url.startswith(("http://", "https://")) and host_of(url))
    found = next(own, "")
    return found, "canonical" if found else ""


def _capture(record: Record, url: str, digest: str) -> Row:
    time = record.captured.isoformat() if record.captured else ""
    place = record.record_id or f"{record.input}:{record.offset}"
    return {
        "page_id": _digest(url, time, digest, place),
        "url": url,
        "host": host_of(url),
        "capture_time": record.captured.replace(tzinfo=None) if record.captured else None,
        "record_id": record.record_id,
        "input": record.input,
        "offset": record.offset,
        "payload_sha256": digest,
    }


def _record_columns(record: Record, url_by: str) -> Row:
    return {
        "url_by": url_by,
        "capture_by": record.captured_by,
        "status": record.status,
        "content_type": record.content_type,
        "bytes": len(record.data),
        "truncated": record.truncated,
    }


def _digest(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]


def _copy_columns(source: Source) -> Row:
    """What the store keeps of a page's visible copy: enough to tell copies, not the copy."""
    title = next((block.text for block in source.blocks if block.role is Role.TITLE), "")
    words = word_runs("\n".join([block.text for block in source.blocks]).casefold())
    copy = " ".join(words)
    return {
        "title": shown(title)[:MAX_TITLE],
        "words": len(words),
        "copy_sha256": hashlib.sha256(copy.encode("utf-8", "surrogatepass")).hexdigest(),
        "signature": _signature(words),
    }


def _signature(words: list[str]) -> list[int]:
    if len(words) < SHINGLE:
        return []
    hashed = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    hashed.update(map(" ".join, zip(*(islice(words, n, None) for n in range(SHINGLE)), strict=False)))
    signature: list[int] = hashed.digest()
    return signature


def _counts(findings: tuple[Row, ...]) -> Row:
    counted = [row["severity"] for row in findings if row["suppressed"] is None]
    by_severity = {severity: counted.count(severity) for severity in ("error", "warning", "info")}
    return {"findings": len(findings), **by_severity, "suppressed": len(findings) - len(counted)}


def _page_columns(result: FileResult) -> Row:
    return {
        "format": result.format,
        "encoding": result.encoding,
        "language": result.language,
        "genre": result.genre,
        "genre_by": list(result.genre_by),
        "jurisdictions": list(result.jurisdictions),
        "jurisdictions_by": list(result.jurisdictions_by),
        "wordings": result.wordings,
        "notes": list(result.notes),
    }


def _finding_rows(source: Source, result: FileResult) -> Iterator[tuple[tuple[Any, ...], Row]]:
    """One row for each place of each finding, with what tells it from every other row of the page."""
    if not result.findings:
        return
    spots = {span.fingerprint: (block.text, span.start, span.end) for block in result.copy for span in block.spans}
    last = max(place.start.offset for finding in result.findings for place in finding.places)
    framed: Callable[[int], str] = Frame(source, last).around
    for finding in result.findings:
        shared = _shared(finding)
        for place in finding.places:
            key = (finding.rule, place.fingerprint, place.start.offset, place.end.offset)
            yield (
                key,
                {**shared, **_placed(place, *spots[place.fingerprint]), **_boilerplate(framed(place.start.offset))},
            )


def _shared(finding: Finding) -> Row:
    """What all places of a finding have in common."""
    raising = [judged for judged in finding.jurisdictions if judged.raises]
    return {
        "rule": finding.rule,
        "name": finding.name,
        "category": finding.category,
        "verdict": finding.verdict,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "message": finding.message,
        "speaker": finding.speaker,
        "stance": finding.stance,
        "cues": [{"text": cue.text, "says": cue.says} for cue in finding.cues],
        "concepts": list(finding.concepts),
        "jurisdictions": [
            {
                "code": judged.code,
                "verdict": judged.verdict,
                "severity": judged.severity,
                "confidence": judged.confidence,
                "raises": judged.raises,
                "provisions": list(judged.provisions),
            }
            for judged in finding.jurisdictions
        ],
        "provisions": list(dict.fromkeys(p for judged in raising for p in judged.provisions)),
    }


def _placed(place: Place, copy: str, start: int, end: int) -> Row:
    return {
        "text": copy[start:end],
        "before": copy[max(0, start - CONTEXT) : start],
        "after": copy[end : end + CONTEXT],
        "start": place.start.offset,
        "end": place.end.offset,
        "line": place.start.line,
        "column": place.start.column,
        "block_role": place.block.role,
        "section": list(place.block.section),
        "block_place": place.block.place,
        "fingerprint": place.fingerprint,
        "suppressed": place.suppressed.reason if place.suppressed else None,
    }


def _boilerplate(by: str) -> Row:
    return {"boilerplate": bool(by), "boilerplate_by": by}
