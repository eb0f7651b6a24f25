"""``menulint serve``: the page in a browser, for who would rather not type commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from menulint.cli._failure import complain
from menulint.cli._options import pack_options, speaking_options
from menulint.errors import UsageError

if TYPE_CHECKING:
    from menulint.web.guard import Hosts


@click.command(name="serve", short_help="Open a page in the browser to check copy with.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="The port; 0 is any that is free (default: 8642, or any if it is taken).",
)
@click.option("--open/--no-open", "opens", default=True, help="Whether to open the page in the browser.")
@speaking_options
@pack_options
@click.option("--no-config", is_flag=True, help="Read no configuration file.")
def command(
    host: str, port: int | None, opens: bool, ui_lang: str | None, pack: tuple[Path, ...], no_config: bool
) -> int:
    """Check copy in the browser: paste it or drop files, see what is a problem, by what law, and what to write instead.

    Everything stays on this machine: nothing is kept, and nothing is sent anywhere. Ctrl-C stops it.
    """
    try:
        from menulint.web.server import serve
    except ImportError as missing:
        raise UsageError(f"menulint serve needs {missing.name}: pip install 'menulint[web]'") from missing

    def ready(hosts: Hosts) -> None:
        complain(f"menulint: the page is at {hosts.address} (Ctrl-C stops it)")
        if not hosts.only_here:
            complain("menulint: whoever can reach this machine can use it; there is no password")
        if opens:
            click.launch(hosts.address)

    given = {"pack": pack, "ui_lang": ui_lang}
    try:
        serve(host, port, given, use_config=not no_config, ready=ready)
    except KeyboardInterrupt:
        complain("menulint: stopped")
    return 0
