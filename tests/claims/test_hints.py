"""Two words in different places say together what neither says alone: an injection and what for, a price and an earlier one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from menulint.linter import Linter, Options
from menulint.pack.model import Pack

INJECTED = {
    "in one sentence": ("Our nurses use a few injections for frown lines, from £150.", "injections"),
    "below a heading": ("## Excessive sweating\n\nTiny injections under both arms, £390.", "injections"),
    "in the answer to a question": ("How do I get rid of crow's feet?\n\nFour injections, and the muscle rests.", "injections"),
    "behind a question in one line": ("Sweaty palms? Our injections dry them up.", "injections"),
    "in the next cell": ("| Treatment | How |\n|---|---|\n| Teeth grinding | Injections in the jaw |", "Injections"),
    "for hay fever": ("Hay fever sufferers: one injection and you are covered, £75.", "injection"),
}  # fmt: skip
INJECTED_OTHERWISE = {
    "a filler is named": "Hyaluronic acid injections soften wrinkles.",
    "a filler is named above": "## Lip filler\n\nA few injections, and no fine lines around the mouth.",
    "a question": "Are there injections for frown lines?",
    "a refusal behind a question": "Sweaty palms? We do not offer injections.",
    "a refusal": "We do not offer injections for frown lines.",
    "advice for afterwards": "## Excessive sweating\n\nAvoid the gym for a day after any injection.",
    "a numbing one": "## Teeth grinding\n\nOur dentists give numbing injections before they polish.",
    "what follows it": "## Side effects\n\nSome patients find excessive sweating and pain after the injection are common.",
    "a vaccine": "| Service | For |\n|---|---|\n| Flu injection | hay fever sufferers too |",
    "something it is not for": "## Skin tags\n\nA numbing injection, then they are taken off. £90.",
}
TABLE = "| Lip filler | {} | {} |\n|---|---|---|\n| 0.5 ml | £180 | £140 |\n"


@pytest.fixture(scope="module")
def british(pack: Pack) -> Linter:
    return Linter(pack, Options(jurisdiction=("GB",)))


def _found(linter: Linter, text: str, category: str) -> list[str]:
    findings = linter.check_bytes("page.md", text.encode()).findings
    return [finding.text for finding in findings if finding.rule.startswith(category)]


@pytest.mark.parametrize(("text", "words"), INJECTED.values(), ids=INJECTED)
def test_an_injection_for_what_a_medicine_is_injected_for_hints_at_it(british: Linter, text: str, words: str) -> None:
    """“A few injections for frown lines” can only be one medicine, wherever the frown lines stand."""
    assert any(words in found for found in _found(british, text, "POM"))


@pytest.mark.parametrize("text", INJECTED_OTHERWISE.values(), ids=INJECTED_OTHERWISE)
def test_an_injection_of_something_else_hints_at_nothing(british: Linter, text: str) -> None:
    """Where a product is named, it is that which is injected; a question and a refusal offer nothing."""
    assert _found(british, text, "POM") == []


def test_a_row_of_injections_is_read_once(british: Linter, calls: Callable[[Linter, str], int]) -> None:
    """Every cell asks what the row says; twice the cells are twice the work."""
    row = "<h1>Skin clinic</h1><p>Lips from £199.</p><table><tr>{}</tr></table>"
    few, many = (calls(british, row.format("<td>an injection</td><td>table</td>" * n)) for n in (100, 200))
    assert many < 2.5 * few


def test_where_medicines_may_be_named_nothing_is_hinted_at(pack: Pack) -> None:
    """In the United States the name itself would pass."""
    american = Linter(pack, Options(jurisdiction=("US",)))
    assert _found(american, INJECTED["below a heading"][0], "POM") == []


@pytest.mark.parametrize(("earlier", "now"), [("Was", "Now"), ("Usual price", "Offer price"), ("Antes", "Ahora")])
def test_the_lower_of_two_columns_of_prices_is_a_discount(british: Linter, earlier: str, now: str) -> None:
    """A price below “Now” beside one below “Was” is a bargain on an invasive treatment."""
    assert _found(british, TABLE.format(earlier, now), "PRS") == ["£140"]


@pytest.mark.parametrize(("first", "second"), [("Nurse", "Doctor"), ("Was", "Doctor"), ("Nurse", "Now")])
def test_two_columns_of_prices_are_no_discount_by_themselves(british: Linter, first: str, second: str) -> None:
    """Two people may charge two prices."""
    assert _found(british, TABLE.format(first, second), "PRS") == []


@pytest.mark.parametrize(
    ("before", "now"), [("60", "45"), ("£1,200", "£999.50"), ("from £60", "£45"), ("£60 (two areas)", "£45")]
)
def test_the_two_amounts_of_a_row_tell_a_discount(british: Linter, before: str, now: str) -> None:
    """A lower number below “Now” is a discount, with a currency or without."""
    table = TABLE.format("Was", "Now").replace("£180", before).replace("£140", now)
    assert _found(british, table, "PRS") == [now]


@pytest.mark.parametrize(
    ("before", "now"), [("£60", "£75"), ("£60", "£60"), ("–", "£45"), ("60", "75"), ("60 min", "45 min")]
)
def test_a_price_that_did_not_fall_is_no_discount(british: Linter, before: str, now: str) -> None:
    """Prices go up as well, and some are new."""
    table = TABLE.format("Was", "Now").replace("£180", before).replace("£140", now)
    assert _found(british, table, "PRS") == []


@pytest.mark.parametrize(
    "prices", ["~~£220~~ £154", "<s>£220</s> <b>£154</b>", "£220 → £154", "220 € 154 €", "₹9,000 ₹4,999"]
)
def test_a_lower_price_right_behind_a_higher_one_is_a_discount(british: Linter, prices: str) -> None:
    """Struck out or not, the first price is there to make the second look small."""
    assert _found(british, f"# Price list\n\n- Lip filler {prices}\n", "PRS")


@pytest.mark.parametrize(
    "prices",
    ["£154 £220", "£220 £220", "£250 £200 £150", "£250 €200", "£220 – £154 for nurses", "0.5 ml £220, 1 ml £154"],
)
def test_other_prices_beside_each_other_are_no_discount(british: Linter, prices: str) -> None:
    """A rise, three columns, two currencies, and prices of two things."""
    assert _found(british, f"# Price list\n\n- Lip filler {prices}\n", "PRS") == []
