"""The contract of a reporter, and the summary that every one of them closes with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol, TypeAlias

from menulint.result import FileResult, ReportError
from menulint.scales import SEVERITIES
from menulint.ui import Catalogue, Word

if TYPE_CHECKING:
    from menulint.finding import BlockRef, Finding
    from menulint.result import ReportContext

Result: TypeAlias = FileResult | ReportError


class Reporter(Protocol):
    """Writes one format. A module of this package that holds ``REPORTER`` adds a format; nothing else has to know."""

    name: str
    """What ``--format`` calls it."""

    def render(self, results: Iterable[Result], context: ReportContext) -> Iterator[str]:
        """The report in pieces, each as soon as it is known: ``results`` is consumed once, one file at a time.

        Pure: same results and context, same text. It never raises on a result.
        """
        ...


def wants_copy(reporter: Reporter) -> bool:
    """Whether a reporter shows ``FileResult.copy``: it says so by a true ``wants_copy`` of its own."""
    return bool(getattr(reporter, "wants_copy", False))


def facts(key: str, result: FileResult, words: Catalogue) -> str:
    """What a file was read as, and why: format, language, genre, whose law."""
    return words(
        key,
        format=result.format,
        language=result.language or words("terminal.unknown"),
        genre=Word("genre", result.genre),
        genre_by=words.because(result.genre_by),
        places=", ".join(result.jurisdictions) or words("terminal.no-place"),
        places_by=words.because(result.jurisdictions_by),
    )


def place_of(block: BlockRef, words: Catalogue) -> str:
    """What a block of a file that is not text is called: its cell, page or node."""
    if block.page is not None and not block.cell:
        return words("terminal.page", page=block.page)
    return block.place or words("terminal.document")


class Summary:
    """What was read and found, counted while the results stream by.

    A finding counts once, however many places it folds: under its severity if one of its places counts, else as
    ``unchanged`` if one of them is accepted in the baseline, else as ``suppressed``.
    """

    def __init__(self) -> None:
        self.files = self.unreadable = self.suppressed = self.unchanged = 0
        self.severities: Counter[str] = Counter()
        self.rules: Counter[tuple[str, str, str]] = Counter()
        self.shown: set[str] = set()

    def add(self, result: Result) -> None:
        """Count one result."""
        if isinstance(result, ReportError):
            self.unreadable += 1
            return
        self.files += 1
        for finding in result.findings:
            self._count(finding)
            self.shown.add(finding.rule)

    def _count(self, finding: Finding) -> None:
        if finding.counts:
            self.severities[finding.severity] += 1
            self.rules[finding.rule, finding.name, finding.severity] += 1
        elif "unchanged" in (finding.baseline, *(place.baseline for place in finding.also)):
            self.unchanged += 1
        else:
            self.suppressed += 1

    def remarks(self, context: ReportContext, words: Catalogue) -> Iterator[str]:
        """What a report in another language than English says once: which of its texts are not in that language."""
        if self.shown and words("law-summaries"):
            yield words("law-summaries")
        if missing := sorted(self.shown & context.untranslated):
            yield words.count("untranslated", len(missing), rules=", ".join(missing))

    @property
    def found(self) -> int:
        """How many findings count."""
        return self.severities.total()

    def at_or_above(self, severity: str) -> int:
        """How many findings that count are at least that bad."""
        return sum(self.severities[name] for name in SEVERITIES[SEVERITIES.index(severity) :])
