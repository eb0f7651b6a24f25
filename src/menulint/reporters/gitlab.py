"""GitLab Code Quality: the subset of the Code Climate issue format that merge requests show.

GitLab wants a fingerprint that no two issues of a report share, so the path goes into it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from menulint.finding import ReportContext, ReportError
from menulint.reporters._places import Row, is_text, rows
from menulint.reporters.base import Result
from menulint.reporters.json import dump

_SEVERITIES = {"error": "critical", "warning": "major", "info": "info"}


class GitLabReporter:
    """Streams an array of issues: those that count, and inputs that could not be read."""

    name = "gitlab"

    def render(self, results: Iterable[Result], context: ReportContext) -> Iterator[str]:
        """See ``Reporter.render``."""
        yield "["
        separator = "\n  "
        for result in results:
            if isinstance(result, ReportError):
                issues = [_unread(result)]
            else:
                issues = [_issue(row) for row in rows(result) if row.counts]
            for issue in issues:
                yield separator + dump(issue, 2)
                separator = ",\n  "
        yield "]\n" if separator == "\n  " else "\n]\n"


def _issue(row: Row) -> dict[str, Any]:
    finding, place = row.finding, row.place
    where = f"{row.inside}: " if row.inside else ""
    lines = {"begin": place.start.line, "end": place.end.line} if is_text(place.block) else {"begin": 1}
    return {
        "description": f"{where}{finding.message} {finding.rewrite}".strip(),
        "check_name": f"{finding.rule} {finding.name}",
        "categories": ["Compatibility"],
        "fingerprint": _unique(row.file.path, place.fingerprint),
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": row.file.path.removeprefix("./"), "lines": lines},
    }


def _unread(error: ReportError) -> dict[str, Any]:
    return {
        "description": f"not read: {error.message}",
        "check_name": error.code,
        "categories": ["Compatibility"],
        "fingerprint": _unique(error.path, error.code),
        "severity": "blocker",
        "location": {"path": error.path.removeprefix("./"), "lines": {"begin": 1}},
    }


def _unique(path: str, fingerprint: str) -> str:
    return hashlib.sha256(f"{path}\n{fingerprint}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


REPORTER = GitLabReporter()
