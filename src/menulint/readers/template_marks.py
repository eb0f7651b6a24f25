"""Template marks in copy: Liquid, Jinja, Twig, Handlebars, Go, ERB, EJS, Blade, PHP, shortcodes, MDX comments.

One table (``Syntax``) for all readers. A mark is masked by as many characters (``masks.py``), so that every offset stays
the file's own: one that prints something leaves a gap, one that steers leaves nothing or a space. The words quoted inside
it (``{{< figure alt="Lip filler before" >}}``, ``{{ "Book now" | t }}``) are copy of their own, comments are told apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from menulint.late import LatePattern
from menulint.readers.base import Run, SourceBuilder
from menulint.readers.masks import GAP_MASK, MASK, SPACE_MASK
from menulint.readers.values import Decoded, Value, through
from menulint.readers.wording import reads_like_words, role_of_key
from menulint.source import Role

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

_BLANK_LINE = LatePattern(r"(?:\r\n|\n|\r(?!\n))[ \t]*[\r\n]")
_TAG_NAME = LatePattern(r"</?([A-Za-z][\w:-]*)?\Z")
_LONGEST_TAG_NAME = 40
_MOST_EXTENSIONS = 8


class Kind(Enum):
    """What a mark does to the copy around it."""

    OUTPUT = GAP_MASK
    """It prints something."""
    CONTROL = SPACE_MASK
    """It steers, or prints a part of the page: what stands on its two sides is parted."""
    JOINING = MASK
    """It steers inside running text: ``treatment{% if many %}s{% endif %}``."""
    COMMENT = MASK + "comment"
    CODE = SPACE_MASK + "code"
    """A whole section that no visitor reads: ``{% schema %}``, a style sheet, a script."""


class Mark(NamedTuple):
    """One template mark of a text. ``opener`` is its opening sign, ``word`` its first word.

    ``prints`` is the span of the string that it prints as it stands, ``{{ __('Our menu') }}``, where that is read in place.
    """

    start: int
    end: int
    kind: Kind
    opener: str = ""
    word: str = ""
    prints: tuple[int, int] | None = None

    @property
    def is_comment(self) -> bool:
        """Whether it is one of the template language's comments."""
        return self.kind is Kind.COMMENT

    @property
    def holds_copy(self) -> bool:
        """Whether what is quoted in it may be copy."""
        return (
            self.prints is None
            and self.kind not in (Kind.COMMENT, Kind.CODE)
            and self.word.lstrip("#") not in _CONDITIONS
        )


class Masked:
    """A text with its template marks masked, of the same length."""

    def __init__(self, text: str, marks: Iterable[Mark]) -> None:
        self.original = text
        self.marks = tuple(marks)
        self._starts = [mark.start for mark in self.marks]
        self.text = _masked(text, self.marks) if self.marks else text

    @classmethod
    def of_text(cls, text: str, masked: str) -> Masked:
        """A text that its host has masked itself: ``masked`` is as long as it."""
        made = cls(text, ())
        made.text = masked
        return made

    def mark_at(self, offset: int) -> Mark | None:
        """The mark that covers ``offset``."""
        at = bisect_right(self._starts, offset) - 1
        return self.marks[at] if at >= 0 and offset < self.marks[at].end else None

    def marks_in(self, start: int, end: int) -> Sequence[Mark]:
        """The marks that begin in ``[start, end)``."""
        return self.marks[bisect_left(self._starts, start) : bisect_left(self._starts, end)] if self.marks else ()

    def with_marks(self, marks: Sequence[Mark]) -> Masked:
        """The same text with more marks masked; none of them overlaps those it has."""
        if not marks:
            return self
        more = Masked(self.text, marks)
        more.original = self.original
        more.marks = tuple(sorted((*self.marks, *more.marks), key=lambda mark: mark.start))
        more._starts = [mark.start for mark in more.marks]
        return more

    def report(self, build: SourceBuilder) -> None:
        """Tell the builder of comments, which hold suppressions, and of sections that are no copy."""
        for mark in self.marks:
            if mark.is_comment:
                build.comment(self.original[slice(*comment_span(self.original, mark))], mark.start, mark.end)


