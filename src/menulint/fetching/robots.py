"""What a site allows and how fast, as its ``robots.txt`` says (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

from menulint.fetching.connection import Exchange, Failed

NAME = "menulint"
"""What a ``robots.txt`` calls this program."""

PATH = "/robots.txt"
MOST_REDIRECTS = 5
"""How many the standard wants followed; behind them there is no file."""
LONGEST_DELAY = 300.0
"""Seconds between two questions that are still waited for; a site that asks for more is left alone."""

_MOST_BYTES = 500 * 1024
"""What is read of a ``robots.txt``: as much as the standard asks for."""
_TOO_MANY = 429
_OF_THE_HOST = frozenset({"unknown-host", "private-address", "not-connected", "no-secure-connection"})
"""Why no connection was made, whatever was to be asked."""


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one scheme, host and port. ``refusal`` says why nothing at all is fetched, if so; ``code`` counts it."""

    rules: Protego | None = None
    refusal: str = ""
    code: str = "robots"

    def forbids(self, url: str) -> str:
        """Why ``url`` is not to be fetched; empty if it may be."""
        if self.refusal:
            return self.refusal
        if self.rules is not None and not self.rules.can_fetch(url, NAME):
            return "the site's robots.txt forbids it"
        return ""

    @property
    def delay(self) -> float:
        """Seconds between two questions that the site asks for; 0 if it does not."""
        return (self.rules.crawl_delay(NAME) or 0.0) if self.rules is not None else 0.0


def of(answer: Exchange | Failed, body: bytes | None) -> Robots:
    """The rules in an answer, redirects followed; ``body`` is that of the answer, decompressed, None if it cannot be.

    A file that is not there allows everything; one that cannot be had because the server fails forbids everything.
    """
    if isinstance(answer, Failed):
        of_the_file = "" if answer.code in _OF_THE_HOST else " (asked for robots.txt, which comes before any page)"
        return Robots(refusal=answer.message + of_the_file, code=answer.code)
    if answer.status >= 500 or answer.status == _TOO_MANY:
        return Robots(refusal=f"its robots.txt cannot be had (status {answer.status}), which forbids everything")
    if answer.status != 200:
        return Robots()
    if body is None:
        return Robots(refusal="its robots.txt cannot be decompressed")
    rules = Robots(Protego.parse(body[:_MOST_BYTES].decode("utf-8-sig", "replace")))
    if rules.delay > LONGEST_DELAY:
        return Robots(refusal=f"its robots.txt asks for {rules.delay:g} seconds between two pages")
    return rules
