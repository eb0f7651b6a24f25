"""The whole order, from bytes to findings."""

from __future__ import annotations

import gc
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from menulint.errors import SkippedFile, UsageError
from menulint.finding import FileResult
from menulint.linter import Linter, Options
from menulint.pack.model import Pack

CLAIM = "Our exosome injections"


def rules(result: FileResult) -> set[str]:
    """The rules that fired above information."""
    return {f.rule for f in result.findings if f.severity != "info"}


@pytest.mark.parametrize(
    ("name", "data", "line", "column", "end_column"),
    [
        ("a.txt", b"Hello.\n\nOur exosome injections work.\n", 3, 5, 23),
        ("a.txt", "\ufeffOur exosome injections work.\r\n".encode(), 1, 5, 23),
        ("a.md", b"**Our** exo**some** injections\r\n", 1, 9, 31),
        ("a.html", b"<p>Our &quot;exo&shy;some&nbsp;injections&quot;</p>", 1, 14, 42),
        ("a.html", "<p>\n\tOur 💉 <b>exo</b>some injections</p>".encode(), 2, 11, 33),
        ("a.txt", "Our e\u200bxosome injections".encode(), 1, 5, 24),
    ],
)
def test_both_ends_of_a_finding_are_exact(
    linter: Linter, name: str, data: bytes, line: int, column: int, end_column: int
) -> None:
    """Entities, soft hyphens, tags inside words, byte order marks, CR LF, astral characters, zero-width characters."""
    found = [f for f in linter.check_bytes(name, data).findings if f.rule == "RTE001"]
    assert [(f.start.line, f.start.column, f.end.column) for f in found] == [(line, column, end_column)]


WORDS = st.lists(
    st.sampled_from(["exosome", "injections", "glow", "£", "é", "💉", "price", "for you"]), min_size=1, max_size=6
)
JOINS = st.sampled_from([" ", "\n", "\r\n  ", " <b>", "</b> ", " &amp; ", "<!-- x -->"])


@settings(max_examples=60)
@given(st.lists(st.tuples(WORDS, JOINS), min_size=1, max_size=6))
def test_the_source_between_the_offsets_is_the_reported_text(
    linter: Linter, pieces: list[tuple[list[str], str]]
) -> None:
    """Tags and entities aside, the file says at the reported place what the report says."""
    page = "<p>Our exosome injections " + "".join(" ".join(words) + join for words, join in pieces) + "</p>"
    for finding in linter.check_bytes("a.html", page.encode()).findings:
        for place in (finding.start, finding.end):
            assert 0 <= place.offset <= len(page)
        raw = page[finding.start.offset : finding.end.offset]
        for tag in ("<b>", "</b>", "<!-- x -->"):
            raw = raw.replace(tag, "")
        assert " ".join(raw.replace("&amp;", "&").split()) == finding.text


def test_the_same_bytes_give_the_same_report(linter: Linter) -> None:
    """Byte for byte, whatever ran before."""
    data = b"Our exosome injections regenerate skin cells. Painless, no downtime."
    assert linter.check_bytes("a.txt", data) == linter.check_bytes("a.txt", data)


def test_a_fingerprint_survives_edits_elsewhere_and_a_new_price_but_not_a_new_offer(linter: Linter) -> None:
    """Moves, other paragraphs and other digits change nothing; the same words once more are a place of their own."""
    before = linter.check_bytes("a.txt", b"Exosome injections 250 pounds.").findings[0]
    after = linter.check_bytes("b.txt", b"Welcome.\n\nExosome injections 275 pounds.").findings[0]
    twice = linter.check_bytes("a.txt", b"Exosome injections 250 pounds.\n\nExosome injections 250 pounds.").findings[0]
    assert after.fingerprint == before.fingerprint == twice.fingerprint
    assert [place.fingerprint for place in twice.also] != [twice.fingerprint]


def test_a_fingerprint_knows_all_of_a_sentence_that_never_ends(linter: Linter) -> None:
    """A new price changes nothing, another word anywhere does, however long the list without a full stop is."""

    def fingerprint(price: int, last: str) -> str:
        items = "We offer facials from our price list, " * 120 + f"exosome injections for {price} pounds, {last}"
        return linter.check_bytes("a.txt", items.encode()).findings[-1].fingerprint

    assert fingerprint(250, "tea") == fingerprint(275, "tea") != fingerprint(250, "coffee")


def test_equal_findings_fold_into_one_with_all_its_places(linter: Linter) -> None:
    """One finding, two further places."""
    found = linter.check_bytes("a.txt", b"Painless laser.\n\nPainless peel.\n\nPainless needling.").findings
    painless = [f for f in found if f.text == "Painless"]
    assert [len(f.also) for f in painless] == [2]