def _masked(text: str, marks: Iterable[Mark]) -> str:
    parts: list[str] = []
    at = 0
    for mark in marks:
        parts += (text[at : mark.start], _mask(text, mark))
        at = mark.end
    return "".join([*parts, text[at:]])


def _mask(text: str, mark: Mark) -> str:
    """The mask of a mark. One that writes the name of a tag leaves a tag: ``<h{{ level }}>``, ``<{{ tag }}>``, and one
    right behind a name does not belong to it: ``<li{% if a %} class="a"{% endif %}>``.
    """
    length = mark.end - mark.start
    if mark.prints:
        start, end = mark.prints
        said = _QUOTE_ESCAPE.sub(lambda escape: MASK + escape[1], text[start:end])
        return MASK * (start - mark.start) + said + MASK * (mark.end - end)
    before = text[max(0, mark.start - _LONGEST_TAG_NAME) : mark.start]
    if "<" in before and (name := _TAG_NAME.search(before)):
        if mark.kind is Kind.OUTPUT and (name[1] or "").lower() in ("", "h"):
            return ("2" if name[1] else "x") + " " * (length - 1)
        return " " * length if name[1] else mark.kind.value[0] * length
    return mark.kind.value[0] * length


_QUOTE_ESCAPE = LatePattern(r"""\\(["'\\])""")
_PRINTS = LatePattern(
    r"""(?:\{\{\{?[-~]?|\{!!|\{%[-+~]?|<%[=-]|@lang\()\s{0,20}
        (?:(?:__|_|trans|t|lang|e|gettext|translate|esc_html__|html_safe|raw)(?:\s{0,3}\(\s{0,3}|\s{1,3}))?
        (?:"((?:[^"\\{}<>]++|\\["'\\])*+)"|'((?:[^'\\{}<>]++|\\["'\\])*+)')
        (?:\s{0,5}\)|\s{0,3}\|\s{0,3}(?:t|trans|translate|escape|e|raw|safe|upcase|capitalize|title|strip|safeHTML|markdownify|upper)\b)*
        \s{0,20}(?:[-~]?\}?\}\}|!!\}|[-+~]?%\}|[-~]?%>)?""",
    re.VERBOSE,
)


def read_in_place(text: str, marks: Iterable[Mark]) -> list[Mark]:
    """The marks, with the string of each that prints one and does nothing else: it stands where a visitor reads it."""
    return [_in_place(text, mark) if mark.kind is Kind.OUTPUT else mark for mark in marks]


def _in_place(text: str, mark: Mark) -> Mark:
    match = _PRINTS.fullmatch(text, mark.start, mark.end)
    if match is None or not match.lastindex:
        return mark
    span = match.span(match.lastindex)
    return mark._replace(prints=span) if reads_like_words(text[slice(*span)]) else mark


class NextFinder:
    """Finds the next occurrence of something from ever later offsets, looking at each character once.

    A plain search from each of n unclosed openers is quadratic; this remembers the last answer.
    """

    def __init__(self, find: Callable[[int], tuple[int, int]]) -> None:
        self._find = find
        self._asked = 0
        self._found: tuple[int, int] | None = None

    @classmethod
    def of_string(cls, text: str, needle: str) -> NextFinder:
        """A finder of a fixed string."""

        def find(start: int) -> tuple[int, int]:
            at = text.find(needle, start)
            return at, at + len(needle) if at >= 0 else -1

        return cls(find)

    @classmethod
    def of_pattern(cls, text: str, pattern: LatePattern[str]) -> NextFinder:
        """A finder of a pattern."""

        def find(start: int) -> tuple[int, int]:
            match = pattern.search(text, start)
            return match.span() if match else (-1, -1)

        return cls(find)

    def after(self, start: int) -> tuple[int, int]:
        """The span of the first occurrence that begins at or after ``start``; (-1, -1) if there is none."""
        found = self._found
        if found is None or start < self._asked or (0 <= found[0] < start):
            found = self._found = self._find(start)
            self._asked = start
        return found


# -- what the first word of a mark says about it

