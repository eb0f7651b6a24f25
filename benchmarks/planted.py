"""planted.py FOLDER: counts what menulint makes of terms planted in synthetic pages.

FOLDER holds pages; beside it stands FOLDER.manifest.jsonl, one line per file: {"file", "planted": [[place, term], …]} with
places such as ``heading``, ``price``, ``negated``, ``script`` and ``comment``. Printed are: negated mentions that are
reported after all, price cells and headings read as negated, and findings inside scripts and comments.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

from menulint.linter import Linter, Options
from menulint.pack.load import load_pack

DENIALS = ("do not offer", "contains no", "makes no promise of", "not available here", "free from", "no evidence that")
"""How the generator words its negated sentences."""
SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]?")
HIDDEN = re.compile(r"<script\b.*?</script>|<style\b.*?</style>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
AFFIRMED_PLACES = ("heading", "price")


def denied_spans(text: str, terms: list[str]) -> list[tuple[int, int]]:
    """Where planted terms stand in sentences that deny them (code points, end exclusive)."""
    spans = []
    for sentence in SENTENCE.finditer(text):
        if any(words in sentence[0] for words in DENIALS):
            found = (at for term in terms for at in re.finditer(re.escape(term), sentence[0], re.IGNORECASE))
            spans.extend((sentence.start() + at.start(), sentence.start() + at.end()) for at in found)
    return spans


def main(folder: Path) -> None:
    """Print the counts."""
    linter = Linter(load_pack(), Options(jurisdiction=("all",)))
    counts: Counter[str] = Counter()
    for line in folder.with_name(folder.name + ".manifest.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        if "file" not in record:
            continue
        path = folder / record["file"]
        data = path.read_bytes()
        text = data.decode("utf-8")
        found = linter.check_bytes(record["file"], data).findings
        places = [(at.start.offset, at.end.offset) for f in found if f.severity != "info" for at in f.places]
        denied = denied_spans(text, [term for place, term in record["planted"] if place == "negated"])
        counts["denied"] += len(denied)
        counts["denied, reported"] += sum(any(s < end and start < e for s, e in places) for start, end in denied)
        hidden = [at.span() for at in HIDDEN.finditer(text) if 'type="application/ld+json"' not in at[0][:80]]
        counts["in script or comment"] += sum(any(a <= s and e <= b for a, b in hidden) for s, e in places)
        count_negated(linter, record, data, text, counts)
    for name, count in sorted(counts.items()):
        print(f"{name:32}{count}")


def count_negated(linter: Linter, record: dict[str, object], data: bytes, text: str, counts: Counter[str]) -> None:
    """Headings and price cells, and those of them whose mention is read as negated."""
    planted = record["planted"]
    assert isinstance(planted, list)
    terms = {term.casefold(): place for place, term in planted if place in AFFIRMED_PLACES}
    if not terms:
        return
    denied = denied_spans(text, [term for _, term in planted])
    for mention in linter.mentions(str(record["file"]), data):
        start, end = mention.start.offset, mention.end.offset
        if mention.text.casefold() in terms and not any(s < end and start < e for s, e in denied):
            counts["headings and prices"] += 1
            counts["headings and prices, negated"] += mention.stance == "negated"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
