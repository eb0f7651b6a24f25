"""A rewording made in a file, at every place where the file says the same."""

from __future__ import annotations

from menulint.errors import UsageError
from menulint.finding import Edit, Finding, Fix
from menulint.readers.decoding import decode
from menulint.result import FileResult
from menulint.runs.files import Input
from menulint.ui import Catalogue
from menulint.web.asked import Changed

DIGITS = 16
"""How much of a file's SHA-256 names it."""


def fix_name(result: FileResult, finding: Finding, number: int) -> str:
    """What the page calls a rewording of a finding."""
    return f"{result.sha256[:DIGITS]}:{finding.fingerprint}:{number}"


def make_fix(index: int, file: Input, result: FileResult, which: str, words: Catalogue) -> Changed | None:
    """The file with a rewording (``fingerprint:number``) made; None if it has none of that name.

    Raises:
        UsageError: the file cannot be written as it was read.
    """
    fingerprint, _, number = which.partition(":")
    finding = next((one for one in result.findings if one.fingerprint == fingerprint), None)
    if finding is None or not number.isdecimal() or int(number) >= len(finding.fixes):
        return None
    chosen = finding.fixes[int(number)]
    text, encoding = _text(file, words)
    for edit in sorted(_edits(finding, chosen), key=_place, reverse=True):
        text = text[: edit.start.offset] + edit.text + text[edit.end.offset :]
    return Changed(index, _encoded(text, encoding, file, words), finding.text, chosen.reads)


def _edits(finding: Finding, chosen: Fix) -> list[Edit]:
    """Those of every place that would read the same."""
    fixes = (fix for place in finding.places for fix in place.fixes if fix.reads == chosen.reads)
    edits = {(edit.start.offset, edit.end.offset): edit for fix in fixes for edit in fix.edits}
    return list(edits.values())


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
