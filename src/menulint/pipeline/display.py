"""What displaCy needs to know to draw the terms of a document."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

from menulint.pipeline.factories import TERMS

COLORS = {
    "route": "#f4b6a6",
    "source": "#f7d08a",
    "substance": "#c9b8e8",
    "effect": "#a8d5e2",
    "condition": "#e8b4cf",
    "safety": "#b9dda4",
    "proof": "#9fd8c6",
    "authority": "#a7c0ee",
    "comparison": "#e6e08c",
    "pressure": "#f2a3a3",
    "testimonial": "#d9c6ab",
}
"""A colour per facet; all are light enough for black letters."""

OTHERS = "#d8d8d8"


def displacy_options(doc: Doc) -> dict[str, Any]:
    """The options with which ``displacy.render(doc, style="span", options=…)`` draws a document's terms, by facet."""
    labels = {span.label_ for span in doc.spans.get(TERMS, ())}
    colors = {label: COLORS.get(label.partition(".")[0], OTHERS) for label in sorted(labels)}
    return {"spans_key": TERMS, "colors": colors}
