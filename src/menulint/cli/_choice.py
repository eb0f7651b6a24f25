"""Which findings of a scan a report looks at, by the options given."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from menulint.linter import Linter
from menulint.options import Options
from menulint.pack.load import load_pack

if TYPE_CHECKING:
    from menulint.scanning.gather import Choice

AUTO, ALL = "auto", "all"


def chosen(given: dict[str, Any]) -> tuple[Linter, Choice]:
    """Which findings count by the options given, and a linter, for what it knows of rules and places.

    Raises:
        UsageError: an option names a rule or a place that does not exist.
    """
    from menulint.scanning.gather import Choice

    linter = Linter(load_pack(given["pack"]), Options.of(given, as_of=date.today()))
    places = linter.options.jurisdiction
    if ALL in places:
        places = tuple(linter.pack.jurisdictions)
    return linter, Choice(
        min_severity=given["min_severity"],
        min_confidence=given["min_confidence"] or "low",
        rules=tuple(rule.id for rule in linter.rules) if given["select"] or given["ignore"] else (),
        places=() if AUTO in places else places,
    )
