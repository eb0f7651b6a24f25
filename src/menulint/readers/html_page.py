"""One walk over the tokens of an HTML page: what each element means for the copy in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from menulint.late import LatePattern
from menulint.readers.base import Place, SourceBuilder
from menulint.readers.entities import decoded
from menulint.readers.html_context import Context, Grid, OpenElements, span_count
from menulint.readers.html_copy import Copy
from menulint.readers.html_meta import MetaReader
from menulint.readers.html_repeated import LONGEST, LONGEST_RUN, ROOT, Memory, Repeated, Run
from menulint.readers.html_scan import OPAQUE, STEP, Kind, Scanner, Span, Token, attributes, comment_text
from menulint.readers.html_text import BLOCKS, fragment_runs, shown_runs
from menulint.readers.json_ld import BROKEN, read_json_ld
from menulint.readers.json_strings import scan_strings
from menulint.readers.masks import HAS_MASK
from menulint.readers.template_marks import Masked, quoted_copy
from menulint.readers.wording import holds_customers, reads_like_words, role_of_key, stands_beside_customers
from menulint.source import Role

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_KINDS = (
    dict.fromkeys(_HEADINGS, "heading")
    | dict.fromkeys(_LISTS, "list")
    | dict.fromkeys(("td", "th"), "cell")
    | dict.fromkeys(("thead", "tbody", "tfoot"), "rows")
    | dict.fromkeys(("dt", "dd"), "term")
    | dict.fromkeys(("figcaption", "caption", "legend"), "caption")
    | {"li": "item", "tr": "row", "blockquote": "quote"}
    | {name: name for name in ("table", "dl", "summary", "button", "select", "option", "p")}
    | {name: name for name in BLOCKS - _LISTS}
)
"""Elements that begin and end a block, to the kind under which they are held open."""
_VOID_BREAKS = frozenset({"hr", "frame"})
_REPLACED = frozenset("img input canvas embed iframe object video audio select textarea area".split())
_NOTABLE = LatePattern(
    r"""[ \t\r\n\f/"'](?:title|alt|aria-[a-z]+|placeholder|itemtype|datetime|lang|xml:lang|role|colspan|rowspan|label"""
    r"|action)[ \t\r\n\f]*="
    r"""|[ \t\r\n\f"']class[ \t\r\n\f]*=[^>=]*?(?:testimon|t[ée]moign|review|quote|opini[oó]n|avis|rese[ñn]a)"""
)
"""Attributes worth taking a tag apart for, in lower case, of elements of which every attribute is not."""
_LONGEST_REMEMBERED = 300
_MOST_REMEMBERED = 5000
_REPEATED = {name: f"</{name}>" for name in ("li", "td", "th", "dt", "dd")}
"""Elements that are remembered as a whole, with their end tags."""
_TAKEN_APART = frozenset({"a", "area", "img", "input", "link", "meta", "script"})
_SPOKEN = (
    ("title", Role.TITLE),
    ("alt", Role.ALT),
    ("aria-label", Role.ALT),
    ("aria-description", Role.ALT),
    ("placeholder", Role.STRING),
)
_SPEAKING = frozenset(name for name, _ in _SPOKEN)
_HAVE_ALT = frozenset({"img", "area", "input", "applet"})
_BUTTON_TYPES = frozenset({"submit", "button", "reset"})
_TYPED_TYPES = frozenset({"hidden", "checkbox", "radio", "password", "color", "range", "file", "image"})
_CALLS_TO_ACTION = LatePattern(r"(?:^|[\s_-])(?:btn|button|cta)(?:$|[\s_-])", re.IGNORECASE)
_EDITOR_BLOCK = LatePattern(r"\s{0,5}wp:[\w/-]{1,80}\s{0,5}\{")
_INTRODUCES = frozenset({Role.PARAGRAPH, Role.HEADING})
_DATA = "application/ld+json"

