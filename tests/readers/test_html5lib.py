"""The HTML reader against html5lib's public tests: nothing raises, every run is sound, and what is shown is found.

The cases are read from the directory of third-party corpora beside the checkout; without it the tests are skipped.
``html5lib_gaps.json`` lists the cases in which our text and the standard's differ, with the reason; a case that is
mended must be taken off the list.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from menulint.readers.base import SourceBuilder
from menulint.readers.html import READER
from menulint.source import Role, Source

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "third-party" / "html5lib-tests"
GAPS = json.loads((Path(__file__).parent / "html5lib_gaps.json").read_text(encoding="utf-8"))
UNSEEN = ("<script", "<style", "<iframe", "<noembed", "<noframes", "<svg script", "<svg style")
ATTRIBUTE_ROLES = {Role.ALT, Role.META, Role.STRUCTURED}
SPACE = re.compile(r"[ \t\r\n\f]")
RAW_TAG = re.compile(r"<(?:script|style|title|textarea|iframe|noembed|noframes|xmp|plaintext|svg|math)\b", re.I)
ELEMENT_OF_STATE = {
    "RCDATA state": "textarea",
    "RAWTEXT state": "xmp",
    "PLAINTEXT state": "plaintext",
    "Script data state": "script",
}
TAG = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")


@dataclass(frozen=True)
class Case:
    """A page and the words the standard shows of it; ``name`` is its file and number."""

    name: str
    page: str
    words: list[str] = field(default_factory=list)


@pytest.fixture(scope="module", autouse=True)
def _corpus() -> None:
    if not CORPUS.is_dir():
        pytest.skip("html5lib-tests are not beside the checkout")


def read(page: str) -> Source:
    build = SourceBuilder(page)
    READER.read(page, build)
    return build.source(path="page.html", format="html", encoding="utf-8", sha256="")


# the cases


@cache
def cases() -> list[Case]:
    trees = [case for path in sorted(CORPUS.glob("tree-construction/*.dat")) for case in tree_cases(path)]
    return trees + [case for path in sorted(CORPUS.glob("tokenizer/*.test")) for case in token_cases(path)]


def tree_cases(path: Path) -> Iterator[Case]:
    text = path.read_bytes().decode("utf-8")
    for number, chunk in enumerate(re.split(r"(?:^|\n)#data\n", text)[1:]):
        data, _, rest = chunk.partition("\n#errors\n")
        if data == chunk:
            data, _, rest = chunk.partition("#errors\n")
        if "#document-fragment" in rest and re.search(r"#document-fragment\n(?:svg |math )?\w+", rest):
            continue
        tree = rest.partition("#document\n")[2]
        shown = " ".join(tree_text(tree, scripting="#script-on" in rest))
        yield Case(f"{path.name}:{number}", data, words(shown, data))


def tree_text(tree: str, *, scripting: bool) -> Iterator[str]:
    """The text nodes of a dumped tree that are shown."""
    open_tags: list[str] = []
    for match in re.finditer(r'^\| ( *)(?:"((?s:.*?))"(?=\n\||\s*\Z)|(.*))', tree, re.M):
        indent, text, node = match.groups()
        depth = len(indent) // 2
        del open_tags[depth:]
        open_tags += ["<hidden"] * (depth - len(open_tags)) + [node or ""]
        parents = open_tags[:depth]
        hidden = any(parent.startswith(UNSEEN) for parent in parents)
        if text and not hidden and not (scripting and any(parent.startswith("<noscript") for parent in parents)):
            yield text


def token_cases(path: Path) -> Iterator[Case]:
    tests = json.loads(path.read_text(encoding="utf-8"))
    for number, test in enumerate(tests.get("tests", tests.get("xmlViolationTests", []))):
        page, output = test["input"], test["output"]
        if test.get("doubleEscaped"):
            page, output = (
                unescape(page),
                [[unescape(part) if isinstance(part, str) else part for part in token] for token in output],
            )
        for state in test.get("initialStates", ["Data state"]):
            yield Case(f"{path.name}:{number}:{state}", *token_case(page, output, state, test.get("lastStartTag", "")))


def token_case(page: str, output: list[list[str]], state: str, last: str) -> tuple[str, list[str]]:
    shown = "".join(token[1] if token[0] == "Character" else "" for token in output)
    if state in ELEMENT_OF_STATE:
        element = ELEMENT_OF_STATE[state]
        page = f"<{element}>" + (re.sub(last, element, page, flags=re.I) if last else page)
        return page, [] if element == "script" or "<" in shown else words(shown, page)
    if state != "Data state":
        return page, []
    return page, [] if RAW_TAG.search(page) else words(shown, page)


def words(shown: str, page: str) -> list[str]:
    """The words of shown text; null characters, which we drop everywhere, may show as a replacement character."""
    return (shown.replace("\0", "").replace("\ufffd", "") if "\0" in page else shown).split()


def unescape(text: str) -> str:
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)


# the comparison


def differences(case: Case) -> tuple[list[str], str]:
    """The words of a case that are not found, and what is shown beside them."""
    source = read(case.page)
    shown = "\n".join(block.text for block in source.blocks if block.role not in ATTRIBUTE_ROLES)
    missing = []
    for word in sorted(case.words, key=len, reverse=True):
        at = shown.find(word)
        if at < 0:
            missing.append(word)
        else:
            shown = shown[:at] + " " + shown[at + len(word) :]
    return missing, " ".join(shown.split())


def unsound(source: Source) -> list[tuple[str, str]]:
    """The segments of a source whose text is not what the file holds there."""
    wrong = []
    for block in source.blocks:
        edges = [*(start for start, _, _ in block.map.segments), len(block.text)]
        for (start, at, to), end in zip(block.map.segments, edges[1:], strict=True):
            piece, held = block.text[start:end], source.text[at:to]
            if piece != SPACE.sub(" ", held) and not stands_for(piece, held):
                wrong.append((piece, held))
    return wrong


def stands_for(piece: str, held: str) -> bool:
    if piece == " ":
        return not TAG.sub("", html.unescape(held)).strip().strip("\0")
    if re.fullmatch(r"</?q\b[^>]*>", held, re.I):
        return piece in "“”"
    return html.unescape(held) in (piece, "") and held.startswith("&")


def test_every_run_of_every_case_maps_to_its_own_characters() -> None:
    """Reading any of html5lib's pages raises nothing and invents nothing."""
    wrong = {case.name: unsound(read(case.page)) for case in cases()}
    assert len(wrong) > 900
    assert not {name: found for name, found in wrong.items() if found}


def test_shown_words_are_found_save_for_the_known_gaps() -> None:
    """``<p>One<p>Two`` shows two words; at least 98 % of such words are found, and each miss is listed."""
    missing = {case.name: found[0] for case in cases() if case.words and (found := differences(case))[0]}
    total = sum(len(case.words) for case in cases())
    assert sum(map(len, missing.values())) <= 0.02 * total
    assert sorted(missing) == sorted(GAPS["missing"])


def test_hidden_words_are_not_shown_save_for_the_known_gaps() -> None:
    """Scripts, styles and comments never reach a block; other text we show although the standard drops it is listed."""
    extra = {case.name for case in cases() if case.name.count(":") == 1 and differences(case)[1]}
    assert sorted(extra) == sorted(GAPS["extra"])
