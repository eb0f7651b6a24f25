"""Holds measured quality to the floors in ``floors.json``.

A folder of labelled copy is no part of the repository. ``MENULINT_CORPUS`` names one whose scorer stands beside it
(``<corpus>/../tools/score.py --json OUT``). Floors are ``{"row": {"measure": value}}``: recall, any and precision may not fall
below theirs, alarms, noise and categories per span may not rise above. Traps count from ``FEWEST_PASSES`` passages on.

    python tests/quality/floors.py                       compare
    python tests/quality/floors.py --update              raise floors to what was measured
    python tests/quality/floors.py --update --allow-regression    lower them too; the changelog must say why
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.json"
ROWS = ("ALL texts", "lang en", "lang es")
HIGHER_IS_WORSE = {"alarms", "noise", "codes"}
FEWEST_PASSES = 40
"""A trap with fewer passages says too little for a floor."""
MARGIN = 0.015
"""One point and a half: some eleven of 740 labels, less than the labels' own noise."""


def measured(corpus: Path) -> dict[str, dict[str, float]]:
    """Figures by row, from the scorer beside the corpus."""
    scorer = corpus.resolve().parent / "tools" / "score.py"
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "score.json")
        program = Path(sys.executable).with_name("menulint")
        call = [sys.executable, str(scorer), "--menulint", str(program), "--json", str(out)]
        done = subprocess.run(call, capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stdout + done.stderr)
        print(done.stdout)
        counts = json.loads(out.read_text("utf-8"))
    return {name: figures(row) for name, row in counts.items() if is_held(name, row)}


def is_held(name: str, row: dict[str, int]) -> bool:
    """Whether a row of the scorer has floors."""
    return name in ROWS or name.startswith("issue ") or (name.startswith("trap ") and row["passes"] >= FEWEST_PASSES)


def figures(row: dict[str, int]) -> dict[str, float]:
    """The ratios of a row that has something to divide by."""
    ratios = {
        "recall": (row.get("hit", 0), row.get("flags", 0)),
        "any": (row.get("any", 0), row.get("flags", 0)),
        "alarms": (row.get("alarms", 0), row.get("passes", 0)),
        "precision": (row.get("right", 0), row.get("findings", 0)),
        "codes": (row.get("codes", 0), row.get("spans", 0)),
        "noise": (1000 * row.get("clean_findings", 0), row.get("clean_words", 0)),
    }
    return {name: round(top / bottom, 3) for name, (top, bottom) in ratios.items() if bottom}


def worse(measure: str, value: float, floor: float) -> bool:
    """Whether a figure breaks its floor by more than the margin."""
    return value > floor + MARGIN if measure in HIGHER_IS_WORSE else value < floor - MARGIN


def main() -> int:
    """Compare or update; exit status 1 if a floor is broken."""
    parser = argparse.ArgumentParser(description="Hold measured quality to its floors.")
    parser.add_argument("--update", action="store_true", help="write what was measured as the new floors")
    parser.add_argument("--allow-regression", action="store_true", help="with --update: lower floors too")
    options = parser.parse_args()
    found = measured(Path(os.environ.get("MENULINT_CORPUS", "../shared/corpus")))
    floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    broken = [
        f"{row} {measure}: {found.get(row, {}).get(measure)} against the floor {floor}"
        for row, measures in floors.items()
        for measure, floor in measures.items()
        if worse(measure, found.get(row, {}).get(measure, 0.0), floor)
    ]
    if options.update and (not broken or options.allow_regression):
        FLOORS.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        return 0
    print("\n".join(broken) or "no floor is broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
