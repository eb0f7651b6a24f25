"""Writes office files and PDFs byte for byte the same on every machine: the fixtures of those formats, and what tests need.

No office program and no library: what these formats ask for is little, and a file written here holds nothing else. Run it
after a change to the copy below::

    python tools/office_files.py            # writes fixtures/pages/*.xlsx, *.docx, *.pptx, *.odt, *.pdf
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

PAGES = Path(__file__).resolve().parents[1] / "fixtures" / "pages"

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_OPEN = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)
_DAY = (2026, 1, 1, 0, 0, 0)

Relations = Sequence[tuple[str, str, str]]
"""Id, kind and target; a target with a scheme is outside of the file."""


def archive(parts: Mapping[str, str | bytes], *, stored: frozenset[str] = frozenset()) -> bytes:
    """A ZIP archive of these parts, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _DAY)
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            info.create_system = 0
            file.writestr(info, content)
    return out.getvalue()


def relations(found: Relations) -> str:
    """A part that says what another one points to."""
    lines = [
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target={quoteattr(target)}'
        + (' TargetMode="External"/>' if "://" in target else "/>")
        for name, kind, target in found
    ]
    return f'{_DECLARATION}<Relationships xmlns="{_RELATIONS}">{"".join(lines)}</Relationships>'


_TYPES = _DECLARATION + (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{}</Types>'
)
_MAIN_TYPES = {
    "xl/workbook.xml": "spreadsheetml.sheet.main",
    "word/document.xml": "wordprocessingml.document.main",
    "ppt/presentation.xml": "presentationml.presentation.main",
}


def package(main: str, parts: Mapping[str, str | bytes]) -> bytes:
    """An office document that begins in the part ``main``."""
    prefix = "application/vnd.openxmlformats-officedocument"
    override = f'<Override PartName="/{main}" ContentType="{prefix}.{_MAIN_TYPES[main]}+xml"/>'
    head = {
        "[Content_Types].xml": _TYPES.format(override),
        "_rels/.rels": relations([("rId1", "officeDocument", main)]),
    }
    return archive(head | dict(parts))


# Workbooks

CellValue = str | int | float | tuple[float, str]
"""What a cell holds: a text, a number, or a number with its format."""


