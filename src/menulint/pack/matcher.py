"""Finds terms and cues in folded text.

Text is cut into stretches that are searched by themselves (``menulint.pack.search``), all those of a page in one go; what
was found in a stretch is kept, for pages of a site repeat themselves. What is decided here is which of the hits count.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from menulint.pack.index import pieces_of
from menulint.pack.kept import Kept
from menulint.pack.model import Lexicon
from menulint.pack.search import Found, Hit, Search
from menulint.pack.stretches import Followers, Stretches
from menulint.text.addresses import addresses
from menulint.text.folding import Folded

_KEPT = 1 << 13
"""How many stretches are remembered, each no longer than ``_KEPT_LENGTH`` code points: some 10 MB at most."""
_KEPT_LENGTH = 400


WORDING = frozenset({"effect", "condition", "comparison", "proof", "safety"})
"""Facets that are said in the words of a language; things, routes and prices have names that all languages share."""


class Matcher:
    """Looks for all entries of a lexicon at once. Build one per process; it may be shared by threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._search = Search(lexicon)
        self._rivals = _Rivals(lexicon)
        self._stretches = Stretches(lexicon.follows or Followers.of(lexicon))
        self._common = {lang: frozenset(words) for lang, words in sorted(lexicon.common.items()) if words}
        self._common_words = frozenset().union(*self._common.values())
        self._kept: Kept[str, Found] = Kept(_KEPT)
        self._settled: Kept[tuple[str, str, bool], list[Hit]] = Kept(_KEPT)

    def find(self, folded: Folded, original: str, langs: Collection[str] | None = None) -> list[Hit]:
        """All hits, by start, then the longer first, then by entry.

        Of one language and group (``Entry.group``) a hit inside a longer one is dropped, and so is the same concept or
        cue on the same span. Nothing else is decided here.

        Args:
            folded: the text as ``menulint.text.folding.fold`` gives it.
            original: the text before folding; forms that ask for capitals are compared with it.
            langs: the languages whose entries count; None for all.
        """
        return self.find_all([(folded, original)], langs)[0]

    def find_all(self, texts: Iterable[tuple[Folded, str]], langs: Collection[str] | None = None) -> list[list[Hit]]:
        """What ``find`` gives for each of several texts, in a fraction of the time."""
        cut = [(_Written(folded, original), self._stretches.of(folded.text)) for folded, original in texts]
        found = self._found({written.folded.text[s:e]: None for written, spans in cut for s, e in spans})
        return [self._hits(written, spans, found, langs) for written, spans in cut]

    def _found(self, stretches: Iterable[str]) -> dict[str, Found]:
        """What stretches hold: what is not known yet is looked for in one go."""
        found: dict[str, Found] = {}
        new: list[str] = []
        for stretch in stretches:
            known = self._kept.get(stretch)
            if known is None:
                new.append(stretch)
            else:
                found[stretch] = known
        if new:
            searched = self._search.of(new)
            for stretch, raw in searched.items():
                if len(stretch) <= _KEPT_LENGTH:
                    self._kept.add(stretch, raw)
            found |= searched
        return found

    def _hits(
        self,
        written: _Written,
        spans: Sequence[tuple[int, int]],
        found: Mapping[str, Found],
        langs: Collection[str] | None,
    ) -> list[Hit]:
        """Those of one text, from what its stretches hold."""
        text = written.folded.text
        stretches = [(start, text[start:end]) for start, end in spans]
        if not any(found[stretch] for _, stretch in stretches):
            return []
        lang, alone = self._language(text)
        hits: list[Hit] = []
        for start, stretch in stretches:
            raw = found[stretch]
            if not raw:
                continue
            if langs is None and not any(cased for _, cased in raw) and len(stretch) <= _KEPT_LENGTH:
                settled = self._settle(raw, stretch, lang, alone)
            else:
                settled = self._competed(self._counted(raw, written, start, langs), stretch, lang, alone)
            hits += [Hit(entry, start + first, start + last) for entry, first, last in settled] if start else settled
        return self._outside(addresses(written.original), hits, written.folded) if hits else hits

    def _outside(self, spans: Sequence[tuple[int, int]], hits: list[Hit], folded: Folded) -> list[Hit]:
        """The hits but for terms inside addresses, which name and claim nothing. Cues tell of a page there as well."""
        if not spans:
            return hits
        starts = [start for start, _ in spans]
        entries = self._lexicon.entries

        def is_name(hit: Hit) -> bool:
            first, last = folded.original(hit.start, hit.end)
            at = bisect_right(starts, first) - 1
            return at >= 0 and last <= spans[at][1]

        return [hit for hit in hits if not entries[hit.entry].concept or not is_name(hit)]

    def _settle(self, raw: Found, stretch: str, lang: str, alone: bool) -> list[Hit]:
        settled = self._settled.get((stretch, lang, alone))
        if settled is None:
            settled = self._competed([hit for hit, _ in raw], stretch, lang, alone)
            self._settled.add((stretch, lang, alone), settled)
        return settled

    def _counted(self, raw: Found, written: _Written, start: int, langs: Collection[str] | None) -> list[Hit]:
        entries = self._lexicon.entries
        return [
            hit
            for hit, cased in raw
            if (langs is None or entries[hit.entry].lang in langs)
            and (not cased or written.has_case(cased, start + hit.start, start + hit.end))
        ]

    def _competed(self, hits: list[Hit], text: str, lang: str, alone: bool) -> list[Hit]:
        """The hits without cues of other languages than the text's, and without words which its language has its own
        entries for: "no" and "a la" are English or Spanish, and "botox" is both. Of those left the longest win.
        """
        if lang:
            hits = [hit for hit in hits if self._is_said_in(lang, alone, hit, text)]
        return _compete(hits, self._rivals)

    def _is_said_in(self, lang: str, alone: bool, hit: Hit, text: str) -> bool:
        rival = self._rivals[hit.entry]
        its_own, group = rival.lane
        if its_own == lang or rival.of_any_language:
            return True
        if alone and group in WORDING:
            return False
        own = (self._rivals[e].lane[0] == lang for e, _ in self._search.uses(text[hit.start : hit.end]))
        return rival.is_term and not any(own)

    def _language(self, text: str) -> tuple[str, bool]:
        """The language most of whose common words stand in a text, empty where none leads, as in "Botox"; and whether
        there are words of no other.
        """
        if len(self._common) < 2:
            return "", False
        said = self._common_words.intersection(pieces_of(text))
        counts = [len(words & said) for words in self._common.values()]
        scores = sorted(zip(counts, self._common, strict=True), reverse=True)
        leads = scores[0][0] > scores[1][0]
        return (scores[0][1] if leads else ""), leads and scores[0][0] > 1 and not scores[1][0]


