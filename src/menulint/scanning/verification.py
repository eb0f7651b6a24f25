"""Whether a package of evidence is what it was, and whether what it says stands in the bytes it holds."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from menulint.errors import InputError, MenulintError
from menulint.scanning.evidence import RECORD
from menulint.scanning.excerpt import Excerpt, ReadAs, byte_span, spot
from menulint.scanning.packing import Package, Wrong, sha256_of
from menulint.source import Source
from menulint.version import __version__


class _Files(msgspec.Struct):
    payload: str


class _Page(msgspec.Struct):
    page_id: str
    payload_sha256: str
    read_as: ReadAs
    files: _Files


class _Finding(msgspec.Struct):
    finding_id: str
    page_id: str
    payload_sha256: str
    text: str
    start: int
    end: int
    block_place: str
    excerpt: Excerpt


class _Record(msgspec.Struct):
    menulint: str
    pages: list[_Page]
    findings: list[_Finding]


@dataclass(frozen=True)
class Verified:
    """What a look at a package came to; ``wrong`` is empty where all is as it was."""

    sha256: str
    pages: int
    findings: int
    wrong: tuple[Wrong, ...]


def verify(path: Path) -> Verified:
    """Check all digests of a package, and each wording in the page it is said to stand in.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        digest = sha256_of(path)
        with Package(path) as package:
            package.look_over()
            record = _record(package)
            if record:
                _check_pages(package, record)
            pages, findings = (len(record.pages), len(record.findings)) if record else (0, 0)
            return Verified(digest, pages, findings, tuple(dict.fromkeys(package.wrong)))
    except OSError as error:
        raise InputError(str(path), "not-readable", f"it cannot be read: {error.strerror or error}") from None
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        said = f"is no package that can be opened, or the list of its files was changed: {error}"
        return Verified(digest, 0, 0, (Wrong(path.name, said),))


def _record(package: Package) -> _Record | None:
    data = package.read(RECORD)
    try:
        return msgspec.json.decode(data, type=_Record) if data is not None else None
    except msgspec.MsgspecError as error:
        package.wrong.append(Wrong(RECORD, f"is not as menulint writes it: {error}"))
        return None


def _check_pages(package: Package, record: _Record) -> None:
    found: dict[str, Any] = {}
    for page in record.pages:
        own = [finding for finding in record.findings if finding.page_id == page.page_id]
        found |= {finding.finding_id: None for finding in own}
        data = package.read(page.files.payload)
        if data is not None:
            package.wrong += _wrong_in_page(page, own, data, record.menulint)
    package.wrong += [
        Wrong(RECORD, f"finding {finding.finding_id} is on a page that is not in the package")
        for finding in record.findings
        if finding.finding_id not in found
    ]


def _wrong_in_page(page: _Page, findings: list[_Finding], data: bytes, made_by: str) -> list[Wrong]:
    name = page.files.payload
    digest = hashlib.sha256(data).hexdigest()
    if digest != page.payload_sha256:
        return [Wrong(name, f"does not have the SHA-256 that {RECORD} gives for the page")]
    try:
        source = page.read_as.source(data)
    except MenulintError as error:
        return [Wrong(name, f"cannot be read as a page: {error}")]
    said = ((finding, _wrong_with(finding, source, data, digest, made_by)) for finding in findings)
    return [Wrong(name, f"finding {finding.finding_id} “{finding.text}”: {why}") for finding, why in said if why]


def _wrong_with(finding: _Finding, source: Source, data: bytes, digest: str, made_by: str) -> str:
    """Why a wording does not stand where it is said to; empty if it does."""
    found = finding.excerpt
    if (found.start, found.end, digest) != (finding.start, finding.end, finding.payload_sha256):
        return "its record contradicts itself"
    if not source.by_block and source.text[found.start : found.end] != found.source:
        return f"the page does not hold it at characters {found.start} to {found.end}"
    if found.bytes and found.bytes != byte_span(source, data, found.start, found.end):
        return f"it does not lie at bytes {found.bytes[0]} to {found.bytes[1]}"
    if not spot(source, finding.text, finding.start, finding.end, finding.block_place):
        note = "" if made_by == __version__ else f" (packed by menulint {made_by}, read by {__version__})"
        return f"a visitor does not read these words there{note}"
    return ""
