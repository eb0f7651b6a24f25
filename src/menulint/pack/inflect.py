"""Inflection and spelling from a language's ``inflection.yaml``, applied when a pack is built.

The file's keys:

``letters``
    classes of letters for endings, one capital each: ``{C: bcdfg…, V: aeiou}``
``suffixes``
    per part of speech, per form, a list of ``[ending, result]``; the first ending that fits gives the form. An ending
    is letters and classes, ``^`` for the start of the word, ``C+`` for one or more. What stands before ``|`` must be
    there and stays, what follows is replaced. In the result ``*`` is the letter before the cut once more (``stop`` →
    ``stopped``); ``null`` means that there is no such form; a list gives several, all lists of a form in the same order, so
    that one verb can be put for another.
``exchanged``
    forms of verbs in which one verb may be put for another when copy is reworded: not those that also stand before a noun
    (*regenerated skin*)
``everyday``
    forms of verbs that copy uses every day: their misspellings are read as what they are meant to be
``irregular``
    per part of speech ``{word: [all its other forms]}``
``prefixes``
    what an irregular word may carry (``re`` + ``grow``)
``uninflected``
    words that never change
``heads``
    ``first`` where a name begins with its noun and the adjectives after it agree (*efecto secundario*, *efectos
    secundarios*): its first word changes, alone and with those after it up to a common word. Left out: the last word does
``spelling``
    pairs that hold both ways: ``words`` whole, ``endings``, ``beginnings``, ``parts``; ``keep`` lists words left alone
``common``
    words of every other sentence: they get no plural of their own, and phrases are looked up by others
``joins``
    what joins a predicate to the one before it, as the last words before a verb: *and*, *and it*
``bridges``
    words that cost nothing in the gap of an effect: auxiliaries and the adverbs between them and a verb (*can be gently*)
``fronting``
    what stands between an object and its verb where the object comes first: *that our* (lines that our serum erases),
    *easy to* (acne is easy to treat); ``between`` with each of ``subjects``, and ``alone``. ``copulas`` may come before it, and
    with ``denials`` anywhere between the two nothing is claimed
``abbreviations``
    words after whose full stop the sentence goes on
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, product

from menulint.pack.nodes import Node

_SPELLINGS_MAX = 16
_PARTS = re.compile(r"([ \-])")


@dataclass(frozen=True)
class _Suffix:
    pattern: re.Pattern[str]
    results: tuple[str, ...]

    def apply(self, word: str) -> tuple[str, ...] | None:
        match = self.pattern.search(word)
        if match is None:
            return None
        stem = word[: match.end("kept")]
        return tuple(stem + result.replace("*", stem[-1:]) for result in self.results)


@dataclass(frozen=True)
class Inflection:
    """How the words of one language change. The default changes nothing."""

    suffixes: dict[str, tuple[tuple[_Suffix, ...], ...]] = field(default_factory=dict)
    irregular: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    prefixes: tuple[str, ...] = ()
    uninflected: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    joins: tuple[str, ...] = ()
    bridges: tuple[str, ...] = ()
    fronting: tuple[str, ...] = ()
    copulas: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    spelling: Spelling = field(default_factory=lambda: Spelling())
    heads_first: bool = False
    exchanged_forms: tuple[int, ...] = ()
    """Which of the forms of a verb, in the order of its suffixes."""
    everyday_forms: tuple[int, ...] = ()
    """Likewise."""

    @cached_property
    def _inflected(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """What was asked for so far: sets hold the same words."""
        return {}

    def inflect(self, words: str, pos: str) -> tuple[str, ...]:
        """A word or words with all their forms, themselves first. Verbs change their first word, others their last."""
        if (words, pos) not in self._inflected:
            self._inflected[words, pos] = self._inflect(words, pos)
        return self._inflected[words, pos]

    def _inflect(self, words: str, pos: str) -> tuple[str, ...]:
        if self.heads_first and pos == "noun" and " " in words:
            return self._agreeing(words.split(" "))
        before, at, after = _split(words, first=pos == "verb")
        return tuple(dict.fromkeys((words, *(f"{before}{form}{after}" for form in self._forms(at, pos)))))

    def exchanged(self, verb: str, other: str) -> dict[str, str]:
        """Each form of a verb with the same form of another one, as far as both are known to have it.

        Only the forms that the language names under ``exchanged``, and the verbs themselves.
        """
        ours, theirs = (_split(words, first=True) for words in (verb, other))
        own_forms, other_forms = self._named_forms(ours[1]), self._named_forms(theirs[1])
        known = {ours[1]: theirs[1]}
        for name in self.exchanged_forms:
            for own, its in zip(own_forms[name], other_forms[name], strict=False):
                known.setdefault(own, its)
        return {f"{ours[0]}{own}{ours[2]}": f"{theirs[0]}{its}{theirs[2]}" for own, its in known.items()}

    def everyday(self, verb: str) -> tuple[str, ...]:
        """A verb, and the forms of it that the language names under ``everyday``; all that an irregular one has."""
        before, at, after = _split(verb, first=True)
        irregular = self._irregular(at, "verb")
        named = self._named_forms(at) if irregular is None else []
        forms = irregular or tuple(form for number in self.everyday_forms for form in named[number])
        return tuple(dict.fromkeys((verb, *(f"{before}{form}{after}" for form in forms))))

    def _named_forms(self, verb: str) -> list[tuple[str, ...]]:
        """The forms of a verb, name by name; none of an irregular one unless it has one for each name."""
        names = self.suffixes.get("verb", ())
        irregular = self._irregular(verb, "verb")
        if irregular is not None:
            return [(form,) for form in irregular] if len(irregular) == len(names) else [()] * len(names)
        return [next((forms for s in suffixes if (forms := s.apply(verb)) is not None), ()) for suffixes in names]

    def _agreeing(self, words: list[str]) -> tuple[str, ...]:
        """A name, its plural by the first word only (*células madre*), and by all words up to a common one."""
        until = next((i for i, word in enumerate(words) if word in self.common), len(words))
        plurals = [next(self._forms(word, "noun"), word) for word in words[:until]]
        wordings = (words, [*plurals[:1], *words[min(1, until) :]], [*plurals, *words[until:]])
        return tuple(dict.fromkeys(" ".join(wording) for wording in wordings))

    def _forms(self, word: str, pos: str) -> Iterator[str]:
        if word in self.uninflected or not word.isalpha():
            return
        irregular = self._irregular(word, pos)
        if irregular is not None:
            yield from irregular
            return
        for suffixes in self.suffixes.get(pos, ()):
            yield from next((forms for s in suffixes if (forms := s.apply(word)) is not None), ())

    def _irregular(self, word: str, pos: str) -> tuple[str, ...] | None:
        table = self.irregular.get(pos, {})
        if word in table:
            return table[word]
        for prefix in self.prefixes:
            if word.startswith(prefix) and word[len(prefix) :] in table:
                return tuple(prefix + form for form in table[word[len(prefix) :]])
        return None


def _split(words: str, *, first: bool) -> tuple[str, str, str]:
    """What stands before, and after, the word that changes; of a hyphenated word that is its last part."""
    parts = words.split(" ")
    index = 0 if first else len(parts) - 1
    hyphen = parts[index].rfind("-") + 1
    before = " ".join([*parts[:index], parts[index][:hyphen]])
    return before, parts[index][hyphen:], "".join(f" {part}" for part in parts[index + 1 :])


@dataclass(frozen=True)
class Spelling:
    """Pairs of spellings, each of which stands for the other."""

    words: tuple[tuple[str, str], ...] = ()
    endings: tuple[tuple[str, str], ...] = ()
    beginnings: tuple[tuple[str, str], ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    keep: frozenset[str] = frozenset()

    def variants(self, words: str) -> tuple[str, ...]:
        """All spellings of a word or words, as written first."""
        parts = _PARTS.split(words)
        if len(parts) == 1:
            return self._word(words)
        spelt = [self._word(part) for part in parts]
        return tuple(dict.fromkeys("".join(choice) for choice in islice(product(*spelt), _SPELLINGS_MAX)))

    @cached_property
    def _known(self) -> dict[str, tuple[str, ...]]:
        """Words looked up so far, whole pairs from the start: copy uses the same words again and again."""
        return {a: (a, b) for pair in self.words for a, b in (pair, pair[::-1])}

    @cached_property
    def _pairs(self) -> tuple[list[tuple[str, str]], ...]:
        return _both(self.endings), _both(self.beginnings), _both(self.parts)

    def _word(self, word: str) -> tuple[str, ...]:
        if word not in self._known:
            self._known[word] = self._respell(word)
        return self._known[word]

    def _respell(self, word: str) -> tuple[str, ...]:
        if len(word) < 5 or word in self.keep:
            return (word,)
        endings, beginnings, parts = self._pairs
        found = [word]
        found += [word[: -len(a)] + b for a, b in endings if word.endswith(a)][:1]
        for each in list(found):
            found += [b + each[len(a) :] for a, b in beginnings if each.startswith(a)][:1]
        for each in list(found):
            found += [each.replace(a, b) for a, b in parts if a in each][:1]
        return tuple(dict.fromkeys(found))


def _both(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each pair and its reverse, the longest left side first."""
    return sorted((p for pair in pairs for p in (pair, pair[::-1])), key=lambda p: -len(p[0]))


