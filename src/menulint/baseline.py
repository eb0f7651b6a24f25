"""Findings that were there before: a file of fingerprints that a team accepts for now, each with a reason.

The file is JSON, sorted and with a line for each field, so that two versions of it compare line by line::

    {"schema": 1, "places": [
      {"fingerprint": "…", "rule": "…", "text": "…", "path": "…", "reason": "…", "added": "2026-11-22",
       "owner": "…", "expires": "2027-05-01",
       "law": {"GB": {"verdict": "prohibited", "severity": "error", "provisions": ["…"]}}}]}

``path`` is relative to the folder of the file. A fingerprint knows no path: a place that moves to another file stays accepted.
``owner``, ``expires`` and ``law`` may be missing. A place lapses, and counts again, after ``expires`` and when the law of a
place that was asked when it was accepted has got a provision more on it or has become stricter.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from menulint.errors import ConfigError, Problem
from menulint.finding import SEVERITIES, VERDICTS, Absent, FileResult, Judgement
from menulint.ui import Message, Word

SCHEMA = 1
NEW, UNCHANGED = "new", "unchanged"
_NEEDED = ("fingerprint", "rule", "text", "path", "reason", "added")
_KNOWN = (*_NEEDED, "owner", "expires", "law")
_TOP = ("schema", "places")
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: |$)", re.M)


@dataclass(frozen=True, slots=True)
class Behind:
    """What the law of one place made of a wording when it was accepted; no verdict: nothing."""

    code: str
    verdict: str = ""
    severity: str = ""
    provisions: tuple[str, ...] = ()

    @property
    def strictness(self) -> tuple[int, int]:
        """Its ranks on the two scales, -1 where nothing was made of it."""
        return (VERDICTS.index(self.verdict), SEVERITIES.index(self.severity)) if self.verdict else (-1, -1)


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms places are accepted: why, by whom, until when (a day that still counts), and on which day."""

    reason: str
    on: date
    owner: str = ""
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """A place that is accepted: which wording, where it was seen, why, since when (ISO date), by whom and until when.

    ``law`` is what stood behind it: for each place whose law was asked, the verdict and the provisions. Empty: not recorded.
    """

    fingerprint: str
    rule: str
    text: str
    path: str
    reason: str
    added: str
    owner: str = ""
    expires: str | None = None
    law: tuple[Behind, ...] = ()

    def lapsed(self, law: Iterable[Behind], on: date) -> Message | None:
        """Why it does not hold on a day under the law that now stands behind it; None if it does."""
        if self.expires and date.fromisoformat(self.expires) < on:
            return self._said("baseline.expired", until=self.expires)
        then = {behind.code: behind for behind in self.law}
        for now in law:
            if (known := then.get(now.code)) is not None and (message := self._changed(known, now)):
                return message
        return None

    def _changed(self, then: Behind, now: Behind) -> Message | None:
        more = [name for name in now.provisions if name not in then.provisions]
        stricter = any(a < b for a, b in zip(then.strictness, now.strictness, strict=True))
        if stricter and then.verdict:
            before, after = _verdict(then), _verdict(now)
            provisions = ", ".join(more or now.provisions)
            return self._said("baseline.stricter", place=now.code, then=before, now=after, provisions=provisions)
        if more:
            return self._said("baseline.more-law", place=now.code, provisions=", ".join(more))
        return None

    def _said(self, key: str, **values: str | Message) -> Message:
        by = Message.of("baseline.by", owner=self.owner) if self.owner else ""
        reason = self.reason or Message.of("baseline.no-reason")
        return Message.of(key, added=self.added, by=by, reason=reason, **values)


def _verdict(behind: Behind) -> Message:
    return Message.of(
        "baseline.verdict", verdict=Word("verdict", behind.verdict), severity=Word("severity", behind.severity)
    )


def behind(judgements: Iterable[Judgement], judged: Collection[str]) -> tuple[Behind, ...]:
    """What the law of each place that was asked (``judged``) makes of a wording, by code."""
    by_code = {judgement.code: judgement for judgement in judgements if judgement.raises}
    return tuple(
        Behind(code, found.verdict, found.severity, found.provisions) if (found := by_code.get(code)) else Behind(code)
        for code in sorted({*judged, *by_code})
    )