Found = dict[str, Span]
"""The attributes of a tag, if any of them matter, by name: where the value of each stands, counted from ``MetaReader.base``."""
_NONE: Found = {}

Begin = Callable[["Page", str, Span, Found], None]
Finish = Callable[["Page", str, int, int], None]
Contextual = Callable[["Page", str, Found], Context]


@dataclass(slots=True, eq=False)
class _Tag:
    """A tag as it is written, wherever it stands: pages, and the pages of a site, repeat theirs."""

    name: str
    is_end: bool
    is_opaque: bool
    found: Found
    begin: Begin | None
    """What its element does to the text around it where it begins."""
    finish: Finish | None
    """The same where the element ends."""
    context: Contextual | None
    """What gives the text in it its context, if it begins a block of its own and says nothing else of it."""
    is_unread: bool
    """It begins a script or a style of which nothing is read."""
    repeated: str
    """The end tag of an element that is remembered as a whole; else empty."""


_TAGS: dict[str, _Tag] = {}


def _tag(written: str, name: str) -> _Tag:
    """What a tag is; the answer is kept in ``_TAGS``."""
    context, name, is_end = _CONTEXTS.get(name), name.lower(), written[1] == "/"
    found = _NONE if is_end else _found(written, name)
    tag = _Tag(
        name=name,
        is_end=is_end,
        is_opaque=name in OPAQUE and not is_end,
        found=found,
        begin=_BEGINS.get(name, Page._other if found else None),
        finish=_FINISHES.get(name),
        context=None if found or is_end else context,
        is_unread=not is_end and _is_unread(written, name, found),
        repeated="" if found or is_end else _REPEATED.get(name, ""),
    )
    if len(written) < _LONGEST_REMEMBERED:
        if len(_TAGS) >= _MOST_REMEMBERED:
            _TAGS.clear()
        _TAGS[written] = tag
    return tag


def _is_unread(written: str, name: str, found: Found) -> bool:
    if name == "script":
        return not found or _script_type(written, found) != _DATA
    return name == "style" and not found


def _script_type(text: str, found: Found, base: int = 0) -> str:
    """The type of a script, in lower case and without parameters."""
    if "type" not in found:
        return ""
    start, end = found["type"]
    value = decoded(text, base + start, base + end, attribute=True)
    return value.strip().lower().partition(";")[0].strip()


def _found(written: str, name: str) -> Found:
    """The attributes of a tag, if any of them matter."""
    if len(written) <= len(name) + 2:
        return _NONE
    if name in _TAKEN_APART or name.startswith("x-") or _NOTABLE.search(written.lower()):
        return attributes(written, 0, len(written))
    return _NONE


