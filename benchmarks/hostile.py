"""python -m benchmarks.hostile [read|check] [--scale 1] [--only NAME] [--profile]: is it linear?

Twice the hostile text must take about twice the time; four times means quadratic. ``read`` tries the readers, a piece of markup
at a time; ``check`` whole files such as somebody would make to slow it down. ``--scale 10`` gives the sizes of a bad day: a
line of 50 MB, 100,000 mentions. ``--profile`` shows where the time goes at twice the size.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time
from collections.abc import Callable

from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.readers import read_bytes

COUNT = 20_000
PIECES = {
    "a.md": [
        "[",
        "*",
        "_",
        ">",
        "`",
        "<",
        "![",
        "[a](",
        "](",
        "<a ",
        "<!--",
        "<?",
        "<![CDATA[",
        "<!a",
        "{{",
        "{%",
        "{/*",
        "&",
        "\\",
        "a**b_",
        "***a** ",
        "[a]: b\n",
        "[a][",
        "![a](b)",
        "- ",
        "> ",
        "- - > ",
        "|",
        "a\n-|-\n",
        "<div>\n",
        "<style>",
        '<a b="c',
        "{% comment %}",
        "~~a~~ ",
        "[^a]: x\n",
    ],
    "a.txt": ["[", "> ", "- ", "|", "\t", "a  ", "....", "a@", "+4", "www.", "A\n", "- a\n", "x-\n"],
}


def seconds(name: str, text: str) -> float:
    """Processor time of one read."""
    start = time.process_time()
    read_bytes(name, text.encode())
    return time.process_time() - start


PLAIN = "The ferry leaves the harbour at noon and comes back before the shops close. "
STRING = "the ferry and our exosome facial and a quiet noon in the harbour "
CLAIM = "Our exosome facial regenerates your skin. "
ANCHORS = "free first open weeks one told felt clients call offer best see keep change price visit months time last us "
ROW = "<tr><td>Exosome injections</td><td>&pound;{0}</td></tr>\n"
WHOLE: dict[str, tuple[int, Callable[[int], tuple[str, str]]]] = {
    "one line, 5 MB": (62_000, lambda n: ("a.txt", PLAIN * n)),
    "one line, 5 MB of HTML": (62_000, lambda n: ("a.html", "<p>" + PLAIN * n)),
    "one line of claims": (2_500, lambda n: ("a.txt", CLAIM * n)),
    "10,000 mentions in one block": (10_000, lambda n: ("a.txt", "exosome injections " * n)),
    "100 kB without a full stop": (
        1_700,
        lambda n: ("a.txt", STRING * n),
    ),
    "200 kB of words phrases begin at": (2_000, lambda n: ("a.txt", ANCHORS * n)),
    "beginnings of terms that do not go on": (5_000, lambda n: ("a.txt", "stem cell ther " * n)),
    "a row of cells with customers' words": (
        2_000,
        lambda n: ("a.html", f"<table><tr>{'<td>It was a lovely thing</td><td>Jane Smith</td>' * n}</tr></table>"),
    ),
    "a row of cells with injections": (
        2_000,
        lambda n: ("a.html", f"<table><tr>{'<td>an injection</td><td>table</td>' * n}</tr></table>"),
    ),
    "elements within elements": (10_000, lambda n: ("a.html", "<div>" * n + CLAIM + "</div>" * n)),
    "quotations within quotations": (1_000, lambda n: ("a.md", (">" * 40 + f" {CLAIM}\n\n") * n)),
    "10,000 tiny blocks": (10_000, lambda n: ("a.html", "<p>a</p>\n" * n)),
    "2,000 tiny blocks with a term": (2_000, lambda n: ("a.html", "<p>exosomes</p>\n" * n)),
    "headings alone": (2_000, lambda n: ("a.md", "# Exosome injections\n\n" * n)),
    "a table of 5,000 rows": (5_000, lambda n: ("a.html", f"<table>{''.join(map(ROW.format, range(n)))}</table>")),
    "a list of 2,000 items": (2_000, lambda n: ("a.md", "We offer:\n\n" + "- exosome injections\n" * n)),
    "2,000 questions and answers": (2_000, lambda n: ("a.md", "Is it painless?\n\nYes.\n\n" * n)),
    "a long name in an item": (
        20_000,
        lambda n: ("a.json", f'{{"testimonials": [{{"{"_" * n}": "The exosome injections took ten years off me."}}]}}'),
    ),
    "5,000 denials": (
        5_000,
        lambda n: ("a.txt", "We never ever offer exosomes, not even one, and not on Sundays. " * n),
    ),
}


def check_seconds(linter: Linter, name: str, text: str) -> float:
    """Processor time of one check."""
    data = text.encode()
    start = time.process_time()
    linter.check_bytes(name, data)
    return time.process_time() - start


def check(scale: float, only: str | None, *, profile: bool) -> None:
    """A line per file: size, time, and how many times longer twice as much takes."""
    linter = Linter(load_pack(), Options())
    linter.check_bytes("warm.md", CLAIM.encode())
    for what, (count, make) in WHOLE.items():
        if only and only not in what:
            continue
        count = int(count * scale)
        if profile:
            profiler = cProfile.Profile()
            profiler.runcall(check_seconds, linter, *make(2 * count))
            print(what)
            pstats.Stats(profiler).sort_stats("tottime").print_stats(12)
            continue
        once, twice = (check_seconds(linter, *make(many)) for many in (count, 2 * count))
        size = len(make(count)[1]) / 1e6
        print(f"{what:32} x {scale:<4g}{size:7.2f} MB{once:8.2f} s  x{twice / max(once, 1e-3):.1f}", flush=True)


def read() -> None:
    """A line per piece: time for ``COUNT`` pieces, and how many times longer twice as many take."""
    for name, pieces in PIECES.items():
        for piece in pieces:
            once, twice = (seconds(name, piece * count) for count in (COUNT, 2 * COUNT))
            print(f"{name:6} {piece!r:20} {once:7.3f} s  x{twice / max(once, 1e-3):.1f}")


def main() -> None:
    """Read, or check, or both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=("read", "check"))
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--only", help="files whose name holds this")
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    if asked.what != "check":
        read()
    if asked.what != "read":
        check(asked.scale, asked.only, profile=asked.profile)


if __name__ == "__main__":
    main()
