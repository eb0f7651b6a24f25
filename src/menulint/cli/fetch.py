"""``menulint fetch``: pages from the web into a web archive. The only command that opens a network connection."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from menulint.cli import _progress, _show
from menulint.cli._failure import complain
from menulint.config import CONTACT, Configs, is_contact
from menulint.errors import UsageError

if TYPE_CHECKING:
    from menulint.fetching.crawl import Crawl, Outcome, Plan

INCOMPLETE, INTERRUPTED = 3, 130
_MEGABYTE = 1024 * 1024
_MOST_SHOWN = 20


@click.command(name="fetch", short_help="Fetch pages of the web into a web archive, politely.")
@click.argument("urls", nargs=-1, metavar="[URLS...]")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The web archive; its name ends in .warc.gz.",
)
@click.option(
    "--sitemap", "sitemaps", multiple=True, metavar="URL", help="Fetch what a sitemap lists. May be repeated."
)
@click.option(
    "--urls",
    "listing",
    type=click.File(encoding="utf-8"),
    metavar="FILE",
    help="Fetch the addresses in a file, one on each line; '-' is standard input.",
)
@click.option(
    "--contact",
    metavar="MAIL|URL",
    help="Who answers for this fetch: told to every site. Or 'contact' in the settings.",
)
@click.option(
    "--depth",
    type=click.IntRange(0, 100),
    default=0,
    show_default=True,
    help="How many links to follow, on the same host.",
)
@click.option(
    "--host", "hosts", multiple=True, metavar="NAME", help="Another host that links and redirects may lead to."
)
@click.option(
    "--max-pages", type=click.IntRange(1), default=1000, show_default=True, help="Fetch no more pages than that."
)
@click.option(
    "--delay",
    type=click.FloatRange(0, 3600),
    default=1.0,
    show_default=True,
    help="Seconds between two requests to one host. A site that asks for more gets more.",
)
@click.option(
    "--max-size", type=click.FloatRange(0.001, 1024), default=8.0, show_default=True, help="Largest answer, in MiB."
)
@click.option(
    "--timeout", type=click.FloatRange(0.1, 3600), default=60.0, show_default=True, help="Seconds for one answer."
)
@click.option("--all", "everything", is_flag=True, help="Keep pictures, PDF and other files as well as HTML.")
@click.option("--allow-private", is_flag=True, help="Also ask machines that are not on the public internet.")
@click.option(
    "--failed",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write what could not be fetched, and why, as CSV.",
)
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def command(urls: tuple[str, ...], output: Path, **given: Any) -> int:
    """Fetch pages of the web into a web archive that menulint scan reads.

    robots.txt is obeyed, each host gets one request a second, private addresses are refused. The same command again goes
    on where a fetch was broken off. With a code of 3, something that was asked for is missing.

    Example: menulint fetch --sitemap https://clinic.example/sitemap.xml -o clinic.warc.gz --contact web@agency.example
    """
    try:
        from menulint.fetching.archive import Archive
        from menulint.fetching.connection import Client, Limits
        from menulint.fetching.crawl import Crawl
    except ModuleNotFoundError as missing:
        raise UsageError(
            f"fetching needs the library {missing.name}; install it with: pip install 'menulint[fetch]'"
        ) from None
    from importlib.metadata import version  # 20 ms that a list of all commands does not need

    user_agent = f"menulint/{version('menulint')} (+{_contact(given['contact'])})"
    plan = _plan(urls, given)
    limits = Limits(plan.bytes, total=given["timeout"])
    client = Client(user_agent, limits, allow_private=given["allow_private"])
    about = {"software": f"menulint/{version('menulint')}", "http-header-user-agent": user_agent, "robots": "obey"}
    report = _Report(quiet=given["quiet"])
    with Archive(output, {**about, "description": _description(plan)}) as archive:
        crawl = Crawl(plan, client, archive, report.wait)
        try:
            for outcome in report.watched(crawl):
                report.add(outcome)
        except KeyboardInterrupt:
            complain(f"menulint: interrupted; the same command goes on with {archive.partial.as_posix()}")
            return INTERRUPTED
        finally:
            client.close()
        is_empty = not len(archive)
        archive.discard() if is_empty else archive.finish()
    if given["failed"]:
        _write(given["failed"], report.failed)
    report.show(crawl, None if is_empty else output, listed=given["failed"])
    return INCOMPLETE if report.failed else 0


def _contact(given: str | None) -> str:
    """Who answers for the fetch: by the option, else by the settings of the project."""
    config = Configs().nearest(Path.cwd())
    contact = given or (config.values.get("contact") if config else None)
    if contact is None:
        raise UsageError(
            "a fetch needs a contact, so that whoever runs a site can reach you; write --contact you@example.org, or set "
            'contact = "you@example.org" in menulint.toml'
        )
    if not is_contact(contact):
        raise UsageError(f"--contact cannot be {contact!r}; expected {CONTACT}")
    return str(contact)


def _plan(urls: Sequence[str], given: dict[str, Any]) -> Plan:
    from menulint.fetching import places
    from menulint.fetching.crawl import Plan

    pages = [*_addresses(urls, "the command line"), *_listed(given["listing"])]
    sitemaps = tuple(_addresses(given["sitemaps"], "--sitemap"))
    if not pages and not sitemaps:
        raise UsageError("nothing to fetch; name addresses, a file of them with --urls, or a sitemap with --sitemap")
    named = (name if "://" in name else f"https://{name}" for name in given["hosts"])
    names = ("depth", "everything", "delay")
    return Plan(
        tuple(pages),
        sitemaps,
        hosts=tuple(places.site(url) for url in _addresses(named, "--host")),
        pages=given["max_pages"],
        bytes=int(given["max_size"] * _MEGABYTE),
        **{name: given[name] for name in names},
    )


def _listed(listing: Any) -> Iterator[str]:
    try:
        for number, line in enumerate(listing or (), 1):
            if line.strip() and not line.startswith("#"):
                yield from _addresses([line], f"{listing.name}:{number}")
    except UnicodeDecodeError as error:
        raise UsageError(f"{listing.name}: is not UTF-8: {error.reason}") from None


def _addresses(texts: Iterable[str], where: str) -> Iterator[str]:
    """The addresses in their normal form.

    Raises:
        UsageError: one of them is none that can be fetched.
    """
    from menulint.fetching import places

    for text in texts:
        try:
            yield places.normal(text)
        except places.Unfit as error:
            hint = "" if "://" in text else f"; did you mean https://{text.strip()}?"
            raise UsageError(f"{where}: {text.strip()!r} {error}{hint}") from None


def _description(plan: Plan) -> str:
    """What was asked for, in the archive itself."""
    what = (f"addresses: {len(plan.urls)}", f"sitemaps: {len(plan.sitemaps)}", f"depth: {plan.depth}")
    return ", ".join((*what, f"most pages: {plan.pages}", f"seconds between requests: {plan.delay:g}"))


def _write(path: Path, failed: Sequence[Outcome]) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(("url", "asked", "code", "message", "source"))
            rows.writerows((one.url, one.asked, one.code, one.message, one.source) for one in failed)
    except OSError as error:
        raise UsageError(f"{path.as_posix()}: cannot be written: {error.strerror}") from error


def _pages(number: int) -> str:
    return f"{number} page{'' if number == 1 else 's'}"


@dataclass
class _Report:
    """What a person is told while they wait, and at the end."""

    quiet: bool
    counts: Counter[str] = field(default_factory=Counter)
    kept: int = 0
    failed: list[Outcome] = field(default_factory=list)
    _line: str = "asking what the sites allow"

    def __post_init__(self) -> None:
        self._is_watched = not self.quiet and _progress.is_wanted()

    def add(self, outcome: Outcome) -> None:
        self.counts[outcome.code] += 1
        self.kept += outcome.kept
        if outcome.failed:
            self.failed.append(outcome)

    def watched(self, crawl: Crawl) -> Iterator[Outcome]:
        """The outcomes as they come, with a line that says how far it is."""
        try:
            for outcome in crawl.run():
                yield outcome
                self._line = f"{_pages(crawl.pages)} fetched, {crawl.waiting} more known"
                self._tell(self._line)
        finally:
            self._tell("")

    def wait(self, seconds: float, host: str) -> None:
        """Pause between two requests to a host."""
        import time

        if seconds > 2:
            self._tell(f"{self._line}; {host} is left alone for {seconds:.0f} s")
        time.sleep(seconds)

    def _tell(self, line: str) -> None:
        if self._is_watched:
            _progress.wipe()
            click.echo(line[:100], nl=False, err=True)

    def show(self, crawl: Crawl, output: Path | None, *, listed: Path | None) -> None:
        """What a fetch came to; ``output`` is None if nothing was to be kept."""
        for one in self.failed[: 0 if listed else _MOST_SHOWN]:
            complain(f"{one.asked}: {one.code}: {one.message}")
        if len(self.failed) > _MOST_SHOWN and not listed:
            complain(f"… and {len(self.failed) - _MOST_SHOWN} more; --failed FILE lists them all")
        if self.quiet:
            return
        before = f", of which {self.kept} answers were there from before" if self.kept else ""
        _show.line(
            f"{output.as_posix()}: {_pages(crawl.pages)}{before}"
            if output
            else "nothing was fetched; no archive is kept"
        )
        _show.table([(code, str(count)) for code, count in sorted(self.counts.items())])
        if crawl.left:
            _show.line(f"more addresses known and not fetched, as --max-pages is {crawl.plan.pages}: {crawl.left}")
        if listed:
            _show.line(f"what could not be fetched: {listed.as_posix()} ({len(self.failed)})")
