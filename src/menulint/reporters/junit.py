"""JUnit XML, as build servers read it: a suite for each file, a case for each place.

A place fails if its severity is at or above ``fail_on``; one below passes and is told in ``system-out``; a suppressed
or accepted one is skipped. Times are those of the law that was applied and durations nought: the same input gives the
same report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from menulint.finding import SEVERITIES, FileResult, ReportContext, ReportError
from menulint.reporters._places import Row, inside, law, rows, xml_text
from menulint.reporters.base import Result


class JUnitReporter:
    """Streams one suite for each file."""

    name = "junit"

    def render(self, results: Iterable[Result], context: ReportContext) -> Iterator[str]:
        """See ``Reporter.render``."""
        yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'
        for number, result in enumerate(results):
            yield (
                _unread(result, number, context) if isinstance(result, ReportError) else _suite(result, number, context)
            )
        yield "</testsuites>\n"


def _suite(result: FileResult, number: int, context: ReportContext) -> str:
    found = list(rows(result))
    failing = [row for row in found if row.counts and _fails(row, context)]
    told = [row for row in found if row.counts and not _fails(row, context)]
    cases = [_case(row, context) for row in found] or [_open_case(result.path, "no finding") + "/>"]
    out = "\n".join([*(_said(row, context) for row in told), *result.notes])
    return _wrapped(result.path, number, context, cases, len(failing), 0, out)


def _unread(error: ReportError, number: int, context: ReportContext) -> str:
    said = f"<error message={_attribute(error.message)} type={_attribute(error.code)}/>"
    case = f"{_open_case(error.path, 'read')}>{said}</testcase>"
    return _wrapped(error.path, number, context, [case], 0, 1, "")


def _wrapped(
    path: str, number: int, context: ReportContext, cases: list[str], failures: int, errors: int, out: str
) -> str:
    lines = "\n    ".join(cases)
    return (
        f'  <testsuite package="menulint" id="{number}" name={_attribute(path)} timestamp="{context.as_of}T00:00:00" '
        f'hostname="localhost" tests="{len(cases)}" failures="{failures}" errors="{errors}" time="0">\n'
        f"    <properties/>\n    {lines}\n"
        f"    <system-out>{escape(xml_text(out))}</system-out>\n    <system-err></system-err>\n  </testsuite>\n"
    )


def _fails(row: Row, context: ReportContext) -> bool:
    level = context.options.get("fail_on", "error")
    return level != "never" and SEVERITIES.index(row.finding.severity) >= SEVERITIES.index(level)


def _case(row: Row, context: ReportContext) -> str:
    place = row.place
    where = inside(place.block) or f"{place.start.line}:{place.start.column}"
    opened = _open_case(row.file.path, f"{row.finding.rule} {row.finding.name} at {where}")
    if not row.counts:
        reason = place.suppressed.reason if place.suppressed else "accepted in the baseline"
        return f"{opened}><skipped message={_attribute(reason)}/></testcase>"
    if not _fails(row, context):
        return opened + "/>"
    message, kind = _attribute(row.finding.message), _attribute(row.finding.severity)
    return (
        f"{opened}><failure message={message} type={kind}>{escape(xml_text(_said(row, context)))}</failure></testcase>"
    )


def _open_case(path: str, name: str) -> str:
    return f'<testcase name={_attribute(name)} classname={_attribute(path)} time="0"'


def _said(row: Row, context: ReportContext) -> str:
    finding, start = row.finding, row.place.start
    where = f"{row.file.path} [{row.inside}]" if row.inside else f"{row.file.path}:{start.line}:{start.column}"
    cited = [f"{p.instrument}, {p.provision}: {p.url}" for p in law(finding, context)]
    lines = (f"{where}: {finding.severity} {finding.rule} {finding.message}", finding.why, *cited, finding.rewrite)
    return "\n".join(line for line in lines if line)


def _attribute(text: str) -> str:
    return quoteattr(" ".join(xml_text(text).split()) or "-")


REPORTER = JUnitReporter()