class Page:
    """One walk over a page, from tag to tag."""

    def __init__(self, masked: Masked, start: int, end: int, build: SourceBuilder, root: Context) -> None:
        self._masked, self._build = masked, build
        self._text = text = masked.text
        self._span = start, end
        self._scanner = Scanner(text, start, end)
        self._copy = Copy(text, build)
        self._show = self._show_marked if masked.marks else self._copy.show
        self._meta = MetaReader(text, build)
        self._elements = OpenElements(root)
        self._script_type = ""
        self._heading_level = 0
        self._unknown = -1

    def read(self) -> None:
        """Report everything."""
        at, end = self._span
        text, match, tags, show = self._text, STEP.match, _TAGS, self._show
        leave_out, is_simple = self._build.leave_out, not self._masked.marks
        while at < end:
            step = match(text, at, end)
            if step is None:
                at = self._irregular(at)
                continue
            written, name, content, closing, behind = step.groups()
            tag = tags.get(written) or _tag(written, name)
            opened = at + len(written)
            if tag.is_opaque and not (closing and tag.is_unread and written[-2] != "/"):
                at = self._opaque(tag, at, opened, len(content) if closing else None)
                continue
            if tag.is_unread:
                leave_out(opened, opened + len(content), tag.name)
            elif tag.repeated and not closing and is_simple and (stop := self._remembered(tag, written, at)):
                at = stop
                continue
            elif closing and tag.context and (is_simple or not HAS_MASK.search(content)):
                self._plain(tag, content, opened)
            else:
                self._element(tag, at, opened, content, closing)
            at = step.end()
            if behind:
                show(behind, at - len(behind))
        self._flush()

    def _element(self, tag: _Tag, start: int, end: int, content: str, closing: str | None) -> None:
        """A tag, the text behind it, and the end tag behind that, if it has the same name."""
        begin, finish = tag.begin, tag.finish
        if not tag.is_end:
            if begin:
                self._meta.base = start
                begin(self, tag.name, (start, end), tag.found)
        elif finish:
            finish(self, tag.name, start, end)
        if content:
            self._show(content, end)
        if closing and finish:
            end += len(content)
            finish(self, tag.name, end, end + len(closing))

    def _plain(self, tag: _Tag, content: str, start: int) -> None:
        """The same where the element is a block and holds nothing but this text."""
        assert tag.context
        context = tag.context(self, tag.name, _NONE)
        if content:
            self._copy.block(content, start, context)

    def _remembered(self, tag: _Tag, written: str, at: int) -> int:
        """Report elements of which it is known what they say, as many as follow each other and begin alike, and the text
        behind them; where that ends, or 0 if there are none.
        """
        if at == self._unknown or not self._build.takes_again or not self._is_at_rest():
            return 0
        known = self._recalled(tag, at, at + len(written))
        if known is None:
            self._unknown = at
            return 0
        context = self._context(tag)
        if context.role is not known.role or context.place.row is None:
            self._elements.open(_KINDS[tag.name], context)
            return self._show_text(at + len(written))
        place, grid = context.place, context.list
        if tag.name == "li" and grid:
            run = self._items(tag, written, at, known)
            grid.row += len(run.items) - 1
        else:
            run = Run.of([(at, known)])
        self._build.add_again(run.items, at, place)
        last = self._build.last_index()
        if run.own and last is not None:
            self._copy.before = last - run.own[0], run.own[1]
        return self._show_text(at + run.length)

    def _items(self, tag: _Tag, written: str, at: int, first: Repeated) -> Run:
        """A known item at ``at``, and all known ones that begin alike and follow it, with no more than white space between."""
        text, stop = self._text, min(at + LONGEST_RUN, self._span[1])
        end = text.find("</ul>", at, stop)
        listed = text[at:end] if end >= 0 else ""
        if known := _ELEMENTS.runs.get(listed):
            return known
        items, begun = [(at, first)], self._past_space(at + first.length)
        while text.startswith(written, begun) and begun < stop:
            item = self._recalled(tag, begun, begun + len(written))
            if item is None:
                self._unknown = begun
                break
            items.append((begun, item))
            begun = self._past_space(begun + item.length)
        run = Run.of(items)
        if begun == end:
            _ELEMENTS.runs.add(listed, run)
        return run

    def _past_space(self, at: int) -> int:
        """Where the next tag begins, if nothing but white space stands before it."""
        if self._text.startswith("<", at):
            return at
        stop = self._text.find("<", at, self._span[1])
        return stop if at < stop and self._text[at:stop].isspace() else at

    def _recalled(self, tag: _Tag, start: int, opened: int) -> Repeated | None:
        """What the element says that begins at ``start``, if it is known."""
        stop = self._text.find(tag.repeated, opened, min(start + LONGEST, self._span[1]))
        return None if stop < 0 else _ELEMENTS.recall(self._text[start : stop + len(tag.repeated)], tag.name)

    def _context(self, tag: _Tag) -> Context:
        assert tag.context
        return tag.context(self, tag.name, _NONE)

    def _show_text(self, at: int) -> int:
        """Report the text up to the next tag; where that begins."""
        stop = self._text.find("<", at, self._span[1])
        if stop < 0:
            stop = self._span[1]
        if at < stop:
            self._show(self._text[at:stop], at)
        return stop

    @property
    def is_closed(self) -> bool:
        """Whether nothing is open any more."""
        return self._elements.is_empty and self._is_at_rest()

    def _is_at_rest(self) -> bool:
        """Whether nothing is open that an element that begins would go on with."""
        return self._copy.is_at_rest and not self._scanner.foreign and not self._elements.holds("link")

    def _opaque(self, tag: _Tag, start: int, end: int, length: int | None) -> int:
        """The start tag of an element in which no tags are looked for, and what is in it, if its length is known; where
        that ends.
        """
        self._element(tag, start, end, "", None)
        if not self._scanner.is_opaque(tag.name, end):
            return end
        stop = self._scanner.raw_end(tag.name, end) if length is None or tag.name == "plaintext" else end + length
        if end < stop:
            self._raw(Token(Kind.RAW, tag.name, end, stop))
        return stop

    def _irregular(self, at: int) -> int:
        """What does not begin with a tag as most are written; where it ends."""
        kind, name, start, end = token = self._scanner.irregular(at)
        if kind is Kind.TEXT:
            self._show(self._text[start:end], start)
        elif kind is Kind.START or kind is Kind.END:
            tag = _tag(self._text[start:end], name)
            if tag.is_opaque:
                return self._opaque(tag, start, end, None)
            self._element(tag, start, end, "", None)
        else:
            self._no_tag(token)
        return end

    def _show_marked(self, piece: str, start: int) -> None:
        """Text without tags, in which marks may stand."""
        self._copy.show(piece, start)
        self._speak_quoted(start, start + len(piece))

    def _no_tag(self, token: Token) -> None:
        """What is neither text nor a tag."""
        match token.kind:
            case Kind.RAW:
                self._raw(token)
            case Kind.CDATA:
                self._cdata(token)
            case Kind.DOCTYPE:
                self._build.leave_out(token.start, token.end, "doctype")
            case Kind.UNFINISHED:
                self._unfinished(token)
            case _:
                self._comment(token)

    def _flush(self) -> None:
        self._copy.flush(self._elements.context)

    def _place(self) -> Place:
        return self._elements.context.attribute_place()

    # tags

    def _open(self, name: str, span: Span, found: Found) -> None:
        """What an element does to the text around it where it begins."""
        _BEGINS.get(name, Page._other)(self, name, span, found)

    def _other(self, name: str, span: Span, found: Found) -> None:
        """An element of which only the attributes matter, if at all."""
        if found:
            if name.startswith("x-"):
                self._handed_on(found)
            self._attributes(name, found)

    def _open_context(self, name: str, span: Span, found: Found) -> None:
        """An element that gives its text a context and does nothing else."""
        self._elements.open(_KINDS[name], _CONTEXTS[name](self, name, found))

    def _end(self, name: str, start: int, end: int) -> None:
        """What the element does where it ends."""
        if finish := _FINISHES.get(name):
            finish(self, name, start, end)

    def _end_block(self, name: str, start: int, end: int) -> None:
        self._copy.flush(self._elements.context)
        self._elements.close(_KINDS[name])

    def _end_anchor(self, name: str, start: int, end: int) -> None:
        self._end_link()

    def _end_quotation(self, name: str, start: int, end: int) -> None:
        self._copy.put("”", start, end)

    def _end_foreign(self, name: str, start: int, end: int) -> None:
        self._leave_foreign()

    def _end_title(self, name: str, start: int, end: int) -> None:
        if self._copy.in_aside:
            self._copy.end_aside(self._place())

    def _end_gap(self, name: str, start: int, end: int) -> None:
        self._copy.gap(start, end)

    def _attributes(self, name: str, found: Found) -> None:
        """What any element may say of itself in attributes."""
        if not _SPEAKING.isdisjoint(found):
            for attribute, role in _SPOKEN:
                if attribute in found and (attribute != "alt" or name in _HAVE_ALT):
                    self._speak(role, found, attribute)
        if "itemtype" in found:
            self._meta.item_type(found)
        if name == "time" and found:
            self._meta.signal("date", found, "datetime")

    def _handed_on(self, found: Found) -> None:
        """What is handed to a component in attributes, ``<x-card heading="…">``: copy unless it reads like code."""
        spoken = [name for name, _ in _SPOKEN]
        for name in found:
            is_bound = name.startswith((":", "@", "wire:", "x-", "v-", "data-", "on"))
            if name not in spoken and not is_bound and reads_like_words(self._meta.value(found, name), name):
                self._speak(role_of_key(name), found, name)

    def _speak(self, role: Role, found: Found, attribute: str) -> None:
        if attribute in found:
            start, end = self._meta.span(found, attribute)
            self._copy.speak(role, shown_runs(self._text, start, end, attribute=True), self._place())
            if self._masked.marks:
                self._speak_quoted(start, end, role)

    def _speak_quoted(self, start: int, end: int, shown_as: Role | None = None) -> None:
        """The copy that is quoted in template marks: an attribute's has the role of the attribute."""
        for mark in self._masked.marks_in(start, end):
            for role, runs in quoted_copy(self._masked, mark):
                self._copy.speak(shown_as or role, runs, self._place())

    def _begin(self, found: Found) -> Context:
        """Begin a block: report what stands before it; the context it inherits, with its own language."""
        elements = self._elements
        self._copy.flush(elements.context)
        if self._scanner.foreign:
            self._leave_foreign()
        if elements.holds("p"):
            elements.close("p")
        return self._with_lang(found) if found else elements.context

    def _with_lang(self, found: Found) -> Context:
        """The context of an element that says in which language it is, or that customers speak in it."""
        context = self._elements.context
        if not found:
            return context
        if "class" in found:
            classes = self._meta.value(found, "class")
            if holds_customers(classes):
                context = context.at(context.place._replace(quoted=True))
            elif context.place.quoted and stands_beside_customers(classes):
                context = context.at(context.place._replace(quoted=False))
        name = "lang" if "lang" in found else "xml:lang"
        lang = self._meta.value(found, name) if name in found else ""
        return context.at(context.place._replace(lang=lang)) if lang else context

    # elements: see the tables at the end

    def _block(self, name: str, span: Span, found: Found) -> None:
        context = self._begin(found)
        if found:
            if self._meta.value(found, "role") == "heading":
                level = span_count(self._meta.value(found, "aria-level") or "2", 6)
                context, self._heading_level = context.within(Role.HEADING, level), level
            self._attributes(name, found)
        self._elements.open(name, context)

    def _paragraph(self, name: str, span: Span, found: Found) -> None:
        context = self._paragraph_context("p", found)
        if context is not self._elements.context:
            self._elements.open("p", context)

    def _paragraph_context(self, name: str, found: Found) -> Context:
        context = self._begin(found)
        if found:
            self._attributes(name, found)
        return context

    def _void_break(self, name: str, span: Span, found: Found) -> None:
        self._begin(found)

    def _heading(self, name: str, found: Found) -> Context:
        context = self._begin(found)
        self._heading_level = _HEADINGS[name]
        if found:
            self._attributes(name, found)
        return context.within(Role.HEADING, self._heading_level)

    def _list(self, name: str, span: Span, found: Found) -> None:
        context = self._begin(found)
        self._attributes(name, found)
        self._elements.open("list", context.around(list=self._grid()))

    def _item(self, name: str, found: Found) -> Context:
        self._flush()
        self._elements.close_within("item", "list")
        context = self._begin(found)
        if found:
            self._attributes(name, found)
        return self._next_item(context)

    def _next_item(self, context: Context) -> Context:
        """The context of one more item in ``context``."""
        if grid := context.list:
            grid.next_row()
        return context.in_list(Role.LIST_ITEM)

    def _table(self, name: str, span: Span, found: Found) -> None:
        context = self._begin(found)
        self._attributes("table", found)
        self._elements.open("table", context.around(table=self._grid()))

    def _rows(self, name: str, span: Span, found: Found) -> None:
        self._begin(found)
        self._elements.close_within("rows", "table")
        context = self._with_lang(found)
        self._elements.open("rows", _in_head(context) if name == "thead" else context)

    def _row(self, name: str, span: Span, found: Found) -> None:
        self._begin(found)
        self._elements.close_within("row", "table")
        table = self._elements.context.table
        if table:
            table.next_row()
        self._elements.open("row", self._with_lang(found))

    def _cell(self, name: str, found: Found) -> Context:
        self._begin(found)
        self._elements.close_within("cell", "table")
        context = self._with_lang(found)
        columns = rows = 1
        if found:
            columns = span_count(self._meta.value(found, "colspan"))
            rows = span_count(self._meta.value(found, "rowspan"), 65534)
            self._attributes(name, found)
        if context.table:
            context.table.next_cell(columns, rows)
            context = context.in_table(is_header=name == "th")
        return context

    def _caption(self, name: str, span: Span, found: Found) -> None:
        context = self._begin(found)
        self._attributes(name, found)
        self._elements.open("caption", context.within(Role.CAPTION))

    def _definitions(self, name: str, span: Span, found: Found) -> None:
        context = self._begin(found)
        self._attributes("dl", found)
        self._elements.open("dl", context.around(list=self._grid()))

    def _term(self, name: str, found: Found) -> Context:
        self._flush()
        self._elements.close_within("term", "dl")
        context = self._begin(found)
        if found:
            self._attributes(name, found)
        if context.list:
            context.list.next_term(name == "dt")
        return context.in_list(Role.TABLE_CELL)

    def _quote(self, name: str, span: Span, found: Found) -> None:
        context = self._begin(found)
        self._attributes("blockquote", found)
        self._elements.open("quote", context.at(context.place._replace(quoted=True)))

    def _summary(self, name: str, span: Span, found: Found) -> None:
        context = self._begin(found)
        self._attributes("summary", found)
        self._elements.open("summary", context.within(Role.HEADING, min(6, self._heading_level + 1)))

    def _button(self, name: str, span: Span, found: Found) -> None:
        self._flush()
        self._attributes("button", found)
        self._elements.open("button", self._with_lang(found).within(Role.BUTTON))

    def _option(self, name: str, span: Span, found: Found) -> None:
        self._flush()
        self._elements.close_within("option", "select")
        self._speak(Role.STRING, found, "label")
        self._elements.open("option", self._with_lang(found).within(Role.STRING))

    def _labelled(self, name: str, span: Span, found: Found) -> None:
        """``optgroup`` and ``track``: a label that is shown though it stands in an attribute."""
        self._flush()
        self._speak(Role.STRING, found, "label")

    def _anchor(self, name: str, span: Span, found: Found) -> None:
        self._end_link()
        if not found:
            return
        self._meta.target(found)
        self._attributes(name, found)
        if self._is_call(found):
            self._flush()
            self._elements.open("link", self._elements.context.within(Role.BUTTON))
        elif "href" in found:
            self._copy.begin_link()

    def _is_call(self, found: Found) -> bool:
        value = self._meta.value
        return ("role" in found and value(found, "role") == "button") or (
            "class" in found and _calls_to_action(value(found, "class"))
        )

    def _end_link(self) -> None:
        if self._elements.holds("link"):
            self._flush()
            self._elements.close("link")
        else:
            self._copy.end_link()

    def _break(self, name: str, span: Span, found: Found) -> None:
        self._copy.line_break(*span)

    def _replaced(self, name: str, span: Span, found: Found) -> None:
        self._copy.gap(*span)
        self._attributes(name, found)
        if name == "input":
            self._input(found)
        elif name == "select":
            self._elements.open("select")

    def _input(self, found: Found) -> None:
        kind = self._meta.value(found, "type").lower()
        if kind not in _TYPED_TYPES:
            self._speak(Role.BUTTON if kind in _BUTTON_TYPES else Role.STRING, found, "value")

    def _quotation(self, name: str, span: Span, found: Found) -> None:
        self._copy.put("“", *span)

    def _foreign(self, name: str, span: Span, found: Found) -> None:
        self._copy.gap(*span)
        self._attributes(name, found)
        if not self._text.endswith("/>", *span):
            self._elements.open("foreign")
            self._scanner.foreign = True

    def _leave_foreign(self) -> None:
        if self._copy.in_aside:
            self._copy.end_aside(self._place())
        self._elements.close("foreign")
        self._scanner.foreign = self._elements.holds("foreign")

    def _title(self, name: str, span: Span, found: Found) -> None:
        """A title or description of a drawing is told apart from the text around the drawing."""
        if self._scanner.foreign and not self._copy.in_aside and not self._text.endswith("/>", *span):
            self._copy.begin_aside()

    def _script(self, name: str, span: Span, found: Found) -> None:
        self._script_type = _script_type(self._text, found, self._meta.base)

    def _html(self, name: str, span: Span, found: Found) -> None:
        self._begin(found)
        self._meta.signal("lang", found, "lang" if "lang" in found else "xml:lang")
        self._elements.set_root(self._with_lang(found))

    def _form(self, name: str, span: Span, found: Found) -> None:
        self._meta.signal("form", found, "action")
        self._block(name, span, found)

    def _meta_element(self, name: str, span: Span, found: Found) -> None:
        self._meta.meta(found, self._place())
        if "content" in found and self._masked.marks:
            self._speak_quoted(*self._meta.span(found, "content"), Role.META)

    def _link_element(self, name: str, span: Span, found: Found) -> None:
        self._meta.link(found)

    # what is no tag

    def _raw(self, token: Token) -> None:
        _, name, start, end = token
        if name == "title":
            self._build.signal("title", " ".join(decoded(self._text, start, end).split()), start, end)
            self._build.add_at(self._place(), Role.TITLE, list(shown_runs(self._text, start, end)))
            self._speak_quoted(start, end, Role.TITLE)
        elif name == "textarea":
            self._copy.speak(Role.STRING, shown_runs(self._text, start, end), self._place())
        elif name in ("xmp", "plaintext"):
            self._flush()
            self._copy.show_raw(start, end)
            self._flush()
        elif name == "script" and self._script_type == _DATA:
            self._structured(start, end)
        else:
            self._build.leave_out(start, end, name)

    def _structured(self, start: int, end: int) -> None:
        lang = self._elements.context.place.lang
        place = {"lang": lang} if lang else {}
        valid = read_json_ld(self._text, start, end, self._build, fragment_runs, **place)
        if not valid and not HAS_MASK.search(self._text, start, end):
            self._build.note(BROKEN)

    def _comment(self, token: Token) -> None:
        _, _, start, end = token
        self._build.leave_out(start, end, "comment")
        if token.kind is Kind.COMMENT:
            inner = comment_text(self._text, start, end)
            self._build.comment(self._text[slice(*inner)], start, end)
            if _EDITOR_BLOCK.match(self._text, *inner):
                self._editor_block(*inner)

    def _editor_block(self, start: int, end: int) -> None:
        """The comment of a block editor, ``<!-- wp:button {"text":"…"} -->``: what its data say is shown, but
        for what they tell the editor (``metadata``).
        """
        for leaf in scan_strings(self._text, self._text.find("{", start, end), end):
            if leaf.above != "metadata" and reads_like_words(leaf.value, leaf.name):
                self._copy.speak(role_of_key(leaf.name), leaf.runs, self._place())

    def _cdata(self, token: Token) -> None:
        end = token.end - 3 if self._text.endswith("]]>", token.start + 9, token.end) else token.end
        self._copy.show_raw(token.start + 9, end)

    def _unfinished(self, token: Token) -> None:
        self._build.leave_out(token.start, token.end, "unfinished tag")
        self._build.note("the file ends inside a tag; what follows the tag's beginning is not shown by a browser")

    def _grid(self) -> Grid:
        before = self._copy.before
        return Grid(self._build.new_group(), before[0] if before and before[1] in _INTRODUCES else None)


