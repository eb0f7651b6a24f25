"""The business behind a host: its registrable domain, by the public suffix list that comes with the library.

The list also names platforms under which each customer has a domain of his own (``glow.wixsite.com``): those are sites by
themselves. It is never fetched; a newer one comes with a newer library.
"""

from __future__ import annotations

from functools import cache, lru_cache
from ipaddress import ip_address

import duckdb
from publicsuffixlist import PublicSuffixList

_KEPT = 1 << 16

_PARTS = frozenset(
    (
        "about academy account agenda app apps appointments ayuda beauty blog book booking bookings boutique cart checkout "
        "citas clinic clinica clinics clinicas contact contacto dev en-gb en-us es-es faq faqs forms get gifts go help home "
        "info join landing learn magazine media mobile news newsletter noticias offers online pages pay portal promo "
        "promociones promos reservas reviews secure shop shops site skincare static store stores support tienda training try "
        "video web www ar "
        "ae at au be br ca ch cn de dk en es eu fi fr gb gr hk ie in it jp kr mx nl no nz pl pt ru se sg tr tw ua uk us za zh"
    ).split()
)


@lru_cache(_KEPT)
def site_of(host: str) -> str:
    """``glow.co.uk`` for ``shop.glow.co.uk``; a host that has no such domain (a number, ``localhost``) without ``www.``."""
    bare = host.removeprefix("www.")
    return bare if _is_number(bare) else _suffixes().privatesuffix(host) or bare


@lru_cache(_KEPT)
def is_part(host: str) -> bool:
    """Whether a host is a part of its site by its name, which says what it is for, a language or a country, and names nobody.

    ``www.``, ``shop.`` and ``es.`` of one domain are one business; ``anna.`` may be a customer of a platform.
    """
    below = host.removesuffix(site_of(host)).strip(".")
    return not below or all(label.rstrip("0123456789") in _PARTS for label in below.split("."))


def declare(database: duckdb.DuckDBPyConnection) -> None:
    """Let queries call ``site_of(host)``."""
    database.create_function("site_of", site_of, ["VARCHAR"], "VARCHAR")
    database.create_function("is_part", is_part, ["VARCHAR"], "BOOLEAN")


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
