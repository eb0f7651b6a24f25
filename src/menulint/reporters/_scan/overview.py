"""What a report over a scan shows, as plain values.

A *site* is the registrable domain of a host. A *claim* is a wording counted once for its site: all findings of one rule
with one fingerprint there. Times are UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from menulint.finding import Provision


@dataclass(frozen=True, slots=True)
class Ruling:
    """What one place makes of a claim, with the ids of the provisions it cites."""

    code: str
    verdict: str
    severity: str
    confidence: str
    provisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A wording on a site, shown by the earliest of its findings of the worst severity.

    ``pages`` are the different addresses it stands on, ``captures`` those pages at different times; ``mirror_of`` is the
    site that had all those pages first, empty if none had. ``before`` and ``after`` are the copy around ``text``.
    """

    site: str
    rule: str
    name: str
    category: str
    verdict: str
    severity: str
    confidence: str
    message: str
    text: str
    before: str
    after: str
    url: str
    captured: datetime | None
    section: tuple[str, ...]
    language: str
    in_frame: bool
    rulings: tuple[Ruling, ...]
    pages: int
    captures: int
    first: datetime | None
    last: datetime | None
    mirror_of: str
    finding_id: str
    page_id: str


@dataclass(frozen=True, slots=True)
class Site:
    """A site: its pages (addresses), those with claims, its claims by severity, and the places its pages point to."""

    site: str
    pages: int
    captures: int
    affected: int
    error: int
    warning: int
    info: int
    mirrored: int
    jurisdictions: tuple[str, ...]
    languages: tuple[str, ...]
    first: datetime | None
    last: datetime | None

    @property
    def claims(self) -> int:
        """All severities together."""
        return self.error + self.warning + self.info

    @property
    def worst(self) -> str:
        """The worst severity; empty without a claim."""
        return "error" if self.error else "warning" if self.warning else "info" if self.info else ""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule: its worst severity, and on how many sites and pages how many claims stand."""

    rule: str
    name: str
    category: str
    severity: str
    sites: int
    pages: int
    claims: int


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording, case aside, under one rule: how many sites and pages have it (mirrored pages left out)."""

    text: str
    rule: str
    severity: str
    sites: int
    pages: int


@dataclass(frozen=True, slots=True)
class Cell:
    """Sites with a claim of a category that the law of a place raises."""

    category: str
    code: str
    sites: int
    claims: int


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """A language: captures of pages, sites, claims."""

    language: str
    captures: int
    sites: int
    claims: int


@dataclass(frozen=True, slots=True)
class Period:
    """Captures from a day on, by the worst severity on the page."""

    start: date
    error: int = 0
    warning: int = 0
    info: int = 0
    clean: int = 0

    @property
    def captures(self) -> int:
        """All of them."""
        return self.error + self.warning + self.info + self.clean


@dataclass(frozen=True, slots=True)
class Timeline:
    """Captures over time in steps of a ``day``, ``month`` or ``year``, none left out; and those that have no usable time."""

    step: str
    periods: tuple[Period, ...]
    undated: int
    by_file: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some sites make a kind of claim: ``n`` of ``of``, with the bounds of the 95 % Wilson interval (0 to 1)."""

    kind: str
    name: str
    n: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """From 0 to 1; 0 where there is nothing to count."""
        return self.n / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Content:
    """The table of a content analysis. The unit is the site.

    ``sites`` are counted: those with a page of copy of their own. ``mirrors`` are sites all of whose pages another site
    had first; ``silent`` are sites without any copy; ``missing`` are sites of a given sample of which no page was read.
    ``places`` gives, for each place that sites point to, the shares by category under its law.
    """

    sites: int
    mirrors: int
    silent: int
    missing: tuple[str, ...]
    categories: tuple[Share, ...]
    rules: tuple[Share, ...]
    places: tuple[tuple[str, tuple[Share, ...]], ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A record that could not be read or judged."""

    code: str
    message: str
    url: str
    input: str
    offset: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What was read, and what of it was counted.

    ``copies`` are captures with the same copy as an earlier one of their site, ``mirrored`` those with the same copy as
    an earlier one of another site; ``uncounted`` are findings that the options of the report leave out, ``read_again``
    records that hold a capture which another file held before.
    """

    captures: int = 0
    pages: int = 0
    sites: int = 0
    affected: int = 0
    copies: int = 0
    mirrored: int = 0
    findings: int = 0
    suppressed: int = 0
    uncounted: int = 0
    claims: int = 0
    error: int = 0
    warning: int = 0
    info: int = 0
    mirrored_claims: int = 0
    without_address: int = 0
    read_again: int = 0


@dataclass(frozen=True, slots=True)
class RuleText:
    """What the pack says of a rule."""

    what: str
    why: str
    rewrite: str


@dataclass(frozen=True, slots=True)
class About:
    """Where the values come from: the scan's own account, the choice made for the report, and the law that is cited.

    ``same_pack`` is false where provisions and rules are those of another pack than the one the scan was judged with.
    """

    name: str
    complete: bool
    menulint: str
    pack_version: str
    pack_sha256: str
    same_pack: bool
    as_of: str
    inputs: int
    passed_over: dict[str, int]
    choice: tuple[tuple[str, str], ...]
    provisions: dict[str, Provision] = field(repr=False)
    rules: dict[str, RuleText] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Overview:
    """All that a report over a scan shows. ``claims`` may be the worst of more, as ``totals.claims`` says."""

    about: About
    totals: Totals
    sites: tuple[Site, ...]
    rules: tuple[RuleRow, ...]
    wordings: tuple[Wording, ...]
    cells: tuple[Cell, ...]
    languages: tuple[LanguageRow, ...]
    timeline: Timeline
    content: Content
    unread: tuple[Unread, ...]
    unread_by_code: dict[str, int]
    claims: tuple[Claim, ...]

    @property
    def left_out(self) -> int:
        """Claims that are counted and not listed."""
        return self.totals.claims - len(self.claims)
