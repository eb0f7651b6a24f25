"""Signals that stand in running text: addresses of pages and mailboxes, telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from menulint.late import LatePattern
from menulint.readers.base import SourceBuilder

_LINK = LatePattern(r"(?<![\w@.])(?:https?://|www\.)[^\s<>\"'`{}|\\^\[\]]{1,2000}", re.IGNORECASE)
_LINK_TAIL = ".,;:!?)*_'\u2019\u201d"
_MAIL = LatePattern(r"(?<=@)[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.){1,8}[A-Za-z]{2,24}\b")
_MAIL_NAME = LatePattern(r"[A-Za-z0-9.!#$%&*+/=?^_-]{1,64}\Z")
# Begins with the characters themselves and looks back over them, so that the search can skip to the next of them.
_TEL = re.compile(
    r"[+(0](?<![\w.,/£$€#-][+(0])(?!\d[./-]\d{2}[./-](?:19|20)\d\d(?![\d./-]))"  # no date
    r"(?:(?<=\()[+0]|(?<=[+0]))\d{1,4}(?:[ \t\u00a0().-]{0,3}\d){6,12}(?![\w-])"
)


def report_contacts(text: str, build: SourceBuilder) -> None:
    """Report the links, mail addresses and telephone numbers of ``text`` as signals.

    A telephone number begins with ``+`` or ``0``, as numbers do that a clinic prints for its callers.
    """
    for kind, start, end in find_contacts(text):
        build.signal(kind, text[start:end], start, end)


def find_contacts(text: str) -> Iterable[tuple[str, int, int]]:
    """The kind (``link``, ``mail``, ``tel``) and span of each contact, kind by kind."""
    if "://" in text or "www." in text or "WWW." in text:
        yield from _links(text)
    if "@" in text:
        yield from _mails(text)
    for match in _TEL.finditer(text):
        yield "tel", match.start(), match.end()


def _links(text: str) -> Iterable[tuple[str, int, int]]:
    for match in _LINK.finditer(text):
        value = match.group().rstrip(_LINK_TAIL)
        yield "link", match.start(), match.start() + len(value)


def _mails(text: str) -> Iterable[tuple[str, int, int]]:
    for match in _MAIL.finditer(text):
        at = match.start() - 1
        if name := _MAIL_NAME.search(text[max(0, at - 64) : at]):
            yield "mail", at - len(name.group()), match.end()
