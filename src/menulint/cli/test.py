"""``menulint test``: do words and rules find what their examples say, and is everything in the pack of use?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain
from pathlib import Path

import click

from menulint.claims.customers import WORDS
from menulint.cli import _show
from menulint.cli._examples import Failure, rule_failures, term_failures
from menulint.pack.load import load_pack, read_pack_files, term_examples
from menulint.pack.model import Pack
from menulint.pack.quality import defects, example_places
from menulint.prefilter import LOOKALIKE

FAILED = 1


@click.command(name="test", short_help="Run all examples of the pack, and look for what is dead in it.")
@click.argument("pack", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def command(pack: Path | None) -> int:
    """Run all examples of the pack, with the folder PACK added to it, and look for what is dead or cannot work.

    Exit code 1 if an example fails, or something in the pack has no use.
    """
    extra = (pack,) if pack else ()
    files, loaded, examples = read_pack_files(extra), load_pack(extra), term_examples(extra)
    found = defects(files, built_in=(LOOKALIKE, WORDS))
    for problem in found:
        _show.line(str(problem))
    places = example_places(files)
    failed = _show_failures(chain(term_failures(loaded, examples, places), rule_failures(loaded, date.today(), places)))
    run = len(examples) + _rule_examples(loaded)
    dead = f", {len(found)} {'defect' if len(found) == 1 else 'defects'} in the pack" if found else ""
    _show.line(f"{run - failed} passed, {failed} failed{dead}")
    return FAILED if failed or found else 0


def _show_failures(failures: Iterable[Failure]) -> int:
    """Print them as they come; how many there were."""
    count = 0
    for failure in failures:
        count += 1
        _show.line(f"{failure.path}: {failure.owner}" if failure.path else failure.owner)
        _show.labelled(failure.problem, " ".join(failure.text.split()), indent=2)
    return count


def _rule_examples(pack: Pack) -> int:
    return sum(
        len(rule.flagged) + len(rule.allowed) + len(rule.gaps_flagged) + len(rule.gaps_allowed)
        for rule in pack.rules.values()
    )
