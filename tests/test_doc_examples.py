"""The examples in the documentation for programmers do what it says."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"
_BLOCK = re.compile(r"^```pycon\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", ["api.md", "spacy.md"])
def test_the_examples_of_a_page_run_as_printed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of a page share their names, as for a reader who types them one after another."""
    monkeypatch.chdir(DOCS.parent)
    text = (DOCS / name).read_text("utf-8")
    blocks = [(text.count("\n", 0, block.start()), block[1]) for block in _BLOCK.finditer(text)]
    assert blocks
    names: dict[str, object] = {}
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    for line, block in blocks:
        test = doctest.DocTestParser().get_doctest(block, names, name, name, line)
        runner.run(test, out=said.append, clear_globs=False)
        names = test.globs
    assert said == [], "\n".join(said)
