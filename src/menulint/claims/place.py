"""Where a page is meant for: jurisdiction signals of the file (address, telephone, domain, currency, words)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from menulint.mention import PlaceSign
from menulint.pack.model import Pack
from menulint.source import Source

POINTS = {"country": 5, "tel": 4, "tld": 4, "words": 3, "currency": 2, "lang": 2}
"""An address says most; a currency or a language region may be shared."""
ENOUGH = 2
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
    for code, jurisdiction in pack.jurisdictions.items():
        yield from ((code, "tel", tel) for tel in jurisdiction.signals.get("tel", ()) if _dials(source, tel))
        yield from ((code, "currency", c) for c in jurisdiction.signals.get("currency", ()) if _priced(source, c))
        yield from ((code, "tld", tld) for tld in jurisdiction.signals.get("tld", ()) if _hosted(source, tld))


def _dials(source: Source, prefix: str) -> bool:
    return any(re.sub(r"[^+\d]", "", value).startswith(prefix) for value in source.signal_values("tel"))


def _priced(source: Source, currency: str) -> bool:
    return currency in source.signal_values("currency")


def _hosted(source: Source, tld: str) -> bool:
    """Whether the page says its own address (canonical link, mail) is under a top-level domain. Outward links say nothing."""
    hosts = [(urlsplit(value).hostname or "") for value in source.signal_values("canonical")]
    hosts += [value.rpartition("@")[2] for value in source.signal_values("mail")]
    return any(host.casefold().endswith(tld) for host in hosts)
