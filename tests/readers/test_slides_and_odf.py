"""Presentations, and what LibreOffice writes."""

from __future__ import annotations

from tools.office_files import archive, presentation, slide

from menulint.readers import read_bytes
from menulint.source import Source

OFFICE = 'xmlns:office="urn:o" xmlns:text="urn:t" xmlns:table="urn:tb" xmlns:draw="urn:d" xmlns:svg="urn:s" xmlns:xlink="urn:x"'


def odf(kind: str, body: str) -> bytes:
    """An OpenDocument file of that kind."""
    content = f"<office:document-content {OFFICE}><office:body>{body}</office:body></office:document-content>"
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return archive({"mimetype": mimetype, "content.xml": content}, stored=frozenset({"mimetype"}))


def blocks(source: Source) -> list[tuple[str, str, str]]:
    return [(block.place, block.role.value, block.text) for block in source.blocks]


def test_a_slide_is_a_page_read_from_its_title_downwards() -> None:
    """Whatever order its shapes were drawn in; footers are left out."""
    data = presentation(
        [
            slide(
                ("body", 9, ["Lip filler", "Peel"]), ("", 15, ["Call us"]), ("title", 1, ["Menu"]), ("sldNum", 1, ["1"])
            ),
            slide(("title", 1, ["Offers"]), hidden=True),
        ]
    )
    source = read_bytes("a.pptx", data)
    assert blocks(source) == [
        ("page 1", "heading", "Menu"),
        ("page 1", "list-item", "Lip filler"),
        ("page 1", "list-item", "Peel"),
        ("page 1", "paragraph", "Call us"),
        ("page 2", "heading", "Offers"),
    ]
    assert source.notes == ("slide 2 is hidden; it was read as well",)


def test_an_open_document_text_is_read_with_its_structure() -> None:
    """Headings, spans, lists, tables, comments, pictures; not what was deleted."""
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    body = (
        "<office:text><text:tracked-changes><text:p>cures acne</text:p></text:tracked-changes>"
        '<text:h text:outline-level="1">Skin<text:s/>menu</text:h>'
        "<text:p>Exo<text:span>some</text:span> care<office:annotation><text:p>menulint: ignore -- x</text:p>"
        '</office:annotation> <text:a xlink:href="https://example.org">here</text:a></text:p>'
        "<text:list><text:list-item><text:p>No downtime</text:p></text:list-item></text:list>"
        "<text:p><draw:frame><svg:desc>A nurse</svg:desc></draw:frame></text:p><table:table>"
        + "".join(
            f"<table:table-row>{cell.format(a)}{cell.format(b)}</table:table-row>"
            for a, b in (("Peel", "£5"), ("Mask", "£6"))
        )
        + "</table:table></office:text>"
    )
    source = read_bytes("a.odt", odf("text", body))
    assert blocks(source) == [
        ("paragraph 1", "heading", "Skin menu"),
        ("paragraph 2", "paragraph", "Exosome care here"),
        ("paragraph 3", "list-item", "No downtime"),
        ("paragraph 4", "alt", "A nurse"),
        ("table 1!A1", "table-cell", "Peel"),
        ("table 1!B1", "table-cell", "£5"),
        ("table 1!A2", "table-cell", "Mask"),
        ("table 1!B2", "table-cell", "£6"),
    ]
    assert [comment.text for comment in source.comments] == ["menulint: ignore -- x"]
    assert list(source.signal_values("link")) == ["https://example.org"]


def test_an_open_document_sheet_shows_what_its_cells_show() -> None:
    """Repeated rows and columns are counted and not written out."""
    row = (
        "<table:table-row><table:table-cell><text:p>Peel</text:p></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell office:value-type="currency"><text:p>£60.00</text:p></table:table-cell></table:table-row>'
    )
    empty = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
    body = f'<office:spreadsheet><table:table table:name="Menu">{row}{empty}{row}</table:table></office:spreadsheet>'
    places = [place for place, _, _ in blocks(read_bytes("a.ods", odf("spreadsheet", body)))]
    assert places == ["Menu", "Menu!A1", "Menu!D1", "Menu!A1000002", "Menu!D1000002"]
