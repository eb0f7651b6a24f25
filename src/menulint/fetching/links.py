"""Where a page leads to, as far as it wants to be followed."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, field

from menulint.fetching.robots import NAME
from menulint.readers.html_scan import Kind, Scanner, Token, attributes

_STOPS = frozenset({"nofollow", "none"})


@dataclass
class _Found:
    base: str = ""
    links: list[str] = field(default_factory=list)
    stopped: bool = False


def links(text: str, headers: str = "") -> tuple[str, list[str]]:
    """The base that a page names (empty: its own address) and the addresses in its links, as they are written.

    None of them if the page, or ``headers`` (those called ``X-Robots-Tag``), asks not to be followed; single links
    that ask for it are left out.
    """
    found = _Found(stopped=_stops(headers.lower().replace(f"{NAME}:", "")))
    for token in Scanner(text, 0, len(text)).tokens():
        if token.kind is Kind.START and token.name in _READ:
            _READ[token.name](found, dict(_attributes(text, token)))
    return found.base, [] if found.stopped else found.links


def _attributes(text: str, token: Token) -> Iterator[tuple[str, str]]:
    for name, (start, end) in attributes(text, token.start, token.end).items():
        yield name, html.unescape(text[start:end])


def _link(found: _Found, said: dict[str, str]) -> None:
    if said.get("href") and not _stops(said.get("rel", "").replace(" ", ",")):
        found.links.append(said["href"])


def _base(found: _Found, said: dict[str, str]) -> None:
    found.base = found.base or said.get("href", "")


def _meta(found: _Found, said: dict[str, str]) -> None:
    if said.get("name", "").strip().lower() in ("robots", NAME):
        found.stopped |= _stops(said.get("content", ""))


_READ = {"a": _link, "area": _link, "base": _base, "meta": _meta}


def _stops(said: str) -> bool:
    return not _STOPS.isdisjoint(word.strip() for word in said.lower().split(","))
