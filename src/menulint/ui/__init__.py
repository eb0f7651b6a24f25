"""What menulint says to people, in each language: a TOML file of sentences per language beside this module.

Rules bring their own wordings (``texts`` in their files); everything else that a report says stands here. Codes, ids, keys of
the JSON and the values of its enumerations are the same in every language. The language is an option and nothing
else: the environment has no say, so that the same input gives the same report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

DEFAULT = "en"
_FOLDER = Path(__file__).parent
LANGUAGES = (DEFAULT, *sorted(path.stem for path in _FOLDER.glob("*.toml") if path.stem != DEFAULT))
"""The languages menulint speaks: English first, then what else has a file here."""

_LONGEST_SENTENCE = 600
_SENTENCES = "sentences"
_TABLE = re.compile(r"^\[([\w.-]+)\]$", re.MULTILINE)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Word(NamedTuple):
    """A value of an enumeration inside a message: ``Word("stance", "warned")``."""

    kind: str
    value: str


class Message(NamedTuple):
    """A sentence that is not in any language yet: its key in the catalogues, and what its placeholders stand for."""

    key: str
    values: tuple[tuple[str, Value], ...] = ()

    @classmethod
    def of(cls, key: str, **values: Value) -> Message:
        """The message of that key."""
        return cls(key, tuple(values.items()))


class Joined(NamedTuple):
    """Messages one after the other, as alternatives that all failed."""

    messages: tuple[Message | Joined, ...]


Value: TypeAlias = str | int | Word | Message | Joined


class Catalogue:
    """The sentences of one language: ``words("terminal.why")``, ``words("explain.page", genre=…)``."""

    def __init__(self, language: str) -> None:
        self.language = language
        tables = _tables((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
        self._said = tables.pop(_SENTENCES, "")
        self.texts: Mapping[str, str] = _Texts(tables)

    def __call__(self, key: str, **values: Value) -> str:
        """The sentence of that key with its placeholders filled."""
        return self.texts[key].format_map({name: self.say(value) for name, value in values.items()})

    def count(self, key: str, number: int, **values: Value) -> str:
        """The sentence of that key for a number of things."""
        return self(f"{key}.{'one' if number == 1 else 'other'}", n=number, **values)

    def name(self, kind: str, value: str) -> str:
        """What a value of an enumeration is called; one that no catalogue knows is called by itself."""
        return self.texts.get(f"{kind}.{value}", value)

    def knows(self, key: str) -> bool:
        """Whether there is a sentence of that key."""
        return key in self.texts

    def say(self, value: Value) -> str:
        """Anything that may stand in a message, in this language."""
        if isinstance(value, Message):
            return self(value.key, **dict(value.values))
        if isinstance(value, Joined):
            return "; ".join(dict.fromkeys(map(self.say, value.messages)))
        return self.name(value.kind, value.value) if isinstance(value, Word) else str(value)

    def sentence(self, english: str) -> str:
        """What another part of menulint said in English (a note, a reason); unchanged if it is not known here."""
        if not self._sentences or len(english) > _LONGEST_SENTENCE:
            return english
        for pattern, translation in self._patterns:
            if found := pattern.fullmatch(english):
                return translation.format_map(found.groupdict())
        return english

    def because(self, reasons: Iterable[str]) -> str:
        """Reasons in parentheses, to go behind what they are reasons for; nothing without any."""
        said = ", ".join(map(self.sentence, reasons))
        return f" ({said})" if said else ""

    @cached_property
    def _sentences(self) -> Mapping[str, str]:
        sentences: Mapping[str, str] = _parsed(self._said).get(_SENTENCES, {})
        return sentences

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        return tuple((_pattern(english), said) for english, said in self._sentences.items())

    @property
    def sentences(self) -> Mapping[str, str]:
        """English sentences of other parts, with what they are here."""
        return self._sentences


@cache
def catalogue(language: str = DEFAULT) -> Catalogue:
    """The sentences of a language of ``LANGUAGES``, read once."""
    return Catalogue(language)


class _Texts(Mapping[str, str]):
    """Sentences by their keys. Of a catalogue of some hundred sentences those tables are parsed that are asked for."""

    def __init__(self, tables: Mapping[str, str]) -> None:
        self._tables = tables
        self._parsed: dict[str, dict[str, str]] = {}

    def __getitem__(self, key: str) -> str:
        table = key.partition(".")[0]
        return self._of(table if table in self._tables else "")[key]

    def _of(self, table: str) -> dict[str, str]:
        if table not in self._parsed:
            self._parsed[table] = dict(_flat(_parsed(self._tables[table])))
        return self._parsed[table]

    def __iter__(self) -> Iterator[str]:
        return (key for table in self._tables for key in self._of(table))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _tables(text: str) -> dict[str, str]:
    """The tables of a TOML file by the first part of their names, unparsed; what stands above the first has no name."""
    above, *rest = _TABLE.split(text)
    found = {"": above}
    for name, table in zip(rest[::2], rest[1::2], strict=True):
        first = name.partition(".")[0]
        found[first] = f"{found.get(first, '')}[{name}]{table}"
    return found


def _parsed(text: str) -> dict[str, Any]:
    import tomllib  # what JSON is made of needs no catalogue

    return tomllib.loads(text)


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def _pattern(english: str) -> re.Pattern[str]:
    """A sentence with placeholders as a pattern that finds their values."""
    parts = _PLACEHOLDER.split(english)
    return re.compile("".join(f"(?P<{part}>.+?)" if n % 2 else re.escape(part) for n, part in enumerate(parts)), re.S)
