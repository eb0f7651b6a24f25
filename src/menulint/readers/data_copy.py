"""The copy in a tree of data, as the page will show it that is made from it.

What binds claims on a page binds them here: the title of an object is the heading of what stands in it, a question comes
right before its answer, an array of strings is a list, an array of objects with prices is a menu with rows and columns. What
is copy is decided string by string (``wording``), by names that hold none and by the shape of the value, never by a list of
names that do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from menulint.readers.base import GAP, SourceBuilder
from menulint.readers.data_tree import Branch, Item, Tree, step
from menulint.readers.languages import language_tag
from menulint.readers.rich_text import RichText, is_rich
from menulint.readers.values import Decoded, Embedded, Value, Within, read_value, through
from menulint.readers.wording import (
    holds_customers,
    is_code_key,
    is_price,
    reads_like_words,
    role_of_key,
    stands_beside_customers,
)
from menulint.source import Role

_HEADS = {
    name: rank
    for rank, names in enumerate(
        (
            "question q faq_question ask",
            "title heading headline header main_title main_heading hero_title section_title",
            "name treatment treatment_name product product_name service service_name procedure label term display_name",
            "category category_name section section_name group group_name",
        )
    )
    for name in names.split()
}
"""Names of what an object is headed by, the best first."""
_OF_A_GROUP = 3
"""Rank of names that head an object only where it holds a list of things: ``{"category": "Peels", "items": [{…}]}``."""
_ANSWERS = frozenset({"answer", "a", "faq_answer", "response", "reply"})
_PRICES = re.compile(r"(?:^|_)(?:price|prices|cost|fee|fees|from|rate|amount)(?:_|$)")
_SIGNALS = {
    "lang": "lang", "language": "lang", "locale": "lang", "inlanguage": "lang", "date": "date", "date_published": "date",
    "published_at": "date", "updated_at": "date", "phone": "tel", "telephone": "tel", "email": "mail", "currency": "currency",
    "price_currency": "currency", "country": "country", "address_country": "country", "author": "author",
    "site_name": "site-name", "canonical": "canonical",
}  # fmt: skip
_HEAD_PARTS = frozenset({"seo", "meta", "metadata", "head", "og", "opengraph", "open_graph", "twitter"})
_REMARKS = frozenset({"//", "_comment", "$comment", "_comments", "comment", "#"})
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SEPARATORS = re.compile(r"[-\s.]+")
_PLACEHOLDER = re.compile(
    r"(?<![{$])\$?\{[a-z\d][\w.]{0,40}\}(?!\})|%(?:\([\w.]{1,40}\)|\{[\w.]{1,40}\}|\d\$)?[sd]\b|%\{[\w.]{1,40}\}"
)
_MARKUP = re.compile(r"[*_`\[\]<>&\\#{}\n\r]")
_SENTENCE_WORDS = 4
_LONGEST_CELL = 400
_WIDEST_MENU = 8
_SHORTEST_JSON = 20
_NESTED = re.compile(r"\s{0,20}[\[{]\s{0,20}[\[{\"]")


def plain_name(name: str) -> str:
    """A name in small letters, its words joined by ``_``."""
    return _SEPARATORS.sub("_", _CAMEL.sub("_", name[:80])).lower()


@dataclass(frozen=True, slots=True)
class _Name:
    """What a name says of the value under it."""

    plain: str
    is_code: bool
    rank: int | None
    """How well it heads an object, 0 being best; None if it does not."""
    role: Role
    signal: str | None
    is_remark: bool
    is_price: bool
    is_head_part: bool
    is_told: bool
    """Customers speak under it."""
    is_beside: bool
    """Others speak under it where customers do: a reply to a review."""


@lru_cache(maxsize=8192)
def _known(name: str) -> _Name:
    plain = plain_name(name)
    return _Name(
        plain,
        is_code_key(name),
        _HEADS.get(plain),
        role_of_key(plain),
        _SIGNALS.get(plain),
        plain in _REMARKS,
        bool(_PRICES.search(plain)) and not is_code_key(name),
        plain in _HEAD_PARTS,
        holds_customers(plain),
        stands_beside_customers(plain),
    )


def _gathers(branch: Branch) -> bool:
    """Whether an object holds a list of things."""
    lists = (item for item in branch.items if isinstance(item, Branch) and not item.is_object)
    return any(isinstance(item, Branch) and item.is_object for listed in lists for item in listed.items)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a branch stands: its pointer and name, the headings above it, its language, whether customers speak in it."""

    pointer: str
    name: str
    section: tuple[int, ...]
    depth: int
    lang: dict[str, Any]
    in_head: bool = False
    told: bool = False

    def below(self, name: str, section: tuple[int, ...], lang: dict[str, Any]) -> _Place:
        """The place of what an object holds under a name."""
        known = _known(name)
        in_head, told = self.in_head or known.is_head_part, (self.told or known.is_told) and not known.is_beside
        return _Place(self.pointer + step(name), name, section, self.depth + 1, lang, in_head, told)

    def item(self, number: int) -> _Place:
        """The place of an item of an array, which has the array's name."""
        pointer = f"{self.pointer}/{number}"
        return _Place(pointer, self.name, self.section, self.depth + 1, self.lang, self.in_head, self.told)

    def fields(self, name: str = "") -> dict[str, Any]:
        """What holds for what stands here, or under a name here: its language, and whether customers speak."""
        if name and (_known(name).is_told or _known(name).is_beside):
            return {**self.lang, "quoted": True} if _known(name).is_told else self.lang
        return {**self.lang, "quoted": True} if self.told else self.lang


