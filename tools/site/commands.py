"""The commands of menulint with their options, as Click knows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from inspect import cleandoc

import click

from menulint.cli import commands


@dataclass(frozen=True, slots=True)
class Command:
    """One command: ``usage`` as its ``--help`` begins, ``options`` as pairs of spelling and meaning."""

    name: str
    usage: str
    paragraphs: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    depth: int


def reference() -> Iterator[Command]:
    """Every command and subcommand, in the order of ``--help``."""
    yield from _below(click.Context(commands, info_name="menulint"), 0)


def _below(ctx: click.Context, depth: int) -> Iterator[Command]:
    command = ctx.command
    records = (parameter.get_help_record(ctx) for parameter in command.get_params(ctx))
    yield Command(
        ctx.command_path,
        " ".join((ctx.command_path, *command.collect_usage_pieces(ctx))),
        tuple(cleandoc(command.help or "").split("\n\n")),
        tuple(record for record in records if record and record[1] and "--help" not in record[0]),
        depth,
    )
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            if below := command.get_command(ctx, name):
                yield from _below(click.Context(below, info_name=name, parent=ctx), depth + 1)
