"""What is asked for, in which order and how fast.

One question at a time. Hosts take turns, so that waiting for one is time for the others; none is asked more often than it
allows. What the archive holds already is taken from there, which is how a fetch that was broken off goes on: it walks
the same way again, and asks where it has no answer.
"""

from __future__ import annotations

import heapq
import re
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import count

from menulint.fetching import links, places, robots, sitemap
from menulint.fetching.archive import Archive
from menulint.fetching.connection import Client, Exchange, Failed
from menulint.fetching.robots import Robots
from menulint.readers.decoding import decode
from menulint.scanning.archives import decoded

MARKUP = frozenset({"text/html", "application/xhtml+xml", ""})
"""Media types of pages; a page may also have none."""

ARGUMENT, SITEMAP, LINK = "argument", "sitemap", "link"
"""Who named an address: the user, a sitemap, a page."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LATER = frozenset({429, 503})
_TRIES = 3
_LONGEST_WAIT = 120.0
"""Seconds that a server may ask to be left alone for before it is asked again."""
_MOST_FAILURES = 5
"""Connections in a row that fail before the rest of a host is given up."""
_DAY = timedelta(days=1)
"""How long the rules of a site hold."""
_ROOM = 10
"""Addresses that are remembered for each page that may be fetched; sites without end list more."""
_MOST_SITEMAPS = 500
_MOST_LINKS = 20_000
"""Of one page; more are on none that people read."""
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to fetch.

    Attributes:
        urls, sitemaps: addresses, normal (``places.normal``).
        hosts: further sites (``places.site``) that redirects, links and sitemaps may lead to.
        depth: how many links to follow from what is given. ``pages``: how many pages to fetch at most.
        everything: keep what is no HTML as well.
        delay: seconds between two questions to one host, unless it asks for more.
        redirects: how many in a row are followed.
        bytes: the largest body, decompressed.
    """

    urls: tuple[str, ...]
    sitemaps: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    depth: int = 0
    pages: int = 1000
    everything: bool = False
    delay: float = 1.0
    redirects: int = 5
    bytes: int = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an address.

    Attributes:
        code: a status (``200``), or why there is none (``robots``, ``timeout`` …). ``message`` says it in words.
        asked: the address that redirects led here from; that itself if none did.
        source: who named it. ``failed``: something is missing that was to be there. ``kept``: it was in the archive already.
    """

    url: str
    asked: str
    code: str
    message: str
    source: str
    failed: bool
    kept: bool = False


@dataclass(frozen=True, slots=True)
class _Task:
    url: str
    source: str = ARGUMENT
    depth: int = 0
    via: tuple[str, ...] = ()
    tries: int = 0
    is_sitemap: bool = False
    nested: int = 0


@dataclass
class _Site:
    """One scheme, host and port: its rules, and what is to be asked there."""

    host: str
    tasks: deque[_Task] = field(default_factory=deque)
    robots: Robots | None = None
    failures: int = 0
    is_queued: bool = False


def _sleep(seconds: float, host: str) -> None:
    time.sleep(seconds)


class Crawl:
    """A fetch from its plan to the archive. ``wait`` is told how long a pause is to be and for which host, and makes it."""

    def __init__(
        self, plan: Plan, client: Client, archive: Archive, wait: Callable[[float, str], None] = _sleep
    ) -> None:
        self.plan, self._client, self._archive, self._wait = plan, client, archive, wait
        self._sites: dict[str, _Site] = {}
        # Sites with something to ask for, by when they may be asked; a time may have been put off since it was noted.
        self._queue: list[tuple[float, int, _Site]] = []
        self._turns = count()
        self._ready: dict[str, float] = {}
        self._seen: set[str] = set()
        self._added = frozenset(plan.hosts)
        self._inside = self._added | {places.site(url) for url in (*plan.urls, *plan.sitemaps)}
        self._sitemaps = 0
        self.waiting = 0
        """Addresses that are known and not done."""
        self.pages = 0
        """Pages asked for, whatever came of it."""
        self.left = 0
        """Addresses that are known and were not asked for because there were enough pages."""

    def run(self) -> Iterator[Outcome]:
        """Fetch, and say of each address what became of it as soon as that is known."""
        for url in self.plan.urls:
            self._add(_Task(url))
        for url in self.plan.sitemaps:
            self._add(_Task(url, is_sitemap=True))
        while self._queue:
            site = self._next()
            if site.robots is None:
                self._read_rules(site)
            elif (outcome := self._step(site, site.robots)) is not None:
                yield outcome
            if site.tasks:
                self._queued(site)

    def _step(self, site: _Site, rules: Robots) -> Outcome | None:
        """Deal with the next address of a site; None if there is nothing to say of it, or not yet."""
        task = site.tasks.popleft()
        self.waiting -= 1
        if self._is_enough(task):
            self.left += 1
            return None
        return self._done(site, rules, task)

    def _is_enough(self, task: _Task) -> bool:
        return self.pages >= self.plan.pages and not (task.is_sitemap and task.source == ARGUMENT)

    def _add(self, task: _Task, *, first: bool = False) -> None:
        """Note an address to be asked for, unless it is known already or there is no room for more."""
        if task.url in self._seen:
            return
        if task.source != ARGUMENT and len(self._seen) > _ROOM * self.plan.pages + _ROOM * _ROOM:
            self.left += 1
            return
        self._seen.add(task.url)
        site = self._sites.setdefault(places.authority(task.url), _Site(places.host(task.url)))
        self._put(site, task, first=first)

    def _put(self, site: _Site, task: _Task, *, first: bool) -> None:
        (site.tasks.appendleft if first else site.tasks.append)(task)
        self.waiting += 1
        self._queued(site)

    def _queued(self, site: _Site) -> None:
        if not site.is_queued:
            site.is_queued = True
            heapq.heappush(self._queue, (self._when(site), next(self._turns), site))

    def _next(self) -> _Site:
        """The site that may be asked soonest, taken out of the queue."""
        while True:
            noted, _, site = heapq.heappop(self._queue)
            site.is_queued = False
            if self._when(site) <= noted or not self._queue:
                return site
            self._queued(site)

    def _when(self, site: _Site) -> float:
        needs_no_question = site.robots is not None and (site.robots.refusal or site.tasks[0].url in self._archive)
        return 0.0 if needs_no_question else self._ready.get(site.host, 0.0)

    def _read_rules(self, site: _Site) -> None:
        """Ask a site for its rules. Redirects are followed wherever they lead: the standard wants it so."""
        url = places.authority(site.tasks[0].url) + robots.PATH
        answer: Exchange | Failed = Failed("", "")
        try:
            for _ in range(robots.MOST_REDIRECTS + 1):
                answer = self._ask(url, 0.0, age=_DAY)
                if answer.status not in _REDIRECTS:
                    break
                url = places.normal(answer.header("location"), url)
        except Failed as error:
            answer = error
        except places.Unfit:
            pass
        body = self._body(answer) if isinstance(answer, Exchange) else None
        site.robots = robots.of(answer, body)
        self._rest(site.host, site.robots.delay)

    def _rest(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long."""
        self._ready[host] = max(self._ready.get(host, 0.0), time.monotonic() + seconds)

    def _ask(
        self, url: str, delay: float, *, wanted: frozenset[str] | None = None, age: timedelta | None = None
    ) -> Exchange:
        """The answer for an address: from the archive, else, when the host may be asked again, from there."""
        if self._archive.is_fresh(url, age) if age is not None else url in self._archive:
            return self._archive.get(url)
        host = places.host(url)
        pause = self._ready.get(host, 0.0) - time.monotonic()
        if pause > 0:
            self._wait(pause, host)
        try:
            answer = self._client.get(url, wanted)
        finally:
            self._rest(host, max(self.plan.delay, delay))
        self._archive.add(answer)
        return answer

    def _done(self, site: _Site, rules: Robots, task: _Task) -> Outcome | None:
        """Deal with one address; None if it is to be asked for once more."""
        if reason := rules.forbids(task.url):
            failed = task.source == ARGUMENT or bool(rules.refusal)
            return _outcome(task, rules.code, reason, failed=failed)
        if site.failures >= _MOST_FAILURES:
            said = f"{_MOST_FAILURES} questions in a row had no answer; the rest of the host was given up"
            return _outcome(task, "given-up", said, failed=True)
        kept = task.url in self._archive
        wanted = None if self.plan.everything or task.is_sitemap else MARKUP
        try:
            answer = self._ask(task.url, rules.delay, wanted=wanted)
        except Failed as error:
            site.failures += 1
            return _outcome(task, error.code, error.message, failed=True)
        site.failures = 0
        if answer.status in _LATER and task.tries + 1 < _TRIES:
            asked = max(_seconds(answer.header("retry-after")), self.plan.delay * 2**task.tries)
            self._rest(site.host, min(asked, _LONGEST_WAIT))
            self._put(site, replace(task, tries=task.tries + 1), first=True)
            return None
        return replace(self._judged(task, answer), kept=kept)

    def _judged(self, task: _Task, answer: Exchange) -> Outcome:
        if answer.status in _REDIRECTS:
            return self._redirected(task, answer)
        self.pages += not task.is_sitemap
        if answer.status != 200:
            failed = task.source == ARGUMENT or answer.status >= 500 or answer.status in _LATER
            return _outcome(task, str(answer.status), f"the server answers with status {answer.status}", failed=failed)
        return self._listed(task, answer) if task.is_sitemap else self._page(task, answer)

    def _redirected(self, task: _Task, answer: Exchange) -> Outcome:
        try:
            url = places.normal(answer.header("location"), task.url)
        except places.Unfit as error:
            return _outcome(task, "bad-redirect", f"it leads to an address that {error}", failed=True)
        if not answer.header("location"):
            return _outcome(task, "bad-redirect", "it does not say where to", failed=True)
        via = (*task.via, task.url)
        if url in via:
            return _outcome(task, "redirect-loop", "its redirects lead back to where they came from", failed=True)
        if len(via) > self.plan.redirects:
            return _outcome(task, "too-many-redirects", f"more than {self.plan.redirects} in a row", failed=True)
        if places.site(url) not in self._inside:
            said = f"it leads to {url}; to follow, add --host {places.host(url)}"
            return _outcome(task, "other-host", said, failed=task.source == ARGUMENT)
        self._add(replace(task, url=url, via=via, tries=0), first=True)
        return _outcome(task, str(answer.status), f"it leads to {url}")

    def _page(self, task: _Task, answer: Exchange) -> Outcome:
        if answer.media_type not in MARKUP and not self.plan.everything:
            said = f"it is no HTML but {answer.media_type}; --all keeps such files"
            return _outcome(task, "other-type", said, failed=task.source == ARGUMENT)
        if answer.truncated:
            return _outcome(task, "cut-off", _CUT.get(answer.truncated, answer.truncated), failed=True)
        body = self._body(answer)
        if body is None:
            return _outcome(task, "not-decodable", "its body is not compressed as it says", failed=True)
        if len(body) > self.plan.bytes:
            said = f"decompressed it is larger than {self.plan.bytes:,} bytes"
            return _outcome(task, "too-large", said, failed=True)
        if task.depth < self.plan.depth and answer.media_type in MARKUP:
            self._follow(task, answer, body)
        return _outcome(task, "200")

    def _follow(self, task: _Task, answer: Exchange, body: bytes) -> None:
        """Note where a page leads to, on its own site and on the hosts that were added."""
        base, found = links.links(decode(body, _charset(answer)).text, answer.header("x-robots-tag"))
        base = _normal(base, task.url) or task.url
        own = self._added | {places.site(task.url)}
        for link in found[:_MOST_LINKS]:
            url = _normal(link, base)
            if url and places.site(url) in own:
                self._add(_Task(url, LINK, task.depth + 1))

    def _listed(self, task: _Task, answer: Exchange) -> Outcome:
        """Note what a sitemap lists."""
        body = self._body(answer, sitemap.MOST_BYTES)
        try:
            listed = sitemap.read(body or b"")
        except sitemap.Unreadable as error:
            return _outcome(task, "no-sitemap", f"it {error}", failed=True)
        notes = [listed.note, self._note_pages(task, listed), self._note_sitemaps(task, listed)]
        said = "; ".join(filter(None, notes))
        return _outcome(task, "sitemap", said, failed=bool(listed.note) or bool(answer.truncated))

    def _note_pages(self, task: _Task, listed: sitemap.Listed) -> str:
        urls = [url for page in listed.pages if (url := self._own(page, task.url))]
        for url in urls:
            self._add(_Task(url, SITEMAP))
        left_out = len(listed.pages) - len(urls)
        return f"{left_out} of its addresses are of other hosts, or none; they were left out" if left_out else ""

    def _note_sitemaps(self, task: _Task, listed: sitemap.Listed) -> str:
        urls = [url for page in listed.sitemaps if (url := self._own(page, task.url))]
        room = _MOST_SITEMAPS - self._sitemaps if task.nested + 1 < sitemap.DEEPEST else 0
        for url in urls[:room]:
            self._add(_Task(url, SITEMAP, is_sitemap=True, nested=task.nested + 1))
        self._sitemaps += len(urls[:room])
        left_out = len(listed.sitemaps) - len(urls[:room])
        return f"{left_out} of its sitemaps are of other hosts or too many; they were left out" if left_out else ""

    def _own(self, address: str, base: str) -> str:
        url = _normal(address, base)
        return url if url and places.site(url) in self._inside else ""

    def _body(self, answer: Exchange, most: int | None = None) -> bytes | None:
        """A body without its compression, at most a byte more than it may have; None if it is not compressed as it says."""
        named = answer.header("content-encoding").lower().split(",")
        encodings = [name.strip() for name in reversed(named) if name.strip() not in ("", "identity")]
        return decoded(answer.body, encodings, self.plan.bytes if most is None else most)


_CUT = {
    "length": "it is larger than an answer may be; its beginning was kept",
    "time": "it took longer than an answer may; what had come by then was kept",
    "unspecified": "only its head was kept, by a fetch without --all",
}


def _outcome(task: _Task, code: str, message: str = "", *, failed: bool = False) -> Outcome:
    return Outcome(task.url, task.via[0] if task.via else task.url, code, message, task.source, failed)


def _normal(address: str, base: str) -> str:
    """The address in its normal form; empty for what is not fetched."""
    try:
        return places.normal(address, base)
    except places.Unfit:
        return ""


def _charset(answer: Exchange) -> str | None:
    found = _CHARSET.search(answer.header("content-type"))
    return found[1] if found else None


def _seconds(retry_after: str) -> float:
    """What ``Retry-After`` asks for: seconds, or a time; 0 for what is neither."""
    if retry_after.isdecimal():
        return float(retry_after[:9])
    try:
        return (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):
        return 0.0
