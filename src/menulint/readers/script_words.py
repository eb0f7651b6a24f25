"""Whether a string in code is copy: by the key it stands under and by its shape, and what part it then plays.

All rules name what is *not* copy, so that wording under a key nobody thought of is read.
"""

from __future__ import annotations

import re
from functools import lru_cache

from menulint.readers.wording import is_code_key, reads_like_words, role_of_key
from menulint.source import Role

_CODE_SUBTREES = frozenset(
    """style styles sx css class classname classnames classes animate initial exit transition transitions whilehover
    whiletap whileinview keyframes headers breakpoints palette palettes screens colors colours easing gradients
    themecolors fontfamily containerstyle wrapperstyle contentstyle to href searchparams analytics tracking
    telemetry datalayer dataset querykey mutationkey defaultvalues initialvalues proptypes""".split()
)
"""Keys under which nothing is copy, however deep."""
_NEVER = frozenset(
    """url uri href src srcset slug path id uid key ref style styles class classname classnames css sx to as
    viewbox transform fill stroke sizes font fontfamily fontsize gradient query sql selector regex
    route pathname permalink canonical rel charset mimetype autocomplete inputmode htmlfor
    xmlns xlink basepath outdir dirname bg bgcolor background backgroundcolor textcolor bordercolor easing ease animation
    keyof classid testid datatestid i18nkey transkey messagekey cachekey querykey revalidate runtime robots
    googlebot viewport themecolor integrity crossorigin nonce referrerpolicy tw cn crop objectfit objectposition
    dataset activetab defaulttab currenttab selectedtab initialtab""".split()
)
"""Keys whose strings are never copy; ``is_code_key`` has more, which only short strings are dropped for."""
_NEVER_ENDS = frozenset(
    "url uri href src slug id path classname class style color colour ref route key link regex".split()
)
_CODE_ENDS = frozenset("image img icon type variant size kind file code number variable name_key".split())
_TOLD_TO_ANALYTICS = re.compile(
    r"(?:analytics|tracking|telemetry|gtm|ga4?)(?:[A-Z_-]|\Z)|track[_-]?(?:[Ee]vent|[Ll]abel|[Aa]ction|[Cc]ategory)\Z"
    r"|event[_-]?(?:[Aa]ction|[Cc]ategory|[Ll]abel)\Z"
)
_FORBIDDEN = re.compile(
    r"(?:banned|forbidden|disallowed|prohibited|blocked|denied|black_?list(?:ed)?|block_?list(?:ed)?|deny_?list(?:ed)?)[_-]?"
    r"(?:words?|terms?|phrases?|claims?|wordings?|strings?|patterns?|copy|list)\Z",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"(?:data|aria-(?!label$|description$|roledescription$|valuetext$|placeholder$)|on|v|x|hx)[-:A-Z]"
)
_LAST_WORD = re.compile(r"[A-Z]?[a-z0-9]+$|[A-Z]+$")
_MOST_TOKENS_OF_A_NAME = 3

