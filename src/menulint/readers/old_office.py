"""Office documents of the kind before 2007 (``.xls``, ``.doc``, ``.ppt``), and new ones behind a password: not read, but said.

Such a file is listed with what to do about it. Many a file called ``.xls`` is none: web shops export HTML tables and lists of
values under that name. Those are text, and their own readers read them.
"""

from __future__ import annotations

from menulint.readers.base import DocumentBuilder, Unread

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))


class OldOfficeReader:
    """Says what a compound file is."""

    name = "old-office"
    extensions = frozenset({".xls", ".doc", ".ppt", ".dot", ".xlt", ".pps"})

    def recognises_bytes(self, data: bytes) -> bool:
        """A compound file of Microsoft's."""
        return data.startswith(_MAGIC)

    def read_bytes(self, data: bytes, build: DocumentBuilder) -> None:
        """Refuse it with a reason.

        Raises:
            Unread: always.
        """
        if any(mark in data for mark in _ENCRYPTED):
            raise Unread("it is encrypted; save it without a password to have it checked")
        raise Unread("it is an office document of the old kind; save it as .xlsx, .docx or .pptx to have it checked")


READER = OldOfficeReader()