@dataclass(frozen=True, slots=True)
class Baseline:
    """The accepted places by fingerprint. ``folder`` is that of the file: paths are relative to it."""

    places: dict[str, Accepted]
    folder: Path = field(default=Path(), compare=False)

    @classmethod
    def load(cls, path: Path) -> Baseline:
        """Read a baseline file.

        Raises:
            ConfigError: there is no such file, or it is no baseline; says at which line.
        """
        text = _text(path)
        try:
            data = json.loads(text, object_pairs_hook=lambda pairs: _object(path, text, pairs))
        except json.JSONDecodeError as error:
            raise _refusal(path, error.msg, "JSON", error.lineno, error.colno) from error
        except RecursionError as error:
            raise _refusal(path, "nested too deeply", "a baseline file") from error
        places: dict[str, Accepted] = {}
        for number, place in enumerate(_Reader(path, text).places(data), 1):
            if place.fingerprint in places:
                line = _line_of(text, place.fingerprint, last=True)
                raise _refusal(
                    path,
                    f"place {number} is there already ({place.fingerprint})",
                    "each place once: delete one",
                    line,
                    1,
                )
            places[place.fingerprint] = place
        return cls(places, path.parent)

    def state(self, fingerprint: str, law: Iterable[Behind], on: date) -> tuple[str, Message | None]:
        """``unchanged`` for an accepted place, else ``new``, and why if it was accepted and has lapsed."""
        place = self.places.get(fingerprint)
        if place is None:
            return NEW, None
        lapse = place.lapsed(law, on)
        return (NEW, lapse) if lapse else (UNCHANGED, None)

    def updated(self, results: Iterable[FileResult], terms: Terms, day: date | None = None) -> Baseline:
        """This baseline with what was found added on some terms.

        What it knew keeps its own terms and gets its new path, and the law of places it was not judged under before. What
        has lapsed on ``day`` (that whose law applies; default: that of the terms) is accepted anew.
        """
        results = list(results)
        read = {self.relative(result.path) for result in results}
        found: dict[str, list[Accepted]] = {}
        for place in self._found(results, terms):
            found.setdefault(place.fingerprint, []).append(place)
        places = dict(self.places)
        for fingerprint, (place, *others) in found.items():
            known = places.get(fingerprint)
            if known is None or known.lapsed(place.law, day or terms.on):
                places[fingerprint] = place
                continue
            stays = known.path in {one.path for one in (place, *others)} or self._is_unread(known, read)
            path = known.path if stays else place.path
            places[fingerprint] = replace(known, path=path, law=_merged(known.law, place.law))
        return replace(self, places=places)

    def _is_unread(self, place: Accepted, read: Collection[str]) -> bool:
        """Whether the file of a place is there and was not among those read."""
        return place.path not in read and (self.folder / place.path).exists()

    def accepted_anew(self, later: Baseline) -> int:
        """How many places of a later version were not accepted here on the same terms."""
        return sum(not _same_terms(self.places.get(key), place) for key, place in later.places.items())

    def without(self, places: Iterable[str]) -> Baseline:
        """This baseline less some places, by fingerprint."""
        dropped = set(places)
        return replace(self, places={key: place for key, place in self.places.items() if key not in dropped})

    def relative(self, path: str) -> str:
        """The path of a file as this baseline writes it: from its own folder, with slashes."""
        try:
            return Path(os.path.relpath(path, self.folder.absolute())).as_posix()
        except ValueError:  # another drive
            return Path(path).as_posix()

    def from_here(self, place: Accepted) -> str:
        """The path of a place from the working folder, with slashes."""
        try:
            return Path(os.path.relpath(self.folder / place.path)).as_posix()
        except ValueError:
            return (self.folder / place.path).as_posix()

    def save(self, path: Path) -> None:
        """Write it under a temporary name and put it in its place, so that a crash leaves the old file whole."""
        ordered = sorted(self.places.values(), key=lambda place: (place.path, place.rule, place.fingerprint))
        places = ",\n  ".join(map(_written, ordered))
        inside = f"\n  {places}\n " if places else ""
        text = f'{{\n "schema": {SCHEMA},\n "places": [{inside}]\n}}\n'
        temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        temporary.write_text(text, "utf-8", newline="\n")
        temporary.replace(path)

    def _found(self, results: Iterable[FileResult], terms: Terms) -> Iterator[Accepted]:
        """Each place of each finding that no comment suppresses."""
        expires = terms.expires.isoformat() if terms.expires else None
        for result in results:
            path = self.relative(result.path)
            for found in result.findings:
                law = behind(found.jurisdictions, result.judged)
                for place in (place for place in found.places if place.suppressed is None):
                    yield Accepted(
                        fingerprint=place.fingerprint,
                        rule=found.rule,
                        text=found.text,
                        path=path,
                        reason=terms.reason,
                        added=terms.on.isoformat(),
                        owner=terms.owner,
                        expires=expires,
                        law=law,
                    )


