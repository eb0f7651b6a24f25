"""Rewordings of findings: what they change, what they leave alone, and that a safe one is silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from menulint.engine.fixes import AFTER, BEFORE, _Window
from menulint.finding import FileResult, Finding, Fix
from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.pack.model import Pack, Rewording

PAGES = sorted(
    path
    for path in (Path(__file__).parents[2] / "fixtures" / "pages").iterdir()
    if path.is_file() and not path.name.endswith(".expected.yaml")
)
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack()


@pytest.fixture(scope="module")
def everywhere(pack: Pack) -> Linter:
    return Linter(pack, Options(jurisdiction=("all",), as_of=DAY, genre="promotional"))


def applied(text: str, fix: Fix) -> str:
    for edit in reversed(fix.edits):
        text = text[: edit.start.offset] + edit.text + text[edit.end.offset :]
    return text


def fixed(linter: Linter, text: str, rule: str, name: str = "page.txt") -> list[tuple[str, bool]]:
    """What the fixes of a rule's findings make of a text, and whether they are safe."""
    found = linter.check_bytes(name, text.encode()).findings
    return [(applied(text, fix), fix.safe) for finding in found if finding.rule == rule for fix in finding.fixes]


def all_rewordings(pack: Pack) -> list[Rewording]:
    return list({(r.rule, r.example): r for r in pack.lexicon.rewordings}.values())


def test_every_rewording_makes_of_its_example_what_it_says_and_that_passes(pack: Pack) -> None:
    """Each entry under ``fixes`` of a rule, under the law of every place."""
    wrong = []
    for lang in ("en", "es"):
        linter = Linter(pack, Options(jurisdiction=("all",), as_of=DAY, lang=lang, genre="promotional"))
        for one in all_rewordings(pack):
            if one.lang != lang:
                continue
            before, after = one.example
            if (after, one.safe) not in fixed(linter, before, one.rule):
                wrong.append((one.rule, before, str(fixed(linter, before, one.rule))))
            left = linter.check_bytes("page.txt", after.encode()).findings
            wrong += [(one.rule, after, f"{finding.rule} {finding.text}") for finding in left]
    assert wrong == []


KEPT = [
    ("Erases wrinkles.", "EFF005", "Softens the look of wrinkles."),
    ("ERASES WRINKLES", "EFF005", "SOFTENS THE LOOK OF WRINKLES"),
    ("Our serum will erase your fine lines.", "EFF005", "Our serum will soften the look of your fine lines."),
    ("Nuestro sérum borra las arrugas.", "EFF005", "Nuestro sérum suaviza el aspecto de las arrugas."),
    ("Erases wrinkels.", "EFF005", "Softens the look of wrinkels."),
    ("We Erase Your Fine Lines", "EFF005", "We Soften the Look of Your Fine Lines"),
]


@pytest.mark.parametrize(("copy", "rule", "wanted"), KEPT)
def test_a_rewording_keeps_inflection_and_capitals(everywhere: Linter, copy: str, rule: str, wanted: str) -> None:
    """The verb keeps its form, and a heading in capitals stays one."""
    assert (wanted, True) in fixed(everywhere, copy, rule)


HOSTS = [
    ("page.html", "<p>Our serum <b>erases</b> your\n  <i>fine lines</i>.</p>",
     "<p>Our serum <b>softens the look of</b> your\n  <i>fine lines</i>.</p>"),
    ("page.md", "Our serum **erases** your fine lines.", "Our serum **softens the look of** your fine lines."),
    ("menu.json", '{"description": "Our serum erases your fine lines."}',
     '{"description": "Our serum softens the look of your fine lines."}'),
    ("Page.tsx", "export const Page = () => <p>Our serum erases your fine lines.</p>;\n",
     "export const Page = () => <p>Our serum softens the look of your fine lines.</p>;\n"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "file", "wanted"), HOSTS)
def test_edits_leave_the_tags_and_quotes_of_the_file_alone(
    everywhere: Linter, name: str, file: str, wanted: str
) -> None:
    """Words between two tags stay where they are; only what is replaced is touched."""
    assert (wanted, True) in fixed(everywhere, file, "EFF005", name)


