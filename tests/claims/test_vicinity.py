"""On others' pages only what stands around a seller's words is read for claims, and nothing is missed for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from menulint.claims.page import PageEvidence
from menulint.claims.vicinity import around
from menulint.linter import Linter
from menulint.readers import read_bytes

CLEAN = sorted((Path(__file__).parents[2] / "fixtures" / "clean").iterdir())
QUAY = """# The old quay

We mend dinghies on this slip since my uncle bought the yard. Bring yours in September, before the crane is busy, and we lift it
for £60. The slip is steep and slimy, so wear boots and mind the chain. The planks are scraped, dried over the winter and oiled
twice. Rot is cut out and a new piece let in; nobody will find the joint. The sails go to a loft in the next harbour, where two
brothers sew by hand. Oars, rowlocks and ropes hang on the wall behind the stove, with a price on each.

The harbour office keeps a list of moorings. Whoever leaves in spring tells the harbour master in autumn, and the next on the
list moves up. Buoys are painted every second year; chains are weighed before and after, and what rust has taken goes into a
book that lies open on the counter. Herring come in with the second moon of the year, mackerel when the elder blossoms, and
nobody has seen a sturgeon since the war. Nets are hung along the mole, where gulls and children pick them over. The lifeboat
is rowed by eight, steered by the baker, and has been called out eleven times, mostly for people on lilos. On the hill above
stand four cannons that were never fired, a bench, and a telescope that takes a coin. From there the ferry can be seen half
an hour before it blows its horn, which gives the porters time to finish their soup.

## What it costs

| Boat | Price |
|---|---|
| Dinghy | £60 |
| Skiff | £90, a free gift with it |

"""
HEADED = "## Exosome facials\n\nThey regenerate the skin, from £90.\n"
IN_A_MENU = "## In the cabin\n\n- Exosomes, £120\n- Regenerates skin cells, £80\n- Polynucleotides\n"
IN_A_TABLE = "## Cabin\n\n| Exosome facial | Price |\n|---|---|\n| Regenerates the skin | £90 |\n| Botox | £120 |\n"
ASKED = "## Salmon DNA facials\n\nIs polynucleotide treatment painless?\n\nYes, and it regenerates your skin cells.\n"
REFUSED = "## What we never do\n\n- Exosome injections\n\n## Facials\n\nOur peel regenerates skin cells.\n"
GONE_ON_ABOUT = "## Cabin\n\nExosomes are made from umbilical cords.\n\nIt is injected and regenerates the skin, £90.\n"


@pytest.fixture
def report(linter: Linter, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, bytes, bool], object]:
    """What is reported on a page; if asked for, with every block read as if a seller might speak in it."""

    def reported(path: str, page: bytes, everywhere: bool) -> object:
        with monkeypatch.context() as patch:
            if everywhere:
                patch.setattr(PageEvidence, "is_open", True)
            found = linter.check_bytes(path, page)
        return found.genre, found.findings

    return reported


@pytest.mark.parametrize("sold", [HEADED, IN_A_MENU, IN_A_TABLE, ASKED, REFUSED, GONE_ON_ABOUT])
@pytest.mark.parametrize("further", ["", "## Winter\n\nThe crane rests. We lift for £60, with a free gift.\n\n"])
def test_a_section_on_treatments_is_read_with_all_it_depends_on(
    report: Callable[[str, bytes, bool], tuple[str, tuple[object, ...]]], sold: str, further: str
) -> None:
    page = f"{QUAY}{further}{sold}\n{further}".encode()
    genre, findings = report("quay.md", page, False)
    assert genre == "other"
    assert findings
    assert findings == report("quay.md", page, True)[1]


@pytest.mark.parametrize("page", CLEAN, ids=lambda path: path.name)
def test_no_page_of_others_is_reported_otherwise_for_it(
    report: Callable[[str, bytes, bool], object], page: Path
) -> None:
    assert report(page.name, page.read_bytes(), False) == report(page.name, page.read_bytes(), True)


def test_where_nobody_sells_nothing_is_read() -> None:
    source = read_bytes("quay.md", QUAY.encode())
    assert around(source, set(), range(len(source.blocks))) == []


def test_a_row_is_read_with_its_table_the_headings_and_what_stands_before_it() -> None:
    source = read_bytes("quay.md", f"{QUAY}## Cabin\n\nOpen on Fridays:\n\n- Botox\n- Peels\n".encode())
    blocks = {block.text: block.index for block in source.blocks}
    read = [source.blocks[index].text for index in around(source, {blocks["Peels"]}, range(len(source.blocks)))]
    assert read[-3:] == ["Open on Fridays:", "Botox", "Peels"]
    assert "The old quay" in read
    assert "Skiff" not in read
