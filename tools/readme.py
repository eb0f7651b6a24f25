"""Writes the report on docs/examples/menu.md into the README, between its two marks."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
COMMAND = ("check", "docs/examples/menu.md", "--jurisdiction", "GB", "--as-of", "2026-11-22", "--fail-on", "never")
_BETWEEN = re.compile(r"(?<=<!-- report:begin -->\n).*?(?=<!-- report:end -->)", re.DOTALL)


def report() -> str:
    """What the command prints, as Markdown."""
    call = [sys.executable, "-m", "menulint", *COMMAND]
    done = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=True)
    return f"\n```\n$ menulint {' '.join(COMMAND[:4])}\n{done.stdout}```\n\n"


def shown() -> str:
    """What stands in the README now."""
    found = _BETWEEN.search(README.read_text("utf-8"))
    return found.group() if found else ""


def main() -> None:
    """Bring the README up to date."""
    README.write_text(_BETWEEN.sub(lambda _: report(), README.read_text("utf-8")), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