_ELSE = frozenset("else elsif elseif elif when case default empty".split())
_CONDITIONS = frozenset("if unless elseif elsif elif case when switch while isset ifeq ifneq ifversion ifequal".split())
_JOINING = frozenset(
    """if unless endif endunless end for foreach endfor endforeach while endwhile range with endwith each set assign let
    capture endcapture endset spaceless endspaceless autoescape endautoescape blocktrans endblocktrans blocktranslate
    endblocktranslate raw endraw verbatim endverbatim filter endfilter apply endapply macro endmacro ifversion tablerow
    endtablerow increment decrement switch endswitch import from use extends liquid load do isset endisset""".split()
)
_PRINTING = frozenset("trans translate t lang echo print now cycle gettext text field setting".split())
_PARTS = frozenset("define block template partial partialCached return break continue include extends render".split())
_BRACES = LatePattern(r"\{\{\{?[-~]?\s{0,50}([#/^><%&!@]?)\s{0,10}([\w$.-]{0,60})\s{0,10}(:?=(?!=))?")
_STATEMENT = LatePattern(r"\{%[-+~]?\s{0,50}(\w{0,40})")
_ERB = LatePattern(r"<%([=:@-]?)[-~]?\s{0,50}([\w}]{0,40})")
_PHP = LatePattern(r"<\?(=|php\b)?[\s@]{0,200}(\w{0,60})", re.IGNORECASE)
_PHP_PRINTS = LatePattern(
    r"(?:echo|print|printf|vprintf|the_\w+|_e|_ex|esc_\w+_e|bloginfo|wp_title|single_\w+_title|post_class)\b", re.I
)
_ELSE_BRANCH = LatePattern(r"\belse(?:if)?\b|\bcase\b|\bdefault\s*:")
_LOOKED_AT = 200
_NOT_PRINTED_BY_EJS = _JOINING | _ELSE | {"include", "", "}"}


def _of_word(word: str) -> Kind:
    if word in _ELSE:
        return Kind.CONTROL
    return Kind.JOINING if word in _JOINING else Kind.CONTROL


def _braces(text: str, start: int, end: int) -> tuple[Kind, str]:
    match = _BRACES.match(text, start, end)
    if match is None or text.startswith("/*", match.start(1)) or text[start + 2] == "!":
        return Kind.COMMENT, ""
    sigil, word, assigns = match.groups()
    if sigil in ("#", "/", "^"):
        return _of_word(word), f"#{word}"
    if sigil in ("<", "%"):
        return Kind.OUTPUT if word in ("param", "Param") else Kind.CONTROL, word
    if sigil == ">" or word in _PARTS or word in _ELSE:
        return Kind.CONTROL, word
    if word in ("if", "range", "with", "end") or assigns:
        return Kind.JOINING, word
    return Kind.OUTPUT, word


def _statement(text: str, start: int, end: int) -> tuple[Kind, str]:
    match = _STATEMENT.match(text, start, end)
    if match and text.startswith("#", match.end()):
        return Kind.COMMENT, ""
    word = match[1] if match else ""
    return Kind.OUTPUT if word in _PRINTING else _of_word(word), word


def _erb(text: str, start: int, end: int) -> tuple[Kind, str]:
    match = _ERB.match(text, start, end)
    sigil, word = match.groups() if match else ("", "")
    if sigil in ("=", ":") or (sigil == "-" and word not in _NOT_PRINTED_BY_EJS):
        return Kind.OUTPUT, word
    if _ELSE_BRANCH.search(text, start, min(end, start + _LOOKED_AT)) or sigil == "@" or word == "include":
        return Kind.CONTROL, word
    return Kind.JOINING, word


def php_kind(text: str, start: int, end: int) -> tuple[Kind, str]:
    """What a PHP block does to the copy around it, and its first word."""
    match = _PHP.match(text, start, end)
    sigil, word = match.groups() if match else ("", "")
    if sigil == "=" or _PHP_PRINTS.match(word):
        return Kind.OUTPUT, word
    if _ELSE_BRANCH.search(text, start, min(end, start + _LOOKED_AT)):
        return Kind.CONTROL, word
    return Kind.JOINING if not word or word in _JOINING else Kind.CONTROL, word


def _first_word(text: str, start: int) -> str:
    match = _SMARTY_WORD.match(text, start)
    return match[1] if match else ""


_SMARTY_WORD = LatePattern(r"\{(/?\w{0,20})")


def _always(kind: Kind) -> Callable[[str, int, int], tuple[Kind, str]]:
    return lambda text, start, end: (kind, "")


