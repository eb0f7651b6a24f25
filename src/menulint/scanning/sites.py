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


@lru_cache(_KEPT)
def site_of(host: str) -> str:
    """``glow.co.uk`` for ``shop.glow.co.uk``; a host that has no such domain (a number, ``localhost``) without ``www.``."""
    bare = host.removeprefix("www.")
    return bare if _is_number(bare) else _suffixes().privatesuffix(host) or bare


def declare(database: duckdb.DuckDBPyConnection) -> None:
    """Let queries call ``site_of(host)``."""
    database.create_function("site_of", site_of, ["VARCHAR"], "VARCHAR")


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
