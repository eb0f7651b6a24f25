"""``menulint explain``: a rule, a concept, a provision, or one line of a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from menulint.cli import _about, _files, _show
from menulint.cli._options import linting_options
from menulint.cli._workspace import Workspace
from menulint.errors import InputError, UsageError
from menulint.finding import ReportError
from menulint.linter import ExplainedClaim
from menulint.pack.model import Pack

_PLACE = re.compile(r"(.+?):(\d+)(?::\d+)?")


@click.command(name="explain", short_help="Explain a rule, concept, provision or PATH:LINE.")
@linting_options
def command(**options: Any) -> None:
    """Explain a CODE, a CONCEPT, a PROVISION, or PATH:LINE: why it was found there, or why not."""
    if not options["paths"]:
        raise click.UsageError("say what to explain: RTE001, route.microneedling, or menu.md:12")
    for number, target in enumerate(options["paths"]):
        if number:
            _show.line()
        _explain(target, options)


def _explain(target: str, options: dict[str, Any]) -> None:
    place = _PLACE.fullmatch(target)
    if place and (place.group(1) == _files.STDIN or Path(place.group(1)).exists()):
        _explain_line(place.group(1), int(place.group(2)), options)
        return
    pack = Workspace.of({**options, "paths": ()}).pack
    if rule := _about.rule_named(pack, target):
        _about.show_rule(pack, rule)
    elif concept := pack.concepts.get(target):
        _about.show_concept(pack, concept)
    elif provision := pack.provisions.get(target):
        _about.show_provision(pack, provision)
    else:
        raise UsageError(_unknown(target, pack, is_place=place is not None))


def _unknown(target: str, pack: Pack, *, is_place: bool) -> str:
    if is_place:
        return f"there is no file {target.partition(':')[0]!r} to explain a line of"
    known = [*_about.rule_names(pack), *pack.concepts, *pack.provisions]
    return f"{target!r} is no rule, concept, provision or PATH:LINE{_about.suggestion(target, known)}"


def _explain_line(name: str, line: int, options: dict[str, Any]) -> None:
    workspace = Workspace.of({**options, "paths": (name,)})
    found = next(iter(workspace.inputs()))
    if isinstance(found, ReportError):
        raise InputError(found.path, found.code, found.message)
    linter = workspace.linter(workspace.options_for(Path(found.path)))
    claims = linter.explain_line(found.path, found.data, line)
    if not claims:
        _show.line(
            f"{found.path}:{line}: no wording here that a rule begins at; `menulint mentions` lists all terms found"
        )
    for claim in claims:
        _print(found.path, claim)


def _print(path: str, claim: ExplainedClaim) -> None:
    _show.line(f"{path}:{claim.start.line}:{claim.start.column} “{claim.text}” ({claim.concept})")
    _show.labelled("read as", claim.sentence, indent=2)
    fired = sum(fired for _, fired, _ in claim.rules)
    if not claim.rules:
        _show.labelled("rules", "none begins at this concept", indent=2)
    for rule, is_fired, reason in sorted(claim.rules, key=lambda row: not row[1]):
        _show.labelled(f"{rule} {'fires' if is_fired else 'does not fire'}", reason, indent=2)
    if claim.rules and not fired:
        _show.line("  no finding")
