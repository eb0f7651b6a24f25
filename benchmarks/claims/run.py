"""Is this wording claimed? Scores menulint, plain keywords and two clinical context engines on the same spans.

    python benchmarks/claims/run.py                  menulint and keywords (half a minute)
    python benchmarks/claims/run.py --peers          negspaCy and medspaCy too, each in an environment of its own made by pip
    python benchmarks/claims/run.py --failures ab    where menulint is wrong in half a, b or both
    python benchmarks/claims/run.py --json FILE      the figures as JSON

The items and how they were labelled: ``README.md`` beside this file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import venv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from msgspec import structs

from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.pack.model import Concept, Entry, Pack
from menulint.pack.search import Hit
from menulint.prefilter import Prefilter, Scan
from menulint.source import Source

HERE = Path(__file__).resolve().parent
FACETS = {
    "RTE": "route",
    "SRC": "source",
    "EFF": "effect",
    "MED": "effect",
    "EVD": "proof",
    "APR": "authority",
    "SAF": "safety",
    "POM": "substance",
    "CMP": "comparison",
    "PRS": "pressure",
    "TST": "testimonial",
}
"""To which facet a span is said to belong when only its context is asked about: cues may modify some facets and not others."""
CLAIMED = ("asserted", "hedged")
PEERS = {"negspacy": ("negspacy==1.1.0",), "medspacy": ("medspacy==1.3.1", "numpy<2")}
OURS = ("menulint check", "menulint context", "keywords")
Answers = list[bool]


@dataclass(frozen=True, slots=True)
class Item:
    """A span of a text, and whether a reviewer would say that a seller claims it there."""

    id: str
    pair: str
    lang: str
    kind: str
    category: str
    speaker: str
    stance: str
    claim: bool
    span: str
    start: int
    end: int
    file: str
    text: str

    @property
    def half(self) -> str:
        """``a`` or ``b``; the members of a pair and the spans of a page stay together."""
        return "ab"[hashlib.sha256((self.pair or self.file).encode()).digest()[0] % 2]


def load_items() -> list[Item]:
    """All items: pairs, then pages."""
    return [_item(row) for path in sorted(HERE.glob("pa*s/*.jsonl")) for row in _rows(path)]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    yield from (json.loads(line) for line in path.read_text("utf-8").splitlines() if line)


def _item(row: dict[str, Any]) -> Item:
    text = (HERE / "pages" / row["page"]).read_text("utf-8") if "page" in row else row["text"]
    start = -1
    for _ in range(row.get("nth", 0) + 1):
        start = text.find(row["span"], start + 1)
    if start < 0:
        raise ValueError(f"{row['id']}: the text has no {row['span']!r}")
    file = row.get("page") or f"{row['id']}.txt"
    known = {name: row[name] for name in ("id", "lang", "kind", "category", "speaker", "stance", "claim", "span")}
    return Item(**known, pair=row.get("pair", ""), start=start, end=start + len(row["span"]), file=file, text=text)


# -- what is asked


def by_check(linter: Linter, items: Iterable[Item]) -> Answers:
    """Whether ``menulint check`` reports a warning or an error on the span: the wording must be known and claimed."""
    seen: dict[str, list[tuple[int, int]]] = {}
    answers = []
    for item in items:
        if item.file not in seen:
            found = linter.check_bytes(item.file, item.text.encode()).findings
            seen[item.file] = [
                (at.start.offset, at.end.offset) for f in found if f.severity != "info" for at in f.places
            ]
        answers.append(any(_same(item, start, end) for start, end in seen[item.file]))
    return answers


def by_keyword(linter: Linter, items: Iterable[Item]) -> Answers:
    """Whether a term of the lexicon that may begin a rule stands on the span, whatever is said about it."""
    seen: dict[str, list[tuple[int, int]]] = {}
    answers = []
    for item in items:
        if item.file not in seen:
            rows = linter.mentions(item.file, item.text.encode())
            triggers = (row for row in rows if linter.pack.concepts[row.concept].trigger)
            seen[item.file] = [(row.start.offset, row.end.offset) for row in triggers]
        answers.append(any(_same(item, start, end) for start, end in seen[item.file]))
    return answers


def by_context(pack: Pack, items: Iterable[Item]) -> Answers:
    """What menulint's context engine says when the span is given, as the peers get it."""
    asking = Asking(pack)
    return [asking.is_claimed(item) for item in items]


