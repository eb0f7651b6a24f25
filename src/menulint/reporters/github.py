"""Workflow commands of GitHub Actions: annotations on the lines of a change.

GitHub shows at most ten annotations a level and step and drops the rest without a word. So the worst come first, the
same finding in a file is one annotation that says how many places it has, and what would be dropped is printed as plain
lines of the log, with a notice that says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from menulint.finding import FileResult, Finding, Place, ReportContext, ReportError
from menulint.reporters._places import inside, is_text, law
from menulint.reporters._snippet import safe
from menulint.reporters.base import Result

SHOWN = 10
"""Annotations of one level that GitHub shows of a step."""

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}
_BAD_FIRST = ("error", "warning", "notice")


class GitHubReporter:
    """Collects the findings that count, since the worst must come first."""

    name = "github"

    def render(self, results: Iterable[Result], context: ReportContext) -> Iterator[str]:
        """See ``Reporter.render``."""
        found: dict[str, list[tuple[str, str]]] = {level: [] for level in _BAD_FIRST}
        for result in results:
            if isinstance(result, ReportError):
                where = f"file={_property(result.path)},title=not read"
                found["error"].append((f"::error {where}::{_data(result.message)}", f"{result.path}: {result.message}"))
                continue
            for finding in result.findings:
                if places := [p for p in finding.places if p.suppressed is None and p.baseline != "unchanged"]:
                    level = _LEVELS[finding.severity]
                    found[level].append(_annotation(level, result, finding, places, context))
        yield from _written(found)


def _written(found: dict[str, list[tuple[str, str]]]) -> Iterator[str]:
    left = Counter({level: max(0, len(lines) - SHOWN) for level, lines in found.items()})
    for level in _BAD_FIRST:
        for command, _ in found[level][: SHOWN - (level == "notice" and bool(left.total()))]:
            yield command + "\n"
    if left.total():
        counts = ", ".join(f"{left[level]} {level}s" for level in _BAD_FIRST if left[level])
        said = f"GitHub shows {SHOWN} annotations of a kind for each step; {counts} more stand in the log of this step"
        yield f"::notice title=menulint::{said}\n::group::menulint: {counts} more\n"
        for level in _BAD_FIRST:
            yield from (f"{level}: {safe(line)}\n" for _, line in found[level][SHOWN - (level == "notice") :])
        yield "::endgroup::\n"


def _annotation(
    level: str, result: FileResult, finding: Finding, places: list[Place], context: ReportContext
) -> tuple[str, str]:
    first = places[0]
    title = f"{finding.rule} {finding.name}" + (f" ({len(places)} places in this file)" if len(places) > 1 else "")
    where = {"file": result.path, "title": title}
    if is_text(first.block):
        where |= {
            "line": str(first.start.line),
            "endLine": str(first.end.line),
            **({"col": str(first.start.column), "endColumn": str(first.end.column)} if _on_one_line(first) else {}),
        }
    said = [finding.message, finding.rewrite, *(f"Could become: “{fix.reads}”" for fix in first.fixes)]
    said += [f"{p.instrument}, {p.provision}: {p.url}" for p in law(finding, context)]
    if not is_text(first.block):
        said.insert(0, inside(first.block))
    properties = ",".join(f"{name}={_property(value)}" for name, value in where.items())
    at = inside(first.block) or f"{first.start.line}:{first.start.column}"
    return (
        f"::{level} {properties}::{_data(chr(10).join(filter(None, said)))}",
        f"{result.path}:{at}: {title}: {finding.message}",
    )


def _on_one_line(place: Place) -> bool:
    """GitHub refuses columns of an annotation over several lines."""
    return place.start.line == place.end.line


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


REPORTER = GitHubReporter()
