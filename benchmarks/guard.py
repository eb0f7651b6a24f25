"""python -m benchmarks.guard [--record]: fails when menulint has become much slower than what was written down.

What is held is no time, which says more about the machine, but processor time as a multiple of something of spaCy's, in
turns with it: of a plain ``PhraseMatcher`` over the same pages, and of ``import spacy`` for starts. Of each the median of
``ROUNDS``. ``guard.json`` holds the multiples of the day they were last recorded; more than ``TOLERATED`` times as much fails.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks import pages, startup
from benchmarks.peers.phrase_matcher import hits, tools
from benchmarks.terms import words

from menulint.linter import Linter, Options
from menulint.pack.load import load_pack

RECORDED = Path(__file__).with_suffix(".json")
TOLERATED = 1.5
ROUNDS = 3
MEGABYTES = 0.3


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of a call."""
    began = time.process_time()
    work()
    return time.process_time() - began


def phrase_matcher(folder: Path) -> Callable[[], object]:
    """What finds the terms with plain spaCy, ready to run."""
    nlp, matcher = tools(words())
    return lambda: hits(nlp, matcher, folder)


def linter(folder: Path, packs: Sequence[Path] = ()) -> Callable[[], object]:
    """What checks all files with menulint, ready to run; ``packs`` add to its own."""
    built = Linter(load_pack(packs, cached=not packs), Options())
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return lambda: [built.check_bytes(path.name, path.read_bytes()) for path in paths]


def measured() -> dict[str, float]:
    """The multiples, by what is measured."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages.write(folder, MEGABYTES, density=0.5)
        ours, theirs = linter(folder), phrase_matcher(folder)
        for warmed in (ours, theirs):  # what is made once is no part of it
            warmed()
        multiple = statistics.median(seconds(ours) / seconds(theirs) for _ in range(ROUNDS))
    starts = startup.medians(ROUNDS)
    return {
        "pages": round(multiple, 2),
        "start, clean file": round(starts["check, clean file"] / starts["import spacy"], 2),
        "start, file with findings": round(starts["check, file with findings"] / starts["import spacy"], 2),
    }


def slower(now: Mapping[str, float], recorded: Mapping[str, float]) -> list[str]:
    """What takes more than ``TOLERATED`` times as much as was recorded, in words."""
    return [
        f"{what}: {now[what]:.2f} times spaCy's processor time; recorded are {was:.2f}, tolerated {was * TOLERATED:.2f}"
        for what, was in recorded.items()
        if now[what] > was * TOLERATED
    ]


def main() -> int:
    """Measure and compare; 1 if something is slower."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", action="store_true", help="write down what is measured now")
    asked = parser.parse_args()
    now = measured()
    if asked.record:
        RECORDED.write_text(json.dumps(now, indent=1) + "\n", "utf-8")
    recorded = json.loads(RECORDED.read_text("utf-8"))
    for what, multiple in now.items():
        print(f"{what:28}{multiple:>6.2f} x spaCy, recorded {recorded[what]:.2f}")
    too_slow = slower(now, recorded)
    for line in too_slow:
        print(f"slower than it was: {line}", file=sys.stderr)
    if too_slow:
        print(
            "Find out why (docs/performance.md says how to profile). If it must be, `python -m benchmarks.guard --record`, "
            "and the changelog says what is gained for it.",
            file=sys.stderr,
        )
    return 1 if too_slow else 0


if __name__ == "__main__":
    sys.exit(main())
