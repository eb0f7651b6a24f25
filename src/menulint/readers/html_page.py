"""One walk over the tokens of an HTML page: what each element means for the copy in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from menulint.readers.base import SourceBuilder
from menulint.readers.entities import decoded
from menulint.readers.html_context import Context, Grid, OpenElements, span_count
from menulint.readers.html_copy import Copy
from menulint.readers.html_meta import MetaReader
from menulint.readers.html_scan import INLINE, PLAIN, Kind, Scanner, Span, Token, attributes, comment_text
from menulint.readers.html_text import BLOCKS, fragment_runs, shown_runs
from menulint.readers.json_ld import BROKEN, read_json_ld
from menulint.readers.json_strings import scan_strings
from menulint.readers.masks import HAS_MASK
from menulint.readers.template_marks import Masked, quoted_copy
from menulint.readers.wording import reads_like_words, role_of_key
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
_NOTABLE = re.compile(
    r"""[ \t\r\n\f/"'](?:title|alt|aria-[a-z]+|placeholder|itemtype|datetime|lang|xml:lang|role|colspan|rowspan|label"""
    r"|action)[ \t\r\n\f]*=",
    re.IGNORECASE,
)
"""Attributes worth taking a tag apart for, of elements of which every attribute is not."""
_LONGEST_REMEMBERED = 300
_MOST_REMEMBERED = 5000
_TAKEN_APART = frozenset({"a", "area", "img", "input", "link", "meta", "script"})
_SPOKEN = (
    ("title", Role.TITLE),
    ("alt", Role.ALT),
    ("aria-label", Role.ALT),
    ("aria-description", Role.ALT),
    ("placeholder", Role.STRING),
)
_HAVE_ALT = frozenset({"img", "area", "input", "applet"})
_BUTTON_TYPES = frozenset({"submit", "button", "reset"})
_TYPED_TYPES = frozenset({"hidden", "checkbox", "radio", "password", "color", "range", "file", "image"})
_CALLS_TO_ACTION = re.compile(r"(?:^|[\s_-])(?:btn|button|cta)(?:$|[\s_-])", re.IGNORECASE)
_EDITOR_BLOCK = re.compile(r"\s{0,5}wp:[\w/-]{1,80}\s{0,5}\{")
_INTRODUCES = frozenset({Role.PARAGRAPH, Role.HEADING})

Found = dict[str, Span]


