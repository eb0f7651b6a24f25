"""What a document is judged by, and the result: configuration of its own folder, one linter per set of options."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from menulint.baseline import Baseline
from menulint.config import Configs
from menulint.errors import InputError, SkippedFile
from menulint.finding import FileResult, Finding, Place, Provision
from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.pack.model import Pack
from menulint.source import LineIndex, Position

MOST_LINTERS = 8
"""Linters kept for different configurations; the one used longest ago goes."""


@dataclass(frozen=True)
class Checked:
    """A document as it was checked: its text, its report, and the law that findings cite."""

    text: str
    result: FileResult
    provisions: dict[str, Provision]

    def found(self, start: Position, end: Position) -> list[tuple[Finding, Place]]:
        """The findings whose place touches a range, those that count only."""
        return [
            (finding, place)
            for finding, place in self.places()
            if place.start.offset <= end.offset and start.offset <= place.end.offset
        ]

    def places(self) -> list[tuple[Finding, Place]]:
        """Every place that is neither suppressed nor accepted."""
        return [
            (finding, place)
            for finding in self.result.findings
            for place in finding.places
            if place.suppressed is None and place.baseline != "unchanged"
        ]


@dataclass
class Checker:
    """Checks documents. Not for several threads at once."""

    packs: tuple[Path, ...] = ()
    _packs: dict[tuple[Path, ...], Pack] = field(default_factory=dict)
    _linters: dict[tuple[Any, ...], Linter] = field(default_factory=dict)

    def check(self, path: Path, text: str) -> Checked | None:
        """The report on a document; None if it is of no format that is read.

        Raises:
            MenulintError: its configuration or a pack has a mistake.
        """
        linter = self._linter(path)
        try:
            result = linter.check_bytes(path.as_posix(), text.encode("utf-8", "surrogatepass"))
        except (SkippedFile, InputError):
            return None
        return Checked(text, result, linter.provisions)

    def _linter(self, path: Path) -> Linter:
        config = Configs().nearest(path.parent)
        values = config.for_file(path) if config else {}
        packs = self.packs + tuple(config.folder / pack for pack in values.get("pack", ()) if config)
        baseline = config.folder / values["baseline"] if config and values.get("baseline") else None
        stamp = baseline.stat().st_mtime_ns if baseline and baseline.is_file() else None
        options = Options.of(values)
        key = (options, packs, baseline, stamp)
        if key not in self._linters:
            if len(self._linters) >= MOST_LINTERS:
                del self._linters[next(iter(self._linters))]
            if packs not in self._packs:
                self._packs[packs] = load_pack(packs)
            known = Baseline.load(baseline) if baseline and stamp is not None else None
            self._linters[key] = Linter(self._packs[packs], options, known)
        self._linters[key] = self._linters.pop(key)
        return self._linters[key]


def position_at(text: str, line: int, column: int) -> Position:
    """The position of a line and column (from 0, code points), within the text."""
    index = LineIndex(text)
    number = min(line + 1, len(index))
    start = index.start(number)
    return index.position(start + min(column, len(index.line_text(number))))
