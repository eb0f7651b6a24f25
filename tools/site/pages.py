"""The pages made of the pack: one per rule, per place and per substance, their indexes, and the map of rules and places."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from tools import readme
from tools.site import markup
from tools.site.commands import reference
from tools.site.law import Judged, Overview
from tools.site.wording import Wording

from menulint.engine import evidence
from menulint.engine.conditions import head_concepts
from menulint.finding import VERDICTS
from menulint.pack.model import Backing, EvidenceRow, Jurisdiction, Pack, Provision, Rule
from menulint.ui import Catalogue, catalogue

DOMAINS = ("cosmetics", "medicines", "devices", "tissues", "food", "advertising", "practice")
ANY_PRODUCT = "any-product"
"""The page of rows that are about a route or a condition, whatever is used."""

_SIGNALS = {
    "tel": "telephone",
    "tld": "web address",
    "currency": "currency",
    "lang": "language of the page",
    "words": "words",
}
_CERTAINTY = {
    "high": "several good trials agree, and another would hardly change the picture",
    "moderate": "trials point this way; another could change how much",
    "low": "few trials, small ones or none that agree; another could change the answer",
    "very-low": "hardly more than a hint",
    "none": "no study that could show it was found",
}
_CARRIES = {
    "high": "carries-change",
    "moderate": "carries-improvement",
    "low": "carries-appearance",
    "very-low": "carries-nothing",
    "none": "carries-nothing",
}
_SCALE = ("nothing", "appearance, with the study named", "improvement", "a change of the body")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Substance:
    """A page of evidence: the rows on one substance."""

    slug: str
    label: str
    rows: tuple[EvidenceRow, ...]

    @property
    def path(self) -> str:
        """Where its page stands."""
        return f"evidence/{self.slug}.md"

    @property
    def carried(self) -> int:
        """The strength of wording that the best of its rows carries, 0 to 3."""
        return max(map(evidence.carried, self.rows))

    @property
    def against(self) -> int:
        """How many of its rows point the other way."""
        return sum(row.level == "contradicted" for row in self.rows)


class Site:
    """Makes the pages of a pack, with the law as it stands on a day."""

    def __init__(self, pack: Pack, as_of: date) -> None:
        self.pack = pack
        self.words: Catalogue = catalogue()
        self.law = Overview(pack, as_of)
        self._wording = Wording(pack, self.words)
        self.substances = tuple(self._substances())
        self._of_row = {row.id: substance for substance in self.substances for row in substance.rows}
        self._jinja = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,  # what a template writes is markup, what it is given is made literal by ``finalize``
            finalize=markup.literal,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._jinja.globals.update(
            site=self,
            pack=pack,
            law=self.law,
            t=self.words,
            as_of=as_of,
            carried=evidence.carried,
            marked=markup.marked,
            commands=reference,
            first_finding=_first_finding,
            signal_names=_SIGNALS,
            certainty_words=_CERTAINTY,
            carries_keys=_CARRIES,
            scale_words=_SCALE,
        )
        self._jinja.filters.update(
            raw=markup.raw,
            source=markup.source,
            condition=self._wording.html,
            line=self._wording.line,
            label=self._wording.label,
            unfilled=self._unfilled,
            day=_day,
            capital=_capital,
        )

    def pages(self) -> Iterator[tuple[str, str]]:
        """Path (below ``docs``) and Markdown of every page."""
        yield self._page("rules/index.md", "rules.md.j2")
        yield self._page("rules/map.md", "map.md.j2")
        for rule in self.pack.rules.values():
            yield self._page(f"rules/{rule.id}.md", "rule.md.j2", rule=rule)
        yield self._page("jurisdictions/provisions.md", "provisions.md.j2")
        for place in self.law.places:
            yield self._page(f"jurisdictions/{place.code}.md", "place.md.j2", place=place)
        yield self._page("evidence/index.md", "evidence.md.j2")
        for substance in self.substances:
            yield self._page(substance.path, "substance.md.j2", substance=substance)

    def navigation(self) -> dict[str, list[Any]]:
        """Lists of pages as MkDocs writes them in ``nav``, by the name under which it asks for them."""
        rules = [
            {
                self.words.name("category", category).capitalize(): [
                    {f"{r.id} {r.name}": f"rules/{r.id}.md"} for r in group
                ]
            }
            for category, group in self.categories()
        ]
        places = [
            {escape(f"{place.name} ({place.code})"): f"jurisdictions/{place.code}.md"} for place in self.law.places
        ]
        return {
            "rules": rules,
            "places": places,
            "evidence": [{escape(_capital(substance.label)): substance.path} for substance in self.substances],
        }

    def fragment(self, template: str, page: str) -> str:
        """A part of a page that is otherwise written by hand."""
        return self._page(page, template)[1]

    def _page(self, path: str, template: str, **values: Any) -> tuple[str, str]:
        to = partial(_relative, posixpath.dirname(path))
        return path, self._jinja.get_template(template).render(to=to, **values)

    # What the templates ask for

    def categories(self) -> list[tuple[str, list[Rule]]]:
        """The rules by category, in the order of the pack."""
        rules = sorted(self.pack.rules.values(), key=lambda rule: rule.id)
        return [(category, list(group)) for category, group in groupby(rules, key=lambda rule: rule.category)]

    def superseded_by(self, rule: Rule) -> list[str]:
        """The rules that speak instead of one on the same words."""
        return [other.id for other in self.pack.rules.values() if rule.id in other.supersedes]

    def evidence_on(self, rule: Rule) -> list[tuple[EvidenceRow, str]]:
        """Rows of evidence on what a rule begins at, each with the page it stands on."""
        heads = [head for head in head_concepts(rule.when) if head.partition(".")[0] in evidence.SAID]
        return [(row, self._of_row[row.id].path) for row in evidence.rows_about(heads, self.pack)]

    def provisions_of(self, code: str) -> list[tuple[str, list[Provision]]]:
        """The provisions of a place by domain."""
        place = self.pack.jurisdictions[code]
        found = ((domain, [p for p in place.provisions if p.domain == domain]) for domain in DOMAINS)
        return [(domain, provisions) for domain, provisions in found if provisions]

    def statuses(self, place: Jurisdiction) -> list[tuple[tuple[str, str], list[str]]]:
        """What things are in a place: status and provision, with the concepts of which it says so."""
        found: dict[tuple[str, str], list[str]] = {}
        for status in place.statuses:
            found.setdefault((status.status, status.by), []).append(status.concept)
        return list(found.items())

    def with_verdict(self, backed: Iterable[tuple[Rule, Judged]], verdict: str) -> list[tuple[Rule, Judged]]:
        """Those of some rules of which a place can make no more and no less than that."""
        return [(rule, judged) for rule, judged in backed if judged.backing.verdict == verdict]

    def by_verdict(self, provision: Provision) -> list[tuple[str, list[Backing]]]:
        """What a provision backs, the strictest first."""
        found = ((verdict, [b for b in provision.backs if b.verdict == verdict]) for verdict in reversed(VERDICTS))
        return [(verdict, backings) for verdict, backings in found if backings]

    def thin(self, provisions: Iterable[Provision]) -> Counter[str]:
        """How many of some provisions are less than sure, by what they lack."""
        return Counter(lack for provision in provisions for lack in _lacks(provision))

    def _substances(self) -> Iterator[Substance]:
        by_slug: dict[str, list[EvidenceRow]] = {}
        for row in self.pack.evidence:
            by_slug.setdefault(row.substance.partition(".")[2] or ANY_PRODUCT, []).append(row)
        for slug in sorted(by_slug, key=lambda slug: (slug == ANY_PRODUCT, slug)):
            rows = tuple(by_slug[slug])
            label = self._wording.label(rows[0].substance) if rows[0].substance else "any product"
            yield Substance(slug, label, rows)

    def _unfilled(self, text: str) -> str:
        """A sentence of a rule with what stands for the words of a page."""
        return _PLACEHOLDER.sub(lambda mark: self.words.texts.get(f"facet-unfilled.{mark[1]}", "…"), text)


def _relative(folder: str, target: str) -> str:
    """A page or a place in one, as seen from a folder."""
    path, mark, anchor = target.partition("#")
    return posixpath.relpath(path, folder or ".") + mark + anchor


def _first_finding() -> Markup:
    """The report of the README as far as its first finding, as it stands there."""
    report, end, _ = readme.shown().partition("menulint explain RTE001")
    return Markup(report.lstrip().removeprefix("```").lstrip() + end)


def _capital(text: str) -> str:
    """A label as a title begins; what it has of capitals stays."""
    return text[:1].upper() + text[1:]


def _lacks(provision: Provision) -> Iterator[str]:
    if not provision.verified:
        yield "not verified, so never cited"
    if provision.confidence == "low":
        yield "of low confidence"
    if provision.source_type == "secondary":
        yield "read in a private source"
    if provision.in_force_from is None:
        yield "without an established start"


def _day(value: date | str) -> str:
    """A day as people write it: 3 November 2025."""
    day = value if isinstance(value, date) else date.fromisoformat(value)
    return f"{day.day} {day:%B} {day.year}"
