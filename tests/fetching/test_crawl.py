"""A fetch asks for what it may, in good order, and says what became of each address."""

from __future__ import annotations

import gzip
import socket
import zlib
from itertools import pairwise

import pytest
from tests.fetching.conftest import Fetch
from tests.fetching.server import Server, answer, redirect
from tests.fetching.test_sitemap import listing

from menulint.fetching import addresses
from menulint.fetching.crawl import Plan


def robots(text: str) -> bytes:
    return answer(text, kind="text/plain")


def page(*links: str) -> bytes:
    return answer("<p>Our menu" + "".join(f'<a href="{link}">more</a>' for link in links))


def test_robots_are_asked_first_and_once(server: Server, fetch: Fetch) -> None:
    server.pages.update({"/a": page(), "/b": page()})
    found = fetch.run(Plan((server.url("/a"), server.url("/b"))))
    assert server.asked == ["/robots.txt", "/a", "/b"]
    assert [outcome.code for outcome in found.values()] == ["200", "200"]


def test_what_robots_forbid_is_not_asked_for(server: Server, fetch: Fetch) -> None:
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: Menulint\nDisallow: /*/private\nAllow: /a/private/open$\n"
    server.pages.update({"/robots.txt": robots(rules), "/": page(), "/a/private/open": page()})
    paths = ("/", "/a/private/x", "/a/private/open", "/a/private/open/x", "/a/%70rivate/x", "/b/../a/private/y")
    found = fetch.run(Plan(tuple(map(server.url, paths))))
    assert sorted(server.asked) == ["/", "/a/private/open", "/robots.txt"]
    assert sorted(outcome.code for outcome in found.values()) == ["200", "200", *["robots"] * 4]
    assert all(outcome.failed for outcome in found.values() if outcome.code == "robots")


@pytest.mark.parametrize(
    ("status", "asked"), [("404 No", True), ("403 No", True), ("500 No", False), ("429 No", False)]
)
def test_robots_that_are_not_there_allow_and_those_that_fail_forbid(
    server: Server, fetch: Fetch, status: str, asked: bool
) -> None:
    server.pages.update({"/robots.txt": answer(status=status), "/": page()})
    fetch.run(Plan((server.url(),)))
    assert ("/" in server.asked) is asked


def test_robots_that_nobody_answers_forbid(server: Server, fetch: Fetch) -> None:
    server.pages.update({"/robots.txt": lambda connection: None, "/": page()})
    found = fetch.run(Plan((server.url(),)))
    assert "/" not in server.asked
    assert found[server.url()].failed


def test_redirects_of_robots_are_followed(server: Server, fetch: Fetch) -> None:
    server.pages.update({"/robots.txt": redirect("/r"), "/r": robots("User-agent: *\nDisallow: /"), "/": page()})
    fetch.run(Plan((server.url(),)))
    assert server.asked == ["/robots.txt", "/r"]


def test_a_host_is_left_alone_between_two_requests_for_as_long_as_it_asks(server: Server, fetch: Fetch) -> None:
    server.pages.update({"/robots.txt": robots("User-agent: *\nCrawl-delay: 7"), "/": page(), "/a": page()})
    fetch.run(Plan((server.url(), server.url("/a")), delay=1.0))
    assert fetch.waited == pytest.approx([7, 7], abs=0.5)


def test_a_host_that_asks_for_more_patience_than_there_is_is_not_fetched(server: Server, fetch: Fetch) -> None:
    server.pages.update({"/robots.txt": robots("User-agent: *\nCrawl-delay: 86400"), "/": page()})
    assert fetch.run(Plan((server.url(),)))[server.url()].code == "robots"
    assert server.asked == ["/robots.txt"]


def test_one_second_passes_between_requests_to_one_host_whatever_its_port(server: Server, fetch: Fetch) -> None:
    fetch.run(Plan((server.url(), server.url("/a"), server.url("/b")), delay=1.0))
    assert fetch.waited == pytest.approx([1, 1, 1], abs=0.3)


def test_links_of_the_same_host_are_followed_as_deep_as_asked_for(server: Server, fetch: Fetch) -> None:
    server.pages.update(
        {
            "/": page("/a", "#top", "http://other.example/", "mailto:a@b.example"),
            "/a": page("/b", "/"),
            "/b": page("/c"),
            "/c": page(),
        }
    )
    found = fetch.run(Plan((server.url(),), depth=2))
    assert server.asked == ["/robots.txt", "/", "/a", "/b"]
    assert [outcome.source for outcome in found.values()] == ["argument", "link", "link"]


def test_links_are_read_in_the_page_s_own_encoding_and_compression(server: Server, fetch: Fetch) -> None:
    page = gzip.compress('<a href="/láser?q=1&amp;r=2">'.encode("cp1252"))
    server.pages["/"] = answer(page, kind="text/html; charset=iso-8859-1", Content_Encoding="gzip")
    fetch.run(Plan((server.url(),), depth=1))
    assert server.asked[-1] == "/l%C3%A1ser?q=1&r=2"


def test_no_more_pages_are_fetched_than_asked_for(server: Server, fetch: Fetch) -> None:
    server.pages["/"] = page(*(f"/{n}" for n in range(50)))
    with fetch.open(Plan((server.url(),), depth=1, pages=5)) as (crawl, _):
        outcomes = list(crawl.run())
    assert len(outcomes) == crawl.pages == 5
    assert crawl.left == 46


def test_a_site_without_end_is_remembered_to_an_end(server: Server, fetch: Fetch) -> None:
    server.pages["/"] = page(*(f"/{n}" for n in range(9000)))
    with fetch.open(Plan((server.url(),), depth=1, pages=2)) as (crawl, _):
        next(iter(crawl.run()))
        assert crawl.waiting < 200


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://other.example/",
        "http://[::1]:1/",
        "http://127.0.0.1:1/",
        "//user@other.example/",
        "file:///etc/passwd",
        "",
    ],
)
def test_a_redirect_leads_to_no_other_host(server: Server, fetch: Fetch, target: str) -> None:
    server.pages["/"] = redirect(target)
    found = fetch.run(Plan((server.url(),)))
    assert found[server.url()].code in {"other-host", "bad-redirect", "redirect-loop"}
    assert found[server.url()].failed
    assert server.asked == ["/robots.txt", "/"]


@pytest.mark.parametrize("host", ["169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "rebound.example"])
def test_a_redirect_never_leads_to_a_private_address_even_on_a_host_that_was_named(
    server: Server, fetch: Fetch, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    # To the client, the server of the test is a public machine at first: every name leads there once, then to itself.
    known = iter(["203.0.113.7"])
    really = addresses.is_public
    monkeypatch.setattr(addresses, "is_public", lambda address: str(address) == "203.0.113.7" or really(address))
    connect = socket.create_connection

    def connecting(address: tuple[str, int], *others: object, **named: object) -> socket.socket:
        assert address[0] == "203.0.113.7"
        return connect(("127.0.0.1", server.port), *others, **named)  # type: ignore[arg-type]

    def resolver(name: str, port: int) -> list[str]:
        return [next(known)] if name == "clinic.example" else ["10.0.0.7" if name == "rebound.example" else "127.0.0.1"]

    monkeypatch.setattr(socket, "create_connection", connecting)
    fetch.allow_private = False
    server.pages["/"] = redirect(f"http://{host}/")
    found = fetch.run(Plan(("http://clinic.example/",), hosts=(host,)), resolver=resolver)
    assert [outcome.code for outcome in found.values()] == ["302", "private-address"]
    assert found[f"http://{host}/"].asked == "http://clinic.example/"
    assert found[f"http://{host}/"].failed


def test_redirects_are_followed_on_the_same_site(server: Server, fetch: Fetch) -> None:
    server.pages.update({"/": redirect("a"), "/a": redirect(server.url("/b", "127.0.0.1")), "/b": page()})
    found = fetch.run(Plan((server.url(),)))
    assert [outcome.code for outcome in found.values()] == ["302", "302", "200"]
    assert not any(outcome.failed for outcome in found.values())


def test_redirects_without_end_end(server: Server, fetch: Fetch) -> None:
    server.pages.update({"/": redirect("/a"), "/a": redirect("/")})
    server.pages.update({f"/{n}": redirect(f"/{n + 1}") for n in range(20)})
    found = fetch.run(Plan((server.url(), server.url("/0")), redirects=3))
    assert found[server.url("/a")].code == "redirect-loop"
    assert found[server.url("/3")].code == "too-many-redirects"
    assert "/4" not in server.asked


def test_a_server_that_asks_for_a_pause_gets_it_and_is_asked_again(server: Server, fetch: Fetch) -> None:
    server.pages["/"] = [answer(status="429 Slow down", Retry_After="30"), page()]
    found = fetch.run(Plan((server.url(),)))
    assert found[server.url()].code == "200"
    assert max(fetch.waited) == pytest.approx(30, abs=1)


def test_a_server_that_never_recovers_is_asked_three_times(server: Server, fetch: Fetch) -> None:
    server.pages["/"] = answer(status="503 No", Retry_After="999999")
    found = fetch.run(Plan((server.url(),)))
    assert server.asked.count("/") == 3
    assert (found[server.url()].code, found[server.url()].failed) == ("503", True)
    assert max(fetch.waited) <= 120


def test_a_host_that_does_not_answer_is_given_up(server: Server, fetch: Fetch) -> None:
    urls = tuple(server.url(f"/{n}") for n in range(8))
    server.pages.update({f"/{n}": lambda connection: None for n in range(8)})
    found = fetch.run(Plan(urls))
    assert [outcome.code for outcome in found.values()][-4:] == [
        "broken-answer",
        *["given-up"] * 3,
    ]


def test_what_is_no_html_is_left_out_unless_asked_for(server: Server, fetch: Fetch) -> None:
    server.pages["/menu.pdf"] = answer("%PDF-1.7", kind="application/pdf")
    assert fetch.run(Plan((server.url("/menu.pdf"),)))[server.url("/menu.pdf")].code == "other-type"
    fetch.path = fetch.path.with_name("all.warc.gz")
    assert fetch.run(Plan((server.url("/menu.pdf"),), everything=True))[server.url("/menu.pdf")].code == "200"


def test_a_page_that_swells_is_said_so(server: Server, fetch: Fetch) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(100)) + packer.flush()
    server.pages["/"] = answer(bomb, Content_Encoding="gzip")
    assert fetch.run(Plan((server.url(),), depth=1, bytes=1 << 20))[server.url()].code == "too-large"


def test_an_answer_that_was_cut_off_is_kept_and_said(server: Server, fetch: Fetch) -> None:
    server.pages["/"] = answer("<p>" + "a" * 500_000)
    outcome = fetch.run(Plan((server.url(),)))[server.url()]
    assert (outcome.code, outcome.failed) == ("cut-off", True)


def test_sitemaps_are_read_step_by_step_and_stay_on_the_site(server: Server, fetch: Fetch) -> None:
    inner = gzip.compress(listing(server.url("/a"), "http://other.example/b", "file:///etc/passwd"))
    index = listing(
        server.url("/s.xml.gz"),
        server.url("/none.xml"),
        "http://other.example/s.xml",
        kind="sitemapindex",
        entry="sitemap",
    )
    server.pages.update(
        {"/sitemap.xml": answer(index), "/s.xml.gz": answer(inner, kind="application/gzip"), "/a": page()}
    )
    found = fetch.run(Plan((), sitemaps=(server.url("/sitemap.xml"),)))
    assert server.asked == ["/robots.txt", "/sitemap.xml", "/s.xml.gz", "/none.xml", "/a"]
    assert {url.rpartition("/")[2]: outcome.code for url, outcome in found.items()} == {
        "sitemap.xml": "sitemap",
        "s.xml.gz": "sitemap",
        "none.xml": "404",
        "a": "200",
    }
    assert "2 of its addresses" in found[server.url("/s.xml.gz")].message


def test_sitemaps_that_list_each_other_without_end_end(server: Server, fetch: Fetch) -> None:
    for n, following in pairwise(range(9)):
        inside = listing(server.url(f"/{following}"), kind="sitemapindex", entry="sitemap")
        server.pages[f"/{n}"] = answer(inside)
    fetch.run(Plan((), sitemaps=(server.url("/0"),)))
    assert server.asked == ["/robots.txt", "/0", "/1", "/2"]


def test_a_sitemap_that_is_none_is_said_so(server: Server, fetch: Fetch) -> None:
    server.pages["/sitemap.xml"] = answer("<html>Not found")
    outcome = fetch.run(Plan((), sitemaps=(server.url("/sitemap.xml"),)))[server.url("/sitemap.xml")]
    assert (outcome.code, outcome.failed) == ("no-sitemap", True)


def test_a_missing_page_fails_a_fetch_only_if_it_was_asked_for(server: Server, fetch: Fetch) -> None:
    server.pages["/"] = page("/gone")
    found = fetch.run(Plan((server.url(), server.url("/away")), depth=1))
    assert {outcome.url: outcome.failed for outcome in found.values() if outcome.code == "404"} == {
        server.url("/away"): True,
        server.url("/gone"): False,
    }


def test_a_host_is_asked_when_its_time_has_come_even_where_another_has_more_to_ask_for(
    server: Server, fetch: Fetch
) -> None:
    server.pages["/slow"] = answer(status="429 Slow down", Retry_After="60")
    first = server.url("/slow", "127.0.0.1")
    others = [server.url(f"/{n}", "127.0.0.2") for n in range(5)]
    fetch.run(Plan((first, *others)), resolver=lambda host, port: ["127.0.0.1"])
    pages = [path for path in server.asked if path != "/robots.txt"]
    assert pages == ["/slow", "/0", "/1", "/2", "/3", "/4", "/slow", "/slow"]


def test_a_redirect_that_leads_nowhere_is_said_so(server: Server, fetch: Fetch) -> None:
    server.pages["/"] = answer(status="302 Found")
    assert fetch.run(Plan((server.url(),)))[server.url()].code == "bad-redirect"


def test_hosts_take_turns(server: Server, fetch: Fetch) -> None:
    first = [server.url(f"/a{n}", "127.0.0.1") for n in range(2)]
    second = [server.url(f"/b{n}", "127.0.0.2") for n in range(2)]
    fetch.run(Plan((*first, *second)), resolver=lambda host, port: ["127.0.0.1"])
    pages = [path[:2] for path in server.asked if path != "/robots.txt"]
    assert pages == ["/a", "/b", "/a", "/b"]