class Syntax(Struct, frozen=True):
    """A kind of mark: how it begins and ends, and what it does.

    ``alone``: another one may not begin inside it. ``to_end``: one that never ends goes on to the end of the text.
    """

    opener: str
    closer: str
    judge: Callable[[str, int, int], tuple[Kind, str]]
    alone: bool = True
    to_end: bool = False


_COMMENT = _always(Kind.COMMENT)
_HANDLEBARS_COMMENT = Syntax("{{!--", "--}}", _COMMENT, alone=False)
_BLADE_COMMENT = Syntax("{{--", "--}}", _COMMENT, alone=False)
_BRACE_PAIR = Syntax("{{", "}}", _braces)
_UNESCAPED = Syntax("{!!", "!!}", _always(Kind.OUTPUT))
_STATEMENTS = Syntax("{%", "%}", _statement)
_HASH_COMMENT = Syntax("{#", "#}", _COMMENT)
_JSX_COMMENT = Syntax("{/*", "*/}", _COMMENT, alone=False)
_ERB_COMMENTS = (Syntax("<%--", "--%>", _COMMENT, alone=False), Syntax("<%#", "%>", _COMMENT))
_ERB_TAG = Syntax("<%", "%>", _erb)
_PHP_TAGS = tuple(Syntax(opener, "?>", php_kind, alone=False, to_end=True) for opener in ("<?php", "<?PHP", "<?="))

_SMARTY_VALUE = Syntax("{$", "}", _always(Kind.OUTPUT))
HTML = (
    _SMARTY_VALUE,
    _HANDLEBARS_COMMENT,
    _BLADE_COMMENT,
    _BRACE_PAIR,
    _UNESCAPED,
    _STATEMENTS,
    _HASH_COMMENT,
    *_ERB_COMMENTS,
    _ERB_TAG,
    *_PHP_TAGS,
)
"""The marks looked for in HTML, whoever fills it in."""
MARKDOWN = (_HANDLEBARS_COMMENT, _BLADE_COMMENT, _BRACE_PAIR, _STATEMENTS, _HASH_COMMENT, _JSX_COMMENT)

_SMARTY_WORDS = """if else elseif /if foreach foreachelse /foreach for /for while /while include block /block assign literal
/literal capture /capture extends function /function call hook nocache /nocache strip /strip section /section""".split()
SMARTY = (
    *HTML,
    Syntax("{*", "*}", _COMMENT, alone=False),
    *(
        Syntax("{" + word, "}", lambda text, start, end: (_of_word(_first_word(text, start)), _first_word(text, start)))
        for word in _SMARTY_WORDS
    ),
    *(Syntax("{" + word, "}", _always(Kind.OUTPUT)) for word in ("l s=", "l ", "url", "link")),
)
"""Smarty, as shops use it; its tags are listed, since braces stand in scripts and style sheets as well."""
BLADE = (*HTML, Syntax("@{{", "}}", _always(Kind.OUTPUT)), Syntax("@{!!", "!!}", _always(Kind.OUTPUT)))
"""Blade, but for its directives (``find_directives``)."""

_SECTION = LatePattern(r"\{%-?\s{0,20}(comment|doc|schema|javascript|stylesheet|style)\b[^%{}]{0,100}-?%\}")
_SECTION_END = {
    name: LatePattern(rf"\{{%-?\s{{0,20}}end{name}\s{{0,20}}-?%\}}")
    for name in ("comment", "doc", "schema", "javascript", "stylesheet", "style")
}
_COMMENT_SECTIONS = ("comment", "doc")


def mask_template_marks(
    text: str, start: int = 0, end: int | None = None, syntaxes: Sequence[Syntax] = MARKDOWN, *, blank_line: bool = True
) -> Masked:
    """Mask the template marks of ``text[start:end]``; with ``blank_line`` none of them goes on over an empty line."""
    return Masked(text, find_marks(text, start, len(text) if end is None else end, syntaxes, blank_line=blank_line))


def find_marks(text: str, start: int, end: int, syntaxes: Sequence[Syntax], *, blank_line: bool = False) -> list[Mark]:
    """The template marks of ``text[start:end]``, in order."""
    if not _signs(tuple(syntaxes)).find_matches_as_indexes(text[start:end].encode("utf-8", "surrogatepass")):
        return []
    return _Marks(text, end, syntaxes, blank_line).all(start)


