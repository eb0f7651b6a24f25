"""Sitemaps are read as far as they are sitemaps, and no further."""

from __future__ import annotations

import gzip
import zlib

import pytest

from menulint.fetching import sitemap

_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def listing(*urls: str, kind: str = "urlset", entry: str = "url") -> bytes:
    inside = "".join(f"<{entry}><loc>{url}</loc><lastmod>2026-01-01</lastmod></{entry}>" for url in urls)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{kind} {_SPACE}>{inside}</{kind}>'.encode()


def test_the_pages_of_a_sitemap_are_those_of_its_entries() -> None:
    images = b"<image:loc xmlns:image='urn:i'>https://clinic.example/i.png</image:loc>"
    data = listing("https://clinic.example/a?x=1&amp;y=2").replace(b"<lastmod>", images + b"<lastmod>")
    assert sitemap.read(data).pages == ["https://clinic.example/a?x=1&y=2"]


def test_an_index_lists_sitemaps() -> None:
    found = sitemap.read(listing("https://clinic.example/1.xml.gz", kind="sitemapindex", entry="sitemap"))
    assert (found.pages, found.sitemaps) == ([], ["https://clinic.example/1.xml.gz"])


def test_gzip_is_known_by_its_bytes() -> None:
    assert sitemap.read(gzip.compress(listing("https://clinic.example/a"))).pages == ["https://clinic.example/a"]


def test_a_sitemap_may_be_lines_of_text() -> None:
    assert sitemap.read(b"\xef\xbb\xbfhttps://clinic.example/a\r\nhttps://clinic.example/b\n").pages == [
        "https://clinic.example/a",
        "https://clinic.example/b",
    ]


def test_what_stands_before_the_damage_counts_and_the_damage_is_said() -> None:
    found = sitemap.read(listing("https://clinic.example/a", "https://clinic.example/b")[:-30])
    assert found.pages[0] == "https://clinic.example/a"
    assert "damaged" in found.note


def test_no_more_addresses_are_read_than_a_sitemap_may_have() -> None:
    found = sitemap.read(listing(*(f"https://clinic.example/{n}" for n in range(sitemap.MOST_ADDRESSES + 5))))
    assert len(found.pages) == sitemap.MOST_ADDRESSES
    assert found.note


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<html><body>Not found</body></html>", "begins with <html>"),
        (
            b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>',
            "entities",
        ),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><urlset/>', "document type"),
        (b"<urlset>" + b"<a>" * 50_000, "deep"),
        (b"\x1f\x8b broken", "decompressed"),
        (b"hello", "no sitemap"),
        (b"", "no sitemap"),
        (b'<?xml version="1.0" encoding="nobody-knows"?><urlset/>', "no XML"),
    ],
)
def test_what_is_no_sitemap_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(sitemap.Unreadable, match=why):
        sitemap.read(data)


def test_a_sitemap_that_swells_is_refused() -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(60)) + packer.flush()
    with pytest.raises(sitemap.Unreadable, match="larger"):
        sitemap.read(bomb)
