"""Whether a package of evidence is what it was, and whether what it says stands in the bytes it holds."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import msgspec

from menulint.errors import InputError, MenulintError
from menulint.scanning.evidence import RECORD
from menulint.scanning.excerpt import Around, Excerpt, ReadAs, around, byte_span, excerpt, spots
from menulint.scanning.exhibit import front, marked
from menulint.scanning.judge import CONTEXT
from menulint.scanning.packing import Package, Wrong, sha256_of
from menulint.scanning.schema import CAPTURE
from menulint.scanning.store import Row
from menulint.source import Source
from menulint.ui import LANGUAGES, catalogue
from menulint.version import __version__


class _Files(msgspec.Struct):
    payload: str
    highlighted: str


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
    before: str
    after: str
    section: list[str]
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
    packed_by: str = ""

    @property
    def is_compared(self) -> bool:
        """Whether the pages for people were made anew and compared: another version may word them otherwise."""
        return self.packed_by == __version__


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
            pages, findings, by = (len(record.pages), len(record.findings), record.menulint) if record else (0, 0, "")
            return Verified(digest, pages, findings, tuple(dict.fromkeys(package.wrong)), by)
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
    found: set[str] = set()
    sources: dict[str, Source] = {}
    for page in record.pages:
        own = [finding for finding in record.findings if finding.page_id == page.page_id]
        found.update(finding.finding_id for finding in own)
        data = package.read(page.files.payload)
        if data is not None and (source := _source(page, data, package)):
            sources[page.page_id] = source
            package.wrong += _wrong_in_page(page, own, source, data, record.menulint)
    package.wrong += [
        Wrong(RECORD, f"finding {finding.finding_id} is on a page that is not in the package")
        for finding in record.findings
        if finding.finding_id not in found
    ]
    if record.menulint == __version__ and not package.wrong:
        _check_for_people(package, sources)


def _source(page: _Page, data: bytes, package: Package) -> Source | None:
    """A page as it is read, if it is the one that the record means."""
    why = f"does not have the SHA-256 that {RECORD} gives for the page"
    if hashlib.sha256(data).hexdigest() == page.payload_sha256:
        try:
            return page.read_as.source(data)
        except MenulintError as error:
            why = f"cannot be read as a page: {error}"
    package.wrong.append(Wrong(page.files.payload, why))
    return None


def _check_for_people(package: Package, sources: dict[str, Source]) -> None:
    """Whether summary and marked pages say what the record says, in one of the languages."""
    record: Row = msgspec.json.decode(package.read(RECORD) or b"{}")
    package.wrong += _contradictions(record)
    made: list[dict[str, bytes]] = []
    for language in LANGUAGES:
        words = catalogue(language)
        files = front(record, words)
        for page in record["pages"]:
            own = [row for row in record["findings"] if row["page_id"] == page["page_id"]]
            files[page["files"]["highlighted"]] = marked(page, own, sources[page["page_id"]], words)
        made.append(files)
    for name in made[0]:
        if package.read(name) not in [files[name] for files in made]:
            package.wrong.append(Wrong(name, f"is not what menulint {__version__} makes of {RECORD}"))


def _contradictions(record: Row) -> list[Wrong]:
    """Findings that say other things of their capture than its page does."""
    pages = {page["page_id"]: page for page in record["pages"]}
    pairs = ((finding, pages[finding["page_id"]]) for finding in record["findings"])
    return [
        Wrong(RECORD, f"finding {finding['finding_id']} and its page do not name the same capture")
        for finding, page in pairs
        if any(finding[name] != page[name] for name in CAPTURE)
    ]


def _wrong_in_page(page: _Page, findings: list[_Finding], source: Source, data: bytes, made_by: str) -> list[Wrong]:
    said = ((finding, _wrong_with(finding, page, source, data, made_by)) for finding in findings)
    name = page.files.payload
    return [Wrong(name, f"finding {finding.finding_id} “{finding.text}”: {why}") for finding, why in said if why]


def _wrong_with(finding: _Finding, page: _Page, source: Source, data: bytes, made_by: str) -> str:
    """Why a wording does not stand where it is said to; empty if it does."""
    found = finding.excerpt
    if (found.start, found.end, page.payload_sha256) != (finding.start, finding.end, finding.payload_sha256):
        return "its record contradicts itself"
    if not source.by_block and source.text[found.start : found.end] != found.source:
        return f"the page does not hold it at characters {found.start} to {found.end}"
    if found.bytes and found.bytes != byte_span(source, data, found.start, found.end):
        return f"it does not lie at bytes {found.bytes[0]} to {found.bytes[1]}"
    if found != excerpt(source, data, {"text": finding.text, "start": found.start, "end": found.end}):
        return "the page's source around it is not as the record says"
    note = "" if made_by == __version__ else f" (packed by menulint {made_by}, read by {__version__})"
    where = [
        around(source, spot, CONTEXT)
        for spot in spots(source, finding.text, finding.start, finding.end, finding.block_place)
    ]
    if not where:
        return f"a visitor does not read these words there{note}"
    if Around(finding.before, finding.after, finding.section) not in where:
        return f"a visitor reads other words around it, or other headings above it{note}"
    return ""
