"""menulint: a compliance linter for aesthetic-clinic treatment menus and cosmetic copy.

The names in ``__all__`` are the interface for programs; each is imported when it is asked for, so that ``import menulint``
costs next to nothing. Everything else may change between releases.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from menulint.api import check_paths, check_text, load_pack
    from menulint.errors import MenulintError
    from menulint.finding import CONFIDENCES, SEVERITIES, VERDICTS, FileResult, Finding, ReportError
    from menulint.linter import Linter
    from menulint.options import Options
    from menulint.pack.model import Pack
    from menulint.version import __version__

__all__ = [
    "CONFIDENCES",
    "SEVERITIES",
    "VERDICTS",
    "FileResult",
    "Finding",
    "Linter",
    "MenulintError",
    "Options",
    "Pack",
    "ReportError",
    "__version__",
    "check_paths",
    "check_text",
    "load_pack",
]

_HOMES = {
    "menulint.api": ("check_paths", "check_text", "load_pack"),
    "menulint.errors": ("MenulintError",),
    "menulint.finding": ("CONFIDENCES", "SEVERITIES", "VERDICTS", "FileResult", "Finding", "ReportError"),
    "menulint.linter": ("Linter",),
    "menulint.options": ("Options",),
    "menulint.pack.model": ("Pack",),
    "menulint.version": ("__version__",),
}


if not TYPE_CHECKING:  # for a type checker the names are those above, and no others

    def __getattr__(name: str) -> Any:
        for home, names in _HOMES.items():
            if name in names:
                found = globals()[name] = getattr(import_module(home), name)
                return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(__all__)
