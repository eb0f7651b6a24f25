"""What the tools answer: plain values, each claim with its law and what to write instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from menulint.errors import MenulintError
from menulint.finding import FileResult, Finding, Place
from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.pack.model import Pack, Rule
from menulint.readers import reader_names

LIMITS = (
    "menulint can say what is a problem, never that copy is compliant. It knows only the wording and the law it was taught, "
    "and gives no legal advice."
)
LONGEST = 1_000_000
"""Code points of a text that is checked in one call."""


class Assistant:
    """Answers with one pack; keeps a linter per set of options."""

    def __init__(self, packs: tuple[Path, ...] = ()) -> None:
        self._packs = packs
        self._linter = cache(self._make)

    @property
    def pack(self) -> Pack:
        """The pack behind the answers."""
        return self._linter(Options()).pack

    def _make(self, options: Options) -> Linter:
        return Linter(_pack(self._packs), options)

    def check(
        self, text: str, format: str, jurisdiction: Sequence[str], genre: str | None, language: str
    ) -> dict[str, Any]:
        """The findings of a text.

        Raises:
            MenulintError: an option means nothing, or the text is too long.
        """
        linter, result = self._checked(text, format, jurisdiction, genre, language)
        return {
            "read_as": {"genre": result.genre, "because": list(result.genre_by), "language": result.language},
            "law_of": list(result.jurisdictions),
            "findings": [_finding(linter, *found) for found in _places(result)],
            "limits": LIMITS,
        }

    def reword(
        self, text: str, format: str, jurisdiction: Sequence[str], genre: str | None, language: str
    ) -> dict[str, Any]:
        """The text with what can be reworded safely, and what somebody must change, worst first."""
        linter, result = self._checked(text, format, jurisdiction, genre, language)
        done = [(f, place, fix) for f, place in _places(result) for fix in place.fixes[:1] if fix.safe]
        edits = {edit.start.offset: edit for _, _, fix in done for edit in fix.edits}
        for _, edit in sorted(edits.items(), reverse=True):
            text = text[: edit.start.offset] + edit.text + text[edit.end.offset :]
        changed = {place.fingerprint for _, place, _ in done}
        open_ones = [_finding(linter, f, place) for f, place in _places(result) if place.fingerprint not in changed]
        return {
            "text": text,
            "changed": [{"from": f.text, "to": fix.reads} for f, _, fix in done],
            "to_change": sorted(open_ones, key=lambda one: ("error", "warning", "info").index(one["severity"])),
            "limits": LIMITS,
        }

    def explain(self, name: str) -> dict[str, Any]:
        """A rule (code or name), a provision or a concept.

        Raises:
            MenulintError: nothing is called that.
        """
        pack = self.pack
        by_name = {rule.name: rule for rule in pack.rules.values()}
        if rule := pack.rules.get(name.upper()) or by_name.get(name):
            return _rule(pack, rule)
        if provision := pack.provisions.get(name):
            return {**_law(pack, name), "backs": sorted({backing.rule for backing in provision.backs})}
        if concept := pack.concepts.get(name):
            return {"concept": concept.id, "label": concept.label, "is_a": list(concept.is_a), "note": concept.note}
        raise MenulintError(f"nothing is called {name!r}; ask for a rule such as RTE001, or the id of a provision")

    def _checked(
        self, text: str, format: str, jurisdiction: Sequence[str], genre: str | None, language: str
    ) -> tuple[Linter, FileResult]:
        if len(text) > LONGEST:
            raise MenulintError(f"the text has {len(text):,} characters; up to {LONGEST:,} are checked in one call")
        if format not in reader_names():
            raise MenulintError(f"no format is called {format!r}; there are {', '.join(reader_names())}")
        values = {"jurisdiction": tuple(jurisdiction), "genre": genre, "ui_lang": language}
        linter = self._linter(Options.of(values))
        return linter, linter.check_bytes("text", text.encode("utf-8", "replace"), format=format)


@cache
def _pack(packs: tuple[Path, ...]) -> Pack:
    return load_pack(packs)


def _places(result: FileResult) -> Iterator[tuple[Finding, Place]]:
    for finding in result.findings:
        for place in finding.places:
            if place.suppressed is None:
                yield finding, place


def _finding(linter: Linter, finding: Finding, place: Place) -> dict[str, Any]:
    raising = [judged for judged in finding.jurisdictions if judged.raises]
    return {
        "rule": finding.rule,
        "name": finding.name,
        "text": finding.text,
        "line": place.start.line,
        "column": place.start.column,
        "severity": finding.severity,
        "verdict": finding.verdict,
        "how_sure": finding.confidence,
        "problem": finding.message,
        "why": finding.why,
        "write_instead": finding.rewrite,
        "could_become": [fix.reads for fix in place.fixes],
        "law": [
            {"in": judged.code, **_law(linter.pack, name)}
            for judged in raising
            for name in judged.provisions
            if name in linter.pack.provisions
        ],
    }


def _law(pack: Pack, name: str) -> dict[str, Any]:
    provision = pack.provisions[name]
    return {
        "id": provision.id,
        "instrument": provision.instrument,
        "provision": provision.provision,
        "says_in_our_words": provision.gist,
        "url": provision.url,
        "in_force_from": provision.in_force_from.isoformat() if provision.in_force_from else "not established",
        "in_force_to": provision.in_force_to.isoformat() if provision.in_force_to else None,
        "how_sure": provision.confidence,
    }


def _rule(pack: Pack, rule: Rule) -> dict[str, Any]:
    backing = {
        provision.id: jurisdiction.code
        for jurisdiction in pack.jurisdictions.values()
        for provision in jurisdiction.provisions
        if provision.verified and any(backs.rule == rule.id for backs in provision.backs)
    }
    return {
        "rule": rule.id,
        "name": rule.name,
        "finds": rule.what,
        "why": rule.why,
        "write_instead": rule.rewrite,
        "found": [example.text for example in rule.flagged],
        "not_found": [{"text": example.text, "because": example.reason} for example in rule.allowed],
        "law": [{"in": code, **_law(pack, name)} for name, code in sorted(backing.items(), key=lambda one: one[1])],
    }
