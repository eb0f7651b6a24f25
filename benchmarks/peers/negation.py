"""python -m benchmarks.peers.negation FOLDER TERMS: negspaCy is asked which terms are negated.

spaCy's entity ruler finds the terms, its sentencizer the sentences.
"""

from __future__ import annotations

import sys
from pathlib import Path

import negspacy.negation  # noqa: F401  # registers the component
import spacy
from benchmarks.peers.visible import texts


def main(folder: Path, terms: Path) -> None:
    """Print how many terms there are, and how many of them are negated."""
    nlp = spacy.blank("en")
    nlp.max_length = 100_000_000
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": "TERM", "pattern": term} for term in terms.read_text("utf-8").splitlines()])
    nlp.add_pipe("negex", config={"ent_types": ["TERM"]})
    found = [entity._.negex for doc in nlp.pipe(texts(folder)) for entity in doc.ents]
    print(len(found), sum(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
