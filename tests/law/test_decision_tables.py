"""The decision tables on exosomes: source by route by place, one seller's sentence for each cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
import yaml
from _pytest.mark import ParameterSet

from menulint.finding import CONFIDENCES, VERDICTS, Finding
from menulint.linter import Linter, Options
from menulint.pack.model import Pack

TODAY = date(2026, 11, 26)

SOURCES = {
    "human": "umbilical cord exosomes",
    "animal": "milk exosomes",
    "plant": "rose stem cell exosomes",
    "synthetic": "synthetic exosomes",
    "own": "exosomes from your own blood",
}

ROUTES = {
    "topical": "We smooth {} onto the surface of your skin.",
    "topical-effect": "Our cream with {} rebuilds collagen.",
    "needling": "We offer microneedling with {}.",
    "dermis": "We offer microneedling with {} down into the dermis.",
    "injection": "Our nurse injects {} into your face.",
    "mesotherapy": "We offer mesotherapy with {}.",
    "drip": "We offer {} as an IV drip.",
    "inhaled": "We offer {} to inhale through a nebuliser.",
    "swallowed": "Swallow our {} every morning.",
}

ASKED = ("RTE", "SRC", "APR", "POM")
"""Categories that speak of what a thing is and how it is applied."""
ASKED_OF_EFFECTS = (*ASKED, "EFF", "MED")
PAPERS = "SRC003"
"""Asks for papers on an animal, on any route: it answers only for what stays on the skin."""

TABLES = yaml.safe_load((Path(__file__).parent / "decision_tables.yaml").read_text(encoding="utf-8"))

Cell = tuple[str, str, str]


def _left(why: str, *cells: str) -> dict[Cell, str]:
    """Cells, written as on the command line ("EU animal inhaled"), with one reason."""
    return dict.fromkeys(((place, source, route) for place, source, route in map(str.split, cells)), why)


BESIDE_THE_TABLE = {
    **_left(
        "the text names what is inhaled, so its own confidence stands; the table grades it with what is swallowed",
        *(
            f"{place} {source} inhaled"
            for place in ("EU", "ES", "GB", "IE")
            for source in ("animal", "synthetic", "own")
        ),
    ),
    **_left(
        "law of the Union binds in Ireland as it stands; the table grades lower because no Irish authority has spoken",
        *(f"IE {source} needling" for source in ("animal", "plant", "synthetic", "own")),
        *(f"IE own {route}" for route in ("injection", "mesotherapy", "drip")),
    ),
    **_left("how deep a needle goes is asked of any source, own blood included", "EU own needling"),
    **_left("the act turns on the route and asks for no source", "KR own needling"),
    **_left(
        "review is the maker's affair, known from one private report; no rule reads a named harmless source as a fault",
        "CA plant topical",
        "CA synthetic topical",
    ),
}
"""Cells that the linter answers otherwise, and why that is left so."""


def cells() -> Iterator[ParameterSet]:
    """Every examined cell, with its answer."""
    for place, rows in TABLES["places"].items():
        for source, columns in rows.items():
            for route, answer in columns.items():
                why = BESIDE_THE_TABLE.get((place, source, route))
                marks = [pytest.mark.xfail(reason=why, strict=True)] if why else []
                yield pytest.param(place, source, route, answer, marks=marks, id=f"{place}-{source}-{route}")


LinterOf = Callable[[str], Linter]


@pytest.fixture(scope="module")
def linter_of(pack: Pack) -> LinterOf:
    """A linter that judges by one place."""

    @lru_cache(maxsize=1)
    def made(place: str) -> Linter:
        return Linter(pack, Options(jurisdiction=(place,), as_of=TODAY, genre="promotional"))

    return made


def strictest(findings: list[Finding]) -> tuple[str, str | None]:
    """The heaviest verdict and how sure it is; "none" of nothing."""
    ranked = sorted(findings, key=lambda f: (VERDICTS.index(f.verdict), CONFIDENCES.index(f.confidence)))
    return (ranked[-1].verdict, ranked[-1].confidence) if ranked else ("none", None)


@pytest.mark.parametrize(("place", "source", "route", "answer"), list(cells()))
def test_a_cell_of_the_table_gets_its_answer(
    linter_of: LinterOf, place: str, source: str, route: str, answer: str
) -> None:
    """Of a seller's sentence on that source and route, the strictest finding says what the table says, as surely."""
    text = ROUTES[route].format(SOURCES[source])
    wanted = ASKED_OF_EFFECTS if route == "topical-effect" else ASKED
    found = linter_of(place).check_bytes("menu.md", text.encode()).findings
    told = [f for f in found if f.rule.startswith(wanted) and (route == "topical" or f.rule != PAPERS)]
    verdict, confidence = strictest(told)
    expected = TABLES["answers"][answer]
    assert verdict in expected["verdicts"]
    assert confidence is None or confidence in expected["confidence"]
