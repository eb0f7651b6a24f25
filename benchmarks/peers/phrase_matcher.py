"""python -m benchmarks.peers.phrase_matcher FOLDER TERMS: what plain spaCy needs to find a list of terms.

A blank English pipeline and a ``PhraseMatcher`` on lower case: the least that a program built on spaCy has to do. It does not
ask what is said of the terms.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import spacy
from benchmarks.peers.visible import texts
from spacy.language import Language
from spacy.matcher import PhraseMatcher


def tools(terms: Iterable[str]) -> tuple[Language, PhraseMatcher]:
    """The pipeline, and the matcher that knows the terms."""
    nlp = spacy.blank("en")
    nlp.max_length = 100_000_000
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("TERM", [nlp.make_doc(term) for term in terms])
    return nlp, matcher


def hits(nlp: Language, matcher: PhraseMatcher, folder: Path) -> int:
    """How many there are in the files of a folder."""
    return sum(len(matcher(nlp.make_doc(text))) for text in texts(folder))


if __name__ == "__main__":
    print(hits(*tools(Path(sys.argv[2]).read_text("utf-8").splitlines()), Path(sys.argv[1])))
