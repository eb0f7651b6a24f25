"""Vue components: the template as a page, scripts as code, messages for translation as data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from menulint.late import LatePattern
from menulint.readers.base import SourceBuilder
from menulint.readers.frontmatter import Malformed, yaml_values
from menulint.readers.host_page import HostPage
from menulint.readers.script import read_script
from menulint.readers.template_marks import Kind, Mark, Masked, NextFinder
from menulint.readers.values import read_value
from menulint.readers.wording import reads_like_words

_BLOCK = re.compile(r"<!--(?:[^-]++|-(?!->))*+(?:-->)?+|<([A-Za-z][\w-]*+)((?:\"[^\"]*+\"|'[^']*+'|[^>\"'])*+)>")
_LANG = re.compile(r"\blang\s*=\s*[\"']?(\w+)", re.IGNORECASE)
_OWN = frozenset({"template", "script", "style", "i18n", "docs"})
_TEMPLATE_TAG = re.compile(r"<(/?)template\b(?:\"[^\"]*+\"|'[^']*+'|[^>\"'])*+>", re.IGNORECASE)
_STEERING = re.compile(r"[@#]|v-(?!bind:|html$|text$)")


@dataclass(frozen=True, slots=True)
class _Part:
    """A top-level block of the file."""

    name: str
    lang: str
    start: int
    end: int


class VueReader:
    """Reads Vue components."""

    name = "vue"
    extensions = frozenset({".vue"})

    def recognises(self, text: str) -> bool:
        """Whether it begins with one of the blocks of a component and binds something."""
        head = text.lstrip("\ufeff \t\r\n")
        return head.startswith(("<template>", "<script setup")) and (
            "v-" in text or "{{" in text or "defineProps" in text
        )

    def read(self, text: str, build: SourceBuilder) -> None:
        """Report the copy of all blocks, the template first, as a visitor meets it."""
        parts = list(_parts(text, build))
        for part in sorted(parts, key=lambda part: part.name != "template"):
            _read_part(text, part, build)


def _parts(text: str, build: SourceBuilder) -> Iterator[_Part]:
    at = 0
    ends: dict[str, NextFinder] = {}
    while match := _BLOCK.search(text, at):
        at = match.end()
        name = (match[1] or "").lower()
        if not name:
            build.comment(match.group()[4:].removesuffix("-->").strip(), *match.span())
        elif not match[2].rstrip().endswith("/"):
            end = _template_end(text, at) if name == "template" else _end(text, name, at, ends)
            lang = _LANG.search(match[2])
            yield _Part(name, lang[1].lower() if lang else "", match.end(), end)
            at = max(at, end)


def _end(text: str, name: str, at: int, ends: dict[str, NextFinder]) -> int:
    if name not in ends:
        ends[name] = NextFinder.of_pattern(text, LatePattern(rf"</{re.escape(name)}\s*>", re.IGNORECASE))
    start, _ = ends[name].after(at)
    return start if start >= 0 else len(text) if name in _OWN else at


def _template_end(text: str, at: int) -> int:
    """The end of the outermost template: those inside it nest."""
    depth = 1
    for tag in _TEMPLATE_TAG.finditer(text, at):
        depth += -1 if tag[1] else 0 if tag.group().endswith("/>") else 1
        if not depth:
            return tag.start()
    return len(text)


def _read_part(text: str, part: _Part, build: SourceBuilder) -> None:
    if part.name == "template" and part.lang in ("", "html"):
        _read_template(text, part, build)
    elif part.name == "script":
        read_script(text, part.start, part.end, build, "typescript" if part.lang == "ts" else "tsx")
    elif part.name == "i18n" and part.lang in ("yaml", "yml"):
        _read_yaml(text, part, build)
    elif part.name == "i18n":
        read_script(text, part.start, part.end, build, "javascript", wrapped=True)
    else:
        build.leave_out(part.start, part.end, f"{part.name} {part.lang}".strip())
        if part.name == "template":
            build.note(f"a template written in {part.lang} was not read")


def _read_yaml(text: str, part: _Part, build: SourceBuilder) -> None:
    try:
        values = list(yaml_values(text, part.start, part.end, build))
    except Malformed as error:
        build.note(f"the messages are not valid YAML ({error}); they were not read")
        build.leave_out(part.start, part.end, "i18n")
        return
    for value in values:
        if reads_like_words(value.text, value.key):
            read_value(value, build)


def _read_template(text: str, part: _Part, build: SourceBuilder) -> None:
    masked = Masked(text, _marks(text, part.start, part.end))
    HostPage(masked, part.start, part.end, build, expressions={}, binding=binding).read()


def _marks(text: str, start: int, end: int) -> Iterator[Mark]:
    closers = NextFinder.of_string(text, "}}")
    at = text.find("{{", start, end)
    while at >= 0:
        _, stop = closers.after(at + 2)
        if not 0 <= stop <= end:
            return
        yield Mark(at, stop, Kind.OUTPUT, "{{")
        at = text.find("{{", stop, end)


def binding(key: str) -> str | None:
    """The property that an attribute binds to an expression; "" for one that steers, None for one that is plain."""
    if _STEERING.match(key):
        return ""
    for prefix in ("v-bind:", ":", "v-"):
        if key.startswith(prefix):
            return key.removeprefix(prefix)
    return None


READER = VueReader()
