"""``menulint rules``: the patterns menulint looks for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from menulint.cli import _about, _show
from menulint.cli._law import Asked
from menulint.cli._options import pack_options, speaking_options
from menulint.errors import UsageError
from menulint.pack.load import load_pack
from menulint.ui import DEFAULT, catalogue


@click.group(name="rules", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List the rules, or show one."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_rules, pack=(), ui_lang=None, format_name="text")


@command.command(name="list")
@pack_options
@speaking_options
@click.option("--format", "format_name", type=click.Choice(("text", "json")), default="text", help="text or json.")
def list_rules(pack: tuple[Path, ...], ui_lang: str | None, format_name: str) -> None:
    """List all rules with what each one finds."""
    language = ui_lang or DEFAULT
    rules = [rule for _, rule in sorted(load_pack(pack).rules.items())]
    if format_name == "json":
        names = ("id", "name", "category", "status", "since")
        rows: list[dict[str, Any]] = [
            {**{name: getattr(rule, name) for name in names}, "what": rule.wording(language).what} for rule in rules
        ]
        _show.as_json({"rules": rows})
    elif rules:
        _show.table([(rule.id, rule.name, rule.category, rule.status, rule.wording(language).what) for rule in rules])


@command.command(name="show")
@click.argument("rule")
@pack_options
@speaking_options
def show_rule(rule: str, pack: tuple[Path, ...], ui_lang: str | None) -> None:
    """Show a rule (by code or name) with its examples and the law behind it."""
    loaded = load_pack(pack)
    found = _about.rule_named(loaded, rule)
    if found is None:
        raise UsageError(f"no rule is called {rule!r}{_about.suggestion(rule, _about.rule_names(loaded))}")
    _about.show_rule(loaded, found, catalogue(ui_lang or DEFAULT), Asked(date.today()))
