"""``menulint config``: which settings apply to a path, and where each one comes from."""

from __future__ import annotations

from pathlib import Path

import click

from menulint.cli import _show
from menulint.config import KEYS, Allowed, Config, Configs, matches
from menulint.finding import SEVERITIES
from menulint.product import Product
from menulint.proof import Proof
from menulint.ui import DEFAULT

_DEFAULTS = {
    "jurisdiction": ("auto",),
    "fail_on": "error",
    "min_confidence": "low",
    "reference_set": ("EU", "GB", "US"),
    "ui_lang": DEFAULT,
}


@click.command(name="config", short_help="Show which settings apply, and where they come from.")
@click.argument("path", default=".", type=click.Path(path_type=Path))
def command(path: Path) -> None:
    """Show the settings that apply to PATH, and from which file and line each one comes."""
    config = Configs().nearest(path if path.is_dir() else path.parent)
    _show.line(f"configuration: {config.path.as_posix() if config else 'none found'}")
    rows = [(key, *_setting(key, config, path)) for key in KEYS]
    _show.table([(key, value, origin) for key, value, origin in rows if value])


def _setting(key: str, config: Config | None, path: Path) -> tuple[str, str]:
    """The value in words and its origin."""
    if config is not None:
        name = config.path.as_posix()
        relative = config.relative(path) or ""
        for override in reversed(config.overrides):
            if key in override.values and matches(override.paths, relative):
                where = override.origins.get(key, name)
                return _words(override.values[key]), f"{where}, [[overrides]] for {', '.join(override.paths)}"
        if key in config.values:
            return _words(config.values[key]), config.origins.get(key, name)
    return _words(_DEFAULTS.get(key, "")), "default"


def _words(value: object) -> str:
    if isinstance(value, Allowed):
        return f"“{value.text}” ({value.reason})"
    if isinstance(value, Product):
        return f"“{value.name}” ({', '.join((value.kind, *value.concepts))})"
    if isinstance(value, Proof):
        return f"“{value.claim}” ({', '.join(value.documents)})"
    if isinstance(value, tuple) and len(value) == 2 and value[1] in SEVERITIES:
        return f"{value[0]} is {value[1]}"
    return ", ".join(map(_words, value)) if isinstance(value, tuple) else str(value)
