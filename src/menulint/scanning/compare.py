"""Two stores side by side: which findings are new, gone, reworded, moved or judged otherwise, and why.

Both stores are read in the order of addresses, page by page, so that only what changed is held in memory.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from heapq import merge
from itertools import groupby, product
from pathlib import Path
from typing import Any

from menulint.reporters._scan.difference import (
    JUDGED,
    MOVED,
    NEW,
    PAGE_CHANGED,
    PAGE_GONE,
    PAGE_NEW,
    REJUDGED,
    REMOVED,
    REWORDED,
    RULE_ADDED,
    RULE_GONE,
    Change,
    Difference,
    Found,
    Side,
)
from menulint.scanning import query
from menulint.scanning.gather import Choice, Gathered, opened
from menulint.scanning.store import Store

SIMILAR = 0.6
"""From which similarity (``difflib``, 0 to 1) two wordings of one rule on one page are one that was reworded."""

MOST = 40
"""Findings of one rule on one page that are compared by similarity; the wordings of longer lists only if they are equal."""

_FIRST, _SECOND = 0, 1  # which store a page comes from
_LONGEST = 400


@dataclass(slots=True)
class _Page:
    """A page of one store with its findings."""

    site: str
    url: str
    payload: str
    copy: str
    found: list[Found]

    def same(self, other: _Page) -> bool:
        """Whether a visitor reads the same."""
        return self.payload == other.payload or (bool(self.copy) and self.copy == other.copy)


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules of both packs; None where a store does not say them."""

    first: frozenset[str] | None
    second: frozenset[str] | None

    def added(self, rule: str) -> bool:
        return self.first is not None and rule not in self.first

    def gone(self, rule: str) -> bool:
        return self.second is not None and rule not in self.second


def compare(first: Store, second: Store, choice: Choice) -> Difference:
    """What differs between two stores, of the findings that the choice lets count.

    Raises:
        UsageError: one of the folders holds no store.
    """
    heads = query.existing(first), query.existing(second)
    was_known, now_known = map(_rules, heads)
    pages: Counter[str] = Counter(same=0, changed=0, new=0, gone=0)
    changes: list[Change] = []
    unchanged = 0
    with ExitStack() as stack:
        sides = [stack.enter_context(opened(store, choice)) for store in (first, second)]
        for was, now in _pairs(*sides):
            pages[_state(was, now)] += 1
            same, changed = _compared(was, now, _Rules(was_known, now_known))
            unchanged += same
            changes += changed
    changes, moved = _moved(changes)
    kept = pages["same"] + pages["changed"]
    return Difference(
        first=_side(first, heads[0], kept + pages["gone"]),
        second=_side(second, heads[1], kept + pages["new"]),
        options=_options(*heads),
        rules_added=_without(now_known, was_known),
        rules_gone=_without(was_known, now_known),
        pages=dict(pages),
        unchanged=unchanged,
        changes=tuple(sorted([*changes, *moved], key=_order)),
    )


def _rules(head: Mapping[str, Any]) -> frozenset[str] | None:
    """The rules of the pack a store was judged with; None where it does not say."""
    return frozenset(head["pack"]["rules"]) if "rules" in head["pack"] else None


def _without(rules: frozenset[str] | None, others: frozenset[str] | None) -> tuple[str, ...]:
    return tuple(sorted(rules - others)) if rules is not None and others is not None else ()


def _side(store: Store, head: Mapping[str, Any], pages: int) -> Side:
    pack = head["pack"]
    complete = head.get("state") == "complete"
    return Side(Path(store.folder).resolve().name, head["menulint"], pack["version"], pack["sha256"], complete, pages)


