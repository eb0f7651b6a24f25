"""MDX: Markdown with components, expressions in braces, and modules (``export const prices = [...]``) among the paragraphs.

Expressions and modules are masked, so that the Markdown around them reads as it will on the page; what is copy in them is
reported behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from menulint.readers.base import SourceBuilder
from menulint.readers.brace_marks import Expression, find_expressions
from menulint.readers.contacts import report_contacts
from menulint.readers.frontmatter import read_front_matter
from menulint.readers.markdown import read_markdown
from menulint.readers.script import read_script
from menulint.readers.script_tree import read_parts
from menulint.readers.script_writer import Writer
from menulint.readers.template_marks import Kind, Mark, Masked
from menulint.readers.values import read_value

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_CODE_SPAN = re.compile(r"`[^`\r\n]{1,500}`")
_MODULE = re.compile(
    r"^(?:import\b[^\r\n]{0,400}?['\"][^'\"\r\n]{1,200}['\"];?[ \t]*$|import[ \t]*\{"
    r"|export[ \t]+(?:const|let|var|default|function|async|class|\{|\*))",
    re.MULTILINE,
)
_IN_MODULE = re.compile(
    r""""(?:[^"\\\r\n]++|\\.)*+"|'(?:[^'\\\r\n]++|\\.)*+'|`(?:[^`\\]++|\\.)*+`|//[^\r\n]*+|/\*(?:[^*]++|\*(?!/))*+\*/"""
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<line>\r\n|\n|\r)",
    re.DOTALL,
)
_COMMENT = re.compile(r"\{\s*/\*(?:[^*]++|\*(?!/))*+\*/\s*\}\Z")

Span = tuple[int, int]


class MdxReader:
    """Reads MDX."""

    name = "mdx"
    extensions = frozenset({".mdx"})

    def recognises(self, text: str) -> bool:
        """Never: without its name it looks like Markdown."""
        return False

    def read(self, text: str, build: SourceBuilder) -> None:
        """Report the copy of front matter, body, expressions and modules."""
        front = read_front_matter(text, 1 if text.startswith("\ufeff") else 0, build)
        for value in front.values:
            read_value(value, build)
        build.restart_outline()
        modules, expressions = _code_of(text, front.end)
        masked = Masked(text, sorted(_marks(text, modules, expressions), key=lambda mark: mark.start))
        read_markdown(text, front.end, build, masked=masked)
        build.restart_outline()
        for start, end in modules:
            read_script(text, start, end, build, "tsx")
        writer = Writer(text, build)
        for found in expressions:
            if not _COMMENT.match(text, found.start, found.end):
                writer.write(read_parts(text, *found.inside, "tsx", build, wrapped=True, edits=found.edits))
        report_contacts(text, build)


def _code_of(text: str, start: int) -> tuple[list[Span], list[Expression]]:
    """The modules and the expressions of the text, which are none where it shows code."""
    prose = _blank(text, _shown_code(text, start))
    modules = list(_modules(prose, start))
    prose = _blank(prose, modules)
    return modules, find_expressions(prose, start, len(text), nested=True)


def _blank(text: str, spans: list[Span]) -> str:
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += text[at:start], " " * (end - start)
        at = end
    return "".join((*parts, text[at:])) if spans else text


def _shown_code(text: str, start: int) -> list[Span]:
    """Fenced code and code spans."""
    spans: list[Span] = []
    opener: re.Match[str] | None = None
    for fence in _FENCE.finditer(text, start):
        if opener is None:
            opener = fence
        elif fence[1].startswith(opener[1]):
            spans.append((opener.start(), fence.end()))
            opener = None
    if opener is not None:
        spans.append((opener.start(), len(text)))
    prose = _blank(text, spans)
    return sorted([*spans, *(span.span() for span in _CODE_SPAN.finditer(prose, start))])


def _modules(text: str, start: int) -> Iterator[Span]:
    """Imports and exports, each to the end of the line on which its last bracket closes."""
    at = start
    unclosed = False
    while match := _MODULE.search(text, at):
        end = _line_end(text, match.start()) if unclosed else _module_end(text, match.start())
        if end < 0:
            unclosed, end = True, _line_end(text, match.start())
        yield match.start(), end
        at = max(end, match.end())


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _module_end(text: str, at: int) -> int:
    depth = 0
    for token in _IN_MODULE.finditer(text, at):
        if token["open"]:
            depth += 1
        elif token["close"]:
            depth -= 1
        elif token["line"] and depth <= 0:
            return token.start()
    return len(text) if depth <= 0 else -1


def _marks(text: str, modules: list[Span], expressions: list[Expression]) -> Iterator[Mark]:
    for start, end in modules:
        yield Mark(start, end, Kind.CODE, "export")
    for found in expressions:
        is_comment = bool(_COMMENT.match(text, found.start, found.end))
        yield Mark(found.start, found.end, Kind.COMMENT if is_comment else Kind.OUTPUT, "{")


READER = MdxReader()