_VARIANT = r"(?:[a-z0-9-]{1,20}(?:\[[^\]\s]{0,60}\])?(?:/[a-z]{1,20})?:){0,6}"
_UTILITY = (
    r"-?(?:bg|text|font|flex|grid|items|justify|content|self|place|p|px|py|pt|pb|pl|pr|ps|pe|m|mx|my|mt|mb|ml|mr|ms|me|w|h|"
    r"min|max|gap|space|rounded|border|shadow|opacity|transition|duration|delay|ease|transform|translate|scale|rotate|skew|"
    r"origin|z|top|left|right|bottom|inset|overflow|overscroll|object|leading|tracking|whitespace|break|cursor|select|"
    r"pointer|animate|from|via|to|ring|divide|col|row|order|list|underline|decoration|backdrop|blur|brightness|fill|stroke|"
    r"aspect|columns|line|sr|not|group|peer|basis|grow|shrink|will|mix|bi|fa|fas|far|icon|btn|card|nav|container|section|"
    r"hero|swiper|tp|wow|d|align|float|position|offset|size|prose|scroll|snap|touch|outline|accent|caret|table)"
    r"-[\w./%\[\]()#:,'&>*=+-]+"
)
_CLASS = re.compile(rf"!?{_VARIANT}!?{_UTILITY}\Z")
_CLASS_WORD = re.compile(
    rf"!?{_VARIANT}(?:flex|grid|block|inline|hidden|relative|absolute|fixed|sticky|static|isolate|uppercase|lowercase|"
    r"capitalize|italic|underline|truncate|container|antialiased|group|peer|border|rounded|shadow|transition|transform|"
    r"visible|invisible|collapse|contents|table|resize|ring|blur|filter|grow|shrink|prose|row|col|btn|card|active|"
    r"wrapper|section|outline|ordinal|clearfix|show|fade|open|collapsed|nav|navbar|disabled|inline-block|inline-flex)\Z"
)
_BRACKETED = re.compile(r"[a-z-]+-\[|\[&|^[a-z-]+:[a-z-]+-|^&")
_CODE = (
    (
        "style",
        re.compile(
            r"\b(?:rgba?|hsla?|oklch|url|calc|var|(?:linear|radial|conic)-gradient|translate(?:3d|[XYZ])?|scale[XY]?|rotate[XYZ]?"
            r"|cubic-bezier|repeat|minmax|clamp|drop-shadow|blur|attr|env|hue-rotate)\([^)]*\)|@media\b|@keyframes\b"
            r"|!important|\b(?:sans-serif|monospace)\b|\A(?:all|opacity|transform|width|height|color|background)"
            r"[ ,][^.!?]*\d+m?s\b|\A\(?(?:min|max)-width:"
            r"|\A[\d.\s]*(?:px|vw|vh|r?em|%)(?:[\s,]+[\d.\s]*(?:px|vw|vh|r?em|%|auto))*\Z"
            r"|\A\d+(?:\.\d+)?px \w+ |\A(?:ease|linear)(?:-in|-out)*\Z"
        ),
    ),
    (
        "style sheet",
        re.compile(r"[{;]\s*[a-z-]+\s*:\s*[^{};]+;?\s*\}|^\s*[.#@]?[\w-]+[^{}.!?]{0,80}\{\s*[a-z-]+\s*:", re.MULTILINE),
    ),
    ("query", re.compile(r"\A\s*(?:(?:query|mutation|subscription|fragment)\b[^.!?]{0,200}\{|\*\[|\{\s*\w+\s*[({])")),
    (
        "query",
        re.compile(
            r"\A\s*(?:SELECT\b.{1,2000}?\bFROM\b|INSERT\s+INTO\b|UPDATE\s+\S+\s+SET\b|DELETE\s+FROM\b|(?:CREATE|ALTER|DROP)\s+"
            r"(?:TABLE|INDEX|VIEW|POLICY|TYPE|FUNCTION|EXTENSION)\b|WITH\s+\w+\s+AS\b)",
            re.DOTALL,
        ),
    ),
    (
        "code",
        re.compile(
            r"=>\s*[{(\w]|\bfunction\s*\w*\(|\(\);|[!=]==|\s&&\s|\b(?:const|let|var)\s\w+\s*=|\bdocument\.|\bwindow\.|"
            r"</?script\b[^>]*>\s*\Z|\A\s*\$\{|\A[a-z]+=\S+(?:[,;]\s*[a-z-]+(?:=\S+)?)+\Z"
        ),
    ),
    ("drawing", re.compile(r"\A[MmLlHhVvCcSsQqTtAaZzEe\d\s.,+-]+\Z")),
    ("date", re.compile(r"\A\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-][\d:]+)?)?\Z")),
    (
        "path",
        re.compile(
            r"\A(?:\.{0,2}/|@/|~/|https?:|[\w-]+/)[^\n]*\.(?:jpe?g|png|webp|avif|svg|gif|mp4|webm|pdf|css|jsx?|tsx?|json|ico|woff2?|"
            r"html?)(?:[?#]\S*)?\Z|\A[^\n.!?]{1,100}\.(?:jpe?g|png|webp|avif|svg|gif|mp4|webm|ico|woff2?)\Z"
            r"|\A(?:data|mailto|tel|sms|whatsapp|javascript|blob):|\A(?:\.{0,2}/|https?://|@/|~/|\w+\.\w+/)\S*\Z",
            re.IGNORECASE,
        ),
    ),
    ("directives for robots", re.compile(r"\A(?:(?:no)?(?:index|follow|archive|snippet)|all|none)(?:,\s*\w+)*\Z")),
    ("media type", re.compile(r"\A[a-z]+/[\w.+-]+;")),
    ("content policy", re.compile(r"'self'|\b(?:default|script|img|style|frame)-src\b")),
)
_SUSPECT = re.compile(
    r"[({;/=@*$]|\.\w|\d(?:m?s|px|vw|vh|r?em|%)|\A[\dMmLl]|!important|serif|monospace|index|follow|all\b|none\b|ease|linear|-src\b"
    r"|\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|WITH)\b|&&|\A\w+:|\bvar\b|\blet\b|\bconst\b"
)
"""What any of the shapes above holds: most copy is told from code by one search."""
_LONGEST_SHAPED = 4000
_HAS_WORDS = re.compile(r"[^\W\d_]{2,}")

