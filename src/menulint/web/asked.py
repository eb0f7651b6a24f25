"""Questions to the process that checks, and its answers: plain values that cross from one process to the other."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from menulint.runs.files import Input

PAGE, ABOUT = "page", "about"
"""What is asked for beside the names of reports: the answer as a part of the page, and what the page offers."""


class Asked(Struct, frozen=True):
    """A question to the process that checks.

    ``given`` are settings as the command line has them, ``wanted`` is a report's name or ``PAGE`` or ``ABOUT``. ``fix`` names a
    rewording that is to be made first (``menulint.web.fixing``).
    """

    wanted: str
    files: tuple[Input, ...] = ()
    given: tuple[tuple[str, Any], ...] = ()
    fix: str = ""


class Changed(Struct, frozen=True):
    """A file in which a rewording was made: its place among the files of the question, and its bytes now.

    ``before`` and ``now`` are the wording; both are empty if ``findings``, more than one, were reworded at once.
    """

    index: int
    data: bytes
    before: str
    now: str
    findings: int = 1


class Answer(Struct, frozen=True):
    """What came of it: a report, or a part of the page; and the file that was changed before, if one was."""

    body: str
    changed: Changed | None = None


class About(Struct, frozen=True):
    """What the page offers and begins with: places (code, name), and the settings of the folder it was started in."""

    places: tuple[tuple[str, str], ...]
    jurisdiction: tuple[str, ...]
    genre: str | None
    ui_lang: str
    time_limit: float
