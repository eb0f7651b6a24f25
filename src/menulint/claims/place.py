"""Where a page is meant for: jurisdiction signals of the file (address, telephone, domain, currency, words)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TypeAlias
from urllib.parse import urlsplit

from menulint.pack.model import Pack
from menulint.source import PlaceSign, Source

POINTS = {"country": 5, "tel": 4, "tld": 4, "words": 3, "currency": 2, "lang": 2}
"""An address says most; a currency or a language region may be shared."""
ENOUGH = 2
_TABLE = "signals of places"
_REGION = re.compile(r"^[a-z]{2,3}[-_]([A-Za-z]{2})\b")


def infer(source: Source, signs: Iterable[PlaceSign], pack: Pack) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Jurisdiction codes the page points to, strongest first, and the signals that say so; empty without signals.

    A code may be one for which the pack holds no law.
    """
    scores: Counter[str] = Counter()
    reasons: dict[str, dict[str, None]] = {}
    for code, kind, text in dict.fromkeys(_signals(source, signs, pack)):
        if text not in reasons.setdefault(code, {}):
            reasons[code][text] = None
            scores[code] += POINTS[kind]
    best = max(scores.values(), default=0)
    if best < ENOUGH:
        return (), ()
    codes = tuple(code for code, points in sorted(scores.items(), key=lambda s: (-s[1], s[0])) if points * 2 >= best)
    return codes, tuple(dict.fromkeys(text for code in codes for text in reasons[code]))[:6]


def _signals(source: Source, signs: Iterable[PlaceSign], pack: Pack) -> Iterator[tuple[str, str, str]]:
    yield from ((sign.code, sign.kind, sign.text) for sign in signs)
    for country in source.signal_values("country"):
        code = country.strip().upper()
        if re.fullmatch(r"[A-Z]{2}", code):
            yield ("GB" if code == "UK" else code), "country", country
    for lang in source.signal_values("lang"):
        if region := _REGION.match(lang):
            yield region[1].upper(), "lang", lang
    dialled = [re.sub(r"[^+\d]", "", value) for value in source.signal_values("tel")]
    priced = set(source.signal_values("currency"))
    hosts = list(_own_hosts(source))
    if not (dialled or priced or hosts):
        return
    for code, tels, currencies, tlds in _table(pack):
        yield from ((code, "tel", tel) for tel in tels if any(n.startswith(tel) for n in dialled))
        yield from ((code, "currency", currency) for currency in currencies if currency in priced)
        yield from ((code, "tld", tld) for tld in tlds if any(host.endswith(tld) for host in hosts))


_Table: TypeAlias = tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]


def _table(pack: Pack) -> _Table:
    """By jurisdiction: its code, prefixes of telephone numbers, currencies, ends of domains."""
    table: _Table | None = pack.answers.get(_TABLE)
    if table is None:
        signals = ((code, place.signals) for code, place in pack.jurisdictions.items())
        pack.answers[_TABLE] = table = tuple(
            (code, said.get("tel", ()), said.get("currency", ()), said.get("tld", ())) for code, said in signals
        )
    return table


def _own_hosts(source: Source) -> Iterator[str]:
    """Where the page says that it lives itself (canonical link, mail). Outward links say nothing."""
    for value in source.signal_values("canonical"):
        with suppress(ValueError):  # "http://[": no host
            yield (urlsplit(value).hostname or "").casefold()
    for value in source.signal_values("mail"):
        yield value.rpartition("@")[2].casefold()
