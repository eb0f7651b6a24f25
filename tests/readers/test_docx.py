"""Word documents: what is printed, in the order in which it is read."""

from __future__ import annotations

import io

import pytest
from tools.office_files import document, paragraph, table

from menulint.readers import read_bytes
from menulint.source import Role, Source


def read(body: str, **parts: object) -> Source:
    return read_bytes("page.docx", document(body, **parts))  # type: ignore[arg-type]


def blocks(source: Source) -> list[tuple[str, str]]:
    return [(block.role.value, block.text) for block in source.blocks]


def test_runs_are_joined_and_styles_make_headings_and_lists() -> None:
    """A word that Word has cut into three runs is one word."""
    source = read(
        paragraph("Skin menu", style="Title")
        + paragraph("Our pro", "mise", style="H1")
        + paragraph("Exo", "some", " injections")
        + paragraph("No downtime", style="Bullet")
        + paragraph("•  Lasting results")
        + paragraph("What happens next", bold=True)
    )
    assert blocks(source) == [
        ("heading", "Skin menu"),
        ("heading", "Our promise"),
        ("paragraph", "Exosome injections"),
        ("list-item", "No downtime"),
        ("list-item", "Lasting results"),
        ("heading", "What happens next"),
    ]
    assert [source.blocks[at].text for at in source.blocks[2].section] == ["Skin menu", "Our promise"]
    assert {(b.group, b.intro) for b in source.blocks if b.role is Role.LIST_ITEM} == {(0, 2)}
    assert [b.pointer for b in source.blocks] == [f"paragraph {n}" for n in range(1, 7)]


def test_what_tracked_changes_take_away_is_left_out() -> None:
    """Deleted and moved text is not printed, nor are hidden text and the instructions of fields."""
    body = (
        "<w:p><w:del><w:r><w:delText>cures acne</w:delText></w:r></w:del><w:ins><w:r><w:t>Calm skin</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t> heals</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t> botox</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:tab/><w:t>and</w:t><w:br/><w:t>rest</w:t></w:r></w:p>"
    )
    assert blocks(read(body)) == [("paragraph", "Calm skin and rest")]


def test_rows_of_a_table_are_cells_with_their_header() -> None:
    """Named as a sheet's: the table, then column and row."""
    source = read(table([["Treatment", "Price"], ["Facial", "£55"], ["Lip filler", "£250"]]))
    assert [(b.cell, b.text, b.header, b.row, b.column) for b in source.blocks[:4]] == [
        ("table 1!A1", "Treatment", True, 0, 0),
        ("table 1!B1", "Price", True, 0, 1),
        ("table 1!A2", "Facial", False, 1, 0),
        ("table 1!B2", "£55", False, 1, 1),
    ]


def test_a_table_that_only_arranges_is_read_as_paragraphs() -> None:
    """One column, or one row of boxes side by side."""
    for rows in ([["Our clinic"], ["Our team"]], [["Our clinic", "Our team"]]):
        assert blocks(read(table(rows))) == [("paragraph", "Our clinic"), ("paragraph", "Our team")]


def test_labels_of_a_text_for_a_website_become_what_they_name() -> None:
    """Clinics write their pages in Word first: "H2: …", "<IMAGE>", "Book now →"."""
    source = read(paragraph("H2: Fillers in town") + paragraph("<IMAGE>") + paragraph("Book now →"))
    assert blocks(source) == [("heading", "Fillers in town"), ("button", "Book now →")]
    assert source.blocks[0].level == 2


def test_text_boxes_are_read_once_and_pictures_by_their_description() -> None:
    """Word writes a text box twice, for new and for old programs."""
    box = "<w:txbxContent><w:p><w:r><w:t>Boxed words</w:t></w:r></w:p></w:txbxContent>"
    body = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="urn:mc">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
        '<wp:docPr xmlns:wp="urn:wp" descr="A nurse at work"/><w:t>Beside it</w:t></w:r></w:p>'
    )
    assert blocks(read(body)) == [("paragraph", "Boxed words"), ("paragraph", "Beside it"), ("alt", "A nurse at work")]


def test_comments_hang_on_their_paragraph_and_are_no_copy() -> None:
    """A comment silences what its paragraph says."""
    source = read(paragraph("Quiet") + paragraph("Botox", comment="7"), comments={"7": "menulint: ignore -- staff"})
    (comment,) = source.comments
    assert (comment.text.strip(), source.text[comment.start : comment.end]) == ("menulint: ignore -- staff", "Botox")
    assert blocks(source) == [("paragraph", "Quiet"), ("paragraph", "Botox")]


def test_headers_notes_title_and_links_are_read() -> None:
    """Each says where it stands."""
    link = '<w:p><w:hyperlink r:id="rId5"><w:r><w:t>Our site</w:t></w:r></w:hyperlink></w:p>'
    source = read(
        link,
        title="A menu of treatments",
        header=paragraph("Proven care"),
        footnotes=f"<w:footnote>{paragraph('Results vary.')}</w:footnote>",
        links=[("rId5", "hyperlink", "https://example.org")],
    )
    assert [(b.pointer, b.role.value, b.text) for b in source.blocks] == [
        ("title", "title", "A menu of treatments"),
        ("paragraph 1", "paragraph", "Our site"),
        ("footnote", "paragraph", "Results vary."),
        ("header", "paragraph", "Proven care"),
    ]
    assert list(source.signal_values("link")) == ["https://example.org"]
    assert list(source.signal_values("title")) == ["A menu of treatments"]


@pytest.mark.parametrize("title", ["Untitled", "Microsoft Word - menu.docx", "menu final.docx", "Sin título 2", "x"])
def test_a_title_that_a_program_made_up_is_none(title: str) -> None:
    """Nobody ever reads it."""
    assert blocks(read(paragraph("Words"), title=title)) == [("paragraph", "Words")]


def test_a_document_of_another_program_says_the_same() -> None:
    """python-docx writes it, with the styles of Word's own template."""
    docx = pytest.importorskip("docx")
    made = docx.Document()
    made.add_heading("Skin menu", 0)
    made.add_heading("Regenerative", 1)
    made.add_paragraph("No downtime", style="List Bullet")
    made.add_paragraph("Plain words")
    out = io.BytesIO()
    made.save(out)
    source = read_bytes("a.docx", out.getvalue())
    assert [pair for pair in blocks(source) if pair[0] != "title"] == [
        ("heading", "Skin menu"),
        ("heading", "Regenerative"),
        ("list-item", "No downtime"),
        ("paragraph", "Plain words"),
    ]
