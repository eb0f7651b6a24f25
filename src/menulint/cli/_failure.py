"""What goes to standard error."""

from __future__ import annotations

import click

from menulint.reporters._snippet import safe


def complain(message: str) -> None:
    """Print a message of one or several lines to standard error, with nothing in it that a terminal obeys."""
    for line in message.split("\n"):
        click.echo(safe(line), err=True)
