"""What the data in code says: objects are sections with their title on top, arrays are lists or tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from menulint.readers.base import GAP, SourceBuilder
from menulint.readers.contacts import find_contacts
from menulint.readers.html_text import fragment_runs
from menulint.readers.json_ld import report_leaves
from menulint.readers.json_strings import JsonString
from menulint.readers.script_markup import MarkupPage
from menulint.readers.script_parts import Bag, Part, Text, Words
from menulint.readers.script_words import heading_rank, holds_code, is_meta, plain, role_in_data, why_code
from menulint.readers.template_marks import Masked
from menulint.readers.values import Decoded, Value, read_value, through
from menulint.readers.wording import holds_customers, stands_beside_customers
from menulint.source import Role

Entries = list[tuple[str, Part]]

_LONGEST_CELL = 90
_LONGEST_CONTACT = 300
_LOWEST, _TOP_LEVEL = 6, 2
_LEVEL_STEP = 1
_DRAWN = frozenset({"d", "points", "path", "viewbox", "transform"})
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?\Z")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_SIGNALS = {
    "lang": ("lang", _LANGUAGE),
    "language": ("lang", _LANGUAGE),
    "locale": ("lang", _LANGUAGE),
    "inlanguage": ("lang", _LANGUAGE),
    "currency": ("currency", _CURRENCY),
    "pricecurrency": ("currency", _CURRENCY),
    "currencycode": ("currency", _CURRENCY),
    "sitename": ("site-name", re.compile(r".")),
    "date": ("date", _ISO_DATE),
    "publishedat": ("date", _ISO_DATE),
    "datepublished": ("date", _ISO_DATE),
    "updatedat": ("date", _ISO_DATE),
    "datemodified": ("date", _ISO_DATE),
    "lastmodified": ("date", _ISO_DATE),
    "publisheddate": ("date", _ISO_DATE),
    "addresscountry": ("country", re.compile(r".{2,40}\Z")),
}
_INDENT = re.compile(r"\n([ \t]*)(?=[^ \t\r\n])")
_OVERWRITTEN = "overwritten by a later value of the same key"


@dataclass(frozen=True, slots=True)
class _Scope:
    """What holds around a part: its pointer, whether it describes a page's head, the heading it stands under, and how deep."""

    pointer: str = ""
    key: str = ""
    in_head: bool = False
    heading: int | None = None
    level: int = _TOP_LEVEL

    def under(self, key: str, step: str = "") -> _Scope:
        """The scope of what stands under a key or number."""
        name = key or self.key
        where = (step or key).replace("~", "~0").replace("/", "~1")
        pointer = f"{self.pointer}/{where}" if where else self.pointer
        return _Scope(pointer, name, self.in_head or is_meta(key), self.heading, self.level)


