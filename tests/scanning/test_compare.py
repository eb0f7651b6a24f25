"""Two scans differ where their pages do, and what lies with the judging is told apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.scanning.stores import Made, Page, Said, write

from menulint.reporters._scan.difference import Difference
from menulint.scanning.compare import compare
from menulint.scanning.gather import Choice

PROOF = Said("clinically proven to regenerate your skin", "EVD001", "evidence")
INJECTION = Said("exosome injections")
URL = "https://a.example/menu"


def compared(folder: Path, first: Made, second: Made) -> Difference:
    return compare(write(folder / "first", first), write(folder / "second", second), Choice())


def changes(found: Difference) -> list[tuple[str, str, str]]:
    return [(change.kind, change.cause, change.found.text) for change in found.changes]


def page(*said: Said, url: str = URL, payload: str = "") -> Page:
    return Page(url, said, payload=payload, copy=payload)


def test_the_same_scan_differs_in_nothing(tmp_path: Path) -> None:
    made = Made((page(INJECTION, PROOF),))
    found = compared(tmp_path, made, made)
    assert (found.unchanged, found.changes, found.rejudging) == (2, (), False)
    assert found.pages == {"same": 1, "changed": 0, "new": 0, "gone": 0}


def test_what_a_changed_page_does_not_say_any_more_is_removed_and_what_it_says_now_is_new(tmp_path: Path) -> None:
    found = compared(tmp_path, Made((page(INJECTION, payload="1"),)), Made((page(PROOF, payload="2"),)))
    assert sorted(changes(found)) == [
        ("new", "page-changed", PROOF.text),
        ("removed", "page-changed", INJECTION.text),
    ]


@pytest.mark.parametrize(
    ("now", "kind"),
    [("clinically proven to renew your skin", "reworded"), ("tested by a laboratory of our own", "new")],
)
def test_similar_words_under_one_rule_are_reworded_and_others_are_not(tmp_path: Path, now: str, kind: str) -> None:
    second = Made((page(replace(PROOF, text=now), payload="2"),))
    found = compared(tmp_path, Made((page(PROOF, payload="1"),)), second)
    assert (kind, "page-changed", now) in changes(found)
    assert len(found.changes) == (1 if kind == "reworded" else 2)


def test_the_same_words_in_another_sentence_are_reworded(tmp_path: Path) -> None:
    second = Made((page(replace(PROOF, before="Our cream is not yet "), payload="2"),))
    assert changes(compared(tmp_path, Made((page(PROOF, payload="1"),)), second)) == [
        ("reworded", "page-changed", PROOF.text)
    ]


def test_scheme_www_and_a_closing_slash_make_no_other_page(tmp_path: Path) -> None:
    second = Made((page(INJECTION, url="http://www.a.example/menu/", payload="1"),))
    found = compared(tmp_path, Made((page(INJECTION, payload="1"),)), second)
    assert (found.unchanged, found.pages["same"]) == (1, 1)


def test_a_finding_that_went_with_its_page_to_another_address_of_the_site_moved(tmp_path: Path) -> None:
    first = Made((page(INJECTION, PROOF),))
    second = Made((page(INJECTION, url="https://a.example/prices"),))
    found = compared(tmp_path, first, second)
    assert sorted(changes(found)) == [("moved", "page-new", INJECTION.text), ("removed", "page-gone", PROOF.text)]
    assert next(change.was_url for change in found.changes if change.kind == "moved") == URL


def test_only_the_latest_capture_of_a_page_counts(tmp_path: Path) -> None:
    captures = (Page(URL, (PROOF,), captured="2020-01-01T00:00:00"), Page(URL, (INJECTION,)))
    found = compared(tmp_path, Made(captures), Made(captures[1:]))
    assert (found.unchanged, found.changes) == (1, ())


def test_a_finding_on_an_unchanged_page_lies_with_the_judging(tmp_path: Path) -> None:
    first, second = Made((page(payload="1"),)), Made((page(INJECTION, payload="1"),), pack="b" * 64)
    found = compared(tmp_path, first, second)
    assert (changes(found), found.rejudging) == ([("new", "judged", INJECTION.text)], True)


def test_a_rule_that_did_not_exist_is_named_whatever_the_page_did(tmp_path: Path) -> None:
    first = Made((page(payload="1"),), rules=("EVD001",))
    second = Made((page(INJECTION, payload="2"),), rules=("EVD001", "RTE001"), pack="b" * 64)
    found = compared(tmp_path, first, second)
    assert (changes(found), found.rules_added) == ([("new", "rule-added", INJECTION.text)], ("RTE001",))


def test_another_severity_for_the_same_words_is_judged_otherwise(tmp_path: Path) -> None:
    milder = replace(INJECTION, laws=(("GB", "advice", "info", "low", True, ["UK-HMR-279"]),))
    found = compared(tmp_path, Made((page(INJECTION),)), Made((page(milder),), pack="b" * 64))
    assert [(c.kind, c.was and c.was.severity, c.now and c.now.severity) for c in found.changes] == [
        ("rejudged", "error", "info")
    ]


def test_options_that_differ_are_named(tmp_path: Path) -> None:
    made = Made((page(),))
    options = {"as_of": "2020-01-01", "undated_as_of": "2026-11-01"}
    found = compared(tmp_path, made, replace(made, more={"options": options}))
    assert found.options == (("as_of", "None", "2020-01-01"),)
