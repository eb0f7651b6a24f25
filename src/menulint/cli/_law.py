"""The law on a rule, place by place: what it makes of the wording, since when, who says so, how sure we are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from menulint.cli import _show
from menulint.engine import record
from menulint.engine.conditions import head_concepts, status_named
from menulint.engine.places import judging
from menulint.engine.plain import in_words
from menulint.engine.record import Entry
from menulint.pack.model import Condition, Pack, Provision, Rule
from menulint.ui import Catalogue, Word


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose law is asked for, and of which day. ``codes`` empty: every place of the pack. ``notes`` say what has no law."""

    on: date
    codes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def places(self, pack: Pack) -> tuple[str, ...]:
        """The places asked for, or all."""
        return self.codes or tuple(sorted(pack.jurisdictions))


def asked(pack: Pack, codes: Sequence[str], reference: Sequence[str], on: date) -> Asked:
    """What options or configuration ask for; a place without law is answered by the reference set, and says so.

    Raises:
        UsageError: a code that ISO 3166 does not know.
    """
    if not codes or {"auto", "all"} & set(codes):
        return Asked(on)
    decided = judging(codes, pack, reference)
    known = tuple(dict.fromkeys(code for code in codes if code in pack.jurisdictions))
    raising = tuple(code for code in reference if code in decided.raising and code not in known)
    return Asked(on, (*known, *raising), decided.notes)


def show(pack: Pack, rule: Rule, wanted: Asked, words: Catalogue) -> None:
    """Print the law on a rule: in short, then each provision in each place asked for."""
    by_place = {code: record.entries(pack, rule.id, code, wanted.on) for code in wanted.places(pack)}
    _show.line(words("place.title", day=wanted.on.isoformat()))
    for note in wanted.notes:
        _show.paragraph(words.sentence(note), indent=2)
    for said, codes in _in_short(by_place, words).items():
        _show.labelled(said, ", ".join(codes), indent=2)
    for code, found in by_place.items():
        if found or wanted.codes:
            _show.line()
            _show_place(pack, rule, code, found, wanted, words)


def _in_short(by_place: dict[str, list[Entry]], words: Catalogue) -> dict[str, list[str]]:
    """Places by what they make of the wording, the strictest first; where the law allows it, or none is known, last."""
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    allowed = []
    for code, found in by_place.items():
        spoken = record.verdicts(record.speaking(found))
        if not spoken and _is_allowed(found):
            allowed.append(code)
        else:
            groups[spoken].append(code)
    ordered = sorted(groups, key=lambda g: (0 if "prohibited" in g else 1 if g else 3, -len(g), g))
    said = {_verdict(group, words, kind="verdict-long"): groups[group] for group in ordered if group}
    return {**said, words("place.permits"): allowed, words("place.nothing-short"): groups.get((), [])}


def _is_allowed(found: Iterable[Entry]) -> bool:
    return any(entry.permits and entry.state == record.IN_FORCE for entry in found)


def _verdict(verdicts: Sequence[str], words: Catalogue, *, kind: str = "verdict") -> str:
    """``prohibited``, or ``prohibited or needs evidence, by the case``, or that nothing is on file."""
    named = [words.name(kind, verdict) for verdict in verdicts]
    return named[0] if len(named) == 1 else words("place.by-case", verdicts=words("condition.or").join(named))


def _show_place(pack: Pack, rule: Rule, code: str, found: list[Entry], wanted: Asked, words: Catalogue) -> None:
    name = pack.jurisdictions[code].name
    spoken = record.verdicts(record.speaking(found))
    if spoken:
        _show.line(f"{code}, {name}: {_verdict(spoken, words)}")
    else:
        _show.paragraph(words("place.nothing", code=code, name=name))
        _show_reasons(pack, rule, code, found, wanted, words)
    own = [entry for entry in found if entry.is_own]
    for entries in _by_provision(own):
        show_entries(pack, entries, words, indent=2)
    _show_inherited(pack, [entry for entry in found if not entry.is_own], own, wanted, words)


def _show_inherited(pack: Pack, taken: list[Entry], own: list[Entry], wanted: Asked, words: Catalogue) -> None:
    """What a place inherits: in full if it was asked for, else by name, since its own place shows it in full."""
    always = any(entry.binds and entry.backing.when is None for entry in own)
    by_source: dict[str, list[Entry]] = defaultdict(list)
    for entry in taken:
        by_source[entry.provision.jurisdiction].append(entry)
    for source, entries in by_source.items():
        key = "place.replaced" if always else "place.after-own" if any(e.binds for e in own) else "place.inherited"
        said = words(key, source=source, name=pack.jurisdictions[source].name)
        shown_elsewhere = always or source in wanted.places(pack)
        if shown_elsewhere:
            _show.labelled(said, ", ".join(dict.fromkeys(e.provision.id for e in entries)), indent=2)
            continue
        _show.line(f"  {said}:")
        for of_it in _by_provision(entries):
            show_entries(pack, of_it, words, indent=4)


def _by_provision(entries: Iterable[Entry]) -> list[list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.provision.id].append(entry)
    return list(found.values())


