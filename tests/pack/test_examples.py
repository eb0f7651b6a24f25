"""The examples of every term entry: ``flagged`` gives a mention of the concept, ``allowed`` none."""

from __future__ import annotations

import pytest

from menulint.pack.load import TermExample, load_pack, term_examples
from menulint.pack.matcher import Matcher
from menulint.pack.model import Lexicon
from menulint.text.folding import fold

EXAMPLES = term_examples()


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """The words of the pack we ship."""
    return load_pack(cached=False).lexicon


@pytest.fixture(scope="module")
def matcher(lexicon: Lexicon) -> Matcher:
    """One matcher for all examples."""
    return Matcher(lexicon)


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.id for example in EXAMPLES])
def test_example(example: TermExample, lexicon: Lexicon, matcher: Matcher) -> None:
    """A mention of the concept itself, not of one that descends from it."""
    hits = matcher.find(fold(example.text), example.text, {example.lang})
    found = [lexicon.entries[hit.entry].concept for hit in hits]
    assert (example.concept in found) == (example.kind == "flagged"), found