def test_a_binary_file_is_skipped(linter: Linter) -> None:
    """With a reason, and no report."""
    with pytest.raises(SkippedFile, match=r"."):
        linter.check_bytes("a.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")


def test_broken_utf8_is_read_and_said(linter: Linter) -> None:
    """What can be read is checked, and a note says what could not."""
    result = linter.check_bytes("a.txt", b"Our exosome injections caf" + b"\xe9 \xff\xfe\x9d.")
    assert "RTE001" in rules(result)
    assert result.notes


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (Options(jurisdiction=("UK",)), "did you mean GB"),
        (Options(jurisdiction=("XX",)), "unknown jurisdiction 'XX'"),
        (Options(select=("RTE01",)), "unknown rule 'RTE01'; did you mean"),
        (Options(ui_lang="fr"), "unknown language of reports 'fr'; expected one of en, es"),
        (Options(genre="advert"), "unknown genre 'advert'"),
        (Options(min_confidence="hihg"), "did you mean high"),
    ],
)
def test_an_option_that_means_nothing_is_refused(pack: Pack, options: Options, message: str) -> None:
    """The message names it and what was meant or expected."""
    with pytest.raises(UsageError, match=message):
        Linter(pack, options)


def test_a_country_without_law_is_judged_by_the_reference_set_and_says_so(pack: Pack) -> None:
    """No error: the file's note says which law was used."""
    result = Linter(pack, Options(jurisdiction=("PE",))).check_bytes("a.txt", CLAIM.encode())
    assert "RTE001" in rules(result)
    assert any("no law on file for PE" in note for note in result.notes)


def test_a_prescription_medicine_may_be_named_in_the_us_and_not_in_gb(pack: Pack) -> None:
    """The same bytes under two laws."""
    offer = b"Botox from $12 a unit. Book now."
    by_law = {c: rules(Linter(pack, Options(jurisdiction=(c,))).check_bytes("a.txt", offer)) for c in ("US", "GB")}
    assert "POM001" in by_law["GB"]
    assert "POM001" not in by_law["US"]


def test_a_day_before_the_law_knows_it_not(pack: Pack) -> None:
    """A provision in force since 2012 does not speak of 2011, and those that began earlier still do."""
    offer = b"Botox from 150 pounds. Book now."
    cited = {}
    for day in (date(2011, 1, 1), date(2026, 1, 1)):
        found = Linter(pack, Options(jurisdiction=("GB",), as_of=day)).check_bytes("a.txt", offer).findings
        cited[day.year] = {p for f in found if f.rule == "POM001" for j in f.jurisdictions for p in j.provisions}
    assert "UK-HMR-284" in cited[2026] - cited[2011]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Exosome injections £250. Call +44 20 7946 0000.", ("GB",)),
        ("Exosome injections. Llámanos: +34 910 000 000. Desde 250 €.", ("ES",)),
        ("Exosome injections.", ("all",)),
    ],
)
def test_the_page_says_where_it_is_meant_for(pack: Pack, text: str, expected: tuple[str, ...]) -> None:
    """Telephone prefixes and currency; without a signal every jurisdiction is listed."""
    result = Linter(pack, Options()).check_bytes("a.txt", text.encode())
    assert result.jurisdictions[0] == expected[0]


def test_a_suppression_with_a_reason_takes_a_finding_out_of_the_count(pack: Pack) -> None:
    """It is still reported, with its reason."""
    page = b"<!-- menulint: ignore-next-line[RTE001] -- wording agreed with counsel -->\n<p>Our exosome injections.</p>"
    found = [f for f in Linter(pack, Options()).check_bytes("a.html", page).findings if f.rule == "RTE001"]
    assert [(f.counts, f.suppressed.reason if f.suppressed else "") for f in found] == [
        (False, "wording agreed with counsel")
    ]


def test_look_alike_letters_are_seen_through_and_reported(linter: Linter) -> None:
    """A Cyrillic letter hides nothing, and is a finding of its own."""
    result = linter.check_bytes("a.txt", "Our exоsome injections.".encode())
    assert {"RTE001", "OBF001"} <= {f.rule for f in result.findings}


