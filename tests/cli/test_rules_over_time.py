"""``menulint rules`` over time: what law began, ended or is announced since a day, and what nobody has read for long."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from menulint.engine import history
from menulint.pack.model import Pack

Menulint = Any
BEGINS = "2013-07-11"
"""The day on which the only provision of the small pack begins; it was last reviewed on 2026-11-01."""


@pytest.mark.parametrize("command", [("rules",), ("rules", "list")])
def test_law_that_began_since_a_day_is_listed_with_its_rules(menulint: Menulint, command: tuple[str, ...]) -> None:
    """By place, with what it says and where it stands."""
    done = menulint(*command, "--changed-since", BEGINS, "--as-of", "2026-11-02")
    assert done.code == 0
    assert "GB, United Kingdom" in done.out
    assert f"{BEGINS} began GB-ONE: A cosmetic is put on the outside of the body. (RTE001, CMP001)" in done.out


def test_law_that_is_older_has_not_changed(menulint: Menulint) -> None:
    """It may have been reviewed since, which is told apart."""
    out = menulint("rules", "--changed-since", "2013-07-12", "--as-of", "2026-11-02").out
    assert "no provision on file began or ended since" in out
    assert "GB (1): GB-ONE" in out


def test_law_that_lies_ahead_is_announced(menulint: Menulint) -> None:
    """Seen from the year before."""
    out = menulint("rules", "--changed-since", "2012-01-01", "--as-of", "2012-06-01").out
    assert f"{BEGINS} will begin: GB-ONE" in out


def test_law_that_ends_is_listed_on_both_days(menulint: Menulint, site: Path) -> None:
    """On its last day it still holds."""
    law = site.parent / "pack/rules/jurisdictions/GB.yaml"
    law.write_text(law.read_text("utf-8").replace("to: null", "to: 2025-04-05"), "utf-8")
    assert "2025-04-05 ended GB-ONE" in menulint("rules", "--changed-since", "2020-01-01", "--as-of", "2025-04-06").out
    assert (
        "2025-04-05 will end: GB-ONE" in menulint("rules", "--changed-since", "2020-01-01", "--as-of", "2025-04-05").out
    )


def test_changes_are_plain_values_too(menulint: Menulint) -> None:
    """For whoever feeds a calendar with them."""
    done = menulint("rules", "--changed-since", "2013-01-01", "--as-of", "2026-11-02", "--format", "json")
    (change,) = json.loads(done.out)["changes"]
    assert (change["day"], change["change"], change["rules"]) == (BEGINS, "began", ["RTE001", "CMP001"])
    assert change["provision"]["url"] == "https://law.example/2"


@pytest.mark.parametrize(("on", "code"), [("2027-11-01", 0), ("2027-11-02", 1)])
def test_a_text_that_nobody_read_for_a_year_is_stale(menulint: Menulint, on: str, code: int) -> None:
    """Exit code 1, so that a scheduled run of whoever keeps the pack fails."""
    done = menulint("rules", "--stale", "--as-of", on)
    assert done.code == code
    assert ("2026-11-01 GB GB-ONE" in done.out) == (code == 1)
    as_json = menulint("rules", "--stale", "--as-of", on, "--format", "json")
    assert (as_json.code, len(json.loads(as_json.out)["provisions"])) == (code, code)


def test_a_day_can_be_given_for_reviews(menulint: Menulint) -> None:
    """Or another number of days."""
    assert menulint("rules", "--not-reviewed-since", "2026-11-01").code == 0
    assert menulint("rules", "--not-reviewed-since", "2026-11-02").code == 1
    assert menulint("rules", "--stale", "10", "--as-of", "2026-11-20").code == 1


def test_rules_new_since_a_version_are_listed(menulint: Menulint) -> None:
    """Versions compare by their numbers."""
    assert "RTE001" in menulint("rules", "--changed-since", "0.1.0").out
    assert menulint("rules", "--changed-since", "0.10.0").out == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--changed-since", "yesterday"), "'yesterday' is no date; write it as 2026-11-22"),
        (("--stale", "--changed-since", "2026-01-01"), "give one of --changed-since, --not-reviewed-since and --stale"),
        (("--changed-since", "2026-01-01", "--jurisdiction", "UK"), "did you mean GB?"),
    ],
)
def test_mistaken_questions_are_refused(menulint: Menulint, arguments: tuple[str, ...], said: str) -> None:
    """With what would have been understood."""
    done = menulint("rules", *arguments)
    assert (done.code, said in done.err) == (2, True)


def test_a_place_counts_what_it_inherits(pack: Pack) -> None:
    """A regulation of the Union on human substances will change the law of Spain."""
    ahead = history.changes(pack, date(2027, 1, 1), date(2026, 11, 26), ("ES",))
    assert [(c.provision.id, c.kind) for c in ahead] == [("EU-SOHO-3-DEF", "begins")]
