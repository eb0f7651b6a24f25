"""JSX as a visitor sees it: its elements drive the reader of HTML pages, its components count as blocks.

What a component does cannot be known here. Its name says it where it is a usual one (``Link``, ``CardTitle``); else it is a
block, unless text stands right beside it.
"""

from __future__ import annotations

import re
from typing import Protocol

from menulint.readers.base import GAP, Run, SourceBuilder
from menulint.readers.html_context import Context, OpenElements
from menulint.readers.html_page import Found, Page
from menulint.readers.html_text import shown_runs
from menulint.readers.script_parts import Bag, Part, Text, Words
from menulint.readers.script_words import is_meta, why_code
from menulint.readers.template_marks import Masked
from menulint.source import Role

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
FOUND = frozenset(
    """class href alt title aria-label aria-description placeholder lang role aria-level itemtype datetime colspan rowspan
    label name property content http-equiv itemprop rel action type value""".split()
)
"""Attributes that the reader of pages asks for."""
_SPOKEN = {
    "alt": Role.ALT,
    "title": Role.TITLE,
    "aria-label": Role.ALT,
    "aria-description": Role.ALT,
    "placeholder": Role.STRING,
    "label": Role.STRING,
}
_INNER = frozenset({"html", "text", "set:html", "set:text", "innerhtml", "textcontent"})
"""Properties that are the content of their element."""
ATTRIBUTES = {"classname": "class", "to": "href", "colspan": "colspan", "rowspan": "rowspan"}
_COMPONENTS = {
    name: element
    for element, names in {
        "a": "a link navlink nextlink anchor routerlink gatsbylink",
        "img": "img image nextimage staticimage gatsbyimage picture avatarimage",
        "button": "button btn primarybutton secondarybutton iconbutton ctabutton linkbutton motionbutton",
        "p": "p text paragraph lead carddescription dialogdescription sheetdescription alertdescription",
        "h2": "heading sectiontitle sectionheading pagetitle",
        "h3": "cardtitle dialogtitle sheettitle alerttitle subheading",
        "summary": "accordiontrigger accordionbutton accordionheader accordionsummary disclosurebutton collapsibletrigger",
        "ul": "ul list unorderedlist",
        "ol": "orderedlist",
        "li": "li listitem",
        "table": "table",
        "thead": "tableheader thead",
        "tbody": "tablebody tbody",
        "tr": "tablerow tr",
        "td": "tablecell td",
        "th": "tablehead th",
        "blockquote": "blockquote quote",
        "option": "option selectitem",
        "span": "span strong bold em highlight badge fragment suspense trans balancer balance tooltip nobr abbr "
        "gradienttext textgradient animatedtext accent mark tooltiptrigger",
        "br": "br",
        "title": "",
        "head": "head helmet",
        "script": "script nextscript",
    }.items()
    for name in names.split()
}
_HEADING = re.compile(r"h[1-6]\Z")
_TRANSLATED = re.compile(r"(?:Formatted(?:HTML)?Message|Trans|Translate|T)\Z")
_NOTES = frozenset({"description", "comment", "context"})
"""What a component that translates tells whoever translates."""
_CHOICE = re.compile(
    r"(?:Tabs?|Accordion|Select|Toggle|Radio|Command|Combobox|Listbox|Collapsible|Disclosure)(?:[A-Z]\w*)?\Z"
)
_CHOSEN_BY = frozenset({"value", "defaultValue"})
_PREFIX = re.compile(r"(?:v|el|b|q|a|n|u|nuxt|router|base|app|ui|svelte|astro)-(?=[a-z])")
_SHAPED_BY = frozenset({"as", "component", "variant", "tag", "element"})
_BESIDE = 40
_NO_TEXT_BEFORE = frozenset(">})({;,[&|?:=")
_NO_TEXT_AFTER = frozenset("<{)}],;:&|?")
_COMMENTS = re.compile(r"\{\s*(?:(?:/\*(?:[^*]++|\*(?!/))*+\*/|//[^\n]*)\s*)*\}?\Z")
_LETTER = re.compile(r"[^\W_]")


def element_of(tag: str) -> tuple[str, bool]:
    """The HTML element a tag stands for, and whether that is known: ``motion.h2``, ``Link``, ``v-btn``."""
    last = tag.rpartition(".")[2]
    if not last:
        return "", True
    if last[0].islower() and "-" not in last:
        return last.lower(), True
    name = _PREFIX.sub("", last).lower().replace("-", "")
    if _HEADING.match(name):
        return name, True
    return _COMPONENTS.get(name, ""), name in _COMPONENTS


class DataWriter(Protocol):
    """Reports the data that stands in markup."""

    def part(self, key: str, part: Part, *, in_head: bool = False) -> None:
        """One part under its key."""
        ...

    def open_properties(self, props: list[tuple[str, Part]], *, in_head: bool, has_content: bool) -> int | None:
        """The properties of a component; what to give to ``close_properties`` if they hold a heading for its content."""
        ...

    def close_properties(self, before: int) -> None:
        """The component ends."""
        ...


