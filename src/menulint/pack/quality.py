"""What no file of a pack shows by itself: words nobody uses, ideas without words, rules without law."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from menulint.errors import Problem
from menulint.pack.conditions import concept_nodes
from menulint.pack.files import PackFile, parse_files
from menulint.pack.nodes import Node
from menulint.pack.raw import RawFile

_SET = re.compile(r"<([a-z][a-z0-9_-]*)>")
_WORDS = ("forms", "phrases", "cased", "unless")
_EXAMPLES = ("flagged", "allowed")


def defects(files: Sequence[RawFile], built_in: Collection[str] = ()) -> list[Problem]:
    """What is dead or cannot work in a pack that loads, in the order of its files.

    ``built_in`` are concepts that the program finds without words. Found are: a concept without words, children and
    use; a rule that needs a concept for which no language has words; a trigger that no law looks at; a rule that no
    provision backs; two rules of one name; a set that no phrase uses.
    """
    parsed = parse_files(files).files
    found = [*_Ideas(parsed, built_in).defects(), *_rule_defects(parsed), *_dead_sets(parsed)]
    return sorted(found, key=lambda problem: (problem.path, problem.line, problem.column))


def example_places(files: Sequence[RawFile]) -> dict[tuple[str, str], str]:
    """Where each example stands (``path:line``), by its owner (``RTE001``, ``en/effect.regenerate``) and its text."""
    places: dict[tuple[str, str], str] = {}
    for file in parse_files(files).files:
        for owner, node in _owned_examples(file):
            text = node if node.is_text else node.get("text")
            if text:
                places.setdefault((owner, text.scalar), f"{text.path}:{text.line}")
    return places


def _owned_examples(file: PackFile) -> Iterator[tuple[str, Node]]:
    if file.kind == "terms":
        for entry in file.root.items:
            yield from ((f"{file.lang}/{entry.text('concept')}", n) for kind in _EXAMPLES for n in entry.all(kind))
    elif file.kind == "rule":
        groups = (file.root.get("examples"), file.root.get("known_gaps"))
        owner = file.root.text("id")
        yield from ((owner, n) for group in groups if group for kind in _EXAMPLES for n in group.all(kind))


class _Ideas:
    """The concepts of a pack: who descends from whom, which have words, and who looks at them."""

    def __init__(self, files: Iterable[PackFile], built_in: Collection[str]) -> None:
        self._files = list(files)
        self._nodes = {node.text("id"): node for file in self._of_kind("concepts") for node in file.root.items}
        self._parents = {name: node.texts("is_a") for name, node in self._nodes.items()}
        self._families = {parent for parents in self._parents.values() for parent in parents}
        self._worded = {entry.text("concept") for file in self._of_kind("terms") for entry in file.root.items}
        self._worded.update(built_in)
        self._speakable = {ancestor for name in self._worded for ancestor in self._line(name)}
        self._looked_at = {node.scalar for node in self._law_nodes()} | set(self._with_status())

    def defects(self) -> Iterator[Problem]:
        """In no particular order."""
        for name, node in self._nodes.items():
            if name not in self._worded and name not in self._families and name not in self._used:
                yield node.problem(f"the concept {name!r} is dead", "words, a child, or a use")
            elif self._is_idle_trigger(name, node):
                expected = "a rule that uses it or one of its parents, or kind: support"
                yield node.problem(f"no law looks at the trigger {name!r}", expected)
        yield from self._speechless()

    def _speechless(self) -> Iterator[Problem]:
        for file in self._of_kind("rule"):
            for node in concept_nodes(file.root.fields["when"]):
                if node.scalar not in self._speakable:
                    yield node.problem(f"no language has words for {node.scalar!r}", "terms of it or of a descendant")

    def _is_idle_trigger(self, name: str, node: Node) -> bool:
        is_trigger = node.text("kind", "trigger") == "trigger"
        return is_trigger and name in self._worded and self._looked_at.isdisjoint(self._line(name))

    @property
    def _used(self) -> set[str]:
        """Looked at by law, or named by a cue as what it modifies or spares."""
        cues = (cue for file in self._of_kind("context") for cue in file.root.items)
        return self._looked_at.union(*((*cue.texts("targets"), *cue.texts("spares")) for cue in cues))

    def _law_nodes(self) -> Iterator[Node]:
        """Every concept id in rules, provisions and rows of evidence."""
        for file in self._of_kind("rule"):
            yield from concept_nodes(file.root.fields["when"])
        for backing in _backings(self._files):
            yield from concept_nodes(backing.fields["when"]) if "when" in backing.fields else ()
        for file in self._of_kind("evidence"):
            for row in file.root.items:
                yield from (
                    row.fields[key] for key in ("substance", "effect", "route", "condition") if key in row.fields
                )

    def _with_status(self) -> Iterator[str]:
        for file in self._of_kind("jurisdiction"):
            statuses = file.root.get("status")
            yield from statuses.fields if statuses else ()

    def _line(self, name: str) -> set[str]:
        """A concept with all it descends from."""
        line, todo = {name}, [name]
        while todo:
            fresh = [parent for parent in self._parents.get(todo.pop(), ()) if parent not in line]
            line.update(fresh)
            todo += fresh
        return line

    def _of_kind(self, kind: str) -> Iterator[PackFile]:
        return (file for file in self._files if file.kind == kind)


def _backings(files: Iterable[PackFile], *keys: str) -> Iterator[Node]:
    for file in (file for file in files if file.kind == "jurisdiction"):
        for provision in file.root.all("provisions"):
            yield from (backing for key in keys or ("backs", "permits") for backing in provision.all(key))


def _rule_defects(files: Sequence[PackFile]) -> Iterator[Problem]:
    """Rules that no provision backs, so that they never fire, and names that mean two rules."""
    backed = {backing.text("rule") for backing in _backings(files, "backs")}
    names: set[str] = set()
    for rule in (file.root for file in files if file.kind == "rule"):
        if rule.text("id") not in backed and rule.text("status") != "deprecated":
            yield rule.fields["id"].problem(f"no provision backs {rule.text('id')}", "one that does in a jurisdiction")
        if rule.text("name") in names:
            yield rule.fields["name"].problem(f"the name {rule.text('name')!r} exists already", "another name")
        names.add(rule.text("name"))


def _dead_sets(files: Iterable[PackFile]) -> Iterator[Problem]:
    """Sets that no phrase uses, not even through another set."""
    by_lang: dict[str, list[PackFile]] = defaultdict(list)
    for file in files:
        if file.kind in ("terms", "context", "sets"):
            by_lang[file.lang].append(file)
    for lang_files in by_lang.values():
        sets = [file.root for file in lang_files if file.kind == "sets"]
        live = _live_sets(sets, _named_in(lang_files))
        for root in sets:
            yield from (root.key_problem(n, f"no phrase uses the set {n!r}") for n in root.fields if n not in live)


def _named_in(files: Iterable[PackFile]) -> set[str]:
    entries = (entry for file in files if file.kind != "sets" for entry in file.root.items)
    texts = (text for entry in entries for key in _WORDS for text in entry.texts(key))
    return {name for text in texts for name in _SET.findall(text)}


def _live_sets(roots: Iterable[Node], named: set[str]) -> set[str]:
    """The named sets and all that these take in."""
    taken_in = {
        name: {inner for word in node.texts("words") for inner in _SET.findall(word)}
        for root in roots
        for name, node in root.fields.items()
    }
    live, todo = set(named), list(named)
    while todo:
        fresh = taken_in.get(todo.pop(), set()) - live
        live |= fresh
        todo += fresh
    return live
