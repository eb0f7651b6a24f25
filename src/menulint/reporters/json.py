"""The report as JSON, schema 1 (``report.schema.json`` beside this file; ``docs/json.md`` in words)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from menulint.late import LatePattern
from menulint.reporters import _values
from menulint.reporters.base import Result, Summary
from menulint.result import ReportContext, ReportError

SCHEMA = 1
"""Raised when a field changes its meaning or goes; a new field does not raise it."""

_LONE_SURROGATE = LatePattern("[\ud800-\udfff]")


class JsonReporter:
    """Streams one file after the other; errors and the summary close the document."""

    name = "json"

    def render(self, results: Iterable[Result], context: ReportContext) -> Iterator[str]:
        """See ``Reporter.render``."""
        summary, errors = Summary(), []
        yield dump(_head(context), 0).removesuffix("\n}") + ',\n  "files": ['
        separator = "\n"
        for result in results:
            summary.add(result)
            if isinstance(result, ReportError):
                errors.append(_values.error(result))
                continue
            yield separator + "    " + dump(_values.file(result), 4)
            separator = ",\n"
        yield "\n  ]" if summary.files else "]"
        yield f',\n  "errors": {dump(errors, 2)},\n  "summary": {dump(_counts(summary), 2)}'
        if absent := [_values.absent(place) for place in context.absent()]:
            yield f',\n  "absent": {dump(absent, 2)}'
        yield "\n}\n"


def dump(value: Any, indent: int) -> str:
    """``value`` as JSON that any encoding can carry; its lines but the first begin ``indent`` spaces further in.

    A half of a surrogate pair, which a page may well hold as an escape, stays an escape.
    """
    try:
        text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()  # eight times as quick as ``json``
    except UnicodeEncodeError:
        import json

        text = json.dumps(value, ensure_ascii=False, indent=2)
        text = _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
    return text.replace("\n", "\n" + " " * indent)


def _head(context: ReportContext) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "menulint": context.version,
        "pack": {"version": context.pack_version, "sha256": context.pack_sha256},
        "as_of": context.as_of,
        "options": context.options,
    }


def _counts(summary: Summary) -> dict[str, int]:
    severities = {name: summary.severities[name] for name in ("error", "warning", "info")}
    return {"files": summary.files, **severities, "suppressed": summary.suppressed, "unchanged": summary.unchanged}


REPORTER = JsonReporter()
