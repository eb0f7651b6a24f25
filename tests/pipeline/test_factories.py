"""Our components in anybody's spaCy pipeline."""

from __future__ import annotations

import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from menulint.errors import PackError, UsageError
from menulint.mention import BlockAnalysis
from menulint.pack.load import load_pack
from menulint.pack.matcher import Matcher
from menulint.pack.search import Hit
from menulint.pipeline.analyser import Analyser
from menulint.pipeline.build import build
from menulint.pipeline.display import displacy_options
from menulint.pipeline.tokens import Tokens
from menulint.text.folding import fold

TEXT = "We give exosome injections. Is it safe? We do not offer fillers."
OURS = ("menulint_sentences", "menulint_terms", "menulint_context")


def pipeline(lang: str = "en", *names: str) -> Language:
    """A blank pipeline with components added by name, ours unless others are named."""
    nlp = spacy.blank(lang)
    for name in names or OURS:
        nlp.add_pipe(name)
    return nlp


def labels(doc: Doc, key: str = "menulint") -> set[str]:
    """The labels of a span group."""
    return {span.label_ for span in doc.spans[key]}


def cues_of(doc: Doc, concept: str) -> set[str]:
    """What the cues say that govern the mentions of a concept."""
    return {
        cue.says for mention in doc._.menulint_analysis.mentions for cue in mention.cues if mention.concept == concept
    }


def test_terms_and_cues_are_span_groups_and_entities_are_left_alone() -> None:
    """Labels are concepts for terms and what a cue says for cues."""
    doc = pipeline()(TEXT)
    assert {"route.injection", "substance.exosome"} <= labels(doc)
    assert "seller" in labels(doc, "menulint_cues")
    assert not doc.ents


def test_the_analysis_holds_exact_characters_and_sentences() -> None:
    """Mentions count in the document's text."""
    analysis: BlockAnalysis = pipeline()(TEXT)._.menulint_analysis
    injection = next(m for m in analysis.mentions if m.concept == "route.injection")
    assert TEXT[injection.start : injection.end].removeprefix("exosome ").startswith("injection")
    assert [sentence.question for sentence in analysis.sentences] == [False, True, False]


def test_the_declared_needs_of_the_components_are_met() -> None:
    """spaCy's own check of what each component requires."""
    analysis = pipeline().analyze_pipes()
    assert analysis is not None
    problems = analysis["problems"]
    assert not any(problems.values())


@pytest.mark.parametrize(
    ("lang", "text", "concept"),
    [
        ("xx", "Our exosome injections.", "substance.exosome"),
        ("es", "Nuestras inyecciones de exosomas.", "substance.exosome"),
    ],
)
def test_any_blank_language_will_do(lang: str, text: str, concept: str) -> None:
    """Terms are found in the characters; the tokens only cover them."""
    assert concept in labels(pipeline(lang)(text))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "Hello"])
def test_a_text_with_nothing_in_it_gives_empty_groups(text: str) -> None:
    """And an analysis without mentions."""
    doc = pipeline()(text)
    assert (list(doc.spans["menulint"]), doc._.menulint_analysis.mentions) == ([], ())


def test_beside_a_sentencizer_and_an_entity_ruler_each_does_its_own() -> None:
    """The sentencizer takes the place of our splitter, the ruler keeps its entities."""
    nlp = pipeline("en", "sentencizer", "entity_ruler", "menulint_terms", "menulint_context")
    nlp.get_pipe("entity_ruler").add_patterns([{"label": "OFFER", "pattern": "exosome injections"}])  # type: ignore[attr-defined]
    doc = nlp(TEXT)
    assert [(ent.label_, ent.text) for ent in doc.ents] == [("OFFER", "exosome injections")]
    assert cues_of(doc, "route.injection") == {"seller"}
    assert cues_of(doc, "substance.filler") >= {"negated"}


def test_tokens_merged_between_our_components_change_no_character() -> None:
    """Tokens are counted anew; what governs what stays."""
    merged = pipeline(
        "en", "menulint_sentences", "entity_ruler", "menulint_terms", "merge_entities", "menulint_context"
    )
    merged.get_pipe("entity_ruler").add_patterns([{"label": "WE", "pattern": "We give"}])  # type: ignore[attr-defined]
    doc, plain = merged(TEXT), pipeline()(TEXT)
    assert len(doc) == len(plain) - 1
    analyses = [d._.menulint_analysis for d in (doc, plain)]
    assert len({tuple((m.concept, m.start, m.end) for m in analysis.mentions) for analysis in analyses}) == 1
    (filler,) = (m for m in analyses[0].mentions if m.concept == "substance.filler")
    assert doc[filler.first : filler.last].text == "fillers"


