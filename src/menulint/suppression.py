"""Comments that take a finding out of the count, with a reason that somebody can be asked about.

In any comment of the host format, one directive to a line of it::

    menulint: ignore[RTE001,POM] -- reason (until 2027-01-31)
    menulint: ignore-next-line[RTE001] -- reason
    menulint: ignore-start -- reason
    menulint: ignore-end
    menulint: ignore-file[SAF] -- reason

A code is a rule's id or the letters before its number; none at all means every rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from itertools import chain

from menulint.config import Allowed
from menulint.finding import Suppressed
from menulint.source import Comment, LineIndex, Source
from menulint.text.folding import fold

DIRECTIVES = ("ignore", "ignore-next-line", "ignore-start", "ignore-end", "ignore-file")
_LAST = 1 << 31
_MOST_REGIONS = 1_000
_DIRECTIVE = re.compile(r"\bmenulint:[ \t]*([A-Za-z][A-Za-z-]*)([^\n\r]*)")
_CODES = re.compile(r"[ \t]*\[([^\]]*)\]")
_UNTIL = re.compile(r"\(until ([^()]*)\)[ \t]*$")


@dataclass(slots=True)
class _Directive:
    """One directive: which rules, which lines (both ends included), why, and whether it was ever needed."""

    kind: str
    codes: tuple[str, ...]
    reason: str
    until: date | None
    line: int
    first: int
    last: int
    used: bool = False

    def covers(self, rule: str, line: int) -> bool:
        return self.first <= line <= self.last and (not self.codes or any(_stands_for(c, rule) for c in self.codes))


@dataclass(slots=True)
class Suppressions:
    """All directives of one file. Ask ``covering`` for every place found, then ``notes``."""

    _line_name: Callable[[int], str]
    _lines: dict[int, list[_Directive]] = field(default_factory=dict)
    _regions: list[_Directive] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)

    @classmethod
    def parse(cls, source: Source, lines: LineIndex, today: date) -> Suppressions:
        """Read the comments of ``source``; a directive with an end date before ``today`` is out of force."""
        found = cls(lines.line_name)
        opened: list[_Directive] = []
        for comment in source.comments:
            next_end = lines.position(comment.next_end - 1).line if comment.next_end else 0
            for kind, rest, line in _directives(comment, lines):
                found._take(kind, rest, line, opened, today, _range(kind, line, lines, next_end))
        for directive in opened:
            found._note(directive.line, "ignore-start without an ignore-end covers the rest of the file")
        return found

    def covering(self, rule: str, line: int) -> Suppressed | None:
        """The directive that silences ``rule`` on that line, if one does; the innermost one wins."""
        covering = [d for d in (*self._lines.get(line, ()), *self._regions) if d.covers(rule, line)]
        if not covering:
            return None
        directive = min(covering, key=lambda d: d.last - d.first)
        directive.used = True
        return Suppressed(directive.reason, directive.line, directive.until.isoformat() if directive.until else None)

    def notes(self, known: Collection[str] = ()) -> tuple[str, ...]:
        """What is wrong with the directives: no reason, out of force, unused, codes that no ``known`` rule has."""
        notes = list(self._notes)
        for directive in sorted((*chain(*self._lines.values()), *self._regions), key=lambda d: d.line):
            unknown = [c for c in directive.codes if known and not any(_stands_for(c, rule) for rule in known)]
            where = self._line_name(directive.line)
            notes += [f"{where}: suppression of the unknown rule {code}" for code in unknown]
            if not directive.used and not unknown:
                notes.append(f"{where}: suppression that silences nothing; remove it")
        return tuple(notes)

    def _take(
        self, kind: str, rest: str, line: int, opened: list[_Directive], today: date, reach: tuple[int, int]
    ) -> None:
        if kind not in DIRECTIVES:
            if near := get_close_matches(kind, DIRECTIVES, 1):
                self._note(line, f"unknown directive {kind}, not applied; did you mean {near[0]}?")
            return
        codes, reason, until = _parts(rest)
        if kind == "ignore-end":
            self._close(codes, line, opened)
            return
        if problem := _problem(codes, reason, until, today):
            self._note(line, f"suppression {problem}, not applied")
            return
        directive = _Directive(kind, codes or (), reason, until if isinstance(until, date) else None, line, *reach)
        if directive.first == directive.last:
            self._lines.setdefault(directive.first, []).append(directive)
            return
        if len(self._regions) == _MOST_REGIONS:
            self._note(line, f"more than {_MOST_REGIONS} regions in one file; this one is not applied")
            return
        self._regions.append(directive)
        if kind == "ignore-start":
            opened.append(directive)

    def _close(self, codes: tuple[str, ...] | None, line: int, opened: list[_Directive]) -> None:
        """Close the ignore-start opened last, or the last one with the same codes if codes are given."""
        for directive in reversed(opened):
            if not codes or directive.codes == codes:
                directive.last = line
                opened.remove(directive)
                return
        self._note(line, "ignore-end without an ignore-start that is in force")

    def _note(self, line: int, text: str) -> None:
        self._notes.append(f"{self._line_name(line)}: {text}")


class Allowances:
    """The wordings a project allows itself, and which findings lie inside one of them."""

    def __init__(self, allowed: Iterable[Allowed]) -> None:
        self._allowed = [(fold(" ".join(one.text.split())).text, one) for one in allowed]

    def covering(self, rule: str, name: str, text: str, start: int, end: int) -> Suppressed | None:
        """The allowance that takes out a finding at ``[start, end)`` of a block's ``text``, if one does."""
        for wording, one in self._allowed:
            if one.rules and not any(code == name or _stands_for(code, rule) for code in one.rules):
                continue
            if any(first <= start and end <= last for first, last in _occurrences(wording, text)):
                return Suppressed(f"allowed in the configuration: {one.reason}", 0)
        return None