class MarkupPage(Page):
    """Reads one piece of JSX, with all that is nested in it."""

    def __init__(self, masked: Masked, start: int, end: int, build: SourceBuilder, data: DataWriter) -> None:
        super().__init__(masked, start, end, build, Context())
        self._data = data

    def read_element(self, bag: Bag) -> None:
        """Report an element that stands in no other."""
        before = self._build.enter_section()
        self._elements, self._copy.before = OpenElements(Context()), None
        self._scanner.foreign = False
        self.element(bag)
        self._flush()
        self._build.leave_section(before)

    def element(self, bag: Bag) -> None:
        """An element with its properties and its content."""
        name, known = self._name(bag)
        if name in ("style", "script"):
            self._raw_element(name, bag)
        elif name == "title" and not self._scanner.foreign:
            self._page_title(bag)
        elif known:
            self._known(name, bag)
        else:
            self._component(bag)

    def _name(self, bag: Bag) -> tuple[str, bool]:
        """The HTML element a tag stands for, and whether that is known."""
        for key, part in bag.props.entries if bag.props and not bag.tag[:1].islower() else ():
            if key in _SHAPED_BY and isinstance(part, Words) and _HEADING.match(part.text.strip().lower()):
                return part.text.strip().lower(), True
        return element_of(bag.tag)

    def _known(self, name: str, bag: Bag) -> None:
        found, rest = self._split_properties(name, bag)
        if rest and bag.tag[:1].isupper():
            self._flush_for(rest)
        self._open(name, (bag.start, bag.opened), found)
        self._rest(name, bag, rest)
        if name in VOID:
            return
        self._content(bag)
        if name:
            self._end(name, *(bag.closing or (bag.end, bag.end)))

    def _rest(self, name: str, bag: Bag, rest: list[tuple[str, Part]]) -> None:
        """Properties that are no plain attributes."""
        self._properties(name, rest, is_component=bag.tag[:1].isupper())

    def _properties(self, name: str, rest: list[tuple[str, Part]], *, is_component: bool) -> None:
        for key, part in rest:
            spoken = _SPOKEN.get(key.lower())
            if isinstance(part, Words) and spoken:
                if _LETTER.search(part.text.replace(GAP, "")):
                    self._copy.speak(spoken, part.runs, self._place())
            elif isinstance(part, Bag) or is_component or key.lower() in _INNER:
                self._data.part(key, part, in_head=name == "meta")
            elif name == "meta" and key == "content" and isinstance(part, Words):
                self._build.add(Role.META, part.runs)

    def _split_properties(self, name: str, bag: Bag) -> tuple[Found, list[tuple[str, Part]]]:
        """The attributes that stand in the file as they are, and all other properties."""
        found: Found = {}
        rest: list[tuple[str, Part]] = []
        for key, part in _shown_properties(bag):
            attribute = ATTRIBUTES.get(key.lower(), key.lower())
            if isinstance(part, Words) and attribute in FOUND and (span := _plain_span(part)):
                found[attribute] = span
            else:
                rest.append((key, part))
        if name == "a" and "href" not in found:
            found["href"] = (bag.start, bag.start)
        return found, rest

    def _component(self, bag: Bag) -> None:
        """A component of which only the name is known: a block, unless it stands in running text."""
        props = _shown_properties(bag)
        inline = self._stands_in_text(bag)
        opened = self._open_component(
            bag.tag, props, (bag.start, bag.opened), inline=inline, closed=bag.closing is None
        )
        self._content(bag)
        self._close_component(opened, bag.closing or (bag.end, bag.end))

    def _open_component(
        self, tag: str, props: list[tuple[str, Part]], span: tuple[int, int], *, inline: bool, closed: bool
    ) -> tuple[bool, int | None]:
        """Begin a component; what ``_close_component`` wants to know of it. ``closed``: it has no content."""
        if not inline and not closed:
            self._flush()
        elif props:
            self._flush_for(props)
        block = not inline and not closed
        if block:
            self._block("div", span, {})
        else:
            self._copy.gap(*span)
        before = None
        if props:
            before = self._data.open_properties(props, in_head=is_meta(tag), has_content=not closed)
        return block, before

    def _close_component(self, opened: tuple[bool, int | None], span: tuple[int, int]) -> None:
        block, before = opened
        if block:
            self._end("div", *span)
        if before is not None:
            self._flush()
            self._data.close_properties(before)

    def _flush_for(self, props: list[tuple[str, Part]]) -> None:
        """Report the text so far if the properties hold copy of their own."""
        if any(
            isinstance(part, Bag) or not why_code(part.text, key) for key, part in props if not isinstance(part, Text)
        ):
            self._flush()

    def _stands_in_text(self, bag: Bag) -> bool:
        before = self._text[max(0, bag.start - _BESIDE) : bag.start].rstrip()[-1:]
        after = self._text[bag.end : bag.end + _BESIDE].lstrip()[:1]
        return bool((before and before not in _NO_TEXT_BEFORE) or (after and after not in _NO_TEXT_AFTER))

    def _raw_element(self, name: str, bag: Bag) -> None:
        """A script or style: only what is data in it."""
        self._build.leave_out(bag.start, bag.end, name)
        if name == "script":
            for key, part in [*(bag.props.entries if bag.props else ()), *bag.entries]:
                if isinstance(part, Bag) and not _holds_program(part):
                    self._data.part(key, part)

    def _page_title(self, bag: Bag) -> None:
        runs = list(self._title_runs(bag))
        shown = "".join(run[0] for run in runs)
        if GAP not in shown and runs:
            self._build.signal("title", " ".join(shown.split()), runs[0][1], runs[-1][2])
        self._build.add(Role.TITLE, runs)

    def _title_runs(self, bag: Bag) -> list[Run]:
        runs: list[Run] = []
        for _, part in bag.entries:
            if isinstance(part, Text):
                runs += shown_runs(self._text, part.start, part.end)
            elif isinstance(part, Bag) and part.kind == "code":
                words = [inner for _, inner in part.entries if isinstance(inner, Words)]
                runs += words[0].runs if words else [(GAP, part.start, part.end)]
        return runs

    # content

    def _content(self, bag: Bag) -> None:
        for _, part in bag.entries:
            if isinstance(part, Text):
                self._copy.show(self._text[part.start : part.end], part.start)
            elif isinstance(part, Words):
                self._inline(part)
            elif part.kind == "element":
                self.element(part)
            elif part.kind == "code":
                self.code(part)
            else:
                self._flush()
                self._data.part("", part)

    def code(self, bag: Bag) -> None:
        """``{…}`` between tags: the text it shows as far as it stands there, else a gap; or more elements."""
        words = [part for _, part in bag.entries if isinstance(part, Words)]
        if len(words) < len(bag.entries):
            self._mixed(bag)
            return
        shown = [part for part in words if len(words) == 1 or not why_code(part.text, "")]
        if shown:
            self._inline(shown[0])
            for part in shown[1:]:
                self._copy.speak(Role.STRING, part.runs, self._place())
        elif not _COMMENTS.match(self._text, bag.start, bag.end):
            self._copy.put(GAP, bag.start, bag.end)

    def _mixed(self, bag: Bag) -> None:
        """Pieces of which some are shown at a time. What stands in the next line is no part of their last word."""
        self._mixed_pieces(bag)
        if self._text[bag.end : bag.end + 1] in ("\n", "\r"):
            self._copy.gap(bag.end, bag.end)

    def _mixed_pieces(self, bag: Bag) -> None:
        for key, part in bag.entries:
            if isinstance(part, Words):
                if not why_code(part.text, key):
                    self._copy.speak(Role.STRING, part.runs, self._place())
            elif isinstance(part, Bag) and part.kind == "element":
                self.element(part)
            elif isinstance(part, Bag) and part.kind == "code":
                self.code(part)
            elif isinstance(part, Bag):
                self._flush()
                self._data.part(key, part)

    def _inline(self, words: Words) -> None:
        if words.runs and (words.is_template or words.text.isspace() or not why_code(words.text, "") or _is_bit(words)):
            for run in words.runs:
                self._copy.put(*run)
        elif words.runs:
            self._build.leave_out(words.start, words.end, why_code(words.text, ""))
            self._copy.put(GAP, words.start, words.end)


