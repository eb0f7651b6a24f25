"""Measures the pack and its matcher: compile, load, build, and search on dense, plain and hostile text.

Run from a checkout: ``python benchmarks/matcher.py``. Times are processor time, the best of several runs.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable

from menulint.pack.encode import from_bytes, to_bytes
from menulint.pack.load import compile_pack, read_pack_files, term_examples
from menulint.pack.matcher import Matcher
from menulint.text.folding import Folded, fold

PLAIN = "The ferries ran on schedule throughout the week, which pleased the islanders and the postman alike. "


def best(call: Callable[[], object], runs: int) -> float:
    """Seconds of the fastest of some runs."""
    return min(timed(call) for _ in range(runs))


def timed(call: Callable[[], object]) -> float:
    """Seconds of processor time of a call."""
    start = time.process_time()
    call()
    return time.process_time() - start


def search_speed(matcher: Matcher, texts: list[str]) -> float:
    """Megabytes (a million code points) a second, folding left out."""
    folded = [(fold(text), text) for text in texts]
    return sum(map(len, texts)) / best(lambda: search(matcher, folded), 3) / 1e6


def search(matcher: Matcher, texts: list[tuple[Folded, str]]) -> None:
    """Find everything in some texts."""
    for folded, text in texts:
        matcher.find(folded, text)


def main() -> None:
    """Print one figure a line."""
    files = read_pack_files()
    pack = compile_pack(files)
    compiled = to_bytes(pack)
    matcher = Matcher(pack.lexicon)
    chooser = random.Random(1)  # noqa: S311
    examples = [example.text for example in term_examples()]
    dense = [" ".join(chooser.choices(examples, k=4)) for _ in range(2_000)]
    plain = [PLAIN * 3] * 2_000
    anchors = sorted(pack.lexicon.anchors, key=lambda word: -len(pack.lexicon.anchors[word]))[:30]
    figures = {
        "forms": len(pack.lexicon.forms),
        "phrases": len(pack.lexicon.phrases),
        "compile (ms)": best(lambda: compile_pack(files), 2) * 1e3,
        "load compiled (ms)": best(lambda: from_bytes(compiled), 5) * 1e3,
        "build matcher (ms)": best(lambda: Matcher(pack.lexicon), 5) * 1e3,
        "examples only (MB/s)": search_speed(matcher, dense),
        "one example in twenty blocks (MB/s)": search_speed(matcher, plain[:1_900] + dense[:100]),
        "no term at all (MB/s)": search_speed(matcher, plain),
        "100,000 mentions in one text (MB/s)": search_speed(matcher, ["exosome injections " * 100_000]),
        "nothing but anchors (MB/s)": search_speed(matcher, [" ".join(chooser.choices(anchors, k=50_000))]),
    }
    for name, figure in figures.items():
        sys.stdout.write(f"{name:<40}{figure:>12,.1f}\n" if figure >= 10 else f"{name:<40}{figure:>12.2f}\n")


if __name__ == "__main__":
    main()
