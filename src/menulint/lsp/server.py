"""The server: diagnostics as one types, hovers with the law, actions to reword, to suppress and to explain."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path
from pygls.workspace import TextDocument

from menulint.errors import MenulintError
from menulint.finding import Finding, Place
from menulint.lsp.checking import Checked, Checker, position_at
from menulint.lsp.wording import hover, suppression
from menulint.source import LineIndex, Position
from menulint.version import __version__

DELAY = 0.3
"""Seconds without a keystroke after which a document is checked."""

EXPLAIN = "menulint.explain"
_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}
_ENDINGS = {
    "markdown": ".md", "html": ".html", "javascriptreact": ".jsx", "typescriptreact": ".tsx", "javascript": ".js",
    "typescript": ".ts", "php": ".php", "vue": ".vue", "json": ".json", "yaml": ".yaml", "plaintext": ".txt",
}  # fmt: skip
"""The file name ending of a document that has no file yet, by the editor's name of its language."""


class MenulintServer(LanguageServer):
    """Holds the last report on each open document."""

    def __init__(self, packs: tuple[Path, ...] = ()) -> None:
        super().__init__("menulint", __version__)
        self.checker = Checker(packs)
        self.checked: dict[str, Checked] = {}
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._pool = ThreadPoolExecutor(1, "menulint")
        self._told: set[str] = set()

    def soon(self, uri: str, delay: float) -> None:
        """Check a document after a pause; a further change begins the pause anew."""
        if waiting := self._waiting.pop(uri, None):
            waiting.cancel()
        self._waiting[uri] = asyncio.get_running_loop().create_task(self._later(uri, delay))

    def forget(self, uri: str) -> None:
        """A document was closed: its diagnostics go."""
        if waiting := self._waiting.pop(uri, None):
            waiting.cancel()
        self.checked.pop(uri, None)
        self._publish(uri, [])

    async def _later(self, uri: str, delay: float) -> None:
        await asyncio.sleep(delay)
        document = self.workspace.get_text_document(uri)
        text, number = document.source, document.version
        try:
            checked = await asyncio.get_running_loop().run_in_executor(
                self._pool, self.checker.check, _path(document), text
            )
        except MenulintError as error:
            self._tell(str(error))
            return
        if self._is_closed(uri) or document.version != number:
            return
        if checked is None:
            self.checked.pop(uri, None)
            self._publish(uri, [])
            return
        self.checked[uri] = checked
        self._publish(uri, self._diagnostics(uri, checked), number)

    def _is_closed(self, uri: str) -> bool:
        """Whether no open document has this address; pygls keeps them without their escapes (``%5Bslug%5D``)."""
        return unquote(uri) not in self.workspace.text_documents

    def _publish(self, uri: str, diagnostics: list[types.Diagnostic], number: int | None = None) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, number))

    def _tell(self, message: str) -> None:
        """Say what is wrong with a configuration, once."""
        if message not in self._told:
            self._told.add(message)
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"menulint: {message}"))

    def _diagnostics(self, uri: str, checked: Checked) -> list[types.Diagnostic]:
        index = LineIndex(checked.text)
        return [self._diagnostic(uri, finding, place, index) for finding, place in checked.places()]

    def _diagnostic(self, uri: str, finding: Finding, place: Place, index: LineIndex) -> types.Diagnostic:
        own = place.start == finding.start
        related = [
            types.DiagnosticRelatedInformation(
                types.Location(uri, self.range(part.start, part.end, index)), part.message or part.role
            )
            for part in (finding.related if own else ())
        ]
        return types.Diagnostic(
            range=self.range(place.start, place.end, index),
            severity=_SEVERITIES[finding.severity],
            code=finding.rule,
            code_description=types.CodeDescription(finding.help) if finding.help else None,
            source="menulint",
            message=" ".join(part for part in (finding.message, finding.rewrite) if part),
            related_information=related or None,
            data={"fingerprint": place.fingerprint},
        )

    def range(self, start: Position, end: Position, index: LineIndex) -> types.Range:
        """A range in the units the client counts in (UTF-16 unless it asked for others)."""
        return types.Range(self._position(start, index), self._position(end, index))

    def _position(self, at: Position, index: LineIndex) -> types.Position:
        before = index.line_text(at.line)[: at.column - 1]
        return types.Position(at.line - 1, self.workspace.position_codec.client_num_units(before))

    def place_of(self, at: types.Position, text: str) -> Position:
        """A position of the client's in code points."""
        index = LineIndex(text)
        line = index.line_text(min(at.line + 1, len(index)))
        units = self.workspace.position_codec.client_num_units
        column, used = 0, 0
        while column < len(line) and used < at.character:
            used += units(line[column])
            column += 1
        return position_at(text, at.line, column)


