"""``menulint explain``: a rule, a concept, a provision, or one line of a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from menulint.cli import _about, _show
from menulint.cli._options import linting_options, speaking_options
from menulint.errors import InputError, UsageError
from menulint.finding import ReportError
from menulint.linter import ExplainedClaim
from menulint.pack.model import Pack
from menulint.runs import files
from menulint.runs.workspace import Workspace
from menulint.ui import Catalogue, catalogue

_PLACE = re.compile(r"(.+?):(\d+)(?::\d+)?")
_BLOCK_PLACE = re.compile(r"(.+?) ?\[([^\[\]]+)\]")


@click.command(name="explain", short_help="Explain a rule, concept, provision or PATH:LINE.")
@linting_options
@speaking_options
def command(**options: Any) -> None:
    """Explain a CODE, a CONCEPT, a PROVISION, or PATH:LINE: why it was found there, or why not.

    In a file that is not text, name a cell or page as reports do: "menu.xlsx [Prices!B7]".
    """
    if not options["paths"]:
        raise click.UsageError("say what to explain: RTE001, route.microneedling, or menu.md:12")
    for number, target in enumerate(options["paths"]):
        if number:
            _show.line()
        _explain(target, options)


def _explain(target: str, options: dict[str, Any]) -> None:
    place = _PLACE.fullmatch(target)
    for found in (place, _BLOCK_PLACE.fullmatch(target)):
        if found and (found[1] == files.STDIN or Path(found[1]).exists()):
            _explain_line(found[1], int(found[2]) if found is place else found[2], options)
            return
    workspace = Workspace.of({**options, "paths": ()})
    pack = workspace.pack
    if rule := _about.rule_named(pack, target):
        _about.show_rule(pack, rule, catalogue(workspace.ui_lang))
    elif concept := pack.concepts.get(target):
        _about.show_concept(pack, concept, catalogue(workspace.ui_lang))
    elif provision := pack.provisions.get(target):
        _about.show_provision(pack, provision)
    elif row := next((row for row in pack.evidence if row.id == target), None):
        _about.show_evidence(row, catalogue(workspace.ui_lang))
    else:
        raise UsageError(_unknown(target, pack, is_place=place is not None))


def _unknown(target: str, pack: Pack, *, is_place: bool) -> str:
    if is_place:
        return f"there is no file {target.partition(':')[0]!r} to explain a line of"
    known = [*_about.rule_names(pack), *pack.concepts, *pack.provisions]
    return f"{target!r} is no rule, concept, provision or PATH:LINE{_about.suggestion(target, known)}"


def _explain_line(name: str, line: int | str, options: dict[str, Any]) -> None:
    workspace = Workspace.of({**options, "paths": (name,)})
    found = next(iter(workspace.inputs()))
    if isinstance(found, ReportError):
        raise InputError(found.path, found.code, found.message)
    linter = workspace.linter(workspace.options_for(Path(found.path)))
    words, line_of = catalogue(workspace.ui_lang), _named(found.path, line)
    explained = linter.explain_line(found.path, found.data, line)
    if not explained.claims:
        _show.line(f"{line_of}: {words('explain.nothing')}")
        return
    _show.paragraph(f"{line_of}: {explained.page} {explained.law}")
    for claim in explained.claims:
        _show.line()
        _print(found.path, claim, words)


def _named(path: str, line: int | str) -> str:
    return f"{path}:{line}" if isinstance(line, int) else f"{path} [{line}]"


def _print(path: str, claim: ExplainedClaim, words: Catalogue) -> None:
    _show.line(f"{_show.place(path, claim.start, claim.block)} “{claim.text}” ({claim.concept})")
    for rule, places in claim.reported:
        _show.labelled(words("explain.reported", places=places), rule, indent=2)
    _show.paragraph(claim.sentence, indent=2)
    for row in claim.evidence:
        _show.labelled(words("evidence.title"), row, indent=2)
    if claim.silent:
        _show.labelled(words("explain.silent-rules"), ", ".join(rule for rule, _ in claim.others), indent=2)
    elif claim.others:
        _show.line(f"  {words('explain.other-rules')}:")
        for rule, reason in claim.others:
            _show.labelled(rule, reason, indent=4)
