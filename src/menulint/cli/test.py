"""``menulint test``: do the lexicons and rules find what their own examples say?"""

from __future__ import annotations

from datetime import date
from itertools import chain
from pathlib import Path

import click

from menulint.cli import _show
from menulint.cli._examples import rule_failures, term_failures
from menulint.pack.load import load_pack, term_examples

FAILED = 1


@click.command(name="test", short_help="Run all examples of the pack.")
@click.argument("pack", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def command(pack: Path | None) -> int:
    """Run all examples of the pack, with the folder PACK added to it. Exit code 1 if one fails."""
    extra = (pack,) if pack else ()
    loaded, examples = load_pack(extra), term_examples(extra)
    failed = 0
    for failure in chain(term_failures(loaded, examples), rule_failures(loaded, date.today())):
        failed += 1
        _show.line(f"{failure.path}: {failure.owner}" if failure.path else failure.owner)
        _show.labelled(failure.problem, " ".join(failure.text.split()), indent=2)
    in_rules = (
        len(r.flagged) + len(r.allowed) + len(r.gaps_flagged) + len(r.gaps_allowed) for r in loaded.rules.values()
    )
    run = len(examples) + sum(in_rules)
    _show.line(f"{run - failed} passed, {failed} failed")
    return FAILED if failed else 0
