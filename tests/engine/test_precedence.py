"""A finding that stands for several rules knows whether one of them prohibits the wording."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from menulint.engine.match import Match
from menulint.engine.precedence import resolve
from menulint.finding import Judgement


def match(rule: str, end: int, verdict: str, *, raises: bool = True) -> Match:
    claim: Any = SimpleNamespace(head=SimpleNamespace(block=0, start=0, end=end, facet="effect"), quotation=-1)
    known: Any = SimpleNamespace(id=rule, supersedes=(), category="efficacy")
    return Match.of(known, claim, (), (Judgement("GB", verdict, "warning", "high", ("P",), raises),))


def test_what_is_dropped_still_prohibits() -> None:
    """The longer wording is reported; proof of it must not allow the shorter one."""
    (kept,) = resolve([match("EFF002", 20, "needs-evidence"), match("MED005", 10, "prohibited")])
    assert (kept.rule.id, kept.more, kept.denied) == ("EFF002", ("MED005",), ("MED005",))


def test_a_prohibition_counts_once() -> None:
    """However many places of the wording it has."""
    found = [match("EFF002", 20, "prohibited"), match("MED005", 10, "prohibited"), match("MED005", 9, "prohibited")]
    (kept,) = resolve(found)
    assert kept.denied == ("EFF002", "MED005")


def test_evidence_alone_denies_nothing() -> None:
    """Nor does a place that is only listed."""
    (kept,) = resolve([match("EFF002", 20, "needs-evidence"), match("MED005", 10, "needs-evidence")])
    assert kept.denied == ()
    assert match("EFF002", 20, "prohibited", raises=False).denied == ()
