"""Builds the spaCy pipeline: a blank language, our infixes, our components."""

from __future__ import annotations

from typing import Any

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex

from menulint.pack.matcher import Matcher
from menulint.pack.model import Pack
from menulint.pipeline.factories import Context, Sentences, Terms
from menulint.source import GAP

COMPONENTS = ("menulint_sentences", "menulint_terms", "menulint_context")

INFIXES = (
    rf"[/+\-–—®™£€$|•;:()\[\]…{GAP}]",
    r"(?<=[0-9])(?=[^\W\d_])",
    r"(?<=[^\W\d_])(?=[0-9])",
    r"(?<=[^\W\d_])[.,!?](?=[^\W\d_])",
)
"""Where a token is cut inside: menus write "PRP/PRF", "£250", "2ml", "Botox®+filler"."""


def build(pack: Pack, matcher: Matcher) -> Language:
    """A blank multi-language pipeline (60 ms to make; a language's own exceptions cost up to 3 s and help nothing here)."""
    nlp = spacy.blank("xx")
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex(INFIXES).finditer
    for name in COMPONENTS:
        nlp.add_pipe(name)
        component = nlp.get_pipe(name)
        assert isinstance(component, Sentences | Terms | Context)
        component.use(pack, matcher)
    return nlp
