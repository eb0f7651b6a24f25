"""What a lexicon says of a word: the forms that begin with it, the phrases that are tried at it.

A compiled pack keeps this by word: the words in a trie (marisa) that is used as it lies on the disk, what each says as a row
that is read when the word is first met. So a start builds nothing, however many words a lexicon has.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cached_property
from itertools import accumulate, chain
from threading import Lock
from typing import Generic, NamedTuple, TypeAlias, TypedDict, TypeVar

import marisa_trie
import msgspec

from menulint.pack.model import Alternatives, Entry, Lexicon, Phrase, Uses
from menulint.pack.patterns import NUMBER
from menulint.pack.rows import Rows, Table
from menulint.pack.shapes import Shapes
from menulint.pack.stretches import Followers

PIECE = re.compile(r"[^\W_]+|\S")
"""A word, or any other visible character: forms begin and end with such pieces."""
_LETTERS = bytes(code for code in range(128) if chr(code).isalnum() or chr(code).isspace())
_MOST_MARKS = 24
_NO_PART = -1
CLOSED_LETTERS_MIN = 7
_CLOSED_WORDS_MAX = 4
_BITS = 2040
MET_MAX = 200_000
"""How many words are kept in mind, so as not to be looked up again."""

T = TypeVar("T")


def pieces_of(text: str) -> list[str]:
    """``PIECE.findall``, several times as fast: with a space around each kind of mark, pieces are what spaces part."""
    others = set(text.encode("utf-8", "surrogatepass").translate(None, _LETTERS).decode("utf-8", "surrogatepass"))
    if len(others) > _MOST_MARKS:  # each is looked for in the whole text, which must stay linear
        return PIECE.findall(text)
    for other in others:
        if not other.isalnum():
            text = text.replace(other, f" {other} ")
    return text.split()


Vetoed: TypeAlias = tuple[int, ...]


Need: TypeAlias = tuple[tuple[int, int, int], ...]
"""What has to stand around the anchor of a phrase, the most telling first: of each part the number (``Words.parts``) of the
words of which it has one, and from where up to where (exclusive) one of them has to stand, in tokens from the anchor's.
"""
Tries: TypeAlias = tuple[tuple[int, ...], ...]
"""Phrases that are tried at a word: the number of the part they must have above all (``Words.parts``, -1 for none) and of
their need (``Words.needs``), their entry, and the phrases, by number.
"""


class Tried(msgspec.Struct, frozen=True, array_like=True, dict=True):
    """What phrases make of a word: ``tries`` and ``veto_tries`` are those that are tried at it, ``parts`` the parts that may
    have it (``Words.parts``). The forms of one word have all of it in common.
    """

    tries: Tries = ()
    veto_tries: Tries = ()
    parts: tuple[int, ...] = ()

    @cached_property
    def bits(self) -> int:
        """Those of its parts."""
        return _bits(self.parts)

    @cached_property
    def anchor(self) -> "Anchor":
        """The word as one that phrases are tried at."""
        return Anchor(self.tries)

    @cached_property
    def veto_anchor(self) -> "Anchor":
        """Likewise."""
        return Anchor(self.veto_tries)


class Anchor:
    """A word that phrases are tried at. ``needs`` has the bits (``bit``) of the parts that they must have above all;
    ``always``: some need nothing.
    """

    __slots__ = ("always", "needs", "tries")

    def __init__(self, tries: Tries) -> None:
        self.tries = tries
        needed = {part for part, *_ in tries}
        self.always = _NO_PART in needed
        self.needs = _bits(needed - {_NO_PART})


_UNTRIED = Tried()
Longer: TypeAlias = dict[str, tuple[tuple[str, T], ...]]
"""Forms of several pieces by the second of these, each with what it stands for."""


class Row(msgspec.Struct, frozen=True, array_like=True):
    """What a lexicon says of one word.

    ``single`` is what the word stands for as a form of its own, ``pairs`` are the longer forms whose first piece it is;
    ``veto_single`` and ``veto_pairs`` likewise. ``closes`` says where a word that closes up a term of several, as hashtags
    do, has to be cut to give that term.
    """

    single: Uses = ()
    pairs: Longer[Uses] = {}
    veto_single: Vetoed = ()
    veto_pairs: Longer[Vetoed] = {}
    closes: tuple[int, ...] = ()
    tried: Tried = _UNTRIED

    def forms(self, word: str) -> Iterator[tuple[str, Uses]]:
        """All forms that begin with the word, which this row is of."""
        return _flat(word, self.single, self.pairs)

    def veto_forms(self, word: str) -> Iterator[tuple[str, Vetoed]]:
        """Likewise."""
        return _flat(word, self.veto_single, self.veto_pairs)


def _flat(word: str, single: T, longer: Longer[T]) -> Iterator[tuple[str, T]]:
    if single:
        yield word, single
    yield from chain.from_iterable(longer.values())


_NOTHING = Row()


class Words(NamedTuple):
    """What a lexicon says, by word; ``parts`` are words of which the parts of phrases must have one, by number, and ``needs``
    what phrases must have besides their anchors.
    """

    rows: Mapping[str, Row]
    parts: Sequence[frozenset[str]]
    needs: Sequence[Need]


def words_of(lexicon: Lexicon) -> Words:
    """What a lexicon says of each word, as it was compiled or, of one at hand as plain values, made now."""
    if lexicon.words is not None:
        return lexicon.words
    (singles, pairs), (veto_singles, veto_pairs) = _by_first(lexicon.forms), _by_first(lexicon.veto_forms)
    closed = closed_up(lexicon.entries, lexicon.forms)
    needs = _Needs(frozenset[str]().union(*lexicon.common.values()))
    tries = needs.tries(lexicon.phrases, lexicon.anchors)
    veto_tries = needs.tries(lexicon.veto_phrases, lexicon.veto_anchors)
    parts = needs.parts()
    tried = {
        word: Tried(tries.get(word, ()), veto_tries.get(word, ()), parts.get(word, ()))
        for word in {*tries, *veto_tries, *parts}
    }
    rows = {
        word: Row(
            singles.get(word, ()),
            pairs.get(word, {}),
            veto_singles.get(word, ()),
            veto_pairs.get(word, {}),
            _cuts(closed[word]) if word in closed else (),
            tried.get(word, _UNTRIED),
        )
        for word in sorted({*singles, *pairs, *veto_singles, *veto_pairs, *tried, *closed})
    }
    return Words(rows, tuple(needs.numbers), tuple(needs.needs))


def _cuts(form: str) -> tuple[int, ...]:
    """Where the words of a form end once they are closed up, but for the last."""
    return tuple(accumulate(map(len, form.split(" ")[:-1])))


def _opened(word: str, cuts: Sequence[int]) -> str:
    return " ".join(word[start:end] for start, end in zip((0, *cuts), (*cuts, None), strict=True))


class _Needs:
    """What phrases must have besides their anchors, and the words of its parts, numbered."""

    def __init__(self, common: Collection[str]) -> None:
        self.numbers: dict[frozenset[str], int] = {}
        self.needs: dict[Need, int] = {}
        self._shapes = Shapes(common)

    def tries(self, phrases: Sequence[tuple[int, Phrase]], anchors: Mapping[str, tuple[int, ...]]) -> dict[str, Tries]:
        """The phrases that are tried at each word, those that need and say the same together."""
        keys = [(*self._numbers(phrase), entry) for entry, phrase in phrases]
        return {word: _grouped((keys[index], index) for index in indexes) for word, indexes in anchors.items()}

    def parts(self) -> dict[str, tuple[int, ...]]:
        """The parts that phrases must have above all and that may have each word."""
        above_all = {need[0][0] for need in self.needs if need}
        found: dict[str, list[int]] = defaultdict(list)
        for words, number in self.numbers.items():
            if number not in above_all:
                continue
            for word in words:
                found[word].append(number)
        return {word: tuple(numbers) for word, numbers in found.items()}

    def _numbers(self, phrase: Phrase) -> tuple[int, int]:
        windows = self._shapes.windows(phrase)
        need = tuple((self._number(phrase.elements[at].alternatives), low, high) for at, low, high in windows)
        return need[0][0] if need else _NO_PART, self.needs.setdefault(need, len(self.needs))

    def _number(self, alternatives: Alternatives) -> int:
        """That of the part an element makes."""
        return self.numbers.setdefault(self._shapes.telling(alternatives), len(self.numbers))


def _grouped(phrases: Iterable[tuple[tuple[int, int, int], int]]) -> Tries:
    groups: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for key, index in phrases:
        groups[key].append(index)
    return tuple((*key, *indexes) for key, indexes in groups.items())


def _by_first(forms: Mapping[str, T]) -> tuple[dict[str, T], dict[str, Longer[T]]]:
    """Forms of one piece, and the others by their first piece."""
    single: dict[str, T] = {}
    longer: dict[str, dict[str, list[tuple[str, T]]]] = defaultdict(lambda: defaultdict(list))
    for form, use in forms.items():
        first = PIECE.match(form)
        if first is None:
            continue
        if second := PIECE.search(form, first.end()):
            longer[first[0]][second[0]].append((form, use))
        else:
            single[first[0]] = use
    return single, {first: {second: tuple(found) for second, found in pairs.items()} for first, pairs in longer.items()}


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


class _StoredRow(msgspec.Struct, array_like=True):
    """A row, with the number of what phrases make of its word; 0 for nothing."""

    single: Uses
    pairs: Longer[Uses]
    veto_single: Vetoed
    veto_pairs: Longer[Vetoed]
    closes: tuple[int, ...]
    tried: int


class StoredRows(Mapping[str, Row]):
    """The rows of a compiled lexicon by word."""

    def __init__(self, trie: bytes, rows: Rows, tried: Rows) -> None:
        self._trie, self._rows = marisa_trie.Trie().frombytes(trie), rows
        self._tried = Table(tried, msgspec.msgpack.Decoder(Tried).decode)
        self._read = msgspec.msgpack.Decoder(_StoredRow).decode

    @staticmethod
    def stored(rows: Mapping[str, Row]) -> tuple[bytes, Rows, Rows]:
        """The three parts of which rows are made again."""
        trie = marisa_trie.Trie(rows)
        numbers: dict[Tried, int] = {_UNTRIED: 0}
        ordered = (rows[trie.restore_key(number)] for number in range(len(rows)))
        stored = Rows.of(
            _StoredRow(
                row.single,
                row.pairs,
                row.veto_single,
                row.veto_pairs,
                row.closes,
                numbers.setdefault(row.tried, len(numbers)),
            )
            for row in ordered
        )
        return trie.tobytes(), stored, Rows.of(numbers)

    def __getitem__(self, word: str) -> Row:
        row = self._read(self._rows[self._trie[word]])
        return Row(row.single, row.pairs, row.veto_single, row.veto_pairs, row.closes, self._tried[row.tried])

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
        single, pairs = _by_first({**dict(row.forms(word)), **dict(more.forms(word))})
        return msgspec.structs.replace(
            row, single=single.get(word, ()), pairs=pairs.get(word, {}), closes=more.closes or row.closes
        )

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
        "forms": OneKind(rows, _first, lambda word, row: row.forms(word)),
        "anchors": OneKind(rows, str, lambda word, row: _indexes(word, row.tried.tries)),
        "veto_forms": OneKind(rows, _first, lambda word, row: row.veto_forms(word)),
        "veto_anchors": OneKind(rows, str, lambda word, row: _indexes(word, row.tried.veto_tries)),
    }


def _indexes(word: str, tries: Tries) -> Iterable[tuple[str, tuple[int, ...]]]:
    return [(word, tuple(sorted(index for _, _, _, *indexes in tries for index in indexes)))] if tries else ()


def with_forms(lexicon: Lexicon, entries: Sequence[Entry], added: Mapping[str, Uses]) -> Lexicon:
    """A lexicon with further forms, each with all it stands for; ``entries`` are the old ones and those of the forms."""
    old = words_of(lexicon)
    closed = {w: form for w, form in closed_up(entries, added).items() if not old.rows.get(w, _NOTHING).single}
    singles, pairs = _by_first(added)
    more = {
        word: Row(singles.get(word, ()), pairs.get(word, {}), closes=_cuts(closed[word]) if word in closed else ())
        for word in {*singles, *pairs, *closed}
    }
    rows = Added(old.rows, more)
    follows = (lexicon.follows or Followers.of(lexicon)).with_forms(added)
    return replace(
        lexicon,
        entries=entries,
        forms=tables(rows)["forms"],
        words=old._replace(rows=rows),
        follows=follows,
    )


def _first(form: str) -> str:
    first = PIECE.match(form)
    return first[0] if first else ""


class SamePair(Generic[T]):
    """Forms of several pieces that begin with the same two, each with what it stands for."""

    def __init__(self, forms: tuple[tuple[str, T], ...]) -> None:
        self._forms = forms

    @cached_property
    def by_third(self) -> dict[str, tuple[tuple[str, T], ...]]:
        """Those that go on with a third piece, by that piece, each time with those of two pieces; these alone by "".

        "In the" begins hundreds of forms, of which a text has none. Made when first asked for.
        """
        found: dict[str, list[tuple[str, T]]] = {"": []}
        for form in self._forms:
            third = PIECE.findall(form[0])[2:3]
            found.setdefault(third[0] if third else "", []).append(form)
        return {third: tuple(those if third == "" else those + found[""]) for third, those in found.items()}


def bit(part: int) -> int:
    """That of a part; others may have the same, so that the numbers they are added up in stay short."""
    return 1 << part % _BITS


def _bits(parts: Iterable[int]) -> int:
    bits = 0
    for part in parts:
        bits |= bit(part)
    return bits


class Met:
    """What a lexicon says of the words that were met so far, in tables by kind. Threads may share it: tables only grow.

    ``uses`` has all forms that begin with a word; ``singles`` those that the word is by itself or that it closes up, ``pairs``
    the longer ones by their first two pieces, ``veto_singles`` and ``veto_pairs`` likewise. ``parts`` has the bits
    (``bit``) of the parts that may have a word, ``anchors`` and ``veto_anchors`` what is tried at it; ``vetoed`` are the
    entries against which any of them may speak.
    """

    def __init__(self, rows: Mapping[str, Row]) -> None:
        self._rows = rows
        self._lock = Lock()
        self.words: set[str] = set()
        self.uses: dict[str, Uses] = {}
        self.singles: dict[str, Uses] = {}
        self.pairs: dict[tuple[str, str], SamePair[Uses]] = {}
        self.parts: dict[str, int] = {}
        self.anchors: dict[str, Anchor] = {}
        self.veto_singles: dict[str, Vetoed] = {}
        self.veto_pairs: dict[tuple[str, str], SamePair[Vetoed]] = {}
        self.veto_anchors: dict[str, Anchor] = {}
        self.vetoed: set[int] = set()
        self.meet({NUMBER})

    def meet(self, words: Set[str]) -> None:
        """Look up those words of a text that were not met yet."""
        if not words - self.words:
            return
        with self._lock:
            new = words - self.words
            for word in new:
                if row := self._rows.get(word):
                    self._learn(word, row)
            # A text of nothing but new words must not fill the memory. What is forgotten is learned again, to the same end.
            if len(self.words) > MET_MAX:
                self.words = set()
            self.words |= new

    def _learn(self, word: str, row: Row) -> None:
        self.uses.update(row.forms(word))
        if single := row.single or (self._closed(word, row.closes) if row.closes else ()):
            self.singles[word] = single
        if row.veto_single:
            self.veto_singles[word] = row.veto_single
            self.vetoed.update(row.veto_single)
        self.pairs.update(((word, second), SamePair(forms)) for second, forms in row.pairs.items())
        for second, vetoes in row.veto_pairs.items():
            self.veto_pairs[word, second] = SamePair(vetoes)
            self.vetoed.update(*(entries for _, entries in vetoes))
        if row.tried.parts:
            self.parts[word] = row.tried.bits
        if row.tried.tries:
            self.anchors[word] = row.tried.anchor
        if row.tried.veto_tries:
            self.veto_anchors[word] = row.tried.veto_anchor
            self.vetoed.update(entry for _, _, entry, *_ in row.tried.veto_tries)

    def _closed(self, word: str, cuts: Sequence[int]) -> Uses:
        """What the term stands for that a word closes up."""
        form = _opened(word, cuts)
        first = form.partition(" ")[0]
        self.uses.update(each for each in self._rows[first].forms(first) if each[0] == form)
        return self.uses[form]
