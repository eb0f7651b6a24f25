"""A business is its registrable domain, however many hosts it has; customers of a platform are businesses of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.scanning.stores import Made, pages, write
from tests.scanning.test_gather import INJECTION, seen

from menulint.scanning.gather import Choice
from menulint.scanning.query import dicts, opened, reports
from menulint.scanning.sites import is_part, site_of


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("shop.glow.co.uk", "glow.co.uk"),
        ("www.glow.com", "glow.com"),
        ("glow.wixsite.com", "glow.wixsite.com"),
        ("glow.blogspot.com", "glow.blogspot.com"),
        ("wixsite.com", "wixsite.com"),
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8::7", "2001:db8::7"),
        ("localhost", "localhost"),
        ("", ""),
    ],
)
def test_the_site_of_a_host(host: str, site: str) -> None:
    assert site_of(host) == site


@pytest.mark.parametrize(
    "host", ["glow.co.uk", "www.glow.co.uk", "www2.glow.co.uk", "es.shop.glow.co.uk", "glow.wixsite.com", ""]
)
def test_a_host_that_is_a_part_of_its_site_by_its_name(host: str) -> None:
    assert is_part(host)


@pytest.mark.parametrize("host", ["anna.glow.co.uk", "shop.anna.glow.co.uk", "leeds.glow.co.uk"])
def test_a_host_with_a_name_of_its_own(host: str) -> None:
    assert not is_part(host)


def test_a_report_counts_hosts_of_a_business_once_and_customers_of_a_platform_apart(tmp_path: Path) -> None:
    hosts = ("shop.glow.example", "blog.glow.example", "glow.wixsite.com", "dim.wixsite.com")
    found = seen(tmp_path, Made(pages((f"https://{host}/" for host in hosts), INJECTION)))
    assert {site.site: site.pages for site in found.sites} == {
        "glow.example": 2,
        "glow.wixsite.com": 1,
        "dim.wixsite.com": 1,
    }
    assert [(share.n, share.of) for share in found.content.categories] == [(3, 3)]


def test_a_sample_may_name_a_host_or_the_whole_site(tmp_path: Path) -> None:
    made = Made(pages(("https://shop.glow.example/", "https://www.glow.example/", "https://a.dim.example/"), INJECTION))
    found = seen(tmp_path, made, Choice(hosts=("shop.glow.example", "dim.example", "none.example")))
    assert {site.site: site.pages for site in found.sites} == {"glow.example": 1, "dim.example": 1}
    assert found.content.missing == ("none.example",)


def test_a_query_may_ask_for_sites(tmp_path: Path) -> None:
    store = write(tmp_path / "store", Made(pages(("https://a.glow.example/", "https://b.glow.example/"), INJECTION)))
    with opened(store) as database:
        (row,) = dicts(database, reports()["sites"].sql)
        (rule,) = dicts(database, reports()["rules"].sql)
        (own,) = dicts(database, "SELECT DISTINCT site_of(host) AS site FROM findings")
    assert (row["site"], row["hosts"], row["urls"], rule["sites"]) == ("glow.example", 2, 2, 1)
    assert own == {"site": "glow.example"}
