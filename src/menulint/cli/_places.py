"""What the pack says of a provision or of a place as a whole, as text and as plain values."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from menulint.cli import _law, _show
from menulint.cli._law import Asked
from menulint.engine import record
from menulint.engine.plain import in_words
from menulint.pack.model import Backing, Jurisdiction, Pack, Provision
from menulint.ui import Catalogue, Word

# Provisions


def show_provision(pack: Pack, provision: Provision, words: Catalogue, wanted: Asked) -> None:
    """Print a provision: who says what since when, what it backs, where else it holds, and before what it comes."""
    place = pack.jurisdictions[provision.jurisdiction]
    domain = words.name("domain", provision.domain)
    _show.line(f"{provision.id} ({place.code}, {place.name}; {domain})")
    _show.labelled(words("provision.says"), words.sentence(provision.gist))
    state = record.state(provision, wanted.on)
    for label, text in _law.facts(provision, state, words):
        _show.labelled(label, text)
    _show.line(provision.url)
    _show.listed(words("provision.backs"), (_backing(pack, b, words, permits=False) for b in provision.backs))
    _show.listed(words("provision.permits"), (_backing(pack, b, words, permits=True) for b in provision.permits))
    if not provision.backs and not provision.permits:
        _show.labelled(words("provision.backs-nothing"), provision.backs_nothing)
    things = [s.concept for s in place.statuses if s.by == provision.id]
    _show.labelled(words("provision.status"), ", ".join(pack.concepts[c].label for c in things))
    _show.labelled(words("provision.heirs"), ", ".join(record.heirs(pack, provision)))
    _show.listed(words("provision.before"), _comes_before(pack, provision))
    _show.listed(words("provision.behind"), _comes_behind(pack, provision))


def _backing(pack: Pack, backing: Backing, words: Catalogue, *, permits: bool) -> str:
    rule = pack.rules[backing.rule]
    named = f"{rule.id} {rule.name}"
    if not permits:
        named += f": {words.name('verdict', backing.verdict)} ({words.name('severity', backing.severity)})"
    return f"{named}, {words('place.if', what=in_words(backing.when, pack, words))}" if backing.when else named


def _comes_before(pack: Pack, provision: Provision) -> Iterator[str]:
    """The inherited provisions that a place's own one replaces, by rule."""
    for rule in dict.fromkeys(b.rule for b in provision.backs):
        taken = dict.fromkeys(
            p.id
            for p in record.provisions_of(pack, provision.jurisdiction)
            if p.jurisdiction != provision.jurisdiction and any(b.rule == rule for b in p.backs)
        )
        if taken:
            yield f"{rule}: {', '.join(taken)}"


def _comes_behind(pack: Pack, provision: Provision) -> Iterator[str]:
    """Where a place that inherits a provision has one of its own for the same rule."""
    rules = {b.rule for b in provision.backs}
    for code in record.heirs(pack, provision):
        own = [p for p in pack.jurisdictions[code].provisions if rules & {b.rule for b in p.backs}]
        if own:
            yield f"{code}: {', '.join(p.id for p in own)}"


def provision_value(pack: Pack, provision: Provision, wanted: Asked) -> dict[str, Any]:
    """A provision as JSON, with what it backs and where it holds."""
    listed = {
        kind: [{"rule": b.rule, "verdict": b.verdict, "severity": b.severity, "when": b.when} for b in backings]
        for kind, backings in (("backs", provision.backs), ("permits", provision.permits))
    }
    for backing in listed["permits"]:
        del backing["verdict"], backing["severity"]
    value = _law.provision_value(provision, record.state(provision, wanted.on))
    return {**value, **listed, "inherited_by": record.heirs(pack, provision)}


# Places


def show_place(pack: Pack, place: Jurisdiction, words: Catalogue, wanted: Asked) -> None:
    """Print a place: whose law it is, what things are there, its provisions by domain, and what is not covered."""
    _show.line(f"{place.code}, {place.name}")
    _show.labelled(words("place.regulators"), ", ".join(place.regulators))
    _show.labelled(words("place.languages"), ", ".join(place.languages))
    _show.labelled(words("place.takes"), "; ".join(_parents(place, words)))
    _show.labelled(words("place.heirs"), ", ".join(_children(pack, place.code)))
    covered = _covered(pack, place.code, wanted)
    count = words("place.rules-of", n=len(covered), total=len(pack.rules))
    _show.labelled(words("place.rules"), count)
    _show.labelled(words("place.uncovered"), ", ".join(sorted(set(pack.rules) - covered)))
    _show.labelled(words("place.gaps"), place.gaps)
    _show.listed(words("concept.status"), _statuses(pack, place.code, words, wanted))
    for domain, provisions in _by_domain(place).items():
        _show.line()
        _show.line(words.count("place.provisions", len(provisions), domain=Word("domain", domain)))
        for provision in provisions:
            said = _law.in_force(provision, record.state(provision, wanted.on), words)
            _show.labelled(provision.id, f"{words.sentence(provision.gist)} ({said})", indent=2)


def _parents(place: Jurisdiction, words: Catalogue) -> Iterator[str]:
    for parent in place.inherits:
        domains = ", ".join(words.name("domain", domain) for domain in parent.domains)
        yield f"{parent.source} ({domains})" if domains else parent.source


def _children(pack: Pack, code: str) -> Iterator[str]:
    return (c for c, j in sorted(pack.jurisdictions.items()) if any(i.source == code for i in j.inherits))


def _covered(pack: Pack, code: str, wanted: Asked) -> set[str]:
    """The rules that some provision in force backs in a place."""
    return {rule for rule in pack.rules if record.speaking(record.entries(pack, rule, code, wanted.on))}


def _statuses(pack: Pack, code: str, words: Catalogue, wanted: Asked) -> Iterator[str]:
    """What things are in a place, by the provision that says so."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for status, by in record.statuses_of(pack, code, wanted.on):
        found[status.status, by.id].append(pack.concepts[status.concept].label)
    for (status_name, provision), things in found.items():
        status_said = Word("law-status", status_name)
        yield words("place.status", status=status_said, by=provision, things=", ".join(things))


def _by_domain(place: Jurisdiction) -> dict[str, list[Provision]]:
    found: dict[str, list[Provision]] = defaultdict(list)
    for provision in place.provisions:
        found[provision.domain].append(provision)
    return dict(sorted(found.items()))


def place_value(pack: Pack, place: Jurisdiction, wanted: Asked) -> dict[str, Any]:
    """A place as JSON; its own provisions in short."""
    states = {p.id: record.state(p, wanted.on) for p in place.provisions}
    covered = _covered(pack, place.code, wanted)
    return {
        "code": place.code,
        "name": place.name,
        "regulators": place.regulators,
        "languages": place.languages,
        "inherits": [{"from": i.source, "domains": i.domains} for i in place.inherits],
        "status": [
            {"concept": status.concept, "is": status.status, "by": by.id}
            for status, by in record.statuses_of(pack, place.code, wanted.on)
        ],
        "provisions": [_law.provision_value(p, states[p.id]) for p in place.provisions],
        "counts": dict(sorted(Counter(p.domain for p in place.provisions).items())),
        "gaps": place.gaps,
        "rules_backed": sorted(covered),
        "rules_without_law": sorted(set(pack.rules) - covered),
    }
