"""The report as one self-contained web page, for the person who answers for the copy.

Nothing is fetched: style and script stand in the page, and its content security policy allows nothing else. All text
of the checked pages is escaped, whatever a browser would obey in it is shown as a mark, and only http and https
addresses become links. The page is complete without its script, which only filters, opens and closes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, NamedTuple, TypeAlias

from jinja2 import Environment
from jinja2.runtime import Macro

from menulint.finding import (
    CONFIDENCES,
    SEVERITIES,
    VERDICTS,
    BlockRef,
    CopyBlock,
    FileResult,
    Finding,
    Place,
    ReportContext,
    ReportError,
)
from menulint.reporters._page import content_policy, environment
from menulint.reporters.base import Result, Summary, facts, place_of
from menulint.source import Position
from menulint.ui import Catalogue, Word, catalogue

SIGNS = {"prohibited": "✕", "needs-evidence": "?", "advice": "i"}
"""What tells the verdicts apart without colour, beside their names."""
FACETS = ("severity", "verdict", "jurisdiction", "category", "confidence", "state")
"""What findings can be filtered by."""
STATES = ("counts", "suppressed", "unchanged")
CONTEXT_PASSAGES = 2
"""How many passages before and after one with a finding are shown at once."""
FOLDED_MIN = 3
"""A stretch of fewer passages without findings is shown rather than folded."""
_MOST_PARTS = 1 << 13
"""How many parts of a kind are kept in mind for findings and passages that say the same."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


Parts: TypeAlias = dict[str, dict[tuple[Any, ...], str]]
"""Parts of the page by the macro that makes them and what they are made of."""


class Mark(NamedTuple):
    """A reference from the copy to a finding: its own id, and the number of the finding in the file."""

    id: str
    number: int


@dataclass(slots=True)
class Piece:
    """A stretch of a block under the same findings (none: plain copy), and the references that follow it."""

    text: str
    verdict: str = ""
    numbers: tuple[int, ...] = ()
    marks: list[Mark] = field(default_factory=list)


class Cell(NamedTuple):
    """A block of copy in pieces."""

    block: CopyBlock
    pieces: list[Piece]


