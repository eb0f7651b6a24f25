"""Comma-separated values: cells with their place, headings, items, and files that are badly quoted."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.readers import read_bytes
from menulint.readers.csv_scan import Rows
from menulint.readers.csv_table import letters
from menulint.source import Block, Role, Source

Read = Callable[..., Source]
CheckPlaces = Callable[[Source], None]

MENU = (
    "Treatment,Time,Price,What it does,Photo link\r\n"
    'Peel,30 minutes,£90,"• Softer skin\r\n• ""Brighter"" look",https://a.example/peel.jpg\r\n'
    "\r\n"
    "Brow tidy,,From £15,Neat brows,\r\n"
)


def one(source: Source, text: str) -> Block:
    (block,) = [block for block in source.blocks if block.text == text]
    return block


def rows(text: str, separator: str = ",") -> list[dict[int, str]]:
    return [
        {cell.column: text[cell.start : cell.end] for cell in row} for row in Rows(text, 0, len(text), separator) if row
    ]


def test_a_cell_knows_its_row_its_column_and_its_name_in_a_spreadsheet(read: Read, check_places: CheckPlaces) -> None:
    source = read(MENU, "menu.csv")
    check_places(source)
    cell = one(source, "Neat brows")
    assert (cell.role, cell.column, cell.cell, cell.row) == (Role.TABLE_CELL, 3, "D4", one(source, "Brow tidy").row)
    assert one(source, "From £15").group == cell.group


def test_the_first_row_is_the_header_of_the_columns(read: Read) -> None:
    source = read(MENU, "menu.csv")
    header = one(source, "What it does")
    assert (header.header, header.row, header.column) == (True, 0, one(source, "Neat brows").column)


def test_bullets_in_a_cell_stand_below_the_name_of_their_row(read: Read) -> None:
    source = read(MENU, "menu.csv")
    name, item = one(source, "Peel"), one(source, '"Brighter" look')
    assert (name.role, item.role) == (Role.HEADING, Role.LIST_ITEM)
    assert (item.section, item.cell, item.row, item.column) == ((name.index,), "D2", name.row, 3)


def test_links_and_codes_are_no_copy(read: Read) -> None:
    source = read("Name,SKU,Image Src\nLip balm,LIP-BALM-2,lip filler.jpg\n", "a.csv")
    assert [b.text for b in source.blocks if not b.header] == ["Lip balm"]


EXPORT = (
    "Handle,Title,Body (HTML),Tags,Variant Price,Image Src,Image Alt Text,SEO Description\n"
    'peel-pads,Peel pads,"<p class=""x"">Soft &amp; quiet.</p><ul><li>For dry skin</li></ul>",pads,9.00,a.jpg,'
    "Pads in a jar,Soft pads\n"
    "peel-pads,,,,,b.jpg,Pads seen from above,\n"
    "balm,Lip balm,<p>Soft lips.</p>,,4.00,c.jpg,,\n"
)


def test_the_description_in_an_export_stands_below_the_title_of_its_product(
    read: Read, check_places: CheckPlaces
) -> None:
    source = read(EXPORT, "products_export.csv")
    check_places(source)
    title = one(source, "Peel pads")
    assert [b.text for b in source.blocks if b.section[:1] == (title.index,)] == [
        "Soft & quiet.", "For dry skin", "Pads in a jar", "Soft pads", "Pads seen from above",
    ]  # fmt: skip
    assert one(source, "Soft lips.").section == (one(source, "Lip balm").index,)
    assert not [b for b in source.blocks if b.header]


def test_a_row_without_a_title_goes_on_with_the_product_of_its_handle(read: Read) -> None:
    source = read(EXPORT, "products_export.csv")
    image = one(source, "Pads seen from above")
    assert (image.role, image.cell, image.row) == (Role.ALT, "G3", one(source, "Peel pads").row)


@pytest.mark.parametrize(
    ("path", "separator"), [("a.csv", ","), ("a.csv", ";"), ("a.csv", "\t"), ("a.tsv", "\t"), ("a.csv", "|")]
)
def test_the_separator_is_told_by_the_rows(path: str, separator: str, read: Read) -> None:
    text = "\n".join(
        separator.join(cells) for cells in (["Name", "Text"], ["Peel", "Soft skin"], ["Mask", "Calm skin"])
    )
    assert [b.cell for b in read(text, path).blocks] == ["A1", "B1", "A2", "B2", "A3", "B3"]


def test_a_quotation_mark_that_was_not_doubled_stays_in_its_cell() -> None:
    assert rows('a,"say "hi" now",c\nd,e,f\n') == [{0: "a", 1: 'say "hi" now', 2: "c"}, {0: "d", 1: "e", 2: "f"}]


def test_a_quotation_mark_that_never_closes_ends_with_its_line(read: Read) -> None:
    source = read('Name,Text\nPeel,"Soft skin\nMask,Calm skin\n', "a.csv")
    assert [b.text for b in source.blocks][-2:] == ["Mask", "Calm skin"]
    assert source.notes


CELLS = st.text(st.sampled_from('ab ",;\n\r\t'), max_size=6)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5))
def test_what_a_library_writes_is_read_back(table: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(table)
    text = written.getvalue()
    found = [{column: value.replace('""', '"') for column, value in row.items()} for row in rows(text)]
    expected = [{number: cell for number, cell in enumerate(row) if cell} for row in table]
    assert found == [row for row in expected if row]


@given(st.text(st.sampled_from('ab ",;\n\r'), max_size=60))
def test_any_text_is_read_and_every_place_is_exact(text: str) -> None:
    source = read_bytes("a.csv", b"Name,Text\n" + text.encode())
    for block in source.blocks:
        start, end = block.map.span(0, len(block.text))
        assert source.text[start:end].split()[0][0] in (block.text[0], '"')


def test_columns_are_named_as_spreadsheets_do() -> None:
    assert [letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_line_that_begins_with_a_hash_silences_the_next() -> None:
    text = "Name,Text\n# menulint: ignore-next-line[MED] -- wording under review\nSerum,Boosts collagen in the skin\n"
    found = Linter(load_pack(), Options(jurisdiction=("all",))).check_bytes("a.csv", text.encode()).findings
    assert [finding.suppressed is not None for finding in found if finding.severity != "info"] == [True]
