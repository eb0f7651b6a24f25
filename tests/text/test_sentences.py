"""Sentences, questions and clauses of visible copy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menulint.text import sentences
from menulint.text.sentences import clause_break_offsets, is_question, sentence_spans

ABBREVIATIONS = frozenset({"dr", "dra", "approx", "e.g", "no", "dr. med", "ee. uu", "etc", "incl", "i.v"})


@pytest.mark.parametrize(
    "sentences",
    [
        ["Peels cost approx. £300.", "Book now!", "Is it safe?", "Yes."],
        ["Ask Dr. Weber first.", "Dr. med. Weber answers."],
        ["Aprobado en EE. UU. en 2019.", "¡Reserve ya!", "¿Duele?", "Casi nada."],
        ["The i.v. Glow drip takes 1.5 hours.", "We offer e.g. Botox."],
        ["There is more… if you ask.", "Wait... what?!", "Yes."],
        ["We call it “liquid gold.”", "(Patients agree.)", "Ask us."],
        ["“Is it safe?” patients ask.", "It was proven.¹", "Results last.[2]", "Come in."],
        ["Try vitamin C.", "It glows."],
        ["Ask J. K. about it.", "She knows."],
        ["1. Book.", "2. Relax."],
        ["No. 5 is our favourite.", "Does it hurt?", "No.", "Never."],
        ["Peels, masks etc. are included.", "We also do lasers etc.", "Call us."],
        ["• Fillers £200", "• Peels £90"],
        ["Fillers |", "Peels |", "Lasers"],
        ["Renew your skin.", "we care."],
        ["Depth is 0.5 mm. or less.", "Ask."],
        ["Glow", "Shine"],
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences: list[str]) -> None:
    """Abbreviations, decimals and initials end no sentence; bullets and bars do."""
    joint = "\n\n" if sentences == ["Glow", "Shine"] else " "
    text = joint.join(sentences)
    assert [text[start:end] for start, end in sentence_spans(text, ABBREVIATIONS)] == sentences


def test_a_missing_space_does_not_join_sentences() -> None:
    """Copy put together by machine lacks spaces, "your skin.Book now", but an address has none either."""
    text = "Renew your skin.Book at www.Glow.Example today"
    assert [text[a:b] for a, b in sentence_spans(text, ())] == ["Renew your skin.", "Book at www.Glow.Example today"]


@given(st.text(st.sampled_from("aB1 .!?…\"')(|•¿\n\u2028-"), max_size=80))
def test_sentences_hold_all_there_is_to_read(text: str) -> None:
    """Spans are in order, apart, not empty, and nothing but white space stands between them."""
    at = 0
    for start, end in sentence_spans(text, ABBREVIATIONS):
        assert text[at:start].strip() == ""
        assert start < end
        assert text[start:end] == text[start:end].strip()
        at = end
    assert text[at:].strip() == ""


@pytest.mark.parametrize(
    "text",
    ["Is it safe?", "“Is it safe?”", "Safe?! ", "¿Es seguro?", "¿Es seguro", "\u5b89\u5168\u3067\u3059\u304b\uff1f"],
)
def test_what_asks_is_a_question(text: str) -> None:
    """A question mark may stand before closing quotes, and a Spanish heading may lack its last one."""
    assert is_question(text)


@pytest.mark.parametrize("text", ["", "It is safe.", "Safe? Yes.", "¿Duele? Casi nada.", "Book now!"])
def test_what_answers_is_no_question(text: str) -> None:
    """A question with its answer in one text is none."""
    assert not is_question(text)


@pytest.mark.parametrize(
    "clauses",
    [
        ["We renew skin;", " we do not cure."],
        ["Our promise:", " no downtime"],
        ["Exosomes –", " our favourite –", " renew skin"],
        ["Exosomes -", " our favourite"],
        ["Exosomes—", "our favourite"],
        ["Exosomes ", "(for topical use only)", " renew skin"],
        ["Platelet-rich plasma (PRP) renews skin at 10:30 sharp"],
        ["Micro-needling, pre- and post-care"],
        ["(Not for injection.)"],
        [""],
    ],
)
def test_punctuation_ends_clauses(clauses: list[str]) -> None:
    """Semicolons, colons, dashes and brackets do; hyphens, times and a bracketed abbreviation do not."""
    text = "".join(clauses)
    breaks = clause_break_offsets(text, 0, len(text))
    assert [text[a:b] for a, b in zip([0, *breaks], [*breaks, len(text)], strict=True)] == clauses


def test_clause_breaks_stay_inside_the_sentence() -> None:
    """Offsets are those of the whole text, between the sentence's own ends."""
    text = "One; two. Three; four; five"
    assert clause_break_offsets(text, 10, len(text)) == [16, 22]


@pytest.mark.parametrize("unit", ["a.", ".", ".)", "(", "\n ", "--", "• ", "[1", " "])
def test_hostile_runs_are_read_in_one_pass(unit: str) -> None:
    """A quarter of a million characters of punctuation hold sentences and clauses, not a trap."""
    text = unit * (250_000 // len(unit))
    spans = sentence_spans(text, ABBREVIATIONS)
    clause_break_offsets(text, 0, len(text))
    assert bool(spans) == bool(text.strip())


@given(
    st.lists(
        st.sampled_from(["Peels", "dept.", "Dr.", "viii.", "skin.", "no.", "Ask", "we", "£90.", "J.", "med."]),
        max_size=9,
    )
)
def test_what_ends_plainly_ends_on_reflection(words: list[str]) -> None:
    """The short way to an answer is never another answer."""
    text = " ".join(words)
    known = ABBREVIATIONS | {"dept"}
    for mark in sentences._MARKS.finditer(text):
        if sentences._ends_plainly(text, 0, mark.start(), sentences._openings(known)):
            match = sentences._ENDS.match(text, mark.start())
            assert match is not None
            assert sentences._end(text, 0, match, known) == mark.end()
