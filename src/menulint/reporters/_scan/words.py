"""Numbers, shares and times as a language writes them."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from menulint.ui import Catalogue, catalogue


class Numbers:
    """The numbers of one language, and its catalogue."""

    def __init__(self, words: Catalogue) -> None:
        self.catalogue = words
        self._thousands, self._decimal = words("number.thousands"), words("number.decimal")

    def __call__(self, value: int) -> str:
        """``12864`` as ``12,864``."""
        return f"{value:,}".replace(",", self._thousands)

    def percent(self, share: float) -> str:
        """A share from 0 to 1 in per cent, with one decimal."""
        return self.catalogue("number.percent", n=f"{100 * share:.1f}".replace(".", self._decimal))

    def time(self, value: datetime | None) -> str:
        """A time to the minute, UTC; a dash for none."""
        return f"{value:%Y-%m-%d %H:%M}" if value else "–"

    def day(self, value: datetime | None) -> str:
        """The day of a time; a dash for none."""
        return f"{value:%Y-%m-%d}" if value else "–"

    def count(self, key: str, number: int, **values: str) -> str:
        """A sentence of the catalogue for a number of things, the number as the language writes it."""
        return self.catalogue(f"{key}.{'one' if number == 1 else 'other'}", n=self(number), **values)

    def capital(self, text: str) -> str:
        """With a capital in front."""
        return text[:1].upper() + text[1:]


@cache
def of_language(language: str) -> Numbers:
    """The numbers of a language of ``menulint.ui.LANGUAGES``."""
    return Numbers(catalogue(language))