def by_peer(name: str, items: Sequence[Item]) -> Answers:
    """What a peer says, asked in its own environment."""
    folder = HERE / ".peers" / name
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS[name]], check=True)
    asked = "".join(
        json.dumps({"id": item.id, "text": item.text, "start": item.start, "end": item.end}) + "\n" for item in items
    )
    call = [str(python), str(HERE / "peers.py"), name]
    done = subprocess.run(call, input=asked, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True)
    said = {row["id"]: row["claimed"] for row in map(json.loads, done.stdout.splitlines())}
    return [bool(said[item.id]) for item in items]


def _same(item: Item, start: int, end: int) -> bool:
    """Whether a reported place and the span share half of the shorter of the two."""
    shared = min(end, item.end) - max(start, item.start)
    return shared > 0 and 2 * shared >= min(end - start, item.end - item.start)


class Asking:
    """A linter to which any span can be given as if it were a term of the lexicon."""

    def __init__(self, pack: Pack) -> None:
        kinds = [(lang, facet) for lang in ("en", "es") for facet in dict.fromkeys(FACETS.values())]
        first = len(pack.lexicon.entries)
        self._entries = {kind: first + number for number, kind in enumerate(kinds)}
        entries = (*pack.lexicon.entries, *(Entry(lang=lang, concept=_asked(facet)) for lang, facet in kinds))
        concepts = {_asked(facet): Concept(_asked(facet), "the wording asked about") for _, facet in kinds}
        lexicon = replace(pack.lexicon, entries=entries)
        extended = structs.replace(pack, lexicon=lexicon, concepts={**pack.concepts, **concepts})
        self._linter = Linter(extended, Options(jurisdiction=("all",)))
        self._prefilter = _Given(extended, self._linter._matcher)
        self._linter._prefilter = self._prefilter

    def is_claimed(self, item: Item) -> bool:
        """Whether a seller claims the span, as far as the words around it say."""
        facet = FACETS[item.category]
        self._prefilter.given = (self._entries[item.lang, facet], item)
        rows = self._linter.mentions(item.file, item.text.encode())
        return any(
            row.speaker == "seller" and row.stance in CLAIMED
            for row in rows
            if row.concept == _asked(facet) and row.start.offset == item.start
        )


def _asked(facet: str) -> str:
    return f"{facet}.asked-about"


class _Given(Prefilter):
    """Adds one hit that was given to those it finds."""

    given: tuple[int, Item]

    def scan(self, source: Source) -> Scan:
        """All hits of all blocks, and the given one."""
        scan = super().scan(source)
        entry, item = self.given
        for block in source.blocks:
            at = block.text.find(item.span)
            while at >= 0 and source.file_span(block.index, at, at + len(item.span))[0] != item.start:
                at = block.text.find(item.span, at + 1)
            if at >= 0:
                found = self.look(block.text)
                hit = Hit(entry, at, at + len(item.span))
                scan.blocks[block.index] = found._replace(hits=(*found.hits, hit))
        return scan


# -- figures


@dataclass(frozen=True, slots=True)
class Figures:
    """How one system did on some items."""

    n: int
    precision: float
    recall: float
    f1: float
    pairs: float

    def __str__(self) -> str:
        return f"{self.n:5d} {self.precision:6.3f} {self.recall:6.3f} {self.f1:6.3f} {self.pairs:6.3f}"