class DataCopy:
    """Reports the copy of one tree. ``only`` names the sole keys whose values are copy, if not all are."""

    def __init__(self, tree: Tree, build: SourceBuilder, *, lang: str = "", only: frozenset[str] = frozenset()) -> None:
        self._tree, self._build, self._only = tree, build, only
        self._lang = lang
        self._nested = False

    def read(self, *, pointer: str = "", section: tuple[int, ...] = ()) -> None:
        """Report everything, in file order but for headings that stand behind what they head."""
        place = _Place(pointer, "", section, 0, {"lang": self._lang} if self._lang else {})
        for item in self._tree.root.items:
            if isinstance(item, int):
                self._leaf(item, "", place)
            elif item is not None:
                self._branch(item, place)

    # Branches

    def _branch(self, branch: Branch, place: _Place) -> None:
        if is_rich(self._tree, branch):
            self._rich([(branch, place.pointer)], place)
        elif branch.is_object:
            self._object(branch, place)
        else:
            self._array(branch, place)

    def _object(self, branch: Branch, place: _Place) -> None:
        names, items = branch.names, branch.items
        gathers = not self._only and _gathers(branch)
        texts = [
            self._copy(item, "label" if gathers and _known(name).rank == _OF_A_GROUP else name)
            if isinstance(item, int)
            else None
            for name, item in zip(names, items, strict=True)
        ]
        head = self._head(branch, texts)
        section = place.section
        if head is not None:
            index = self._heading(branch, head, texts, place)
            if index is not None and not self._is_title(place):
                section = (*section, index)
        described = frozenset(names) if any(name[:1] == "@" for name in names) else frozenset()
        for number in self._in_order(branch, head):
            name, item = names[number], items[number]
            if name[:1] == "@" and name[1:] in described:
                continue  # ARB: what "@greeting" holds tells the translator of "greeting" what it is
            if isinstance(item, Branch):
                tag = self._language(branch, name, place)
                self._branch(item, place.below(name, section, {"lang": tag} if tag else place.lang))
            elif texts[number] is not None:
                self._member(item, name, texts[number], place, section)
            elif item is not None and not self._nested and not _known(name).is_code and not self._only:
                self._try_embedded(item, place.pointer + step(name), section, place.lang)

    def _in_order(self, branch: Branch, head: int | None) -> Iterable[int]:
        """The members but the head; the answer first, where the head asks."""
        if head is None:
            return range(len(branch.items))
        rest = [number for number in range(len(branch.items)) if number != head]
        if _known(branch.names[head]).rank == 0:
            rest.sort(key=lambda number: _known(branch.names[number]).plain not in _ANSWERS)
        return rest

    def _head(self, branch: Branch, texts: list[str | None]) -> int | None:
        """The number of the member that heads the others, if one does."""
        best, found = 99, None
        others = 0
        for number, name in enumerate(branch.names):
            if texts[number] is None:
                others += isinstance(branch.items[number], Branch)
                continue
            others += 1
            rank = _known(name).rank
            if rank is not None and rank < best:
                best, found = rank, number
        return found if others > 1 else None

    def _is_title(self, place: _Place) -> bool:
        """Whether the head of an object is the title of the page: there is one, and it comes first."""
        return place.depth == 0 and self._build.last_index() in (None, 0)

    def _heading(self, branch: Branch, head: int, texts: list[str | None], place: _Place) -> int | None:
        leaf, text = branch.items[head], texts[head]
        assert isinstance(leaf, int)
        assert text is not None
        pointer = place.pointer + step(branch.names[head])
        fields = {**place.lang, "section": place.section, "pointer": pointer}
        if self._is_title(place) or place.in_head:
            return self._report(leaf, text, Role.TITLE, fields)
        return self._report(leaf, text, Role.HEADING, fields, level=min(6, 2 + len(place.section)))

    def _language(self, branch: Branch, name: str, place: _Place) -> str:
        """The language a member is in, if its name is one and those beside it are languages too."""
        if len(name) > 8 or len(branch.names) > 200:
            return ""
        tag = language_tag(name) or (language_tag(f"{name[:2]}-{name[2:]}") if len(name) == 4 else "")
        if not tag:
            return ""
        among = plain_name(place.name) in ("translations", "i18n", "locales", "languages", "messages", "resources")
        return tag if among or all(language_tag(other[:5]) for other in branch.names) else ""

    # Arrays

    def _array(self, branch: Branch, place: _Place) -> None:
        strings = sum(isinstance(item, int) for item in branch.items)
        if strings and strings == len(branch.items) - branch.items.count(None):
            self._list(branch, place)
        elif not strings and self._is_menu(branch):
            self._menu(branch, place)
        else:
            self._mixed(branch, place)

    def _mixed(self, branch: Branch, place: _Place) -> None:
        rich: list[tuple[Branch, str]] = []
        for number, item in enumerate(branch.items):
            if isinstance(item, Branch) and is_rich(self._tree, item):
                rich.append((item, f"{place.pointer}/{number}"))
                continue
            if rich:
                self._rich(rich, place)
                rich = []
            if isinstance(item, int):
                self._leaf(item, place.name, place.item(number))
            elif item is not None:
                self._branch(item, place.item(number))
        if rich:
            self._rich(rich, place)

    def _list(self, branch: Branch, place: _Place) -> None:
        """An array of strings. Where half of them are words, a single small word is one too ("painless")."""
        if self._only and place.name not in self._only:
            return
        texts = [self._copy(item, place.name) if isinstance(item, int) else None for item in branch.items]
        copy = sum(text is not None for text in texts)
        if not copy:
            return
        if len(texts) <= copy * 2 < len(texts) * 2 and not _known(place.name).is_code:
            texts = [self._copy(item, "label") if isinstance(item, int) else None for item in branch.items]
        group, intro = self._build.new_group(), self._intro(place)
        for row, (item, text) in enumerate(zip(branch.items, texts, strict=True)):
            if isinstance(item, int) and text is not None:
                fields = {**place.fields(), "section": place.section, "pointer": f"{place.pointer}/{row}"}
                self._report(item, text, Role.LIST_ITEM, {**fields, "group": group, "row": row, "intro": intro})

    def _intro(self, place: _Place) -> int | None:
        """The heading right above a list, which is all that can be told to introduce it."""
        last = self._build.last_index()
        return last if place.section and place.section[-1] == last else None

    def _is_menu(self, branch: Branch) -> bool:
        """Whether objects are the lines of a price list: short values, and one of them a price."""
        priced = False
        for item in branch.items:
            if not isinstance(item, Branch) or not item.is_object or len(item.items) > _WIDEST_MENU:
                return False
            for name, member in zip(item.names, item.items, strict=True):
                if not isinstance(member, int):
                    return False
                start, end = self._tree.span_of(member)
                if end - start > _LONGEST_CELL:
                    return False
                priced = priced or _known(name).is_price or (end - start <= 40 and is_price(self._tree.text_of(member)))
        return priced

    def _menu(self, branch: Branch, place: _Place) -> None:
        group, intro = self._build.new_group(), self._intro(place)
        columns: dict[str, int] = {}
        for row, item in enumerate(branch.items):
            assert isinstance(item, Branch)
            texts = [
                self._copy(leaf, name)
                for name, leaf in zip(item.names, item.items, strict=True)
                if isinstance(leaf, int)
            ]
            head = self._head(item, texts)
            for number in ([head] if head is not None else []) + [n for n in range(len(texts)) if n != head]:
                leaf, text, name = item.items[number], texts[number], item.names[number]
                if text is None or not isinstance(leaf, int):
                    continue
                column = columns.setdefault(name, len(columns))
                fields = {**place.fields(name), "section": place.section}
                fields["pointer"] = f"{place.pointer}/{row}{step(name)}"
                fields |= {"group": group, "row": row, "column": column, "intro": intro}
                self._report(leaf, text, Role.TABLE_CELL, fields)

    def _rich(self, items: list[tuple[Branch, str]], place: _Place) -> None:
        RichText(self._tree, Within(self._build, place.section, place.lang)).read_all(items)

    # Leaves

    def _copy(self, leaf: int, name: str) -> str | None:
        """What a leaf says, if it is copy; a signal or a remark is reported on the way."""
        known = _known(name)
        if known.signal or known.is_remark:
            self._build_beside(leaf, known)
            if known.is_remark:
                return None
        if (known.is_code and not known.is_price) or (self._only and name not in self._only):
            return None
        text = self._tree.text_of(leaf)
        return text if reads_like_words(text, name) or is_price(text) else None

    def _build_beside(self, leaf: int, known: _Name) -> None:
        text = self._tree.text_of(leaf)
        if known.is_remark:
            self._build.comment(text, *self._tree.span_of(leaf))
        elif known.signal:
            self._build.signal(known.signal, text[:200], *self._tree.span_of(leaf))

    def _leaf(self, leaf: int, name: str, place: _Place) -> None:
        """A string that is no member of an object."""
        text = self._copy(leaf, name)
        if text is None:
            if not self._nested and not self._only and not _known(name).is_code:
                self._try_embedded(leaf, place.pointer, place.section, place.lang)
            return
        fields = {**place.fields(), "section": place.section, "pointer": place.pointer}
        self._report(leaf, text, self._role(text, _known(name), place), fields)

    def _member(self, leaf: Item, name: str, text: str | None, place: _Place, section: tuple[int, ...]) -> None:
        assert isinstance(leaf, int)
        assert text is not None
        fields = {**place.fields(name), "section": section, "pointer": place.pointer + step(name)}
        self._report(leaf, text, self._role(text, _known(name), place), fields)

    def _role(self, text: str, known: _Name, place: _Place) -> Role:
        role = known.role
        if role in (Role.ALT, Role.CAPTION, Role.BUTTON):
            return role
        if role is Role.META and (place.depth == 0 or place.in_head):
            return role
        if role is Role.TITLE and place.in_head:
            return role
        long = len(text) > 24 and len(text.split(None, _SENTENCE_WORDS)) >= _SENTENCE_WORDS
        return Role.PARAGRAPH if long else Role.STRING

    def _report(self, leaf: int, text: str, role: Role, fields: dict[str, Any], *, level: int = 0) -> int | None:
        """Report a leaf as copy; the index of its first block."""
        start, end = self._tree.span_of(leaf)
        if len(text) == end - start and not _MARKUP.search(text):
            return self._build.add(role, [(text, start, end)], level=level, **fields)
        if _NESTED.match(text) and self._try_embedded(leaf, fields["pointer"], fields["section"], fields):
            return None
        value = with_gaps(self._tree.value_of(leaf, fields["pointer"]))
        before = self._build.last_index()
        roles = {value.role: role, **_shown_as(role)}
        place = {name: said for name, said in fields.items() if name != "section"}
        read_value(value, Within(self._build, fields["section"], place, roles, level))
        last = self._build.last_index()
        return None if last is None or last == before else (-1 if before is None else before) + 1

    def _try_embedded(self, leaf: int, pointer: str, section: tuple[int, ...], lang: dict[str, Any]) -> bool:
        """Read a string that holds JSON again (Shopify's rich text, exports of editors); whether it did."""
        start, end = self._tree.span_of(leaf)
        if self._nested or end - start < _SHORTEST_JSON or not _NESTED.match(self._tree.text_of(leaf)[:64]):
            return False
        from menulint.readers.json_tree import JsonTree

        value = self._tree.value_of(leaf, pointer)
        tree = JsonTree(value.text, 0, len(value.text))
        if not any(isinstance(item, Branch) for item in tree.root.items) or not value.text.rstrip().endswith(
            ("]", "}")
        ):
            return False
        inner = DataCopy(tree, Embedded(self._build, value), lang=lang.get("lang") or "")
        inner._nested = True
        inner.read(pointer=pointer, section=section)
        return True


def _shown_as(role: Role) -> dict[Role, Role]:
    """How the paragraphs inside a value are reported."""
    return {Role.PARAGRAPH: role} if role is not Role.STRING else {}


def with_gaps(value: Value) -> Value:
    """The value with what a program fills in later (``{name}``, ``%s``) as one word that nobody can read."""
    text = value.text
    if "{" not in text and "%" not in text:
        return value
    found = list(_PLACEHOLDER.finditer(text))
    if not found:
        return value
    made, at = Decoded(), 0
    for match in found:
        for piece in through((text[at : match.start()], at, match.start()), value.map) if at < match.start() else ():
            made.put(*piece)
        made.put(GAP, *value.map.span(*match.span()))
        at = match.end()
    for piece in through((text[at:], at, len(text)), value.map) if at < len(text) else ():
        made.put(*piece)
    made.has_lines = value.has_lines
    return made.value(value.pointer, value.map.segments[0][1])