class Writer:
    """Reports the parts of one piece of code to a builder."""

    def __init__(self, text: str, build: SourceBuilder) -> None:
        self._text, self._build = text, build
        self._scope = _Scope()
        self._outer: list[_Scope] = []
        self._pages: list[MarkupPage] = []  # those not in use: each costs a look at the whole text

    def write(self, root: Bag) -> None:
        """Report everything."""
        for key, part in root.entries:
            self._part(part, _Scope().under(key))

    # what the reader of markup asks for

    def part(self, key: str, part: Part, *, in_head: bool = False) -> None:
        """One part that stands in markup."""
        scope = self._scope.under(key)
        self._part(part, replace(scope, in_head=scope.in_head or in_head))

    def open_properties(self, props: Entries, *, in_head: bool, has_content: bool) -> int | None:
        """The properties of a component, which are like the members of an object."""
        entries = self._last_of_each(props)
        scope = replace(self._scope, in_head=self._scope.in_head or in_head)
        heading = None if scope.in_head else self._heading_of(entries, alone=has_content)
        before = self._build.enter_section()
        scope = self._members(entries, scope, heading)
        if heading is None:
            self._build.leave_section(before)
            return None
        self._outer.append(self._scope)
        self._scope = scope
        return before

    def close_properties(self, before: int) -> None:
        """The component that opened a section ends."""
        self._scope = self._outer.pop()
        self._build.leave_section(before)

    # parts

    def _part(self, part: Part, scope: _Scope) -> None:
        if isinstance(part, Words):
            self._words(part, scope)
        elif isinstance(part, Text):
            return
        elif holds_code(scope.key) and part.kind != "element":
            self._build.leave_out(part.start, part.end, f"value of {scope.key}")
        elif part.kind == "object":
            self._object(part, scope)
        elif part.kind == "array":
            self._array(part, scope)
        elif part.kind == "element":
            self._element(part, scope)
        else:
            for key, inner in part.entries:
                self._part(inner, scope.under(key))

    def _element(self, bag: Bag, scope: _Scope) -> None:
        outer, self._scope = self._scope, replace(scope, key="")
        page = self._pages.pop() if self._pages else MarkupPage(Masked(self._text, []), 0, 0, self._build, self)
        page.read_element(bag)
        self._pages.append(page)
        self._scope = outer

    def _last_of_each(self, entries: Entries) -> Entries:
        """The members of an object that hold: of two with the same key, the last."""
        last = {key: number for number, (key, _) in enumerate(entries)}
        if len(last) == len(entries):
            return entries
        kept: Entries = []
        for key, part in entries:
            later = entries[last[key]][1]
            if key and later is not part and self._is_overwritten(key, part, later):
                self._build.leave_out(part.start, part.end, _OVERWRITTEN)
            else:
                kept.append((key, part))
        return kept

    def _is_overwritten(self, key: str, part: Part, later: Part) -> bool:
        """Whether the key is written again before the later value: two alternatives of one value share their key."""
        return bool(re.search(rf"""(?<![\w$]){re.escape(key)}["']?\s*[:=]""", self._text[part.end : later.start]))

    def _object(self, bag: Bag, scope: _Scope) -> None:
        entries = self._last_of_each(bag.entries)
        if any(key == "defaultMessage" for key, _ in entries):
            entries = [(key, part) for key, part in entries if key != "description"]  # for whoever translates
        if any(key in ("@type", "@context") for key, _ in entries):
            self._structured(bag, scope)
            return
        before = self._build.enter_section()
        self._members(entries, scope, None if scope.in_head else self._heading_of(entries))
        self._build.leave_section(before)

    def _heading_of(self, entries: Entries, *, alone: bool = False) -> int | None:
        """The number of the member that names the object, if anything else is said of it (or it may stand ``alone``)."""
        ranked = [
            (rank, number)
            for number, (key, part) in enumerate(entries)
            if isinstance(part, Words) and (rank := heading_rank(key)) is not None and not why_code(part.text, key)
        ]
        if not ranked:
            return None
        number = min(ranked)[1]
        if alone:
            return number
        others = (part for at, (_, part) in enumerate(entries) if at != number)
        return number if any(isinstance(p, Bag) or (isinstance(p, Words) and " " in p.text) for p in others) else None

    def _members(self, entries: Entries, scope: _Scope, heading: int | None) -> _Scope:
        """Report the members of an object, its heading first; the scope of what else stands in it."""
        inner = replace(scope, level=min(_LOWEST, scope.level + _LEVEL_STEP))
        if heading is not None:
            key, part = entries[heading]
            assert isinstance(part, Words)
            index = self._heading(part, scope.under(key))
            inner = replace(inner, heading=index)
        for number, (key, part) in enumerate(entries):
            if number != heading:
                self._part(part, inner.under(key))
        return inner

    def _heading(self, words: Words, scope: _Scope) -> int | None:
        before = self._build.last_index()
        value = self._value(words, scope.pointer, Role.HEADING)._replace(has_lines=False)
        read_value(value, self._build, level=scope.level)
        after = self._build.last_index()
        return after if after != before else None

    # arrays

    def _array(self, bag: Bag, scope: _Scope) -> None:
        parts = [part for _, part in bag.entries]
        bags = [part for part in parts if isinstance(part, Bag)]
        if len(bags) == len(parts) > 1 and not scope.in_head:
            rows = [self._row(item) for item in bags]
            if all(rows):
                self._table([row for row in rows if row], scope)
                return
        self._list(bag, scope)

    def _list(self, bag: Bag, scope: _Scope) -> None:
        group = None
        row = 0
        for number, (_, part) in enumerate(bag.entries):
            inner = scope.under("", str(number))
            if not isinstance(part, Words) or scope.in_head or why_code(part.text, scope.key):
                self._part(part, inner)
                continue
            group = self._build.new_group() if group is None else group
            self._signals(part, scope.key)
            value = self._value(part, inner.pointer, Role.LIST_ITEM)
            self._alone(value, group=group, row=row, intro=scope.heading)
            row += 1

    def _row(self, item: Bag) -> list[tuple[str, Words]] | None:
        """The cells of an object or array of short strings, two or more, the one that names it first."""
        if item.kind not in ("object", "array"):
            return None
        entries = self._last_of_each(item.entries) if item.kind == "object" else item.entries
        if any(key in ("@type", "@context") for key, _ in entries):
            return None
        cells: list[tuple[str, Words]] = []
        for key, part in entries:
            if not isinstance(part, Words):
                return None
            if not why_code(part.text, key) or _is_amount(part.text):
                if len(part.text) > _LONGEST_CELL or part.text.rstrip().endswith("?"):
                    return None
                cells.append((key, part))
        if item.kind == "object":
            cells.sort(key=lambda cell: rank if (rank := heading_rank(cell[0])) is not None else 99)
        return cells if len(cells) > 1 else None

    def _table(self, rows: list[list[tuple[str, Words]]], scope: _Scope) -> None:
        """A table without a head: rows count from 1, since the cells of row 0 speak for their columns."""
        group = self._build.new_group()
        columns: dict[str, int] = {}
        for number, row in enumerate(rows):
            for place, (key, part) in enumerate(row):
                column = columns.setdefault(key or str(place), len(columns))
                inner = scope.under(key, f"{number}/{key or place}".replace("/", "\x00"))
                pointer = inner.pointer.replace("\x00", "/")
                self._signals(part, key)
                value = self._value(part, pointer, Role.TABLE_CELL)._replace(has_lines=False)
                place_in_table: dict[str, Any] = {
                    "group": group,
                    "row": number + 1,
                    "column": column,
                    "intro": scope.heading,
                    "quoted": holds_customers(inner.key)
                    or (holds_customers(scope.key) and not stands_beside_customers(inner.key)),
                }
                read_value(value, self._build, **place_in_table)

    # strings

    def _words(self, words: Words, scope: _Scope) -> None:
        self._signals(words, scope.key)
        text = words.text
        if reason := why_code(text.replace(GAP, "0"), scope.key):
            if reason != "no words":
                self._build.leave_out(words.start, words.end, reason)
            return
        key = scope.key if not (scope.in_head and plain(scope.key) in ("default", "template", "absolute")) else "title"
        role = role_in_data(key, in_head=scope.in_head)
        if role is Role.TITLE and GAP not in text and scope.in_head and plain(key) == "title":
            self._build.signal("title", text, words.start, words.end)
        if role is Role.STRING and _is_sentence(text):
            role = Role.PARAGRAPH
        self._alone(self._value(words, scope.pointer, role))

    def _alone(self, value: Value, **place: Any) -> None:
        """Report a value; headings in it end with it."""
        before = self._build.enter_section()
        read_value(value, self._build, **place)
        self._build.leave_section(before)

    def _value(self, words: Words, pointer: str, role: Role) -> Value:
        """The string as a value; lines of a template lose the indent that all of them share."""
        made = Decoded()
        for run in words.runs:
            made.put(*run)
        made.has_lines = "\n" in words.text
        plain_value = made.value(pointer, words.start)
        value = Value(pointer, plain_value.text, plain_value.map, made.has_lines, role)
        return _dedented(value) if made.has_lines and words.is_template else value

    def _signals(self, words: Words, key: str) -> None:
        name, text = plain(key), words.text
        if name in _DRAWN or not words.runs:
            return
        if len(text) <= _LONGEST_CONTACT and ("0" in text or "@" in text or "+" in text):
            for kind, start, end in find_contacts(text):
                self._build.signal(kind, text[start:end], words.start, words.end)
        if (known := _SIGNALS.get(name)) and known[1].match(text):
            self._build.signal(known[0], text.replace("_", "-") if known[0] == "lang" else text, words.start, words.end)
        elif name in ("href", "url") and text.startswith("http"):
            self._build.signal("link", text, words.start, words.end)

    # structured data

    def _structured(self, bag: Bag, scope: _Scope) -> None:
        report_leaves(list(_Leaves().of(bag, "", "")), self._build, fragment_runs)