def show_entries(pack: Pack, entries: Sequence[Entry], words: Catalogue, *, indent: int) -> None:
    """Print a provision with what it says of a rule: each of its entries in a line, then what holds for all of them."""
    provision = entries[0].provision
    _show.line(" " * indent + provision.id)
    for entry in entries:
        _show.labelled(_makes_of_it(entry, words), _when(entry.backing.when, pack, words), indent=indent + 2)
    _show.labelled(words("provision.says"), words.sentence(provision.gist), indent=indent + 2)
    for label, text in facts(provision, entries[0].state, words):
        _show.labelled(label, text, indent=indent + 2)
    _show.line(" " * (indent + 2) + provision.url)


def _makes_of_it(entry: Entry, words: Catalogue) -> str:
    if entry.permits:
        return words("place.permits")
    backing = entry.backing
    said = f"{words.name('verdict', backing.verdict)} ({words.name('severity', backing.severity)})"
    if backing.confidence and backing.confidence != entry.provision.confidence:
        return f"{said}, {words('place.less-sure', sure=Word('confidence', backing.confidence))}"
    return said


def _when(condition: Condition | None, pack: Pack, words: Catalogue) -> str:
    return words("place.if", what=in_words(condition, pack, words)) if condition else words("place.always")


def facts(provision: Provision, state: str, words: Catalogue) -> Iterator[tuple[str, str]]:
    """Who says so, since when and how sure we are, as labels and texts."""
    where = f"{provision.instrument}, {provision.provision}" if provision.provision else provision.instrument
    kind, read = words.name("binding", provision.binding), words.name("source-long", provision.source_type)
    yield words("provision.who"), f"{where} ({kind}; {read})"
    yield words("provision.when"), in_force(provision, state, words)
    yield words("provision.sure"), words.name("confidence-long", provision.confidence)
    yield words("provision.note"), words.sentence(provision.note)


def in_force(provision: Provision, state: str, words: Catalogue) -> str:
    """Since when and until when, what that is on the day asked, and when it was last looked at."""
    start, end = provision.in_force_from, provision.in_force_to
    said = words("provision.from", day=start.isoformat()) if start else words("law.unknown-start")
    if end:
        said = words("law.until", begins=said, end=end.isoformat())
    if state != record.IN_FORCE:
        said = f"{words.name('state', state)}: {said}"
    return words("provision.reviewed", said=said, day=provision.reviewed)


def _show_reasons(pack: Pack, rule: Rule, code: str, found: list[Entry], wanted: Asked, words: Catalogue) -> None:
    """What is near a rule that no law of a place backs: what allows the wording there, or what things are not there."""
    near = [other.id for other in pack.rules.values() if _is_near(pack, rule, other, code, wanted.on)]
    _show.labelled(words("place.near", category=Word("category", rule.category)), ", ".join(near), indent=2)
    _show.labelled(words("place.gaps"), pack.jurisdictions[code].gaps, indent=2)
    if _is_allowed(found):
        _show.paragraph(words("place.is-permitted"), indent=2)
    elif status := status_named(rule.when):
        here = [s.concept for s, _ in record.statuses_of(pack, code, wanted.on) if _begins_at(pack, rule, s.concept)]
        key = "place.some-status" if here else "place.no-status"
        things = ", ".join(pack.concepts[c].label for c in here)
        name = pack.jurisdictions[code].name
        _show.paragraph(words(key, name=name, status=Word("law-status", status), things=things), indent=2)


def _begins_at(pack: Pack, rule: Rule, concept: str) -> bool:
    return not pack.ancestors[concept].isdisjoint(head_concepts(rule.when))


def _is_near(pack: Pack, rule: Rule, other: Rule, code: str, on: date) -> bool:
    """Whether another rule of the same kind has law in a place."""
    same = other.category == rule.category and other.id != rule.id
    return same and bool(record.speaking(record.entries(pack, other.id, code, on)))


# The same as plain values


def as_values(pack: Pack, rule: Rule, wanted: Asked) -> list[dict[str, Any]]:
    """The law on a rule as JSON: one object a place, also for places without any."""
    return [_place_value(pack, rule, code, wanted.on) for code in wanted.places(pack)]


def _place_value(pack: Pack, rule: Rule, code: str, on: date) -> dict[str, Any]:
    found = record.entries(pack, rule.id, code, on)
    return {
        "code": code,
        "name": pack.jurisdictions[code].name,
        "verdicts": list(record.verdicts(record.speaking(found))),
        "law": [_entry_value(entry) for entry in found],
    }


def _entry_value(entry: Entry) -> dict[str, Any]:
    backing = entry.backing
    says = "permits" if entry.permits else "backs"
    judged = {} if entry.permits else {"verdict": backing.verdict, "severity": backing.severity}
    sure = {"confidence": backing.confidence or entry.provision.confidence}
    return {
        "says": says,
        **judged,
        **sure,
        "when": backing.when,
        "provision": provision_value(entry.provision, entry.state),
    }


def provision_value(provision: Provision, state: str) -> dict[str, Any]:
    """A provision as JSON, without what it backs."""
    names = "domain gist instrument provision url source_type binding confidence verified reviewed note backs_nothing".split()
    return {
        "id": provision.id,
        "place": provision.jurisdiction,
        "state": state,
        "in_force": {"from": _iso(provision.in_force_from), "to": _iso(provision.in_force_to)},
        **{name: getattr(provision, name) for name in names},
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
