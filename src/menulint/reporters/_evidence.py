"""The two pages of an evidence package for people: what was found, to be printed, and the copy with the wordings marked.

Both are complete in themselves and fetch nothing; text of the captured page is escaped, its markup and scripts have no part
in them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

from jinja2 import Environment

from menulint.reporters._page import content_policy, environment
from menulint.ui import Catalogue, Word


@dataclass(frozen=True, slots=True)
class Span:
    """A wording in a block: offsets in its text, and the number of the finding."""

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Copy:
    """A block of the captured page as a visitor reads it, and the wordings in it."""

    role: str
    level: int
    text: str
    place: str
    spans: tuple[Span, ...] = ()

    @property
    def pieces(self) -> list[Piece]:
        """The text, cut wherever a wording begins or ends."""
        cuts = sorted({0, len(self.text), *(edge for span in self.spans for edge in (span.start, span.end))})
        begin: dict[int, list[int]] = {}
        end: dict[int, list[int]] = {}
        for span in self.spans:
            begin.setdefault(span.start, []).append(span.number)
            end.setdefault(span.end, []).append(span.number)
        made, active = [], dict[int, None]()
        for first, last in pairwise(cuts):
            active |= dict.fromkeys(begin.get(first, ()))
            for number in end.get(first, ()):
                active.pop(number, None)
            made.append(Piece(self.text[first:last], tuple(active), tuple(n for n in end.get(last, ()) if n in active)))
        return made


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, the numbers of the wordings it belongs to, and of those that end with it."""

    text: str
    numbers: tuple[int, ...] = ()
    ending: tuple[int, ...] = field(default=())


def summary(record: Mapping[str, Any], words: Catalogue) -> str:
    """The page to print. ``record`` is what ``evidence.json`` holds."""
    return _render("summary.html.j2", words, record=record, pages={p["page_id"]: p for p in record["pages"]})


def highlighted(
    page: Mapping[str, Any], findings: Sequence[Mapping[str, Any]], blocks: Sequence[Copy], words: Catalogue
) -> str:
    """The copy of a captured page with its wordings marked."""
    return _render("page.html.j2", words, page=page, findings=findings, blocks=blocks)


def _render(name: str, words: Catalogue, **values: Any) -> str:
    env = _environment()
    style = _source(env, "style.css")
    made = env.get_template(name).render(values, t=words, style=style, policy=content_policy(style, ""))
    return made + "\n"


def _source(env: Environment, name: str) -> str:
    assert env.loader is not None
    return env.loader.get_source(env, name)[0]


@cache
def _environment() -> Environment:
    env = environment("templates/evidence")
    env.globals |= {"word": Word}
    return env
