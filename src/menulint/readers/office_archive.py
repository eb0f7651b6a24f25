"""The ZIP archive an office file is, opened as if it came from an enemy.

Sizes are checked before anything is unpacked and again while it is; what is unpacked is handed on in pieces and never
held as a whole. Nothing is written to disk, and names in the archive are keys, not paths.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from menulint.readers.base import Unread

MAX_MEMBERS = 20_000
MAX_MEMBER_BYTES = 48 * 1024 * 1024
"""How much of one part is unpacked: the text of a book is a hundredth of it."""
MAX_TOTAL_BYTES = 96 * 1024 * 1024
MAX_RATIO = 400
"""A part larger than ``RATIO_FROM`` that unpacks to more than so many times its size is a trap."""
RATIO_FROM = 4 * 1024 * 1024

_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_PIECE = 64 * 1024
_MAIN_PARTS = {
    "xlsx": (b"xl/workbook", b"xl/worksheets/"),
    "docx": (b"word/document", b"word/_rels/"),
    "pptx": (b"ppt/presentation", b"ppt/slides/"),
}
_OPEN_DOCUMENT = re.compile(rb"mimetypeapplication/vnd\.oasis\.opendocument\.([a-z]+)")


def kind_of(data: bytes) -> str:
    """``xlsx``, ``docx``, ``pptx``, ``odf``, or "" for any other archive. Also says so of a damaged one."""
    if not data.startswith(b"PK\x03\x04"):
        return ""
    if _OPEN_DOCUMENT.search(data, 0, 200):
        return "odf"
    found = [(at, kind) for kind, parts in _MAIN_PARTS.items() for part in parts if (at := data.find(part)) >= 0]
    return min(found)[1] if found else ""


class Archive:
    """The parts of an office file, by name.

    Raises:
        Unread: it is no archive, damaged, or made to exhaust whoever opens it.
    """

    def __init__(self, data: bytes) -> None:
        if data.count(_ENTRY) > MAX_MEMBERS:
            raise Unread(f"it is an archive of more than {MAX_MEMBERS:,} files, as no office document is")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._members = {info.filename: info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError) as error:
            raise Unread("it is a damaged or incomplete office document (its ZIP archive cannot be opened)") from error
        self._left = MAX_TOTAL_BYTES

    @property
    def names(self) -> list[str]:
        """The names of all parts, in the order of the archive."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part, unpacked piece by piece.

        Raises:
            Unread: the part is missing, encrypted, damaged or too large.
        """
        info = self._checked(name)
        unpacked = 0
        try:
            with self._zip.open(info) as file:
                while piece := file.read(_PIECE):
                    unpacked += len(piece)
                    self._left -= len(piece)
                    if unpacked > MAX_MEMBER_BYTES or self._left < 0:
                        raise Unread(_too_large(name))
                    yield piece
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            RuntimeError,
            NotImplementedError,
        ) as error:
            raise Unread(f"{name} in it is damaged") from error

    def _checked(self, name: str) -> zipfile.ZipInfo:
        info = self._members.get(name)
        if info is None:
            raise Unread(f"{name} is missing in it")
        if info.flag_bits & _ENCRYPTED:
            raise Unread("it is encrypted; save it without a password to have it checked")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unread(f"{name} in it is packed in a way office documents never are")
        if info.file_size > MAX_MEMBER_BYTES or info.file_size > self._left:
            raise Unread(_too_large(name))
        if info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * info.compress_size:
            raise Unread(f"{name} in it unpacks to more than {MAX_RATIO} times its size")
        return info


def _too_large(name: str) -> str:
    return (
        f"{name} in it unpacks to more than {MAX_MEMBER_BYTES // 2**20} MB (or all parts to {MAX_TOTAL_BYTES // 2**20})"
    )