def _same_terms(known: Accepted | None, place: Accepted) -> bool:
    return known is not None and replace(known, path=place.path, law=place.law) == place


def _merged(then: tuple[Behind, ...], now: tuple[Behind, ...]) -> tuple[Behind, ...]:
    """What stood behind a place when it was accepted, and the law of places that was not asked then."""
    known = {one.code: one for one in then}
    return tuple(one for _, one in sorted({**{one.code: one for one in now}, **known}.items()))


# What a run comes across


@dataclass(slots=True)
class Search:
    """Follows a run and knows in the end which accepted places it did not come across.

    ``looks_for`` says whether the run would have come across a place that is there: its file is one of the run's, its rule on.
    """

    baseline: Baseline
    looks_for: Callable[[Accepted], bool]
    _judged: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _seen: dict[str, tuple[Behind, ...]] = field(default_factory=dict)

    def add(self, result: FileResult) -> None:
        """Take note of one report."""
        self._judged[self.baseline.relative(result.path)] = result.judged
        for finding in result.findings:
            law = behind(finding.jurisdictions, result.judged)
            self._seen.update((place.fingerprint, law) for place in finding.places)

    def law_of(self, fingerprint: str) -> tuple[Behind, ...] | None:
        """What now stands behind a place; None if the run did not come across it."""
        return self._seen.get(fingerprint)

    def is_absent(self, place: Accepted) -> bool:
        """Whether a place is not there any more, as far as the run can tell."""
        if place.fingerprint in self._seen:
            return False
        judged = self._judged.get(place.path)
        if judged is None:
            return not (self.baseline.folder / place.path).exists() and self.looks_for(place)
        backed = {one.code for one in place.law if one.verdict}
        return (not backed or not backed.isdisjoint(judged)) and self.looks_for(place)

    def absent(self) -> tuple[Absent, ...]:
        """The accepted places that are not there any more, under the paths the run would report."""
        gone = [place for place in self.baseline.places.values() if self.is_absent(place)]
        made = (
            Absent(self.baseline.from_here(p), p.rule, p.text, p.fingerprint, p.reason, p.added, p.owner) for p in gone
        )
        return tuple(sorted(made, key=lambda one: (one.path, one.rule, one.fingerprint)))


# The file


