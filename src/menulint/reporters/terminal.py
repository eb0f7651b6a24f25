"""The report for a person at a terminal: where, which wording, why, by what law, and what to write instead."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from menulint.reporters._snippet import safe, snippet
from menulint.reporters.base import Result, Summary, facts, place_of
from menulint.result import ReportContext, ReportError
from menulint.ui import Word, catalogue

if TYPE_CHECKING:
    from menulint.finding import BlockRef, Finding, Judgement, Provision
    from menulint.result import FileResult
    from menulint.source import Position

_INDENT = "      "
_KEPT = 1 << 10
"""How many texts are kept in mind as they are laid out: findings share law and the words of their rules."""
_MAX_LINES = 3
_MAX_PLACES = 12
_MAX_PROVISIONS = 2
_STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "path": "1",
    "strong": "1",
    "quiet": "2",
    "good": "32",
}


class _Spot(NamedTuple):
    """A place of a finding that counts."""

    start: Position
    end: Position
    block: BlockRef


class TerminalReporter:
    """One block of text per file with findings, then a line that sums up."""

    name = "terminal"

    def render(self, results: Iterable[Result], context: ReportContext) -> Iterator[str]:
        """See ``Reporter.render``."""
        summary, page = Summary(), _Page(context)
        for result in results:
            summary.add(result)
            yield "".join(line + "\n" for line in page.result(result))
        yield "".join(line + "\n" for line in page.closing(summary))


class _Page:
    """Lays out the lines of a report."""

    def __init__(self, context: ReportContext) -> None:
        self._context = context
        self._words = catalogue(context.ui_lang)
        self._width = max(40, context.width)
        self._law_of = lru_cache(_KEPT)(lambda judgements: tuple(self._law(judgements)))
        self._lines = lru_cache(_KEPT)(_wrapped)

    def result(self, result: Result) -> Iterator[str]:
        if isinstance(result, ReportError):
            unread = self._paint(self._words("terminal.not-read"), "error")
            yield f"{self._paint(result.path, 'path')}: {unread}: {self._other(result.message)}"
            return
        findings = [finding for finding in result.findings if finding.counts]
        if self._context.quiet:
            yield from (line for finding in findings for line in self._short(result, finding))
        elif findings:
            yield from self._header(result)
            for finding in findings:
                yield from self._finding(result, finding)
            yield ""
        else:
            yield from (f"{self._paint(result.path, 'path')}: {self._note(note)}" for note in result.notes)

    def closing(self, summary: Summary) -> Iterator[str]:
        if self._context.statistics and summary.rules:
            yield from self._table(summary)
        if self._context.quiet:
            return
        yield self._totals(summary)
        if absent := len(self._context.absent()):
            yield from textwrap.wrap(self._words.count("baseline.absent", absent), self._width)
        for said in (*summary.remarks(self._context, self._words), self._words("footer")):
            yield from (self._paint(line, "quiet") for line in textwrap.wrap(said, self._width))

    # One file

    def _header(self, result: FileResult) -> Iterator[str]:
        yield self._paint(result.path, "path")
        yield from self._wrap(facts("terminal.facts", result, self._words), "  ", style="quiet")
        for note in result.notes:
            yield from self._wrap(self._note(note), "  ", style="quiet")

    def _short(self, result: FileResult, finding: Finding) -> Iterator[str]:
        for spot in _spots(finding):
            severity = self._paint(finding.severity, finding.severity)
            yield f"{self._where(result.path, spot)}: {severity} {safe(f'{finding.rule} {finding.message}')}"

    # One finding

    def _finding(self, result: FileResult, finding: Finding) -> Iterator[str]:
        first, *others = _spots(finding)
        yield ""
        severity = self._paint(self._words.name("severity", finding.severity), finding.severity)
        rule = self._paint(f"{finding.rule} {finding.name}", "strong")
        yield f"  {self._where(result.path, first)}  {severity}  {rule}"
        yield from self._quote(result.lines, first, finding.severity)
        yield from self._wrap(finding.message, _INDENT)
        yield from self._said(self._words("terminal.why"), finding.why)
        yield from self._said(self._words("terminal.claim"), finding.explanation)
        if self._context.explain:
            yield from self._cues(finding)
        yield from self._law_of(finding.jurisdictions)
        yield from self._said(self._words("terminal.rewrite"), finding.rewrite)
        for fix in finding.fixes:
            yield from self._said(self._words("terminal.reworded"), f"“{fix.reads}”")
        yield from self._said(self._words("terminal.also"), self._places(others))
        if finding.more:
            yield from self._said(self._words.count("terminal.more", len(finding.more)), ", ".join(finding.more))
        yield from self._said(self._words("terminal.rule"), f"menulint explain {finding.rule}", wrap=False)

    def _where(self, path: str, spot: _Spot) -> str:
        if spot.block.quote:
            return self._paint(f"{path} [{place_of(spot.block, self._words)}]", "path")
        return self._paint(f"{path}:{spot.start.line}:{spot.start.column}", "path")

    def _quote(self, lines: Mapping[int, str], spot: _Spot, severity: str) -> Iterator[str]:
        """The source lines of the span, at most a few of them, underlined; the block's text where there are no lines."""
        if spot.block.quote:
            shown = snippet(spot.block.quote, spot.start.offset, spot.end.offset, self._width - 6)
            yield f"    {self._paint('|', 'quiet')} {shown.line}".rstrip()
            yield f"    {self._paint('|', 'quiet')} {self._paint(shown.carets, severity)}"
            return
        numbers = [n for n in range(spot.start.line, spot.end.line + 1)[:_MAX_LINES] if n in lines]
        gutter = max((len(str(n)) for n in numbers), default=0)
        for number in numbers:
            start = spot.start.column - 1 if number == spot.start.line else _margin(lines[number])
            end = spot.end.column - 1 if number == spot.end.line else len(lines[number])
            shown = snippet(lines[number], start, end, self._width - gutter - 7)
            yield f"    {self._paint(f'{number:>{gutter}} |', 'quiet')} {shown.line}".rstrip()
            yield f"    {self._paint(' ' * gutter + ' |', 'quiet')} {self._paint(shown.carets, severity)}"

    def _cues(self, finding: Finding) -> Iterator[str]:
        words = self._words
        voice = Word("speaker", finding.speaker), Word("stance", finding.stance)
        yield from self._said(words("terminal.said"), words("terminal.said-text", speaker=voice[0], stance=voice[1]))
        for cue in finding.cues:
            key = f"cue.{cue.says}" if words.knows(f"cue.{cue.says}") else "cue.other"
            said = words(key, text=cue.text, place=self._at(cue.start, cue.block), says=cue.says)
            yield from self._wrap(said, _INDENT + "  ", style="quiet")
        for part in finding.related:
            said = words("terminal.part", text=part.text, place=self._at(part.start, part.block), message=part.message)
            yield from self._wrap(said, _INDENT + "  ", style="quiet")

    # Law

    def _law(self, judgements: tuple[Judgement, ...]) -> Iterator[str]:
        cited: set[str] = set()
        for judgement in (j for j in judgements if j.raises):
            yield from self._judgement(judgement)
            yield from self._provisions(judgement, cited)
        if others := [j for j in judgements if not j.raises]:
            yield from self._said(self._words("terminal.elsewhere"), self._elsewhere(others))

    def _judgement(self, judgement: Judgement) -> Iterator[str]:
        said = self._words(
            "terminal.judgement",
            code=judgement.code,
            verdict=Word("verdict-long", judgement.verdict),
            severity=Word("severity", judgement.severity),
            sure=Word("confidence-long", judgement.confidence),
        )
        yield from self._wrap(said, _INDENT)

    def _provisions(self, judgement: Judgement, cited: set[str]) -> Iterator[str]:
        fresh = [name for name in judgement.provisions if name not in cited]
        if repeated := [name for name in judgement.provisions if name in cited]:
            said = self._words("terminal.as-above", provisions=", ".join(repeated))
            yield from self._wrap(said, _INDENT + "  ", style="quiet")
        shown = fresh if self._context.explain else fresh[:_MAX_PROVISIONS]
        for name in shown:
            yield from self._provision(name, self._context.provisions.get(name))
        if rest := fresh[len(shown) :]:
            said = self._words("terminal.and-provisions", provisions=", ".join(rest))
            yield from self._wrap(said, _INDENT + "  ", style="quiet")
        cited.update(shown)

    def _provision(self, name: str, provision: Provision | None) -> Iterator[str]:
        indent = _INDENT + "  "
        if provision is None:
            yield from self._wrap(name, indent)
            return
        force = f" ({provision.in_force})" if provision.in_force else ""
        yield from self._wrap(f"{provision.instrument}, {provision.provision}{force}: {provision.gist}", indent)
        yield f"{indent}{self._paint(f'[{name}] {provision.url}', 'quiet')}"

    # Closing

    def _table(self, summary: Summary) -> Iterator[str]:
        """How often each rule was found, the most frequent first."""
        rows = sorted(summary.rules.items(), key=lambda row: (-row[1], row[0]))
        digits = len(str(rows[0][1]))
        for (rule, name, severity), count in rows:
            said = self._paint(f"{self._words.name('severity', severity):<7}", severity)
            yield f"{count:>{digits}}  {said}  {safe(f'{rule} {name}')}"
        yield ""

    def _totals(self, summary: Summary) -> str:
        words, severities = self._words, summary.severities
        read = words.count("total.read", summary.files)
        if summary.unreadable:
            read = words("total.unread", read=read, n=summary.unreadable)
        beside = (("suppressed", summary.suppressed), ("unchanged", summary.unchanged))
        said = ", ".join(words.count(f"total.{what}", number) for what, number in beside if number)
        aside = f" ({said})" if said else ""
        if not summary.files:
            return self._paint(f"{read}.", "strong")
        if not summary.found:
            return self._paint(words("total.clean", read=read, aside=aside), "good")
        counts = [words.count(f"total.{s}", severities[s]) for s in ("error", "warning", "info") if severities[s]]
        return self._paint(words("total.found", read=read, counts=", ".join(counts), aside=aside), "strong")

    def _places(self, spots: list[_Spot]) -> str:
        named = ", ".join(self._at(spot.start, spot.block) for spot in spots[:_MAX_PLACES])
        rest = len(spots) - _MAX_PLACES
        return named + (self._words.count("terminal.more-places", rest) if rest > 0 else "")

    def _elsewhere(self, judgements: list[Judgement]) -> str:
        codes: dict[str, list[str]] = {}
        for judgement in judgements:
            codes.setdefault(judgement.verdict, []).append(judgement.code)
        return "; ".join(
            self._words("terminal.elsewhere-in", verdict=Word("verdict", verdict), places=", ".join(places))
            for verdict, places in codes.items()
        )

    # Text

    def _at(self, position: Position, block: BlockRef | None) -> str:
        """A place inside the file."""
        return place_of(block, self._words) if block and block.quote else f"{position.line}:{position.column}"

    def _note(self, note: str) -> str:
        return self._words("terminal.note", note=self._other(note))

    def _other(self, english: str) -> str:
        """What another part of menulint said, in the language of the report."""
        return safe(self._words.sentence(english))

    def _said(self, label: str, text: str, *, wrap: bool = True) -> Iterator[str]:
        if text and wrap:
            yield from self._wrap(f"{label}: {text}", _INDENT)
        elif text:
            yield _INDENT + self._paint(f"{label}: {text}", "quiet")

    def _wrap(self, text: str, indent: str, *, style: str = "") -> Iterator[str]:
        for line in self._lines(safe(text), self._width - len(indent)):
            yield indent + (self._paint(line, style) if style else line)

    def _paint(self, text: str, style: str) -> str:
        text = safe(text)
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self._context.color and style in _STYLES else text


def _spots(finding: Finding) -> list[_Spot]:
    """The places that are neither suppressed nor in the baseline, in file order."""
    places = [(_Spot(finding.start, finding.end, finding.block), finding.suppressed, finding.baseline)]
    places += [(_Spot(place.start, place.end, place.block), place.suppressed, place.baseline) for place in finding.also]
    return [spot for spot, suppressed, baseline in places if suppressed is None and baseline != "unchanged"]


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())


REPORTER = TerminalReporter()
