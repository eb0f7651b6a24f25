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
from typing import Any, NamedTuple, TypeAlias, TypedDict, TypeVar

import marisa_trie
import msgspec

from menulint.pack.model import Entry, Lexicon, Phrase, Uses
from menulint.pack.rows import Rows
from menulint.pack.shapes import Shapes
from menulint.pack.stretches import Followers

PIECE = re.compile(r"[^\W_]+|\S")
"""A word, or any other visible character: forms begin and end with such pieces."""
CLOSED_LETTERS_MIN = 7
_CLOSED_WORDS_MAX = 4
MET_MAX = 200_000
"""How many words are kept in mind, so as not to be looked up again."""

T = TypeVar("T")
Vetoed: TypeAlias = tuple[int, ...]


Tries: TypeAlias = tuple[tuple[int, ...], ...]
"""Phrases that are tried at a word: of each its number, its entry, and the numbers (``Words.firsts``) of what it must have
besides, the most telling first.
"""


class Row(msgspec.Struct, frozen=True, array_like=True):
    """What a lexicon says of one word.

    ``forms`` and ``veto_forms`` are those whose first piece it is, and ``pairs`` and ``veto_pairs`` those of them with several
    pieces, by their first two closed up. ``tries`` and ``veto_tries`` are the phrases that are tried at it; ``closes`` is the
    term of several words that it closes up, as hashtags do.
    """

    forms: dict[str, Uses] = {}
    pairs: dict[str, tuple[str, ...]] = {}
    tries: Tries = ()
    veto_forms: dict[str, Vetoed] = {}
    veto_pairs: dict[str, tuple[str, ...]] = {}
    veto_tries: Tries = ()
    closes: tuple[str, Uses] | None = None


_NOTHING = Row()


class Words(NamedTuple):
    """What a lexicon says, by word; ``firsts`` are the words with which the parts of phrases may begin, by number."""

    rows: Mapping[str, Row]
    firsts: Sequence[frozenset[str]]


def words_of(lexicon: Lexicon) -> Words:
    """What a lexicon says of each word, as it was compiled or, of one at hand as plain values, made now."""
    if lexicon.words is not None:
        return lexicon.words
    forms, veto_forms = _by_first(lexicon.forms), _by_first(lexicon.veto_forms)
    closed = closed_up(lexicon.entries, lexicon.forms)
    needs = _Needs()
    tries = needs.tries(lexicon.phrases, lexicon.anchors)
    veto_tries = needs.tries(lexicon.veto_phrases, lexicon.veto_anchors)
    rows = {
        word: Row(
            forms.get(word, {}),
            _pairs(forms.get(word, {})),
            tries.get(word, ()),
            veto_forms.get(word, {}),
            _pairs(veto_forms.get(word, {})),
            veto_tries.get(word, ()),
            (closed[word], lexicon.forms[closed[word]]) if word in closed else None,
        )
        for word in sorted({*forms, *tries, *veto_forms, *veto_tries, *closed})
    }
    return Words(rows, tuple(needs.numbers))


class _Needs:
    """What phrases must have besides their anchors, numbered."""

    def __init__(self) -> None:
        self.numbers: dict[frozenset[str], int] = {}
        self._shapes = Shapes()

    def tries(self, phrases: Sequence[tuple[int, Phrase]], anchors: Mapping[str, tuple[int, ...]]) -> dict[str, Tries]:
        """The phrases that are tried at each word."""
        tries = [(index, entry, *self._of(phrase)) for index, (entry, phrase) in enumerate(phrases)]
        return {word: tuple(tries[index] for index in indexes) for word, indexes in anchors.items()}

    def _of(self, phrase: Phrase) -> Iterator[int]:
        for number in self._shapes.parts(phrase):
            yield self.numbers.setdefault(self._shapes.of(phrase.elements[number]).firsts, len(self.numbers))


def _pairs(forms: Iterable[str]) -> dict[str, tuple[str, ...]]:
    pairs: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        if len(pieces := PIECE.findall(form)) > 1:
            pairs[pieces[0] + pieces[1]].append(form)
    return {pair: tuple(those) for pair, those in pairs.items()}


def _by_first(forms: Mapping[str, T]) -> dict[str, dict[str, T]]:
    found: dict[str, dict[str, T]] = defaultdict(dict)
    for form, use in forms.items():
        if first := PIECE.match(form):
            found[first[0]][form] = use
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
        forms = {**row.forms, **more.forms}
        return msgspec.structs.replace(row, forms=forms, pairs=_pairs(forms), closes=more.closes or row.closes)

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
        "forms": OneKind(rows, _first, lambda _, row: row.forms.items()),
        "anchors": OneKind(rows, str, lambda word, row: _indexes(word, row.tries)),
        "veto_forms": OneKind(rows, _first, lambda _, row: row.veto_forms.items()),
        "veto_anchors": OneKind(rows, str, lambda word, row: _indexes(word, row.veto_tries)),
    }


def _indexes(word: str, tries: Tries) -> Iterable[tuple[str, tuple[int, ...]]]:
    return [(word, tuple(index for index, *_ in tries))] if tries else ()


def with_forms(lexicon: Lexicon, entries: Sequence[Entry], added: Mapping[str, Uses]) -> Lexicon:
    """A lexicon with further forms, each with all it stands for; ``entries`` are the old ones and those of the forms."""
    old = words_of(lexicon)
    closed = {w: form for w, form in closed_up(entries, added).items() if w not in old.rows.get(w, _NOTHING).forms}
    by_first = _by_first(added)
    more = {
        word: Row(by_first.get(word, {}), closes=(closed[word], added[closed[word]]) if word in closed else None)
        for word in {*by_first, *closed}
    }
    rows = Added(old.rows, more)
    follows = (lexicon.follows or Followers.of(lexicon)).with_forms(added)
    return replace(
        lexicon,
        entries=entries,
        forms=tables(rows)["forms"],
        words=Words(rows, old.firsts),
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

    def add(self, word: str, uses: Mapping[str, Any], pairs: Mapping[str, tuple[str, ...]]) -> None:
        """Take in the forms that begin with a word, each with what it stands for."""
        self.uses.update(uses)
        if word in uses:
            self.singles.add(word)
        both = self.pairs.keys() & pairs.keys()  # "ab c" and "a bc"
        merged = {pair: tuple(dict.fromkeys((*self.pairs[pair], *pairs[pair]))) for pair in both}
        self.pairs.update({**pairs, **merged} if merged else pairs)


class Met:
    """What a lexicon says of the words that were met so far. Threads may share it."""

    def __init__(self, rows: Mapping[str, Row]) -> None:
        self._rows = rows
        self.words: set[str] = set()
        self._lock = Lock()
        self.forms, self.veto_forms = Forms(), Forms()
        self.tries: dict[str, Tries] = {}
        self.veto_tries: dict[str, Tries] = {}
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
        self.forms.add(word, row.forms, row.pairs)
        self.veto_forms.add(word, row.veto_forms, row.veto_pairs)
        if row.tries:
            self.tries[word] = row.tries
        if row.veto_tries:
            self.veto_tries[word] = row.veto_tries
        if row.closes and word not in self.forms.uses:
            form, uses = row.closes
            self.closed[word] = form
            self.forms.uses[form] = uses
