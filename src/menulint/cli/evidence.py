"""``menulint evidence``: findings of a scan in a package that others can check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from menulint.cli._failure import complain
from menulint.cli._options import pack_options, speaking_options
from menulint.cli._scanning import library_missing
from menulint.errors import InputError, UsageError
from menulint.finding import CONFIDENCES
from menulint.pack.load import load_pack
from menulint.ui import DEFAULT, catalogue

CHANGED = 1
_LEFT_OUT_SHOWN = 5


@click.command(name="evidence", short_help="Pack findings of a scan as evidence that others can check.")
@click.argument("words", nargs=-1, metavar="[IDS...] STORE")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The package to write (ZIP).")
@click.option("--host", default="", help="All findings of a host.")
@click.option("--url", default="", help="All findings of an address.")
@click.option("--rule", default="", help="All findings of a rule, by its code; with --host or --url only those.")
@click.option(
    "--archives",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that holds the scanned files now (default: where the scan read them).",
)
@click.option(
    "--min-confidence",
    type=click.Choice(CONFIDENCES),
    default="high",
    show_default=True,
    help="Cite no law that is less sure than this.",
)
@click.option(
    "--verify",
    "package",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Check a package instead: every file, and each wording in the page.",
)
@pack_options
@speaking_options
def command(words: tuple[str, ...], package: Path | None, **given: Any) -> int:
    """Pack findings of the STORE that menulint scan wrote: the pages as captured, the copy with the wordings marked, the law on
    them, a summary to print, and digests to check all of it by.

    IDS are finding_id of the store, or beginnings of them that fit one finding each; menulint query STORE unlawful-offers lists
    some. The pages are read again from the scanned files and compared with what the scan stored.

    Exit code 1 if a package under --verify is not what it was; 3 if scanned files are not there or were changed.
    """
    try:
        from menulint.scanning import evidence
    except ModuleNotFoundError as missing:
        raise library_missing(missing) from None
    if package:
        if words:
            raise UsageError(f"--verify checks one package; {words[0]!r} does not belong there")
        return _verify(package)
    if not words or not given["output"]:
        raise UsageError("write: menulint evidence ID... STORE -o pack.zip, or --host, --url or --rule instead of ids")
    ids = tuple(word.strip() for word in words[:-1])  # of a CSV with lines that end as Windows has them
    return _make(evidence, ids, Path(words[-1]), given)


def _make(evidence: Any, ids: tuple[str, ...], folder: Path, given: dict[str, Any]) -> int:
    from menulint.scanning.packing import sha256_of
    from menulint.scanning.query import existing
    from menulint.scanning.selection import Wanted
    from menulint.scanning.store import Store

    if ids and (given["host"] or given["url"] or given["rule"]):
        raise UsageError("name either ids of findings, or --host, --url and --rule")
    store, output = Store(folder), given["output"]
    packs = given["pack"] or [Path(added) for added in existing(store)["pack"]["added"]]
    request = evidence.Request(
        Wanted(tuple(ids), given["host"], given["url"], given["rule"]),
        given["min_confidence"],
        given["archives"],
        catalogue(given["ui_lang"] or DEFAULT),
    )
    made = evidence.make(store, load_pack(packs), request, output)
    click.echo(f"{output}: findings {made.findings}, pages {made.pages}, SHA-256 {sha256_of(output)}")
    for _, why in made.left_out[:_LEFT_OUT_SHOWN]:
        complain(f"menulint: left out: {why}")
    if len(made.left_out) > _LEFT_OUT_SHOWN:
        complain(f"menulint: left out: {len(made.left_out)} findings in all; evidence.json has the reasons")
    return 0


def _verify(package: Path) -> int:
    from menulint.scanning.verification import verify

    if not package.exists():
        raise InputError(str(package), "not-found", "there is no such package")
    found = verify(package)
    for wrong in found.wrong:
        complain(f"{package}: {wrong.file}: {wrong.message}")
    if found.wrong:
        complain(f"menulint: {package} is not what it was, or was not packed by menulint")
        return CHANGED
    click.echo(f"{package}: all files are as listed, every wording stands in its page.")
    if not found.is_compared:
        click.echo(
            f"packed by menulint {found.packed_by}: whether summary and marked pages say the same was not compared"
        )
    click.echo(f"findings {found.findings}, pages {found.pages}, SHA-256 {found.sha256}")
    return 0
