"""Compiles the words of all languages into one ``Lexicon``, and finds what only shows when words meet."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import Any

from menulint.errors import Problem
from menulint.pack.choices import Reordered
from menulint.pack.distinctive import Distinctive
from menulint.pack.files import PackFile
from menulint.pack.inflect import read_inflection
from menulint.pack.misspelling import Misspellings
from menulint.pack.model import PREDICATES, Alternatives, Concept, Element, Entry, Lexicon, Phrase, Rewording
from menulint.pack.nodes import Node
from menulint.pack.phrases import Fronting, PhraseCompiler, PhraseSyntaxError
from menulint.pack.rewordings import RewordingCompiler
from menulint.pack.schema import did_you_mean
from menulint.pack.sets import resolve_sets
from menulint.pack.synonyms import read_synonyms
from menulint.pack.wording import Wording, folded, tokens

_COMMON_COST = 200
_PHRASE_MARKS = re.compile(r"<[a-z_]+>|~\d|\([^)]*\|")


def compile_lexicon(files: Iterable[PackFile], concepts: dict[str, Concept]) -> tuple[Lexicon, list[Problem]]:
    """The lexicon of all languages of a pack, and the mistakes in it."""
    by_lang: dict[str, list[PackFile]] = defaultdict(list)
    rules: list[Node] = []
    real: list[str] = []
    tables = _Tables()
    for file in files:
        if file.kind in ("terms", "context", "sets", "inflection", "synonyms"):
            by_lang[file.lang].append(file)
        elif file.kind == "rule" and "fixes" in file.root.fields:
            rules.append(file.root)
        elif file.kind == "words":
            tables.add_lists(file)
        elif file.kind == "real-words":
            real += [folded(word) for lang in file.root.fields for word in file.root.text(lang).split()]
    for lang, lang_files in sorted(by_lang.items()):
        language = _Language(lang, lang_files, concepts, tables)
        language.compile()
        language.compile_fixes(rules)
    tables.problems += _languages_without_words(rules, by_lang)
    return tables.lexicon(real), tables.problems


def _languages_without_words(rules: Iterable[Node], known: Iterable[str]) -> Iterator[Problem]:
    for rule in rules:
        fixes = rule.fields["fixes"]
        for lang in fixes.fields:
            if lang not in known:
                message = f"no lexicon is called {lang!r}{did_you_mean(lang, known)}"
                yield fixes.key_problem(lang, message, "a folder of lexicons/")


class _Tables:
    """What the lexicon is made of, while it is being made."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.forms: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self.phrases: list[tuple[int, Phrase]] = []
        self.anchors: dict[str, list[int]] = defaultdict(list)
        self.veto_forms: dict[str, list[int]] = defaultdict(list)
        self.veto_phrases: list[tuple[int, Phrase]] = []
        self.veto_anchors: dict[str, list[int]] = defaultdict(list)
        self.abbreviations: dict[str, tuple[str, ...]] = {}
        self.clause_breaks: dict[str, tuple[str, ...]] = {}
        self.common: dict[str, tuple[str, ...]] = {}
        self.joins: dict[str, tuple[str, ...]] = {}
        self.bridges: dict[str, tuple[str, ...]] = {}
        self.rewordings: list[Rewording] = []
        self.distinctive: set[str] = set()
        self.lists: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        self.problems: list[Problem] = []

    def lexicon(self, real: Iterable[str]) -> Lexicon:
        """The lexicon; ``real`` are words that no misspelling of another one is."""
        reordered = Reordered(self._elements())
        return Lexicon(
            entries=tuple(self.entries),
            forms=_frozen(self.forms),
            phrases=tuple(map(reordered.phrase, self.phrases)),
            anchors=_frozen(self.anchors),
            veto_forms=_frozen(self.veto_forms),
            veto_phrases=tuple(map(reordered.phrase, self.veto_phrases)),
            veto_anchors=_frozen(self.veto_anchors),
            abbreviations=self.abbreviations,
            clause_breaks=self.clause_breaks,
            common=self.common,
            joins=self.joins,
            bridges=self.bridges,
            lists={name: dict(sorted(by_lang.items())) for name, by_lang in sorted(self.lists.items())},
            rewordings=tuple(map(reordered.rewording, self.rewordings)),
            misspellings=Misspellings.of(self.distinctive, self._known(), real),
        )

    def add_lists(self, file: PackFile) -> None:
        """The lists of words of a file; several files of a language may add to one."""
        for name in file.root.fields:
            words = (*self.lists[name].get(file.lang, ()), *file.root.texts(name))
            self.lists[name][file.lang] = tuple(dict.fromkeys(words))

    def _elements(self) -> Iterator[Element]:
        """All elements, in the order in which the pack keeps them."""
        for _, phrase in chain(self.phrases, self.veto_phrases):
            yield from phrase.elements
        for rewording in self.rewordings:
            yield from chain(rewording.before, rewording.change, rewording.after, rewording.drop)

    def _known(self) -> set[str]:
        """All words of all wordings."""
        forms = (word for table in (self.forms, self.veto_forms) for form in table for word in form.split(" "))
        choices = {
            id(element.alternatives): element.alternatives
            for _, phrase in chain(self.phrases, self.veto_phrases)
            for element in phrase.elements
        }
        common = chain.from_iterable(self.common.values())
        return {*forms, *common, *(word for choice in choices.values() for words in choice for word in words)}