def _shown_properties(bag: Bag) -> list[tuple[str, Part]]:
    """The properties of an element but for notes to translators and the names of choices: ``<Tab value="peels">``."""
    if bag.props is None:
        return []
    hidden = _NOTES if _TRANSLATED.match(bag.tag) else _CHOSEN_BY if _CHOICE.match(bag.tag) else None
    return [(key, part) for key, part in bag.props.entries if key not in hidden] if hidden else bag.props.entries


def _holds_program(bag: Bag) -> bool:
    """Whether what a script holds is written out as a string that is no data."""
    pending = [bag]
    while pending:
        inner = pending.pop()
        for key, part in inner.entries:
            if isinstance(part, Words) and (key == "__html" or inner.kind == "code"):
                return not part.text.lstrip().startswith(("{", "["))
            if isinstance(part, Bag):
                pending.append(part)
    return False


def _is_bit(words: Words) -> bool:
    """Whether a string is a bit of a sentence: a mark, a number, a single word."""
    return len(words.text.split()) < 2


def _plain_span(words: Words) -> tuple[int, int] | None:
    """Where a string stands without its quotation marks, if it stands there as it reads."""
    if not words.runs:
        return None
    start, end = words.runs[0][1], words.runs[-1][2]
    as_written = len(words.runs) == 1 and len(words.runs[0][0]) == end - start and words.runs[0][0] != GAP
    return (start, end) if as_written else None