def read_inflection(node: Node | None) -> Inflection:
    """The inflection of a language from its checked file."""
    if node is None:
        return Inflection()
    spelling = node.get("spelling")
    return Inflection(
        suffixes=_read_suffixes(node),
        irregular={pos: _read_irregular(table) for pos, table in _fields(node, "irregular")},
        prefixes=node.texts("prefixes"),
        uninflected=frozenset(node.texts("uninflected")),
        common=frozenset(node.texts("common")),
        joins=node.texts("joins"),
        bridges=node.texts("bridges"),
        fronting=_read_fronting(node.get("fronting")),
        copulas=_read_texts(node.get("fronting"), "copulas"),
        denials=_read_texts(node.get("fronting"), "denials"),
        abbreviations=node.texts("abbreviations"),
        spelling=_read_spelling(spelling) if spelling else Spelling(),
        heads_first=node.text("heads") == "first",
        exchanged_forms=_read_named(node, "exchanged"),
        everyday_forms=_read_named(node, "everyday"),
    )


def _read_fronting(node: Node | None) -> tuple[str, ...]:
    if node is None:
        return ()
    joined = product(node.texts("between"), node.texts("subjects"))
    return (*(f"{link} {subject}" for link, subject in joined), *node.texts("alone"))


def _read_texts(node: Node | None, key: str) -> tuple[str, ...]:
    return node.texts(key) if node else ()


