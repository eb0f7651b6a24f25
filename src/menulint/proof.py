"""A seller's own proof of a claim, as the configuration registers it.

::

    [[substantiation]]
    claim = "clinically proven to *"         # "*" alone: any words of the sentence; at a word: the rest of the word
    rules = ["EVD"]                          # left out: any rule
    product = "Stem Glow"                    # left out: whatever the copy is about
    documents = ["proof/glow-trial.pdf"]     # relative to the configuration, or addresses
    kind = "randomised-trial"
    reviewer = "Head of compliance"
    reviewed = 2026-05-04
    expires = 2028-05-04                     # left out: never
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from os.path import isfile
from pathlib import Path
from typing import Any, NamedTuple

from menulint.late import LatePattern
from menulint.tables import listed, one_of, texts, unknown

KINDS = (
    "randomised-trial",
    "open-trial",
    "in-vitro",
    "consumer-test",
    "instrumental",
    "literature",
    "certificate",
)

_NEEDED = ("claim", "documents", "kind", "reviewer", "reviewed")
_KEYS = (*_NEEDED, "expires", "rules", "product")
_ADDRESS = LatePattern(r"https?://", re.I)


class Proof(NamedTuple):
    """An entry of the register. ``missing`` are those of its documents that were not there when it was read."""

    claim: str
    documents: tuple[str, ...]
    kind: str
    reviewer: str
    reviewed: date
    expires: date | None = None
    rules: tuple[str, ...] = ()
    product: str = ""
    missing: tuple[str, ...] = ()

    def state(self, on: date) -> str:
        """What it is worth on a day: ``missing``, ``expired``, ``later`` (not reviewed by then) or ``valid``."""
        if self.missing:
            return "missing"
        if self.expires is not None and self.expires < on:
            return "expired"
        return "later" if self.reviewed > on else "valid"


def proof_of(table: Mapping[str, Any], folder: Path) -> Proof:
    """The entry that a table without ``mistakes`` is; its documents are looked for from ``folder`` on."""
    documents = texts(table["documents"])
    return Proof(
        claim=table["claim"],
        documents=documents,
        kind=table["kind"],
        reviewer=table["reviewer"],
        reviewed=_day(table["reviewed"]) or date.min,
        expires=_day(table.get("expires")),
        rules=listed(table.get("rules", ())),
        product=table.get("product", ""),
        missing=tuple(d for d in documents if not _ADDRESS.match(d) and not isfile(folder / d)),
    )


def mistakes(table: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a table: the key (empty: the table), what is wrong, what was expected."""
    for key in _NEEDED:
        if key not in table:
            yield "", f"has no {key}", _expected(key)
    for key, value in table.items():
        if key not in _KEYS:
            yield unknown(key, _KEYS)
        elif not _is_right(key, value):
            yield key, f"cannot be {_written(value)}", _expected(key)
    reviewed, expires = _day(table.get("reviewed")), _day(table.get("expires"))
    if reviewed and expires and expires < reviewed:
        yield "expires", f"is before it was reviewed ({reviewed.isoformat()})", "a later day"


def _is_right(key: str, value: Any) -> bool:
    if key in ("reviewed", "expires"):
        return _day(value) is not None
    if key in ("documents", "rules"):
        return bool(texts(value)) and all(text.strip() for text in texts(value))
    if key == "kind":
        return value in KINDS
    return isinstance(value, str) and bool(value.replace("*", "").strip())


def _expected(key: str) -> str:
    return {
        "claim": 'a wording of the copy, such as "reduces the look of *"',
        "documents": 'paths relative to this file, or addresses, such as ["proof/trial.pdf"]',
        "kind": one_of(KINDS),
        "reviewed": "a day, such as 2026-05-04",
        "expires": "a day, such as 2028-05-04",
        "rules": 'rules, such as ["EVD001"]',
    }.get(key, "a text")


def _day(value: Any) -> date | None:
    """A day written as TOML writes one, or as a text; None if it is none. A time of day is none."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else repr(value)