def _alone(written: str, name: str) -> Repeated | None:
    """What an element says that is read alone; None if what follows it may depend on more than that."""
    tags = list(Scanner(written, 0, len(written)).tokens())
    if any(kind not in _TEXT_AND_TAGS for kind, _, _, _ in tags) or any(map(_reaches_out, tags[1:-1])):
        return None
    build = SourceBuilder(written)
    page = Page(Masked(written, ()), 0, len(written), build, ROOT)
    page.read()
    if not page.is_closed:
        return None
    role = Role.LIST_ITEM if name == "li" else Role.TABLE_CELL
    return Repeated.of(build.source(path="", format="html", encoding="", sha256=""), role)


def _reaches_out(token: Token) -> bool:
    """Whether a tag begins or ends something else than what stands in one line of text."""
    if token.name in ("select", "textarea"):
        return True
    return _BEGINS.get(token.name) not in _INLINE_BEGINS or _FINISHES.get(token.name) not in _INLINE_FINISHES


def _in_head(context: Context) -> Context:
    """The context of the rows that are a table's head."""
    return context.within(context.role).at(context.place._replace(header=True))


@lru_cache(maxsize=1024)
def _calls_to_action(classes: str) -> bool:
    """Whether a link of those classes is made up as a button."""
    return bool(_CALLS_TO_ACTION.search(classes))


