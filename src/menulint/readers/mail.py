"""E-mail (.eml): subject, text and HTML of a message, with what quoted-printable and base64 stand for.

Places are exact where a part is plain or quoted-printable; in base64 a place is the line of the file that holds it.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from menulint.readers.base import SourceBuilder
from menulint.readers.contacts import find_contacts
from menulint.readers.values import Decoded, Embedded, Value, read_lines
from menulint.source import OffsetMap, Role

_HEADER = re.compile(r"([!-9;-~]{1,80}):([^\r\n]*(?:(?:\r\n|\n|\r(?!\n))[ \t]+[^\r\n]*)*)(?:\r\n|\n|\r|\Z)")
_LINE_END = re.compile(r"\r\n|\n|\r")
_RECOGNISED = re.compile(
    r"(?:(?!\r?\n\r?\n)[\s\S]){0,4000}?^(?:MIME-Version|Received|Return-Path|Message-ID):", re.I | re.M
)
_PARAMETER = re.compile(r";\s*([\w*-]{1,40})\s*=\s*(?:\"([^\"]{0,400})\"|([^\s;\"]{1,400}))")
_ENCODED_WORD = re.compile(r"=\?([\w.:-]{1,40})(?:\*[\w-]{1,20})?\?([BbQq])\?([^?\s]{0,2000})\?=(?:\s+(?==\?))?")
_QUOTED = re.compile(r"(?:=[0-9A-Fa-f]{2}|=[ \t]*(?:\r\n|\n|\r))+")
_OCTET = re.compile(r"=([0-9A-Fa-f]{2})|=[ \t]*(?:\r\n|\n|\r)")
_BASE64 = re.compile(r"[A-Za-z0-9+/]+")
_CHARSET = re.compile(
    r"utf-?(?:8|16(?:-?[lb]e)?)|us-ascii|ascii|iso-?8859-?\d{1,2}|latin-?\d|(?:windows|cp)-?125\d|koi8-[ru]|gb2312|gbk|gb18030"
    r"|big5|shift_jis|euc-(?:jp|kr)|macintosh",
    re.IGNORECASE,
)
_DEEPEST = 20
_KINDS = {"date": "date", "content-language": "lang"}


@dataclass(frozen=True, slots=True)
class _Header:
    """The value of a header with its place; parameters in small letters."""

    value: str
    start: int
    end: int

    @property
    def word(self) -> str:
        return self.value.partition(";")[0].strip().lower()

    def parameter(self, name: str) -> str:
        return next((m[2] or m[3] or "" for m in _PARAMETER.finditer(self.value) if m[1].lower() == name), "")


_NOTHING = _Header("", 0, 0)


class MailReader:
    """Reads messages as mail programs store them."""

    name = "mail"
    extensions = frozenset({".eml"})

    def recognises(self, text: str) -> bool:
        """Headers at the start, and one among them that only a message has."""
        return bool(_HEADER.match(text) and _RECOGNISED.match(text))

    def read(self, text: str, build: SourceBuilder) -> None:
        """Report the subject and the parts that are text."""
        _Message(text, build).part(1 if text.startswith("\ufeff") else 0, len(text), 0, is_message=True)


class _Message:
    def __init__(self, text: str, build: SourceBuilder) -> None:
        self._text, self._build = text, build

    def part(self, start: int, end: int, depth: int, *, is_message: bool = False) -> None:
        """Report a message, or a part of one."""
        headers, body = self._headers(start, end)
        if is_message:
            self._said(headers)
        kind = headers.get("content-type", _NOTHING)
        if kind.word == "message/rfc822" and depth < _DEEPEST:
            self.part(body, end, depth + 1, is_message=True)
        elif kind.word.startswith("multipart/") and (boundary := kind.parameter("boundary")) and depth < _DEEPEST:
            for begin, stop in self._parts(boundary, body, end):
                self.part(begin, stop, depth + 1)
        elif headers.get("content-disposition", _NOTHING).word == "attachment":
            self._build.leave_out(body, end, "an attachment")
        elif kind.word in ("", "text/plain", "text/html"):
            self._body(headers, kind, body, end)
        else:
            self._build.leave_out(body, end, f"a part of the kind {kind.word[:60]}")

    def _headers(self, start: int, end: int) -> tuple[dict[str, _Header], int]:
        found: dict[str, _Header] = {}
        while match := _HEADER.match(self._text, start, end):
            found.setdefault(match[1].lower(), _Header(match[2], *match.span(2)))
            start = match.end()
        blank = _LINE_END.match(self._text, start, end)
        return found, blank.end() if blank else start

    def _said(self, headers: dict[str, _Header]) -> None:
        """The subject is the title; addresses, date and language are signals."""
        for name, kind in _KINDS.items():
            if name in headers:
                self._build.signal(kind, headers[name].value, headers[name].start, headers[name].end)
        for name in ("from", "reply-to", "sender"):
            header = headers.get(name, _NOTHING)
            for found, start, end in find_contacts(header.value):
                self._build.signal(found, header.value[start:end], header.start + start, header.start + end)
        if "subject" in headers:
            value = self._decoded_words(headers["subject"])
            Embedded(self._build, value).add(Role.TITLE, [(value.text, 0, len(value.text))])

    def _decoded_words(self, header: _Header) -> Value:
        made, at = Decoded(), header.start
        for match in _ENCODED_WORD.finditer(self._text, header.start, header.end):
            made.put(self._text[at : match.start()], at, match.start())
            made.put(_word(*match.groups()), *match.span())
            at = match.end()
        made.put(self._text[at : header.end], at, header.end)
        return made.value("", header.start)

    def _parts(self, boundary: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts between the lines that are the boundary; one that is never closed ends with what holds it."""
        mark = re.compile(rf"^--{re.escape(boundary)}(--)?[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)
        begin = -1
        for match in mark.finditer(self._text, start, end):
            if begin >= 0:
                yield begin, match.start()
            begin = -1 if match[1] else match.end()
        if begin >= 0:
            yield begin, end

    def _body(self, headers: dict[str, _Header], kind: _Header, start: int, end: int) -> None:
        encoding = headers.get("content-transfer-encoding", _NOTHING).word
        charset = kind.parameter("charset")
        if encoding == "quoted-printable":
            value = self._quoted_printable(start, end, charset)
        elif encoding == "base64":
            value = self._base64(start, end, charset)
        else:
            value = Value("", self._text[start:end], OffsetMap.identity(end - start, start), has_lines=True)
        if kind.word == "text/html":
            from menulint.readers.html import read_fragment

            self._build.restart_outline()
            read_fragment(value.text, 0, len(value.text), Embedded(self._build, value))
        elif value.text.strip():
            self._build.restart_outline()
            read_lines(value, self._build)

    def _quoted_printable(self, start: int, end: int, charset: str) -> Value:
        made, at = Decoded(), start
        for match in _QUOTED.finditer(self._text, start, end):
            made.put(self._text[at : match.start()], at, match.start())
            decoder, first = _decoder(charset), -1
            for octet in _OCTET.finditer(self._text, *match.span()):
                if octet[1]:
                    first = octet.start() if first < 0 else first
                    if said := decoder.decode(bytes.fromhex(octet[1])):
                        made.put(said, first, octet.end())
                        first = -1
            if first >= 0:
                made.put(decoder.decode(b"", final=True), first, match.end())
            at = match.end()
        made.put(self._text[at:end], at, end)
        made.has_lines = True
        return made.value("", start)

    def _base64(self, start: int, end: int, charset: str) -> Value:
        made, decoder = Decoded(), _decoder(charset)
        held, since = "", -1
        for match in _BASE64.finditer(self._text, start, end):
            since = match.start() if since < 0 else since
            held += match.group()
            whole = len(held) & ~3
            said = decoder.decode(_octets(held[:whole]))
            if said:
                made.put(said, since, match.end())
                since = -1
            held = held[whole:]
        if len(held) > 1 and (said := decoder.decode(_octets(held + "=" * (-len(held) % 4)), final=True)):
            made.put(said, since if since >= 0 else end, end)
        made.has_lines = True
        return made.value("", start)


def _decoder(charset: str) -> codecs.IncrementalDecoder:
    """A decoder that raises nothing; of names that are no charset of mail, UTF-8's."""
    name = charset if _CHARSET.fullmatch(charset) else "utf-8"
    try:
        return codecs.getincrementaldecoder(name)(errors="replace")
    except LookupError:
        return codecs.getincrementaldecoder("utf-8")(errors="replace")


def _octets(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded)
    except (binascii.Error, ValueError):
        return b""


def _word(charset: str, encoding: str, encoded: str) -> str:
    """What an encoded word of a header says (RFC 2047)."""
    if encoding in "bB":
        octets = _octets(encoded.rstrip("=") + "=" * (-len(encoded.rstrip("=")) % 4))
    else:
        octets = binascii.a2b_qp(encoded.encode("ascii", "replace"), header=True)
    return _decoder(charset).decode(octets, final=True)


READER = MailReader()
