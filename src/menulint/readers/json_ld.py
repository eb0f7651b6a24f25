"""Copy and signals in a page's structured data (JSON-LD with the vocabulary of https://schema.org)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from menulint.late import LatePattern
from menulint.readers.base import Run, SourceBuilder
from menulint.readers.json_strings import JsonString, scan_strings
from menulint.readers.nesting import join_runs, trace_runs
from menulint.readers.wording import holds_customers
from menulint.source import Role

MarkupReader = Callable[[str], Iterator[Run]]
"""Gives the visible runs of a string that may hold HTML, as descriptions and answers do."""

_SIGNALS = {
    "@type": "type",
    "addressCountry": "country",
    "telephone": "tel",
    "email": "mail",
    "priceCurrency": "currency",
    "currenciesAccepted": "currency",
    "datePublished": "date",
    "dateModified": "date",
    "dateCreated": "date",
    "uploadDate": "date",
    "inLanguage": "lang",
}
_NO_COPY = frozenset(
    "url sameAs image logo thumbnailUrl contentUrl embedUrl sku mpn gtin gtin8 gtin12 gtin13 gtin14 identifier "
    "productID price lowPrice highPrice priceRange availability itemCondition postalCode target urlTemplate "
    "query-input encodingFormat openingHours dayOfWeek opens closes duration latitude longitude".split()
)
_SITE_TYPES = LatePattern(
    r"(?:Organi[sz]ation|Corporation|Business|WebSite|Clinic|Salon|Spa|Store|Physician|Dentist|Hospital|Brand)$"
)
_NAMES_BY_OWNER = {"author": "author", "addressCountry": "country"}
_ADDRESS = LatePattern(r"(?:[a-z][a-z0-9+.-]*:)?//\S*|(?:mailto|tel|urn|data):\S*|[/#]\S*", re.IGNORECASE)
_DATE = LatePattern(r"\d{4}-\d\d(?:-\d\d)?(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?|P(?:\d+[YMWD])*(?:T(?:\d+[HMS])*)?")
_LETTER = LatePattern(r"[^\W\d_]")
BROKEN = "structured data is not valid JSON; its strings were read as far as they can be told apart"


def read_json_ld(text: str, start: int, end: int, build: SourceBuilder, visible: MarkupReader, **place: Any) -> bool:
    """Report the strings of the JSON-LD in ``text[start:end]``; whether it is valid JSON.

    What a visitor may be shown becomes a block of role ``structured`` with a JSON pointer; addresses, dates, types and
    the like become signals.
    """
    report_leaves(list(scan_strings(text, start, end)), build, visible, **place)
    return is_valid(text[start:end])


def report_leaves(leaves: Sequence[JsonString], build: SourceBuilder, visible: MarkupReader, **place: Any) -> None:
    """Report the strings of structured data, however they were found."""
    types = {leaf.owner: leaf.value for leaf in leaves if leaf.name == "@type"}
    for leaf in leaves:
        value = leaf.value.strip()
        if kind := _signal_kind(leaf, types):
            build.signal(kind, value, leaf.start, leaf.end)
        if _is_copy(leaf, value):
            is_told = holds_customers(leaf.name) or (leaf.name == "description" and holds_customers(leaf.above))
            said = {"quoted": True} if is_told else {}
            build.add(Role.STRUCTURED, _visible_runs(leaf, visible), pointer=leaf.pointer, **place, **said)


def is_valid(data: str) -> bool:
    """Whether some text is JSON, line breaks inside strings forgiven."""
    try:
        json.loads(data, strict=False)
    except (ValueError, RecursionError):
        return not data.strip()
    return True


def _signal_kind(leaf: JsonString, types: dict[int, str]) -> str | None:
    if leaf.name == "name":
        if leaf.above in _NAMES_BY_OWNER:
            return _NAMES_BY_OWNER[leaf.above]
        return "site-name" if _SITE_TYPES.search(types.get(leaf.owner, "")) else None
    return _SIGNALS.get(leaf.name) or ("link" if leaf.name == "url" else None)


def _is_copy(leaf: JsonString, value: str) -> bool:
    if leaf.name.startswith("@") or leaf.name in _SIGNALS or leaf.name in _NO_COPY:
        return False
    return bool(_LETTER.search(value)) and not _ADDRESS.fullmatch(value) and not _DATE.fullmatch(value)


def _visible_runs(leaf: JsonString, visible: MarkupReader) -> tuple[Run, ...]:
    value, offsets = join_runs(leaf.runs)
    if "<" not in value and "&" not in value:
        return leaf.runs
    return tuple(trace_runs(visible(value), offsets))
