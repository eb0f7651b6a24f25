"""A report counts each thing once, and says what it left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.scanning.stores import Made, Page, Said, pages, write

from menulint.reporters._scan.overview import Overview
from menulint.scanning.gather import Choice, Law, gather, timeline

INJECTION = Said("exosome injections")
PROOF = Said(
    "clinically proven", "EVD001", "evidence", (("GB", "needs-evidence", "warning", "medium", True, ["UK-CAP-3-7"]),)
)
LAW = Law("a" * 64, {}, {})


def seen(folder: Path, made: Made, choice: Choice | None = None, limit: int | None = None) -> Overview:
    return gather(write(folder / "store", made), choice or Choice(), LAW, limit=limit)


def test_a_wording_on_three_pages_of_a_site_is_one_claim_on_three_pages(tmp_path: Path) -> None:
    found = seen(tmp_path, Made(pages((f"https://a.example/{n}" for n in range(3)), INJECTION)))
    assert [(claim.site, claim.text, claim.pages, claim.captures) for claim in found.claims] == [
        ("a.example", "exosome injections", 3, 3)
    ]
    assert (found.totals.findings, found.totals.claims, found.sites[0].affected) == (3, 1, 3)


def test_a_host_with_and_without_www_is_one_site(tmp_path: Path) -> None:
    found = seen(tmp_path, Made(pages(("https://www.a.example/", "https://a.example/menu"), INJECTION)))
    assert [(site.site, site.pages, site.claims) for site in found.sites] == [("a.example", 2, 1)]


def test_a_page_captured_twice_is_one_page_and_two_captures(tmp_path: Path) -> None:
    address = "https://a.example/"
    found = seen(tmp_path, Made(tuple(Page(address, (INJECTION,), captured=f"20{y}-01-01T00:00:00") for y in (19, 24))))
    assert (found.totals.pages, found.totals.captures) == (1, 2)
    assert [(c.pages, c.captures, c.first and c.first.year, c.last and c.last.year) for c in found.claims] == [
        (1, 2, 2019, 2024)
    ]


def test_a_capture_that_two_files_hold_is_one_capture_and_said(tmp_path: Path) -> None:
    found = seen(tmp_path, Made((Page("https://a.example/", (INJECTION,)),) * 2))
    assert (found.totals.captures, found.totals.read_again, found.totals.findings) == (1, 1, 1)


def test_what_a_page_silences_itself_does_not_count_and_is_said(tmp_path: Path) -> None:
    found = seen(tmp_path, Made((Page("https://a.example/", (Said("exosome injections", suppressed="quoted"),)),)))
    assert (found.totals.claims, found.totals.suppressed) == (0, 1)


def test_a_mirrored_site_is_listed_but_no_business_of_its_own(tmp_path: Path) -> None:
    first = Page("https://a.example/", (INJECTION,), copy="menu", captured="2020-01-01T00:00:00")
    mirror = Page("https://b.example/", (INJECTION,), copy="menu", captured="2021-01-01T00:00:00")
    found = seen(tmp_path, Made((first, mirror)))
    assert [(claim.site, claim.mirror_of) for claim in found.claims] == [("a.example", ""), ("b.example", "a.example")]
    assert (found.content.sites, found.content.mirrors, found.totals.mirrored) == (1, 1, 1)
    assert [(row.text, row.sites) for row in found.wordings] == [("exosome injections", 1)]


def test_short_pages_with_the_same_words_are_no_mirrors(tmp_path: Path) -> None:
    made = Made(tuple(Page(f"https://{host}.example/", copy="soon", words=4) for host in "ab"))
    assert seen(tmp_path, made).content.sites == 2


def test_shares_are_of_sites_with_copy_of_their_own(tmp_path: Path) -> None:
    speaking = (*pages(("https://a.example/", "https://a.example/2"), INJECTION), *pages(["https://b.example/"]))
    found = seen(tmp_path, Made((*speaking, Page("https://c.example/logo", words=0))))
    assert [(share.name, share.n, share.of) for share in found.content.categories] == [("route", 1, 2)]
    assert found.content.silent == 1
    low, high = found.content.categories[0].low, found.content.categories[0].high
    assert low < 0.5 < high


def test_a_sample_restricts_the_report_and_names_what_was_not_read(tmp_path: Path) -> None:
    made = Made(pages(("https://www.a.example/", "https://b.example/"), INJECTION))
    found = seen(tmp_path, made, Choice(hosts=("a.example", "z.example")))
    assert ([site.site for site in found.sites], found.content.missing) == (["a.example"], ("z.example",))


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        (Choice(min_severity="error"), ["RTE001"]),
        (Choice(min_confidence="high"), ["RTE001"]),
        (Choice(rules=("EVD001",)), ["EVD001"]),
        (Choice(places=("ES",)), []),
    ],
)
def test_what_the_choice_leaves_out_is_counted_apart(tmp_path: Path, choice: Choice, left: list[str]) -> None:
    found = seen(tmp_path, Made(pages(["https://a.example/"], INJECTION, PROOF)), choice)
    assert [claim.rule for claim in found.claims] == left
    assert found.totals.uncounted == 2 - len(left)


def test_under_the_law_of_a_chosen_place_a_finding_weighs_what_that_place_makes_of_it(tmp_path: Path) -> None:
    spain = ("ES", "needs-evidence", "warning", "low", False, ["ES-X"])
    said = Said("exosome injections", laws=(("GB", "prohibited", "error", "high", True, ["UK-HMR-279"]), spain))
    found = seen(tmp_path, Made(pages(["https://a.example/"], said)), Choice(places=("ES",)))
    (claim,) = found.claims
    assert (claim.severity, claim.verdict, claim.confidence) == ("warning", "needs-evidence", "low")
    assert [ruling.code for ruling in claim.rulings] == ["ES"]
    assert [(cell.category, cell.code, cell.sites) for cell in found.cells] == [("route", "ES", 1)]


def test_a_limit_keeps_the_worst_and_counts_all(tmp_path: Path) -> None:
    found = seen(tmp_path, Made(pages(["https://a.example/"], PROOF, INJECTION)), limit=1)
    assert ([claim.rule for claim in found.claims], found.totals.claims, found.left_out) == (["RTE001"], 2, 1)


def test_a_store_without_pages_gives_a_report_of_nothing(tmp_path: Path) -> None:
    found = seen(tmp_path, Made((), errors=2))
    assert (found.totals.sites, found.content.sites, found.unread_by_code) == (0, 0, {"truncated": 2})


def test_months_without_captures_are_columns_too(tmp_path: Path) -> None:
    found = timeline([(date(2024, 1, 31), 1, 0, 0, 0), (date(2024, 4, 2), 0, 0, 0, 2)], 4, 0)
    assert (found.step, found.undated) == ("month", 1)
    assert [(period.start, period.captures) for period in found.periods] == [
        (date(2024, 1, 1), 1),
        (date(2024, 2, 1), 0),
        (date(2024, 3, 1), 0),
        (date(2024, 4, 1), 2),
    ]


@pytest.mark.parametrize(
    ("last", "step", "columns"),
    [(date(2020, 1, 1), "day", 1), (date(2020, 2, 20), "day", 51), (date(2059, 7, 1), "year", 40)],
)
def test_steps_are_as_fine_as_can_be_read(last: date, step: str, columns: int) -> None:
    days = sorted({date(2020, 1, 1), last})
    found = timeline([(day, 1, 0, 0, 0) for day in days], len(days), 0)
    assert (found.step, len(found.periods)) == (step, columns)
