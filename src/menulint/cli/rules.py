"""``menulint rules``: the patterns menulint looks for, and how the law behind them moves."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from menulint.cli import _about, _complete, _law, _over_time, _show
from menulint.cli._law import Asked
from menulint.cli._options import comma_lists, day, pack_options, speaking_options
from menulint.errors import UsageError
from menulint.pack.load import load_pack
from menulint.pack.model import Pack, Rule
from menulint.ui import DEFAULT, catalogue

STALE_DAYS = 365
REFERENCE = ("EU", "GB", "US")
_VERSION = re.compile(r"\d+(?:\.\d+){1,2}")


def _day_or_version(_: click.Context, __: click.Parameter, value: str | None) -> date | str | None:
    return value if value is None or _VERSION.fullmatch(value) else day(value)


_LISTING = (
    pack_options,
    speaking_options,
    click.option("--format", "format_name", type=click.Choice(("text", "json")), default="text", help="text or json."),
    click.option(
        "--changed-since",
        metavar="DATE|VERSION",
        callback=_day_or_version,
        help="What law began, ended, is announced or was reviewed since a day; or the rules new since a version (0.1.0).",
    ),
    click.option(
        "--not-reviewed-since",
        type=day,
        metavar="DATE",
        help="What was last reviewed before a day. Exit code 1 if anything.",
    ),
    click.option(
        "--stale",
        is_flag=False,
        flag_value=STALE_DAYS,
        type=click.IntRange(min=1),
        metavar="[DAYS]",
        help=f"What was not reviewed for so many days ({STALE_DAYS}). Exit code 1 if anything.",
    ),
    click.option(
        "--jurisdiction",
        multiple=True,
        metavar="CODES",
        callback=comma_lists,
        help="Only the law of these places.",
        shell_complete=_complete.places,
    ),
    click.option("--as-of", type=day, metavar="DATE", help="Counted from this day (default: today)."),
)


def _listing(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a list of rules."""
    for option in reversed(_LISTING):
        command = option(command)
    return command


@click.group(name="rules", invoke_without_command=True)
@_listing
@click.pass_context
def command(ctx: click.Context, /, **options: Any) -> None:
    """List the rules, show one, or say what changed in the law behind them."""
    if ctx.invoked_subcommand is None:
        ctx.exit(_run(options))


@command.command(name="list")
@_listing
@click.pass_context
def list_rules(ctx: click.Context, /, **options: Any) -> None:
    """List all rules with what each one finds, or what changed."""
    ctx.exit(_run(options))


@dataclass(frozen=True, slots=True)
class _Report:
    """What a listing works with."""

    pack: Pack
    wanted: Asked
    language: str
    as_json: bool

    def changes(self, since: date) -> int:
        if self.as_json:
            _show.as_json(_over_time.changes_value(self.pack, since, self.wanted))
        else:
            _over_time.show_changes(self.pack, since, self.wanted, catalogue(self.language))
        return 0

    def stale(self, before: date) -> int:
        if self.as_json:
            value = _over_time.stale_value(self.pack, before, self.wanted)
            _show.as_json(value)
            return 1 if value["provisions"] or value["evidence"] else 0
        return int(_over_time.show_stale(self.pack, before, self.wanted, catalogue(self.language)))

    def listed(self, version: str) -> int:
        """All rules, or those that came with a version or a later one."""
        least = _numbers(version)
        rules = [rule for _, rule in sorted(self.pack.rules.items()) if _numbers(rule.since) >= least]
        if self.as_json:
            _show.as_json({"rules": [_row(rule, self.language) for rule in rules]})
        elif rules:
            _show.table([(r.id, r.name, r.category, r.status, r.wording(self.language).what) for r in rules])
        return 0


def _run(options: dict[str, Any]) -> int:
    since, before, days = options["changed_since"], options["not_reviewed_since"], options["stale"]
    if sum(value is not None for value in (since, before, days)) > 1:
        raise click.UsageError("give one of --changed-since, --not-reviewed-since and --stale")
    on = options["as_of"] or date.today()
    pack = load_pack(options["pack"])
    wanted = _law.asked(pack, [code.upper() for code in options["jurisdiction"]], REFERENCE, on)
    report = _Report(pack, wanted, options["ui_lang"] or DEFAULT, options["format_name"] == "json")
    if isinstance(since, date):
        return report.changes(since)
    if before or days:
        return report.stale(before or on - timedelta(days=days))
    return report.listed(since or "")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part)


def _row(rule: Rule, language: str) -> dict[str, Any]:
    names = ("id", "name", "category", "status", "since")
    return {**{name: getattr(rule, name) for name in names}, "what": rule.wording(language).what}


@command.command(name="show")
@click.argument("rule", shell_complete=_complete.rules)
@pack_options
@speaking_options
def show_rule(rule: str, pack: tuple[Path, ...], ui_lang: str | None) -> None:
    """Show a rule (by code or name) with its examples and the law behind it."""
    loaded = load_pack(pack)
    found = _about.rule_named(loaded, rule)
    if found is None:
        raise UsageError(f"no rule is called {rule!r}{_about.suggestion(rule, _about.rule_names(loaded))}")
    _about.show_rule(loaded, found, catalogue(ui_lang or DEFAULT), Asked(date.today()))
