"""``menulint mcp``: the assistant's hook, over standard input and output."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from menulint.cli._options import pack_options
from menulint.errors import UsageError


@click.command(name="mcp", short_help="Serve an assistant (Model Context Protocol).")
@pack_options
def command(pack: tuple[Path, ...], **_: Any) -> int:
    """Serve an assistant over standard input and output, until it hangs up."""
    try:
        from menulint.mcp.server import serve
    except ImportError as missing:
        raise UsageError(f"menulint mcp needs {missing.name}: pip install 'menulint[assistant]'") from missing
    serve(pack)
    return 0
