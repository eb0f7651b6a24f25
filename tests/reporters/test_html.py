"""The web page: complete, self-contained, and never obeyed by what it quotes."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menulint.finding import BlockRef, CopyBlock, CopySpan, FileResult, Finding, ReportContext, ReportError, Suppressed
from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.reporters import reporter
from menulint.reporters._page import web_address
from menulint.reporters.base import Result, wants_copy
from menulint.source import Position

VOID = {"meta", "br", "input", "rect", "circle"}
OFFER = "We offer exosome injections from £250."
HOSTILE = "</mark><script>alert(1)</script><img src=x onerror=alert(1)> \" ' & {{ 7*7 }}"


class Element:
    """An element of a parsed page with its text, in document order."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: Element | None) -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children: list[Element] = []
        self.parts: list[str | Element] = []

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    @property
    def classes(self) -> list[str]:
        """What its style goes by."""
        return self.attributes.get("class", "").split()

    def all(self, tag: str = "", kind: str = "") -> list[Element]:
        """Descendants by tag and class."""
        found = []
        for child in self.children:
            if tag in ("", child.tag) and (not kind or kind in child.classes):
                found.append(child)
            found += child.all(tag, kind)
        return found

    def one(self, tag: str = "", kind: str = "") -> Element:
        """The only such descendant."""
        (found,) = self.all(tag, kind)
        return found


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self._at = Element("", {}, None)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self._at)
        self._at.children.append(element)
        self._at.parts.append(element)
        if tag not in VOID:
            self._at = element

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert tag == self._at.tag, f"</{tag}> closes <{self._at.tag}>"
        assert self._at.parent is not None
        self._at = self._at.parent

    def handle_data(self, data: str) -> None:
        self._at.parts.append(data)


def parse(text: str) -> Element:
    """The page as a tree; every element has to be closed where it was opened."""
    tree = _Tree()
    tree.feed(text)
    tree.close()
    assert tree._at is tree.root
    return tree.root


Render = Callable[..., Element]


@pytest.fixture
def shown(result: FileResult) -> FileResult:
    """The price list with its copy."""
    start = OFFER.index("exosome")
    again = "Book exosome injections today."
    spans = (CopySpan(start, start + 18, 0),), (CopySpan(5, 23, 0),)
    return replace(
        result,
        copy=(
            CopyBlock("heading", "Skin menu", level=1),
            CopyBlock("paragraph", OFFER, spans=spans[0]),
            CopyBlock("paragraph", again, spans=spans[1]),
        ),
    )


@pytest.fixture
def render(context: ReportContext) -> Render:
    """The report on some results as a tree."""

    def rendered(*results: Result) -> Element:
        return parse("".join(reporter("html").render(iter(results), context)))

    return rendered


def test_nothing_is_fetched(shown: FileResult, context: ReportContext) -> None:
    """No element of the page names an outside resource, and neither does its style."""
    text = "".join(reporter("html").render([shown], context))
    page = parse(text)
    tags = {element.tag for element in page.all()}
    assert not tags & {"link", "img", "iframe", "object", "embed", "base", "audio", "video", "source"}
    assert not [element for element in page.all() if element.attributes.keys() & {"src", "srcset", "style"}]
    assert "@import" not in text
    assert re.findall(r"url\((?!#p-)", text) == []


