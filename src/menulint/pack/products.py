"""A pack that knows a project's own products: each one is a concept below what it is made of, and its name a term."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from msgspec import structs

from menulint.pack.index import with_forms
from menulint.pack.model import Concept, Entry, Jurisdiction, Lexicon, Pack, Status, Uses
from menulint.product import Product
from menulint.text.folding import fold

OF_KIND = {
    "cosmetic": "substance.cosmetic-product",
    "device": "substance.device-treatment",
    "medicine": "substance.medicine",
    "own-blood": "source.own-blood",
    "supplement": "substance.supplement",
}
"""What a product is because of its kind, where the pack has that concept."""
BY = "configuration"
"""Who says what a product is in a place."""


def with_products(pack: Pack, products: Iterable[Product]) -> Pack:
    """The pack with these products, or itself if there are none. The files it came from keep their digest."""
    concepts: dict[str, Concept] = {}
    names: list[tuple[str, str]] = []
    statuses: dict[str, list[Status]] = defaultdict(list)
    for product in products:
        for concept in _concepts(product, pack, concepts):
            concepts[concept.id] = concept
            names.append((product.name, concept.id))
            if concept.id.startswith("substance."):
                for code, status in product.statuses:
                    statuses[code].append(Status(concept.id, status, BY))
    if not concepts:
        return pack
    places = {code: _told(place, statuses.get(code, ())) for code, place in pack.jurisdictions.items()}
    return structs.replace(
        pack, concepts={**pack.concepts, **concepts}, lexicon=_named(pack.lexicon, names), jurisdictions=places
    )


def _concepts(product: Product, pack: Pack, taken: dict[str, Concept]) -> Iterator[Concept]:
    """One concept for each facet the product has: of what it is made, where it is from."""
    parents: dict[str, list[str]] = defaultdict(list)
    if product.statuses:
        parents["substance"] = []
    for concept in (OF_KIND[product.kind], *product.concepts):
        if concept in pack.concepts and concept not in parents[facet := concept.partition(".")[0]]:
            parents[facet].append(concept)
    for facet, is_a in parents.items():
        if is_a or product.statuses:
            trigger = not is_a or any(pack.concepts[parent].trigger for parent in is_a)
            yield Concept(_free(f"{facet}.{_slug(product.name)}", pack, taken), product.name, tuple(is_a), trigger)


def _slug(name: str) -> str:
    return "own-" + (re.sub(r"[^a-z0-9]+", "-", fold(name).text).strip("-") or "product")


def _free(wanted: str, pack: Pack, taken: dict[str, Concept]) -> str:
    """An id that no other concept has."""
    candidate, number = wanted, 1
    while candidate in pack.concepts or candidate in taken:
        number += 1
        candidate = f"{wanted}-{number}"
    return candidate


def _named(lexicon: Lexicon, names: Iterable[tuple[str, str]]) -> Lexicon:
    """A name of one word counts with its capitals only: "Glow" is a product, "glow" is not.

    It is a term of every language: words of its own language are what a longer hit wins over.
    """
    entries, added = list(lexicon.entries), dict[str, Uses]()
    languages = sorted({entry.lang for entry in lexicon.entries})
    for name, concept in names:
        form = fold(name).text
        cased = "" if " " in form else name
        uses = tuple((len(entries) + number, cased) for number in range(len(languages)))
        added[form] = (*(added.get(form) or lexicon.forms.get(form, ())), *uses)
        entries += [Entry(language, concept=concept, cased=bool(cased)) for language in languages]
    named = with_forms(lexicon, tuple(entries), added)
    words = (word for form in added for word in form.split(" "))
    return replace(named, misspellings=lexicon.misspellings.without(words))


def _told(place: Jurisdiction, statuses: Iterable[Status]) -> Jurisdiction:
    added = tuple(statuses)
    return structs.replace(place, statuses=place.statuses + added) if added else place