def _occurrences(wording: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a folded wording stands in a text, as whole words, in offsets of the text."""
    if not wording:
        return
    folded = fold(text)
    at = folded.text.find(wording)
    while at >= 0:
        end = at + len(wording)
        if not folded.text[at - 1 : at].isalnum() and not folded.text[end : end + 1].isalnum():
            yield folded.original(at, end)
        at = folded.text.find(wording, end)


def _directives(comment: Comment, lines: LineIndex) -> Iterator[tuple[str, str, int]]:
    """Kind, the rest of its line, and the line in the file on which the comment with it ends."""
    for match in _DIRECTIVE.finditer(comment.text):
        yield match.group(1).lower(), match.group(2), lines.position(max(comment.start, comment.end - 1)).line


def _parts(rest: str) -> tuple[tuple[str, ...] | None, str, date | str | None]:
    """Codes (None if there are no brackets), reason, and end date (as written if it is no date)."""
    found = _CODES.match(rest)
    codes = tuple(c.strip().upper() for c in found.group(1).split(",") if c.strip()) if found else None
    _, _, reason = rest[found.end() if found else 0 :].partition("--")
    reason = reason.strip()
    ends = _UNTIL.search(reason)
    if ends is None:
        return codes, reason, None
    return codes, reason[: ends.start()].strip(), _date(ends.group(1).strip())


def _date(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _problem(codes: tuple[str, ...] | None, reason: str, until: date | str | None, today: date) -> str:
    """Why a directive does not apply, or nothing."""
    if codes == ():
        return "with empty brackets (leave them out to mean every rule)"
    if not reason:
        return "without a reason (write it after --)"
    if isinstance(until, str):
        return f"until {until!r}, which is no date (write YYYY-MM-DD)"
    if until is not None and until < today:
        return f"that ended on {until.isoformat()}"
    return ""


def _range(kind: str, line: int, lines: LineIndex, next_end: int) -> tuple[int, int]:
    """The first and last line that a directive covers; ``next_end`` is the last of an entry that counts as its next line."""
    if kind == "ignore-file":
        return 1, _LAST
    if kind == "ignore-start":
        return line, _LAST
    if kind == "ignore-next-line":
        following = next((n for n in range(line + 1, len(lines) + 1) if lines.line_text(n).strip()), line + 1)
        return following, max(following, next_end)
    return line, line


def _stands_for(code: str, rule: str) -> bool:
    """``RTE001`` and ``RTE`` stand for RTE001; ``RT`` and ``RTE0`` for nothing."""
    return code == rule or (rule.startswith(code) and rule.rstrip("0123456789") == code)