class _Leaves:
    """The strings of an object of structured data, as the reader of JSON gives them."""

    def __init__(self) -> None:
        self._objects = 0

    def of(self, bag: Bag, pointer: str, above: str) -> Iterator[JsonString]:
        """All strings of an object."""
        self._objects += 1
        owner = self._objects
        for key, part in bag.entries:
            yield from self._in(part, f"{pointer}/{key}", key, owner, above)

    def _in(self, part: Part, pointer: str, name: str, owner: int, above: str) -> Iterator[JsonString]:
        if isinstance(part, Words):
            start, end = (part.runs[0][1], part.runs[-1][2]) if part.runs else (part.start, part.end)
            yield JsonString(pointer, name, owner, above, start, end, tuple(part.runs))
        elif isinstance(part, Bag) and part.kind == "object":
            yield from self.of(part, pointer, name)
        elif isinstance(part, Bag):
            for number, (_, inner) in enumerate(part.entries):
                yield from self._in(inner, f"{pointer}/{number}", name, owner, above)


def _is_sentence(text: str) -> bool:
    return len(text.split(None, 4)) > 4 or text.rstrip().endswith((".", "!"))


_AMOUNT = re.compile(r"[£€$¥₹]\s?\d|\d\s?[£€$¥₹%]|\A\d[\d.,\s+–-]*\Z")


def _is_amount(text: str) -> bool:
    return bool(_AMOUNT.search(text))


def _dedented(value: Value) -> Value:
    indents = [len(match[1]) for match in _INDENT.finditer(value.text)]
    cut = min(indents, default=0)
    if not cut:
        return value
    made, at = Decoded(), 0
    made.has_lines = True
    for match in _INDENT.finditer(value.text):
        for run in through((value.text[at : match.start(1)], at, match.start(1)), value.map):
            made.put(*run)
        at = match.start(1) + cut
    for run in through((value.text[at:], at, len(value.text)), value.map):
        made.put(*run)
    return made.value(value.pointer, value.span[0])._replace(said_as=value.said_as)
