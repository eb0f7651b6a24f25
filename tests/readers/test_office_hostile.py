"""Office files and PDFs from an enemy: read in part or refused in words, in bounded time and memory."""

from __future__ import annotations

import random
import time
import zlib
from collections.abc import Callable

import pytest
from tools import office_files
from tools.office_files import archive, document, package, paragraph, pdf, relations, workbook

from menulint.errors import SkippedFile
from menulint.readers import base, office_archive, office_xml, read_bytes, xlsx
from menulint.source import Source

MB = 2**20
SECONDS = 10.0

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def word(body: str, head: str = "") -> bytes:
    """A document with this XML in its body, and this before it."""
    return package(
        "word/document.xml", {"word/document.xml": f"{head}<w:document {WORD}><w:body>{body}</w:body></w:document>"}
    )


def sheet(rows: str) -> bytes:
    """A workbook with this XML as its rows."""
    named = f'{SHEET} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    return package(
        "xl/workbook.xml",
        {
            "xl/workbook.xml": f'<workbook {named}><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations([("rId1", "worksheet", "worksheets/s.xml")]),
            "xl/worksheets/s.xml": f"<worksheet {SHEET}><sheetData>{rows}</sheetData></worksheet>",
        },
    )


def page_of(stream: bytes) -> bytes:
    """A PDF with one page of this packed content."""
    head = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(stream)
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F0 3 0 R >> >> >>"
    )
    return office_files._assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            head + stream + b"\nendstream",
            page.encode(),
            b"<< >>",
        ]
    )


def packed(piece: bytes, times: int) -> bytes:
    """That piece many times over, compressed."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(piece) for _ in range(times)) + packer.flush()


def said(data: bytes) -> str:
    """What is said of a file that is not read as a whole: its notes, or why it is skipped."""
    try:
        return "; ".join(read_bytes("file", data).notes)
    except SkippedFile as skipped:
        return skipped.reason


ENTITIES = '<!DOCTYPE d [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb of one part": (lambda: word(paragraph("a" * (60 * MB))), "unpacks to more than 48 MB"),
    "a bomb by ratio": (lambda: word("<w:p/>" * MB), "400 times its size"),
    "a cell of a hundred million": (
        lambda: sheet(f'<row r="1"><c t="inlineStr"><is><t>{"a " * (50 * MB)}</t></is></c></row>'),
        "unpacks to more than 48 MB",
    ),
    "rows without a cell": (
        lambda: sheet("".join(f'<row r="{n}"/>' for n in range(1, 13_000))),
        "more than 12,000 elements",
    ),
    "too many cells": (
        lambda: sheet("".join(f'<row r="{n}"><c><v>{n}</v></c></row>' for n in range(1, 1_100))),
        "more than 1,000 cells",
    ),
    "too many passages": (lambda: word(paragraph("word") * 1_100), "1,000 passages"),
    "nested ten thousand deep": (lambda: word("<w:p>" * 10_000), "more than 2,000 deep"),
    "tables in tables": (lambda: word("<w:tbl><w:tr><w:tc>" * 10_000), "more than 2,000 deep"),
    "entities of entities": (lambda: word("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", ENTITIES), "entities"),
    "an entity from outside": (lambda: word("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", OUTSIDE), "entities"),
    "many small parts": (
        lambda: archive({f"word/{n}": "" for n in range(20_001)} | {"word/document.xml": ""}),
        "more than 20,000 files",
    ),
    "a page that unpacks to half a gigabyte": (lambda: page_of(packed(b" " * MB, 600)), "too much memory"),
    "a page of marks": (lambda: page_of(packed(b"q Q " * (MB // 4), 200)), "too much memory"),
    "a PDF of nothing": (lambda: b"%PDF-1.7\n" + b"\0" * (10 * MB), "damaged or incomplete PDF"),
    "a PDF of noise": (lambda: b"%PDF-1.7\n" + random.Random(1).randbytes(MB), "damaged or incomplete PDF"),
    "more pages than are read": (lambda: pdf([[(50, 50, 12, False, "Our clinic")]] * 1_001), "more than 1000 pages"),
}


@pytest.fixture(autouse=True)
def _low_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits on what is counted are the same at a hundredth of them, and reached a hundred times as fast."""
    monkeypatch.setattr(office_xml, "MAX_ELEMENTS", 12_000)
    monkeypatch.setattr(xlsx, "MAX_CELLS", 1_000)
    monkeypatch.setattr(base, "MAX_BLOCKS", 1_000)