def _path(document: TextDocument) -> Path:
    """The file of a document; one that was never saved gets the ending of its language."""
    path = to_fs_path(document.uri)
    if document.uri.startswith("file:") and path:
        return Path(path)
    return Path("untitled" + _ENDINGS.get(document.language_id or "", ".txt"))


def make_server(packs: tuple[Path, ...] = ()) -> MenulintServer:
    """The server with all it can do, not yet listening."""
    server = MenulintServer(packs)
    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(_opened)
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(_changed)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(_saved)
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(_closed)
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(_settings_changed)
    server.feature(types.TEXT_DOCUMENT_HOVER)(_hover)
    kinds = types.CodeActionOptions([types.CodeActionKind.QuickFix])
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)(_actions)
    server.command(EXPLAIN)(_explain)
    return server


def serve(packs: tuple[Path, ...] = ()) -> None:
    """Speak with an editor over standard input and output until it says good-bye."""
    make_server(packs).start_io()


def _opened(server: MenulintServer, params: types.DidOpenTextDocumentParams) -> None:
    server.soon(params.text_document.uri, 0)


def _changed(server: MenulintServer, params: types.DidChangeTextDocumentParams) -> None:
    server.soon(params.text_document.uri, DELAY)


def _saved(server: MenulintServer, params: types.DidSaveTextDocumentParams) -> None:
    server.soon(params.text_document.uri, 0)


def _closed(server: MenulintServer, params: types.DidCloseTextDocumentParams) -> None:
    server.forget(params.text_document.uri)


def _settings_changed(server: MenulintServer, params: types.DidChangeWatchedFilesParams) -> None:
    """A configuration or baseline changed: everything open is checked again."""
    for document in list(server.workspace.text_documents.values()):
        server.soon(document.uri, 0)


def _hover(server: MenulintServer, params: types.HoverParams) -> types.Hover | None:
    checked = server.checked.get(params.text_document.uri)
    if checked is None:
        return None
    at = server.place_of(params.position, checked.text)
    found = checked.found(at, at)
    if not found:
        return None
    text = "\n\n---\n\n".join(hover(finding, checked.provisions) for finding, _ in found)
    place = found[0][1]
    where = server.range(place.start, place.end, LineIndex(checked.text))
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), where)


def _actions(server: MenulintServer, params: types.CodeActionParams) -> list[types.CodeAction | types.Command]:
    uri = params.text_document.uri
    checked = server.checked.get(uri)
    if checked is None:
        return []
    start = server.place_of(params.range.start, checked.text)
    end = server.place_of(params.range.end, checked.text)
    actions: list[types.CodeAction | types.Command] = []
    for finding, place in checked.found(start, end):
        own = [d for d in params.context.diagnostics if _is_of(d, place)]
        actions += list(_fixes(server, uri, checked, place, own))
        if made := _suppress(uri, checked, finding, place, own):
            actions.append(made)
        explain = f"Explain {finding.rule} {finding.name}"
        actions.append(types.Command(explain, EXPLAIN, arguments=[uri, place.fingerprint]))
    return actions


def _is_of(diagnostic: types.Diagnostic, place: Place) -> bool:
    return isinstance(diagnostic.data, dict) and diagnostic.data.get("fingerprint") == place.fingerprint


def _fixes(
    server: MenulintServer, uri: str, checked: Checked, place: Place, own: list[types.Diagnostic]
) -> list[types.CodeAction]:
    """The rewordings of a finding at one of its places."""
    index = LineIndex(checked.text)
    return [
        types.CodeAction(
            f"Reword: “{fix.reads}”",
            types.CodeActionKind.QuickFix,
            diagnostics=own,
            is_preferred=fix.safe,
            edit=types.WorkspaceEdit(
                {uri: [types.TextEdit(server.range(e.start, e.end, index), e.text) for e in fix.edits]}
            ),
        )
        for fix in place.fixes
    ]


def _suppress(
    uri: str, checked: Checked, finding: Finding, place: Place, own: list[types.Diagnostic]
) -> types.CodeAction | None:
    index, number = LineIndex(checked.text), place.start.line
    before = index.line_text(number - 1) if number > 1 else ""
    comment = suppression(checked.result.format, finding.rule, index.line_text(number), place.block.pointer, before)
    if comment is None:
        return None
    at = types.Position(place.start.line - 1, 0)
    edit = types.WorkspaceEdit({uri: [types.TextEdit(types.Range(at, at), comment)]})
    title = f"Suppress {finding.rule} here, with a reason"
    return types.CodeAction(title, types.CodeActionKind.QuickFix, diagnostics=own, edit=edit)


def _explain(server: MenulintServer, uri: str, fingerprint: str) -> str | None:
    """What is said of a finding, as Markdown: for the client that asked, which may show it as it likes."""
    checked = server.checked.get(uri)
    for finding, place in checked.places() if checked else ():
        if checked and place.fingerprint == fingerprint:
            return hover(finding, checked.provisions)
    return None
