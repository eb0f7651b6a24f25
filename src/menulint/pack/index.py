"""What a lexicon says of a word: the forms that begin with it, the phrases that are tried at it.

A compiled pack keeps this by word: the words in a trie (marisa) that is used as it lies on the disk, what each says as a row
that is read when the word is first met. So a start builds nothing, however many words a lexicon has.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from threading import Lock
from typing import Any, TypeAlias, TypedDict, TypeVar

import marisa_trie
import msgspec

from menulint.pack.model import Entry, Lexicon, Uses
from menulint.pack.rows import Rows
from menulint.pack.stretches import Followers

PIECE = re.compile(r"[^\W_]+|\S")
"""A word, or any other visible character: forms begin and end with such pieces."""
CLOSED_LETTERS_MIN = 7
_CLOSED_WORDS_MAX = 4
MET_MAX = 200_000
"""How many words are kept in mind, so as not to be looked up again."""

T = TypeVar("T")
Vetoed: TypeAlias = tuple[int, ...]


class Row(msgspec.Struct, frozen=True, array_like=True):
    """What a lexicon says of one word.

    ``forms`` and ``veto_forms`` are those whose first piece it is, ``anchors`` and ``veto_anchors`` the phrases that are tried
    at it; ``closes`` is the term of several words that it closes up, as hashtags do.
    """

    forms: tuple[tuple[str, Uses], ...] = ()
    anchors: tuple[int, ...] = ()
    veto_forms: tuple[tuple[str, Vetoed], ...] = ()
    veto_anchors: tuple[int, ...] = ()
    closes: tuple[str, Uses] | None = None


_NOTHING = Row()


def rows_of(lexicon: Lexicon) -> dict[str, Row]:
    """What a lexicon that is at hand as plain values says of each word."""
    forms, veto_forms = _by_first(lexicon.forms), _by_first(lexicon.veto_forms)
    closed = closed_up(lexicon.entries, lexicon.forms)
    words = {*forms, *lexicon.anchors, *veto_forms, *lexicon.veto_anchors, *closed}
    return {
        word: Row(
            tuple(forms.get(word, ())),
            lexicon.anchors.get(word, ()),
            tuple(veto_forms.get(word, ())),
            lexicon.veto_anchors.get(word, ()),
            (closed[word], lexicon.forms[closed[word]]) if word in closed else None,
        )
        for word in sorted(words)
    }


def _by_first(forms: Mapping[str, T]) -> dict[str, list[tuple[str, T]]]:
    found: dict[str, list[tuple[str, T]]] = defaultdict(list)
    for form, use in forms.items():
        if first := PIECE.match(form):
            found[first[0]].append((form, use))
    return found


def closed_up(entries: Sequence[Entry], forms: Mapping[str, Uses]) -> dict[str, str]:
    """Terms of two to four words by how a hashtag or a careless hand writes them: without their spaces."""
    closed = {
        form.replace(" ", ""): form
        for form, uses in forms.items()
        if 0 < form.count(" ") < _CLOSED_WORDS_MAX and entries[uses[0][0]].concept
    }
    return {
        word: form
        for word, form in closed.items()
        if len(word) >= CLOSED_LETTERS_MIN and word.isalnum() and word not in forms
    }


class StoredRows(Mapping[str, Row]):
    """The rows of a compiled lexicon by word."""

    def __init__(self, trie: bytes, rows: Rows) -> None:
        self._trie, self._rows = marisa_trie.Trie().frombytes(trie), rows
        self._read = msgspec.msgpack.Decoder(Row).decode

    @staticmethod
    def stored(rows: Mapping[str, Row]) -> tuple[bytes, Rows]:
        """The two parts of which rows are made again."""
        trie = marisa_trie.Trie(rows)
        ordered = (rows[trie.restore_key(number)] for number in range(len(rows)))
        return trie.tobytes(), Rows.of(ordered)

    def __getitem__(self, word: str) -> Row:
        return self._read(self._rows[self._trie[word]])

    def __contains__(self, word: object) -> bool:
        return word in self._trie

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._trie))

    def __len__(self) -> int:
        return len(self._trie)


class Added(Mapping[str, Row]):
    """Rows with further forms, which come from a configuration and are few."""

    def __init__(self, rows: Mapping[str, Row], added: Mapping[str, Row]) -> None:
        self._rows, self._added = rows, added

    def __getitem__(self, word: str) -> Row:
        row = self._rows.get(word, _NOTHING)
        more = self._added.get(word)
        if more is None:
            return self._rows[word]
        forms = tuple({**dict(row.forms), **dict(more.forms)}.items())
        return msgspec.structs.replace(row, forms=forms, closes=more.closes or row.closes)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*self._rows, *self._added}))

    def __len__(self) -> int:
        return len({*self._rows, *self._added})


class OneKind(Mapping[str, T]):
    """One of the tables of a lexicon (``Lexicon.forms``, ``anchors`` …), taken from rows by word."""

    def __init__(
        self,
        rows: Mapping[str, Row],
        word_of: Callable[[str], str],
        items: Callable[[str, Row], Iterable[tuple[str, T]]],
    ) -> None:
        self._rows, self._word_of, self._items = rows, word_of, items

    def __getitem__(self, key: str) -> T:
        word = self._word_of(key)
        return dict(self._items(word, self._rows.get(word, _NOTHING)))[key]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(key for word, row in self._rows.items() for key, _ in self._items(word, row)))

    def __len__(self) -> int:
        return sum(len(tuple(self._items(word, row))) for word, row in self._rows.items())


class Tables(TypedDict):
    """The tables of a lexicon by the names they have there."""

    forms: Mapping[str, Uses]
    anchors: Mapping[str, tuple[int, ...]]
    veto_forms: Mapping[str, tuple[int, ...]]
    veto_anchors: Mapping[str, tuple[int, ...]]


def tables(rows: Mapping[str, Row]) -> Tables:
    """The tables of a lexicon, taken from rows by word."""
    return {
        "forms": OneKind(rows, _first, lambda _, row: row.forms),
        "anchors": OneKind(rows, str, lambda word, row: [(word, row.anchors)] if row.anchors else ()),
        "veto_forms": OneKind(rows, _first, lambda _, row: row.veto_forms),
        "veto_anchors": OneKind(rows, str, lambda word, row: [(word, row.veto_anchors)] if row.veto_anchors else ()),
    }


def with_forms(lexicon: Lexicon, entries: Sequence[Entry], added: Mapping[str, Uses]) -> Lexicon:
    """A lexicon with further forms, each with all it stands for; ``entries`` are the old ones and those of the forms."""
    old = rows_of(lexicon) if lexicon.rows is None else lexicon.rows
    closed = {
        w: form
        for w, form in closed_up(entries, added).items()
        if not any(f == w for f, _ in old.get(w, _NOTHING).forms)
    }
    by_first = _by_first(added)
    more = {
        word: Row(tuple(by_first.get(word, ())), closes=(closed[word], added[closed[word]]) if word in closed else None)
        for word in {*by_first, *closed}
    }
    rows = Added(old, more)
    follows = (lexicon.follows or Followers.of(lexicon)).with_forms(added)
    return replace(
        lexicon,
        entries=entries,
        forms=tables(rows)["forms"],
        rows=rows,
        follows=follows,
    )


def _first(form: str) -> str:
    first = PIECE.match(form)
    return first[0] if first else ""


class Forms:
    """Fixed forms met so far, by what they begin with: one piece, or two, which stand here closed up."""

    def __init__(self) -> None:
        self.uses: dict[str, Any] = {}
        self.singles: set[str] = set()
        self.pairs: dict[str, tuple[str, ...]] = {}

    def add(self, form: str, uses: Any) -> None:
        """Take in a form and what it stands for."""
        self.uses[form] = uses
        pieces = PIECE.findall(form)
        if len(pieces) == 1:
            self.singles.add(form)
            return
        pair = pieces[0] + pieces[1]
        others = self.pairs.get(pair, ())
        if form not in others:
            self.pairs[pair] = (*others, form)


class Met:
    """What a lexicon says of the words that were met so far. Threads may share it."""

    def __init__(self, rows: Mapping[str, Row]) -> None:
        self._rows = rows
        self.words: set[str] = set()
        self._lock = Lock()
        self.forms, self.veto_forms = Forms(), Forms()
        self.anchors: dict[str, tuple[int, ...]] = {}
        self.veto_anchors: dict[str, tuple[int, ...]] = {}
        self.closed: dict[str, str] = {}

    def meet(self, words: Set[str]) -> None:
        """Look up those words of a text that were not met yet."""
        if new := words - self.words:
            with self._lock:
                for word in new:
                    self._learn(word)
                if len(self.words) > MET_MAX:  # a text of nothing but new words must not fill the memory
                    self.words = set()
                self.words |= new

    def _learn(self, word: str) -> None:
        row = self._rows.get(word)
        if row is None:
            return
        for form, uses in row.forms:
            self.forms.add(form, uses)
        for form, entries in row.veto_forms:
            self.veto_forms.add(form, entries)
        if row.anchors:
            self.anchors[word] = row.anchors
        if row.veto_anchors:
            self.veto_anchors[word] = row.veto_anchors
        if row.closes and word not in self.forms.uses:
            form, uses = row.closes
            self.closed[word] = form
            self.forms.uses[form] = uses
