"""``menulint lsp``: the language server, over standard input and output."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from menulint.cli._options import pack_options
from menulint.errors import UsageError


@click.command(name="lsp", short_help="Serve an editor (Language Server Protocol).")
@pack_options
@click.option("--stdio", is_flag=True, help="As editors call it; there is no other way.")
def command(pack: tuple[Path, ...], **_: Any) -> int:
    """Serve an editor over standard input and output, until it says good-bye."""
    try:
        from menulint.lsp.server import serve
    except ImportError as missing:
        raise UsageError(f"menulint lsp needs {missing.name}: pip install 'menulint[editor]'") from missing
    serve(pack)
    return 0