_CONTEXTS: dict[str, Contextual] = {
    **dict.fromkeys(_HEADINGS, Page._heading),
    "p": Page._paragraph_context,
    "li": Page._item,
    "td": Page._cell,
    "th": Page._cell,
    "dt": Page._term,
    "dd": Page._term,
}
"""What gives the text in an element its context."""

_BEGINS: dict[str, Begin] = {
    **dict.fromkeys(BLOCKS, Page._block),
    **dict.fromkeys(_CONTEXTS, Page._open_context),
    **dict.fromkeys(_LISTS, Page._list),
    **dict.fromkeys(_VOID_BREAKS, Page._void_break),
    **dict.fromkeys(("thead", "tbody", "tfoot"), Page._rows),
    **dict.fromkeys(("figcaption", "caption", "legend"), Page._caption),
    **dict.fromkeys(_REPLACED, Page._replaced),
    **dict.fromkeys(("svg", "math"), Page._foreign),
    **dict.fromkeys(("title", "desc"), Page._title),
    **dict.fromkeys(("optgroup", "track"), Page._labelled),
    "p": Page._paragraph,
    "table": Page._table,
    "tr": Page._row,
    "dl": Page._definitions,
    "blockquote": Page._quote,
    "summary": Page._summary,
    "button": Page._button,
    "option": Page._option,
    "a": Page._anchor,
    "br": Page._break,
    "q": Page._quotation,
    "script": Page._script,
    "html": Page._html,
    "form": Page._form,
    "meta": Page._meta_element,
    "link": Page._link_element,
}
"""What an element does to the text around it where it begins."""

_FINISHES: dict[str, Finish] = {
    **dict.fromkeys(_KINDS, Page._end_block),
    **dict.fromkeys(("svg", "math"), Page._end_foreign),
    **dict.fromkeys(("title", "desc"), Page._end_title),
    **dict.fromkeys(("br", "text"), Page._end_gap),
    "a": Page._end_anchor,
    "q": Page._end_quotation,
}
"""The same where it ends."""

_INLINE_BEGINS = (None, Page._anchor, Page._replaced, Page._break, Page._quotation, Page._foreign)
_INLINE_FINISHES = (None, Page._end_anchor, Page._end_quotation, Page._end_gap, Page._end_foreign)
_TEXT_AND_TAGS = (Kind.TEXT, Kind.START, Kind.END)

_ELEMENTS = Memory(_alone)
