"""Stores written row by row, for tests of what is counted: each page says only what its test is about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from menulint.scanning.store import Store, UnitWriter

LAW = ("GB", "prohibited", "error", "high", True, ["UK-HMR-279"])


def digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:20]


@dataclass(frozen=True)
class Said:
    """A finding: its wording, rule, and what places make of it (code, verdict, severity, confidence, raises, provisions)."""

    text: str
    rule: str = "RTE001"
    category: str = "route"
    laws: tuple[tuple[Any, ...], ...] = (LAW,)
    suppressed: str | None = None
    before: str = "We offer "


@dataclass(frozen=True)
class Page:
    """A capture. Pages with the same ``copy`` hold the same words; ``payload`` is their bytes, by default all different."""

    url: str
    said: tuple[Said, ...] = ()
    copy: str = ""
    payload: str = ""
    words: int = 300
    captured: str = "2024-03-01T10:00:00"
    places: tuple[str, ...] = ("GB",)
    language: str = "en"


@dataclass(frozen=True)
class Made:
    """A store with some pages."""

    pages: tuple[Page, ...]
    errors: int = 0
    pack: str = "a" * 64
    state: str = "complete"
    rules: tuple[str, ...] = ("RTE001", "EVD001")
    more: dict[str, Any] = field(default_factory=dict)


def write(folder: Path, made: Made) -> Store:
    store = Store(folder)
    pack = {"version": "2026.11", "sha256": made.pack, "added": [], "rules": list(made.rules)}
    options = {"as_of": None, "undated_as_of": "2026-11-01"}
    head = {"schema": 1, "menulint": "0.1.0", "pack": pack, "options": options, "inputs": [], "state": made.state}
    store.write_manifest({**head, **made.more})
    store.prepare()
    with UnitWriter(store, "00000") as unit:
        for page in made.pages:
            _write(unit, page)
        for number in range(made.errors):
            error = {"input": "crawl.warc.gz", "offset": number, "code": "truncated", "whole": False}
            unit.add("errors", {**error, "message": "It ends too soon.", "url": "https://a.example/<b>", "host": ""})
        unit.finish({})
    return store


def _write(unit: UnitWriter, page: Page) -> None:
    host = page.url.partition("://")[2].partition("/")[0]
    capture = {
        "page_id": digest(page.url, page.captured),
        "url": page.url,
        "host": host,
        "capture_time": datetime.fromisoformat(page.captured) if page.captured else None,
        "record_id": "",
        "input": "crawl.warc.gz",
        "offset": 0,
        "payload_sha256": digest("payload", page.payload or (page.url, page.captured)),
    }
    for number, said in enumerate(page.said):
        unit.add("findings", {**capture, **_finding(page, said, number)})
    own = {"copy_sha256": digest("copy", page.copy or (page.url, page.captured)), "words": page.words}
    unit.add("pages", {**capture, **own, "jurisdictions": list(page.places), "language": page.language})


def _finding(page: Page, said: Said, number: int) -> dict[str, Any]:
    names = ("code", "verdict", "severity", "confidence", "raises", "provisions")
    laws = [dict(zip(names, law, strict=True)) for law in said.laws]
    first = next((law for law in laws if law["raises"]), laws[0])
    return {
        "finding_id": digest(page.url, page.captured, said.rule, said.text, number),
        "rule": said.rule,
        "name": "a-name",
        "category": said.category,
        **{name: first[name] for name in ("verdict", "severity", "confidence")},
        "message": f"“{said.text}” is a claim.",
        "text": said.text,
        "before": said.before,
        "after": " today.",
        "section": ["Our menu"],
        "jurisdictions": laws,
        "fingerprint": digest(said.rule, said.text, said.before)[:16],
        "suppressed": said.suppressed,
        "boilerplate": False,
        "language": page.language,
    }


def pages(urls: Iterable[str], *said: Said) -> tuple[Page, ...]:
    """One page for each address, all with the same findings and words of their own."""
    return tuple(Page(url, said) for url in urls)
