"""The command line: the only place that knows Click. Each command is a module, imported when it is asked for.

Exit codes: 0 nothing at or above ``--fail-on``, 1 findings, 2 usage, configuration or pack error, 3 an input could not
be read, 4 internal error, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import Any, NoReturn

import click

from menulint.cli._failure import complain
from menulint.errors import MenulintError
from menulint.runs.defects import DEBUG, in_words
from menulint.runs.garbage import collect_rarely
from menulint.version import __version__

COMMANDS = (
    "check",
    "mentions",
    "extract",
    "explain",
    "rules",
    "lexicon",
    "test",
    "baseline",
    "substantiation",
    "fetch",
    "scan",
    "query",
    "evidence",
    "report",
    "compare",
    "init",
    "config",
    "serve",
    "lsp",
    "mcp",
)
INTERNAL = 4
INTERRUPTED = 130
PIPE_CLOSED = 141


class LazyGroup(click.Group):
    """Finds the command ``x`` in ``menulint.cli.x``, and imports nothing else for it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which a reader of ``--help`` meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As Click does it, with a suggestion for a mistyped name."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            unknown_command(args[0])
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """As Click does it, but an output closed early gives no message and not exit code 1, which means findings."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _drop_output()
            raise click.exceptions.Exit(PIPE_CLOSED) from None


def unknown_command(name: str) -> NoReturn:
    """Refuse a command that does not exist."""
    from difflib import get_close_matches

    near = get_close_matches(name, COMMANDS, 1)
    hint = f"did you mean {near[0]}?" if near else f"to check a file write: menulint check {name}"
    raise click.UsageError(f"no command is called {name!r}; {hint}")


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 nothing found at or above --fail-on, 1 findings, 2 usage, configuration or pack error, "
    "3 an input could not be read, 4 internal error. Completion of words by the shell, here bash: "
    'eval "$(_MENULINT_COMPLETE=bash_source menulint)" (or zsh_source; fish: docs/options.md).',
)
@click.version_option(__version__, "--version", prog_name="menulint")
def commands() -> None:
    """Find claims in clinic and cosmetic copy that the law or the evidence does not carry.

    menulint can say what is a problem, never that a page is compliant. It gives no legal advice.
    """


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code. Never raises, never shows a bare traceback."""
    _use_utf8()
    collect_rarely()
    try:
        code = commands.main(list(arguments), prog_name="menulint", standalone_mode=False)
        if not sys.stdout.closed:  # the language server closes it
            sys.stdout.flush()
    except (click.exceptions.Abort, KeyboardInterrupt):
        complain("menulint: interrupted; what was not checked is not reported")
        return INTERRUPTED
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except MenulintError as error:
        complain(f"menulint: {error}")
        return error.exit_code or INTERNAL
    except Exception as error:  # the last line of defence: whatever it is, it is shown as ours
        return _internal(error)
    return code if isinstance(code, int) else 0


def _use_utf8() -> None:
    """Reports are UTF-8 wherever they go; what cannot be encoded is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _drop_output() -> None:
    """Whoever read our output is gone: let the interpreter's last flush go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _internal(error: Exception) -> int:
    if os.environ.get(DEBUG):
        import traceback

        traceback.print_exception(error)
    else:
        complain(f"menulint: internal error: {in_words(error)}")
    return INTERNAL
