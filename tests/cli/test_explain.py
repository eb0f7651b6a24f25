"""What ``menulint explain`` tells a reader who knows nothing of menulint: where, since when, who says so, how sure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from menulint.cli import run

Explain = Callable[..., str]


@pytest.fixture
def explain(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Explain:
    """Runs ``menulint explain`` with the pack we ship, in a folder of its own; what it prints is one line."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> str:
        capsys.readouterr()
        assert run(("explain", *arguments)) == 0
        return " ".join(capsys.readouterr().out.split())

    return call


def test_a_rule_is_compared_between_two_places(explain: Explain) -> None:
    """Spain forbids to name a prescription medicine; the United States allow it, and a provision says so."""
    out = explain("POM001", "--jurisdiction", "ES,US")
    assert "prohibited, whatever the evidence: ES allowed: US" in out
    assert "ES-RDL-80-1-B prohibited (error): if it is about: something that is prescription-only there" in out
    assert "Real Decreto Legislativo 1/2015, Art. 80.1.b (law; as another official body restates it)" in out
    assert "in force: since 2015-07-26" in out
    assert "how sure: medium (restated by another source, or the law fits by inference)" in out
    assert "from EU (European Union), where none of the above fits: EU-MED-88-1" in out
    assert "US, United States: no law that menulint knows makes it a problem there." in out
    assert "What is on file there allows it: US-FDCA-502n" in out
    assert "FR, France" not in out


def test_a_place_without_law_on_a_rule_says_so_and_what_is_near(explain: Explain) -> None:
    """New Zealand has no list of prescription medicines on file, since none of its law on file turns on it."""
    out = explain("POM001", "--jurisdiction", "NZ")
    assert "NZ, New Zealand: no law that menulint knows makes it a problem there." in out
    assert "For New Zealand nothing is on file as that" in out


def test_own_law_without_condition_replaces_what_is_inherited(explain: Explain) -> None:
    """The Spanish decree holds for every regeneration claim, so the provisions of the Union are named only."""
    out = explain("EFF002", "--jurisdiction", "ES")
    assert "from EU (European Union), replaced here by the above: EU-COS-2-1-A-PURPOSE" in out


def test_without_places_every_place_is_summed_up_first(explain: Explain) -> None:
    """Those that forbid it, those that ask for proof, those without law, then all of it."""
    out = explain("POM003")
    in_short = out[out.index("law, place by place") : out.index("AU, Australia")]
    assert "prohibited, whatever the evidence: AU" in in_short
    assert "no law that menulint knows:" in in_short
    assert in_short.count(" ES") == 1


def test_a_country_without_law_is_answered_by_the_reference_set(explain: Explain) -> None:
    """As its pages are judged."""
    out = explain("RTE001", "--jurisdiction", "BR")
    assert "no law on file for BR: judged by the reference set EU, GB, US" in out
    assert "EU, European Union: prohibited" in out


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2023-12-17", "POM002 prohibited, whatever the evidence: AU"),
        ("2024-03-07", "AU-TGA-INJECTABLES-2024"),
    ],
)
def test_law_that_is_not_in_force_yet_is_marked(explain: Explain, day: str, said: str) -> None:
    """General terms for injections were accepted in Australia until the end of 2023."""
    out = explain("POM002", "--jurisdiction", "AU", "--as-of", day)
    ahead = "not in force yet: since 2023-12-18" in out
    assert ahead == (day < "2023-12-18")
    assert (said in out) == (day > "2023-12-18")


def test_law_that_ended_is_marked(explain: Explain) -> None:
    """The former advertising code of New Zealand."""
    out = explain("NZ-ASA-THAC-2016", "--as-of", "2026-11-26")
    assert "in force: no longer in force: since 2016-08-02, until 2026-06-30" in out


def test_a_line_is_explained_place_by_place(explain: Explain) -> None:
    """The finding of the place that has one, and why the other has none."""
    Path("menu.md").write_text("# Our clinic\n\nBotox from €200. Book now at our clinic.\n", "utf-8")
    out = explain("menu.md:3", "--jurisdiction", "ES,US")
    assert "Reported in ES: POM001 named-prescription-medicine ES: prohibited (error)." in out
    assert "ES-RDL-80-1-B: Only medicines meant for use without a doctor" in out
    assert "No finding in US: nothing here is prescription-only in that place" in out
    assert "write instead: Advertise the consultation, not the medicine" in out


def test_a_concept_says_what_it_is_in_each_place(explain: Explain) -> None:
    """Since when and by which provision, also where that is inherited."""
    out = explain("substance.botulinum-toxin", "--jurisdiction", "GB,GB-NIR,US")
    assert "GB: prescription-only, by UK-HMR-284, since 2012-08-14" in out
    assert "GB-NIR (from GB): prescription-only, by UK-HMR-284" in out
    assert "nothing on file in US" in out
    assert "POM001 named-prescription-medicine" in out


def test_a_provision_says_where_else_it_holds(explain: Explain) -> None:
    """And which law of those places comes first."""
    out = explain("EU-MED-88-1")
    assert "holds also in: BE, DE, ES, FR, IE, IT" in out
    assert "stands behind the law of the place itself:" in out
    assert "ES: ES-RDL-80-1-B" in out


def test_a_place_is_explained_as_a_whole(explain: Explain) -> None:
    """By code in any case: regulators, whose law it takes over, what is not covered."""
    out = explain("es")
    assert "ES, Spain regulators and bodies: AEMPS" in out
    assert "takes over the law of: EU" in out
    (uncovered,) = re.findall(
        r"not covered \(no law on file makes these wordings a problem there\): ([A-Z0-9, ]+[0-9])", out
    )
    assert "POM003" in uncovered.split(", ")
    assert "prescription-only, by ES-RDL-80-1-B: botulinum toxin" in out


def test_explanations_speak_spanish(explain: Explain) -> None:
    """The same facts in the other catalogue."""
    out = explain("POM001", "--jurisdiction", "ES,US", "--ui-lang", "es")
    assert "prohibido, con pruebas o sin ellas: ES permitido: US" in out
    assert "quién lo dice: Real Decreto Legislativo 1/2015, Art. 80.1.b (norma legal;" in out
    assert "en vigor: desde 2015-07-26" in out


def test_explanations_are_plain_values_too(capsys: pytest.CaptureFixture[str]) -> None:
    """The same places, also those without law, with dates and conditions."""
    assert run(("explain", "POM001", "ES", "--jurisdiction", "ES,US", "--format", "json")) == 0
    rule, place = json.loads(capsys.readouterr().out)["explained"]
    spain, states = rule["rule"]["places"]
    assert (spain["code"], spain["verdicts"]) == ("ES", ["prohibited"])
    first = next(entry for entry in spain["law"] if entry["provision"]["id"] == "ES-RDL-80-1-B")
    assert (first["says"], first["verdict"], first["provision"]["in_force"]["from"]) == (
        "backs",
        "prohibited",
        "2015-07-26",
    )
    assert (states["verdicts"], [entry["says"] for entry in states["law"]]) == ([], ["permits"])
    assert place["place"]["inherits"] == [{"from": "EU", "domains": []}]