@dataclass(slots=True)
class Passage:
    """A block, or the cells of a table row side by side, with the findings first met there."""

    cells: list[Cell]
    items: list[Item] = field(default_factory=list)

    @property
    def found(self) -> bool:
        """Whether any finding stands here."""
        return any(cell.block.spans for cell in self.cells)

    @property
    def role(self) -> str:
        """What kind of place it is."""
        return self.cells[0].block.role

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in its cells."""
        return tuple(cell.block.text for cell in self.cells)


class Stretch(NamedTuple):
    """Passages shown at once, or folded away."""

    folded: bool
    passages: list[Passage]


class Spot(NamedTuple):
    """A place of a finding in words, the reference to it in the copy if there is one, and why it does not count, if so."""

    place: str
    mark: str
    aside: str


@dataclass(slots=True)
class Item:
    """A finding as the page shows it."""

    number: int
    finding: Finding
    state: str
    spots: list[Spot] = field(default_factory=list)

    @property
    def codes(self) -> tuple[str, ...]:
        """The jurisdictions that make something of it, each once."""
        return tuple(dict.fromkeys(judgement.code for judgement in self.finding.jurisdictions))

    @property
    def values(self) -> tuple[str, str, tuple[str, ...], str, str, str]:
        """What the filters look at, in the order of ``FACETS``."""
        found = self.finding
        return found.severity, found.verdict, self.codes, found.category, found.confidence, self.state


class HtmlReporter:
    """Keeps the finished part of each file until the last one is known: the summary stands at the top."""

    name = "html"
    wants_copy = True

    def render(self, results: Iterable[Result], context: ReportContext) -> Iterator[str]:
        """See ``Reporter.render``."""
        report, page = Report(context), _page()
        files = [page.file(view) for view in map(report.add, results) if view]
        yield page.head(report)
        yield from files
        yield page.foot(report)


def templates(*packages: str) -> Environment:
    """The templates of the report with what they need, and those of other ``packages`` that take parts of it."""
    made = environment("templates", *packages)
    made.globals |= {"signs": SIGNS, "verdicts": VERDICTS[::-1], "word": Word}
    made.filters |= {"capital": _capital}
    return made


class _Templates:
    """The templates of the page with the style and script that go into it."""

    def __init__(self) -> None:
        self._env = templates()

    def head(self, report: Report) -> str:
        """Everything above the first file."""
        style, script = self._text("style.css"), self._text("script.js")
        policy = content_policy(style, script)
        return self._render("head.html.j2", report.words, report=report, style=style, policy=policy)

    def file(self, view: FileView) -> str:
        """A file with findings."""
        return self._render("file.html.j2", view.words, file=view)

    def foot(self, report: Report) -> str:
        """Everything below the last file."""
        return self._render("foot.html.j2", report.words, report=report, script=self._text("script.js"))

    def _text(self, name: str) -> str:
        loader = self._env.loader
        assert loader is not None
        return loader.get_source(self._env, name)[0]

    def _render(self, name: str, words: Catalogue, **values: Any) -> str:
        return self._env.get_template(name).render(values, t=words) + "\n"


class Row(NamedTuple):
    """A bar of the chart: what it counts, how many of each verdict, and where its parts begin and end in per cent."""

    name: str
    counts: dict[str, int]
    parts: list[tuple[str, float, float]]

    @property
    def total(self) -> int:
        """All verdicts together."""
        return sum(self.counts.values())


class Report:
    """What the whole page needs to know, gathered while the files go by; ``view`` shows a file with findings."""

    def __init__(self, context: ReportContext, view: type[FileView] | None = None) -> None:
        self.context, self._view = context, view or FileView
        self.words = catalogue(context.ui_lang)
        self._parts: Parts = defaultdict(dict)
        self.summary = Summary()
        self.verdicts: Counter[str] = Counter()
        self.files: list[FileView] = []
        self.clean: list[FileResult] = []
        self.unread: list[ReportError] = []
        self._categories: dict[str, Counter[str]] = {}
        self._values: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}

    def add(self, result: Result) -> FileView | None:
        """Count a result; its view if there is something to show."""
        self.summary.add(result)
        if isinstance(result, ReportError):
            self.unread.append(result)
        elif not result.findings:
            self.clean.append(result)
        else:
            self.files.append(self._view(len(self.files) + 1, result, self.context, self._parts))
            for item in self.files[-1].items:
                self._count(item)
            return self.files[-1]
        return None

    def _count(self, item: Item) -> None:
        for facet, value in zip(FACETS, item.values, strict=True):
            self._values[facet].update((value,) if isinstance(value, str) else value)
        if item.state == "counts":
            self.verdicts[item.finding.verdict] += 1
            self._categories.setdefault(item.finding.category, Counter())[item.finding.verdict] += 1

    @property
    def severities(self) -> list[tuple[str, int]]:
        """How many findings of each severity, the worst first."""
        return [(name, self.summary.severities[name]) for name in reversed(SEVERITIES)]

    @property
    def chart(self) -> list[Row]:
        """A bar for each category, the longest first."""
        longest = max((counts.total() for counts in self._categories.values()), default=1)
        rows = sorted(self._categories.items(), key=lambda row: (-row[1].total(), row[0]))
        return [_row(name, counts, longest) for name, counts in rows]

    @property
    def filters(self) -> list[tuple[str, list[tuple[str, str, int]]]]:
        """Each filter with its choices: value, name, how many findings."""
        values = [(facet, counts) for facet, counts in self._values.items() if counts]
        return [(facet, _choices(facet, counts, self.words)) for facet, counts in values if _useful(facet, counts)]

    @property
    def remarks(self) -> list[str]:
        """Which texts of the report are not in its language."""
        return list(self.summary.remarks(self.context, self.words))


def _row(name: str, counts: Mapping[str, int], longest: int) -> Row:
    parts, at = [], 0.0
    for verdict in VERDICTS[::-1]:
        width = 100 * counts.get(verdict, 0) / longest
        if width:
            parts.append((verdict, round(at, 2), round(width, 2)))
        at += width
    return Row(name, {verdict: counts.get(verdict, 0) for verdict in VERDICTS[::-1]}, parts)


def _useful(facet: str, counts: Mapping[str, int]) -> bool:
    return facet != "state" or set(counts) != {"counts"}


_ORDERS = {
    "severity": SEVERITIES[::-1],
    "verdict": VERDICTS[::-1],
    "confidence": CONFIDENCES[::-1],
    "state": STATES,
}


def _choices(facet: str, counts: Mapping[str, int], words: Catalogue) -> list[tuple[str, str, int]]:
    order = _ORDERS.get(facet, ())
    ranked = sorted(counts, key=lambda value: (order.index(value) if value in order else len(order), value))
    kind = "html.state" if facet == "state" else facet
    return [(value, _capital(words.name(kind, value)), counts[value]) for value in ranked]


class FileView:
    """A file with findings: its copy in passages, each followed by the findings first met in it."""

    def __init__(self, number: int, result: FileResult, context: ReportContext, parts: Parts) -> None:
        self.number, self.result, self.context, self._parts = number, result, context, parts
        self.words = catalogue(context.ui_lang)
        self.items = [Item(n, finding, _state(finding)) for n, finding in enumerate(result.findings, 1)]
        self._marks: dict[int, list[str]] = {}
        passages = _passages([Cell(block, self._pieces(block)) for block in result.copy])
        self.without_place = self._place_items(passages)
        self.stretches = _stretches(passages)
        for item in self.items:
            item.spots = _spots(item.finding, self._marks.get(item.number, []), self.words)

    @property
    def fixable(self) -> bool:
        """Whether the page offers to make what a finding could become of it: a report does not."""
        return False

    @property
    def opened(self) -> bool:
        """Whether all of a finding is shown at once: in a report it opens by a click."""
        return False

    @property
    def language(self) -> str:
        """The language of the copy where it is well formed."""
        return self.result.language if _LANGUAGE.fullmatch(self.result.language) else ""

    @cached_property
    def verdicts(self) -> Counter[str]:
        """How many findings count, by verdict."""
        return Counter(item.finding.verdict for item in self.items if item.state == "counts")

    @property
    def facts(self) -> str:
        """What the file was read as, and why."""
        return facts("html.facts", self.result, self.words)

    @property
    def aside(self) -> int:
        """How many findings do not count."""
        return len(self.items) - self.verdicts.total()

    def quote(self, item: Item) -> str:
        """The lines of the file a finding stands on, where there is no copy to show it in."""
        if item.finding.block.quote:
            return item.finding.block.quote[:400]
        numbers = range(item.finding.start.line, item.finding.end.line + 1)[:3]
        return "\n".join(self.result.lines[n][:400] for n in numbers if n in self.result.lines)

    def once(self, macro: Macro, *values: Any) -> str:
        """What a macro of the template makes of some values, and of nothing else: worked out once for all files."""
        known = self._parts[macro.name]
        made = known.get(values)
        if made is None:
            if len(known) >= _MOST_PARTS:
                known.clear()
            made = known[values] = macro(*values)
        return made

    def _place_items(self, passages: Iterable[Passage]) -> list[Item]:
        """Put each finding behind the first passage it marks; those without one."""
        waiting = dict(enumerate(self.items))
        for passage in passages:
            for span in (span for cell in passage.cells for span in cell.block.spans):
                if item := waiting.pop(span.finding, None):
                    passage.items.append(item)
            passage.items.sort(key=_number)
        return list(waiting.values())

    def _pieces(self, block: CopyBlock) -> list[Piece]:
        """The text of a block, cut wherever a finding begins or ends."""
        if not block.spans:
            return [Piece(block.text)]
        length = len(block.text)
        spans = [s for s in block.spans if 0 <= s.start <= s.end <= length and s.finding < len(self.items)]
        cuts = sorted({0, length, *(edge for span in spans for edge in (span.start, span.end))})
        starts, active, pieces = iter([*spans, None]), list[int](), list[Piece]()
        ends: dict[int, list[int]] = {}
        following = next(starts)
        for start, end in zip(cuts, [*cuts[1:], length], strict=True):
            while following is not None and following.start == start:
                active.append(following.finding)
                ends.setdefault(following.end, []).append(following.finding)
                following = next(starts)
            pieces.append(self._piece(block.text[start:end], active))
            for finding in ends.pop(end, ()):
                active.remove(finding)
                pieces[-1].marks.append(self._mark(finding))
        return pieces

    def _piece(self, text: str, active: Sequence[int]) -> Piece:
        items = [self.items[finding] for finding in dict.fromkeys(active)]
        verdicts = [item.finding.verdict for item in items if item.state == "counts"]
        worst = next((v for v in VERDICTS[::-1] if v in verdicts), "aside" if items else "")
        return Piece(text, worst, tuple(item.number for item in items))

    def _mark(self, finding: int) -> Mark:
        number = self.items[finding].number
        known = self._marks.setdefault(number, [])
        known.append(f"m{self.number}-{number}-{len(known) + 1}")
        return Mark(known[-1], number)


def _number(item: Item) -> int:
    return item.number


def _passages(cells: Iterable[Cell]) -> list[Passage]:
    """Blocks as passages: the cells of one table row become one."""
    passages: list[Passage] = []
    for cell in cells:
        row = cell.block.row
        if row is not None and passages and passages[-1].cells[-1].block.row == row:
            passages[-1].cells.append(cell)
        else:
            passages.append(Passage([cell]))
    return passages


def _stretches(passages: Sequence[Passage]) -> list[Stretch]:
    """Passages with findings, those around them and the heading above; the rest folded."""
    shown = set[int]()
    heading = None
    for index, passage in enumerate(passages):
        if passage.cells[0].block.role == "heading":
            heading = index
        if passage.found:
            shown.update(range(index - CONTEXT_PASSAGES, index + CONTEXT_PASSAGES + 1))
            shown |= {heading} if heading is not None else set()
    stretches: list[Stretch] = []
    for index, passage in enumerate(passages):
        folded = index not in shown
        if stretches and stretches[-1].folded == folded:
            stretches[-1].passages.append(passage)
        else:
            stretches.append(Stretch(folded, [passage]))
    return [Stretch(s.folded and len(s.passages) >= FOLDED_MIN, s.passages) for s in stretches]


def _spots(finding: Finding, marks: Sequence[str], words: Catalogue) -> list[Spot]:
    places = finding.places
    known = marks if len(marks) == len(places) else [""] * len(places)
    return [
        Spot(place_name(place.start, place.block, words), mark, _aside(place, words))
        for place, mark in zip(places, known, strict=True)
    ]


def place_name(start: Position, block: BlockRef, words: Catalogue) -> str:
    """Where something stands: line and column, or the cell or page of a file that is not text."""
    return place_of(block, words) if block.quote else words("html.place", line=start.line, column=start.column)


def _aside(place: Place, words: Catalogue) -> str:
    suppressed, baseline = place.suppressed, place.baseline
    if suppressed and place.block.quote:
        return words("aside.suppressed-here", reason=suppressed.reason)
    if suppressed:
        until = suppressed.until or ""
        key = "aside.suppressed-until" if until else "aside.suppressed"
        return words(key, line=suppressed.line, until=until, reason=suppressed.reason)
    return words("aside.baseline") if baseline == "unchanged" else ""


def _capital(text: str) -> str:
    """With a capital in front; jurisdictions and the like stay as they are."""
    return text[:1].upper() + text[1:]


def _state(finding: Finding) -> str:
    if finding.counts:
        return "counts"
    baselines = (finding.baseline, *(place.baseline for place in finding.also))
    return "unchanged" if "unchanged" in baselines else "suppressed"


@cache
def _page() -> _Templates:
    """Compiled once for a run of many reports."""
    return _Templates()


REPORTER = HtmlReporter()
