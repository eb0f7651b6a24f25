"""A report over a scan as one self-contained web page: charts with their tables, and the claims behind them.

Charts are drawn here, as SVG; the claims stand in a block of data, and the page's script filters and shows them. Without
the script everything but that list is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from menulint.finding import CONFIDENCES, SEVERITIES
from menulint.reporters._page import content_policy, data_block, environment, harmless, web_address
from menulint.reporters._scan.brief import asides
from menulint.reporters._scan.overview import Cell, Claim, Overview, Period, Share, Site
from menulint.reporters._scan.words import Numbers, of_language
from menulint.ui import Catalogue, Word

SECTIONS = ("spread", "heat", "time", "wordings", "rules", "languages", "content", "unread", "explorer")
"""The sections of the page, by the anchors of their headings."""

SPREADS = ((1, 1), (2, 5), (6, 20), (21, 100), (101, 0))
"""Classes of how many pages of a site have claims, each from and to; 0 is no end."""

SITES, WORDINGS, RULES, UNREAD, LABELS = 25, 25, 25, 50, 6
"""How many rows a chart shows, and labels an axis has, at most."""

EXCERPT = 120
"""Characters of copy around a wording, each side."""

PLOT_TOP, PLOT_HEIGHT = 15, 165
"""Where the plot of the timeline begins in its picture, and its height, in pixels."""

_LEVELS = 5
_TENTHS = (10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100)


class Bar(NamedTuple):
    """A part of a bar: what it counts, where it begins and how long it is, in per cent of the plot."""

    kind: str
    start: float
    length: float


class Column(NamedTuple):
    """A column of the timeline: its period, its place, its parts from the bottom up (per cent), its label if it has one."""

    period: Period
    name: str
    x: float
    width: float
    parts: list[Bar]
    label: str


class MatrixRow(NamedTuple):
    """A severity with the number of sites in each class of spread, and how dark each cell is."""

    severity: str
    cells: list[tuple[int, int, str]]


class Heat(NamedTuple):
    """A category with a cell for each place: sites, claims, how dark."""

    category: str
    cells: list[tuple[str, Cell | None, int]]


def render(overview: Overview, language: str) -> Iterator[str]:
    """The page in pieces. Pure: the same overview and language give the same page."""
    words = of_language(language)
    env = _environment()
    style, script = (_source(name) for name in ("dashboard.css", "dashboard.js"))
    yield (
        env.get_template("dashboard.html.j2").render(
            view=View(overview, words),
            headings={key: words.catalogue(f"dashboard.{key}") for key in SECTIONS},
            counted=asides(overview),
            rules=sorted(overview.rules, key=lambda row: row.rule),
            passed_over=", ".join(f"{words(many)} {kind}" for kind, many in overview.about.passed_over.items()),
            choice=", ".join(f"--{name} {value}" for name, value in overview.about.choice),
            t=words.catalogue,
            num=words,
            style=style,
            script=script,
            policy=content_policy(style, script),
            data=data_block(_data(overview, words.catalogue)),
        )
        + "\n"
    )


class View:
    """The numbers of an overview as its charts need them."""

    def __init__(self, overview: Overview, words: Numbers) -> None:
        self.all, self.words = overview, words
        self.about, self.totals, self.content = overview.about, overview.totals, overview.content

    @property
    def spreads(self) -> list[str]:
        """The classes of spread in words."""
        return [_spread(first, last) for first, last in SPREADS]

    @property
    def matrix(self) -> list[MatrixRow]:
        """Sites by worst severity and by the number of pages with claims."""
        counts = [[0] * len(SPREADS) for _ in SEVERITIES]
        for site in self.all.sites:
            if site.worst:
                counts[SEVERITIES.index(site.worst)][spread_class(site.affected)] += 1
        most = max(map(max, counts))
        return [
            MatrixRow(name, [(n, _level(n, most), _spread(*SPREADS[at])) for at, n in enumerate(row)])
            for name, row in zip(SEVERITIES[::-1], counts[::-1], strict=True)
        ]

    @property
    def sites(self) -> list[tuple[Site, list[Bar]]]:
        """The sites with most errors, then warnings; each with a bar of its claims."""
        shown = [site for site in self.all.sites if site.worst][:SITES]
        most = max((site.claims for site in shown), default=1)
        return [(site, _stack(site, SEVERITIES[::-1], most)) for site in shown]

    @property
    def places(self) -> list[str]:
        """The places whose law is met, by the sites under it."""
        totals: dict[str, int] = {}
        for cell in self.all.cells:
            totals[cell.code] = max(totals.get(cell.code, 0), cell.sites)
        return sorted(totals, key=lambda code: (-totals[code], code))

    @property
    def heat(self) -> list[Heat]:
        """Categories by places."""
        cells = {(cell.category, cell.code): cell for cell in self.all.cells}
        most = max((cell.sites for cell in self.all.cells), default=1)
        categories = dict.fromkeys(
            cell.category for cell in sorted(self.all.cells, key=lambda cell: (-cell.sites, cell.category))
        )
        return [
            Heat(category, [(code, cell, _level(cell.sites if cell else 0, most)) for code, cell in row])
            for category in categories
            for row in [[(code, cells.get((category, code))) for code in self.places]]
        ]

    @property
    def top(self) -> int:
        """The upper end of the timeline's axis: a round number."""
        return round_up(max((period.captures for period in self.all.timeline.periods), default=0))

    @property
    def ticks(self) -> list[tuple[int, float]]:
        """The numbers on the timeline's axis, zero among them, and where they stand, in pixels from the top."""
        values = [0, self.top // 2, self.top] if self.top % 2 == 0 else [0, self.top]
        return [(value, PLOT_TOP + PLOT_HEIGHT * (1 - value / self.top)) for value in values]

    @property
    def columns(self) -> list[Column]:
        """The timeline; its axis begins at zero."""
        periods = self.all.timeline.periods
        width = 100 / max(1, len(periods))
        every = -(-len(periods) // LABELS)
        made = []
        for at, period in enumerate(periods):
            name = _named(period, self.all.timeline.step)
            label = name if at % every == 0 else ""
            parts = _stack(period, (*SEVERITIES[::-1], "clean"), self.top)
            made.append(Column(period, name, round(at * width, 3), round(width, 3), parts, label))
        return made

    def bar(self, value: int, values: Iterable[int]) -> float:
        """The length of a bar among others, in per cent of the longest; bars begin at zero."""
        return round(100 * value / max(1, *values), 2)

    @property
    def share_groups(self) -> list[tuple[str, str, Sequence[Share]]]:
        """The tables of the content analysis: what by, its key, its rows."""
        groups: list[tuple[str, str, Sequence[Share]]] = [
            ("category", "", self.content.categories),
            ("rule", "", self.content.rules),
        ]
        return groups + [("place", code, shares) for code, shares in self.content.places]

    def share_name(self, share: Share) -> str:
        """What a row of the content analysis is about, in words."""
        if share.kind == "category":
            return self.words.capital(self.words.catalogue.name("category", share.name))
        return f"{share.name} {self._rule_names.get(share.name, '')}"

    @property
    def _rule_names(self) -> dict[str, str]:
        return {row.rule: row.name for row in self.all.rules}


def spread_class(pages: int) -> int:
    """Which class of ``SPREADS`` a number of pages is in."""
    return next(at for at, (first, last) in enumerate(SPREADS) if pages <= last or not last)


def round_up(value: int) -> int:
    """A round number that is no smaller and not much larger; 1 for nothing."""
    if value <= _TENTHS[0]:
        return max(1, value + value % 2)
    power: int = 10 ** (len(str(value)) - 2)
    return next(step * power for step in _TENTHS if step * power >= value)


def _spread(first: int, last: int) -> str:
    if not last:
        return f"{first}+"
    return str(first) if first == last else f"{first}–{last}"


def _level(value: int, most: int) -> int:
    """How dark a cell is, 0 for nothing, up to ``_LEVELS``: in even steps from zero to the largest number."""
    return -(-_LEVELS * value // most) if value else 0


def _stack(counts: Any, kinds: Sequence[str], most: int) -> list[Bar]:
    parts, at = [], 0.0
    for kind in kinds:
        length = 100 * getattr(counts, kind) / most
        if length:
            parts.append(Bar(kind, round(at, 3), round(length, 3)))
        at += length
    return parts


def _named(period: Period, step: str) -> str:
    return period.start.isoformat()[: {"day": 10, "month": 7, "year": 4}[step]]


# What the page's script shows


def _data(overview: Overview, words: Catalogue) -> dict[str, Any]:
    """The claims in columns of numbers that point into lists of what recurs."""
    sites, rules, laws, texts = _Index(), _Index(), _Index(), _Index()
    rows = [_row(claim, sites, rules, laws, texts) for claim in overview.claims]
    return {
        "columns": _COLUMNS,
        "rows": rows,
        "sites": [harmless(site) for site in sites.values],
        "affected": _spreads_of(overview, sites.values),
        "rules": [_rule(overview, rule) for rule in rules.values],
        "laws": [
            [[r.code, r.verdict, r.severity, r.confidence, list(r.provisions)] for r in law] for law in laws.values
        ],
        "texts": [harmless(text) for text in texts.values],
        "provisions": _provisions(overview, laws.values),
        "words": _said(words),
    }


_COLUMNS = (
    "site rule severity verdict confidence law url captured text before after message section language frame pages "
    "captures first last mirror id"
).split()


def _row(claim: Claim, sites: _Index, rules: _Index, laws: _Index, texts: _Index) -> list[Any]:
    return [
        sites.of(claim.site),
        rules.of((claim.rule, claim.name, claim.category)),
        SEVERITIES.index(claim.severity),
        texts.of(claim.verdict),
        CONFIDENCES.index(claim.confidence),
        laws.of(claim.rulings),
        harmless(claim.url),
        f"{claim.captured:%Y-%m-%d %H:%M}" if claim.captured else "",
        harmless(claim.text),
        texts.of(claim.before[-EXCERPT:]),
        texts.of(claim.after[:EXCERPT]),
        texts.of(claim.message),
        texts.of(" › ".join(claim.section)),
        texts.of(claim.language),
        int(claim.in_frame),
        claim.pages,
        claim.captures,
        f"{claim.first:%Y-%m-%d}" if claim.first else "",
        f"{claim.last:%Y-%m-%d}" if claim.last else "",
        harmless(claim.mirror_of),
        claim.finding_id,
    ]


class _Index:
    """Values by number, each once."""

    def __init__(self) -> None:
        self._known: dict[Any, int] = {}

    def of(self, value: Any) -> int:
        return self._known.setdefault(value, len(self._known))

    @property
    def values(self) -> list[Any]:
        return list(self._known)


def _spreads_of(overview: Overview, sites: Sequence[str]) -> list[list[Any]]:
    """For each site its worst severity and its class of spread."""
    known = {
        site.site: [SEVERITIES.index(site.worst), spread_class(site.affected)] for site in overview.sites if site.worst
    }
    return [known.get(site, [0, 0]) for site in sites]


def _rule(overview: Overview, rule: tuple[str, str, str]) -> list[str]:
    text = overview.about.rules.get(rule[0])
    return [*rule, text.why if text else "", text.rewrite if text else ""]


def _provisions(overview: Overview, laws: Iterable[Any]) -> dict[str, list[str]]:
    """The provisions that are cited: where they stand, what they say in our words, their address, since when, how sure."""
    cited = {name for law in laws for ruling in law for name in ruling.provisions}
    known = overview.about.provisions
    return {
        name: [f"{p.instrument}, {p.provision}", p.gist, web_address(p.url), p.in_force, p.confidence]
        for name in sorted(cited & known.keys())
        for p in [known[name]]
    }


_SCRIPT_KEYS = (
    "showing nothing previous next page-of law rewrite why where captured seen pages-captures section frame mirrored "
    "finding confidence no-address undated"
).split()


def _said(words: Catalogue) -> dict[str, Mapping[str, str] | str]:
    """The sentences that the script needs."""
    said: dict[str, Mapping[str, str] | str] = {key: words.texts[f"dashboard.js.{key}"] for key in _SCRIPT_KEYS}
    said["verdicts"] = {name: words.name("verdict", name) for name in ("prohibited", "needs-evidence", "advice")}
    said["severities"] = {name: words.name("severity", name) for name in SEVERITIES}
    said["confidences"] = {name: words.name("confidence", name) for name in CONFIDENCES}
    return said


@cache
def _environment() -> Any:
    made = environment("templates/scan")
    made.globals |= {
        "word": Word,
        "severities": SEVERITIES[::-1],
        "confidences": CONFIDENCES[::-1],
        "limits": {"sites": SITES, "wordings": WORDINGS, "rules": RULES, "unread": UNREAD},
    }
    return made


def _source(name: str) -> str:
    loader = _environment().loader
    source: str = loader.get_source(_environment(), name)[0]
    return source