def _options(first: Mapping[str, Any], second: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """The options and limits that differ, by name."""
    both = [{**head.get("limits", {}), **head["options"], "packs": head["pack"]["added"]} for head in (first, second)]
    values = [(name, *(side.get(name) for side in both)) for name in sorted({*both[0], *both[1]})]
    return tuple((name, str(was), str(now)) for name, was, now in values if was != now)


def _order(change: Change) -> tuple[Any, ...]:
    severities = {"error": 0, "warning": 1, "info": 2}
    return change.site, change.url, severities[change.found.severity], change.found.rule, change.found.finding_id


# Page by page


def _pairs(first: Gathered, second: Gathered) -> Iterator[tuple[_Page | None, _Page | None]]:
    """Each page of either store, as it was and as it is."""
    for _, both in groupby(merge(_pages(first, _FIRST), _pages(second, _SECOND), key=_by_key), key=lambda row: row[0]):
        sides: dict[int, _Page] = {side: page for _, side, page in both}
        yield sides.get(_FIRST), sides.get(_SECOND)


def _by_key(row: tuple[str, int, _Page]) -> tuple[str, int]:
    return row[0], row[1]


def _pages(store: Gathered, side: int) -> Iterator[tuple[str, int, _Page]]:
    """The pages of a store in the order of their addresses, each with its findings."""
    store.run("compare.sql")
    for row in store.stream("latest_pages"):
        found = [Found(**one) for one in row["found"]]
        yield row["key"], side, _Page(row["site"], row["url"], row["payload"], row["copy"], found)


def _state(was: _Page | None, now: _Page | None) -> str:
    if was is None or now is None:
        return "new" if was is None else "gone"
    return "same" if was.same(now) else "changed"


def _compared(was: _Page | None, now: _Page | None, rules: _Rules) -> tuple[int, list[Change]]:
    """How many findings of a page stayed as they were, and what became of the others."""
    page = now or was
    assert page is not None
    left, right = (was.found if was else []), (now.found if now else [])
    equal, left, right = _equal(left, right)
    similar, left, right = _similar(left, right)
    same = was is not None and now is not None and was.same(now)
    here = {"site": page.site, "url": page.url}
    changes = [Change(REJUDGED, JUDGED, was=a, now=b, **here) for a, b in equal if _judged(a) != _judged(b)]
    changes += [Change(REWORDED, JUDGED if same else PAGE_CHANGED, was=a, now=b, **here) for a, b in similar]
    for one in left:
        by_page = PAGE_GONE if now is None else JUDGED if same else PAGE_CHANGED
        changes.append(Change(REMOVED, RULE_GONE if rules.gone(one.rule) else by_page, was=one, now=None, **here))
    for one in right:
        by_page = PAGE_NEW if was is None else JUDGED if same else PAGE_CHANGED
        changes.append(Change(NEW, RULE_ADDED if rules.added(one.rule) else by_page, was=None, now=one, **here))
    return sum(_judged(a) == _judged(b) for a, b in equal), changes


def _judged(found: Found) -> tuple[str, str, str]:
    return found.verdict, found.severity, found.confidence


_Split = tuple[list[tuple[Found, Found]], list[Found], list[Found]]


def _equal(left: list[Found], right: list[Found]) -> _Split:
    """Pairs of one rule and fingerprint, and what is left on either side."""
    waiting: defaultdict[tuple[str, str], list[Found]] = defaultdict(list)
    for one in right:
        waiting[one.rule, one.fingerprint].append(one)
    pairs, rest = [], []
    for one in left:
        others = waiting[one.rule, one.fingerprint]
        if others:
            pairs.append((one, others.pop(0)))
        else:
            rest.append(one)
    paired = {id(now) for _, now in pairs}
    return pairs, rest, [one for one in right if id(one) not in paired]


def _similar(left: list[Found], right: list[Found]) -> _Split:
    """Pairs of one rule in similar words, the most similar first."""
    pairs: list[tuple[Found, Found]] = []
    for rule in dict.fromkeys(one.rule for one in left):
        olds = [one for one in left if one.rule == rule][:MOST]
        news = [one for one in right if one.rule == rule][:MOST]
        ranked = sorted(((_likeness(a, b), -i, -j) for (i, a), (j, b) in product(enumerate(olds), enumerate(news))))
        taken: tuple[set[int], set[int]] = set(), set()
        for likeness, i, j in reversed(ranked):
            if likeness >= SIMILAR and -i not in taken[0] and -j not in taken[1]:
                taken[0].add(-i)
                taken[1].add(-j)
                pairs.append((olds[-i], news[-j]))
    paired = {id(one) for pair in pairs for one in pair}
    return pairs, [one for one in left if id(one) not in paired], [one for one in right if id(one) not in paired]


def _likeness(was: Found, now: Found) -> float:
    a, b = was.text.casefold()[:_LONGEST], now.text.casefold()[:_LONGEST]
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return 1.0 if a == b else 0.0 if matcher.quick_ratio() < SIMILAR else matcher.ratio()


def _moved(changes: Iterable[Change]) -> tuple[list[Change], list[Change]]:
    """Findings that went with one page of a site and came with another are one that moved; the others, then those."""
    changes = list(changes)
    gone: defaultdict[tuple[str, str, str], list[Change]] = defaultdict(list)
    for change in changes:
        if change.kind == REMOVED and change.cause == PAGE_GONE:
            gone[_place(change)].append(change)
    moved, dropped = [], set[int]()
    for change in changes:
        if change.kind == NEW and change.cause == PAGE_NEW and gone[_place(change)]:
            before = gone[_place(change)].pop(0)
            moved.append(replace(change, kind=MOVED, was=before.was, was_url=before.url))
            dropped |= {id(change), id(before)}
    return [change for change in changes if id(change) not in dropped], moved


def _place(change: Change) -> tuple[str, str, str]:
    return change.site, change.found.rule, change.found.fingerprint
