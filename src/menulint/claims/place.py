"""Where a page is meant for: jurisdiction signals of the file (address, telephone, domain, currency, words)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import urlsplit

from menulint.pack.model import Pack
from menulint.source import PlaceSign, Source

POINTS = {"country": 5, "tel": 4, "tld": 4, "words": 3, "currency": 2, "lang": 2}
"""An address says most; a currency or a language region may be shared."""
ENOUGH = 2
_TABLE = "signals of places"
_COUNTRY = re.compile(r"[A-Z]{2}")
_REGION = re.compile(r"^[a-z]{2,3}[-_]([A-Za-z]{2})\b")
_NOT_DIALLED = re.compile(r"[^+\d]")


_Signal: TypeAlias = tuple[str, str, str]
"""What points to a jurisdiction: its code, the kind (see ``POINTS``), the text. A ``PlaceSign`` is one."""


def infer(source: Source, signs: Iterable[PlaceSign], pack: Pack) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Jurisdiction codes the page points to, strongest first, and the signals that say so; empty without signals.

    A code may be one for which the pack holds no law.
    """
    return _decided(tuple(dict.fromkeys(_signals(source, signs, pack))))


@lru_cache(maxsize=512)
def _decided(signals: tuple[_Signal, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """See ``infer``. The pages of a site have the same signals."""
    scores: dict[str, int] = {}
    reasons: dict[str, dict[str, None]] = {}
    for code, kind, text in signals:
        if text not in reasons.setdefault(code, {}):
            reasons[code][text] = None
            scores[code] = scores.get(code, 0) + POINTS[kind]
    best = max(scores.values(), default=0)
    if best < ENOUGH:
        return (), ()
    codes = tuple(code for code, points in sorted(scores.items(), key=lambda s: (-s[1], s[0])) if points * 2 >= best)
    return codes, tuple(dict.fromkeys(text for code in codes for text in reasons[code]))[:6]


def _signals(source: Source, signs: Iterable[PlaceSign], pack: Pack) -> Iterator[_Signal]:
    yield from signs
    for country in source.signal_values("country"):
        code = country.strip().upper()
        if _COUNTRY.fullmatch(code):
            yield ("GB" if code == "UK" else code), "country", country
    for lang in source.signal_values("lang"):
        if region := _REGION.match(lang):
            yield region[1].upper(), "lang", lang
    dialled = [_NOT_DIALLED.sub("", value) for value in source.signal_values("tel")]
    priced = set(source.signal_values("currency"))
    hosts = list(_own_hosts(source))
    if not (dialled or priced or hosts):
        return
    table = _table(pack)
    for code, tels, currencies, tlds in table.reached(dialled, priced, hosts):
        yield from ((code, "tel", tel) for tel in tels if any(n.startswith(tel) for n in dialled))
        yield from ((code, "currency", currency) for currency in currencies if currency in priced)
        yield from ((code, "tld", tld) for tld in tlds if any(host.endswith(tld) for host in hosts))


_Signs: TypeAlias = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""Of a jurisdiction: its code, prefixes of telephone numbers, currencies, ends of domains."""


class _Table:
    """The signs of all jurisdictions, and which of them each sign belongs to."""

    def __init__(self, pack: Pack) -> None:
        signs = defaultdict[str, dict[str, list[str]]](lambda: {"tel": [], "currency": [], "tld": []})
        for sign in pack.signs:
            signs[sign.code].setdefault(sign.kind, []).append(sign.text)
        self._rows: list[_Signs] = [
            (code, tuple(of["tel"]), tuple(of["currency"]), tuple(of["tld"])) for code, of in signs.items()
        ]
        self._tels, self._currencies, self._tlds = (self._by_sign(column) for column in (1, 2, 3))
        self._tel_lengths, self._tld_lengths = ({len(sign) for sign in signs} for signs in (self._tels, self._tlds))

    def reached(self, dialled: Iterable[str], priced: Iterable[str], hosts: Iterable[str]) -> Iterator[_Signs]:
        """The jurisdictions that some of these belong to, in their order."""
        tels, currencies, tlds = self._tels, self._currencies, self._tlds
        found = set[int]()
        found.update(*[tels.get(number[:length], ()) for number in dialled for length in self._tel_lengths])
        found.update(*[currencies.get(currency, ()) for currency in priced])
        found.update(*[tlds.get(host[-length:], ()) for host in hosts for length in self._tld_lengths])
        return (self._rows[row] for row in sorted(found))

    def _by_sign(self, column: int) -> dict[str, list[int]]:
        rows: dict[str, list[int]] = {}
        for number, row in enumerate(self._rows):
            for sign in row[column]:
                rows.setdefault(sign, []).append(number)
        return rows


def _table(pack: Pack) -> _Table:
    table: _Table | None = pack.answers.get(_TABLE)
    if table is None:
        pack.answers[_TABLE] = table = _Table(pack)
    return table


def _own_hosts(source: Source) -> Iterator[str]:
    """Where the page says that it lives itself (canonical link, mail). Outward links say nothing."""
    for value in source.signal_values("canonical"):
        with suppress(ValueError):  # "http://[": no host
            yield (urlsplit(value).hostname or "").casefold()
    for value in source.signal_values("mail"):
        yield value.rpartition("@")[2].casefold()
