"""The site as MkDocs builds it, where MkDocs is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

pytest.importorskip("material", reason="the dependencies of the site are not installed")

ROOT = Path(__file__).resolve().parent.parent.parent


class Links(HTMLParser):
    """What a page leads to, what it loads, and the places in it that others can lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.loaded: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what it leads to or loads."""
        values = {key: value or "" for key, value in attrs}
        self.ids.add(values.get("id", ""))
        if tag == "a":
            self.targets.append(values.get("href", ""))
        elif tag in ("script", "img", "link", "iframe"):
            self.loaded.append(values.get("src") or values.get("href", ""))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Links]:
    """Every page of the site, built with what MkDocs finds wrong as errors."""
    folder = tmp_path_factory.mktemp("site").resolve()
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(folder)]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", env=quiet, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return {path: _read(path) for path in folder.rglob("*.html")}


def _read(path: Path) -> Links:
    links = Links()
    links.feed(path.read_text("utf-8"))
    return links


def test_every_link_leads_to_a_place_that_is_there(pages: dict[Path, Links]) -> None:
    """Those of the map and in HTML as well, which MkDocs does not look at."""
    for path, page in pages.items():
        for target in page.targets:
            parts = urlsplit(target)
            if parts.scheme or path.name == "404.html":
                continue
            there = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert there in pages, (path, target)
            assert not parts.fragment or unquote(parts.fragment) in pages[there].ids, (path, target)


def test_nothing_is_loaded_from_another_server(pages: dict[Path, Links]) -> None:
    """No font, no script, no picture: the site opens without a network."""
    for path, page in pages.items():
        assert [address for address in page.loaded if urlsplit(address).netloc] == [], path
