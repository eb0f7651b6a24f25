"""What came of a scan, in words, for whoever ran it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from menulint.ui import Catalogue

if TYPE_CHECKING:
    from menulint.scanning.run import Totals

_KINDS_SHOWN = 6


def told(words: Catalogue, totals: Totals, made: dict[str, int], store: Path) -> Iterator[str]:
    """The lines of the summary.

    Args:
        words: the catalogue of the language to say it in.
        totals: what the scan came to.
        made: what ``Store.summary`` counts.
        store: the folder of the store.
    """
    say = _Said(words)
    copies, near = say.number(made["copies"]), say.number(made["near_copies"])
    yield say.many("read", totals.pages, hosts=say.many("hosts", made["hosts"]), copies=copies, near=near)
    if totals.by_host:
        yield say.many("by-host", totals.by_host)
    found = totals.findings
    counts = [say.many(severity, found[severity]) for severity in ("error", "warning", "info")]
    counts += [say.many("silenced", found["suppressed"])] if found["suppressed"] else []
    yield say.many("findings", found["findings"], counts=", ".join(counts))
    yield say.many("claims", made["claims"])
    if totals.passed_over:
        yield say.many("passed-over", totals.passed_over.total(), kinds=say.kinds(totals.passed_over, _KINDS_SHOWN))
    if totals.errors:
        yield say.many("unread", totals.errors.total(), kinds=say.kinds(totals.errors))
    yield words("scan-summary.store", folder=str(store))
    yield words("scan-summary.caution")


class _Said:
    """Sentences about numbers of things."""

    def __init__(self, words: Catalogue) -> None:
        self._words = words

    def number(self, value: int) -> str:
        """``12,345``, as the language writes it."""
        return f"{value:,}".replace(",", self._words("number.thousands"))

    def many(self, what: str, count: int, **values: str) -> str:
        """The sentence about a number of something."""
        return self._words(f"scan-summary.{what}.{'one' if count == 1 else 'other'}", n=self.number(count), **values)

    def kinds(self, counted: Counter[str], most: int | None = None) -> str:
        """What there is most of, and how much of each."""
        said = ", ".join(f"{self.number(count)} {kind}" for kind, count in counted.most_common(most))
        return said + (", …" if most is not None and len(counted) > most else "")
