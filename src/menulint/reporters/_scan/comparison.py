"""What differs between two scans: lines for a terminal, JSON, and a web page that stands alone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from menulint.finding import SEVERITIES
from menulint.reporters._page import content_policy, environment
from menulint.reporters._scan.difference import CAUSES, KINDS, OF_JUDGEMENT, Change, Difference
from menulint.reporters._scan.words import Numbers, of_language
from menulint.reporters._snippet import safe

SHOWN_LINES, SHOWN_CARDS = 20, 1000
"""Changes that a terminal and a web page show of each kind, at most."""

EXCERPT = 100


def as_lines(found: Difference, language: str) -> Iterator[str]:
    """For a terminal, with nothing in it that one obeys."""
    words = of_language(language)
    for sentence in said(found, words):
        yield safe(sentence) + "\n"
    for title, changes in sections(found, words):
        yield f"\n{title}\n"
        if not changes:
            yield f"  {words.catalogue('compare.nothing')}\n"
        for kind in KINDS:
            yield from _lines(kind, [change for change in changes if change.kind == kind], words)


def _lines(kind: str, changes: Sequence[Change], words: Numbers) -> Iterator[str]:
    if not changes:
        return
    name = words.catalogue.name("compare.kind", kind)
    yield f"  {words.capital(name)}: {words(len(changes))}\n"
    worst_first = sorted(changes, key=lambda change: -SEVERITIES.index(change.found.severity))
    for change in worst_first[:SHOWN_LINES]:
        found = change.found
        severity = words.catalogue.name("severity", found.severity)
        yield (
            safe(f"    {severity} {found.rule} “{found.text}” {change.url or change.site} ({_aside(change, words)})")
            + "\n"
        )
    if len(changes) > SHOWN_LINES:
        yield "    " + words.count("compare.more", len(changes) - SHOWN_LINES) + "\n"


def _aside(change: Change, words: Numbers) -> str:
    """Why it changed, and what it was."""
    t = words.catalogue
    cause = t.name("compare.cause", change.cause)
    if change.was_url:
        return t("compare.from", url=change.was_url)
    if change.was and change.now:
        was = change.was.text if change.kind == "reworded" else t.name("severity", change.was.severity)
        return f"{t('compare.was')}: “{was}”; {cause}"
    return cause


def as_json(found: Difference) -> Iterator[str]:
    """All changes, as one object."""
    head: dict[str, Any] = {"schema": 1, **{key: value for key, value in asdict(found).items() if key != "changes"}}
    head["counts"] = [
        {"kind": kind, "cause": cause, "findings": many} for (kind, cause), many in sorted(found.counts.items())
    ]
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "changes": ['
    for number, change in enumerate(found.changes):
        yield ("," if number else "") + "\n  " + json.dumps(asdict(change), ensure_ascii=False)
    yield "\n ]\n}\n"


def as_html(found: Difference, language: str) -> Iterator[str]:
    """One page, complete without a script."""
    words, env = of_language(language), environment("templates/scan")
    assert env.loader is not None
    style = env.loader.get_source(env, "dashboard.css")[0]
    counts = found.counts
    yield (
        env.get_template("compare.html.j2").render(
            found=found,
            t=words.catalogue,
            num=words,
            style=style,
            policy=content_policy(style, ""),
            said=list(said(found, words)),
            sections=sections(found, words),
            kinds=KINDS,
            rows=[(kind, cause, counts[kind, cause]) for kind in KINDS for cause in CAUSES if counts[kind, cause]],
            shown=SHOWN_CARDS,
            excerpt=EXCERPT,
        )
        + "\n"
    )


def sections(found: Difference, words: Numbers) -> list[tuple[str, list[Change]]]:
    """What pages changed, then what changed because it is judged otherwise, each with its title."""
    t = words.catalogue
    by_pages = [change for change in found.changes if change.cause not in OF_JUDGEMENT]
    by_judgement = [change for change in found.changes if change.cause in OF_JUDGEMENT]
    made = [(t("compare.by-pages"), by_pages)]
    return [*made, (t("compare.by-judgement"), by_judgement)] if by_judgement or found.rejudging else made


def said(found: Difference, words: Numbers) -> Iterator[str]:
    """What was compared, and how far it can be compared."""
    t = words.catalogue
    yield t("compare.title", first=found.first.name, second=found.second.name)
    for side in (found.first, found.second):
        version = {"version": side.menulint, "pack": side.pack_version, "sum": side.pack_sha256[:12]}
        yield t("compare.scan", name=side.name, pages=words(side.pages), **version)
        if not side.complete:
            yield t("compare.incomplete", name=side.name)
    yield t("compare.what")
    yield t("compare.pages", **{state: words(many) for state, many in found.pages.items()})
    yield t("compare.unchanged", n=words(found.unchanged))
    yield t("compare.judged", what=", ".join(_otherwise(found, words))) if found.rejudging else t("compare.same-law")
    for key, rules in (("compare.rules-added", found.rules_added), ("compare.rules-gone", found.rules_gone)):
        if rules:
            yield t(key, rules=", ".join(rules))


def _otherwise(found: Difference, words: Numbers) -> Iterator[str]:
    """What beside the pages differs."""
    t, first, second = words.catalogue, found.first, found.second
    if first.pack_sha256 != second.pack_sha256:
        yield t("compare.pack-differs")
    if first.menulint != second.menulint:
        yield t("compare.program-differs")
    for name, was, now in found.options:
        yield t("compare.option-differs", name=name, was=was, now=now)
