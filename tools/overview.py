"""Writes the table of docs/rules-overview.md: every rule, and the strictest the law on file can be on it in a few places."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from menulint.engine.law import Law
from menulint.finding import SEVERITIES
from menulint.pack.load import load_pack

ROOT = Path(__file__).resolve().parent.parent
OVERVIEW = ROOT / "docs" / "rules-overview.md"
PLACES = ("EU", "ES", "GB", "US")
AS_OF = date(2026, 11, 22)
_TABLE = re.compile(r"^\| code \|.*", re.DOTALL | re.MULTILINE)


def table() -> str:
    """The table as Markdown, a line per rule in the order of the categories."""
    pack = load_pack()
    law = Law(pack, AS_OF)
    lines = [f"| code | name | what it finds | {' | '.join(PLACES)} |", "|---" * (3 + len(PLACES)) + "|"]
    for rule in pack.rules.values():
        strictest = (worst(law, rule.id, place) for place in PLACES)
        lines.append(f"| {rule.id} | {rule.name} | {rule.what} | {' | '.join(strictest)} |")
    return "\n".join(lines) + "\n"


def worst(law: Law, rule: str, place: str) -> str:
    """The strictest severity a provision can give a rule in a place, or a dash."""
    found = [backing.severity for _, backing in law.backing(rule, place)]
    return max(found, key=SEVERITIES.index, default="–")


def shown() -> str:
    """The table that stands in the file now."""
    found = _TABLE.search(OVERVIEW.read_text("utf-8"))
    return found.group() if found else ""


def main() -> None:
    """Bring the file up to date."""
    OVERVIEW.write_text(_TABLE.sub(lambda _: table(), OVERVIEW.read_text("utf-8")), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
