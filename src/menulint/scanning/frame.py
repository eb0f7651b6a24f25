"""The frame of a page: navigation, header, footer, sidebar, banner. What stands there is said on every page of a site."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import takewhile

from menulint.readers.html_scan import Kind, Scanner, attributes
from menulint.source import Source

ELEMENTS = frozenset({"nav", "footer", "aside", "header"})
ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search"})
_IN_CONTENT = frozenset({"main", "article", "section"})
"""A header or footer in one of these is that of a piece of content, not of the page."""

_NAME = re.compile(
    r"(?:(?:site|page|main|global|top|primary|mobile|sticky)[-_]?)?(?:nav|navbar|navigation|footer|header|masthead|sidebar|topbar)"
    r"|(?:site|main|nav|mobile|primary|top|footer)[-_]?menu"
    r"|(?:footer|sidebar|cookies?|gdpr|newsletter|pop-?up|breadcrumbs?)(?:[-_][\w-]+)?"
    r"|(?:announcement|promo|notification)[-_]bar|(?:widget|nav)[-_]area",
    re.IGNORECASE,
)
"""An id or a class that says so. A bare ``menu`` does not: here it may well be the list of treatments."""

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_WHOLE = frozenset({"html", "body"})


class Frame:
    """Which stretches of a page belong to its frame. Nothing does in a format that is not HTML.

    Linear in the size of the page; an element that is never closed ends where the main content begins, or with the page.

    Args:
        source: the page.
        last: the last offset that will be asked for; what follows it is not looked at.
    """

    def __init__(self, source: Source, last: int) -> None:
        self._starts: list[int] = []
        self._by: list[str] = []
        if source.format == "html":
            self._read(source.text, last)

    def around(self, offset: int) -> str:
        """What puts a place into the frame (``footer``, ``class site-nav``), as written; empty outside it."""
        at = bisect_right(self._starts, offset) - 1
        return self._by[at] if at >= 0 else ""

    def _read(self, text: str, last: int) -> None:
        name, depth, content = "", 0, 0
        for token in takewhile(lambda token: token.start <= last, Scanner(text, 0, len(text)).tokens()):
            step = (token.kind is Kind.START) - (token.kind is Kind.END)
            if not step or token.name in _VOID:
                continue
            if token.name in _IN_CONTENT:
                content = max(0, content + step)
            if depth:
                depth += step * (token.name == name)
                if depth == 0 or (token.name == "main" and step > 0):
                    depth = 0
                    self._mark(token.end, "")
            elif step > 0 and (by := _says(text[token.start : token.end], token.name, in_content=content > 0)):
                name, depth = token.name, 1
                self._mark(token.start, by)

    def _mark(self, at: int, by: str) -> None:
        self._starts.append(at)
        self._by.append(by)


@lru_cache(maxsize=2048)
def _says(tag: str, name: str, *, in_content: bool) -> str:
    """What about a start tag, as it is written, makes its element a part of the frame."""
    if name in ELEMENTS and not (in_content and name in ("header", "footer")):
        return name
    if name in _WHOLE or len(tag) < len("<a id=nav>"):
        return ""
    spans = attributes(tag, 0, len(tag))
    role, own, classes = (tag[slice(*spans[name])] if name in spans else "" for name in ("role", "id", "class"))
    if role.lower() in ROLES:
        return f"role {role}"
    if _NAME.fullmatch(own):
        return f"id {own}"
    named = next(filter(_NAME.fullmatch, classes.split()), "")
    return f"class {named}" if named else ""
