"""What in a page points to a jurisdiction: its words, telephone prefixes, currencies, ends of domains.

All of them stand together, since every page is searched for them and few jurisdictions are ever asked for.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from menulint.text.folding import fold

if TYPE_CHECKING:
    from menulint.pack.model import Jurisdiction


class Sign(NamedTuple):
    """A sign of a jurisdiction as its file has it, and folded as the texts are in which it is looked for."""

    code: str
    kind: str
    text: str
    folded: str


def signs_of(places: "Iterable[Jurisdiction]") -> Iterator[Sign]:
    """The signs of some jurisdictions, in their order."""
    for place in places:
        for kind, texts in place.signals.items():
            yield from (Sign(place.code, kind, text, fold(text).text) for text in texts)
