"""The protocol's own client asks the server, as an assistant would."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

mcp = pytest.importorskip("mcp")

CLAIM = "Our clinic: exosome injections £300. Book now."


def ask(questions: Callable[[Any], Awaitable[None]]) -> None:
    """Start a server, ask it, stop it."""
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    async def talk() -> None:
        parameters = StdioServerParameters(command=sys.executable, args=["-m", "menulint", "mcp"], env=dict(os.environ))
        async with stdio_client(parameters) as (read, write), ClientSession(read, write) as session:
            await session.initialize()
            await questions(session)

    asyncio.run(asyncio.wait_for(talk(), 180))


def test_an_assistant_checks_copy_and_asks_why() -> None:
    """Three tools; a claim comes with its law and what to write; a refusal is no claim; nonsense is an error it can read."""

    async def questions(session: Any) -> None:
        tools = await session.list_tools()
        assert {tool.name for tool in tools.tools} == {"check_text", "rewrite_text", "explain"}

        found = await session.call_tool("check_text", {"text": CLAIM, "jurisdiction": ["GB"]})
        (claim,) = [f for f in value(found)["findings"] if f["rule"] == "RTE001"]
        assert claim["text"] == "exosome injections"
        assert any(law["url"].startswith("https://www.legislation.gov.uk") for law in claim["law"])
        assert claim["write_instead"]

        denied = await session.call_tool("check_text", {"text": "Book now. We do not offer exosome injections."})
        assert not [f for f in value(denied)["findings"] if f["rule"] == "RTE001"]

        reworded = await session.call_tool("rewrite_text", {"text": CLAIM, "jurisdiction": ["GB"]})
        assert value(reworded)["text"] == CLAIM
        assert value(reworded)["to_change"][0]["rule"] == "RTE001"

        rule = await session.call_tool("explain", {"name": "cosmetic-for-injection"})
        assert {law["in"] for law in value(rule)["law"]} >= {"GB", "EU"}

        wrong = await session.call_tool("check_text", {"text": "x", "jurisdiction": ["ZZZ"]})
        assert error(wrong) is True
        assert "ZZZ" in str(wrong.content)

    ask(questions)


def value(answer: Any) -> dict[str, Any]:
    """The structured part of an answer."""
    found: dict[str, Any] = answer.structured_content
    return found


def error(answer: Any) -> bool:
    return bool(answer.is_error)