META_KEYS = frozenset(
    """metadata generatemetadata meta seo head opengraph og twitter metainfo usehead useseometa helmet pagemeta seometa
    sitemetadata siteconfig defaultseo seoconfig frontmatter definemeta""".split()
)
"""Keys under which titles and descriptions are those of a page."""
_META_PARTS = re.compile(r"(?:^|[a-z_])(?:[Mm]etadata|[Ss]eo|SEO|Meta|META|Head|Layout)(?:[A-Z_]|$)|^seo")
_HEADING_KEYS = (
    "question q heading title headline name label h1 h2 h3 treatment term step header stepTitle sectionTitle procedure service"
).split()
_HEADING_ENDS = ("question", "heading", "headline", "title", "name")


@lru_cache(maxsize=4096)
def last_word(key: str) -> str:
    """The last word of a name in camel, snake or kebab case, in lower case: ``heroImage`` → ``image``."""
    part = re.split(r"[_\-:.]", key)[-1]
    match = _LAST_WORD.search(part)
    return (match.group() if match else part).lower()


@lru_cache(maxsize=4096)
def plain(key: str) -> str:
    """A name without its case and its separators."""
    return key.lower().replace("-", "").replace("_", "")


def holds_code(key: str) -> bool:
    """Whether everything under a key is code, or wording that a project forbids itself."""
    return plain(key) in _CODE_SUBTREES or bool(_FORBIDDEN.match(key))


@lru_cache(maxsize=4096)
def is_meta(key: str) -> bool:
    """Whether a key, a variable or a component stands for the head of a page."""
    return plain(key) in META_KEYS or bool(_META_PARTS.search(key))


def why_code(value: str, key: str) -> str:
    """Why a string is no copy, in words for the listing of what was left out; "" if it is."""
    if not _HAS_WORDS.search(value):
        return "no words"
    kind = _kind_of_key(key) if key else ""
    if kind == _NEVER_COPY:
        return f"value of {key}"
    tokens = value.split(None, 60)
    if kind == _MOSTLY_CODE and len(tokens) <= _MOST_TOKENS_OF_A_NAME:
        return f"value of {key}"
    if len(tokens) < 2:
        return "" if reads_like_words(value, "" if kind else key) else "name or path"
    if _is_class_list(tokens):
        return "class names"
    head = value[:_LONGEST_SHAPED]
    if not _SUSPECT.search(head):
        return ""
    return next((reason for reason, shape in _CODE if shape.search(head)), "")


_NEVER_COPY, _MOSTLY_CODE = "never copy", "mostly code"


@lru_cache(maxsize=4096)
def _kind_of_key(key: str) -> str:
    """What a key says of strings under it: that they are never copy, that short ones are code, or nothing."""
    name, last = plain(key), last_word(key)
    if (
        name in _NEVER
        or (last in _NEVER_ENDS and last != name)
        or _ATTRIBUTE.match(key)
        or _TOLD_TO_ANALYTICS.match(key)
    ):
        return _NEVER_COPY
    return _MOSTLY_CODE if is_code_key(key) or last in _CODE_ENDS else ""


def _is_class_list(tokens: list[str]) -> bool:
    if not any("-" in token or ":" in token or "[" in token for token in tokens):
        return all(_CLASS_WORD.match(token) for token in tokens)
    if sum(token[0].isupper() or token[-1] in ".,!?" for token in tokens) * 3 > len(tokens):
        return False
    classes = sum(bool(_CLASS.match(token)) for token in tokens)
    words = sum(bool(_CLASS_WORD.match(token)) for token in tokens)
    marked = sum(bool(_BRACKETED.search(token)) for token in tokens)
    if classes + marked and classes + words + marked > 0.6 * len(tokens):
        return True
    return words > 0 and words + sum("-" in token or ":" in token for token in tokens) == len(tokens)


def role_in_data(key: str, *, in_head: bool) -> Role:
    """The role of a string under ``key``: page titles and descriptions only in what describes a page's head."""
    role = role_of_key(key)
    if role in (Role.TITLE, Role.META):
        return role if in_head else Role.PARAGRAPH
    if role is Role.STRING and plain(key).endswith("alt"):
        return Role.ALT
    return role


@lru_cache(maxsize=4096)
def heading_rank(key: str) -> int | None:
    """How well a key names the title of its object, the best first; None if it does not."""
    name = plain(key)
    if name in _HEADING_KEYS:
        return _HEADING_KEYS.index(name)
    ends = (rank for rank, end in enumerate(_HEADING_ENDS, len(_HEADING_KEYS)) if name.endswith(end))
    return next(ends, None) if not name.endswith(("subtitle", "subheading", "filename", "classname")) else None
