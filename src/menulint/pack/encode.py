"""The compiled pack as JSON and back. Alternatives shared by phrases are written once and shared again when read."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, fields
from datetime import date
from typing import Any, TypeVar

from menulint.pack.model import (
    Backing,
    Concept,
    Element,
    Entry,
    EvidenceRow,
    Example,
    Inheritance,
    Jurisdiction,
    Lexicon,
    Pack,
    Phrase,
    Provision,
    Rewording,
    Rule,
    Status,
    Wording,
)

FORMAT = 4
"""Raised whenever the JSON changes its shape."""

T = TypeVar("T")


def to_json(pack: Pack) -> str:
    """A pack as one line of JSON, the same for equal packs."""
    data = {
        "format": FORMAT,
        "version": pack.version,
        "sha256": pack.sha256,
        "concepts": [asdict(c) for c in pack.concepts.values()],
        "lexicon": _lexicon_to_json(pack.lexicon),
        "rules": [asdict(r) for r in pack.rules.values()],
        "jurisdictions": [asdict(j) for j in pack.jurisdictions.values()],
        "evidence": [asdict(e) for e in pack.evidence],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)


def from_json(text: str) -> Pack:
    """The pack that ``to_json`` wrote.

    Raises:
        ValueError: it is no JSON, of another format, or not complete.
    """
    data = json.loads(text)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError(f"a compiled pack of format {FORMAT} was expected")
    collects = gc.isenabled()
    gc.disable()  # a hundred thousand small tuples, none of them garbage: collecting takes half of the time
    try:
        return _pack_from_json(data)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise ValueError(f"a damaged compiled pack: {error!r}") from error
    finally:
        if collects:
            gc.enable()


def _pack_from_json(data: dict[str, Any]) -> Pack:
    concepts = (Concept(**_tuples(c, "is_a")) for c in data["concepts"])
    rules = map(_rule, data["rules"])
    jurisdictions = map(_jurisdiction, data["jurisdictions"])
    return Pack(
        version=data["version"],
        sha256=data["sha256"],
        concepts={c.id: c for c in concepts},
        lexicon=_lexicon_from_json(data["lexicon"]),
        rules={r.id: r for r in rules},
        jurisdictions={j.code: j for j in jurisdictions},
        evidence=tuple(EvidenceRow(**_tuples(e, "citations")) for e in data["evidence"]),
    )


def _tuples(data: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {**data, **{key: tuple(data[key]) for key in keys}}


def _each(make: Callable[..., T], items: Iterable[dict[str, Any]], *keys: str) -> tuple[T, ...]:
    return tuple(make(**_tuples(item, *keys)) for item in items)


def _rule(data: dict[str, Any]) -> Rule:
    examples = ("flagged", "allowed", "gaps_flagged", "gaps_allowed")
    read = {key: _each(Example, data[key], "jurisdictions") for key in examples}
    texts = {language: Wording(**wording) for language, wording in data["texts"].items()}
    return Rule(**{**_tuples(data, "supersedes"), **read, "texts": texts})


def _provision(data: dict[str, Any]) -> Provision:
    days = {key: date.fromisoformat(data[key]) if data[key] else None for key in ("in_force_from", "in_force_to")}
    backings = {key: _each(Backing, data[key]) for key in ("backs", "permits")}
    return Provision(**{**data, **days, **backings})


def _jurisdiction(data: dict[str, Any]) -> Jurisdiction:
    read = {
        "inherits": _each(Inheritance, data["inherits"], "domains"),
        "statuses": _each(Status, data["statuses"]),
        "provisions": tuple(map(_provision, data["provisions"])),
        "signals": {kind: tuple(values) for kind, values in data["signals"].items()},
    }
    return Jurisdiction(**{**_tuples(data, "languages", "regulators"), **read})


# -- lexicon: positions instead of names, since this is what every start waits for

_ENTRY_FIELDS = tuple(field.name for field in fields(Entry))


def _lexicon_to_json(lexicon: Lexicon) -> dict[str, Any]:
    writer = _PhraseWriter()
    return {
        "entries": [[getattr(entry, name) for name in _ENTRY_FIELDS] for entry in lexicon.entries],
        "forms": _plain_forms(lexicon),
        "shared": {form: uses for form, uses in lexicon.forms.items() if not _is_plain(uses)},
        "phrases": [writer.phrase(*pair) for pair in lexicon.phrases],
        "anchors": lexicon.anchors,
        "veto_forms": lexicon.veto_forms,
        "veto_phrases": [writer.phrase(*pair) for pair in lexicon.veto_phrases],
        "veto_anchors": lexicon.veto_anchors,
        "rewordings": [_rewording_to_json(writer, rewording) for rewording in lexicon.rewordings],
        "choices": writer.choices,
        "abbreviations": lexicon.abbreviations,
        "clause_breaks": lexicon.clause_breaks,
        "common": lexicon.common,
    }


_PARTS = ("before", "change", "after", "drop")


def _rewording_to_json(writer: _PhraseWriter, rewording: Rewording) -> dict[str, Any]:
    plain = {f.name: getattr(rewording, f.name) for f in fields(rewording)}
    return plain | {part: writer.elements(plain[part]) for part in _PARTS}


def _is_plain(uses: tuple[tuple[int, str], ...]) -> bool:
    return len(uses) == 1 and not uses[0][1]


def _plain_forms(lexicon: Lexicon) -> list[str]:
    """By entry, the forms that mean nothing else, one a line: ten times as fast to read as a list for each form."""
    lines: list[list[str]] = [[] for _ in lexicon.entries]
    for form, uses in lexicon.forms.items():
        if _is_plain(uses):
            lines[uses[0][0]].append(form)
    return ["\n".join(forms) for forms in lines]


class _PhraseWriter:
    """Writes an element as the number of its choice, -1 - number if it may be left out, or ``[gap]``."""

    def __init__(self) -> None:
        self.choices: list[list[str]] = []
        self._numbers: dict[tuple[tuple[str, ...], ...], int] = {}

    def phrase(self, entry: int, phrase: Phrase) -> list[Any]:
        return [entry, phrase.anchor, phrase.need, *self.elements(phrase.elements)]

    def elements(self, elements: Iterable[Element]) -> list[Any]:
        return list(map(self._element, elements))

    def _element(self, element: Element) -> Any:
        if element.gap:
            return [element.gap]
        if element.alternatives not in self._numbers:
            self._numbers[element.alternatives] = len(self.choices)
            self.choices.append([" ".join(words) for words in element.alternatives])
        number = self._numbers[element.alternatives]
        return -1 - number if element.optional else number


def _lexicon_from_json(data: dict[str, Any]) -> Lexicon:
    choices = [tuple(tuple(words.split(" ")) for words in choice) for choice in data["choices"]]
    forms: dict[str, tuple[tuple[int, str], ...]] = {}
    for entry, joined in enumerate(data["forms"]):
        forms.update(dict.fromkeys(joined.split("\n") if joined else (), ((entry, ""),)))
    for form, uses in data["shared"].items():
        forms[form] = tuple((entry, cased) for entry, cased in uses)
    return Lexicon(
        entries=tuple(map(_entry, data["entries"])),
        forms=forms,
        phrases=_phrases(data["phrases"], choices),
        anchors=_tuple_values(data["anchors"]),
        veto_forms=_tuple_values(data["veto_forms"]),
        veto_phrases=_phrases(data["veto_phrases"], choices),
        veto_anchors=_tuple_values(data["veto_anchors"]),
        abbreviations=_tuple_values(data["abbreviations"]),
        clause_breaks=_tuple_values(data["clause_breaks"]),
        common=_tuple_values(data["common"]),
        rewordings=tuple(_rewording(rewording, choices) for rewording in data["rewordings"]),
    )


def _rewording(data: dict[str, Any], choices: list[tuple[tuple[str, ...], ...]]) -> Rewording:
    parts = {part: tuple(_element(code, choices) for code in data[part]) for part in _PARTS}
    return Rewording(**{**_tuples(data, "example"), **parts})


def _tuple_values(table: dict[str, list[Any]]) -> dict[str, tuple[Any, ...]]:
    return {key: tuple(values) for key, values in table.items()}


def _entry(values: list[Any]) -> Entry:
    arguments: list[Any] = [tuple(value) if isinstance(value, list) else value for value in values]
    return Entry(*arguments)


def _phrases(data: list[list[Any]], choices: list[tuple[tuple[str, ...], ...]]) -> tuple[tuple[int, Phrase], ...]:
    made: dict[Any, Element] = {}

    def element(code: Any) -> Element:
        key = code if isinstance(code, int) else (code[0],)
        if key not in made:
            made[key] = _element(code, choices)
        return made[key]

    return tuple((entry, Phrase(tuple(map(element, codes)), anchor, need)) for entry, anchor, need, *codes in data)


def _element(code: Any, choices: list[tuple[tuple[str, ...], ...]]) -> Element:
    if isinstance(code, list):
        return Element(gap=code[0])
    return Element(choices[code]) if code >= 0 else Element(choices[-1 - code], optional=True)