def test_only_the_languages_asked_for_are_found() -> None:
    """A pipeline for Spanish need not know English."""
    nlp = spacy.blank("es")
    nlp.add_pipe("menulint_terms", config={"languages": ["es"]})
    assert labels(nlp("Nuestras inyecciones de exosomas.")) >= {"route.injection", "substance.exosome"}
    assert labels(nlp("Our stem cells.")) == set()
    with pytest.raises(UsageError, match="no lexicon for de; it has en, es"):
        nlp.add_pipe("menulint_terms", name="other", config={"languages": ["de"]})


@pytest.fixture
def house(tmp_path: Path) -> str:
    """A folder that adds a term to the pack."""
    (tmp_path / "lexicons" / "en").mkdir(parents=True)
    term = "- concept: substance.exosome\n  forms: [vesiculoid]\n  flagged: [Vesiculoid serum.]\n  source: a test\n"
    (tmp_path / "lexicons" / "en" / "own.yaml").write_text(term, "utf-8")
    return str(tmp_path)


def test_a_pipeline_with_a_pack_of_its_own_is_written_and_read_with_it(house: str, tmp_path: Path) -> None:
    """To disk and to bytes: the configuration names the folders."""
    nlp = spacy.blank("en")
    for name in OURS:
        nlp.add_pipe(name, config={"pack": [house]})
    nlp.to_disk(tmp_path / "model")
    copies = (spacy.load(tmp_path / "model"), spacy.blank("en", config=nlp.config).from_bytes(nlp.to_bytes()))
    for copy in copies:
        doc = copy("Our vesiculoid serum.")
        assert "substance.exosome" in labels(doc)
        assert cues_of(doc, "substance.exosome") == {"seller"}


def test_components_with_different_packs_say_so(house: str) -> None:
    """Numbers of one pack mean nothing in another."""
    nlp = pipeline("en", "menulint_sentences", "menulint_terms")
    nlp.add_pipe("menulint_context", config={"pack": [house]})
    with pytest.raises(UsageError, match="give both the same"):
        nlp(TEXT)


def test_what_is_missing_or_wrong_is_said_where_it_is_named(tmp_path: Path) -> None:
    """A component that did not run, and a folder that is no pack."""
    with pytest.raises(UsageError, match='put "menulint_sentences"'):
        pipeline("en", "menulint_terms", "menulint_context")(TEXT)
    with pytest.raises(UsageError, match='"menulint_terms"'):
        pipeline("en", "menulint_sentences", "menulint_context")(TEXT)
    with pytest.raises(PackError, match="this is no pack"):
        spacy.blank("en").add_pipe("menulint_terms", config={"pack": [str(tmp_path)]})


def test_documents_are_written_and_read_with_their_analysis() -> None:
    """By themselves and in a DocBin."""
    doc = pipeline()(TEXT)
    read = Doc(doc.vocab).from_bytes(doc.to_bytes())
    (stored,) = DocBin(docs=[doc], store_user_data=True).get_docs(doc.vocab)
    assert read._.menulint_analysis == stored._.menulint_analysis == doc._.menulint_analysis
    assert labels(read) == labels(doc)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_several_processes_give_what_one_gives(method: str, tmp_path: Path) -> None:
    """However they are started."""
    program = tmp_path / "program.py"
    program.write_text(
        "import multiprocessing, spacy\n"
        "def said(docs):\n"
        "    return [([span.label_ for span in doc.spans['menulint']], doc._.menulint_analysis) for doc in docs]\n"
        "if __name__ == '__main__':\n"
        f"    multiprocessing.set_start_method({method!r})\n"
        "    nlp = spacy.blank('en')\n"
        f"    for name in {OURS!r}: nlp.add_pipe(name)\n"
        "    texts = ['We give exosome injections.', 'Is it safe?', 'We do not offer fillers.', 'Hello.'] * 2\n"
        "    one, two = said(nlp.pipe(texts)), said(nlp.pipe(texts, n_process=2, batch_size=2))\n"
        "    assert one == two and one[0][0], two\n",
        "utf-8",
    )
    subprocess.run([sys.executable, str(program)], check=True, timeout=120)


def test_displacy_draws_the_terms_in_the_colours_of_their_facets() -> None:
    """Words, labels and colours are in the HTML."""
    doc = pipeline()(TEXT)
    options = displacy_options(doc)
    html = displacy.render(doc, style="span", options=options, jupyter=False)
    assert all(token.text in html for token in doc)
    for label in labels(doc):
        assert label in html
        assert options["colors"][label] in html


