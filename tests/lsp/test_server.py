"""A real client speaks with the server over standard input and output."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

from menulint.lsp.wording import COMMENTS, suppression
from menulint.readers import reader_names

CLAIM = "# Menü 𝒜\n\nOur clinic: £ 😀 exosome injections, book now.\n"
"""The emoji takes two units of UTF-16 and one code point."""


@pytest_lsp.fixture(  # type: ignore[untyped-decorator]
    config=ClientServerConfig(server_command=[sys.executable, "-m", "menulint", "lsp", "--stdio"])
)
async def client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    """An editor as Visual Studio Code describes itself."""
    parameters = types.InitializeParams(capabilities=client_capabilities("visual-studio-code"))
    await lsp_client.initialize_session(parameters)
    yield
    await lsp_client.shutdown_session()


async def opened(client: LanguageClient, path: Path, text: str, version: int = 1) -> list[types.Diagnostic]:
    """Open a document and wait for what is said of it."""
    item = types.TextDocumentItem(path.as_uri(), "markdown", version, text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    return await said(client, path)


async def said(client: LanguageClient, path: Path) -> list[types.Diagnostic]:
    await asyncio.wait_for(client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS), 120)
    return list(client.diagnostics[path.as_uri()])


def ours(path: Path) -> types.TextDocumentIdentifier:
    return types.TextDocumentIdentifier(path.as_uri())


@pytest.mark.asyncio
async def test_a_claim_is_marked_while_it_is_written(client: LanguageClient, tmp_path: Path) -> None:
    """Opened, hovered over, acted on, corrected, closed: columns in UTF-16."""
    path = tmp_path / "menu.md"
    (tmp_path / "menulint.toml").write_text('jurisdiction = ["GB"]\n', "utf-8")
    (found,) = [d for d in await opened(client, path, CLAIM) if d.code == "RTE001"]
    line = CLAIM.splitlines()[2]
    start = len(line[: line.index("exosome")].encode("utf-16-le")) // 2
    assert (found.range.start.line, found.range.start.character) == (2, start)
    assert found.range.end.character == start + len("exosome injections")
    assert found.severity == types.DiagnosticSeverity.Error

    inside = types.Position(2, start + 3)
    hover = await client.text_document_hover_async(types.HoverParams(ours(path), inside))
    assert hover is not None
    assert isinstance(hover.contents, types.MarkupContent)
    assert "https://www.legislation.gov.uk" in hover.contents.value
    assert await client.text_document_hover_async(types.HoverParams(ours(path), types.Position(0, 0))) is None

    context = types.CodeActionContext([found])
    actions = await client.text_document_code_action_async(types.CodeActionParams(ours(path), found.range, context))
    suppress = next(
        a for a in actions or () if isinstance(a, types.CodeAction) and a.title.startswith("Suppress RTE001")
    )
    assert suppress.edit
    assert suppress.edit.changes
    (edit,) = suppress.edit.changes[path.as_uri()]
    assert edit.range.start == types.Position(2, 0)
    explain = next(a for a in actions or () if isinstance(a, types.Command))
    asked = types.ExecuteCommandParams(explain.command, explain.arguments)
    assert "RTE001" in str(await client.workspace_execute_command_async(asked))

    silenced = CLAIM.splitlines(keepends=True)
    silenced.insert(2, edit.new_text)
    change: Any = types.TextDocumentContentChangeWholeDocument("".join(silenced))
    item = types.VersionedTextDocumentIdentifier(2, path.as_uri())
    client.text_document_did_change(types.DidChangeTextDocumentParams(item, [change]))
    assert [d for d in await said(client, path) if d.code == "RTE001"] == []

    client.text_document_did_close(types.DidCloseTextDocumentParams(ours(path)))
    assert await said(client, path) == []


@pytest.mark.asyncio
async def test_a_mistake_in_the_configuration_is_told(client: LanguageClient, tmp_path: Path) -> None:
    """And the server goes on; the document of another folder has a configuration of its own."""
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "menulint.toml").write_text("jurisdictoin = ['GB']\n", "utf-8")
    item = types.TextDocumentItem((tmp_path / "broken" / "a.md").as_uri(), "markdown", 1, CLAIM)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    await asyncio.wait_for(client.wait_for_notification(types.WINDOW_SHOW_MESSAGE), 120)
    assert "did you mean jurisdiction?" in client.messages[-1].message
    (tmp_path / "menulint.toml").write_text('jurisdiction = ["GB"]\n', "utf-8")
    assert any(d.code == "RTE001" for d in await opened(client, tmp_path / "b.md", CLAIM))


@pytest.mark.parametrize(
    ("format", "line", "comment"),
    [
        ("markdown", "x", "<!-- menulint: ignore-next-line[RTE001] -- why it may stay -->\n"),
        ("javascript", "  title: 'x',", "  // menulint: ignore-next-line[RTE001] -- why it may stay\n"),
        ("yaml", "- x", "# menulint: ignore-next-line[RTE001] -- why it may stay\n"),
    ],
)
def test_a_suppression_is_a_comment_of_its_format(format: str, line: str, comment: str) -> None:
    """Indented as the line it stands above."""
    assert suppression(format, "RTE001", line) == comment


@pytest.mark.parametrize(
    ("before", "line", "sign"),
    [
        ("<div>", "  <p>Soft skin</p>", "{/* "),
        ("</p>", "  Soft skin for you", "{/* "),
        ("return (", "  <p>Soft skin</p>", "// "),
        ("items.map((item) =>", "  <p>Soft skin</p>", "// "),
        ("const items = [", "  'Soft skin',", "// "),
    ],
)
def test_a_comment_in_jsx_is_none_that_is_shown_or_breaks_it(before: str, line: str, sign: str) -> None:
    """Between tags in braces, where code stands as in code."""
    assert (suppression("javascript", "RTE001", line, None, before) or "").lstrip().startswith(sign)


@pytest.mark.parametrize(
    ("format", "before", "line"),
    [
        ("javascript", "Our clinic has", "soft skin for you"),
        ("markdown", "Our clinic has", "soft skin for you"),
        ("markdown", "| Peel | £80 |", "| Oil | £90 |"),
        ("yaml", "text: |", "  Soft skin for you"),
        ("gettext", 'msgid "peel"', 'msgstr "Soft skin"'),
        ("toml", 'text = """', "Soft skin for you"),
    ],
)
def test_no_comment_is_offered_in_the_midst_of_a_text(format: str, before: str, line: str) -> None:
    """It would be shown, or part what belongs together."""
    assert suppression(format, "RTE001", line, None, before) is None


@pytest.mark.asyncio
async def test_a_name_with_brackets_and_blanks_is_one_like_others(client: LanguageClient, tmp_path: Path) -> None:
    """As routes of sites have them; editors escape them."""
    path = tmp_path / "[slug] page.md"
    assert "%5Bslug%5D%20page" in path.as_uri()
    assert [d for d in await opened(client, path, CLAIM) if d.code == "RTE001"]


@pytest.mark.parametrize(
    ("format", "line", "pointer"),
    [
        ("html", '"name": "x"', "/name"),
        ("php", "$title = 'x';", None),
        ("vue", "title: 'x',", None),
        ("markdown", "title: x", "/title"),
    ],
)
def test_no_comment_is_offered_that_would_break_the_file(format: str, line: str, pointer: str | None) -> None:
    """Code beside markup, and the data at the head of a page."""
    assert suppression(format, "RTE001", line, pointer) is None


def test_every_format_with_a_comment_is_one_that_is_read() -> None:
    """A name that no reader has would never be asked for."""
    assert set(COMMENTS) <= set(reader_names())


def test_json_has_no_comments() -> None:
    """So there is nothing to add."""
    assert suppression("json", "RTE001", '"a": "x"') is None
