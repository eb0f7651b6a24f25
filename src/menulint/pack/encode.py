"""The compiled pack as bytes and back. What is read again is read piece by piece, when it is first asked for.

After a line that names the format stand a checksum and MessagePack: for every part of the pack rows, one a value.
"""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, Self

import msgspec
from msgspec.structs import replace

from menulint.pack import choices as of_choices
from menulint.pack.choices import Choices
from menulint.pack.index import Need, StoredRows, Words, tables, words_of
from menulint.pack.misspelling import Misspellings
from menulint.pack.model import (
    Alternatives,
    Concept,
    Element,
    Entry,
    EvidenceRow,
    Jurisdiction,
    Lexicon,
    Pack,
    Phrase,
    Provision,
    Rewording,
    Rule,
)
from menulint.pack.rows import Rows, Shelf, Table
from menulint.pack.signs import Sign
from menulint.pack.stretches import Followers

FORMAT = 15
"""Raised whenever what is written changes its shape."""

_HEAD = b"menulint pack %d\n" % FORMAT
_SUM = 4
_MACHINE = f"{sys.byteorder}-{sys.maxsize.bit_length() + 1}"
"""A trie can only be used by machines like the one that made it."""


class _Shelved(msgspec.Struct, array_like=True):
    names: list[str]
    rows: Rows

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        return cls(list(values), Rows.of(values.values()))

    def shelf(self, read: Callable[[memoryview], Any]) -> Shelf[Any]:
        return Shelf(self.names, self.rows, read)


class _Place(msgspec.Struct, array_like=True):
    """A jurisdiction, and its provisions, of which few are ever asked for."""

    itself: Jurisdiction
    provisions: Rows


class _StoredPhrase(msgspec.Struct, array_like=True):
    """An element is the number of its choice, -1 - number if it may be left out, or [gap]."""

    entry: int
    anchor: int
    need: int
    elements: list[int | tuple[int]]


class _StoredRewording(msgspec.Struct, array_like=True):
    """A rewording, and the elements of its parts as those of a phrase."""

    itself: Rewording
    parts: dict[str, list[int | tuple[int]]]


_PARTS = ("before", "change", "after", "drop")


class _Stored(msgspec.Struct, array_like=True):
    machine: str
    version: str
    sha256: str
    concepts: _Shelved
    rules: _Shelved
    jurisdictions: _Shelved
    evidence: Rows
    signs: tuple[Sign, ...]
    entries: Rows
    trie: bytes
    rows: Rows
    tried: Rows
    needs: Rows
    phrases: Rows
    veto_phrases: Rows
    rewordings: Rows
    choices: of_choices.Stored
    parts: Rows
    followers: Followers
    abbreviations: dict[str, tuple[str, ...]]
    clause_breaks: dict[str, tuple[str, ...]]
    common: dict[str, tuple[str, ...]]
    joins: dict[str, tuple[str, ...]]
    bridges: dict[str, tuple[str, ...]]
    lists: dict[str, dict[str, tuple[str, ...]]]
    misspellings: Misspellings


def to_bytes(pack: Pack) -> bytes:
    """A pack in its compiled form, the same for equal packs."""
    lexicon, writer = pack.lexicon, _PhraseWriter()
    words = words_of(lexicon)
    trie, rows, tried = StoredRows.stored(words.rows)
    stored = _Stored(
        machine=_MACHINE,
        version=pack.version,
        sha256=pack.sha256,
        concepts=_Shelved.of(pack.concepts),
        rules=_Shelved.of(pack.rules),
        jurisdictions=_Shelved.of({place.code: _place(place) for place in pack.jurisdictions.values()}),
        evidence=Rows.of(pack.evidence),
        signs=tuple(pack.signs),
        entries=Rows.of(lexicon.entries),
        trie=trie,
        rows=rows,
        tried=tried,
        needs=Rows.of(words.needs),
        phrases=Rows.of(writer.phrase(*pair) for pair in lexicon.phrases),
        veto_phrases=Rows.of(writer.phrase(*pair) for pair in lexicon.veto_phrases),
        rewordings=Rows.of(map(writer.rewording, lexicon.rewordings)),
        choices=of_choices.Stored.of(writer.choices),
        parts=Rows.of(" ".join(sorted(part)) for part in words.parts),
        followers=Followers.of(lexicon),
        abbreviations=lexicon.abbreviations,
        clause_breaks=lexicon.clause_breaks,
        common=lexicon.common,
        joins=lexicon.joins,
        bridges=lexicon.bridges,
        lists=lexicon.lists,
        misspellings=replace(lexicon.misspellings, real=sorted(lexicon.misspellings.real)),
    )
    body = msgspec.msgpack.encode(stored)
    return _HEAD + _checksum(body) + body


def from_file(path: Path, *, sound: bool = False) -> Pack:
    """The pack in a file, of which only what is asked for is brought into memory.

    Args:
        path: a file with what ``to_bytes`` wrote. It must not be changed afterwards, only replaced.
        sound: whether its checksum is known to be right: to compute it takes longer than to check a short page.

    Raises:
        OSError: it cannot be read.
        ValueError: it is none, of another format or for other machines, or damaged.
    """
    with path.open("rb") as file:
        return from_bytes(mmap(file.fileno(), 0, access=ACCESS_READ), sound=sound)


