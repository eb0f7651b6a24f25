"""Reports over a scan show what was counted, and obey nothing that a page says."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
from dataclasses import replace
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from menulint.cli.report import TABLES as OFFERED
from menulint.finding import CONFIDENCES, SEVERITIES, VERDICTS, Provision
from menulint.reporters._scan import brief, dashboard, sheet, tables
from menulint.reporters._scan.overview import (
    About,
    Cell,
    Claim,
    Content,
    LanguageRow,
    Overview,
    Period,
    RuleRow,
    RuleText,
    Ruling,
    Share,
    Site,
    Timeline,
    Totals,
    Unread,
    Wording,
)
from menulint.reporters._scan.words import of_language

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\u202egnp.exe\x1b[31m"
TIME = datetime(2024, 3, 1, 10, 0)
CLAIM = Claim(
    site="a.example",
    rule="RTE001",
    name="cosmetic-for-injection",
    category="route",
    verdict="prohibited",
    severity="error",
    confidence="high",
    message=f"“{HOSTILE}”: nothing of that kind is licensed.",
    text=HOSTILE,
    before="We offer ",
    after=" today.",
    url="javascript:alert(1)",
    captured=TIME,
    section=("Menu",),
    language="en",
    in_frame=False,
    rulings=(Ruling("GB", "prohibited", "error", "high", ("UK-1",)),),
    pages=3,
    captures=4,
    first=TIME,
    last=TIME,
    mirror_of="",
    finding_id="f" * 20,
    page_id="p" * 20,
)
ABOUT = About(
    name="crawl",
    complete=True,
    menulint="0.1.0",
    pack_version="2026.11",
    pack_sha256="a" * 64,
    same_pack=True,
    as_of="",
    inputs=1,
    passed_over={"status 404": 7},
    choice=(),
    provisions={
        "UK-1": Provision("UK-1", "Our words.", "An Act", "s. 1", "https://law.example/1", "statute", "high", "")
    },
    rules={"RTE001": RuleText("What.", "Why.", "Write this.")},
)
OVERVIEW = Overview(
    about=ABOUT,
    totals=Totals(captures=5, pages=4, sites=2, affected=1, findings=4, claims=1, error=1, copies=1),
    sites=(
        Site("a.example", 3, 4, 3, 1, 0, 0, 0, ("GB",), ("en",), TIME, TIME),
        Site("b.example", 1, 1, 0, 0, 0, 0, 0, (), (), None, None),
    ),
    rules=(RuleRow("RTE001", "cosmetic-for-injection", "route", "error", 1, 3, 1),),
    wordings=(Wording(HOSTILE, "RTE001", "error", 1, 3),),
    cells=(Cell("route", "GB", 1, 1),),
    languages=(LanguageRow("en", 5, 2, 1),),
    timeline=Timeline("day", (Period(date(2024, 3, 1), 3, 0, 0, 1), Period(date(2024, 3, 2))), 1, 0),
    content=Content(2, 0, 0, (), (Share("category", "route", 1, 2, 0.0945, 0.9055),), (), ()),
    unread=(Unread("truncated", "It ends too soon.", HOSTILE, "crawl.warc.gz", 7),),
    unread_by_code={"truncated": 1},
    claims=(CLAIM,),
)


class Page(HTMLParser):
    """The elements of a page with their attributes, and what stands in its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See ``HTMLParser``."""
        self.elements.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        """See ``HTMLParser``."""
        if self.lasttag in ("script", "style") and self.cdata_elem:
            self.scripts[-1] += data
        else:
            self.text += data


@pytest.fixture(scope="module")
def html() -> str:
    return "".join(dashboard.render(OVERVIEW, "en"))


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def data_of(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.scripts[1])
    return found


def test_text_of_pages_is_no_markup_in_the_dashboard(page: Page) -> None:
    assert sum(name == "script" for name, _ in page.elements) == 2
    assert "img" not in {name for name, _ in page.elements}
    assert not [key for _, attributes in page.elements for key in attributes if key.startswith("on")]


def test_nothing_a_browser_or_a_terminal_obeys_is_left_of_it(html: str) -> None:
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b]", html)
    assert "<U+202E>" in data_of(Page(html))["rows"][0][8]


def test_the_dashboard_fetches_nothing(page: Page) -> None:
    assert not [name for name, attributes in page.elements if attributes.get("src") or name in ("link", "iframe")]
    (policy,) = (str(a["content"]) for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")
    style, _, script = page.scripts
    for text in (style, script):
        assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in policy


def test_the_dashboard_holds_each_claim_with_its_law_page_and_time(page: Page) -> None:
    data = data_of(page)
    row = dict(zip(data["columns"], data["rows"][0], strict=True))
    assert data["sites"][row["site"]] == "a.example"
    assert data["rules"][row["rule"]] == ["RTE001", "cosmetic-for-injection", "route", "Why.", "Write this."]
    assert data["laws"][row["law"]] == [["GB", "prohibited", "error", "high", ["UK-1"]]]
    assert data["provisions"]["UK-1"][:3] == ["An Act, s. 1", "Our words.", "https://law.example/1"]
    assert (row["captured"], row["pages"], row["captures"]) == ("2024-03-01 10:00", 3, 4)


def test_every_chart_has_its_numbers_in_a_table(page: Page) -> None:
    for number in ("50.0%", "9.4%–90.5%", "2024-03-01", "3 of 3", "status 404"):
        assert number in page.text


def test_bars_begin_at_zero_and_fill_the_axis_in_proportion() -> None:
    view = dashboard.View(OVERVIEW, of_language("en"))
    assert view.top == 4
    assert view.columns[0].parts == [("error", 0.0, 75.0), ("clean", 75.0, 25.0)]
    assert view.columns[1].parts == []
    assert [value for value, _ in view.ticks] == [0, 2, 4]


@pytest.mark.parametrize(("value", "top"), [(0, 1), (3, 4), (11, 12), (96, 100), (205, 250), (1600, 2000)])
def test_an_axis_ends_at_a_round_number(value: int, top: int) -> None:
    assert dashboard.round_up(value) == top


def test_the_script_finds_every_word_it_says(page: Page) -> None:
    """A missing one would stop it."""
    words, script = data_of(page)["words"], page.scripts[2]
    asked = set(re.findall(r'(?:\bwords\.|words\["|say\(")([a-z-]+)', script))
    assert len(asked) > 15
    assert asked <= words.keys()
    for name, values in {"severities": SEVERITIES, "confidences": CONFIDENCES, "verdicts": VERDICTS}.items():
        assert words[name].keys() == set(values)


def test_what_is_not_listed_is_said(page: Page) -> None:
    more = replace(OVERVIEW, totals=replace(OVERVIEW.totals, claims=9000))
    assert "Listed are the worst 1 of 9,000 claims" in Page("".join(dashboard.render(more, "en"))).text
    assert "Listed are" not in page.text


def test_sentences_that_follow_one_another_have_a_space_between_them() -> None:
    more = replace(
        OVERVIEW, timeline=replace(OVERVIEW.timeline, by_file=2), content=replace(OVERVIEW.content, mirrors=1, silent=1)
    )
    text = Page("".join(dashboard.render(more, "en"))).text
    assert re.findall(r"[a-z]\.(?=[A-Z0-9])", text) == []
    assert "left out. 2 times are those of files" in text


def test_an_unfinished_scan_and_another_pack_are_said_first() -> None:
    about = replace(ABOUT, complete=False, same_pack=False, choice=(("min-severity", "error"),))
    text = Page("".join(dashboard.render(replace(OVERVIEW, about=about), "en"))).text
    assert all(part in text for part in ("not finished", "another pack", "--min-severity error"))


def test_the_dashboard_speaks_spanish() -> None:
    text = "".join(dashboard.render(OVERVIEW, "es"))
    assert '<html lang="es">' in text
    assert "Expresiones más frecuentes" in text
    assert "50,0 %" in text


def test_a_report_of_nothing_can_be_read() -> None:
    nothing = replace(
        OVERVIEW,
        totals=Totals(),
        sites=(),
        rules=(),
        wordings=(),
        cells=(),
        languages=(),
        timeline=Timeline("day", (), 0, 0),
        content=Content(0, 0, 0, (), (), (), ()),
        unread=(),
        unread_by_code={},
        claims=(),
    )
    assert "No claim was found." in Page("".join(dashboard.render(nothing, "en"))).text
    assert "".join(brief.render(nothing, "en"))


@pytest.mark.parametrize("table", OFFERED)
def test_each_table_has_as_many_cells_as_columns(table: str) -> None:
    rows = list(csv.reader(io.StringIO("".join(tables.as_csv(OVERVIEW, table)), newline="")))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(tables.TABLES[table].columns)}


def test_the_command_offers_the_tables_there_are() -> None:
    assert tuple(tables.TABLES) == OFFERED


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_a_formula_on_a_page_is_text_in_every_table(tmp_path: Path, formula: str) -> None:
    overview = replace(OVERVIEW, claims=(replace(CLAIM, text=formula),))
    (row,) = csv.DictReader(io.StringIO("".join(tables.as_csv(overview, "claims")), newline=""))
    assert row["text"] == "'" + formula

    sheet.write(tmp_path / "a.xlsx", overview, [("scan", "crawl")])
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    (cell,) = [c for c in book["claims"][2] if c.value == formula]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_the_workbook_has_a_sheet_for_each_table_and_numbers_are_numbers(tmp_path: Path) -> None:
    sheet.write(tmp_path / "a.xlsx", OVERVIEW, [("scan", "crawl")])
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["about", *tables.TABLES]
    content = dict(zip((c.value for c in book["content"][1]), (c.value for c in book["content"][2]), strict=True))
    assert (content["n"], content["N"], content["share"]) == (1, 2, 0.5)
    assert book["sites"]["M2"].value == TIME


def test_the_workbook_keeps_what_looks_like_an_escape(tmp_path: Path) -> None:
    sheet.write(tmp_path / "a.xlsx", replace(OVERVIEW, claims=(replace(CLAIM, text="a_x0041_b\x1b"),)), [])
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert "a_x0041_b\ufffd" in [unescape(str(c.value)) for c in book["claims"][2]]


def test_the_same_overview_gives_the_same_workbook(tmp_path: Path) -> None:
    for name in "ab":
        sheet.write(tmp_path / name, OVERVIEW, [])
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_json_holds_all_tables_and_what_was_counted() -> None:
    found = json.loads("".join(tables.as_json(OVERVIEW)))
    assert found["totals"]["claims"] == 1
    assert list(found["tables"]) == list(tables.TABLES)
    assert found["tables"]["claims"][0]["captured"] == "2024-03-01T10:00:00Z"


def test_the_brief_is_markdown_in_which_pages_write_no_markup() -> None:
    text = "".join(brief.render(OVERVIEW, "en"))
    assert "<script>" not in text.replace("\\<", "")
    assert "| Route | 1 | 2 | 50.0% | 9.4%–90.5% |" in text
