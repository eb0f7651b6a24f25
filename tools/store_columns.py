"""Write the columns of the store into docs/scanning.md, from where the program has them."""

from __future__ import annotations

import re
from pathlib import Path

from menulint.scanning.schema import SUMMARIES, TABLES

PAGE = Path(__file__).parents[1] / "docs" / "scanning.md"
_BETWEEN = re.compile(r"(?<=<!-- columns:begin -->\n).*?(?=<!-- columns:end -->)", re.DOTALL)


def tables() -> str:
    """The columns of every table, in Markdown."""
    return "".join(
        f"\n### {name}\n\n| column | type | holds |\n|---|---|---|\n"
        + "".join(f"| `{column.name}` | {_type(str(column.type))} | {column.holds} |\n" for column in columns)
        for name, columns in {**TABLES, **SUMMARIES}.items()
    )


def _type(name: str) -> str:
    return re.sub(r"(?:element|item): ", "", name).replace("timestamp[us]", "timestamp").replace("date32[day]", "date")


def page() -> str:
    """The page as it ought to be."""
    return _BETWEEN.sub(lambda _: tables() + "\n", PAGE.read_text("utf-8"))


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
