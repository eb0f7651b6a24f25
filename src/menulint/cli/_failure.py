"""What goes to standard error."""

from __future__ import annotations

import click


def complain(message: str) -> None:
    """Print a message of one or several lines to standard error, with nothing in it that a terminal obeys."""
    from menulint.reporters._snippet import safe

    for line in message.split("\n"):
        click.echo(safe(line), err=True)
