"""The examples of the CommonMark specification: nothing raises, every character is placed, every visible word is read.

The visible words come from the expected HTML by the standard library's parser. Code is not copy, so its words are not
asked for. ``commonmark_known_gaps.json`` lists the examples that miss words; it may neither lack one nor
list one too many.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from menulint.source import Source

Read = Callable[..., Source]
CheckPlaces = Callable[[Source], None]

ROOT = Path(__file__).parents[2]
SPECIFICATION = ROOT.parent / "shared" / "corpus" / "third-party" / "commonmark" / "spec.txt"
KNOWN_GAPS = set(json.loads(Path(__file__).with_name("commonmark_known_gaps.json").read_text(encoding="utf-8")))
LEAST_SHARE_OF_WORDS = 0.95

_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)
_UNREAD = ("code", "script", "style")

pytestmark = pytest.mark.skipif(not SPECIFICATION.exists(), reason="the CommonMark specification is not at hand")


class _VisibleText(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unread += tag in _UNREAD
        self.parts += [f" {value} " for name, value in attrs if name in ("alt", "title") and value]
        self.parts.append(" " if tag in ("code", "br", "img", "p", "li") else "")

    def handle_endtag(self, tag: str) -> None:
        self._unread = max(0, self._unread - (tag in _UNREAD))

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.parts.append(data)


def _examples() -> list[tuple[int, str, str]]:
    if not SPECIFICATION.exists():
        return []
    text = SPECIFICATION.read_text(encoding="utf-8").replace("→", "\t")
    return [(number, match[1], match[2]) for number, match in enumerate(_EXAMPLE.finditer(text), 1)]


EXAMPLES = _examples()


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def _visible_words(html: str) -> Counter[str]:
    parser = _VisibleText()
    parser.feed(html)
    parser.close()
    return _words("".join(parser.parts))


@pytest.mark.parametrize(("number", "markdown", "html"), EXAMPLES, ids=[str(example[0]) for example in EXAMPLES])
def test_an_example_is_placed_and_complete(
    number: int, markdown: str, html: str, read: Read, check_places: CheckPlaces
) -> None:
    """Every character stands where its map says; the words missing are those listed, no more and no fewer."""
    source = read(markdown)
    check_places(source)
    missing = _visible_words(html) - _words(" ".join(block.text for block in source.blocks))
    assert bool(missing) is (number in KNOWN_GAPS), f"missing: {dict(missing)}"


@pytest.mark.parametrize(("number", "markdown", "html"), EXAMPLES, ids=[str(example[0]) for example in EXAMPLES])
def test_carriage_returns_and_a_byte_order_mark_change_no_block(
    number: int, markdown: str, html: str, read: Read, check_places: CheckPlaces
) -> None:
    """The same file saved on another system reads the same."""
    blocks = [(block.role, block.text) for block in read(markdown).blocks]
    for variant in (markdown.replace("\n", "\r\n"), markdown.replace("\n", "\r"), "\ufeff" + markdown):
        source = read(variant)
        check_places(source)
        assert [(block.role, block.text) for block in source.blocks] == blocks


def test_nearly_all_visible_words_are_read(read: Read) -> None:
    """At least 95 % of the words of the whole specification's examples."""
    wanted = found = 0
    for _, markdown, html in EXAMPLES:
        words = _visible_words(html)
        wanted += words.total()
        found += (words & _words(" ".join(block.text for block in read(markdown).blocks))).total()
    assert found >= wanted * LEAST_SHARE_OF_WORDS
