"""French copy: what a clinic offers is seen, what warns, asks, forbids or says no is not."""

from __future__ import annotations

import pytest

from menulint.linter import Linter, Options
from menulint.pack.load import load_pack

OFFERS = [
    ("Injections d'exosomes dans tout le visage.", "RTE"),
    ("Microneedling aux exosomes : 250 €", "RTE"),
    ("Exosomes issus du cordon ombilical.", "SRC"),
    ("Botox : trois zones à partir de 250 €.", "POM"),
    ("La piqûre pour perdre du poids.", "POM"),
    ("Stimule la production d'élastine.", "MED"),
    ("Effacez les rides du front.", "EFF"),
]
NO_OFFERS = [
    "Nous n'injectons pas d'exosomes.",
    "L'injection d'exosomes est interdite en France.",
    "Il est interdit de faire de la publicité pour la toxine botulique.",
    "Qu'est-ce que la toxine botulique ?",
    "L'ANSM alerte sur les injections d'exosomes.",
    "Aucune étude ne montre que les exosomes régénèrent la peau.",
    "En cas d'allergie à la toxine botulique, prévenez-nous.",
]


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(load_pack(cached=False), Options(jurisdiction=("all",)))


@pytest.mark.parametrize(("text", "category"), OFFERS)
def test_what_french_copy_offers_is_found(linter: Linter, text: str, category: str) -> None:
    """Routes, sources, medicines and the main promises."""
    findings = linter.check_bytes("page.txt", text.encode()).findings
    assert category in {finding.rule[:3] for finding in findings}


@pytest.mark.parametrize("text", NO_OFFERS)
def test_what_french_copy_refuses_or_reports_is_silent(linter: Linter, text: str) -> None:
    """The basic cues of negation, prohibition, warning and question."""
    findings = linter.check_bytes("page.txt", text.encode()).findings
    assert not [finding for finding in findings if finding.severity in ("error", "warning")]