def figures(items: Sequence[Item], answers: Sequence[bool]) -> Figures:
    """Precision, recall and F1 of "claimed", and the share of pairs with both members right."""
    hits = sum(answer and item.claim for item, answer in zip(items, answers, strict=True))
    claims, said = sum(item.claim for item in items), sum(answers)
    right: dict[str, list[bool]] = defaultdict(list)
    for item, answer in zip(items, answers, strict=True):
        if item.pair:
            right[item.pair].append(answer == item.claim)
    both = sum(map(all, right.values()))
    return Figures(
        len(items),
        precision=_ratio(hits, said),
        recall=_ratio(hits, claims),
        f1=_ratio(2 * hits, said + claims),
        pairs=_ratio(both, len(right)),
    )


def _ratio(top: int, bottom: int) -> float:
    return round(top / bottom, 3) if bottom else 0.0


def groups(items: Sequence[Item]) -> dict[str, list[int]]:
    """Numbers of the items by what they have in common. A pair counts where its silent member does."""
    silent = {item.pair: item for item in items if item.pair and not item.claim}
    testimonials = {item.pair for item in items if item.kind == "testimonial"}
    found: dict[str, list[int]] = {"all": [], "pairs": [], "pages": []}
    for number, item in enumerate(items):
        key = silent.get(item.pair, item)
        names = ["all", "pairs" if item.pair else "pages", f"language {item.lang}", f"half {item.half}"]
        names.append(f"category {item.category}")
        if item.pair:
            names += [f"stance {item.pair.rpartition('-')[0]}", f"kind {key.kind}"]
            if item.pair in testimonials:
                names.append("kind testimonial")
            if _is_quoted(key):
                names.append("kind quotation")
        else:
            names.append(f"pages {item.file.partition('/')[0]}")
        for name in names:
            found.setdefault(name, []).append(number)
    return found


def _is_quoted(item: Item) -> bool:
    return item.text[item.start - 1 : item.start] in tuple("“«‘") or item.text[item.end : item.end + 1] in tuple("”»’")


def table(items: Sequence[Item], systems: dict[str, Answers]) -> dict[str, dict[str, Figures]]:
    """Figures by group and system."""
    grouped = groups(items)
    order = sorted(grouped, key=lambda name: (" " in name, name))
    return {
        group: {
            name: figures([items[i] for i in grouped[group]], [answers[i] for i in grouped[group]])
            for name, answers in systems.items()
        }
        for group in order
    }


def menulint_answers(items: Sequence[Item], wanted: Sequence[str] = OURS) -> dict[str, Answers]:
    """The wanted ones of the systems that need nothing but menulint."""
    pack = load_pack()
    linter = Linter(pack, Options(jurisdiction=("all",)))
    systems: dict[str, Callable[[], Answers]] = {
        "menulint check": lambda: by_check(linter, items),
        "menulint context": lambda: by_context(pack, items),
        "keywords": lambda: by_keyword(linter, items),
    }
    return {name: systems[name]() for name in wanted}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Is this wording claimed?")
    parser.add_argument("--peers", action="store_true", help="ask negspaCy and medspaCy too")
    parser.add_argument(
        "--failures", metavar="HALVES", default="", help="list what menulint check gets wrong: a, b or ab"
    )
    parser.add_argument("--json", metavar="FILE", help="write the figures there")
    options = parser.parse_args()
    items = load_items()
    systems = menulint_answers(items)
    if options.peers:
        systems |= {name: by_peer(name, items) for name in PEERS}
    systems["always yes"] = [True] * len(items)
    rows = table(items, systems)
    print(f"{'':46s} items  prec.    rec.     F1  pairs")
    for group, row in rows.items():
        for name, found in row.items():
            print(f"{group:24s} {name:20s} {found}")
    for item, answer, context in zip(items, systems["menulint check"], systems["menulint context"], strict=True):
        if answer != item.claim and item.half in options.failures:
            said = "MISSED" if item.claim else "WRONG "
            print(
                f"{said} {item.category} {item.id} context={'ok' if context == item.claim else 'wrong'} {item.span!r}"
            )
            print(f"       {item.text if item.pair else item.file}".replace("\n", " / "))
    if options.json:
        shown = {group: {name: asdict(found) for name, found in row.items()} for group, row in rows.items()}
        Path(options.json).write_text(json.dumps(shown, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