class Page:
    """One walk over a page's tokens."""

    def __init__(self, masked: Masked, start: int, end: int, build: SourceBuilder, lang: str | None) -> None:
        self._masked, self._build = masked, build
        self._text = text = masked.text
        self._scanner = Scanner(text, start, end)
        self._copy = Copy(text, build)
        self._meta = MetaReader(text, build)
        self._elements = OpenElements(Context(place={"lang": lang} if lang else {}))
        self._dull: set[str] = set()
        self._script_type = ""
        self._heading_level = 0
        self._contexts: dict[str, Callable[[Token, Found], Context]] = _context_methods(self)
        self._starts: dict[str, Callable[[Token, Found], None]] = _start_methods(self)

    def read(self) -> None:
        """Report everything."""
        others = self._others()
        show, start, end = self._copy.show, self._start, self._end
        text_kind, start_kind, end_kind = Kind.TEXT, Kind.START, Kind.END
        for token in self._scanner.tokens():
            kind = token[0]
            if kind is text_kind:
                show(token[2], token[3])
                if self._masked.marks:
                    self._speak_quoted(token[2], token[3])
            elif kind is start_kind:
                start(token)
            elif kind is end_kind:
                end(token)
            else:
                others[kind](token)
        self._flush()

    def _others(self) -> dict[Kind, Callable[[Token], None]]:
        """What to do with what is neither text nor a tag."""
        return {
            Kind.RAW: self._raw,
            Kind.COMMENT: self._comment,
            Kind.BOGUS: self._comment,
            Kind.CDATA: self._cdata,
            Kind.DOCTYPE: lambda token: self._build.leave_out(token.start, token.end, "doctype"),
            Kind.UNFINISHED: self._unfinished,
        }

    def _flush(self) -> None:
        self._copy.flush(self._elements.context)

    def _place(self) -> dict[str, Any]:
        return self._elements.context.attribute_place()

    # tags

    def _start(self, token: Token) -> None:
        name = token[1]
        found = self._found(token)
        if name in PLAIN and not found and (content := self._scanner.plain_content(name)):
            self._plain(token, content)
            return
        if act := self._starts.get(name):
            act(token, found)
        elif found:
            self._attributes(name, found)
        if name in INLINE and (content := self._scanner.plain_content(name)):
            self._plain_inline(name, content)

    def _found(self, token: Token) -> Found:
        """The attributes of a tag, if any of them matter."""
        _, name, start, end = token
        if end - start <= len(name) + 2:
            return {}
        is_component = name.startswith("x-")
        if not (name in _TAKEN_APART or is_component or self._is_notable(start, end)):
            return {}
        found = attributes(self._text, start, end)
        if is_component:
            self._handed_on(found)
        return found

    def _plain_inline(self, name: str, content: Span) -> None:
        """The text of an element in running text that holds nothing else, and its end tag."""
        if content[0] < content[1]:
            self._copy.show(*content)
        if name == "a":
            self._end_link()

    def _plain(self, token: Token, content: Span) -> None:
        """An element that holds nothing but text: what its two tags and its text would do, in one step."""
        context = self._contexts[token[1]](token, {})
        if content[0] < content[1]:
            self._copy.show_block(*content, context)

    def _open_context(self, token: Token, found: Found) -> None:
        """An element that gives its text a context and does nothing else."""
        self._elements.open(_KINDS[token[1]], self._contexts[token[1]](token, found))

    def _is_notable(self, start: int, end: int) -> bool:
        """Whether a tag has attributes that matter. Pages repeat their tags, so those that have none are remembered."""
        tag, dull = self._text[start:end], self._dull
        if tag in dull:
            return False
        if _NOTABLE.search(tag):
            return True
        if len(tag) < _LONGEST_REMEMBERED and len(dull) < _MOST_REMEMBERED:
            dull.add(tag)
        return False

    def _end(self, token: Token) -> None:
        name = token[1]
        kind = _KINDS.get(name)
        if kind:
            self._copy.flush(self._elements.context)
            self._elements.close(kind)
        elif name == "a":
            self._end_link()
        elif name == "q":
            self._copy.put("”", token.start, token.end)
        elif name in ("svg", "math"):
            self._leave_foreign()
        elif name in ("title", "desc") and self._copy.in_aside:
            self._copy.end_aside(self._place())
        elif name in ("br", "text"):
            self._copy.gap(token.start, token.end)

    def _attributes(self, name: str, found: Found) -> None:
        """What any element may say of itself in attributes."""
        if not found:
            return
        for attribute, role in _SPOKEN:
            if attribute in found and (attribute != "alt" or name in _HAVE_ALT):
                self._speak(role, found, attribute)
        if "itemtype" in found:
            self._meta.item_type(found)
        if name == "time":
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
            self._copy.speak(role, shown_runs(self._text, *found[attribute], attribute=True), self._place())
            self._speak_quoted(*found[attribute], role)

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
        elements.close("p")
        return self._with_lang(found) if found else elements.context

    def _with_lang(self, found: Found) -> Context:
        context = self._elements.context
        if not found:
            return context
        name = "lang" if "lang" in found else "xml:lang"
        lang = self._meta.value(found, name) if name in found else ""
        return context.within(context.role, level=context.level, lang=lang) if lang else context

    # elements: see _start_methods for the table

    def _block(self, token: Token, found: Found) -> None:
        context = self._begin(found)
        if found:
            if self._meta.value(found, "role") == "heading":
                level = span_count(self._meta.value(found, "aria-level") or "2", 6)
                context, self._heading_level = context.within(Role.HEADING, level=level), level
            self._attributes(token.name, found)
        self._elements.open(token.name, context)

    def _paragraph(self, token: Token, found: Found) -> None:
        context = self._paragraph_context(token, found)
        if context is not self._elements.context:
            self._elements.open("p", context)

    def _paragraph_context(self, token: Token, found: Found) -> Context:
        context = self._begin(found)
        self._attributes("p", found)
        return context

    def _void_break(self, token: Token, found: Found) -> None:
        self._begin(found)

    def _heading(self, token: Token, found: Found) -> Context:
        context = self._begin(found)
        self._heading_level = _HEADINGS[token.name]
        self._attributes(token.name, found)
        return context.within(Role.HEADING, level=self._heading_level)

    def _list(self, token: Token, found: Found) -> None:
        context = self._begin(found)
        self._attributes(token.name, found)
        self._elements.open("list", context.around(list=self._grid()))

    def _item(self, token: Token, found: Found) -> Context:
        self._flush()
        self._elements.close_within("item", "list")
        context = self._begin(found)
        self._attributes("li", found)
        if context.list:
            context.list.next_row()
        return context.in_list(Role.LIST_ITEM)

    def _table(self, token: Token, found: Found) -> None:
        context = self._begin(found)
        self._attributes("table", found)
        self._elements.open("table", context.around(table=self._grid()))

    def _rows(self, token: Token, found: Found) -> None:
        self._begin(found)
        self._elements.close_within("rows", "table")
        context = self._with_lang(found)
        self._elements.open("rows", context.within(context.role, header=True) if token.name == "thead" else context)

    def _row(self, token: Token, found: Found) -> None:
        self._begin(found)
        self._elements.close_within("row", "table")
        table = self._elements.context.table
        if table:
            table.next_row()
        self._elements.open("row", self._with_lang(found))

    def _cell(self, token: Token, found: Found) -> Context:
        self._begin(found)
        self._elements.close_within("cell", "table")
        context = self._with_lang(found)
        if context.table and not found:
            context.table.next_cell(1, 1)
            context = context.in_table(is_header=token.name == "th")
        elif context.table:
            columns = span_count(self._meta.value(found, "colspan"))
            rows = span_count(self._meta.value(found, "rowspan"), 65534)
            context.table.next_cell(columns, rows)
            context = context.in_table(is_header=token.name == "th")
        self._attributes(token.name, found)
        return context

    def _caption(self, token: Token, found: Found) -> None:
        context = self._begin(found)
        self._attributes(token.name, found)
        self._elements.open("caption", context.within(Role.CAPTION))

    def _definitions(self, token: Token, found: Found) -> None:
        context = self._begin(found)
        self._attributes("dl", found)
        self._elements.open("dl", context.around(list=self._grid()))

    def _term(self, token: Token, found: Found) -> Context:
        self._flush()
        self._elements.close_within("term", "dl")
        context = self._begin(found)
        self._attributes(token.name, found)
        if context.list:
            context.list.next_term(token.name == "dt")
        return context.in_list(Role.TABLE_CELL)

    def _quote(self, token: Token, found: Found) -> None:
        context = self._begin(found)
        self._attributes("blockquote", found)
        self._elements.open("quote", context.within(context.role, level=context.level, quoted=True))

    def _summary(self, token: Token, found: Found) -> None:
        context = self._begin(found)
        self._attributes("summary", found)
        self._elements.open("summary", context.within(Role.HEADING, level=min(6, self._heading_level + 1)))

    def _button(self, token: Token, found: Found) -> None:
        self._flush()
        self._attributes("button", found)
        self._elements.open("button", self._with_lang(found).within(Role.BUTTON))

    def _option(self, token: Token, found: Found) -> None:
        self._flush()
        self._elements.close_within("option", "select")
        self._speak(Role.STRING, found, "label")
        self._elements.open("option", self._with_lang(found).within(Role.STRING))

    def _labelled(self, token: Token, found: Found) -> None:
        """``optgroup`` and ``track``: a label that is shown though it stands in an attribute."""
        self._flush()
        self._speak(Role.STRING, found, "label")

    def _anchor(self, token: Token, found: Found) -> None:
        self._end_link()
        if found:
            self._meta.target(found)
            self._attributes("a", found)
        if self._is_call(found):
            self._flush()
            self._elements.open("link", self._elements.context.within(Role.BUTTON))
        elif "href" in found:
            self._copy.begin_link()

    def _is_call(self, found: Found) -> bool:
        value = self._meta.value
        return ("role" in found and value(found, "role") == "button") or (
            "class" in found and bool(_CALLS_TO_ACTION.search(value(found, "class")))
        )

    def _end_link(self) -> None:
        if self._elements.holds("link"):
            self._flush()
            self._elements.close("link")
        else:
            self._copy.end_link()

    def _break(self, token: Token, found: Found) -> None:
        self._copy.line_break(token.start, token.end)

    def _replaced(self, token: Token, found: Found) -> None:
        self._copy.gap(token.start, token.end)
        self._attributes(token.name, found)
        if token.name == "input":
            self._input(found)
        elif token.name == "select":
            self._elements.open("select")

    def _input(self, found: Found) -> None:
        kind = self._meta.value(found, "type").lower()
        if kind not in _TYPED_TYPES:
            self._speak(Role.BUTTON if kind in _BUTTON_TYPES else Role.STRING, found, "value")

    def _quotation(self, token: Token, found: Found) -> None:
        self._copy.put("“", token.start, token.end)

    def _foreign(self, token: Token, found: Found) -> None:
        self._copy.gap(token.start, token.end)
        self._attributes(token.name, found)
        if not self._text.endswith("/>", token.start, token.end):
            self._elements.open("foreign")
            self._scanner.foreign = True

    def _leave_foreign(self) -> None:
        if self._copy.in_aside:
            self._copy.end_aside(self._place())
        self._elements.close("foreign")
        self._scanner.foreign = self._elements.holds("foreign")

    def _title(self, token: Token, found: Found) -> None:
        """A title or description of a drawing is told apart from the text around the drawing."""
        if self._scanner.foreign and not self._copy.in_aside and not self._text.endswith("/>", token.start, token.end):
            self._copy.begin_aside()

    def _script(self, token: Token, found: Found) -> None:
        self._script_type = self._meta.value(found, "type").lower().partition(";")[0].strip()

    def _html(self, token: Token, found: Found) -> None:
        self._begin(found)
        self._meta.signal("lang", found, "lang" if "lang" in found else "xml:lang")
        self._elements.set_root(self._with_lang(found))

    def _form(self, token: Token, found: Found) -> None:
        self._meta.signal("form", found, "action")
        self._block(token, found)

    def _meta_element(self, token: Token, found: Found) -> None:
        self._meta.meta(found, self._place())
        if "content" in found and self._masked.marks:
            self._speak_quoted(*found["content"], Role.META)

    def _link_element(self, token: Token, found: Found) -> None:
        self._meta.link(found)

    # what is no tag

    def _raw(self, token: Token) -> None:
        _, name, start, end = token
        if name == "title":
            self._build.signal("title", " ".join(decoded(self._text, start, end).split()), start, end)
            self._build.add(Role.TITLE, shown_runs(self._text, start, end), **self._place())
            self._speak_quoted(start, end, Role.TITLE)
        elif name == "textarea":
            self._copy.speak(Role.STRING, shown_runs(self._text, start, end), self._place())
        elif name in ("xmp", "plaintext"):
            self._flush()
            self._copy.show_raw(start, end)
            self._flush()
        elif name == "script" and self._script_type == "application/ld+json":
            self._structured(start, end)
        else:
            self._build.leave_out(start, end, name)

    def _structured(self, start: int, end: int) -> None:
        lang = self._elements.context.place.get("lang")
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
        """The comment of a block editor, ``<!-- wp:button {"text":"…"} -->``: what its data say is shown."""
        for leaf in scan_strings(self._text, self._text.find("{", start, end), end):
            if reads_like_words(leaf.value, leaf.name):
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


