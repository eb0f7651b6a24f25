"""The claims benchmark is well-formed, and menulint does not get worse at it.

``claims_floors.json`` holds the figures as last measured, by group and system: no answers, only their sums.

    python -m tests.quality.test_claims_benchmark       write what is measured now as the floors
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pytest
from benchmarks.claims.run import CLAIMED, FACETS, Figures, Item, load_items, menulint_answers, table

from menulint.engine.reasons import SILENT

FLOORS = Path(__file__).resolve().parent / "claims_floors.json"
MARGIN = 0.015
GROUPS = ("all", "pairs", "pages", "language en", "language es", "half a", "half b")
SYSTEMS = ("menulint check", "menulint context")
LETTERS = 4
"""Words that share so many first letters count as the same."""


@cache
def items() -> list[Item]:
    """All items, read once."""
    return load_items()


@cache
def measured() -> dict[str, dict[str, Figures]]:
    """Figures of this checkout."""
    return table(items(), menulint_answers(items(), SYSTEMS))


def pairs() -> dict[str, list[Item]]:
    """The members of each pair."""
    found: dict[str, list[Item]] = {}
    for item in items():
        if item.pair:
            found.setdefault(item.pair, []).append(item)
    return found


def stems(text: str) -> set[str]:
    """The beginnings of the words of a text, without accents."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return {word[:LETTERS] for word in re.findall(r"\w+", re.sub(r"[\u0300-\u036f]", "", plain))}


def test_every_item_has_an_id_of_its_own() -> None:
    """No id twice."""
    assert [name for name, count in Counter(item.id for item in items()).items() if count > 1] == []


def test_every_item_says_what_it_is_in_known_words() -> None:
    """Category, language, speaker and stance."""
    stances = SILENT | set(CLAIMED)
    wrong = [
        item.id
        for item in items()
        if item.category not in FACETS
        or item.lang not in ("en", "es")
        or item.speaker not in ("seller", "third-party")
        or item.stance not in stances
    ]
    assert wrong == []


def test_a_span_stands_in_its_text_and_only_once_in_a_pair() -> None:
    """Pages may repeat a wording; ``nth`` says which is meant."""
    assert [i.id for i in items() if i.text[i.start : i.end] != i.span] == []
    assert [i.id for i in items() if i.pair and i.text.count(i.span) != 1] == []


def test_a_pair_is_one_claim_and_one_that_is_none() -> None:
    """Of one category and language."""
    wrong = [
        name
        for name, members in pairs().items()
        if sorted(m.claim for m in members) != [False, True] or len({(m.category, m.lang) for m in members}) > 1
    ]
    assert wrong == []


def test_the_members_of_a_pair_share_a_key_word() -> None:
    """Same words, opposite label; what is asserted innocently may be another sense or another wording of the kind."""
    wrong = [
        name
        for name, (one, other) in pairs().items()
        if not name.startswith(("asserted", "hedged")) and not stems(one.span) & stems(other.span)
    ]
    assert wrong == []


def test_only_a_seller_claims_and_only_by_asserting_or_hedging() -> None:
    """What the labels mean."""
    assert [i.id for i in items() if i.claim and (i.speaker != "seller" or i.stance not in CLAIMED)] == []


def test_the_benchmark_is_as_large_as_it_says() -> None:
    """At least 400 pairs, a third of them Spanish, and twenty pages of sellers and twenty of others."""
    assert len(pairs()) >= 400
    assert sum(members[0].lang == "es" for members in pairs().values()) >= len(pairs()) / 3
    files = {item.file for item in items() if not item.pair}
    assert min(sum(file.startswith(side) for file in files) for side in ("seller/", "other/")) >= 20


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("group", GROUPS)
def test_no_figure_falls_below_its_floor(group: str, system: str) -> None:
    """Precision, recall, F1 and pairs, by a point and a half at most."""
    floor = json.loads(FLOORS.read_text("utf-8"))[group][system]
    found = asdict(measured()[group][system])
    assert {name: found[name] for name in floor if found[name] < floor[name] - MARGIN} == {}


def main() -> None:
    """Write the floors."""
    floors = {group: {system: asdict(measured()[group][system]) for system in SYSTEMS} for group in GROUPS}
    FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