@lru_cache(maxsize=32)
def _signs(syntaxes: tuple[Syntax, ...]) -> BytesAhoCorasick:
    """Finds how openers begin, all in one go; on most pages there is none."""
    from ahocorasick_rs import BytesAhoCorasick  # not needed where nothing is read

    return BytesAhoCorasick(sorted({syntax.opener[:2].encode() for syntax in syntaxes}))


@lru_cache(maxsize=32)
def _openers(syntaxes: tuple[Syntax, ...]) -> re.Pattern[str]:
    """Where a mark may begin, the longer sign first."""
    return re.compile("|".join(re.escape(s.opener) for s in sorted(syntaxes, key=lambda s: -len(s.opener))))


class _Marks:
    def __init__(self, text: str, end: int, syntaxes: Sequence[Syntax], blank_line: bool) -> None:
        self._text, self._end = text, end
        self._by_opener = {syntax.opener: syntax for syntax in syntaxes}
        self._open = _openers(tuple(syntaxes))
        signs = {syntax.closer for syntax in syntaxes} | set(self._by_opener)
        self._next = {sign: NextFinder.of_string(text, sign) for sign in signs}
        self._blank = NextFinder.of_pattern(text, _BLANK_LINE) if blank_line else None
        self._section_ends = {name: NextFinder.of_pattern(text, end) for name, end in _SECTION_END.items()}

    def all(self, start: int) -> list[Mark]:
        marks: list[Mark] = []
        match = self._open.search(self._text, start, self._end)
        while match:
            mark = self._mark(match)
            if mark and mark.end <= self._end:
                marks.append(mark)
            else:
                mark = None
            match = self._open.search(self._text, mark.end if mark else match.start() + 1, self._end)
        return marks

    def _mark(self, match: re.Match[str]) -> Mark | None:
        start, opener = match.start(), match.group()
        if opener == "{%" and (section := self._section(start)):
            return section
        syntax = self._by_opener[opener]
        end = self._closing(start, syntax)
        if end is None:
            return None
        if self._blank and 0 <= self._blank.after(start)[0] < end:
            return None
        kind, word = syntax.judge(self._text, start, end)
        return Mark(start, end, kind, opener, word)

    def _section(self, start: int) -> Mark | None:
        opening = _SECTION.match(self._text, start, self._end)
        if not opening:
            return None
        _, end = self._section_ends[opening[1]].after(opening.end())
        if end < 0:
            return None
        kind = Kind.COMMENT if opening[1] in _COMMENT_SECTIONS else Kind.CODE
        return Mark(start, end, kind, "{%", opening[1])

    def _closing(self, start: int, syntax: Syntax) -> int | None:
        opened = start + len(syntax.opener)
        close, end = self._next[syntax.closer].after(opened)
        if end < 0 or end > self._end:
            return self._end if syntax.to_end else None
        if syntax.alone:
            another, _ = self._next[syntax.opener].after(opened + 1)
            if 0 <= another < close:
                return None
        return self._balanced(start, close, end) if syntax is _BRACE_PAIR else end

    def _balanced(self, start: int, close: int, end: int) -> int:
        """The end of ``{{ }}`` that has braces inside: ``{{ f({a: {b: 1}}) }}``."""
        for _ in range(_MOST_EXTENSIONS):
            if self._text.count("{", start, end) <= self._text.count("}", start, end):
                break
            another, longer = self._next["}}"].after(close + 1)
            if longer < 0 or longer > self._end or longer - start > _LOOKED_AT * 20:
                break
            close, end = another, longer
        return end


# -- marks that are no pair of signs

_SHORTCODE = LatePattern(
    r"""\[(?:/([a-z][a-z0-9_-]{1,60})\s{0,5}\]
        |([a-z][a-z0-9_-]{1,60})(?P<arguments>(?:\s{1,20}[\w-]{1,60}\s{0,3}=\s{0,3}(?:"[^"\]]{0,2000}"|'[^'\]]{0,2000}'|[^\s\]"'=]{1,200}))*+)
         \s{0,20}/?\])""",
    re.VERBOSE,
)


