"""A server to fetch from, and fetches from it that wait for nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.fetching.server import Server, running

from menulint.fetching.addresses import resolve
from menulint.fetching.archive import Archive
from menulint.fetching.connection import Client, Limits
from menulint.fetching.crawl import Crawl, Outcome, Plan

LIMITS = Limits(bytes=200_000, connect=2.0, read=1.0, total=2.0)


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on this machine."""
    with running() as server:
        yield server


@dataclass
class Fetch:
    """Fetches into one archive; ``waited`` is the pauses that were made, in seconds, none of them really."""

    path: Path
    allow_private: bool = True
    waited: list[float] = field(default_factory=list)

    def run(self, plan: Plan, *, resolver: Callable[[str, int], list[str]] | None = None) -> dict[str, Outcome]:
        """What became of each address of a plan."""
        with self.open(plan, resolver) as (crawl, archive):
            found = {outcome.url: outcome for outcome in crawl.run()}
            archive.finish()
        return found

    @contextmanager
    def open(
        self, plan: Plan, resolver: Callable[[str, int], list[str]] | None = None
    ) -> Iterator[tuple[Crawl, Archive]]:
        """A fetch that is begun, and its archive."""
        client = Client(
            "menulint/test (+web@clinic.example)",
            LIMITS,
            allow_private=self.allow_private,
            resolver=resolver or resolve,
        )
        with Archive(self.path, {"software": "menulint/test"}) as archive:
            yield Crawl(plan, client, archive, lambda seconds, host: self.waited.append(seconds)), archive
        client.close()


@pytest.fixture
def fetch(tmp_path: Path) -> Fetch:
    """A fetch into a new archive."""
    return Fetch(tmp_path / "crawl.warc.gz")
