"""A comment for a pull request, in Markdown: totals, then a section for each file that can be unfolded.

A comment may hold 65,536 characters on GitHub. What does not fit is left out whole findings at a time, the worst kept,
and the comment says how many. Copy of pages is escaped: it can neither mention people, nor make links, nor close the
markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from menulint.finding import SEVERITIES, FileResult, Finding, Place, ReportContext, ReportError
from menulint.reporters._places import inside, law
from menulint.reporters._snippet import safe
from menulint.reporters.base import Result, Summary
from menulint.ui import Catalogue, Word, catalogue

LONGEST = 60_000
"""Characters a comment holds at most."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+!|~$&-])")
_MARKS = {"error": "🔴", "warning": "🟠", "info": "🔵"}


class MarkdownReporter:
    """Collects the findings that count: which of them fit is known only at the end."""

    name = "markdown"

    def render(self, results: Iterable[Result], context: ReportContext) -> Iterator[str]:
        """See ``Reporter.render``."""
        words = catalogue(context.ui_lang)
        summary, unread, found = Summary(), list[str](), list[tuple[FileResult, Finding]]()
        for result in results:
            summary.add(result)
            if isinstance(result, ReportError):
                unread.append(
                    f"- {_code(result.path)}: {words('terminal.not-read')}: {plain(words.sentence(result.message))}\n"
                )
            else:
                found += [(result, finding) for finding in result.findings if finding.counts]
        yield f"### menulint: {_totals(summary, words)}\n\n"
        yield from unread[:50]
        yield from _sections(found, context, words)
        yield f"\n<sub>{plain(words('footer'))}</sub>\n"


def _totals(summary: Summary, words: Catalogue) -> str:
    counts = [words.count(f"total.{s}", summary.severities[s]) for s in reversed(SEVERITIES) if summary.severities[s]]
    return ", ".join(counts) or words("markdown.nothing")


def _sections(found: list[tuple[FileResult, Finding]], context: ReportContext, words: Catalogue) -> Iterator[str]:
    """The files in order, each with its findings; of too many, the worst."""
    items = [(result, finding, _item(result, finding, context, words)) for result, finding in found]
    kept, room = set[int](), LONGEST
    for at in sorted(range(len(items)), key=lambda at: -SEVERITIES.index(items[at][1].severity)):
        room -= len(items[at][2])
        if room < 0:
            break
        kept.add(at)
    path = ""
    for at, (result, _, text) in enumerate(items):
        if at not in kept:
            continue
        if result.path != path:
            yield "\n</details>\n\n" if path else ""
            path = result.path
            yield f"<details open><summary>{_html(path)}</summary>\n\n"
        yield text
    yield "\n</details>\n" if path else ""
    if left := len(items) - len(kept):
        yield "\n" + words.count("markdown.left-out", left) + "\n"


def _item(result: FileResult, finding: Finding, context: ReportContext, words: Catalogue) -> str:
    places = [p for p in finding.places if p.suppressed is None and p.baseline != "unchanged"]
    at = ", ".join(_where(place) for place in places[:8]) + (" …" if len(places) > 8 else "")
    severity = words.name("severity", finding.severity)
    verdict = words("markdown.verdict", verdict=Word("verdict-long", finding.verdict))
    rule = f"{_code(finding.rule)} {plain(finding.name)}"
    lines = [
        f"- {_MARKS[finding.severity]} **{severity}** {rule} ({at}): {plain(finding.message)}",
        f"  {plain(verdict)}. {plain(finding.why)}" if finding.why else f"  {plain(verdict)}.",
        *(
            f"  - {plain(p.instrument)}, {plain(p.provision)}: {plain(p.gist)} <{_address(p.url)}>"
            for p in law(finding, context)[:4]
        ),
        f"  - **{words('terminal.rewrite')}**: {plain(finding.rewrite)}" if finding.rewrite else "",
        *(f"  - **{words('terminal.reworded')}**: “{plain(fix.reads)}”" for fix in finding.fixes),
    ]
    return "\n".join(line for line in lines if line) + "\n"


def _where(place: Place) -> str:
    return plain(inside(place.block)) or f"{place.start.line}:{place.start.column}"


def plain(text: str) -> str:
    """Text in which nothing is markup, nobody is mentioned and no issue is referred to."""
    return (
        _SPECIAL.sub(r"\\\1", safe(text))
        .replace("@", "@\u200b")
        .replace("://", ":\u200b//")
        .replace("www.", "www\u200b.")
    )


def _html(text: str) -> str:
    return safe(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", "@\u200b")


def _code(text: str) -> str:
    return "`" + safe(text).replace("`", "'") + "`"


def _address(url: str) -> str:
    return safe(url).replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")


REPORTER = MarkdownReporter()
