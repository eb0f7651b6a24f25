"""Choosing a reader, and refusing what is no text."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import menulint.readers
from menulint.errors import InputError, SkippedFile, UsageError
from menulint.readers import _registry, read_bytes, reader_names
from menulint.readers._registry import entries
from menulint.readers.base import ByteReader


def test_the_built_in_formats_are_found() -> None:
    """Walking the package finds the readers without a list of them."""
    assert {"markdown", "text"} <= set(reader_names())


@pytest.mark.parametrize("name", [".DS_Store", ".html.py.swp", "html.py~", "html.orig.py", "NOTES.txt", "html.py.rej"])
def test_what_lies_beside_the_readers_is_none(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor, a desktop or a merge leaves files in a checkout."""
    there = os.listdir(Path(_registry.__file__).parent)
    monkeypatch.setattr(os, "listdir", lambda _: [*there, name])
    assert entries.__wrapped__() == entries()


def test_the_extension_chooses_in_any_case() -> None:
    """A file from Windows is called MENU.MD."""
    assert read_bytes("MENU.MD", b"# Menu\n\nText").format == "markdown"


def test_content_chooses_where_the_name_says_nothing() -> None:
    """A Markdown text from standard input."""
    assert read_bytes("-", b"---\ntitle: Menu of facials\n---\n\nText").format == "markdown"


def test_what_nobody_recognises_is_plain_text() -> None:
    """A price list without an extension."""
    assert read_bytes("PRICES", b"Lip filler\nCheek filler\n").format == "text"


def test_a_given_format_wins_over_the_extension() -> None:
    """``--stdin-filename`` may end in anything."""
    assert read_bytes("a.md", b"# Menu", format="text").format == "text"


def test_an_unknown_format_says_which_one_was_meant() -> None:
    """A slip of the finger gets a hint and the list."""
    with pytest.raises(UsageError, match=r"'markdwon'; did you mean 'markdown' \(known: .*text"):
        read_bytes("a.md", b"", format="markdwon")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n0000", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"GIF89a....", "GIF"),
        (b"%PDF-1.7\n", "damaged or incomplete PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x00asm\x01", "WebAssembly"),
        (b"wOF2....", "font"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image"),
        (b"text with a \x00 in it", "NUL"),
    ],
)
def test_binary_files_are_skipped_with_a_reason(data: bytes, kind: str) -> None:
    """The reason names what the file is."""
    with pytest.raises(SkippedFile) as skipped:
        read_bytes("x.txt", data)
    assert kind in skipped.value.reason


@pytest.mark.parametrize("name", reader_names())
def test_what_is_known_of_a_reader_before_it_is_loaded_is_true(name: str) -> None:
    """Its name and endings are read off its source; whoever writes them otherwise is imported at once."""
    entry = entries()[name]
    assert (entry.reader.name, entry.reader.extensions) == (name, entry.extensions)
    assert entry.of_bytes == isinstance(entry.reader, ByteReader)


def test_listing_formats_and_endings_loads_no_reader() -> None:
    """A run that finds nothing to read must not pay for what could have read it."""
    code = (
        "import sys, menulint.readers as r; r.known_extensions(); r.reader_names();"
        "print([m for m in sys.modules if m.startswith('menulint.readers.') and m.split('.')[-1] in"
        " ('html', 'markdown', 'xlsx', 'docx', 'pdf', 'ocr')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_reader_loads_a_library_that_an_extra_brings() -> None:
    """Nor the parsers of other formats: each is imported when a file needs it."""
    code = (
        "import sys, menulint.readers as r\n"
        "for e in r.entries().values(): e.reader\n"
        "print([m for m in ('pypdfium2', 'pytesseract', 'PIL', 'openpyxl', 'docx', 'tree_sitter') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_module_that_hides_its_values_is_imported() -> None:
    """So that a reader may compute its endings, or come without its source."""
    assert _registry._entry("docx", None) == entries()["docx"]
    assert _registry._entry("wording", None) is None


def test_utf_16_is_no_binary_file() -> None:
    """It is full of NUL bytes, and its byte order mark says why."""
    source = read_bytes("a.txt", "Lip filler for £250 today".encode("utf-16"))
    assert source.blocks[0].text == "Lip filler for £250 today"
    assert source.encoding == "utf-16"


def test_a_file_that_is_too_large_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is said, with the file's size."""
    monkeypatch.setattr(menulint.readers, "MAX_BYTES", 10)
    with pytest.raises(InputError, match="11 bytes") as error:
        read_bytes("big.txt", b"x" * 11)
    assert error.value.code == "too-large"


def test_the_source_carries_the_hash_of_its_bytes() -> None:
    """The hash is that of the bytes, not of the text."""
    data = "\ufeffcafé".encode()
    assert read_bytes("a.txt", data).sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("path", ["a.txt", "a.md", "-"])
def test_an_empty_file_has_no_blocks(path: str) -> None:
    """Nothing in, nothing out."""
    assert read_bytes(path, b"").blocks == ()
