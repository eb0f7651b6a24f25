"""Text of the pack as it may stand in a page: Markdown and HTML in it mean nothing."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urlsplit

from markupsafe import Markup

_SPACE = re.compile(r"\s+")
_MARKS = re.compile(r"""[\\`*_{}\[\]<>()&|#+\-!~=:^"'$@]""")


def literal(value: object) -> Markup:
    """A value as one line that Markdown shows as it is, in a table cell, a heading or a title as well."""
    if isinstance(value, Markup):
        return value
    text = _SPACE.sub(" ", str(value))
    return Markup(_MARKS.sub(lambda mark: f"&#{ord(mark[0])};", text))


def raw(text: str) -> Markup:
    """Text with its lines for an HTML block, which Markdown leaves alone."""
    return Markup(escape(text))


def source(url: str) -> Markup:
    """A link to a page of somebody else, called by its host; an address of another kind is only shown."""
    host = urlsplit(url).hostname if url.startswith(("http://", "https://")) else None
    if not host:
        return literal(url)
    return Markup(f'<a href="{escape(url)}" rel="noreferrer">{escape(host.removeprefix("www."))}</a>')


def marked(text: str, span: str) -> Markup:
    """A text with the part that carries a finding marked."""
    before, part, behind = text.partition(span) if span else (text, "", "")
    middle = Markup("<mark>{}</mark>").format(literal(part)) if part else Markup()
    return literal(before.lstrip()) + middle + literal(behind.rstrip())