def _context_methods(page: Page) -> dict[str, Callable[[Token, Found], Context]]:
    methods: dict[str, Callable[[Token, Found], Context]] = dict.fromkeys(_HEADINGS, page._heading)
    return methods | {
        "p": page._paragraph_context,
        "li": page._item,
        "td": page._cell,
        "th": page._cell,
        "dt": page._term,
        "dd": page._term,
    }


def _start_methods(page: Page) -> dict[str, Callable[[Token, Found], None]]:
    methods: dict[str, Callable[[Token, Found], None]] = {}
    for names, method in (
        (BLOCKS, page._block),
        ((*_HEADINGS, "li", "td", "th", "dt", "dd"), page._open_context),
        (_LISTS, page._list),
        (_VOID_BREAKS, page._void_break),
        (("thead", "tbody", "tfoot"), page._rows),
        (("figcaption", "caption", "legend"), page._caption),
        (_REPLACED, page._replaced),
        (("svg", "math"), page._foreign),
        (("title", "desc"), page._title),
        (("optgroup", "track"), page._labelled),
    ):
        methods.update(dict.fromkeys(names, method))
    return methods | {
        "p": page._paragraph,
        "table": page._table,
        "tr": page._row,
        "dl": page._definitions,
        "blockquote": page._quote,
        "summary": page._summary,
        "button": page._button,
        "option": page._option,
        "a": page._anchor,
        "br": page._break,
        "q": page._quotation,
        "script": page._script,
        "html": page._html,
        "form": page._form,
        "meta": page._meta_element,
        "link": page._link_element,
    }