@pytest.mark.parametrize(
    "text",
    [
        "We give exosome injections. Is it safe?",
        "Botox®/filler — never inject exosomes; they aren't licensed (see fda.gov)...",
        "«Mi piel parece nueva»: sin agujas, sin dolor.  Precio: 250€",
        " • PRP 2ml\u00a0+ micro-needling | no downtime!",
        "",
    ],
)
def test_the_short_way_and_the_components_say_the_same(
    text: str, both_ways: tuple[Analyser, Language, Matcher]
) -> None:
    """What a run uses instead of documents and what a spaCy user gets are one and the same."""
    analyser, nlp, matcher = both_ways
    assert analyser.analysed(0, text, "xx", hits_in(text, matcher)) == nlp(text)._.menulint_analysis


def hits_in(text: str, matcher: Matcher) -> tuple[Hit, ...]:
    """What the matcher finds, counted in the text as written."""
    folded = fold(text)
    return tuple(Hit(hit.entry, *folded.original(hit.start, hit.end)) for hit in matcher.find(folded, text))


SENTENCES = st.sampled_from(
    [
        "We give exosome injections.",
        "Is it safe?",
        "Botox® (never on Mondays):",
        "We do not offer fillers, but PRP 2ml is £250!",
        "«Mi piel parece nueva»",
        '"I never looked back',
        'after Botox", she says.',
        "What is microneedling",
        "No downtime — no needles;",
        "e.g. Dr. Who's skin boosters (no pain)",
        "it renews skin...",
        "| no.",
        "• Collagen-boosting peel",
        ":)",
    ]
)
BETWEEN = st.sampled_from([" ", " ", " ", "", "  ", "\n\n", "\u00a0", " \ufffc "])


@given(st.lists(st.tuples(SENTENCES, BETWEEN), max_size=6))
@settings(max_examples=60)
def test_sentences_read_by_themselves_say_what_they_say_in_their_block(
    both_ways: tuple[Analyser, Language, Matcher], parts: list[tuple[str, str]]
) -> None:
    """No cue reaches out of its sentence, and no token lies in two; where that does not hold the block is read as one."""
    analyser, nlp, matcher = both_ways
    text = "".join(chain.from_iterable(parts)).strip()
    assert analyser.analysed(0, text, "xx", hits_in(text, matcher)) == nlp(text)._.menulint_analysis


@pytest.fixture(scope="module")
def both_ways() -> tuple[Analyser, Language, Matcher]:
    """An analyser, a pipeline and the matcher of both."""
    pack = load_pack()
    matcher = Matcher(pack.lexicon)
    return Analyser(pack), build(pack, matcher), matcher


def test_a_block_may_be_longer_than_spacy_lets_a_parser_read(both_ways: tuple[Analyser, Language, Matcher]) -> None:
    """A page of a million characters without a break is slow to no one: there is no parser here."""
    analyser, _, _ = both_ways
    text = "skin " * 210_000
    assert analyser.analysed(0, text, "en", ()).sentences[-1].end == len(text.rstrip())


@given(st.text(alphabet="aZé1 .,'’s£-:\u00a0\n\ufffc", max_size=40))
@settings(max_examples=300)
def test_a_document_of_our_tokens_is_the_text(both_ways: tuple[Analyser, Language, Matcher], text: str) -> None:
    """Nothing is lost between tokens, and a run counts the same ones."""
    doc = both_ways[1].make_doc(text)
    assert doc.text == text
    assert [(token.idx, token.idx + len(token)) for token in doc] == [*zip(*Tokens.cut(text, [])[1:3], strict=True)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("PRP/PRF, 2ml: £1,250.50", ["PRP", "/", "PRF", ",", "2", "ml", ":", "£", "1,250.50"]),
        ("Botox®+filler doesn't hurt", ["Botox", "®", "+", "filler", "doesn't", "hurt"]),
        ("your skin’s own l’acide", ["your", "skin", "’s", "own", "l’acide"]),
        ("no pain.Book now", ["no", "pain", ".", "Book", "now"]),
    ],
)
def test_a_token_is_a_word_a_number_or_a_mark(text: str, tokens: list[str]) -> None:
    """However a menu writes them together."""
    cut = Tokens.cut(text, [])
    assert [text[start:end] for start, end in zip(cut.starts, cut.ends, strict=True)] == tokens