def _frozen(table: dict[str, list[Any]]) -> dict[str, tuple[Any, ...]]:
    return {key: tuple(dict.fromkeys(table[key])) for key in sorted(table)}


class _Language:
    def __init__(self, lang: str, files: list[PackFile], concepts: dict[str, Concept], tables: _Tables) -> None:
        self._lang, self._files, self._concepts, self._tables = lang, files, concepts, tables
        inflection = next((file.root for file in files if file.kind == "inflection"), None)
        self._inflection = read_inflection(inflection)
        synonyms = (file.root for file in files if file.kind == "synonyms")
        self._plain = Wording(self._inflection)
        self._wording = Wording(self._inflection, read_synonyms(synonyms, self._inflection))
        self._cost = _word_costs(files, self._wording)
        self._sets = self._set_nodes()
        sets, problems = resolve_sets(self._sets, self._wording)
        self._tables.problems += problems
        self._phrases = PhraseCompiler(self._wording, sets, self._cost, self._fronting(sets))
        self._plain_phrases = PhraseCompiler(self._plain, self._plain_sets(sets), self._cost)

    def compile(self) -> None:
        """Add this language to the tables."""
        for file in self._files:
            if file.kind in ("terms", "context"):
                for node in file.root.items:
                    self._entry(node, is_term=file.kind == "terms")
        distinctive = Distinctive(self._inflection, self._plain, self._sets)
        for term in self._nodes("terms"):
            self._tables.distinctive |= distinctive.words(term)
        self._tables.abbreviations[self._lang] = tuple(dict.fromkeys(map(folded, self._inflection.abbreviations)))
        self._tables.common[self._lang] = tuple(sorted(set(map(folded, self._inflection.common))))
        self._tables.joins[self._lang] = tuple(sorted(set(map(folded, self._inflection.joins))))
        self._tables.bridges[self._lang] = tuple(sorted(set(map(folded, self._inflection.bridges))))
        breaks = (
            form
            for node in self._nodes("context")
            if node.text("says") == "clause-break"
            for form in node.texts("forms")
        )
        self._tables.clause_breaks[self._lang] = tuple(dict.fromkeys(map(folded, breaks)))

    def compile_fixes(self, rules: Iterable[Node]) -> None:
        """Add the rewordings that rules have in this language."""
        compiler = RewordingCompiler(self._lang, self._phrases, self._inflection, self._wording, self._sets)
        for rule in rules:
            self._tables.rewordings += compiler.compile(rule.text("id"), rule.fields["fixes"].all(self._lang))
        self._tables.problems += compiler.problems

    def _say(self, problem: Problem) -> None:
        self._tables.problems.append(problem)

    def _nodes(self, kind: str) -> Iterator[Node]:
        return (node for file in self._files if file.kind == kind for node in file.root.items)

    def _set_nodes(self) -> dict[str, Node]:
        nodes: dict[str, Node] = {}
        for file in (file for file in self._files if file.kind == "sets"):
            for name in file.root.fields:
                if name in nodes:
                    self._say(file.root.key_problem(name, f"the set {name!r} exists already", "another name"))
                nodes.setdefault(name, file.root.fields[name])
        return nodes

    def _fronting(self, sets: Mapping[str, Alternatives]) -> Fronting:
        """What turns the wordings of this language round, so that their object comes first."""
        verbs = (words[0] for name, node in self._sets.items() if node.text("pos") == "verb" for words in sets[name])
        inflection = self._inflection
        words = ((*inflection.copulas, *([","] if inflection.copulas else ())), inflection.fronting, inflection.denials)
        return Fronting(frozenset(verbs), *(tuple(dict.fromkeys(tokens(word) for word in some)) for some in words))

    def _plain_sets(self, sets: Mapping[str, Alternatives]) -> dict[str, Alternatives]:
        """The sets without synonyms; those that have none are the same objects, and kept once."""
        plain, _ = resolve_sets(self._sets, self._plain)
        return {name: sets[name] if found == sets[name] else found for name, found in plain.items()}

    def _entry(self, node: Node, *, is_term: bool) -> None:
        index = len(self._tables.entries)
        self._tables.entries.append(self._term(node) if is_term else self._cue(node))
        if not any(node.all(key) for key in ("forms", "phrases", "cased")):
            self._say(node.problem("this entry has no words", "forms, phrases or cased"))
        # A synonym in a cue silences claims: "fights the negative effects of pollution" warns of nothing.
        wording, phrases = (self._wording, self._phrases) if is_term else (self._plain, self._plain_phrases)
        self._forms(node, index, wording, is_term=is_term)
        turns = self._tables.entries[index].group in PREDICATES
        for phrase in node.all("phrases"):
            compiled = self._compiled(phrase, phrases)
            self._add_phrases(compiled, index, phrases)
            if compiled and turns:
                self._turned(phrase.scalar, index)
        self._vetoes(node, index)

    def _term(self, node: Node) -> Entry:
        concept = node.fields["concept"]
        self._check_known(concept, self._concepts)
        return Entry(self._lang, concept=concept.scalar, cased=bool(node.all("cased")))

    def _cue(self, node: Node) -> Entry:
        facets = {concept.partition(".")[0] for concept in self._concepts}
        for target in (*node.all("targets"), *node.all("spares")):
            self._check_known(target, facets | set(self._concepts))
        return Entry(
            self._lang,
            says=node.text("says"),
            direction=node.text("direction", "FORWARD"),
            scope=int(node.text("scope", "0")),
            targets=node.texts("targets"),
            spares=node.texts("spares"),
            weight=int(node.text("weight", "1")),
            cased=bool(node.all("cased")),
            in_headings=node.flag("in_headings", True),
        )

    def _check_known(self, node: Node, known: Iterable[str]) -> None:
        if node.scalar not in known:
            advice = did_you_mean(node.scalar, known)
            self._say(node.problem(f"unknown concept {node.scalar!r}{advice}", "an id of lexicons/concepts"))

    def _forms(self, node: Node, index: int, wording: Wording, *, is_term: bool) -> None:
        for form in node.all("forms"):
            for spelling in self._spelt(form, wording, noun=is_term):
                self._tables.forms[spelling].append((index, ""))
        for form in node.all("cased"):
            for cased in (form.scalar, form.scalar + "s"):
                self._tables.forms[folded(cased)].append((index, cased))

    def _spelt(self, form: Node, wording: Wording, *, noun: bool) -> tuple[str, ...]:
        found = wording.forms(form.scalar, noun=noun)
        if not any(char.isalnum() for char in form.scalar) and not found:
            self._say(form.problem(f"nothing is left of {form.scalar!r} once folded", "a word"))
        if _PHRASE_MARKS.search(form.scalar):
            self._say(form.problem(f"{form.scalar!r} is written as a phrase", "it under phrases"))
        return found

    def _compiled(self, node: Node, compiler: PhraseCompiler) -> list[Phrase]:
        try:
            return compiler.compile(node.scalar)
        except PhraseSyntaxError as error:
            self._say(node.problem(error.message, error.expected, offset=error.offset))
            return []

    def _add_phrases(self, phrases: Iterable[Phrase], index: int, compiler: PhraseCompiler) -> None:
        tables = self._tables
        _add(phrases, index, compiler, tables.phrases, tables.anchors)

    def _add_vetoes(self, phrases: Iterable[Phrase], index: int) -> None:
        tables = self._tables
        _add(phrases, index, self._phrases, tables.veto_phrases, tables.veto_anchors)

    def _turned(self, phrase: str, index: int) -> None:
        """Add a wording of an effect with the object before the verb."""
        if turned := self._phrases.turned(phrase):
            claimed, denied = turned
            self._add_phrases([claimed], index, self._phrases)
            self._add_vetoes([denied], index)

    def _vetoes(self, node: Node, index: int) -> None:
        for veto in node.all("unless"):
            if _is_phrase(veto.scalar):
                self._add_vetoes(self._compiled(veto, self._phrases), index)
                continue
            for form in self._wording.forms(veto.scalar, noun=True):
                self._tables.veto_forms[form].append(index)


def _add(
    phrases: Iterable[Phrase],
    index: int,
    compiler: PhraseCompiler,
    table: list[tuple[int, Phrase]],
    anchors: dict[str, list[int]],
) -> None:
    """Add phrases of an entry to a table, to be tried at the words of their anchors."""
    for phrase in phrases:
        for word in compiler.anchors(phrase.elements[phrase.anchor].alternatives):
            anchors[word].append(len(table))
        table.append((index, phrase))


def _is_phrase(text: str) -> bool:
    return any(mark in text for mark in "<>()[]|~&#")


def _word_costs(files: Iterable[PackFile], wording: Wording) -> Callable[[str], int]:
    """How often a word is likely to stand in copy, judged by the examples of the pack itself."""
    examples = (text for file in files if file.kind == "terms" for node in file.root.items for text in _examples(node))
    counts = Counter(word for text in examples for word in tokens(text))
    return cache(lambda word: counts[word] + (_COMMON_COST if wording.is_common(word) else 1))


def _examples(node: Node) -> tuple[str, ...]:
    return node.texts("flagged") + node.texts("allowed")
