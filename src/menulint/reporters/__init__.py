"""Reports: one module per format, found by walking this package. A module without a leading underscore is a format."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from menulint.errors import UsageError

if TYPE_CHECKING:
    from menulint.reporters.base import Reporter


def names() -> tuple[str, ...]:
    """The names of all formats, sorted; none of them is imported for it."""
    return tuple(sorted(m.name for m in iter_modules(__path__) if m.name != "base" and not m.name.startswith("_")))


def reporter(name: str) -> Reporter:
    """The reporter of that name.

    Raises:
        UsageError: no module of this package has that name.
    """
    if name not in names():
        raise UsageError(f"unknown format {name!r}; there are {', '.join(names())}")
    found: Reporter = import_module(f"{__name__}.{name}").REPORTER
    return found
