"""Workbooks: cells as they are shown, what they are to a reader, and where they stand."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from tools.office_files import package, relations, workbook

from menulint.readers import office_numbers, read_bytes
from menulint.source import Role, Source

POUNDS = '"£"#,##0.00'


def book(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of these sheets."""
    return workbook(sheets)


def read(data: bytes) -> Source:
    return read_bytes("menu.xlsx", data)


def cells(source: Source) -> list[tuple[str | None, str, str]]:
    """Place, role and text of each block."""
    return [(block.cell, block.role.value, block.text) for block in source.blocks]


def test_titles_section_lines_and_rows_are_told_apart() -> None:
    """A sheet as clinics keep them: a name, a sentence, a table with a line between its rows."""
    rows: list[list[Any]] = [
        ["Harbour Rooms"],
        ["Every price includes a talk with our nurse before anything is decided."],
        [],
        ["Treatment", "Price"],
        ["Classic facial", (55, POUNDS)],
        ["INJECTABLES"],
        ["Lip filler", (250, POUNDS)],
    ]
    source = read(book(Menu=rows))
    assert cells(source) == [
        ("Menu", "heading", "Menu"),
        ("Menu!A1", "heading", "Harbour Rooms"),
        ("Menu!A2", "paragraph", "Every price includes a talk with our nurse before anything is decided."),
        ("Menu!A4", "table-cell", "Treatment"),
        ("Menu!B4", "table-cell", "Price"),
        ("Menu!A5", "table-cell", "Classic facial"),
        ("Menu!B5", "table-cell", "£55.00"),
        ("Menu!A6", "heading", "INJECTABLES"),
        ("Menu!A7", "table-cell", "Lip filler"),
        ("Menu!B7", "table-cell", "£250.00"),
    ]
    header = [block.text for block in source.blocks if block.header]
    assert header == ["Treatment", "Price"]
    assert {block.group for block in source.blocks if block.role is Role.TABLE_CELL} == {0}
    assert [source.blocks[at].text for at in source.blocks[-1].section] == ["Harbour Rooms", "INJECTABLES"]


def test_the_name_of_a_sheet_that_nobody_named_is_no_heading() -> None:
    """``Sheet1`` and its like in other languages."""
    for name in ("Sheet1", "Tabelle2", "Hoja 3", "2"):
        assert cells(read(workbook({name: [["Lip filler", "from £250"]]})))[0][1] == "table-cell"


def test_a_row_without_numbers_over_longer_words_is_a_header_and_a_first_row_of_a_menu_is_not() -> None:
    """A list without a header begins with its first treatment."""
    source = read(workbook({"A": [["Facial", "£55"], ["Peel", "£60"]]}))
    assert not [block for block in source.blocks if block.header]


def test_rich_text_is_joined_and_a_phonetic_guide_is_not_read() -> None:
    """``Exo`` in bold and ``some`` are one word."""
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    data = package(
        "xl/workbook.xml",
        {
            "xl/workbook.xml": f'<workbook {ns} xmlns:r="{office}"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                [("r1", "worksheet", "/xl/s.xml"), ("r2", "sharedStrings", "sharedStrings.xml")]
            ),
            "xl/s.xml": f'<worksheet {ns}><sheetData><row><c t="s"><v>0</v></c><c t="str"><f>A1&amp;"!"</f><v>Book!</v></c>'
            '<c t="e"><v>#REF!</v></c><c t="b"><v>1</v></c></row></sheetData></worksheet>',
            "xl/sharedStrings.xml": f"<sst {ns}><si><r><rPr><b/></rPr><t>Exo</t></r><r><t>some</t></r>"
            "<rPh><t>ekuso</t></rPh></si></sst>",
        },
    )
    assert (
        cells(read(data))
        == [
            ("A", "heading", "A"),
            ("A!A1", "table-cell", "Exosome"),
            ("A!B1", "table-cell", "Book!"),
            ("A!D1", "table-cell", "TRUE"),
        ][1:]
    )


