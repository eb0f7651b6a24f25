"""Everything that depends on the day follows ``--as-of``: law, permissions, statuses, evidence, comments, with real dates."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import structs

from menulint.engine.law import Law
from menulint.linter import Linter, Options
from menulint.pack.model import Pack


@pytest.fixture(scope="module")
def dated(pack: Pack) -> Linter:
    """A linter for sellers' sentences; ``on`` gives that of a day."""
    return Linter(pack, Options(jurisdiction=("GB", "CA", "AU", "SG"), genre="promotional"))


def cited(linter: Linter, text: str, rule: str, code: str) -> set[str]:
    """The provisions by which a place makes a sentence a problem."""
    found = [f for f in linter.check_bytes("menu.md", text.encode()).findings if f.rule == rule]
    return {name for f in found for judged in f.jurisdictions if judged.code == code for name in judged.provisions}


@pytest.mark.parametrize(
    ("day", "provision", "holds"),
    [
        (date(2025, 4, 5), "UK-CPUT-9", True),
        (date(2025, 4, 6), "UK-CPUT-9", False),
    ],
)
def test_a_law_holds_on_its_last_day(dated: Linter, day: date, provision: str, holds: bool) -> None:
    """The black list of 2008 was replaced on 6 April 2025."""
    found = cited(dated.on(day), "Our exosome facial is fully legal in the UK.", "APR002", "GB")
    assert (provision in found) == holds


@pytest.mark.parametrize(("day", "holds"), [(date(2013, 12, 18), False), (date(2013, 12, 19), True)])
def test_a_thing_is_on_prescription_as_long_as_the_provision_says_so(pack: Pack, day: date, holds: bool) -> None:
    """In Canada by the regulation as amended in December 2013."""
    assert ("substance.botulinum-toxin" in Law(pack, day).statuses("CA")) == holds


def test_a_permission_that_ends_leaves_the_ban(pack: Pack) -> None:
    """Name and price of a medicine pass in Canada as long as the regulation that allows them is in force."""
    canada = pack.jurisdictions["CA"]
    ban = next(p for p in canada.provisions if p.permits)
    allowing = structs.replace(ban, id="CA-PERMIT", backs=(), in_force_to=date(2024, 12, 31))
    rest = tuple(structs.replace(p, permits=()) for p in canada.provisions)
    here = structs.replace(
        pack, jurisdictions={**pack.jurisdictions, "CA": structs.replace(canada, provisions=(*rest, allowing))}
    )
    linter = Linter(here, Options(jurisdiction=("CA",), genre="promotional"))
    assert not cited(linter.on(date(2024, 12, 31)), "Botox, $12 per unit.", "POM001", "CA")
    assert cited(linter.on(date(2025, 1, 1)), "Botox, $12 per unit.", "POM001", "CA")


def test_research_counts_from_the_year_of_its_first_source(pack: Pack) -> None:
    """A page of 2010 is not judged by what was published later."""
    row = next(row for row in pack.evidence if row.first_year >= 2015)
    before, after = (pack.on(date(row.first_year + years, 12, 31)).evidence for years in (-1, 0))
    assert row not in before
    assert row in after
    assert all(known.first_year < row.first_year for known in before)


@pytest.mark.parametrize(("day", "suppressed"), [(date(2026, 3, 31), True), (date(2026, 4, 1), False)])
def test_a_comment_counts_until_its_last_day(dated: Linter, day: date, suppressed: bool) -> None:
    """Seen from the day asked for, not from today."""
    page = "Botox from £99. <!-- menulint: ignore[POM] -- rebrand (until 2026-03-31) -->\n"
    found = [f for f in dated.on(day).check_bytes("menu.md", page.encode()).findings if f.rule == "POM001"]
    assert [f.suppressed is not None for f in found] == [suppressed]
