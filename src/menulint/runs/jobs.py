"""How many processes a run is worth. What starts them is another module, which few runs need to load."""

from __future__ import annotations

import os

PAYS_FROM_BYTES = 400_000
"""Bytes of copy from which a second process is worth its start: each reads the pack for itself, and what it says of each
word and phrase when it first meets them.
"""

MOST = 8


def workers_for(asked: int | None, size: int) -> int:
    """How many processes to use: as asked, else as many as there are processors if the work is worth it."""
    if asked is not None:
        return max(1, asked)
    if size < PAYS_FROM_BYTES:
        return 1
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, MOST)
