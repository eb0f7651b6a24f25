"""The same words as a claim and as none: what tells them apart is who says them and how."""

from __future__ import annotations

import pytest

from menulint.linter import Linter

PAIRS = [
    ("We give exosome injections.", "We do not give exosome injections.", "exosome"),
    (
        "Our exosome injections regenerate skin cells.",
        "The MHRA warned that exosome injections are illegal.",
        "exosome",
    ),
    ("The treatment is painless.", "Is the treatment painless?", "painless"),
    ("This serum reverses ageing.", "No serum reverses ageing.", "reverses ageing"),
    ("This serum reverses ageing.", "It is misleading to say that a serum reverses ageing.", "reverses ageing"),
    (
        "This serum reverses ageing.",
        "Critics say the idea that a serum reverses ageing is unproven.",
        "reverses ageing",
    ),
    ("Exosomes regenerate the skin.", "Exosomes have not been shown to regenerate the skin.", "regenerate"),
    ("Exosomes regenerate the skin.", "It remains unclear whether exosomes regenerate the skin.", "regenerate"),
    ("Exosomes regenerate the skin.", "Exosomes are being studied for whether they regenerate the skin.", "regenerate"),
    (
        "Human stem cell exosomes for your face.",
        "Human stem cell exosomes are strictly banned in cosmetics.",
        "Human stem cell",
    ),
    ("Microneedling with exosomes £250", "Microneedling without exosomes £150", "exosomes"),
    ("The peel does not hurt and erases wrinkles.", "The peel does not hurt or erase wrinkles.", "wrinkles"),
    ("It won't sting but it erases wrinkles.", "It won't erase wrinkles but it stings.", "wrinkles"),
    ("El peeling no duele y borra las arrugas.", "El peeling no borra las arrugas ni duele.", "borra las arrugas"),
    (
        "Instead of saying maybe, exosome injections cure acne.",
        "Instead of saying exosome injections cure acne, say what was studied.",
        "exosome injections cure acne",
    ),
    ("Botox from £150", "Botox may not be advertised to the public.", "Botox"),
    ("Why settle for less when our laser erases wrinkles?", "Which laser erases wrinkles?", "erases wrinkles"),
    ("This serum reverses ageing.", "A serum that reverses ageing would have to be licensed.", "reverses ageing"),
    ("This serum reverses ageing.", "If a serum ever reverses ageing, we will say so.", "reverses ageing"),
    (
        "Our exosome injections.",
        "A clinic that offers exosome injections may be breaking the law.",
        "exosome injections",
    ),
    (
        "## Why us\n\n- Results are permanent",
        "## Wording we avoid because it is banned from adverts\n\n- Results are permanent",
        "permanent",
    ),
    ("## What we do\n\n- Inject exosomes", "## What we will not do\n\n- Inject exosomes", "Inject exosomes"),
    ("## Qué hacemos\n\n- Inyectar exosomas", "## Lo que nunca hacemos\n\n- Inyectar exosomas", "Inyectar exosomas"),
    ("Clinically proven to lift.", "It is not clinically proven.", "clinically proven"),
    (
        "Our serum erases wrinkles and must never be injected.",
        "To say a serum erases wrinkles must never be allowed.",
        "erases wrinkles",
    ),
    (
        "Our peel erases wrinkles, and is not recommended in pregnancy.",
        "A peel that erases wrinkles is not recommended reading for anybody.",
        "erases wrinkles",
    ),
    (
        "Nuestro sérum borra las arrugas y no debe inyectarse.",
        "No debe decirse que un sérum borra las arrugas.",
        "borra las arrugas",
    ),
    ("No diet, no gym: this serum reverses ageing.", "We never say: this serum reverses ageing.", "reverses ageing"),
    (
        "It isn't magic, it's science: our peel erases wrinkles.",
        "It isn't true that our peel erases wrinkles.",
        "erases wrinkles",
    ),
    ("The peel is free of risk.", "We cannot promise that the peel is free of risk.", "free of risk"),
    ("If you love glow: exosome injections.", "If the law ever changed we would give exosome injections.", "exosome"),
    ("Exosome injections from £200.", "Exosome injections have put three women in hospital.", "Exosome injections"),
    ("El peeling borra las arrugas.", "Si un peeling borrara las arrugas habría que probarlo.", "arrugas"),
    ("Bótox desde 99 €.", "La policía detuvo a una mujer que ponía bótox en casa.", "bótox"),
    ("Es un láser sin dolor.", "No podemos prometer un láser sin dolor.", "sin dolor"),
    ("This serum reverses ageing.", "The defendants told buyers that the serum reverses ageing.", "reverses ageing"),
    (
        "The injector at our clinic says exosome injections cure acne.",
        "The injector at her clinic said exosome injections cure acne.",
        "cure acne",
    ),
    (
        "On Instagram our salon offers exosome injections that cure acne.",
        "On Instagram some sellers offer exosome injections that cure acne.",
        "cure acne",
    ),
    (
        "As seen on TikTok, exosome injections promise to cure acne.",
        "On TikTok people promise that exosome injections cure acne.",
        "cure acne",
    ),
    (
        "Rather than promising wonders, our exosome injections cure acne.",
        "Instead of writing that exosome injections cure acne, name the price.",
        "cure acne",
    ),
    (
        "Many studies show that exosome injections cure acne.",
        "Three small trials reported that exosomes cure acne.",
        "cure acne",
    ),
    (
        "Explain why spots fade: our exosome injections cure acne.",
        "Explain why the claim that exosome injections cure acne is unlawful.",
        "cure acne",
    ),
    (
        "If you want acne cured, see a doctor at our clinic.",
        "If you want acne cured, see a doctor.",
        "acne cured",
    ),
    (
        "We promised that exosome injections cure acne and we deliver.",
        "We had promised that exosome injections cure acne.",
        "cure acne",
    ),
    (
        "Anunciamos una inyección de exosomas que cura el acné.",
        "Antes anunciábamos una inyección de exosomas que cura el acné.",
        "cura el acné",
    ),
    (
        "En Instagram se venden nuestras inyecciones de exosomas que curan el acné.",
        "En Instagram se venden inyecciones de exosomas que curan el acné.",
        "curan el acné",
    ),
]