@pytest.mark.parametrize("name", CASES)
def test_a_trap_is_named_and_costs_little(name: str) -> None:
    """Each says what it is in the report, in seconds."""
    make, expected = CASES[name]
    data = make()
    start = time.process_time()
    assert expected in said(data)
    assert time.process_time() - start < SECONDS


def test_sizes_that_the_archive_lies_about_are_checked_while_unpacking(monkeypatch: pytest.MonkeyPatch) -> None:
    """The declared size is what a trap would lie about."""
    monkeypatch.setattr(office_archive, "MAX_TOTAL_BYTES", 200)
    data = document(paragraph("Our clinic " * 100))
    assert "unpacks to more than" in said(data)


def test_a_document_is_read_up_to_where_it_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the report says that something is missing."""
    source = read_bytes("a.docx", word(paragraph("Our exosome injections") + "<w:p><w:oops"))
    assert [block.text for block in source.blocks] == ["Our exosome injections"]
    assert source.notes == ("word/document.xml in it is damaged; only what stands before the damage was read",)
    monkeypatch.setattr(office_xml, "MAX_ELEMENTS", 7)
    source = read_bytes("a.docx", word(paragraph("Our exosome injections") + paragraph("and more")))
    assert [block.text for block in source.blocks] == ["Our exosome injections"]


def test_what_is_encrypted_is_said_to_be() -> None:
    """A workbook behind a password is an old compound file around the new one."""
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert "save it as .xlsx" in said(compound)
    assert "encrypted" in said(compound + "EncryptedPackage".encode("utf-16-le"))
    locked = bytearray(workbook({"Menu": [["Botox"]]}))
    for at in range(len(locked) - 4):
        if locked[at : at + 4] == b"PK\x01\x02":
            locked[at + 8] |= 1
    assert "encrypted" in said(bytes(locked))


@pytest.mark.parametrize("path", ["menu.xlsx", "menu.docx", "menu.pdf", "menu.xls"])
@pytest.mark.parametrize(
    ("data", "format"),
    [
        (b"<html><body><table><tr><td>Exosome injections</td></tr></table></body></html>", "html"),
        (document(paragraph("Exosome injections")), "docx"),
        (workbook({"Menu": [["Exosome injections"]]}), "xlsx"),
        (pdf([[(50, 50, 12, False, "Exosome injections")]]), "pdf"),
        (b"Exosome injections\n", "text"),
    ],
    ids=["html", "docx", "xlsx", "pdf", "text"],
)
def test_a_name_that_lies_is_overruled_by_what_is_in_the_file(path: str, data: bytes, format: str) -> None:
    """An export called .xls is a web page more often than not; a note says so."""
    source = read_bytes(path, data)
    assert source.format == format
    assert "Exosome injections" in [block.text for block in source.blocks]
    assert [note for note in source.notes if "its name ends in" in note] == (
        [] if path.endswith(format) else [f"its name ends in {path[4:]}, but it is no such file; read as {format}"]
    )


def test_a_missing_extra_is_said_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the run goes on."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(SkippedFile) as skipped:
        read_bytes("menu.pdf", pdf([[(50, 50, 12, False, "Menu")]]))
    assert skipped.value.reason == "reading .pdf needs: pip install 'menulint[office]'"


def test_null_characters_and_halves_of_characters_are_dropped() -> None:
    """What no page shows must not reach a report."""
    source: Source = read_bytes("a.pdf", pdf([[(50, 50, 12, False, "Exo\x00some \x01injections")]]))
    assert not {c for block in source.blocks for c in block.text if c < " "}
