"""python -m benchmarks.speed [--mb 10] [--large 50] [--runs 3] [--json FILE]: menulint's speed beside its peers'.

Writes synthetic pages (``benchmarks/pages.py``; ``--corpus`` takes a folder of others) and prints for each program processor
seconds, seconds on the clock, peak memory, megabytes per processor second, and processor time as a multiple of a plain spaCy
``PhraseMatcher`` and of textlint. Each program is a process of its own, its start included; one round after the other, and of
each figure the median. ``benchmarks/peers/setup`` installs the peers; those that are not there are left out.

The programs do not do the same. grep, the PhraseMatcher, negspaCy and textlint look for the 368 terms that were planted;
proselint for what it always does; menulint for all it knows, who says it, and what the law makes of it.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import pages, startup
from benchmarks.measuring import Cost, cost, median, progress
from benchmarks.terms import words

HERE = Path(__file__).resolve().parent
CHECK = (sys.executable, "-m", "menulint", "check", "--no-config", "--no-cache", "--fail-on", "never")
MATCHER, TEXTLINT, OURS, TWO = "PhraseMatcher", "textlint", "menulint", "menulint --jobs 2"
FOUND = (0, 1)
"""Exit codes of programs that say 1 when they find something."""


@dataclass(frozen=True)
class Program:
    """A command line to which the folder of pages is added, or put where ``{}`` stands."""

    name: str
    command: tuple[str, ...]
    allowed: tuple[int, ...] = (0,)

    def on(self, folder: Path) -> list[str]:
        """The command line for a folder."""
        if any("{}" in word for word in self.command):
            return [word.replace("{}", str(folder)) for word in self.command]
        return [*self.command, str(folder)]


@dataclass(frozen=True)
class Row:
    """What a program cost on so many bytes. The processor time of several processes is not known from here."""

    name: str
    size: int
    cost: Cost

    @property
    def rate(self) -> float:
        """Megabytes per processor second."""
        return self.size / self.cost.cpu / 1e6


def ours(folder: Path, jobs: int, name: str = OURS) -> Program:
    """A run of menulint that writes its report into a folder."""
    return Program(name, (*CHECK, "--format", f"json={folder / 'report.json'}", "--jobs", str(jobs)))


def peers(installed: Path, folder: Path) -> Iterator[Program]:
    """Those that are there; the terms and settings they need are written into a folder."""
    terms = folder / "terms.txt"
    terms.write_text("".join(f"{word}\n" for word in words()), "utf-8")
    python, bin_of_node = installed / "python" / "bin", installed / "node_modules" / ".bin"
    if grep := shutil.which("grep"):
        yield Program("grep -F -f", (grep, "-r", "-i", "-o", "-F", "-f", str(terms)), FOUND)
    yield Program(MATCHER, (sys.executable, "-m", "benchmarks.peers.phrase_matcher", "{}", str(terms)))
    if (python / "proselint").exists():
        yield Program("negspaCy", (str(python / "python"), "-m", "benchmarks.peers.negation", "{}", str(terms)))
        yield Program("proselint", (str(python / "proselint"), "check", "-o", "json"), FOUND)
    if (bin_of_node / "textlint").exists():
        settings = installed / "textlintrc.json"
        settings.write_text(json.dumps(for_textlint()), "utf-8")
        command = (str(bin_of_node / "textlint"), "--format", "json", "--config", str(settings))
        yield Program(TEXTLINT, (*command, "{}/**/*.{html,md,txt}"), FOUND)


def for_textlint() -> dict[str, object]:
    """The terms as one pattern, the quickest of the ways in which textlint's rule for terms takes them."""
    one = "(?:" + "|".join(words()) + ")"
    terminology = {"defaultTerms": False, "skip": [], "terms": [[one, "FLAGGED"]]}
    return {"plugins": {"html": True}, "rules": {"terminology": terminology}}


def measured(programs: Sequence[Program], corpus: Path, runs: int) -> list[Row]:
    """A row for each program, run in rounds."""
    size = sum(path.stat().st_size for path in corpus.rglob("*") if path.is_file())
    taken: dict[str, list[Cost]] = {}
    for number in range(runs):
        for program in programs:
            taken.setdefault(program.name, []).append(
                cost(program.on(corpus), allowed=program.allowed, folder=HERE.parent)
            )
            progress(f"round {number + 1}, {program.name}: {taken[program.name][-1].cpu:.1f} s")
    return [Row(name, size, median(costs)) for name, costs in taken.items()]


def spacy_is_loaded(corpus: Path) -> bool:
    """Whether a check of a folder imports spaCy."""
    command = (sys.executable, "-X", "importtime", *CHECK[1:], "--jobs", "1", str(corpus))
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return any(line.rpartition("|")[2].strip() == "spacy" for line in said.splitlines())