def _text(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refusal(path, "not UTF-8", "a baseline file") from error
    except OSError as error:
        raise _refusal(path, f"cannot be read: {error.strerror}", "a file from `menulint baseline create`") from error
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        raise _refusal(
            path,
            f"a merge conflict was left in it ({conflict.group().strip()})",
            "the places of both sides without the marks between them; then run `menulint baseline update --prune`",
            line,
            1,
        )
    return text


def _object(path: Path, text: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of the file; a name that stands in it twice is a merge gone wrong."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        line = _line_of(text, str(made.get("fingerprint", "")))
        raise _refusal(path, f"{twice!r} stands twice in one place", "each name once", line, 1 if line else 0)
    return made


def _line_of(text: str, fingerprint: str, *, last: bool = False) -> int:
    """The line on which a fingerprint stands, 0 if there is none."""
    wanted = json.dumps(fingerprint)
    at = text.rfind(wanted) if last else text.find(wanted)
    return text.count("\n", 0, at) + 1 if fingerprint and at >= 0 else 0


class _Reader:
    """Makes places of what a file holds."""

    def __init__(self, path: Path, text: str) -> None:
        self._path, self._content = path, text

    def places(self, data: Any) -> Iterator[Accepted]:
        if not isinstance(data, dict) or data.get("schema") != SCHEMA or not isinstance(data.get("places"), list):
            raise _refusal(
                self._path,
                "this is no baseline of this version",
                f'an object with "schema": {SCHEMA} and a list "places"',
            )
        self._check_names(data, _TOP, "the file", 1)
        for number, place in enumerate(data["places"], 1):
            if not isinstance(place, dict) or not all(isinstance(place.get(name), str) for name in _NEEDED):
                raise self._refused(
                    place, f"place {number} is incomplete", f"an object with the texts {', '.join(_NEEDED)}"
                )
            line = _line_of(self._content, place["fingerprint"])
            self._check_names(place, _KNOWN, f"place {number}", line)
            yield self._place(number, place)

    def _place(self, number: int, place: dict[str, Any]) -> Accepted:
        owner, expires = place.get("owner", ""), place.get("expires")
        if not isinstance(owner, str):
            raise self._refused(place, f"owner of place {number} cannot be {owner!r}", "a text")
        for name, day in (("added", place["added"]), ("expires", expires)):
            if day is not None and not _is_day(day):
                raise self._refused(place, f"{name} of place {number} cannot be {day!r}", "a date such as 2027-05-01")
        law = place.get("law", {})
        if not isinstance(law, dict) or not all(map(_is_behind, law.values())):
            raise self._refused(
                place, f"law of place {number} is not as it should be", "for each code verdict, severity, provisions"
            )
        known = (
            Behind(code, one.get("verdict", ""), one.get("severity", ""), tuple(one.get("provisions", ())))
            for code, one in sorted(law.items())
        )
        return Accepted(**{name: place[name] for name in _NEEDED}, owner=owner, expires=expires, law=tuple(known))

    def _check_names(self, given: Mapping[str, Any], known: tuple[str, ...], where: str, line: int) -> None:
        for name in given:
            if name not in known:
                near = get_close_matches(name, known, 1)
                hint = f"; did you mean {near[0]}?" if near else ""
                message = f"{name!r} in {where} is not known{hint}"
                raise _refusal(self._path, message, f"{', '.join(known)} (or a newer menulint)", line, 1 if line else 0)

    def _refused(self, place: Any, message: str, expected: str) -> ConfigError:
        fingerprint = place.get("fingerprint") if isinstance(place, dict) else None
        line = _line_of(self._content, fingerprint) if isinstance(fingerprint, str) else 0
        return _refusal(self._path, message, expected, line, 1 if line else 0)


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_behind(value: Any) -> bool:
    if not isinstance(value, dict) or set(value) - {"verdict", "severity", "provisions"}:
        return False
    provisions = value.get("provisions", [])
    return (
        (not value or (value.get("verdict") in VERDICTS and value.get("severity") in SEVERITIES))
        and isinstance(provisions, list)
        and all(isinstance(name, str) for name in provisions)
    )


def _written(place: Accepted) -> str:
    """A place with a line for each field; what is not set is left out."""
    fields: dict[str, Any] = {name: getattr(place, name) for name in _NEEDED}
    fields |= {name: value for name in ("owner", "expires") if (value := getattr(place, name))}
    if place.law:
        fields["law"] = {one.code: _written_law(one) for one in place.law}
    lines = ",".join(f"\n   {json.dumps(name)}: {json.dumps(value)}" for name, value in fields.items())
    return f"{{{lines}\n  }}"


def _written_law(one: Behind) -> dict[str, Any]:
    if not one.verdict:
        return {}
    return {"verdict": one.verdict, "severity": one.severity, "provisions": list(one.provisions)}


def _refusal(path: Path, message: str, expected: str, line: int = 0, column: int = 0) -> ConfigError:
    return ConfigError((Problem(path.as_posix(), line, column, message, expected),))
