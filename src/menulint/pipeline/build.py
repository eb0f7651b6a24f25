"""Builds the spaCy pipeline: a blank language, our tokens, our components. A run does the same without: ``analyser.py``."""

from __future__ import annotations

import sys

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer
from spacy.vocab import Vocab

from menulint.pack.matcher import Matcher
from menulint.pack.model import Pack
from menulint.pipeline.factories import Context, Sentences, Terms
from menulint.pipeline.tokens import words_and_spaces

COMPONENTS = ("menulint_sentences", "menulint_terms", "menulint_context")


def build(pack: Pack, matcher: Matcher) -> Language:
    """A blank multi-language pipeline (60 ms to make) that says of a text what a run says of it."""
    nlp = spacy.blank("xx")
    nlp.max_length = sys.maxsize  # the limit guards parsers, of which there is none; readers have their own
    nlp.tokenizer = _Tokenizer(nlp.vocab)
    for name in COMPONENTS:
        nlp.add_pipe(name)
        component = nlp.get_pipe(name)
        assert isinstance(component, Sentences | Terms | Context)
        component.use(pack, matcher)
    return nlp


class _Tokenizer(DummyTokenizer):
    """Our tokens as a document. It has no settings that could be written to disk."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab

    def __call__(self, text: str) -> Doc:
        words, spaces = words_and_spaces(text)
        return Doc(self._vocab, words=words, spaces=spaces)
