"""An answer claims what its question asks; a value claims what its label names."""

from __future__ import annotations

import pytest

from menulint.linter import Linter, Options
from menulint.pack.model import Pack

CLAIMS = [
    ("Does it hurt? Not at all.", "Not at all", "SAF003"),
    ("## Are there any side effects?\n\nNone.", "None", "SAF002"),
    ("## Is the treatment painless?\n\nYes, absolutely.", "Yes", "SAF003"),
    ("¿Duele? Nada. ¿Hay efectos secundarios? Pocos.", "Nada", "SAF003"),
    ("Downtime: none", "none", "SAF004"),
    ("| Treatment | Downtime |\n|---|---|\n| Peel | 0 days |", "0 days", "SAF004"),
    ("¿Tiene efectos secundarios? Ninguno.", "Ninguno", "SAF002"),
    ("Dimpled thighs? Gone.", "Gone", "EFF005"),
    ("Living with psoriasis? We can help.", "We can help", "MED007"),
    ("Are they safe? Yes, completely.", "Yes", "SAF001"),
    ("How long does it last? Forever.", "Forever", "EFF006"),
    ("When can I go back to work? Straight away.", "Straight away", "SAF004"),
    ("Who should not have it? Nobody.", "Nobody", "SAF001"),
    ("Back to work: immediately", "immediately", "SAF004"),
    ("| Thread lift | |\n|---|---|\n| Duration of results | Permanent |", "Permanent", "EFF006"),
    ("¿Cuánto duran los resultados? Para siempre.", "Para siempre", "EFF006"),
]
NO_CLAIMS = [
    ("Does it hurt? A little.", "A little"),
    ("Does it hurt? Yes, it can.", "Yes"),
    ("Is the treatment painless? No, it stings.", "No"),
    ("Downtime: two days", "two days"),
    ("How long does it last? About four months.", "About"),
    ("Who is it for? Adults with dry skin.", "Adults"),
    ("Back to work: three days", "three"),
    ("Confirmation of your booking: immediate", "immediate"),
    ("Is it safe? Yes. There are no side effects at all.", "Yes"),
    ("Cancellation fee: none", "none"),
    ("Do you treat psoriasis? No.", "No"),
    ("Bothered by fine lines? We can help.", "We can help"),
    ("| Treatment | Side effects | Downtime |\n|---|---|---|\n| None | Redness | 2 days |", "None"),
    ("Is there a car park? No. Downtime differs from person to person.", "No"),
]


def _found(linter: Linter, text: str, words: str) -> set[str]:
    start = text.index(words)
    findings = linter.check_bytes("page.md", text.encode()).findings
    return {f.rule for f in findings if any(p.start.offset == start for p in f.places)}


@pytest.mark.parametrize(("text", "words", "rule"), CLAIMS, ids=[text for text, _, _ in CLAIMS])
def test_the_finding_stands_on_the_answer(linter: Linter, text: str, words: str, rule: str) -> None:
    """A bare “Not at all.” after “Does it hurt?” promises no pain, in the words of the answer."""
    assert rule in _found(linter, text, words)


@pytest.mark.parametrize(("text", "words"), NO_CLAIMS, ids=[text for text, _ in NO_CLAIMS])
def test_an_answer_that_admits_or_is_about_something_else_claims_nothing(linter: Linter, text: str, words: str) -> None:
    """A bare “A little.” after “Does it hurt?” promises nothing."""
    assert _found(linter, text, words) == set()


def test_the_question_is_kept_as_a_cue_of_its_answer(linter: Linter) -> None:
    """Who reads the report sees what the bare "None." answers."""
    (finding,) = linter.check_bytes("page.md", b"## Are there any side effects?\n\nNone.").findings
    assert [(cue.text, cue.says) for cue in finding.cues] == [("Are there any side effects?", "answered")]


def test_a_no_that_is_an_answer_denies_nothing_behind_its_comma(pack: Pack) -> None:
    """It says no to the question and promises all the same: "No, it is gone for good"."""
    linter = Linter(pack, Options(jurisdiction=("GB",), genre="promotional"))
    kept = linter.check_bytes("a.md", b"Will it return?\n\nNo, the results are permanent.\n").findings
    denied = linter.check_bytes("a.md", b"Will it last?\n\nNo results are permanent.\n").findings
    assert [f.text for f in kept] == ["results are permanent"]
    assert denied == ()


def test_a_question_defines_only_what_it_names(pack: Pack) -> None:
    """“What are polynucleotides?” is answered by a definition, “What is in the box?” by what is sold."""
    linter = Linter(pack, Options(jurisdiction=("GB",), genre="promotional", select=("SRC003",)))
    sold = linter.check_bytes("a.md", b"## What is in the gold box?\n\nPolynucleotides purified from trout.\n").findings
    defined = linter.check_bytes("a.md", b"## What are polynucleotides?\n\nPolynucleotides purified from trout.\n")
    assert [f.text for f in sold] == ["Polynucleotides purified from trout"]
    assert defined.findings == ()
