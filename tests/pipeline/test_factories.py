"""Our components in anybody's spaCy pipeline."""

from __future__ import annotations

import spacy

from menulint.mention import BlockAnalysis

TEXT = "We give exosome injections. Is it safe?"


def pipeline() -> spacy.language.Language:
    """A blank pipeline with our components, added by name."""
    nlp = spacy.blank("en")
    for name in ("menulint_sentences", "menulint_terms", "menulint_context"):
        nlp.add_pipe(name)
    return nlp


def test_terms_and_cues_are_span_groups_and_entities_are_left_alone() -> None:
    """Labels are concepts for terms and what a cue says for cues."""
    doc = pipeline()(TEXT)
    assert {"route.injection", "substance.exosome"} <= {span.label_ for span in doc.spans["menulint_terms"]}
    assert "seller" in {span.label_ for span in doc.spans["menulint_cues"]}
    assert not doc.ents


def test_the_analysis_holds_exact_characters_and_sentences() -> None:
    """Mentions count in the document's text."""
    analysis: BlockAnalysis = pipeline()(TEXT)._.menulint_analysis
    injection = next(m for m in analysis.mentions if m.concept == "route.injection")
    assert TEXT[injection.start : injection.end].removeprefix("exosome ").startswith("injection")
    assert [sentence.question for sentence in analysis.sentences] == [False, True]


def test_the_declared_needs_of_the_components_are_met() -> None:
    """spaCy's own check of what each component requires."""
    analysis = pipeline().analyze_pipes()
    assert analysis is not None
    problems = analysis["problems"]
    assert not any(problems.values())
