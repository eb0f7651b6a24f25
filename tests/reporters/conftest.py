"""A clinic's price list with one finding of each kind, built by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from menulint.finding import (
    BlockRef,
    CueRef,
    Edit,
    FileResult,
    Finding,
    Fix,
    Judgement,
    Place,
    Provision,
    Related,
    ReportContext,
    Suppressed,
)
from menulint.source import LineIndex, Position

MENU = """# Skin menu

We offer exosome injections from £250.
Book exosome injections today.
"""


def place(text: str, wording: str, nth: int = 0) -> tuple[Position, Position]:
    """Where the n-th occurrence of some wording stands."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(wording, start + 1)
    index = LineIndex(text)
    return index.position(start), index.position(start + len(wording))


@pytest.fixture
def finding() -> Finding:
    """Exosome injections offered twice in one file."""
    start, end = place(MENU, "exosome injections")
    also_start, also_end = place(MENU, "exosome injections", 1)
    we_start, we_end = place(MENU, "We")
    exo_start, exo_end = place(MENU, "exosome")
    return Finding(
        rule="RTE001",
        name="cosmetic-for-injection",
        category="route",
        verdict="prohibited",
        severity="error",
        confidence="high",
        message="“exosome injections” offers exosomes by injection.",
        help="https://menulint.example/rules/RTE001",
        text="exosome injections",
        start=start,
        end=end,
        block=BlockRef("paragraph", ("Skin menu",)),
        related=(Related("substance", "exosome", exo_start, exo_end, "what is injected"),),
        also=(Place(also_start, also_end, BlockRef("paragraph", ("Skin menu",)), "00000000000000a2"),),
        speaker="seller",
        stance="asserted",
        cues=(CueRef("We", we_start, we_end, "seller"),),
        concepts=("route.injection", "substance.exosome"),
        jurisdictions=(
            Judgement("GB", "prohibited", "error", "high", ("GB-1",)),
            Judgement("US", "needs-evidence", "warning", "medium", ("US-1",), raises=False),
        ),
        rewrite="No wording makes this lawful; remove the offer.",
        fixes=(Fix(False, (Edit(start, end, "exosome serum"),), "exosome serum"),),
        fingerprint="00000000000000a1",
        explanation="The page speaks in its own voice (“We”) and nothing in the sentence takes it back.",
        why="A cosmetic is by definition put on the outside of the body.",
        more=("SRC002",),
    )


@pytest.fixture
def result(finding: Finding) -> FileResult:
    """The price list with its finding."""
    return FileResult(
        path="menu.md",
        format="markdown",
        encoding="utf-8",
        sha256="0" * 64,
        language="en",
        genre="promotional",
        genre_by=("prices",),
        jurisdictions=("GB",),
        jurisdictions_by=("£",),
        notes=(),
        findings=(finding,),
        lines=dict(enumerate(MENU.splitlines(), 1)),
    )


@pytest.fixture
def clean(result: FileResult) -> FileResult:
    """A file without findings."""
    return replace(result, path="about.md", findings=(), lines={})


@pytest.fixture
def suppressed(finding: Finding) -> Finding:
    """The finding with its only place suppressed."""
    return replace(finding, also=(), suppressed=Suppressed("quoted from a ruling", 3, "2027-01-31"))


@pytest.fixture
def accepted(finding: Finding) -> Finding:
    """The finding with its only place accepted in the baseline."""
    return replace(finding, also=(), baseline="unchanged")


@pytest.fixture
def context() -> ReportContext:
    """Versions, a date and the law that the finding cites."""
    return ReportContext(
        version="0.1.0",
        pack_version="2026.11",
        pack_sha256="f" * 64,
        as_of="2026-11-22",
        options={"jurisdiction": ["auto"]},
        provisions={
            "GB-1": Provision(
                id="GB-1",
                gist="A cosmetic product is one applied to the outside of the body.",
                instrument="Cosmetics Regulation",
                provision="Article 2",
                url="https://law.example/article-2",
                source_type="official",
                confidence="high",
                in_force="since 2013-07-11",
            )
        },
    )
