"""Each page has one address, and an address means what it shows."""

from __future__ import annotations

import pytest

from menulint.fetching import places


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("HTTPS://Clinic.Example", "https://clinic.example/"),
        ("http://clinic.example:80/a#prices", "http://clinic.example/a"),
        ("https://clinic.example:8443/", "https://clinic.example:8443/"),
        ("https://clinic.example./a", "https://clinic.example/a"),
        ("https://clínica.example/láser?q=ñ", "https://xn--clnica-4va.example/l%C3%A1ser?q=%C3%B1"),
        ("https://clinic.example/a/../b/./c", "https://clinic.example/b/c"),
        ("https://clinic.example/a/%2e%2E/private", "https://clinic.example/private"),
        ("https://clinic.example/web/http://x/y", "https://clinic.example/web/http://x/y"),
        ("http://[::1]:80/", "http://[::1]/"),
        ("\n https://clinic.example/a\tb ", "https://clinic.example/ab"),
    ],
)
def test_an_address_has_one_form(written: str, normal: str) -> None:
    assert places.normal(written) == normal
    assert places.normal(normal) == normal


@pytest.mark.parametrize(
    "written",
    [
        "clinic.example",
        "ftp://clinic.example/",
        "file:///etc/passwd",
        "gopher://clinic.example/",
        "javascript:alert(1)",
        "https://",
        "https://user:secret@clinic.example/",
        "https://clinic.example@127.0.0.1/",
        "https://clinic.example\\@127.0.0.1/",
        "https://clinic example/",
        "https://clinic.example:99999/",
        "https://clinic.example:0x50/",
        "http://[::1",
        "https://" + "a" * 300 + ".example/",
        "https://clinic.example/" + "a" * 3000,
    ],
)
def test_what_means_something_else_than_a_page_is_refused(written: str) -> None:
    with pytest.raises(places.Unfit):
        places.normal(written)


def test_a_link_is_read_from_where_it_stands() -> None:
    base = "https://clinic.example/menu/face.html"
    assert places.normal("../prices?x=1", base) == "https://clinic.example/prices?x=1"
    assert places.normal("//www.clinic.example/", base) == "https://www.clinic.example/"


def test_www_is_no_other_site_but_another_port_is() -> None:
    assert places.site("https://www.clinic.example/") == places.site("http://clinic.example/a")
    assert places.site("https://clinic.example:9200/") != places.site("https://clinic.example/")
