"""The page and the answer in it, made of the HTML report's own parts."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from jinja2 import Environment
from markupsafe import Markup, escape

from menulint.finding import Finding, Fix
from menulint.linter import NotClaimed
from menulint.reporters.base import facts
from menulint.reporters.html import FileView, Report, place_name, templates
from menulint.result import FileResult, ReportContext, ReportError
from menulint.runs.files import Input
from menulint.ui import Catalogue
from menulint.web.asked import Changed
from menulint.web.fixing import fix_name, safe_fixes, safe_name

CHECKED = Sequence[tuple[FileResult | ReportError, list[NotClaimed]]]


MOST_OPENED = 5
"""Findings of a file up to which all of them are shown in full."""


class Reading(NamedTuple):
    """What a file was read as, and what in it was not read as a claim: place, wording, reason."""

    path: str
    facts: str
    notes: list[str]
    not_claimed: list[tuple[str, str, str]]


class FixableView(FileView):
    """A file whose findings can be reworded by a click."""

    @property
    def fixable(self) -> bool:
        """Whether the file is text: of a workbook only the place is known."""
        return self.result.encoding != "binary"

    @property
    def opened(self) -> bool:
        """Whether the findings are few enough to be read at once."""
        return len(self.items) <= MOST_OPENED

    @property
    def safe_fixes(self) -> int:
        """How many findings can be reworded at once."""
        return len(safe_fixes(self.result)) if self.fixable else 0

    @property
    def safe_name(self) -> str:
        """What the button of all safe rewordings says to the server."""
        return safe_name(self.result)

    def fix_name(self, finding: Finding, fix: Fix) -> str:
        """What the button of a rewording says to the server."""
        return fix_name(self.result, finding, finding.fixes.index(fix))


@cache
def _environment() -> Environment:
    return templates("menulint.web")


def answer_part(
    checked: CHECKED, context: ReportContext, files: Sequence[Input], *, changed: Changed | None, settings: str
) -> str:
    """The answer as a part of the page: summary, copy with findings, how each file was read.

    ``settings`` is the file of settings that applied, if one did.
    """
    report = Report(context, FixableView)
    views = [view for view in (report.add(result) for result, _ in checked) if view]
    readings = [_reading(result, told, report.words) for result, told in checked if isinstance(result, FileResult)]
    values: dict[str, Any] = {
        "report": report,
        "files": views,
        "readings": readings,
        "changed": changed,
        "settings": settings,
        "t": report.words,
    }
    if changed:
        values |= {"changed_path": files[changed.index].path, "changed_data": base64.b64encode(changed.data).decode()}
    return _environment().get_template("answer.html.j2").render(values)


def page(words: Catalogue, **values: Any) -> str:
    """The whole page; ``answer`` is what ``answer_part`` made, ``text`` the pasted text as it is."""
    values["answer"] = Markup(values["answer"])  # noqa: S704  # made above, where all text was escaped
    values["text"] = escape(values["text"])  # as it is, to be sent again: nothing in it is shown as a mark
    return _environment().get_template("page.html.j2").render(values, t=words) + "\n"


def asset(name: str) -> str:
    """A style or script of the page or of the report."""
    loader = _environment().loader
    assert loader is not None
    return loader.get_source(_environment(), name)[0]


def _reading(result: FileResult, told: list[NotClaimed], words: Catalogue) -> Reading:
    above = bool(result.findings)  # the file's own section says it already
    return Reading(
        result.path,
        "" if above else facts("html.facts", result, words),
        [] if above else [words.sentence(note) for note in result.notes],
        [(place_name(one.start, one.block, words), one.text, one.why) for one in told],
    )