def _read_named(node: Node, key: str) -> tuple[int, ...]:
    """The numbers of some forms of verbs."""
    names = dict(_fields(node, "suffixes")).get("verb")
    wanted = node.texts(key)
    return tuple(i for i, name in enumerate(names.fields if names else ()) if name in wanted)


def _fields(node: Node, key: str) -> list[tuple[str, Node]]:
    member = node.get(key)
    return list(member.fields.items()) if member else []


def _read_irregular(table: Node) -> dict[str, tuple[str, ...]]:
    return {word: table.texts(word) for word in table.fields}


def _read_spelling(node: Node) -> Spelling:
    def pairs(key: str) -> tuple[tuple[str, str], ...]:
        return tuple((pair.items[0].scalar, pair.items[1].scalar) for pair in node.all(key))

    return Spelling(
        pairs("words"), pairs("endings"), pairs("beginnings"), pairs("parts"), frozenset(node.texts("keep"))
    )


def _read_suffixes(node: Node) -> dict[str, tuple[tuple[_Suffix, ...], ...]]:
    letters = {name: value.scalar for name, value in _fields(node, "letters")}
    return {
        pos: tuple(tuple(_read_suffix(rule, letters) for rule in rules.items) for rules in forms.fields.values())
        for pos, forms in _fields(node, "suffixes")
    }


def _read_suffix(rule: Node, letters: dict[str, str]) -> _Suffix:
    ending, result = rule.items[0], rule.items[1]
    results = tuple(r.scalar for r in result.items) if isinstance(result.value, list) else (result.scalar,)
    return _Suffix(_ending_pattern(ending.scalar, letters), () if result.kind == "null" else results)


def _ending_pattern(ending: str, letters: dict[str, str]) -> re.Pattern[str]:
    """Built from classes and escaped letters only, anchored at the end: linear in the length of a word."""
    kept, bar, cut = ending.rpartition("|")
    left, right = (_letters(kept, letters), _letters(cut, letters)) if bar else ("", _letters(ending, letters))
    return re.compile(f"(?P<kept>{left}){right}$")


def _letters(ending: str, letters: dict[str, str]) -> str:
    def one(char: str) -> str:
        if char in "^+":
            return char
        return f"[{re.escape(letters[char])}]" if char in letters else re.escape(char)

    return "".join(map(one, ending))
