"""Judges negation in clinical sentences with our context engine, on the terms of the NegEx test kit.

Reads JSON lines ``{"id", "text", "start", "end"}`` and writes ``{"id", "negated"}``. The engine is the product's own
(``menulint.pipeline``); only the cues are others: ``benchmarks/negex/lexicons`` holds a pack of clinical English, read and
compiled like any. Each given span is put among the hits as if it were a term of that pack.

Run from a checkout: ``python benchmarks/negex.py <cases.jsonl >answers.jsonl``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from spacy.language import Language

from menulint.mention import BlockAnalysis
from menulint.pack.load import load_pack
from menulint.pack.matcher import Matcher
from menulint.pack.model import Entry, Pack
from menulint.pipeline.build import build
from menulint.pipeline.context import Found, analyse
from menulint.pipeline.factories import Sentences, Terms, found_in

PACK = Path(__file__).resolve().parent / "negex"
TARGET = Entry(lang="en", concept="condition.finding")


def is_negated(nlp: Language, pack: Pack, text: str, start: int, end: int) -> bool:
    """Whether a negation governs the span."""
    doc = nlp(text)
    found = found_in(doc, pack)
    if (span := doc.char_span(start, end, alignment_mode="expand")) is not None:
        found.append(Found(TARGET, start, end, span.start, span.end))
    analysis: BlockAnalysis = analyse(doc, found, pack)
    return any(cue.says == "negated" for mention in analysis.mentions for cue in mention.cues)


def pipeline(pack: Pack) -> Language:
    """Sentences and cues; the context of a target is asked for once it is known."""
    nlp = build(pack, Matcher(pack.lexicon))
    nlp.remove_pipe("menulint_context")
    assert isinstance(nlp.get_pipe("menulint_sentences"), Sentences)
    assert isinstance(nlp.get_pipe("menulint_terms"), Terms)
    return nlp


def main() -> None:
    """Answer line by line."""
    pack = load_pack(base=PACK)
    nlp = pipeline(pack)
    for line in filter(str.strip, sys.stdin):
        case = json.loads(line)
        negated = is_negated(nlp, pack, case["text"], case["start"], case["end"])
        print(json.dumps({"id": case["id"], "negated": negated}))


if __name__ == "__main__":
    main()
