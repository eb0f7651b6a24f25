"""What the head of an HTML page, its links and its machine-readable attributes say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from menulint.readers.base import Place, SourceBuilder
from menulint.readers.entities import decoded
from menulint.readers.html_scan import Span
from menulint.readers.html_text import shown_runs
from menulint.readers.masks import HAS_MASK
from menulint.source import Role

_COPY = frozenset(
    "description keywords abstract subject application-name apple-mobile-web-app-title dc.title dc.description "
    "dcterms.title dcterms.description og:title og:description og:site_name og:image:alt twitter:title "
    "twitter:description twitter:image:alt twitter:label1 twitter:data1 twitter:label2 twitter:data2".split()
)
_COPY_PROPERTIES = frozenset({"name", "description", "headline", "alternateName", "slogan"})
_SIGNALS = {
    "og:site_name": "site-name",
    "application-name": "site-name",
    "author": "author",
    "article:author": "author",
    "dc.creator": "author",
    "article:published_time": "date",
    "article:modified_time": "date",
    "og:updated_time": "date",
    "date": "date",
    "dc.date": "date",
    "dcterms.date": "date",
    "og:type": "type",
    "og:url": "canonical",
    "og:locale": "lang",
    "content-language": "lang",
    "language": "lang",
    "og:country-name": "country",
    "geo.country": "country",
    "product:price:currency": "currency",
    "og:price:currency": "currency",
}
_PROPERTY_SIGNALS = {
    "addressCountry": "country",
    "telephone": "tel",
    "email": "mail",
    "priceCurrency": "currency",
    "datePublished": "date",
    "dateModified": "date",
    "inLanguage": "lang",
    "url": "link",
}
_TARGETS = (("tel:", "tel"), ("mailto:", "mail"))

Attributes = Mapping[str, Span]


class MetaReader:
    """Reports signals, and the copy of ``meta`` elements, to a builder.

    ``base`` is the place in the text from which the spans of attributes count: where their tag begins, or 0.
    """

    def __init__(self, text: str, build: SourceBuilder) -> None:
        self.base = 0
        self._text, self._build = text, build

    def span(self, found: Attributes, name: str) -> Span:
        """Where an attribute's value stands in the text."""
        start, end = found[name]
        return self.base + start, self.base + end

    def value(self, found: Attributes, name: str) -> str:
        """An attribute's value, references decoded; "" if it is missing."""
        return decoded(self._text, *self.span(found, name), attribute=True).strip() if name in found else ""

    def meta(self, found: Attributes, place: Place) -> None:
        """A ``meta`` element: copy, signal, or neither."""
        if "content" not in found:
            return
        if item := self.value(found, "itemprop"):
            self._content(found, "itemprop", item, place, item in _COPY_PROPERTIES, _PROPERTY_SIGNALS.get(item))
            return
        for attribute in ("property", "name", "http-equiv"):
            if name := self.value(found, attribute).lower():
                self._content(found, attribute, name, place, name in _COPY, _SIGNALS.get(name))
                return

    def _content(self, found: Attributes, key: str, name: str, place: Place, is_copy: bool, kind: str | None) -> None:
        if kind:
            self.signal(kind, found, "content")
        if is_copy:
            runs = shown_runs(self._text, *self.span(found, "content"), attribute=True)
            self._build.add(Role.META, runs, pointer=f"meta[{key}={name}]", **place.said())

    def signal(self, kind: str, found: Attributes, attribute: str) -> None:
        """The value of an attribute as a signal, unless a template writes it."""
        value = self.value(found, attribute)
        if value and not HAS_MASK.search(value):
            self._build.signal(kind, value.replace("_", "-") if kind == "lang" else value, *self.span(found, attribute))

    def target(self, found: Attributes) -> None:
        """Where a link leads: a telephone number, a mail address or a page."""
        if leads := _target(self.value(found, "href")):
            self._build.signal(*leads, *self.span(found, "href"))

    def link(self, found: Attributes) -> None:
        """A ``link`` element: of interest is the address the page itself claims."""
        if "canonical" in self.value(found, "rel").lower().split():
            self.signal("canonical", found, "href")

    def item_type(self, found: Attributes) -> None:
        """The schema.org type of a microdata item, without the vocabulary's address."""
        for address in self.value(found, "itemtype").split():
            self._build.signal("type", address.rstrip("/").rpartition("/")[2], *self.span(found, "itemtype"))


@lru_cache(maxsize=1024)
def _target(value: str) -> tuple[str, str] | None:
    """The kind and value of the signal that a link is, if it leads anywhere."""
    if not value or value.startswith("#") or HAS_MASK.search(value):
        return None
    for prefix, kind in _TARGETS:
        if value[: len(prefix)].lower() == prefix:
            return kind, value[len(prefix) :].partition("?")[0]
    return "link", value
