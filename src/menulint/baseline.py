"""Findings that were there before: a file of fingerprints that a team accepts for now, each with a reason.

The file is JSON, sorted so that two versions of it compare line by line::

    {"schema": 1, "places": [
      {"fingerprint": "…", "rule": "…", "text": "…", "path": "…", "reason": "…", "added": "2026-11-22"}]}

A fingerprint knows no path: a place that moves to another file stays accepted.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from menulint.errors import ConfigError, Problem
from menulint.finding import FileResult

SCHEMA = 1
_FIELDS = ("fingerprint", "rule", "text", "path", "reason", "added")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A place that is accepted: which wording, where it was seen, why, and since when (ISO date)."""

    fingerprint: str
    rule: str
    text: str
    path: str
    reason: str
    added: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """The accepted places by fingerprint."""

    places: dict[str, Accepted]

    @classmethod
    def load(cls, path: Path) -> Baseline:
        """Read a baseline file.

        Raises:
            ConfigError: there is no such file, or it is no baseline; says at which line.
        """
        try:
            data = json.loads(path.read_text("utf-8-sig"))
        except json.JSONDecodeError as error:
            raise _refusal(path, error.msg, "JSON", error.lineno, error.colno) from error
        except RecursionError as error:
            raise _refusal(path, "nested too deeply", "a baseline file") from error
        except UnicodeDecodeError as error:
            raise _refusal(path, "not UTF-8", "a baseline file") from error
        except OSError as error:
            raise _refusal(
                path, f"cannot be read: {error.strerror}", "a file from `menulint baseline create`"
            ) from error
        return cls({place.fingerprint: place for place in _places(path, data)})

    def state(self, fingerprint: str) -> str:
        """``unchanged`` for an accepted place, else ``new``."""
        return "unchanged" if fingerprint in self.places else "new"

    def updated(self, results: Iterable[FileResult], *, reason: str, on: date) -> Baseline:
        """This baseline with what was found added; what it knew keeps its reason and date, and gets its new path."""
        places = dict(self.places)
        for place in found_places(results, reason=reason, on=on):
            known = places.get(place.fingerprint)
            places[place.fingerprint] = replace(known, path=place.path) if known else place
        return Baseline(places)

    def gone(self, results: Iterable[FileResult], read: Collection[str]) -> tuple[Accepted, ...]:
        """The accepted places whose file (in ``read``, or not there any more) no longer has them."""
        seen = {place.fingerprint for place in found_places(results, reason="", on=date.min)}
        missing = (place for place in self.places.values() if place.fingerprint not in seen)
        return tuple(place for place in missing if place.path in read or not Path(place.path).exists())

    def without(self, places: Iterable[Accepted]) -> Baseline:
        """This baseline less some places."""
        dropped = {place.fingerprint for place in places}
        return Baseline({key: place for key, place in self.places.items() if key not in dropped})

    def save(self, path: Path) -> None:
        """Write it under a temporary name and put it in its place, so that a crash leaves the old file whole."""
        ordered = sorted(self.places.values(), key=lambda place: (place.path, place.rule, place.fingerprint))
        text = json.dumps(
            {"schema": SCHEMA, "places": [asdict(place) for place in ordered]}, indent=1, ensure_ascii=True
        )
        temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        temporary.write_text(text + "\n", "utf-8", newline="\n")
        temporary.replace(path)


def found_places(results: Iterable[FileResult], *, reason: str, on: date) -> Iterable[Accepted]:
    """Each place of each finding that no comment suppresses."""
    for result in results:
        for found in result.findings:
            places = [(found.fingerprint, found.suppressed), *((p.fingerprint, p.suppressed) for p in found.also)]
            for fingerprint, suppressed in places:
                if suppressed is None:
                    yield Accepted(fingerprint, found.rule, found.text, result.path, reason, on.isoformat())


def _places(path: Path, data: Any) -> Iterable[Accepted]:
    if not isinstance(data, dict) or data.get("schema") != SCHEMA or not isinstance(data.get("places"), list):
        raise _refusal(
            path, "this is no baseline of this version", f'an object with "schema": {SCHEMA} and a list "places"'
        )
    for number, place in enumerate(data["places"], 1):
        if not isinstance(place, dict) or not all(isinstance(place.get(name), str) for name in _FIELDS):
            raise _refusal(path, f"place {number} is incomplete", f"an object with the texts {', '.join(_FIELDS)}")
        yield Accepted(**{name: place[name] for name in _FIELDS})


def _refusal(path: Path, message: str, expected: str, line: int = 0, column: int = 0) -> ConfigError:
    return ConfigError((Problem(path.as_posix(), line, column, message, expected),))