def table(rows: Sequence[Row]) -> list[str]:
    """The rows in Markdown, with ratios to the two peers if they were measured."""
    by_name = {row.name: row for row in rows}
    found = ["| | CPU s | wall s | peak MB | MB/s | × PhraseMatcher | × textlint |", "|---|---|---|---|---|---|---|"]
    for row in rows:
        if row.name == TWO:  # its processes are no children of the first one
            found.append(f"| {row.name} | | {row.cost.wall:.1f} | | | | |")
            continue
        ratios = [
            f"{row.cost.cpu / by_name[peer].cost.cpu:.2f}" if peer in by_name and row.size == by_name[peer].size else ""
            for peer in (MATCHER, TEXTLINT)
        ]
        figures = [f"{row.cost.cpu:.2f}", f"{row.cost.wall:.1f}", f"{row.cost.peak:.0f}", f"{row.rate:.2f}", *ratios]
        found.append(f"| {row.name} | {' | '.join(figures)} |")
    return found


def clean(folder: Path, megabytes: float, runs: int) -> tuple[list[Row], dict[str, bool]]:
    """Pages without a term, with and without prices: what they cost, and whether spaCy is loaded for them."""
    rows, loaded = [], {}
    for name, prices in (("no term", True), ("no term, no price", False)):
        corpus = folder / name.replace(" ", "-").replace(",", "")
        pages.write(corpus, megabytes, density=0, prices=prices)
        one = folder / f"one-{prices}"
        pages.write(one, 0.01, density=0, prices=prices)
        program = ours(folder, 1, f"{OURS}, {name}")
        rows += measured([program], corpus, runs)
        loaded[name] = spacy_is_loaded(one)
    return rows, loaded


def asked_for() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mb", type=float, default=10)
    parser.add_argument("--density", type=float, default=0.5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, help="pages to measure on, instead of synthetic ones")
    parser.add_argument("--large", type=float, default=50, help="MB on which memory is compared; 0: not")
    parser.add_argument("--runs", type=int, default=3, help="rounds; of the large corpus there is one")
    parser.add_argument("--starts", type=int, default=7, help="processes of which a start is the median; 0: none")
    parser.add_argument("--peers", type=Path, default=HERE / "peers" / ".installed")
    parser.add_argument("--only", help="names of programs, with commas between them")
    parser.add_argument("--json", type=Path, metavar="FILE")
    return parser.parse_args()


def chosen(asked: argparse.Namespace, folder: Path) -> list[Program]:
    """The programs to run."""
    programs = [*peers(asked.peers.resolve(), folder), ours(folder, 1), ours(folder, 2, TWO)]
    names = asked.only.split(",") if asked.only else None
    return [program for program in programs if names is None or program.name in names]


def main() -> None:
    """Measure, print, and write the figures down."""
    asked = asked_for()
    compileall.compile_dir(HERE.parent / "src", quiet=1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = asked.corpus.resolve() if asked.corpus else folder / "pages"
        if not asked.corpus:
            pages.write(corpus, asked.mb, density=asked.density, seed=asked.seed)
        small = folder / "warm"
        pages.write(small, 0.01, density=1)
        programs = chosen(asked, folder)
        for program in programs:
            cost(program.on(small), allowed=program.allowed, folder=HERE.parent)
        rows = measured(programs, corpus, asked.runs)
        without, loaded = clean(folder, asked.mb, asked.runs)
        rows += without
        if asked.large:
            large = folder / "large"
            pages.write(large, asked.large, density=asked.density, seed=asked.seed)
            rows += measured([ours(folder, 1, f"{OURS}, {asked.large:g} MB")], large, 1)
    starts = startup.medians(asked.starts) if asked.starts else {}
    show(rows, loaded, starts)
    if asked.json:
        figures = {
            "processors": os.cpu_count(),
            "rows": [{"name": row.name, "bytes": row.size, **asdict(row.cost)} for row in rows],
            "spacy loaded": loaded,
            "starts": starts,
        }
        asked.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def show(rows: Sequence[Row], loaded: dict[str, bool], starts: dict[str, float]) -> None:
    """Print it all."""
    print(*table(rows), sep="\n")
    walls = {row.name: row.cost.wall for row in rows}
    if OURS in walls and TWO in walls:
        print(f"\ntwo processes: {walls[TWO] / walls[OURS]:.2f} of the wall time of one")
    print("".join(f"\nspaCy is {'' if is_loaded else 'not '}loaded: {what}" for what, is_loaded in loaded.items()))
    if starts:
        print("", *startup.lines(starts), sep="\n")


if __name__ == "__main__":
    main()