class _Written(NamedTuple):
    """A folded text, and how it was written."""

    folded: Folded
    original: str

    def has_case(self, cased: str, start: int, end: int) -> bool:
        """Whether the original has a capital wherever the form has one."""
        first, last = self.folded.original(start, end)
        written = [char for char in self.original[first:last] if char.isalnum()]
        wanted = [char for char in cased if char.isalnum()]
        return len(written) == len(wanted) and all(
            not w.isupper() or o.isupper() for o, w in zip(written, wanted, strict=True)
        )


class _Rival(NamedTuple):
    """How the hits of an entry compete: with others in their ``lane``, its language and group.

    ``same`` is what two entries have in common that say the same; on one span one of them is enough. ``of_any_language``: it
    counts in whatever language the words around it are.
    """

    lane: tuple[str, str]
    same: tuple[str, str, str]
    is_term: bool
    of_any_language: bool


class _Rivals(dict[int, _Rival]):
    """Those of a lexicon by the numbers of its entries; made when an entry is first met."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._entries = lexicon.entries

    def __missing__(self, number: int) -> _Rival:
        entry = self._entries[number]
        said_in = "" if entry.concept else entry.lang  # "exosome" is one mention, however many languages have the word
        self[number] = rival = _Rival(
            (entry.lang, entry.group),
            (said_in, entry.concept or entry.says, entry.direction),
            bool(entry.concept),
            entry.says.startswith("genre:"),
        )
        return rival


def _compete(hits: Collection[Hit], rivals: _Rivals) -> list[Hit]:
    kept: list[Hit] = []
    longest: dict[tuple[str, str], Hit] = {}
    seen: set[tuple[tuple[str, str, str], int, int]] = set()
    for hit in sorted(set(hits), key=_longer_first):
        number, start, end = hit
        lane, same, _, _ = rivals[number]
        holder = longest.get(lane)
        if holder and end <= holder.end and (start, end) != (holder.start, holder.end):
            continue
        longest[lane] = hit
        identity = same, start, end
        if identity not in seen:
            seen.add(identity)
            kept.append(hit)
    return kept


def _longer_first(hit: Hit) -> tuple[int, int, int]:
    return hit.start, -hit.end, hit.entry
