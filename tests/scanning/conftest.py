"""A small store that several tests ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from menulint.cli import run

MENU = (
    "<!-- saved from url=(0026)https://glow.example/menu -->\n"
    "<html lang=en-GB><head><title>Prices</title><script>alert('of the page')</script></head><h1>Our menu</h1>"
    "<p>Our anti-wrinkle <b>injections</b>&nbsp;cost £150. Botox from £150. Book now. Our serum cures acne &amp; scars.</p>"
    "<p>Call +44 20 7946 0000.</p></html>"
)
HOSTILE = (
    "<!-- saved from url=(0026)https://dim.example/offer -->\n"
    "<html lang=en-GB><title>x</title><p>Our serum \x1b]0;owned\x07 cures acne \x1b[31m today. Book now. £20</p></html>"
)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Saved pages of two hosts."""
    folder = tmp_path_factory.mktemp("saved")
    (folder / "menu.html").write_text(MENU, "utf-8")
    (folder / "offer.html").write_text(HOSTILE, "utf-8")
    (folder / "hours.html").write_text("<html lang=en-GB><p>We are open on Sundays.</p></html>", "utf-8")
    return folder


@pytest.fixture(scope="session")
def scanned(pages: Path) -> Path:
    """The store of a scan of them."""
    store = pages.with_name("store")
    run(["scan", str(pages), "-o", str(store), "--jobs", "1", "--quiet"])
    return store
