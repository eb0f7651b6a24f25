"""A rewording made in a file, at every place where the file says the same.

Its name holds the beginning of the file's SHA-256, the fingerprint of the finding, and which of its rewordings it is: a
file that was changed meanwhile has none of that name.
"""

from __future__ import annotations

from collections.abc import Iterable

from menulint.errors import UsageError
from menulint.finding import Edit, Finding, Fix
from menulint.readers.decoding import decode
from menulint.result import FileResult
from menulint.runs.files import Input
from menulint.ui import Catalogue
from menulint.web.asked import Changed

DIGITS = 16
"""How much of a file's SHA-256 names it."""


SAFE = "safe"
"""Stands for all rewordings of a file that change nothing but how something looks."""


def fix_name(result: FileResult, finding: Finding, number: int) -> str:
    """What the page calls a rewording of a finding."""
    return f"{result.sha256[:DIGITS]}:{finding.fingerprint}:{number}"


def safe_name(result: FileResult) -> str:
    """What the page calls all safe rewordings of a file together."""
    return f"{result.sha256[:DIGITS]}:{SAFE}:0"


def safe_fixes(result: FileResult) -> list[tuple[Finding, Fix]]:
    """The findings that count and whose first rewording is safe, with that."""
    found = ((finding, finding.fixes[0]) for finding in result.findings if finding.counts and finding.fixes)
    return [(finding, fix) for finding, fix in found if fix.safe]


def make_fix(index: int, file: Input, result: FileResult, which: str, words: Catalogue) -> Changed | None:
    """The file with a rewording (``fingerprint:number``, ``safe:0``) made; None if it has none of that name.

    Raises:
        UsageError: the file cannot be written as it was read.
    """
    chosen = _chosen(result, which)
    if not chosen:
        return None
    text, encoding = _text(file, words)
    for edit in reversed(_apart(edit for finding, fix in chosen for edit in _edits(finding, fix))):
        text = text[: edit.start.offset] + edit.text + text[edit.end.offset :]
    (finding, fix), many = chosen[0], len(chosen)
    before, now = (finding.text, fix.reads) if many == 1 else ("", "")
    return Changed(index, _encoded(text, encoding, file, words), before, now, many)


def _chosen(result: FileResult, which: str) -> list[tuple[Finding, Fix]]:
    fingerprint, _, number = which.partition(":")
    if fingerprint == SAFE:
        return safe_fixes(result)
    finding = next((one for one in result.findings if one.fingerprint == fingerprint), None)
    if finding is None or not number.isdecimal() or int(number) >= len(finding.fixes):
        return []
    return [(finding, finding.fixes[int(number)])]


def _edits(finding: Finding, chosen: Fix) -> list[Edit]:
    """Those of every place that would read the same."""
    fixes = (fix for place in finding.places for fix in place.fixes if fix.reads == chosen.reads)
    return [edit for fix in fixes for edit in fix.edits]


def _apart(edits: Iterable[Edit]) -> list[Edit]:
    """Edits in file order, without those that reach into one before them."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=_place):
        if not kept or edit.start.offset >= kept[-1].end.offset:
            kept.append(edit)
    return kept


def _place(edit: Edit) -> int:
    return edit.start.offset


def _text(file: Input, words: Catalogue) -> tuple[str, str]:
    decoded = decode(file.data)
    if decoded.text.encode(decoded.encoding, "replace") != file.data:
        raise UsageError(words("web.not-writable", path=file.path, encoding=decoded.encoding))
    return decoded.text, decoded.encoding


def _encoded(text: str, encoding: str, file: Input, words: Catalogue) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        raise UsageError(words("web.not-writable", path=file.path, encoding=encoding)) from None
