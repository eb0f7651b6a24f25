"""The server: three tools over standard input and output, and nothing else; it opens no port and reads no file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

from menulint.errors import MenulintError
from menulint.mcp.answers import LIMITS, Assistant
from menulint.version import __version__

_INSTRUCTIONS = (
    "Check copy for clinics, cosmetics and supplements before it is published: call check_text with the copy and the places "
    f"it is sold in. A warning or a report of somebody else's claim is no finding. {LIMITS}"
)


def make_server(packs: tuple[Path, ...] = ()) -> MCPServer:
    """The server with its tools, not yet listening."""
    assistant = Assistant(packs)
    server = MCPServer("menulint", version=__version__, instructions=_INSTRUCTIONS, log_level="ERROR")

    @server.tool()
    def check_text(
        text: str,
        jurisdiction: list[str] | None = None,
        format: str = "markdown",
        genre: str | None = None,
        language: str = "en",
    ) -> dict[str, Any]:
        """Find claims in copy that law or evidence do not carry.

        Args:
            text: the copy, as it would be published.
            jurisdiction: where it is sold, as ISO codes (GB, IE, ES, US-CA, EU); left out: read from the text itself.
            format: markdown, html, text, json and others.
            genre: promotional, editorial, regulator, news, science, patient-info, policy, recruitment, code,
                other; left out: read from it.
            language: language of the answer, en or es.
        """
        return _answered(assistant.check, text, format, jurisdiction or ["auto"], genre, language)

    @server.tool()
    def rewrite_text(
        text: str,
        jurisdiction: list[str] | None = None,
        format: str = "markdown",
        genre: str | None = None,
        language: str = "en",
    ) -> dict[str, Any]:
        """Reword what is safe to reword, and list what a person must change, with wording that would pass.

        Arguments as for check_text.
        """
        return _answered(assistant.reword, text, format, jurisdiction or ["auto"], genre, language)

    @server.tool()
    def explain(name: str) -> dict[str, Any]:
        """Explain a rule (RTE001 or its name), a provision or a concept: what is found, why, by what law, with examples."""
        return _answered(assistant.explain, name)

    return server


def serve(packs: tuple[Path, ...] = ()) -> None:
    """Speak with an assistant over standard input and output until it hangs up."""
    make_server(packs).run("stdio")


def _answered(answer: Callable[..., dict[str, Any]], *arguments: Any) -> dict[str, Any]:
    """An answer, or the mistake in the question as the assistant should see it."""
    try:
        return answer(*arguments)
    except MenulintError as error:
        raise ToolError(str(error)) from error
