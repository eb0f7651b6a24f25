"""second_run.py [--files N] [--paragraphs N] [--jobs N]: what a second run over a site costs, one file edited before it.

Writes a site of N pages (1,000) into a temporary folder: HTML, Markdown and JSON in equal parts, worded from lists by a seed,
half of them with terms. It has a cache of its own. Printed are CPU and wall seconds of ``menulint check`` as a process of its
own, its start included: everything new, one page edited, nothing edited.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

SUBJECTS = (
    "the garden|our front desk|the car park|this season|the waiting room|a quiet corner|the new floor|our kettle"
).split("|")
DEEDS = (
    "opens at nine|has been painted|is near the station|welcomes dogs|keeps its plants|closes for the fair|is of stone"
).split("|")
ADDS = "on most days|as you would hope|by the river|after the summer|for everybody|with a view|in the old town".split(
    "|"
)
OFFERS = (
    "Our {thing} {verb} your skin",
    "{thing} from £{price}, book now",
    "Painless {thing} with no downtime",
    "We never use {thing}",
    "Is {thing} safe? Ask us",
)
THINGS = (
    "exosome injections|microneedling|PRP|polynucleotides|lip filler|anti-wrinkle injections|stem cell serum".split("|")
)
VERBS = "regenerates|repairs|rejuvenates|tightens|transforms".split("|")


def sentence(chance: random.Random, *, with_terms: bool) -> str:
    """One sentence; with terms every fourth is an offer, a denial or a question."""
    if with_terms and chance.random() < 0.25:
        filled = chance.choice(OFFERS).format(
            thing=chance.choice(THINGS), verb=chance.choice(VERBS), price=chance.randint(4, 90) * 10
        )
        return f"{filled}."
    return f"{chance.choice(SUBJECTS)} {chance.choice(DEEDS)} {chance.choice(ADDS)}.".capitalize()


def page(number: int, seed: int, length: int) -> tuple[str, str]:
    """Name and text of a page: title and paragraphs of two to six sentences."""
    chance = random.Random(seed * 1_000_003 + number)  # noqa: S311  # reproducible, and guards nothing
    title = f"{chance.choice(SUBJECTS)} {number}".capitalize()
    paragraphs = [
        " ".join(sentence(chance, with_terms=number % 2 == 1) for _ in range(chance.randint(2, 6)))
        for _ in range(length)
    ]
    kind = ("html", "md", "json")[number % 3]
    name = f"part-{number % 20:02}/page-{number:05}.{kind}"
    if kind == "json":
        return name, json.dumps({"title": title, "sections": [{"text": text} for text in paragraphs]}, indent=1)
    if kind == "md":
        return name, "\n\n".join([f"# {title}", *paragraphs]) + "\n"
    body = "\n".join(f"<p>{text}</p>" for text in paragraphs)
    return name, f'<!doctype html>\n<html lang="en">\n<title>{title}</title>\n<h1>{title}</h1>\n{body}\n</html>\n'


def write_site(folder: Path, files: int, seed: int, length: int) -> int:
    """Write the pages; their size in bytes."""
    size = 0
    for number in range(files):
        name, text = page(number, seed, length)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_bytes(text.encode())
    return size


def timed(arguments: Sequence[str], folder: Path) -> tuple[float, float]:
    """CPU and wall seconds of one run."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
    command = (sys.executable, "-m", "menulint", "check", ".", "--format", "json=../report.json", "--fail-on", "never")
    subprocess.run([*command, "--jurisdiction", "GB", *arguments], cwd=folder / "site", env=environment, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.perf_counter() - began


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1_000)
    parser.add_argument(
        "--paragraphs", type=int, default=10, help="of a page: 10 are 2 kB, 80 the text of an ordinary one"
    )
    parser.add_argument(
        "--jobs", type=int, default=1, help="processes; the CPU time of more than one is not seen from here"
    )
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    jobs = ("--jobs", str(asked.jobs))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = write_site(folder / "site", asked.files, asked.seed, asked.paragraphs)
        print(f"{asked.files:,} files, {size / 1e6:.1f} MB")
        hours = folder / "hours.md"
        hours.write_text("Monday to Friday.\n", "utf-8")
        timed(["../hours.md", "--exclude", "*"], folder)  # the pack is compiled, which is no part of either run
        runs = {"everything new": timed(jobs, folder)}
        edited = folder / "site" / page(1, asked.seed, asked.paragraphs)[0]
        edited.write_bytes(edited.read_bytes().replace(b"the", b"The", 1))
        runs["one file edited"] = timed(jobs, folder)
        runs["nothing edited"] = timed(jobs, folder)
    cpu, wall = runs["everything new"]
    for what, (own_cpu, own_wall) in runs.items():
        print(f"{what:16} {own_cpu:7.2f} s CPU {own_wall:7.2f} s wall  {own_cpu / cpu:6.1%} {own_wall / wall:6.1%}")


if __name__ == "__main__":
    main()