NONE = [
    ("page.html", "<p>Our serum er<b>ases</b> your fine lines.</p>", "a tag inside the word that would change"),
    ("page.html", "<p>Our serum er&shy;ases your fine lines.</p>", "an escape inside it"),
    ("page.txt", "“It erased my wrinkles,” says Ana, a client of our clinic.", "somebody's own words"),
    ("page.txt", "Botox from £120. Book now at our clinic.", "a medicine: no wording helps"),
    ("page.txt", "Exosome injections at our clinic, £300.", "an offer that no wording makes lawful"),
    ("page.txt", "Our clinic cures eczema. Book now.", "a cure"),
]


@pytest.mark.parametrize(("name", "file", "why"), NONE)
def test_there_is_no_rewording_where_none_can_be_made(everywhere: Linter, name: str, file: str, why: str) -> None:
    """A finding without a fix, rather than one that breaks the file or the law."""
    found = everywhere.check_bytes(name, file.encode()).findings
    assert found, why
    assert [finding.fixes for finding in found] == [()] * len(found), why


def test_each_place_of_a_folded_finding_has_its_own_rewording(everywhere: Linter) -> None:
    """The same words twice in a file are one finding with two places."""
    text = "Erases wrinkles.\n\nOur night cream erases wrinkles.\n"
    (finding,) = everywhere.check_bytes("page.txt", text.encode()).findings
    assert [applied(text, place.fixes[0]).count("the look of") for place in finding.places] == [1, 1]
    assert len({place.fixes[0].edits[0].start for place in finding.places}) == 2


def test_what_another_rule_minds_too_is_not_safe_to_change_alone(everywhere: Linter) -> None:
    """The proof would still be claimed of the new wording."""
    copy = "Our serum is clinically proven to erase wrinkles."
    assert [safe for _, safe in fixed(everywhere, copy, "EFF005")] == [False]


def rules(result: FileResult) -> Counter[str]:
    return Counter(finding.rule for finding in result.findings for _ in finding.places)


def safe_fixes(result: FileResult) -> Iterator[tuple[Finding, Fix]]:
    for finding in result.findings:
        for place in finding.places:
            yield from ((finding, fix) for fix in place.fixes if fix.safe and not place.block.quote)


def noise(linter: Linter, name: str, data: bytes, format: str | None = None) -> list[tuple[str, ...]]:
    """The safe fixes of a file after which their rule is still heard there, or another one is."""
    result = linter.check_bytes(name, data, format=format)
    before = rules(result)
    wrong: list[tuple[str, ...]] = []
    for finding, fix in safe_fixes(result):
        text = applied(data.decode(result.encoding), fix)
        again = linter.check_bytes(name, text.encode(result.encoding), format=format)
        after = rules(again)
        if again.format != result.format or after[finding.rule] >= before[finding.rule] or after - before:
            wrong.append((name, finding.rule, finding.text, fix.edits[0].text, str(after - before)))
    return wrong


def test_a_safe_rewording_silences_its_finding_and_raises_no_other_on_whole_pages(pack: Pack) -> None:
    """Every page of the fixtures, each safe fix by itself."""
    linter = Linter(pack, Options(as_of=DAY))
    assert [one for path in PAGES for one in noise(linter, path.name, path.read_bytes())] == []


def test_a_safe_rewording_silences_its_finding_in_the_examples_of_the_pack(pack: Pack, everywhere: Linter) -> None:
    """Every flagged example of every rule."""
    examples = [example for rule in pack.rules.values() for example in rule.flagged]
    wrong = [one for e in examples for one in noise(everywhere, "example", e.text.encode(), e.format)]
    assert wrong == []


def test_what_stands_around_a_finding_is_short_whatever_stands_for_spaces() -> None:
    text = "\N{NO-BREAK SPACE}".join(["Our treatment is 100% safe,"] * 100)
    start = len(text) // 2
    begin, around = _Window.around(text, start, start + 4)
    assert begin < start
    assert len(around) < 2 * (2 * BEFORE + 2 * AFTER)
    assert text[begin:].startswith(around)
