"""Asks negspaCy or medspaCy whether spans are claimed. Runs in that peer's own environment; ``run.py`` starts it.

Reads JSON lines ``{"id", "text", "start", "end"}`` and writes ``{"id", "claimed"}``. A span is claimed unless the peer says
something against it: negspaCy that it is negated, medspaCy that it is negated, uncertain, hypothetical, historical or of
another person. Each span is put into ``doc.ents``, as the peers' own documentation does for terms from elsewhere.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from typing import Any

AGAINST = ("is_negated", "is_uncertain", "is_hypothetical", "is_historical", "is_family")


def negspacy() -> Callable[[str, int, int], bool]:
    """negspaCy with its general English terms over a rule-based sentence splitter."""
    import spacy
    from negspacy.negation import Negex  # noqa: F401
    from negspacy.termsets import termset

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    negex: Any = spacy.blank("en").add_pipe("negex", config={"neg_termset": termset("en").get_patterns()})

    def claimed(text: str, start: int, end: int) -> bool:
        doc = nlp(text)
        span = doc.char_span(start, end, label="TERM", alignment_mode="expand")
        doc.ents = [span]
        return not any(ent._.negex for ent in negex(doc).ents)

    return claimed


def medspacy() -> Callable[[str, int, int], bool]:
    """medspaCy with its default sentence rules and its default ConText rules."""
    from loguru import logger

    logger.remove()
    import medspacy as peer

    nlp = peer.load(medspacy_enable=["medspacy_pyrush", "medspacy_context"])
    split, context = nlp.get_pipe("medspacy_pyrush"), nlp.get_pipe("medspacy_context")

    def claimed(text: str, start: int, end: int) -> bool:
        doc = split(nlp.make_doc(text))
        doc.ents = [doc.char_span(start, end, label="TERM", alignment_mode="expand")]
        return not any(getattr(ent._, name) for ent in context(doc).ents for name in AGAINST)

    return claimed


def main() -> None:
    """Answer line by line."""
    logging.disable(logging.CRITICAL)
    ask = {"negspacy": negspacy, "medspacy": medspacy}[sys.argv[1]]()
    for line in filter(str.strip, sys.stdin):
        case = json.loads(line)
        claimed = ask(case["text"], case["start"], case["end"])
        print(json.dumps({"id": case["id"], "claimed": claimed}))


if __name__ == "__main__":
    main()
