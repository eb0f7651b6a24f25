"""Translation catalogues of gettext (.po, .pot): each message and its translation, at its place in the file.

The known library gives messages without their places, so the lines are read here: a keyword, and strings in quotation marks
that go on over as many lines as they like.
"""

from __future__ import annotations

import re

from menulint.readers.base import SourceBuilder
from menulint.readers.data_copy import with_gaps
from menulint.readers.languages import language_of_path
from menulint.readers.values import Decoded, Value, Within, read_value
from menulint.readers.wording import reads_like_words

_LINE = re.compile(
    r"[ \t]*+(?:(#~?)[.,:|]?([^\r\n]*)|(?:(msgctxt|msgid_plural|msgid|msgstr)[ \t]*+(?:\[\d{1,3}\])?[ \t]*+)?"
    r'(?:"((?:[^"\\\r\n]++|\\.)*+)"?)?[^\r\n]*+)(?:\r\n|\n|\r|\Z)'
)
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|[0-7]{1,3}|.)", re.DOTALL)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_LANGUAGE = re.compile(r"^Language:[ \t]*([A-Za-z]{2,3}(?:[_-]\w{2,8})?)", re.MULTILINE)
_RECOGNISED = re.compile(r'^msgid[ \t]+"[^\r\n]*"\r?\nmsgstr', re.MULTILINE)


class GettextReader:
    """Reads .po and .pot."""

    name = "gettext"
    extensions = frozenset({".po", ".pot"})

    def recognises(self, text: str) -> bool:
        """A message followed by its translation."""
        return bool(_RECOGNISED.search(text))

    def read(self, text: str, build: SourceBuilder) -> None:
        """Report messages and translations; what is out of use is left out."""
        catalogue = _Catalogue(text, build)
        at = 1 if text.startswith("\ufeff") else 0
        while at < len(text) and (match := _LINE.match(text, at)):
            catalogue.line(match)
            at = match.end() if match.end() > at else at + 1
        catalogue.end_string()
        catalogue.end_entry()


class _Catalogue:
    def __init__(self, text: str, build: SourceBuilder) -> None:
        self._text, self._build = text, build
        self._lang = language_of_path(build.path)
        self._number = 0
        self._keyword = ""
        self._made = Decoded()
        self._start = -1
        self._is_head = False
        self._remarks: list[tuple[str, int, int]] = []
        self._entry_end = 0
        self._is_translated = False

    def line(self, match: re.Match[str]) -> None:
        """Take one line."""
        mark, remark, keyword, _ = match.groups()
        if mark:
            self.end_string()
            if mark == "#~":
                self._build.leave_out(match.start(), match.end(2), "a translation out of use")
            else:
                self._remark(remark.strip(), match.start(1), match.end(2))
            return
        if keyword:
            self.end_string()
            if self._is_translated and keyword in ("msgid", "msgctxt"):
                self.end_entry()
            self._is_translated = keyword == "msgstr"
            self._keyword = keyword
            self._number += keyword == "msgid"
        if match.start(4) >= 0 and self._keyword:
            self._entry_end = match.end(4)
            self._put(*match.span(4))

    def _remark(self, text: str, start: int, end: int) -> None:
        """A comment waits until the end of its entry is known: there is no place for one inside."""
        if self._entry_end:
            self.end_entry()
        self._remarks.append((text, start, end))

    def end_entry(self) -> None:
        """Report the comments before an entry, now that it ends."""
        for remark in self._remarks:
            self._build.comment(*remark, self._entry_end)
        self._remarks, self._entry_end, self._is_translated = [], 0, False

    def _put(self, start: int, end: int) -> None:
        self._start = start if self._start < 0 else self._start
        at = start
        for match in _ESCAPE.finditer(self._text, start, end):
            self._made.put(self._text[at : match.start()], at, match.start())
            said = _unescaped(match.group())
            self._made.put(said, *match.span())
            self._made.has_lines = self._made.has_lines or said == "\n"
            at = match.end()
        self._made.put(self._text[at:end], at, end)

    def end_string(self) -> None:
        """A string is complete: a message, its translation, the head of the catalogue, or nothing anybody reads."""
        if self._start >= 0:
            value = self._made.value(f"/{self._number}/{self._keyword}", self._start)
            self._take(value)
        self._keyword, self._made, self._start = "", Decoded(), -1

    def _take(self, value: Value) -> None:
        if self._keyword == "msgid":
            self._is_head = not value.text
        if self._is_head:
            self._head(value)
        elif self._keyword != "msgctxt" and reads_like_words(value.text, "label"):
            lang = {"lang": self._lang} if self._keyword == "msgstr" and self._lang else {}
            read_value(with_gaps(value), Within(self._build, (), lang))

    def _head(self, value: Value) -> None:
        if match := _LANGUAGE.search(value.text):
            self._lang = match[1].replace("_", "-")
            self._build.signal("lang", self._lang, *value.map.span(*match.span(1)))
        if value.text:
            self._build.leave_out(*value.span, "the head of the catalogue")


def _unescaped(escape: str) -> str:
    code = escape[1:]
    if code[0] == "x" and len(code) > 1:
        return chr(int(code[1:], 16))
    if code[0] in "01234567":
        return chr(int(code, 8) % 256)
    return _SIMPLE.get(code, code)


READER = GettextReader()
