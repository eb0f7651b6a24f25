"""The pages that are made of the pack."""

from __future__ import annotations

import re
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from msgspec import structs
from tools.site.markup import literal, marked
from tools.site.pages import Site

from menulint.cli import COMMANDS
from menulint.config import KEYS
from menulint.pack.load import load_pack
from menulint.pack.model import Pack

ROOT = Path(__file__).resolve().parent.parent.parent
TODAY = date(2026, 11, 26)
Pages = dict[str, str]


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack()


@pytest.fixture(scope="module")
def pages(pack: Pack) -> Pages:
    return dict(Site(pack, TODAY).pages())


def test_every_rule_has_a_page_with_its_examples(pack: Pack, pages: Pages) -> None:
    """Those that are found and those that are not."""
    for rule in pack.rules.values():
        page = pages[f"rules/{rule.id}.md"]
        one_line = [e for e in (*rule.flagged, *rule.allowed) if e.format == "text" and "\n" not in e.text]
        assert all(marked(example.text.strip(), example.span) in page for example in one_line), rule.id


def test_every_provision_a_rule_cites_links_to_the_page_of_its_place(pack: Pack, pages: Pages) -> None:
    """And stands there under its id."""
    for provision in pack.provisions.values():
        assert f"{{: #{provision.id} }}" in pages[f"jurisdictions/{provision.jurisdiction}.md"]
        for backing in provision.backs:
            link = f"(../jurisdictions/{provision.jurisdiction}.md#{provision.id})"
            assert link in pages[f"rules/{backing.rule}.md"], (provision.id, backing.rule)


def test_every_row_of_evidence_stands_on_the_page_of_its_substance(pack: Pack, pages: Pages) -> None:
    """With all that it cites."""
    evidence = {path: text for path, text in pages.items() if path.startswith("evidence/")}
    for row in pack.evidence:
        name = row.substance.partition(".")[2] or "any-product"
        page = evidence[f"evidence/{name}.md"]
        assert f"{{: #{row.id} }}" in page
        assert all(literal(citation["ref"]) in page for citation in row.citations), row.id


def test_every_place_and_every_provision_is_in_the_lists(pack: Pack, pages: Pages) -> None:
    """The map has a column for each place and a row for each rule."""
    assert all(f"{code}.html" in pages["rules/map.md"] for code in pack.jurisdictions)
    assert all(f'"{rule}.html"' in pages["rules/map.md"] for rule in pack.rules)
    assert all(f"#{provision})" in pages["jurisdictions/provisions.md"] for provision in pack.provisions)


def test_what_the_pack_says_is_never_markup(pack: Pack) -> None:
    """Markdown, HTML and bars of tables in it are shown as they are written."""
    hostile = "<script>alert(1)</script> | *a* [b](javascript:c) {{ d }} &amp;"
    rule = structs.replace(pack.rules["RTE001"], what=hostile, why=hostile, rewrite=hostile)
    provisions = tuple(
        structs.replace(p, gist=hostile, url="javascript:alert(1)", instrument=hostile)
        for p in pack.jurisdictions["GB"].provisions
    )
    places = {
        **pack.jurisdictions,
        "GB": structs.replace(pack.jurisdictions["GB"], name=hostile, provisions=provisions),
    }
    changed = structs.replace(pack, rules={**pack.rules, "RTE001": rule}, jurisdictions=places)
    for path, page in Site(changed, TODAY).pages():
        assert "<script" not in page, path
        assert "](javascript" not in page, path
        assert 'href="javascript' not in page, path
        assert "*a*" not in page, path


def test_a_text_of_several_kinds_of_marks_is_one_line_of_text() -> None:
    """Bars would end a cell of a table, line ends the table."""
    assert not set("|<>*`\n") & set(literal("a | b\n<i> *c* `d`"))


def test_the_map_shows_the_law_of_its_day(pack: Pack) -> None:
    """A provision that has ended no longer counts, and its card says until when it held."""
    ended = TODAY - timedelta(days=30)
    provisions = tuple(structs.replace(p, in_force_to=ended) for p in pack.jurisdictions["AU"].provisions)
    places = {**pack.jurisdictions, "AU": structs.replace(pack.jurisdictions["AU"], provisions=provisions)}
    changed = Site(structs.replace(pack, jurisdictions=places), TODAY)
    assert changed.law.backed(places["AU"]) == []
    assert "until 27 October 2026" in dict(changed.pages())["jurisdictions/AU.md"].replace("&#42;", "")


def test_a_place_with_a_provision_of_its_own_that_always_holds_is_judged_by_that(pack: Pack) -> None:
    """What it inherits is stricter here, and is not asked."""
    site = Site(pack, TODAY)
    for place in site.law.places:
        for rule, judged in site.law.backed(place):
            own = [b for p in place.provisions if p.in_force(TODAY) for b in p.backs if b.rule == rule.id]
            if any(backing.when is None for backing in own):
                assert not judged.inherited, (place.code, rule.id)


def test_the_settings_page_has_every_key_and_no_other() -> None:
    """As the program knows them."""
    text = (ROOT / "docs" / "settings.md").read_text("utf-8")
    named = set(re.findall(r"^\| `\[*(\w+)\]*` \|", text, re.MULTILINE))
    assert named == {*KEYS, "overrides", "extends"}


def test_a_page_in_the_navigation_of_a_rule_stands_under_its_category(pack: Pack) -> None:
    """Each rule once."""
    titles = [
        list(page) for part in Site(pack, TODAY).navigation()["rules"] for group in part.values() for page in group
    ]
    assert sorted(title.split()[0] for (title,) in titles) == sorted(pack.rules)


def test_every_command_and_option_is_in_the_reference(pack: Pack) -> None:
    """As ``--help`` spells them."""
    page = Site(pack, TODAY).fragment("commands.md.j2", "cli.md")
    check = import_module("menulint.cli.check").command
    spellings = {spelling for option in check.params for spelling in option.opts if spelling.startswith("--")}
    assert all(f"{{: #{name} }}" in page for name in (*COMMANDS, "baseline-create", "lexicon-search"))
    assert all(literal(spelling) in page for spelling in spellings)