def from_bytes(data: bytes | mmap, *, sound: bool = False) -> Pack:
    """The pack that ``to_bytes`` wrote.

    Raises:
        ValueError: it is none, of another format or for other machines, or damaged.
    """
    stored = _opened(memoryview(data), sound=sound)
    return Pack(
        version=stored.version,
        sha256=stored.sha256,
        concepts=stored.concepts.shelf(_reader(Concept)),
        lexicon=_lexicon(stored),
        rules=stored.rules.shelf(_reader(Rule)),
        jurisdictions=stored.jurisdictions.shelf(_read_place),
        evidence=Table(stored.evidence, _reader(EvidenceRow)),
        signs=stored.signs,
    )


def _opened(data: memoryview, *, sound: bool) -> _Stored:
    head, body = len(_HEAD), data[len(_HEAD) + _SUM :]
    if data[:head] != _HEAD:
        raise ValueError(f"a compiled pack of format {FORMAT} was expected")
    if not sound and data[head : head + _SUM] != _checksum(body):
        raise ValueError("a damaged compiled pack: its checksum differs")
    try:
        stored = msgspec.msgpack.decode(body, type=_Stored)
    except msgspec.MsgspecError as error:
        raise ValueError(f"a damaged compiled pack: {error}") from error
    if stored.machine != _MACHINE:
        raise ValueError(f"a pack compiled for {stored.machine} machines, and this is a {_MACHINE} one")
    return stored


def _checksum(body: bytes | memoryview) -> bytes:
    import zlib  # a start whose pack is known to be sound needs none

    return zlib.crc32(body).to_bytes(_SUM, "little")


@cache
def _reader(kind: Any) -> Callable[[memoryview], Any]:
    """What reads a value of that kind; making one looks at all its fields."""
    return msgspec.msgpack.Decoder(kind).decode


def _place(place: Jurisdiction) -> _Place:
    return _Place(replace(place, provisions=()), Rows.of(place.provisions))


def _read_place(row: memoryview) -> Jurisdiction:
    place: _Place = _reader(_Place)(row)
    return replace(place.itself, provisions=Table(place.provisions, _reader(Provision)))


# -- lexicon


def _lexicon(stored: _Stored) -> Lexicon:
    rows = StoredRows(stored.trie, stored.rows, stored.tried)
    choices = Choices(stored.choices)
    return Lexicon(
        entries=Table(stored.entries, _reader(Entry)),
        phrases=_phrases(stored.phrases, choices),
        veto_phrases=_phrases(stored.veto_phrases, choices),
        rewordings=_rewordings(stored.rewordings, choices),
        abbreviations=stored.abbreviations,
        clause_breaks=stored.clause_breaks,
        common=stored.common,
        joins=stored.joins,
        bridges=stored.bridges,
        lists=stored.lists,
        misspellings=stored.misspellings,
        words=Words(rows, Table(stored.parts, _read_part), Table(stored.needs, _reader(Need))),
        follows=stored.followers,
        **tables(rows),
    )


def _read_part(row: memoryview) -> frozenset[str]:
    """The words of a part, which are kept as one text: to cut that takes less time than to read them one by one.

    Each word stands in several parts, and once in memory.
    """
    words: str = _reader(str)(row)
    return frozenset(map(sys.intern, words.split(" ")))


def _phrases(rows: Rows, choices: Sequence[Alternatives]) -> Table[tuple[int, Phrase]]:
    def read(row: memoryview) -> tuple[int, Phrase]:
        stored: _StoredPhrase = _reader(_StoredPhrase)(row)
        elements = tuple(_element(code, choices) for code in stored.elements)
        return stored.entry, Phrase(elements, stored.anchor, stored.need)

    return Table(rows, read)


def _rewordings(rows: Rows, choices: Sequence[Alternatives]) -> Table[Rewording]:
    def read(row: memoryview) -> Rewording:
        stored: _StoredRewording = _reader(_StoredRewording)(row)
        parts = {part: tuple(_element(code, choices) for code in codes) for part, codes in stored.parts.items()}
        return replace(
            stored.itself,
            before=parts["before"],
            change=parts["change"],
            after=parts["after"],
            drop=parts["drop"],
        )

    return Table(rows, read)


def _element(code: int | tuple[int], choices: Sequence[Alternatives]) -> Element:
    if isinstance(code, tuple):
        return Element(gap=code[0])
    return Element(choices[code]) if code >= 0 else Element(choices[-1 - code], optional=True)


class _PhraseWriter:
    """Alternatives that phrases share are written once, and shared again when read."""

    def __init__(self) -> None:
        self.choices: list[Alternatives] = []
        self._numbers: dict[Alternatives, int] = {}

    def phrase(self, entry: int, phrase: Phrase) -> _StoredPhrase:
        """A phrase whose alternatives stand in ``choices``."""
        return _StoredPhrase(entry, phrase.anchor, phrase.need, self._elements(phrase.elements))

    def rewording(self, rewording: Rewording) -> _StoredRewording:
        """A rewording likewise."""
        parts = {part: self._elements(getattr(rewording, part)) for part in _PARTS}
        return _StoredRewording(replace(rewording, before=(), change=(), after=(), drop=()), parts)

    def _elements(self, elements: Iterable[Element]) -> list[int | tuple[int]]:
        return list(map(self._element, elements))

    def _element(self, element: Element) -> int | tuple[int]:
        if element.gap:
            return (element.gap,)
        number = self._number(element.alternatives)
        return -1 - number if element.optional else number

    def _number(self, alternatives: Alternatives) -> int:
        """That of a choice."""
        number = self._numbers.setdefault(alternatives, len(self.choices))
        if number == len(self.choices):
            self.choices.append(alternatives)
        return number