def test_a_clean_file_loads_neither_spacy_nor_click() -> None:
    """Start-up stays cheap where there is nothing to say."""
    code = (
        "import sys; from menulint.linter import Linter, Options; from menulint.pack.load import load_pack\n"
        "Linter(load_pack(), Options()).check_bytes('a.txt', b'Opening hours: 9 to 5.')\n"
        "print([m for m in ('spacy', 'click', 'jinja2') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_mentions_are_listed_where_nothing_near_is_a_claim(linter: Linter) -> None:
    """A paragraph that only admits how little is known names no product, and its caveat still counts."""
    page = b"Exosomes smooth your face.\n\nOur hours are long.\n\nTea is free.\n\nThe approach is still experimental.\n"
    assert "proof.experimental" in {mention.concept for mention in linter.mentions("page.md", page)}


def test_copy_that_comes_back_is_read_where_it_stands(linter: Linter) -> None:
    """What is known of a text and of its sentences says nothing of their places."""
    text = (
        "Our botox works. We never sell fillers.\n\nWe never sell fillers.\n\nOur botox works. We never sell fillers.\n"
    )
    rows = [row for row in linter.mentions("a.md", text.encode()) if row.concept.startswith("substance.")]
    assert [text[row.start.offset : row.end.offset] for row in rows] == [
        "botox",
        "fillers",
        "fillers",
        "botox",
        "fillers",
    ]
    assert [row.start.line for row in rows] == [1, 1, 3, 5, 5]
    assert [row.stance for row in rows if row.text == "fillers"] == ["negated"] * 3


def test_a_regulators_words_are_evidence_also_inside_a_term_that_no_seller_uses(pack: Pack) -> None:
    """The whole of "reprimanded by the FDA" is a term of oversight, and the FDA's name in it still says: not a seller."""
    page = (
        b"The clinic was reprimanded by the FDA. The FDA issued warnings about exosomes. The FDA has authority over it."
    )
    result = Linter(pack, Options()).check_bytes("page.md", page)
    assert result.genre == "regulator"


def test_explain_says_of_two_rules_on_one_wording_which_is_reported(linter: Linter) -> None:
    """Only what the report shows is called reported; what it covers names it."""
    page = b"# Our menu\n\nOur serum regenerates skin cells. Book now at our clinic, +44 20 0000 0000."
    told = [claim for claim in linter.explain_line("a.md", page, 3).claims if "regenerates" in claim.text]
    shown = {finding.rule for finding in linter.check_bytes("a.md", page).findings}
    assert {rule.id for claim in told for rule in claim.reported} <= shown
    covered = [claim.sentence for claim in told if not claim.reported]
    assert "Not reported again: the same words are reported as EFF002 regenerates." in covered


def test_what_claims_nothing_is_told_with_the_reason_and_without_what_is_reported(linter: Linter) -> None:
    """Each wording once, not the words within it as well, in the order of the page; prices are no wordings."""
    page = (
        b"Our clinic. We never offer exosome injections. Is it painless? Our filler injections, \xc2\xa3350. Book now."
    )
    told = linter.not_claimed("a.md", page, 10)
    assert [(one.text, one.start.column) for one in told] == [("exosome injections", 28), ("painless", 54)]
    assert told[0].why == "Not reported: the sentence says no to it, because of the words “We never offer”."
    assert "question" in told[1].why
    assert len(linter.not_claimed("a.md", page, 1)) == 1


def test_a_linter_says_of_a_page_what_it_would_say_had_it_read_no_other(pack: Pack) -> None:
    offers = (
        "Our exosome injections regenerate skin, £120.",
        "Our exosome injections regenerate skin, £120 off.",
        "Exosome injections may regenerate skin. We do not offer them.",
        "Clinically proven: our peel removes 90% of wrinkles.",
        "Clinically proven in 40 people (Journal of Peels, 2020): our peel removes 9% of wrinkles.",
        "Botox from £99.\n\nExosomes by microneedling.\n\nBotox from £99.",
        "The regulator warned a clinic: exosome injections regenerate nothing.",
    )
    options = Options(jurisdiction=("GB", "US"))
    used = Linter(pack, options)
    for text in offers * 2:
        assert used.check_bytes("a.md", text.encode()) == Linter(pack, options).check_bytes("a.md", text.encode())


def test_a_cell_takes_its_parts_from_the_other_cells_of_a_row_however_long_it_is(linter: Linter) -> None:
    row = "<table><tr>" + "<td>Injections</td>" * 3 + "<td>exosomes</td><td>PRP</td></tr></table>"
    findings = linter.check_bytes("a.html", f"<p>Book at our clinic.</p>{row}".encode()).findings
    substances = {part.text for finding in findings for part in finding.related if finding.text == "Injections"}
    assert substances == {"exosomes"}


@pytest.mark.parametrize("name", ["menu.md", "menu.html", "menu.txt"])
def test_a_page_leaves_nothing_behind_that_only_a_search_for_garbage_frees(linter: Linter, name: str) -> None:
    """What points at itself in a circle stays, with the page it came from, until Python looks for it."""
    page = b"<h1>Menu</h1>\n\nOur exosome injections regenerate skin. Is it safe? Yes. We never inject lips.\n"
    linter.check_bytes(name, page)
    gc.collect()
    linter.check_bytes(name, page)
    assert gc.collect() == 0
