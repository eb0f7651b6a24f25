"""An overview in a page of Markdown: for a mail, a ticket, a desk. Text of pages can be no markup in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from menulint.finding import SEVERITIES
from menulint.reporters._scan.overview import Overview
from menulint.reporters._scan.words import Numbers, of_language
from menulint.reporters.markdown import plain

ROWS = 20
"""Rows of each table."""


def render(overview: Overview, language: str) -> Iterator[str]:
    """The brief in pieces."""
    words = of_language(language)
    t = words.catalogue
    yield f"# {plain(t('dashboard.title', name=overview.about.name))}\n\n"
    for what, value in said(overview, language):
        yield f"- {plain(what)}{': ' + plain(value) if value else ''}\n"
    yield from _section(t("dashboard.worst-sites"), _sites(overview, words))
    yield from _section(t("dashboard.wordings"), _wordings(overview, words))
    yield from _section(t("dashboard.rules"), _rules(overview, words))
    yield from _section(t("dashboard.content"), _content(overview, words))
    yield f"\n{plain(t('dashboard.content-unit'))} {plain(t('dashboard.content-sample'))}\n"
    yield f"\n{plain(t('dashboard.limits-text'))}\n\n{plain(t('footer'))}\n"


def said(overview: Overview, language: str) -> Iterator[tuple[str, str]]:
    """What was counted, and how: statements with a value, or sentences without one."""
    words = of_language(language)
    t, about, totals = words.catalogue, overview.about, overview.totals
    if not about.complete:
        yield t("dashboard.incomplete"), ""
    if not about.same_pack:
        yield t("dashboard.other-pack"), ""
    if about.choice:
        yield t("dashboard.choice", choice=", ".join(f"--{name} {value}" for name, value in about.choice)), ""
    yield t("dashboard.judged", day=about.as_of or t("dashboard.day-of-capture")), ""
    yield f"menulint {about.menulint}, {t('dashboard.pack', version=about.pack_version)}", about.pack_sha256
    share = words.percent(totals.affected / totals.sites if totals.sites else 0)
    yield (
        t("dashboard.sites"),
        f"{words(totals.sites)} ({t('dashboard.with-findings', n=words(totals.affected), share=share)})",
    )
    yield t("dashboard.pages"), f"{words(totals.pages)} ({t('dashboard.captures', n=words(totals.captures))})"
    severities = ", ".join(f"{t.name('severity', s)} {words(getattr(totals, s))}" for s in SEVERITIES[::-1])
    yield t("dashboard.findings"), f"{words(totals.claims)} ({severities})"
    yield t("dashboard.errors"), words(sum(overview.unread_by_code.values()))
    yield t("dashboard.counted-site"), ""
    counted = totals.findings - totals.suppressed - totals.uncounted
    yield t("dashboard.counted-findings", claims=words(totals.claims), findings=words(counted)), ""
    for name, many in asides(overview):
        if many:
            yield words.count(f"dashboard.{name}", many), ""


def asides(overview: Overview) -> list[tuple[str, int]]:
    """The sentences on what is counted once, apart or not at all, with their numbers."""
    totals = overview.totals
    return [
        ("counted-suppressed", totals.suppressed),
        ("counted-uncounted", totals.uncounted),
        ("counted-again", totals.read_again),
        ("counted-copies", totals.copies),
        ("counted-mirrored", totals.mirrored),
        ("counted-mirrored-claims", totals.mirrored_claims),
        ("counted-no-address", totals.without_address),
    ]


def _section(title: str, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"\n## {plain(title)}\n\n"
    yield from table(rows)


def table(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows as a table of Markdown, the first one its head."""
    for number, row in enumerate(rows):
        yield "| " + " | ".join(plain(cell) for cell in row) + " |\n"
        if not number:
            yield "|" + "---|" * len(row) + "\n"


def _sites(overview: Overview, words: Numbers) -> list[list[str]]:
    t = words.catalogue
    head = [
        t("dashboard.site"),
        *(words.capital(t.name("severity", s)) for s in SEVERITIES[::-1]),
        t("dashboard.affected"),
    ]
    return [head] + [
        [
            site.site or t("dashboard.no-address"),
            *(words(getattr(site, s)) for s in SEVERITIES[::-1]),
            t("dashboard.of-pages", n=words(site.affected), all=words(site.pages)),
        ]
        for site in overview.sites[:ROWS]
        if site.worst
    ]


def _wordings(overview: Overview, words: Numbers) -> list[list[str]]:
    t = words.catalogue
    head = [t(f"dashboard.{name}") for name in ("wording", "rule", "number-sites", "number-pages")]
    return [head] + [[row.text[:200], row.rule, words(row.sites), words(row.pages)] for row in overview.wordings[:ROWS]]


def _rules(overview: Overview, words: Numbers) -> list[list[str]]:
    t = words.catalogue
    head = [t(f"dashboard.{name}") for name in ("rule", "category", "number-sites", "number-pages", "number-claims")]
    return [head] + [
        [
            f"{row.rule} {row.name}",
            t.name("category", row.category),
            words(row.sites),
            words(row.pages),
            words(row.claims),
        ]
        for row in overview.rules[:ROWS]
    ]


def _content(overview: Overview, words: Numbers) -> list[list[str]]:
    t = words.catalogue
    head = [t("dashboard.category"), "n", "N", t("dashboard.share"), t("dashboard.interval")]
    return [head] + [
        [
            words.capital(t.name("category", row.name)),
            words(row.n),
            words(row.of),
            words.percent(row.share),
            f"{words.percent(row.low)}–{words.percent(row.high)}",
        ]
        for row in overview.content.categories
    ]