def flagged(linter: Linter, text: str, words: str) -> bool:
    """Whether a finding above information overlaps some words of a text."""
    start = text.casefold().index(words.casefold())
    end = start + len(words)
    found = linter.check_bytes("copy.txt", text.encode()).findings
    places = [at for f in found if f.severity != "info" for at in f.places]
    return any(at.start.offset < end and start < at.end.offset for at in places)


@pytest.mark.parametrize(("claim", "none", "words"), PAIRS, ids=[none for _, none, _ in PAIRS])
def test_a_claim_is_flagged_and_its_look_alike_is_not(linter: Linter, claim: str, none: str, words: str) -> None:
    """Both halves of a pair hold the same words."""
    assert flagged(linter, claim, words)
    assert not flagged(linter, none, words)


KEPT = [
    ("No downtime and no side effects.", "no side effects"),
    ("Lifts without surgery and it is completely painless.", "painless"),
    pytest.param(
        "Not only painless but permanent.", "painless", marks=pytest.mark.xfail(strict=True, reason="known gap")
    ),
    ("Exosomes may reverse ageing.", "reverse ageing"),
    ("We don't use fillers, but our exosome injections regenerate skin cells.", "exosome injections"),
    ("Acne does not return.", "Acne does not"),
    ("Acne does not stand a chance.", "Acne does not"),
    ("Exosomes cannot be injected, but we apply them with microneedling.", "microneedling"),
]


@pytest.mark.parametrize(("text", "words"), KEPT)
def test_a_cue_that_governs_something_else_silences_nothing(linter: Linter, text: str, words: str) -> None:
    """Negation that is the claim, a hedge before a strong claim, a cue in another clause."""
    assert flagged(linter, text, words)


def test_a_product_in_another_row_is_not_bound(linter: Linter) -> None:
    """Needling in one row and exosomes in the next make no claim together; in one row they do."""
    table = "| Treatment | Price |\n|---|---|\n| {} | £90 |\n| {} | £80 |\n"
    apart = linter.check_bytes("menu.md", table.format("Microneedling", "Exosome facial").encode())
    together = linter.check_bytes("menu.md", table.format("Microneedling with exosomes", "Facial").encode())
    assert not [f for f in apart.findings if f.rule.startswith("RTE")]
    assert [f.text for f in together.findings if f.rule.startswith("RTE")] == ["Microneedling with exosomes"]
