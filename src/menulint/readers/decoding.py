"""Bytes to text: byte order mark, declaration, strict UTF-8, then a guess that is always said aloud.

Nothing is ever lost and nothing raises: a byte that means nothing becomes U+FFFD, and a note says where.
"""

from __future__ import annotations

import codecs
import re

from msgspec import Struct

from menulint.late import LatePattern

DECLARATION_BYTES = 1024
"""How far a declaration is looked for (HTML Standard, "prescan a byte stream")."""

BROKEN_SHARE = 0.25
"""Up to this share of a file's non-ASCII bytes may be broken before UTF-8 is given up."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# The Encoding Standard reads these labels as a superset of what they name, and utf-16 in a declaration as utf-8
# (a declaration that could be read byte by byte cannot be UTF-16).
_LABELS = {
    "ascii": "windows-1252",
    "us-ascii": "windows-1252",
    "ansi_x3.4-1968": "windows-1252",
    "iso-8859-1": "windows-1252",
    "iso8859-1": "windows-1252",
    "iso_8859-1": "windows-1252",
    "iso88591": "windows-1252",
    "latin1": "windows-1252",
    "latin-1": "windows-1252",
    "l1": "windows-1252",
    "cp1252": "windows-1252",
    "x-cp1252": "windows-1252",
    "iso-8859-9": "windows-1254",
    "latin5": "windows-1254",
    "iso-8859-11": "windows-874",
    "tis-620": "windows-874",
    "gb2312": "gbk",
    "gb_2312-80": "gbk",
    "x-gbk": "gbk",
    "x-sjis": "shift_jis",
    "shift-jis": "shift_jis",
    "windows-31j": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "utf-16": "utf-8",
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
}

# Declared names that must not reach the codec registry: they are transforms, not encodings of the web.
_REFUSED = frozenset({"utf-7", "utf7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs"})

_XML = LatePattern(
    rb"""\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""", re.IGNORECASE
)
_META = LatePattern(rb"""<meta\s[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_COMMENT = LatePattern(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_NON_ASCII = LatePattern(rb"[\x80-\xff]")
_LINE_END = LatePattern("\r\n|\n|\r")


class Decoded(Struct, frozen=True):
    """The text of a file (a byte order mark stays, as U+FEFF; CR LF stays two), and how it was read."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of ``data``: by byte order mark, else as declared, else as UTF-8, else by a guess.

    ``declared`` is what stands outside the file, in a Content-Type header say; it wins over the file's own declaration.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _replacing(data, encoding)
    if data.isascii() and b"\x1b" not in data:  # an escape may open ISO-2022-JP
        return Decoded(data.decode("ascii"), "utf-8")
    named = declared or declared_encoding(data)
    encoding_name = canonical(named) if named else None
    if encoding_name and encoding_name != "utf-8":
        return _declared(data, encoding_name)
    notes = (f"declared encoding {named!r} is not known; it was ignored",) if named and not encoding_name else ()
    read = _utf8_or_guess(data)
    return Decoded(read.text, read.encoding, (*notes, *read.notes))


def declared_encoding(data: bytes) -> str | None:
    """The encoding an XML declaration or an HTML ``meta`` names in the first 1,024 bytes, as written there."""
    head = data[:DECLARATION_BYTES]
    match = _XML.search(head) or _META.search(_COMMENT.sub(b"", head))
    return match[1].decode("ascii", "replace") if match else None


def canonical(label: str) -> str | None:
    """The encoding a label stands for on the web, as Python names it; None if nobody knows it.

    Source: Encoding Standard, section 4.2 (``iso-8859-1`` means windows-1252).
    """
    name = label.strip().lower()
    if name in _REFUSED:
        return None
    name = _LABELS.get(name, name)
    try:
        info = codecs.lookup(name)
        return None if not _is_text(info) else name
    except (LookupError, ValueError):
        return None


def _is_text(info: codecs.CodecInfo) -> bool:
    # base64, rot13 and the like are codecs too, but bytes do not decode to text with them.
    return bool(getattr(info, "_is_text_encoding", True)) and info.name not in _REFUSED


def _declared(data: bytes, encoding: str) -> Decoded:
    if encoding != "windows-1252":
        return _replacing(data, encoding)
    # Text in windows-1252 is next to never valid UTF-8: such a page was saved anew by somebody who forgot the tag.
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return Decoded(_windows_1252(data), encoding)
    return Decoded(text, "utf-8", ("declared as windows-1252, but it is valid UTF-8; read as utf-8",))


def _utf8_or_guess(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        first = error.start
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    if broken <= len(_NON_ASCII.findall(data)) * BROKEN_SHARE:
        return Decoded(text, "utf-8", (_broken_note(text, broken, "utf-8", first),))
    note = f"not valid UTF-8 at byte {first}; read as windows-1252"
    return Decoded(_windows_1252(data), "windows-1252", (note,))


def _windows_1252(data: bytes) -> str:
    # Five bytes have no meaning in Python's table; on the web they are the C1 control of the same number.
    try:
        return data.decode("windows-1252")
    except UnicodeDecodeError:
        return data.decode("latin-1").translate(_C1)


_C1 = {
    byte: bytes([byte]).decode("windows-1252")
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


def _replacing(data: bytes, encoding: str) -> Decoded:
    name = {"utf-32-le": "utf-32", "utf-32-be": "utf-32", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}.get(
        encoding, encoding
    )
    try:
        return Decoded(data.decode(encoding), name)
    except UnicodeDecodeError as error:
        first = error.start
    text = data.decode(encoding, "replace")
    return Decoded(text, name, (_broken_note(text, text.count("\ufffd"), name, first),))


def _broken_note(text: str, broken: int, encoding: str, first_byte: int) -> str:
    line = len(_LINE_END.findall(text, 0, max(0, text.find("\ufffd")))) + 1
    many = "1 byte sequence is" if broken == 1 else f"{broken} byte sequences are"
    return f"{many} not valid {encoding}, first on line {line} (byte {first_byte}); each is read as U+FFFD"
