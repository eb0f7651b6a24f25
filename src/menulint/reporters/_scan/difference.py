"""What differs between two scans, as plain values.

A page is an address; of several captures the latest counts. Findings are those that the pages do not silence themselves.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

NEW, REMOVED, REWORDED, MOVED, REJUDGED = KINDS = ("new", "removed", "reworded", "moved", "rejudged")
"""What became of a finding: not there before, not there any more, in similar words, on another page, otherwise judged."""

PAGE_NEW, PAGE_GONE, PAGE_CHANGED, RULE_ADDED, RULE_GONE, JUDGED = CAUSES = (
    "page-new",
    "page-gone",
    "page-changed",
    "rule-added",
    "rule-gone",
    "judged",
)
"""Why. ``judged``: the page is the same, but pack, options, day or program are not."""

OF_JUDGEMENT = (RULE_ADDED, RULE_GONE, JUDGED)
"""The causes that lie with menulint and not with the page."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding on the latest capture of its page."""

    rule: str
    name: str
    category: str
    verdict: str
    severity: str
    confidence: str
    text: str
    before: str
    after: str
    fingerprint: str
    finding_id: str


@dataclass(frozen=True, slots=True)
class Change:
    """A finding that is not what it was: ``was`` in the first scan, ``now`` in the second; None where it is not there."""

    kind: str
    cause: str
    site: str
    url: str
    was: Found | None
    now: Found | None
    was_url: str = ""

    @property
    def found(self) -> Found:
        """The finding as it is, else as it was."""
        found = self.now or self.was
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two scans."""

    name: str
    menulint: str
    pack_version: str
    pack_sha256: str
    complete: bool
    pages: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Two scans side by side.

    ``options`` are those that differ, each with both values; ``pages`` counts ``same``, ``changed``, ``new`` and ``gone``
    ones; ``rejudging`` says that more than the pages differs, so that a finding on a changed page may owe to either.
    """

    first: Side
    second: Side
    options: tuple[tuple[str, str, str], ...]
    rules_added: tuple[str, ...]
    rules_gone: tuple[str, ...]
    pages: dict[str, int]
    unchanged: int
    changes: tuple[Change, ...]

    @property
    def rejudging(self) -> bool:
        """Whether pack, program or options differ."""
        first, second = self.first, self.second
        return bool(self.options) or (first.pack_sha256, first.menulint) != (second.pack_sha256, second.menulint)

    @property
    def counts(self) -> Counter[tuple[str, str]]:
        """How many changes there are of each kind for each cause."""
        return Counter((change.kind, change.cause) for change in self.changes)
