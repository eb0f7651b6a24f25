"""How long menulint takes to start: processor seconds, medians of several runs, beside what its libraries take to import.

    python -m compileall -q src && python benchmarks/startup.py [RUNS]

A cold start is a process of its own; files of the operating system's cache are warm. The pack is compiled beforehand.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

CLEAN = "# Opening hours\n\nWe are open from nine to five on weekdays. Parking is behind the house.\n"
FOUND = "# Exosome injections\n\nOur exosome injections regenerate your skin. Book now, from £250.\n"
CHECK = ("-m", "menulint", "check", "--no-config")


def seconds(*arguments: str, folder: str) -> float:
    """Processor seconds, user and system, of one Python process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def medians(runs: int) -> dict[str, float]:
    """Processor seconds by what is started, the median of so many runs."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "clean.md").write_text(CLEAN, encoding="utf-8")
        Path(folder, "found.md").write_text(FOUND, encoding="utf-8")
        cases = {
            "import click": ("-c", "import click"),
            "import spacy": ("-c", "import spacy"),
            "check, clean file": (*CHECK, "--no-cache", "clean.md"),
            "check, file with findings": (*CHECK, "--no-cache", "found.md"),
            "check, kept result": (*CHECK, "found.md"),
        }
        for arguments in cases.values():
            seconds(*arguments, folder=folder)
        rounds = [{name: seconds(*a, folder=folder) for name, a in cases.items()} for _ in range(runs)]
    return {name: statistics.median(each[name] for each in rounds) for name in cases}


def lines(figures: dict[str, float]) -> list[str]:
    """One figure a line, with what it is in imports of Click and of spaCy."""
    click, spacy = figures["import click"], figures["import spacy"]
    return [
        f"{name:<28}{each:>7.3f} s{each / click:>8.1f} x click{each / spacy:>8.2f} x spaCy"
        for name, each in figures.items()
    ]


if __name__ == "__main__":
    print("\n".join(lines(medians(int(sys.argv[1]) if len(sys.argv) > 1 else 7))))
