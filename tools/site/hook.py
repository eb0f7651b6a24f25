"""What MkDocs asks of this site: the pages made of the pack, their place in the navigation, and parts of other pages.

MkDocs is started by ``python -m mkdocs`` from the checkout, so that ``tools`` can be imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_date
from tools.site.pages import Site

from menulint.pack.load import load_pack

ROOT = Path(__file__).resolve().parent.parent.parent
FROM_ROOT = {"changelog.md": "CHANGELOG.md", "contributing.md": "CONTRIBUTING.md"}
"""Pages that stand at the top of the checkout, where people look for them."""
_PART = re.compile(r"<!-- generated: (\S+) -->")
_INTO_DOCS = re.compile(r"\]\(docs/")

_made: dict[str, Site] = {}


def site() -> Site:
    """The pages of the pack as of the day of the build (``SOURCE_DATE_EPOCH``, if it is set)."""
    if not _made:
        _made[""] = Site(load_pack(), date.fromisoformat(get_build_date()))
    return _made[""]


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the lists of pages where ``nav`` names them: ``made of the pack: rules``, and what it does not name."""
    _made.clear()
    lists = {f"made of the pack: {name}": entries for name, entries in site().navigation().items()}
    lists["every other page"] = sorted(
        path.name for path in Path(config.docs_dir).glob("*.md") if path.name not in set(_named(config.nav))
    )
    config.nav = _filled(config.nav, lists)
    return config


def _named(nav: Any) -> Iterator[str]:
    """The pages that a part of the navigation names."""
    if isinstance(nav, str):
        yield nav
    for below in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from _named(below)


def _filled(nav: Any, lists: dict[str, list[Any]]) -> Any:
    """A list, a titled part or the path of a page, with the lists in place of their names."""
    if isinstance(nav, list):
        parts = (lists[item] if isinstance(item, str) and item in lists else [_filled(item, lists)] for item in nav)
        return [item for part in parts for item in part]
    return {title: _filled(below, lists) for title, below in nav.items()} if isinstance(nav, dict) else nav


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made, and those that stand at the top of the checkout."""
    for path, text in site().pages():
        files.append(File.generated(config, path, content=text))
    for path, name in FROM_ROOT.items():
        text = (ROOT / name).read_text("utf-8")
        files.append(File.generated(config, path, content=_INTO_DOCS.sub("](", text)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Fill the parts of pages written by hand that are made of the pack or the commands."""
    return _PART.sub(lambda part: site().fragment(part[1], page.file.src_uri), markdown)
