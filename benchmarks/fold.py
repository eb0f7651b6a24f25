"""Speed of folding and splitting, and the growth of their time on hostile text.

Run ``python benchmarks/fold.py [characters]``. The first table is in MB/s, over blocks as long as a paragraph. The
second gives the time for twice the text as a multiple: about 2 is linear, 4 would be quadratic.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable

from menulint.text.folding import fold
from menulint.text.sentences import clause_break_offsets, is_question, sentence_spans
from menulint.text.words import split

_ASCII = (
    "Our clinic offers exosome micro-needling, the skin's best friend. From $300 per session, no downtime! "
    "Ask approx. two weeks ahead; numbing cream is included (no extra charge). "
)
PARAGRAPHS = {
    "ascii": _ASCII * 2,
    "typographic": _ASCII.replace("'", "’").replace("$", "£").replace("; ", " – ") * 2,
    "soft hyphens": _ASCII.replace("needling", "need\u00adling").replace("clinic", "Clinic®") * 2,
    "spanish": "La clínica ofrece microagujas con exosomas: piel más firme en tres sesiones. ¿Duele? Casi nada. " * 3,
    "russian": "Клиника предлагает микронидлинг с экзосомами, без боли и без реабилитации. Курс из трёх сеансов. " * 3,
}
HOSTILE = {
    "hyphens": "-",
    "spaces": " ",
    "zero width": "\u200b",
    "letter, zero width": "a\u200b",
    "a.": "a.",
    "ab. ": "ab. ",
    "A. ": "A. ",
    ".)": ".)",
    "(": "(",
    "apostrophes": "'",
    "accents": "\u0301",
    "superscripts": "²",
    "mixed scripts": "aо",
    "line feeds": "\n ",
    "joiners": "a\u034f",
    "aa.": "aa.",
}
_ABBREVIATIONS = frozenset({"approx", "dr", "e.g"})


def _sentences(text: str) -> None:
    for start, end in sentence_spans(text, _ABBREVIATIONS):
        clause_break_offsets(text, start, end)
    is_question(text)


STEPS: dict[str, Callable[[str], object]] = {
    "fold": fold,
    "words": lambda text: split(text),
    "sentences": _sentences,
}


def seconds(step: Callable[[str], object], text: str, times: int) -> float:
    """The least time of three runs of ``times`` calls, in seconds of processor time."""
    runs = []
    for _ in range(3):
        began = time.process_time()
        for _ in range(times):
            step(text)
        runs.append(time.process_time() - began)
    return min(runs)


def _write_row(name: str, cells: Iterable[str]) -> None:
    sys.stdout.write(f"{name:20}" + "".join(f"{cell:>12}" for cell in cells) + "\n")
    sys.stdout.flush()


def main(size: int) -> None:
    """Write both tables; ``size`` is the length of a hostile text in characters."""
    _write_row("MB/s", STEPS)
    for name, text in PARAGRAPHS.items():
        bytes_read = len(text.encode()) * 500
        rates = (bytes_read / seconds(step, text, 500) / 1e6 for step in STEPS.values())
        _write_row(name, (f"{rate:.1f}" for rate in rates))
    _write_row("x for twice", STEPS)
    for name, unit in HOSTILE.items():
        once, twice = (unit * (length // len(unit)) for length in (size, 2 * size))
        ratios = (seconds(step, twice, 1) / max(seconds(step, once, 1), 1e-6) for step in STEPS.values())
        _write_row(name, (f"{ratio:.1f}" for ratio in ratios))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