def find_shortcodes(text: str, start: int, end: int) -> list[Mark]:
    """The shortcodes of WordPress in ``text[start:end]``: with arguments, with a sign in their name, or closed later."""
    if text.find("[", start, end) < 0:
        return []
    found = list(_SHORTCODE.finditer(text, start, end))
    closed = {match[1] for match in found if match[1]}
    return [
        Mark(match.start(), match.end(), Kind.CONTROL, "[", match[1] or match[2])
        for match in found
        if match[1] or match["arguments"] or match[2] in closed or "_" in match[2]
    ]


_DIRECTIVE = LatePattern(r"(?<![\w@.])@([A-Za-z]{2,30})([ \t]{0,3}\()?")
_BARE_DIRECTIVES = frozenset(
    """else empty default auth guest csrf parent show stop append overwrite once php verbatim production break continue
    livewirestyles livewirescripts stack viteReactRefresh fluxappearance fluxscripts""".split()
)
_KNOWN_DIRECTIVES = (
    _CONDITIONS
    | _JOINING
    | frozenset(
        """case can cannot canany error env section yield include includeif includewhen includeunless includefirst lang choice
    component slot props class style json js vite method checked selected disabled readonly required push prepend
    prependonce pushonce inject forelse hassection sectionmissing livewire session aware use once auth guest each""".split()
    )
)
_CODE_DIRECTIVES = frozenset(
    """class style json js vite method checked selected disabled readonly required inject env can cannot canany error php
    csrf use stack vite route hassection sectionmissing session auth guest aware""".split()
)
_END_PHP = LatePattern(r"@endphp\b")
_IN_ARGUMENTS = LatePattern(r"""[()]|"(?:[^"\\]++|\\.)*+(?:"|\Z)|'(?:[^'\\]++|\\.)*+(?:'|\Z)""", re.DOTALL)
_LONGEST_ARGUMENTS = 6000
_SHORT_ARGUMENTS = 200
_MOST_UNCLOSED = (50, 1000)


def find_directives(text: str, start: int, end: int) -> list[Mark]:
    """The directives of Blade in ``text[start:end]``: ``@if(…)``, ``@section('title', 'copy')``, ``@endif``."""
    marks: list[Mark] = []
    at = start
    unclosed = 0
    while match := _DIRECTIVE.search(text, at, end):
        at, word = match.end(), match[1].lower()
        is_known = word in _KNOWN_DIRECTIVES or word in _BARE_DIRECTIVES or word.startswith("end")
        if match[2] and (is_known or len(match[2]) == 1):
            few, many = _MOST_UNCLOSED
            longest = _LONGEST_ARGUMENTS if unclosed < few else _SHORT_ARGUMENTS if unclosed < many else 0
            closed = _after_arguments(text, match.end(), min(end, match.end() + longest))
            unclosed += closed is None
            at = closed or at
            if closed is None and not is_known:
                continue
        elif not is_known or (match[2] is None and word not in _BARE_DIRECTIVES and not word.startswith("end")):
            continue
        if word == "php" and not match[2]:
            ending = _END_PHP.search(text, at, end)
            at = ending.end() if ending else end
        marks.append(Mark(match.start(), at, _of_directive(word), "@", word))
    return marks


def _of_directive(word: str) -> Kind:
    if word in ("lang", "choice", "yield"):
        return Kind.OUTPUT
    return Kind.CODE if word in _CODE_DIRECTIVES else _of_word(word)


def _after_arguments(text: str, start: int, end: int) -> int | None:
    """The offset after the bracket that closes the one before ``start``."""
    depth = 1
    for match in _IN_ARGUMENTS.finditer(text, start, end):
        depth += {"(": 1, ")": -1}.get(match.group(), 0)
        if not depth:
            return match.end()
    return None


def comment_span(text: str, mark: Mark) -> tuple[int, int]:
    """The span of the words of a comment, without its marks."""
    start, end = mark.start, mark.end
    if opening := _SECTION.match(text, start, end):
        start, end = opening.end(), text.rfind("{%", opening.end(), end)
    body = text[start:end]
    first = start + len(body) - len(body.lstrip(_COMMENT_SIGNS))
    last = end - (len(body) - len(body.rstrip(_COMMENT_SIGNS)))
    return (first, last) if first < last else (start, start)