def workbook(
    sheets: Mapping[str, Sequence[Sequence[CellValue | None]]],
    *,
    hidden: Sequence[str] = (),
    comments: Mapping[tuple[str, str], str] | None = None,
) -> bytes:
    """A workbook of these rows; ``comments`` are by sheet and cell."""
    strings: dict[str, int] = {}
    formats: dict[str, int] = {}
    parts: dict[str, str | bytes] = {}
    listed, links = [], []
    for number, (name, rows) in enumerate(sheets.items(), 1):
        state = ' state="hidden"' if name in hidden else ""
        listed.append(f'<sheet name={quoteattr(name)} sheetId="{number}"{state} r:id="rId{number}"/>')
        links.append((f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml"))
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(rows, strings, formats)
        said = {cell: text for (sheet, cell), text in (comments or {}).items() if sheet == name}
        if said:
            parts[f"xl/comments{number}.xml"] = _comments(said)
            parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = relations(
                [("rId1", "comments", f"../comments{number}.xml")]
            )
    links += [("rId901", "sharedStrings", "sharedStrings.xml"), ("rId902", "styles", "styles.xml")]
    parts["xl/workbook.xml"] = (
        f'{_DECLARATION}<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>{"".join(listed)}</sheets></workbook>'
    )
    parts["xl/_rels/workbook.xml.rels"] = relations(links)
    texts = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
    parts["xl/sharedStrings.xml"] = f'{_DECLARATION}<sst xmlns="{_SHEET}">{texts}</sst>'
    parts["xl/styles.xml"] = _styles(formats)
    return package("xl/workbook.xml", parts)


def _sheet(rows: Sequence[Sequence[CellValue | None]], strings: dict[str, int], formats: dict[str, int]) -> str:
    written = []
    for number, row in enumerate(rows, 1):
        cells = [
            _cell(f"{chr(65 + column)}{number}", value, strings, formats)
            for column, value in enumerate(row)
            if value is not None
        ]
        written.append(f'<row r="{number}">{"".join(cells)}</row>')
    return f'{_DECLARATION}<worksheet xmlns="{_SHEET}"><sheetData>{"".join(written)}</sheetData></worksheet>'


def _cell(place: str, value: CellValue, strings: dict[str, int], formats: dict[str, int]) -> str:
    if isinstance(value, str):
        return f'<c r="{place}" t="s"><v>{strings.setdefault(value, len(strings))}</v></c>'
    if isinstance(value, tuple):
        style = formats.setdefault(value[1], len(formats)) + 1
        return f'<c r="{place}" s="{style}"><v>{value[0]}</v></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def _styles(formats: Mapping[str, int]) -> str:
    codes = "".join(
        f'<numFmt numFmtId="{164 + number}" formatCode={quoteattr(code)}/>' for code, number in formats.items()
    )
    used = "".join(f'<xf numFmtId="{164 + number}" applyNumberFormat="1"/>' for number in formats.values())
    cells = f'<cellXfs><xf numFmtId="0"/>{used}</cellXfs>'
    return f'{_DECLARATION}<styleSheet xmlns="{_SHEET}"><numFmts>{codes}</numFmts>{cells}</styleSheet>'


def _comments(said: Mapping[str, str]) -> str:
    listed = "".join(
        f'<comment ref="{cell}" authorId="0"><text><t>{escape(text)}</t></text></comment>'
        for cell, text in said.items()
    )
    return (
        f'{_DECLARATION}<comments xmlns="{_SHEET}"><authors><author>office</author></authors>'
        f"<commentList>{listed}</commentList></comments>"
    )


# Documents


def paragraph(*runs: str, style: str = "", bold: bool = False, comment: str = "") -> str:
    """A paragraph of a document, its words cut into runs as Word does it."""
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    written = "".join(f'<w:r>{look}<w:t xml:space="preserve">{escape(run)}</w:t></w:r>' for run in runs)
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    mark = f'<w:r><w:commentReference w:id="{comment}"/></w:r>' if comment else ""
    return f"<w:p>{named}{written}{mark}</w:p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table of a document."""
    written = [f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>" for row in rows]
    return f"<w:tbl>{''.join(written)}</w:tbl>"


def document(
    body: str,
    *,
    title: str = "",
    header: str = "",
    footnotes: str = "",
    comments: Mapping[str, str] | None = None,
    links: Relations = (),
) -> bytes:
    """A document with this body (``paragraph``, ``table``, or any XML of a document)."""
    names = f'xmlns:w="{_WORD}" xmlns:r="{_OFFICE}"'
    listed = [("rId1", "styles", "styles.xml"), *links]
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'
        for key, name, more in (
            ("Title", "Title", ""),
            ("H1", "heading 1", ""),
            ("H2", "heading 2", ""),
            ("Bullet", "List Bullet", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
        )
    )
    parts: dict[str, str | bytes] = {
        "word/document.xml": f"{_DECLARATION}<w:document {names}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"{_DECLARATION}<w:styles {names}>{styles}</w:styles>",
    }
    if header:
        parts["word/header1.xml"] = f"{_DECLARATION}<w:hdr {names}>{header}</w:hdr>"
        listed.append(("rId801", "header", "header1.xml"))
    if footnotes:
        parts["word/footnotes.xml"] = f"{_DECLARATION}<w:footnotes {names}>{footnotes}</w:footnotes>"
        listed.append(("rId802", "footnotes", "footnotes.xml"))
    if comments:
        said = "".join(f'<w:comment w:id="{key}">{paragraph(text)}</w:comment>' for key, text in comments.items())
        parts["word/comments.xml"] = f"{_DECLARATION}<w:comments {names}>{said}</w:comments>"
        listed.append(("rId803", "comments", "comments.xml"))
    if title:
        parts["docProps/core.xml"] = (
            f'{_DECLARATION}<core xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title></core>'
        )
    parts["word/_rels/document.xml.rels"] = relations(listed)
    return package("word/document.xml", parts)


# Presentations


def slide(*shapes: tuple[str, int, Sequence[str]], hidden: bool = False) -> str:
    """A slide of shapes: the kind of placeholder, how far down it stands (in centimetres), its paragraphs."""
    written = []
    for kind, top, lines in shapes:
        holder = f'<p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>' if kind else ""
        place = f'<p:spPr><a:xfrm><a:off x="360000" y="{top * 360_000}"/></a:xfrm></p:spPr>'
        text = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines)
        written.append(f"<p:sp>{holder}{place}<p:txBody>{text}</p:txBody></p:sp>")
    shown = ' show="0"' if hidden else ""
    return (
        f'{_DECLARATION}<p:sld xmlns:p="{_SLIDE}" xmlns:a="{_DRAWING}" xmlns:r="{_OFFICE}"{shown}>'
        f"<p:cSld><p:spTree>{''.join(written)}</p:spTree></p:cSld></p:sld>"
    )


def presentation(slides: Sequence[str]) -> bytes:
    """A presentation of these slides."""
    listed = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in range(1, len(slides) + 1))
    parts: dict[str, str | bytes] = {
        "ppt/presentation.xml": (
            f'{_DECLARATION}<p:presentation xmlns:p="{_SLIDE}" xmlns:r="{_OFFICE}">'
            f"<p:sldIdLst>{listed}</p:sldIdLst></p:presentation>"
        ),
        "ppt/_rels/presentation.xml.rels": relations(
            [(f"rId{n}", "slide", f"slides/slide{n}.xml") for n in range(1, len(slides) + 1)]
        ),
    }
    parts |= {f"ppt/slides/slide{n}.xml": text for n, text in enumerate(slides, 1)}
    return package("ppt/presentation.xml", parts)


# PDF

Word = tuple[float, float, float, bool, str]
"""Left and top in points from the upper left corner, size of the letters, bold or not, text."""

WIDTH, HEIGHT = 595, 842


def pdf(pages: Sequence[Sequence[Word]], *, title: str = "", notes: Sequence[tuple[int, float, str]] = ()) -> bytes:
    """A PDF of these pages; ``notes`` hang on a page (from 0) at a height."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica{} /Encoding /WinAnsiEncoding >>"
    objects = [b"", b"", font.format("").encode(), font.format("-Bold").encode()]
    kids = []
    for number, words in enumerate(pages):
        stream = b"\n".join(map(_shown, words))
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        content, hanging = len(objects), []
        for page, top, text in notes:
            if page == number:
                box = f"[20 {HEIGHT - top - 12:g} 32 {HEIGHT - top:g}]"
                objects.append(
                    f"<< /Type /Annot /Subtype /Text /Rect {box} /Contents ({_escaped(text)}) >>".encode("cp1252")
                )
                hanging.append(f"{len(objects)} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {content} 0 R "
            f"/Annots [{' '.join(hanging)}] /Resources << /Font << /F0 3 0 R /F1 4 0 R >> >> >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    objects.append(f"<< /Title ({_escaped(title)}) >>".encode("cp1252"))
    return _assembled(objects)


def _shown(word: Word) -> bytes:
    left, top, size, bold, text = word
    return f"BT /F{int(bold)} {size:g} Tf {left:g} {HEIGHT - top - size:g} Td ({_escaped(text)}) Tj ET".encode("cp1252")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _assembled(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    starts = []
    for number, content in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table_start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % start for start in starts)
    last = len(objects)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (last + 1, last, table_start)
    return bytes(out)


# The copy of the fixtures

POUNDS = '"£"#,##0'


def _price_workbook() -> bytes:
    rows: list[list[CellValue | None]] = [
        ["Saltmarsh Skin Rooms"],
        ["All prices include a consultation with our nurse. Call 0117 496 0144 to book."],
        [],
        ["Code", "Treatment", "What it does", "Price", "Photo"],
        [
            "exosome-scalp-01",
            "Microneedling with exosomes",
            "Regenerates tired hair roots",
            (320, POUNDS),
            "img/exosome-scalp.jpg",
        ],
        ["facial-02", "Sea mineral facial", "Cleanses and leaves skin looking fresh", (65, POUNDS), "img/facial.jpg"],
        [None, "LINES AND WRINKLES"],
        ["aw-1", "Anti-wrinkle injections, 2 areas", "Call us for details", (180, POUNDS), "img/botox-cure.png"],
        ["aw-3", "Botox, 3 areas", "For colleagues of the ward only", (210, POUNDS), "img/aw3.png"],
        ["peel-1", "Lactic peel", "A gentle peel for dull skin", (70, POUNDS), "img/peel.png"],
    ]
    questions: list[list[CellValue | None]] = [
        ["Good to know"],
        ["We do not inject exosomes: no exosome product is licensed for injection in this country."],
        ["Can a facial cure acne? No. Please see your doctor."],
        ["Redness and swelling are common for a day or two. Ask us about the risks before you book."],
    ]
    old: list[list[CellValue | None]] = [["Offer", "Ends"], ["Salmon DNA injections, 20% off", (46022, "d mmmm yyyy")]]
    return workbook(
        {"Menu": rows, "Questions": questions, "Spring 2025": old},
        hidden=["Spring 2025"],
        comments={("Menu", "B9"): "menulint: ignore[POM] -- shown to prescribers only, never printed"},
    )


def _word_leaflet() -> bytes:
    body = [
        paragraph("Your skin, year by year", style="Title"),
        paragraph("At Saltmarsh Skin Rooms we plan every course with you. Prices from £65."),
        paragraph("Regenerative care", style="H1"),
        paragraph("Our exo", "some ", "injections re", "build collagen and the results are per", "manent."),
        paragraph("What our clients like:"),
        paragraph("No downtime at all", style="Bullet"),
        paragraph("A quiet room with a view", style="Bullet"),
        paragraph("Before you come", bold=True),
        paragraph("Do not book if you are pregnant. Microneedling can cause redness, and in rare cases infection."),
        table(
            [
                ["Treatment", "Time", "Price"],
                ["LED light facial", "30 min", "£45"],
                ["Salmon DNA injections", "45 min", "£240"],
            ]
        ),
        "<w:p><w:r><w:t>Fresh skin</w:t></w:r><w:del><w:r><w:delText> cures acne</w:delText></w:r></w:del>"
        '<w:ins><w:r><w:t xml:space="preserve"> takes time</w:t></w:r></w:ins>'
        "<w:r><w:instrText>HYPERLINK botox-cures-acne</w:instrText></w:r></w:p>",
        paragraph("Botox, 3 areas, for members of our staff.", comment="0"),
    ]
    return document(
        "".join(body),
        title="A leaflet of Saltmarsh Skin Rooms",
        header=paragraph("Saltmarsh Skin Rooms: clinically proven care"),
        footnotes=f'<w:footnote w:id="1">{paragraph("Results differ from person to person.")}</w:footnote>',
        comments={"0": "menulint: ignore[POM] -- a page for staff, never handed out"},
    )


_LEFT = (
    "We plan each course with you, and we be-",
    "gin slowly. Our exosome injections wake",
    "up tired skin, rebuild collagen from with-",
    "in and leave you with a glow that lasts.",
)
_RIGHT = (
    "Before your visit please tell us about any",
    "medicines you take. We do not treat clients",
    "who are pregnant, and we never promise that",
    "a facial will cure acne or any other illness.",
)
_PRICES = (("Sea mineral facial", "£65"), ("Salmon DNA injections, face", "£240"), ("Lactic peel", "£70"))


def _brochure() -> bytes:
    first: list[Word] = [
        (50, 50, 26, False, "Saltmarsh Skin Rooms"),
        (50, 100, 16, True, "Our way of working"),
        *((50, 130 + 15 * n, 11, False, line) for n, line in enumerate(_LEFT)),
        *((310, 130 + 15 * n, 11, False, line) for n, line in enumerate(_RIGHT)),
        (50, 220, 16, True, "Prices"),
        *((50, 250 + 18 * n, 11, False, name) for n, (name, _) in enumerate(_PRICES)),
        *((480, 250 + 18 * n, 11, False, price) for n, (_, price) in enumerate(_PRICES)),
        (50, 306, 11, False, "Anti-wrinkle injections, 2 areas .................... £180"),
        (50, 345, 16, True, "Why clients come back"),
        (50, 375, 11, False, "\u2022 No downtime, whatever you choose"),
        (50, 392, 11, False, "\u2022 Tea, and time to talk"),
        (50, 805, 8, False, "Saltmarsh Skin Rooms, 0117 496 0144"),
        (500, 805, 8, False, "Page 1 of 2"),
    ]
    second: list[Word] = [
        (50, 50, 16, True, "After your treatment"),
        (50, 80, 11, False, "Do not rub the area. Swelling and bruising are common and settle within days."),
        (50, 120, 16, True, "This month"),
        (50, 150, 11, False, "Botox this month: £150 an area."),
        (50, 805, 8, False, "Saltmarsh Skin Rooms, 0117 496 0144"),
        (500, 805, 8, False, "Page 2 of 2"),
    ]
    note = (1, 152.0, "menulint: ignore[POM] -- a line for staff, cut off before printing")
    return pdf([first, second], title="Saltmarsh Skin Rooms brochure", notes=[note])


def _screen_menu() -> bytes:
    return presentation(
        [
            slide(
                ("body", 6, ["Exosome injections for hair, £350", "Sea mineral facial, £65"]),
                ("title", 1, ["Menu of the month"]),
                ("", 12, ["Book now at the desk or call 0117 496 0144."]),
                ("ftr", 18, ["Saltmarsh Skin Rooms"]),
            ),
            slide(
                ("title", 1, ["Is microneedling safe?"]), ("body", 4, ["No treatment is free of risk. Ask our nurse."])
            ),
            slide(("title", 1, ["Old offer"]), ("", 5, ["Fat-dissolving jabs melt your chin for good."]), hidden=True),
        ]
    )


def open_document(kind: str, body: str) -> bytes:
    """An OpenDocument file of a kind (``text``, ``spreadsheet``, ``presentation``)."""
    content = f"<office:document-content {_OPEN}><office:body>{body}</office:body></office:document-content>"
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return archive({"mimetype": mimetype, "content.xml": content}, stored=frozenset({"mimetype"}))


def _desk_leaflet() -> bytes:
    lines = [
        '<text:h text:outline-level="1">Welcome to our clinic</text:h>',
        "<text:p>Our polynucleotide <text:span>cream</text:span> regenerates skin cells overnight.</text:p>",
        "<text:list><text:list-item><text:p>Exosome injections for the scalp, £320</text:p></text:list-item>"
        "<text:list-item><text:p>Hand massage, £20</text:p></text:list-item></text:list>",
        "<text:p>We do not inject anything that is licensed as a cosmetic.</text:p>",
        "<text:p>Book now on 0117 496 0177.</text:p>",
    ]
    return open_document("text", f"<office:text>{''.join(lines)}</office:text>")


FIXTURES = {
    "desk-leaflet.odt": _desk_leaflet,
    "price-workbook.xlsx": _price_workbook,
    "word-leaflet.docx": _word_leaflet,
    "screen-menu.pptx": _screen_menu,
    "brochure.pdf": _brochure,
}


def main() -> None:
    """Write the fixtures."""
    for name, make in FIXTURES.items():
        (PAGES / name).write_bytes(make())
        sys.stdout.write(f"{PAGES / name}\n")


if __name__ == "__main__":
    main()
