"""SARIF 2.1.0 (OASIS), as code scanning services read it.

Columns count code points (``columnKind``). A place in a file that is not text has no region but a logical location (cell,
page). Suppressions and baseline states are those of the run; the fingerprint is the finding's own, so that a result survives
edits elsewhere. What the baseline accepts and the copy no longer holds comes last, as ``absent``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from menulint.finding import Absent, FileResult, Finding, Fix, Judgement, Place, ReportContext, ReportError
from menulint.reporters._places import inside, is_text, law, rows, uri
from menulint.reporters.base import Result
from menulint.reporters.json import dump
from menulint.source import Position

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_FINGERPRINT = "menulint/v1"


@dataclass(slots=True)
class _Seen:
    """What the run is described by at its end: the rules that fired with their law, and the inputs that were not read."""

    rules: dict[str, tuple[Finding, dict[str, None]]] = field(default_factory=dict)
    unread: list[ReportError] = field(default_factory=list)
    _known: set[tuple[str, tuple[Judgement, ...]]] = field(default_factory=set)

    def add(self, finding: Finding, context: ReportContext) -> None:
        if (finding.rule, finding.jurisdictions) in self._known:
            return
        self._known.add((finding.rule, finding.jurisdictions))
        _, cited = self.rules.setdefault(finding.rule, (finding, {}))
        for provision in law(finding, context):
            cited[f"{provision.instrument}, {provision.provision}: {provision.gist} {provision.url}"] = None


class SarifReporter:
    """Streams the results; the tool and its rules close the document."""

    name = "sarif"

    def render(self, results: Iterable[Result], context: ReportContext) -> Iterator[str]:
        """See ``Reporter.render``."""
        seen, separator = _Seen(), "\n"
        head = {"$schema": _SCHEMA, "version": "2.1.0", "runs": []}
        yield dump(head, 0).removesuffix("[]\n}")
        yield '[{\n    "columnKind": "unicodeCodePoints",\n    "results": ['
        for result in results:
            if isinstance(result, ReportError):
                seen.unread.append(result)
                continue
            for row in rows(result):
                seen.add(row.finding, context)
                yield separator + "      " + dump(_result(result, row.finding, row.place), 6)
                separator = ",\n"
        for place in context.absent():
            yield separator + "      " + dump(_absent(place), 6)
            separator = ",\n"
        yield "],\n" if separator == "\n" else "\n    ],\n"
        yield f'    "tool": {dump(_tool(seen, context), 4)},\n'
        yield f'    "invocations": {dump([_invocation(seen)], 4)}\n  }}]\n}}\n'


def _result(file: FileResult, finding: Finding, place: Place) -> dict[str, Any]:
    made: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [_location(file, place.start, place.end, place, finding.text)],
        "partialFingerprints": {_FINGERPRINT: place.fingerprint},
        "properties": {
            "verdict": finding.verdict,
            "confidence": finding.confidence,
            "speaker": finding.speaker,
            "stance": finding.stance,
            "jurisdictions": [
                {"code": judged.code, "verdict": judged.verdict, "provisions": list(judged.provisions)}
                for judged in finding.jurisdictions
            ],
        },
    }
    if related := [_related(file, place, part, at) for at, part in enumerate(finding.related)]:
        made["relatedLocations"] = related
    if place.fixes and is_text(place.block):
        made["fixes"] = [_fix(file, fix) for fix in place.fixes]
    if place.suppressed:
        made["suppressions"] = [{"kind": "inSource", "justification": place.suppressed.reason}]
    if place.baseline:
        made["baselineState"] = place.baseline
    return made


def _absent(place: Absent) -> dict[str, Any]:
    """A result of an earlier run that this one no longer has: nobody knows on which line it stood."""
    return {
        "ruleId": place.rule,
        "level": "note",
        "message": {
            "text": f"“{place.text}” was accepted on {place.added} ({place.reason}) and is not there any more."
        },
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(place.path)}}}],
        "partialFingerprints": {_FINGERPRINT: place.fingerprint},
        "baselineState": "absent",
    }


def _message(finding: Finding) -> str:
    return f"{finding.message} {finding.rewrite}".strip()


def _fix(file: FileResult, fix: Fix) -> dict[str, Any]:
    replacements = [
        {
            "deletedRegion": {"charOffset": edit.start.offset, "charLength": edit.end.offset - edit.start.offset}
            | _region(edit.start, edit.end),
            "insertedContent": {"text": edit.text},
        }
        for edit in fix.edits
    ]
    change = {"artifactLocation": {"uri": uri(file.path)}, "replacements": replacements}
    return {"description": {"text": f"Could become: “{fix.reads}”"}, "artifactChanges": [change]}


def _region(start: Position, end: Position) -> dict[str, int]:
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _location(file: FileResult, start: Position, end: Position, place: Place, text: str = "") -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri(file.path)}}
    if not is_text(place.block):
        return {"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": inside(place.block)}]}
    physical["region"] = {
        **_region(start, end),
        "charOffset": start.offset,
        "charLength": end.offset - start.offset,
    }
    if text:
        physical["region"]["snippet"] = {"text": text}
    return {"physicalLocation": physical}


def _related(file: FileResult, place: Place, part: Any, at: int) -> dict[str, Any]:
    location = _location(file, part.start, part.end, place)
    return {"id": at, **location, "message": {"text": part.message or part.role}}


def _tool(seen: _Seen, context: ReportContext) -> dict[str, Any]:
    return {
        "driver": {
            "name": "menulint",
            "version": context.version,
            "semanticVersion": context.version,
            "rules": [_rule(finding, list(cited)) for _, (finding, cited) in sorted(seen.rules.items())],
            "properties": {"pack": context.pack_version, "packSha256": context.pack_sha256, "asOf": context.as_of},
        }
    }


def _rule(finding: Finding, cited: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": finding.rule,
        "name": finding.name,
        "shortDescription": {"text": finding.name.replace("-", " ")},
        "fullDescription": {"text": finding.why or finding.message},
        "help": {
            "text": "\n".join([finding.why, *cited]).strip() or finding.name,
            "markdown": "\n".join([finding.why, "", *(f"- {line}" for line in cited)]).strip() or finding.name,
        },
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {"tags": [finding.category]},
    }
    return made | ({"helpUri": finding.help} if finding.help else {})


def _invocation(seen: _Seen) -> dict[str, Any]:
    notes = [
        {
            "level": "error",
            "message": {"text": error.message},
            "descriptor": {"id": error.code},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(error.path)}}}],
        }
        for error in seen.unread
    ]
    return {"executionSuccessful": not seen.unread, "toolExecutionNotifications": notes}


REPORTER = SarifReporter()