def test_the_policy_allows_exactly_the_style_and_script_of_the_page(render: Render, shown: FileResult) -> None:
    """Their hashes stand in it, so the browser runs nothing else."""
    page = render(shown)
    policy = next(e.attributes["content"] for e in page.all("meta") if "http-equiv" in e.attributes)
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for kind, tag in (("style", "style"), ("script", "script")):
        digest = base64.b64encode(hashlib.sha256(page.one(tag).text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy


def test_whatever_a_page_says_is_text(render: Render, shown: FileResult, finding: Finding) -> None:
    """Mark-up in any field of a finding, file or error arrives as letters."""
    fields = ("message", "text", "rewrite", "why", "explanation", "name", "category", "help")
    hostile: dict[str, Any] = dict.fromkeys(fields, HOSTILE)
    bad = replace(finding, **hostile, more=(HOSTILE,), concepts=(HOSTILE,))
    file = replace(
        shown,
        path=HOSTILE,
        language=HOSTILE,
        genre=HOSTILE,
        genre_by=(HOSTILE,),
        jurisdictions=(HOSTILE,),
        notes=(HOSTILE,),
        findings=(bad,),
        copy=(CopyBlock("paragraph", HOSTILE, spans=(CopySpan(2, 30, 0),)),),
    )
    page = render(file, replace(shown, path=HOSTILE), ReportError(HOSTILE, "not-found", HOSTILE))
    assert len(page.all("script")) == 1
    assert page.all("img") == []
    assert not [name for element in page.all() for name in element.attributes if name.startswith("on")]
    assert page.all("div", "copy")[0].text.replace("1", "") == "\n" + HOSTILE.replace("1", "") + "\n"
    assert page.all("span", "message")[0].text == HOSTILE


def test_writing_direction_and_control_characters_are_shown(render: Render, shown: FileResult) -> None:
    """A right-to-left override cannot turn the words of the report around; a soft hyphen stays one."""
    block = CopyBlock("paragraph", "safe\u202eevil\x1b so\u00adft", spans=(CopySpan(0, 4, 0),))
    copy = render(replace(shown, copy=(block,))).one("div", "copy")
    assert copy.text.strip() == "safe1<U+202E>evil␛ so\u00adft"


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://law.example/article-2", True),
        ("HTTP://law.example/?a=b#c", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//law.example", False),
        ("https://law.example/\njavascript:x", False),
        ("", False),
    ],
)
def test_only_web_addresses_are_linked(url: str, linked: bool) -> None:
    """Anything else stays text."""
    assert web_address(url) == (url if linked else "")


def test_a_script_address_of_a_provision_is_no_link(shown: FileResult, context: ReportContext) -> None:
    """Packs come from anywhere, too."""
    law = replace(context.provisions["GB-1"], url="javascript:alert(1)")
    page = parse("".join(reporter("html").render([shown], replace(context, provisions={"GB-1": law}))))
    assert [link for link in page.all("a") if "script" in link.attributes["href"]] == []
    assert "Cosmetics Regulation, Article 2 (javascript:alert(1))" in page.text


def test_the_wording_is_marked_in_its_copy_by_verdict(render: Render, shown: FileResult) -> None:
    """Both places carry the mark and lead to the one finding behind the first of them."""
    page = render(shown)
    marks = page.one("section", "file").all("mark")
    assert [mark.text for mark in marks] == ["exosome injections", "exosome injections"]
    assert {tuple(mark.classes) for mark in marks} == {("v-prohibited",)}
    details = page.one("details", "finding")
    assert {link.attributes["href"] for link in page.all("a", "ref")} == {"#" + details.attributes["id"]}


def test_a_finding_says_why_by_what_law_and_what_to_write(render: Render, shown: FileResult) -> None:
    """All that is needed to act on it, behind a summary that names the verdict in words."""
    details = render(shown).one("details", "finding")
    terms = details.one("dl")
    said = {dt.text: " ".join(dd.text.split()) for dt, dd in zip(terms.all("dt"), terms.all("dd"), strict=True)}
    assert "Prohibited" in details.one("summary").text
    assert said["Write instead"] == "No wording makes this lawful; remove the offer."
    assert said["Why it matters"] == "A cosmetic is by definition put on the outside of the body."
    assert said["Why it is read as a claim"].startswith("The page speaks in its own voice (“We”)")
    assert said["Where, 2 places"] == "line 3, column 10 line 4, column 6"
    assert "GB: prohibited, error. How sure: high (the law, regulator or ruling itself was read)" in said["Law"]
    assert "Since 2013-07-11" in said["Law"]
    assert "US: needs evidence, warning" in said["Elsewhere, for information"]
    law = next(link for link in terms.all("a") if "law.example" in link.attributes["href"])
    assert law.text == "Cosmetics Regulation, Article 2"


def test_overlapping_findings_share_a_mark_of_the_worst_verdict(
    render: Render, shown: FileResult, finding: Finding
) -> None:
    """“exosome” is only advice, inside an offer that is prohibited; both are listed by their numbers."""
    advice = replace(finding, verdict="advice", severity="info", text="exosome", fingerprint="b")
    spans = (CopySpan(9, 27, 1), CopySpan(9, 16, 0))
    file = replace(shown, findings=(advice, finding), copy=(CopyBlock("paragraph", OFFER, spans=spans),))
    page = render(file)
    marks = [(mark.text, mark.classes, mark.attributes["data-of"]) for mark in page.one("div", "copy").all("mark")]
    assert marks == [("exosome", ["v-prohibited"], "2 1"), (" injections", ["v-prohibited"], "2")]
    assert [details.attributes["id"] for details in page.all("details", "finding")] == ["f1-1", "f1-2"]


def test_places_lead_to_the_copy(render: Render, shown: FileResult) -> None:
    """Each link of the page to a part of itself has its target."""
    page = render(shown)
    ids = [element.attributes["id"] for element in page.all() if "id" in element.attributes]
    inner = [link.attributes["href"][1:] for link in page.all("a") if link.attributes["href"].startswith("#")]
    assert len(ids) == len(set(ids))
    assert set(inner) <= set(ids)
    assert len(page.one("ul", "places").all("a")) == 2


def test_what_does_not_count_is_shown_apart(
    render: Render, shown: FileResult, suppressed: Finding, accepted: Finding
) -> None:
    """Suppressed and accepted findings stand in the page with their reason and in no total."""
    page = render(replace(shown, findings=(suppressed, replace(accepted, fingerprint="b"))))
    assert [number.text for number in page.all("span", "number")] == ["0", "0", "0"]
    assert "suppressed in line 3, until 2027-01-31: quoted from a ruling" in page.text
    assert [d.attributes["data-state"] for d in page.all("details", "finding")] == ["suppressed", "unchanged"]
    assert page.all("table", "chart") == []


def test_the_summary_counts_files_severities_and_verdicts(
    render: Render, shown: FileResult, clean: FileResult, finding: Finding
) -> None:
    """Two files read, one with two findings, one input not read."""
    other = replace(finding, verdict="advice", severity="info", category="pressure", fingerprint="b")
    page = render(replace(shown, findings=(finding, other)), clean, ReportError("x.md", "not-found", "no such file"))
    totals = page.one("dl", "totals")
    counts = {dt.text: dd.text for dt, dd in zip(totals.all("dt"), totals.all("dd"), strict=True)}
    assert counts == {
        "Error": "1", "Warning": "0", "Info": "1", "Files read": "2", "With findings": "1", "Not read": "1",
    }  # fmt: skip
    assert [number.text for number in page.all("span", "number")] == ["1", "0", "1"]
    assert "x.md: no such file (not-found)" in page.text
    assert "That does not make them compliant." in page.one("details", "clean").text


def test_the_chart_is_a_table_with_bars_for_the_eye_only(render: Render, shown: FileResult, finding: Finding) -> None:
    """Screen readers get the numbers, the longest bar fills its cell."""
    again = replace(finding, verdict="needs-evidence", fingerprint="b")
    other = replace(finding, category="pressure", fingerprint="c")
    chart = render(replace(shown, findings=(finding, again, other))).one("table", "chart")
    rows = [[cell.text.strip() for cell in row.children] for row in chart.one("tbody").all("tr")]
    assert rows == [["Route", "1", "1", "0", "2"], ["Pressure", "1", "0", "0", "1"]]
    assert all(svg.attributes["aria-hidden"] == "true" for svg in chart.all("svg"))
    assert [bar.attributes["width"] for bar in chart.one("tbody").all("rect")] == ["50.0%", "50.0%", "50.0%"]


def test_filters_offer_what_occurs_and_wait_for_the_script(render: Render, shown: FileResult) -> None:
    """Five groups of check boxes with counts; without a script the form is hidden and nothing else is."""
    page = render(shown)
    offered = {}
    for group in page.all("fieldset"):
        offered[group.one("legend").text] = [box.attributes["value"] for box in group.all("input")]
    assert offered == {
        "Severity": ["error"],
        "Verdict": ["prohibited"],
        "Jurisdiction": ["GB", "US"],
        "Category": ["route"],
        "Confidence": ["high"],
    }
    assert [element.tag for element in page.all() if "hidden" in element.attributes] == ["form"]
    values = page.one("details", "finding").attributes
    assert values["data-jurisdiction"] == "GB US"
    assert values["data-confidence"] == "high"


def test_cells_of_a_row_stand_side_by_side(render: Render, shown: FileResult) -> None:
    """A price belongs to the treatment in its row."""
    cells = [CopyBlock("table-cell", text, row=(0, row)) for row, text in ((1, "Exosomes"), (1, "£250"), (2, "Peel"))]
    copy = (replace(cells[0], spans=(CopySpan(0, 8, 0),)), *cells[1:])
    passages = render(replace(shown, copy=copy)).all("div", "passage")
    assert [[cell.text for cell in passage.all("p")] for passage in passages] == [["Exosomes1", "£250"], ["Peel"]]


def test_copy_far_from_findings_is_folded(render: Render, shown: FileResult) -> None:
    """Two passages and the heading above stay in view; a stretch of three or more without findings does not."""
    blocks = [CopyBlock("heading", "Prices"), *(CopyBlock("paragraph", f"Line {n}.") for n in range(9))]
    blocks[8] = replace(blocks[8], spans=(CopySpan(0, 4, 0),))
    file = render(replace(shown, copy=tuple(blocks))).one("section", "file")
    rest = file.one("details", "rest")
    assert [p.text for p in rest.all("p")] == [f"Line {n}." for n in range(5)]
    assert "Prices" in file.text.replace(rest.text, "")


def test_without_copy_the_lines_of_the_file_are_quoted(render: Render, result: FileResult) -> None:
    """Results that carry none still give a whole report."""
    page = render(result)
    assert page.one("pre", "quote").text == OFFER
    assert page.one("details", "finding").one("dl")


@given(
    text=st.text(alphabet="ab <&\n", max_size=12),
    edges=st.lists(st.tuples(st.integers(-2, 14), st.integers(-2, 14), st.integers(0, 3)), max_size=6),
)
def test_marks_never_change_the_copy(text: str, edges: list[tuple[int, int, int]]) -> None:
    """Overlapping, empty and impossible spans leave the words as they are, each once."""
    finding = _finding()
    spans = tuple(sorted((CopySpan(*edge) for edge in edges), key=lambda span: (span.start, -span.end)))
    file = FileResult(
        "a.md", "markdown", "utf-8", "", "en", "promotional", (), (), (), (), (finding, finding, finding),
        copy=(CopyBlock("paragraph", text, spans=spans),),
    )  # fmt: skip
    page = parse("".join(reporter("html").render([file], _context())))
    copy = page.one("div", "copy").one("p")
    words = "".join(part if isinstance(part, str) else part.text for part in copy.parts if _is_copy(part))
    assert words == text


def test_the_same_results_give_the_same_page(shown: FileResult, context: ReportContext) -> None:
    """Byte for byte."""
    first, second = ("".join(reporter("html").render([shown], context)) for _ in range(2))
    assert first == second


def test_copy_is_gathered_only_for_those_who_ask() -> None:
    """The linter fills it on request, with a span for every place; terminal and JSON do not ask."""
    page = b"# Prices\n\nWe offer exosome injections.\n\nBook exosome injections now.\n"
    pack = load_pack()
    asked = Linter(pack, Options(("GB",), copy=True)).check_bytes("a.md", page)
    silent = Linter(pack, Options(("GB",))).check_bytes("a.md", page)
    places = sum(1 + len(finding.also) for finding in asked.findings)
    marked = [block.text[span.start : span.end] for block in asked.copy for span in block.spans]
    assert silent.copy == ()
    assert asked.findings == silent.findings
    assert [block.text for block in asked.copy] == [
        "Prices",
        "We offer exosome injections.",
        "Book exosome injections now.",
    ]
    assert len(marked) == places > 0
    assert "exosome injections" in marked
    assert [wants_copy(reporter(name)) for name in ("html", "terminal", "json")] == [True, False, False]


def _is_copy(part: str | Element) -> bool:
    return isinstance(part, str) or part.tag == "mark"


def _finding() -> Finding:
    at = Position(0, 1, 1)
    return Finding(
        "RTE001", "name", "route", "advice", "info", "low", "", "", "", at, at, BlockRef("paragraph"), (), (),
        "seller", "asserted", (), (), (), "", (), "f", suppressed=Suppressed("", 1),
    )  # fmt: skip


def _context() -> ReportContext:
    return ReportContext("0", "0", "0", "2026-11-22", {}, {})


def test_speaks_spanish_on_request(shown: FileResult, context: ReportContext) -> None:
    """The page says so to browsers and screen readers, and keeps the language of the copy and of the law apart."""
    page = parse("".join(reporter("html").render(iter([shown]), replace(context, ui_lang="es"))))
    assert page.one("html").attributes["lang"] == "es"
    assert page.one("h1").text == "Informe sobre los textos"
    assert {div.attributes["lang"] for div in page.all("div", "copy")} == {"en"}
    law = [span for span in page.all("span") if span.attributes.get("lang") == "en"]
    assert [span.text for span in law] == ["A cosmetic product is one applied to the outside of the body."]
    assert page.text.count("Las normas se resumen en inglés.") == 1
    details = page.one("details", "finding")
    assert "Prohibido" in details.one("summary").text
    assert (details.attributes["data-verdict"], details.attributes["data-state"]) == ("prohibited", "counts")
    assert [group.one("legend").text for group in page.all("fieldset")] == [
        "Gravedad", "Veredicto", "Jurisdicción", "Categoría", "Certeza",
    ]  # fmt: skip


def test_nothing_read_is_not_called_clean(render: Render) -> None:
    """Only what was read can be without findings."""
    assert "no wording found" not in render(ReportError("x.md", "not-found", "no such file")).text


def test_what_files_have_in_common_is_theirs_only_where_it_is_the_same(
    render: Render, shown: FileResult, finding: Finding
) -> None:
    """The same heading in a Spanish file keeps its language, the same wording under other law its own."""
    under_us = replace(finding, jurisdictions=finding.jurisdictions[1:])
    english, spanish = render(replace(shown, language="en"), replace(shown, language="es", findings=(under_us,))).all(
        "section", "file"
    )
    for page, language, places in ((english, "en", ["GB", "US"]), (spanish, "es", ["US"])):
        assert {copy.attributes["lang"] for copy in page.all("div", "copy")} == {language}
        assert [ruling.one("strong").text for ruling in page.all("div", "ruling")] == places