def test_paths_and_addresses_are_no_copy() -> None:
    """A column of pictures and links; the links are signals."""
    rows = [["Lip filler", "img/lips-botox.jpg", "https://example.org/botox"], ["Peel", "a/b/c.png", "www.example.org"]]
    source = read(book(A=rows))
    assert [block.text for block in source.blocks] == ["Lip filler", "Peel"]
    assert list(source.signal_values("link")) == ["https://example.org/botox", "www.example.org"]


def test_a_hidden_sheet_is_read_and_said_to_be_hidden() -> None:
    """It is in the file that is sent to the printer."""
    source = read(workbook({"A": [["Facial", "£5"]], "Old": [["Botox", "£9"]]}, hidden=["Old"]))
    assert source.notes == ("sheet 'Old' is hidden; it was read as well",)
    assert ("Old!A1", "table-cell", "Botox") in cells(source)


def test_a_comment_hangs_on_its_row() -> None:
    """Suppressions stand in comments, and a row is a line."""
    source = read(
        workbook({"A": [["Facial", "£5"], ["Botox", "£9"]]}, comments={("A", "B2"): "menulint: ignore -- no"})
    )
    (comment,) = source.comments
    assert comment.text == "menulint: ignore -- no"
    assert source.text.splitlines() == ["Facial\t£5", "", "Botox\t£9"]
    assert source.text[comment.start : comment.end] == "£9"


def test_every_block_stands_in_the_joined_text() -> None:
    """In document order, each at its offsets."""
    source = read(workbook({"A": [["Facial", "£5"], ["Peel  and\nmore", "£9"]]}))
    for block in source.blocks:
        start, end = block.map.span(0, len(block.text))
        assert source.text[start:end] == block.text
    assert source.by_block


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("1250", '"£"#,##0', "£1,250"),
        ("1250.5", "[$£-809]#,##0.00", "£1,250.50"),
        ("55", '_-"£"* #,##0.00_-;-"£"* #,##0.00_-;_-"£"* "-"??_-', "£55.00"),
        ("120", "#,##0.00\\ [$€-C0A]", "120.00 €"),
        ("0.15", "0%", "15%"),
        ("0.125", "0.0%", "12.5%"),
        ("-5", "0;(0)", "(5)"),
        ("-5", "0.0", "-5.0"),
        ("3", "General", "3"),
        ("2.50", "General", "2.5"),
        ("45", '0 "min"', "45 min"),
        ("7", "000", "007"),
        ("46000", "dd/mm/yyyy", "09/12/2025"),
        ("46000.5", "d mmmm yyyy h:mm", "9 December 2025 12:00"),
        ("46000.75", "h:mm AM/PM", "6:00 pm"),
        ("0.0625", "mm:ss", "30:00"),
        ("1500000", '0.0,,"m"', "1.5m"),
        ("5", ";;;", ""),
        ("text", "0", "text"),
        ("1e400", "0", "1e400"),
        ("46000", "[Red]dddd", "Tuesday"),
        ("99999999", "dd/mm/yyyy", "99999999"),
    ],
)
def test_numbers_are_shown_as_their_format_says(value: str, code: str, shown: str) -> None:
    """A price is one because of the sign in its format."""
    assert office_numbers.shown(value, code) == shown


def test_a_workbook_of_another_program_says_the_same() -> None:
    """openpyxl writes it, with merged cells, a date and a number format."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Menu & more"
    sheet["A1"] = "Harbour Rooms"
    sheet.merge_cells("A1:C1")
    sheet.append(["Lip filler", 250, datetime(2026, 3, 11)])
    sheet["B2"].number_format, sheet["C2"].number_format = '"£"#,##0', "dd/mm/yy"
    out = io.BytesIO()
    book.save(out)
    assert cells(read(out.getvalue()))[1:] == [
        ("Menu & more!A1", "heading", "Harbour Rooms"),
        ("Menu & more!A2", "table-cell", "Lip filler"),
        ("Menu & more!B2", "table-cell", "£250"),
        ("Menu & more!C2", "table-cell", "11/03/26"),
    ]
