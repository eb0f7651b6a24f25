"""python -m benchmarks.growth [--words 0,1000,5000,20000,50000] [--plot FILE.svg]: does a larger lexicon make pages slower?

A pack of invented words is added to menulint's own, as ``--pack`` does, and the same pages are checked with each number of
words. They stand on no page: what is measured is what it costs to look for them. The sizes take turns; printed are processor
seconds per megabyte, the median of ``ROUNDS``, start left out. The plot needs matplotlib: ``pip install --group benchmarks``.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks import pages
from benchmarks.guard import linter, seconds
from benchmarks.measuring import progress

ROUNDS = 3
SYLLABLES = "ba ce dri fo gul hest ki lor mup nav ost pli quo rem sti tor urv wex yal zin".split()


def invented(count: int) -> list[str]:
    """So many words that no language has; every third is a pair of words."""
    dice = random.Random(1)  # noqa: S311  # reproducible, and guards nothing
    found: dict[str, None] = {}
    while len(found) < count:
        word = "".join(dice.choices(SYLLABLES, k=5))
        found[f"{word} {dice.choice(SYLLABLES)}{dice.choice(SYLLABLES)}" if len(found) % 3 == 0 else word] = None
    return list(found)


def pack_of(folder: Path, count: int) -> Path:
    """A pack with so many more forms of a concept that begins rules."""
    lexicon = folder / "lexicons" / "en"
    lexicon.mkdir(parents=True)
    forms = invented(count)
    entry = {
        "concept": "effect.regenerate",
        "forms": forms,
        "flagged": [f"Our cream brings {forms[0]}."],
        "allowed": ["Our cream is white."],
        "source": "invented for a benchmark",
    }
    (lexicon / "invented.yaml").write_text(json.dumps([entry]), "utf-8")  # JSON is YAML
    return folder


def measured(counts: list[int], megabytes: float) -> dict[int, float]:
    """Processor seconds per megabyte, by how many words were added."""
    with tempfile.TemporaryDirectory() as name:
        corpus = Path(name) / "pages"
        size = pages.write(corpus, megabytes, density=0.5) / 1e6
        runs = {}
        for count in counts:
            runs[count] = linter(corpus, [pack_of(Path(name) / str(count), count)] if count else [])
            runs[count]()
            progress(f"{count:,} words added: the pack is ready")
        rounds = [{count: seconds(run) / size for count, run in runs.items()} for _ in range(ROUNDS)]
    return {count: statistics.median(each[count] for each in rounds) for count in counts}


def plot(figures: Mapping[int, float], file: Path) -> None:
    """Draw seconds per megabyte over words added."""
    from matplotlib import use

    use("svg")
    from matplotlib import pyplot, rcParams

    rcParams["svg.fonttype"] = "none"
    rcParams["svg.hashsalt"] = "menulint"  # the same figures make the same file
    figure, axes = pyplot.subplots(figsize=(7, 3.6), layout="constrained")
    axes.plot([count / 1000 for count in figures], list(figures.values()), marker="o", color="#2b4a5e")
    for count, each in (next(iter(figures.items())), list(figures.items())[-1]):
        axes.annotate(f"{each:.1f}", (count / 1000, each), textcoords="offset points", xytext=(0, 8), ha="center")
    axes.set_ylim(0, max(figures.values()) * 1.3)
    axes.set_xlabel("thousand words added to the pack")
    axes.set_ylabel("CPU seconds per MB of pages")
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color="#dddddd")
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, metadata={"Date": None})


def main() -> None:
    """Measure, print, draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", default="0,1000,5000,20000,50000")
    parser.add_argument("--mb", type=float, default=0.3)
    parser.add_argument("--plot", type=Path, metavar="FILE")
    asked = parser.parse_args()
    figures = measured([int(count) for count in asked.words.split(",")], asked.mb)
    first = next(iter(figures.values()))
    for count, each in figures.items():
        print(f"{count:>8,} words added{each:>8.2f} s per MB{each / first:>8.2f} of the first")
    if asked.plot:
        plot(figures, asked.plot)


if __name__ == "__main__":
    main()