_COMMENT_SIGNS = "{}<>%#/*!-~ \t\r\n"

# -- what is quoted in a mark

_QUOTED = LatePattern(
    r"""(?:(?<![\w.])["'$]?([A-Za-z][\w.-]{0,40})["']?\s{0,3}(?:=>|[=:])\s{0,3})?"""
    r"""("(?:[^"\\]++|\\.)*+(?:"|\Z)|'(?:[^'\\]++|\\.)*+(?:'|\Z)|“[^”]{0,2000}”)""",
    re.DOTALL,
)
_COMPARED_BEFORE = LatePattern(r"(?:[=!]=|[<>]=?|\b(?:eq|ne|in|contains|is|and|or|not|when|case))\s*\Z")
_COMPARED_AFTER = LatePattern(r"\s{0,20}(?:[=!]==?|=>|\[)")
_MADE_A_NAME_AFTER = LatePattern(
    r"\s{0,5}\|\s{0,5}(?:handleize|handle|slugify|slug|urlize|anchorize|parameterize|url_encode|urlencode|md5|sha1|sha256)\b"
)
"""Filters that make an address or a name of a string: ``{% assign id = 'Our menu' | handleize %}``."""
_KEY_AFTER = LatePattern(r"\s{0,5}:(?!:)")
_IDENTIFIER = LatePattern(r"[\w.-]+")
_STRING_ESCAPE = LatePattern(r"""\\(?:([nrt"'\\$/])|(.))""", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_LONGEST_BEFORE = 12
_NAMING = frozenset({"section", "yield", "slot", "push", "content_for"})
"""Marks whose first string names what the second says: ``@section('title', 'Our menu')``."""


def quoted_strings(text: str, start: int, end: int) -> Iterator[Value]:
    """The strings quoted in ``text[start:end]`` that are no key and are compared with nothing, under their names."""
    for match in _QUOTED.finditer(text, start, end):
        at, to = match.span(2)
        if to - at < 3 or text[to - 1] not in "\"'”":
            continue
        before = text[max(start, at - _LONGEST_BEFORE) : at]
        if _MADE_A_NAME_AFTER.match(text, to, end):
            continue
        if _COMPARED_AFTER.match(text, to, end) or (not match[1] and _COMPARED_BEFORE.search(before)):
            continue
        if _KEY_AFTER.match(text, to, end) and _IDENTIFIER.fullmatch(text, at + 1, to - 1) and "?" not in before:
            continue
        yield _decoded(text, at + 1, to - 1, match[1] or "")


def _decoded(text: str, start: int, end: int, name: str) -> Value:
    value, at = Decoded(), start
    for escape in _STRING_ESCAPE.finditer(text, start, end):
        if escape[1]:
            value.put(text[at : escape.start()], at, escape.start())
            value.put(_ESCAPED.get(escape[1], escape[1]), *escape.span())
            at = escape.end()
    value.put(text[at:end], at, end)
    return value.value(f"/{name}" if name else "", start)


def quoted_copy(masked: Masked, mark: Mark) -> Iterator[tuple[Role, list[Run]]]:
    """What is quoted in a mark and reads like words, each a block of its own."""
    if not mark.holds_copy:
        return
    name = ""
    for value in quoted_strings(masked.original, mark.start, mark.end):
        key = value.key or name
        if reads_like_words(value.text, key):
            yield role_of_key(key), value_runs(value)
        elif mark.word in _NAMING:
            name = value.text


def value_runs(value: Value) -> list[Run]:
    """What a visitor reads of a value that may hold tags and references, as one piece of text."""
    if "<" not in value.text and "&" not in value.text:
        return through((value.text, 0, len(value.text)), value.map)
    from menulint.readers.html_text import fragment_runs  # with it comes all that reads tags

    return [outer for run in fragment_runs(value.text) for outer in through(run, value.map)]


def template_blocks(masked: Masked, offset: int) -> Iterator[tuple[Role, list[Run]]]:
    """The copy quoted in the template mark that begins at ``offset``."""
    mark = masked.mark_at(offset)
    if mark is not None and mark.start == offset:
        yield from quoted_copy(masked, mark)
