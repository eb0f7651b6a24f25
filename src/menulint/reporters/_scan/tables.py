"""The tables of an overview, for spreadsheets and programs: names of columns and rows of plain values."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, TypeAlias

from menulint.reporters import csv
from menulint.reporters._scan.overview import Claim, Overview, Share
from menulint.reporters._snippet import safe

Value: TypeAlias = str | int | float | datetime | date | None


class Table(NamedTuple):
    """Columns, and rows as long as them."""

    columns: tuple[str, ...]
    rows: Callable[[Overview], Iterable[tuple[Value, ...]]]


_CLAIM = (
    "site url captured severity confidence rule name category verdict text before after message jurisdictions provisions "
    "law_urls rewrite section language in_frame pages captures first last mirror_of finding_id page_id"
)
_SHARE = "by name place n N share low high"


def _claims(overview: Overview) -> Iterator[tuple[Value, ...]]:
    for claim in overview.claims:
        yield _claim(claim, overview)


def _claim(claim: Claim, overview: Overview) -> tuple[Value, ...]:
    cited = dict.fromkeys(name for ruling in claim.rulings for name in ruling.provisions)
    known = [overview.about.provisions[name] for name in cited if name in overview.about.provisions]
    text = overview.about.rules.get(claim.rule)
    values: dict[str, Value] = {
        "jurisdictions": " ".join(ruling.code for ruling in claim.rulings),
        "provisions": "; ".join(f"{p.instrument}, {p.provision}" for p in known) or " ".join(cited),
        "law_urls": " ".join(dict.fromkeys(p.url for p in known)),
        "rewrite": text.rewrite if text else "",
        "section": " > ".join(claim.section),
        "in_frame": "yes" if claim.in_frame else "no",
    }
    return tuple(values[name] if name in values else getattr(claim, name) for name in _CLAIM.split())


def _sites(overview: Overview) -> Iterator[tuple[Value, ...]]:
    for site in overview.sites:
        yield (
            *(site.site, site.worst, site.pages, site.captures, site.affected, site.claims, site.error, site.warning),
            *(site.info, site.mirrored, " ".join(site.jurisdictions), " ".join(site.languages), site.first, site.last),
        )


def _content(overview: Overview) -> Iterator[tuple[Value, ...]]:
    content = overview.content
    for share in (*content.categories, *content.rules):
        yield _share(share, "")
    for code, shares in content.places:
        for share in shares:
            yield _share(share, code)


def _share(share: Share, place: str) -> tuple[Value, ...]:
    bounds = (round(value, 6) for value in (share.share, share.low, share.high))
    return share.kind, share.name, place, share.n, share.of, *bounds


def _plain(attribute: str) -> Callable[[Overview], Iterator[tuple[Value, ...]]]:
    def rows(overview: Overview) -> Iterator[tuple[Value, ...]]:
        for row in getattr(overview, attribute):
            yield tuple(getattr(row, part.name) for part in fields(row))

    return rows


def _time(overview: Overview) -> Iterator[tuple[Value, ...]]:
    for period in overview.timeline.periods:
        yield period.start, period.error, period.warning, period.info, period.clean


TABLES = {
    "claims": Table(tuple(_CLAIM.split()), _claims),
    "sites": Table(
        tuple(
            "site worst pages captures affected claims error warning info mirrored jurisdictions languages first last".split()
        ),
        _sites,
    ),
    "rules": Table(tuple("rule name category severity sites pages claims".split()), _plain("rules")),
    "wordings": Table(tuple("text rule severity sites pages".split()), _plain("wordings")),
    "places": Table(tuple("category code sites claims".split()), _plain("cells")),
    "languages": Table(tuple("language captures sites claims".split()), _plain("languages")),
    "time": Table(tuple("from error warning info clean".split()), _time),
    "content": Table(tuple(_SHARE.split()), _content),
    "errors": Table(tuple("code message url input offset".split()), _plain("unread")),
}
"""The tables by name, as ``--table`` and the sheets of a workbook call them."""


def as_csv(overview: Overview, table: str) -> Iterator[str]:
    """One table as CSV: RFC 4180, no cell a formula."""
    made = TABLES[table]
    yield csv.line(made.columns)
    for row in made.rows(overview):
        yield csv.line(_cell(value) for value in row)


def as_json(overview: Overview) -> Iterator[str]:
    """All tables, and what was counted, as one JSON object."""
    about, totals, content = overview.about, overview.totals, overview.content
    head = {
        "schema": 1,
        "scan": about.name,
        "complete": about.complete,
        "menulint": about.menulint,
        "pack": {"version": about.pack_version, "sha256": about.pack_sha256},
        "as_of": about.as_of or "capture",
        "options": dict(about.choice),
        "totals": {part.name: getattr(totals, part.name) for part in fields(totals)},
        "passed_over": about.passed_over,
        "errors_by_code": overview.unread_by_code,
        "time": {
            "step": overview.timeline.step,
            "undated": overview.timeline.undated,
            "by_file": overview.timeline.by_file,
        },
        "content": {
            "unit": "site",
            "interval": "95 % Wilson score",
            "sites": content.sites,
            "mirrors": content.mirrors,
            "silent": content.silent,
            "missing": list(content.missing),
        },
    }
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "tables": {'
    for number, (name, table) in enumerate(TABLES.items()):
        yield ("," if number else "") + f'\n  "{name}": ['
        for at, row in enumerate(table.rows(overview)):
            values = dict(zip(table.columns, map(_in_json, row), strict=True))
            yield ("," if at else "") + "\n   " + json.dumps(values, ensure_ascii=False)
        yield "\n  ]"
    yield "\n }\n}\n"


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return csv.inert(value)
    return str(_in_json(value)) if value is not None else ""


def _in_json(value: Value) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def shown(value: Value) -> str:
    """A value for people, on one line, with nothing in it that a terminal obeys."""
    return safe(str(_in_json(value))) if value is not None else ""
