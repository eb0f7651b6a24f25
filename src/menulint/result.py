"""The report on one file, and what reporters need beside it: all that a run without findings needs of them.

Apart from ``menulint.finding``, whose classes take as long to make as a small file takes to check.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from menulint.finding import Absent, CopyBlock, Finding, Provision


@dataclass(frozen=True, slots=True)
class FileResult:
    """The report on one file. Every file that was read has one, clean or not.

    ``lines`` holds the source lines that the terminal report quotes, by number (none for a file that is not text: its
    blocks carry their own text). ``copy`` holds all blocks of a file
    with findings, if the run was asked for them (``Options.copy``). ``judged`` are the places whose law decides the
    verdict of its findings, ``wordings`` how many wordings rules were asked about. None of them is part of the JSON.
    """

    path: str
    format: str
    encoding: str
    sha256: str
    language: str
    genre: str
    genre_by: tuple[str, ...]
    jurisdictions: tuple[str, ...]
    jurisdictions_by: tuple[str, ...]
    notes: tuple[str, ...]
    findings: tuple[Finding, ...]
    lines: dict[int, str] = field(default_factory=dict, compare=False, repr=False)
    copy: tuple[CopyBlock, ...] = field(default=(), compare=False, repr=False)
    judged: tuple[str, ...] = field(default=(), compare=False, repr=False)
    wordings: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ReportError:
    """An input that could not be read."""

    path: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What a reporter needs beside the files: versions, date, options, and the provisions that findings cite.

    ``ui_lang`` is the language it speaks; ``untranslated`` are the rules that have no text in it. ``absent`` gives the
    accepted places that are not there any more, which is known once all results were consumed.
    """

    version: str
    pack_version: str
    pack_sha256: str
    as_of: str
    options: dict[str, Any]
    provisions: Mapping[str, Provision]
    color: bool = False
    explain: bool = False
    quiet: bool = False
    statistics: bool = False
    width: int = 100
    ui_lang: str = "en"
    untranslated: frozenset[str] = frozenset()
    absent: Callable[[], tuple[Absent, ...]] = tuple
