"""The places of the pack by their names in the language of the page."""

from __future__ import annotations

import gettext
from collections.abc import Iterable

from menulint.ui import DEFAULT, Catalogue


def named_places(places: Iterable[tuple[str, str]], words: Catalogue) -> list[tuple[str, str]]:
    """Codes with their names, by name; one that has none in this language keeps its English one."""
    countries = _countries(words.language)
    named = [(code, _name(code, name, countries, words)) for code, name in places]
    return sorted(named, key=lambda place: place[1])


def _name(code: str, name: str, countries: gettext.NullTranslations, words: Catalogue) -> str:
    return words.name("web.place", code) if words.knows(f"web.place.{code}") else countries.gettext(name)


def _countries(language: str) -> gettext.NullTranslations:
    if language == DEFAULT:
        return gettext.NullTranslations()
    import pycountry  # the page in English does without

    return gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [language], fallback=True)
