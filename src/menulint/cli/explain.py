"""``menulint explain``: a rule, a concept, a provision, a place, evidence, or one line of a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from msgspec import structs, to_builtins

from menulint.cli import _about, _law, _places, _show
from menulint.cli._law import Asked
from menulint.cli._options import linting_options, speaking_options
from menulint.engine import record
from menulint.errors import InputError, UsageError
from menulint.finding import Judgement, ReportError
from menulint.linter import ExplainedClaim, ExplainedLine, ExplainedRule
from menulint.linter import Options as LinterOptions
from menulint.pack.model import Pack
from menulint.runs import files
from menulint.runs.workspace import Workspace
from menulint.ui import Catalogue, Word, catalogue

_PLACE = re.compile(r"(.+?):(\d+)(?::\d+)?")
_BLOCK_PLACE = re.compile(r"(.+?) ?\[([^\[\]]+)\]")


@click.command(name="explain", short_help="Explain a rule, concept, provision, place or PATH:LINE.")
@linting_options
@speaking_options
@click.option("--format", "format_name", type=click.Choice(("text", "json")), default="text", help="text or json.")
@click.option("--verbose", is_flag=True, help="Also conditions as they stand in the pack, and all terms.")
def command(**options: Any) -> None:
    """Explain a CODE, a CONCEPT, a PROVISION, a place (ES), a row of evidence, or PATH:LINE: why it was found, or why not.

    --jurisdiction ES,US compares these places, and says where no law is known; --as-of DATE asks for the law of a day.
    In a file that is not text, name a cell or page as reports do: "menu.xlsx [Prices!B7]".
    """
    if not options["paths"]:
        raise click.UsageError("say what to explain: RTE001, route.microneedling, ES, or menu.md:12")
    found = [_explained(target, options) for target in options["paths"]] if options["format_name"] == "json" else None
    if found is not None:
        _show.as_json({"explained": found})
        return
    for number, target in enumerate(options["paths"]):
        if number:
            _show.line()
        _explain(target, options)


def _line_asked(target: str) -> tuple[str, int | str] | None:
    """The file and the line (or cell, or page) of a target, if it names a file that is there."""
    place = _PLACE.fullmatch(target)
    for found in (place, _BLOCK_PLACE.fullmatch(target)):
        if found and (found[1] == files.STDIN or Path(found[1]).exists()):
            return found[1], int(found[2]) if found is place else found[2]
    return None


def _explain(target: str, options: Mapping[str, Any]) -> None:
    if line := _line_asked(target):
        _explain_line(*line, options)
        return
    workspace = Workspace.of({**options, "paths": ()})
    pack, wanted, words = workspace.pack, _asked(workspace), catalogue(workspace.ui_lang)
    if rule := _about.rule_named(pack, target):
        _about.show_rule(pack.on(wanted.on), rule, words, wanted, verbose=options["verbose"])
    elif concept := pack.concepts.get(target):
        _about.show_concept(pack.on(wanted.on), concept, words, wanted, verbose=options["verbose"])
    elif provision := pack.provisions.get(target):
        _places.show_provision(pack, provision, words, wanted)
    elif row := next((row for row in pack.evidence if row.id == target), None):
        _about.show_evidence(row, words)
    elif place := pack.jurisdictions.get(target.upper()):
        _places.show_place(pack, place, words, wanted)
    else:
        raise _unknown(target, pack)


def _explained(target: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """The same as a plain value."""
    if line := _line_asked(target):
        path, explained = _read_line(*line, options)[:2]
        return {"path": path, "line": line[1], **to_builtins(explained)}
    workspace = Workspace.of({**options, "paths": ()})
    pack, wanted = workspace.pack, _asked(workspace)
    on = {"as_of": wanted.on.isoformat()}
    if rule := _about.rule_named(pack, target):
        return {"rule": _about.rule_value(pack.on(wanted.on), rule, wanted, workspace.ui_lang), **on}
    if concept := pack.concepts.get(target):
        return {"concept": _about.concept_value(pack.on(wanted.on), concept, wanted), **on}
    if provision := pack.provisions.get(target):
        return {"provision": _places.provision_value(pack, provision, wanted), **on}
    if row := next((row for row in pack.evidence if row.id == target), None):
        return {"evidence": structs.asdict(row)}
    if place := pack.jurisdictions.get(target.upper()):
        return {"place": _places.place_value(pack, place, wanted), **on}
    raise _unknown(target, pack)


def _asked(workspace: Workspace) -> Asked:
    """Whose law of which day: as given, else as configured."""
    options: LinterOptions = workspace.run_options
    return _law.asked(workspace.pack, options.jurisdiction, options.reference_set, options.as_of)


def _unknown(target: str, pack: Pack) -> UsageError:
    if _PLACE.fullmatch(target):
        return UsageError(f"there is no file {target.partition(':')[0]!r} to explain a line of")
    rows = (row.id for row in pack.evidence)
    known = [*_about.rule_names(pack), *pack.concepts, *pack.provisions, *rows, *pack.jurisdictions]
    kinds = "no rule, concept, provision, place, row of evidence or PATH:LINE"
    return UsageError(f"{target!r} is {kinds}{_about.suggestion(target, known)}")


def _read_line(name: str, line: int | str, options: Mapping[str, Any]) -> tuple[str, ExplainedLine, Workspace]:
    workspace = Workspace.of({**options, "paths": (name,)})
    found = next(iter(workspace.inputs()))
    if isinstance(found, ReportError):
        raise InputError(found.path, found.code, found.message)
    linter = workspace.linter(workspace.options_for(Path(found.path)))
    return found.path, linter.explain_line(found.path, found.data, line), workspace


def _explain_line(name: str, line: int | str, options: Mapping[str, Any]) -> None:
    path, explained, workspace = _read_line(name, line, options)
    words, line_of = catalogue(workspace.ui_lang), f"{path}:{line}" if isinstance(line, int) else f"{path} [{line}]"
    if not explained.claims:
        _show.line(f"{line_of}: {words('explain.nothing')}")
        return
    _show.paragraph(f"{line_of}: {explained.page} {explained.law}")
    told: set[str] = set()
    for claim in explained.claims:
        _show.line()
        _print(path, claim, workspace, words, told)


def _print(path: str, claim: ExplainedClaim, workspace: Workspace, words: Catalogue, told: set[str]) -> None:
    _show.line(f"{_show.place(path, claim.start, claim.block)} “{claim.text}” ({claim.concept})")
    for rule in claim.reported:
        _print_rule(rule, workspace, words, told)
    _show.paragraph(claim.sentence, indent=2)
    for row in claim.evidence:
        _show.labelled(words("evidence.title"), row, indent=2)
    if claim.silent:
        _show.labelled(words("explain.silent-rules"), ", ".join(rule for rule, _ in claim.others), indent=2)
    elif claim.others:
        _show.line(f"  {words('explain.other-rules')}:")
        for other, reason in claim.others:
            _show.labelled(other, reason, indent=4)


def _print_rule(rule: ExplainedRule, workspace: Workspace, words: Catalogue, told: set[str]) -> None:
    """A rule that fires: what each place makes of it and by which law, where it does not count, and what to write."""
    _show.labelled(words("explain.reported", places=", ".join(rule.places)), f"{rule.id} {rule.name}", indent=2)
    for judgement in rule.judgements:
        _print_judgement(judgement, workspace, words, told)
    for code, reason in rule.nothing_in:
        _show.labelled(words("explain.no-finding-in", place=code), reason, indent=4)
    _show.labelled(words("rule.why"), rule.why, indent=4)
    _show.labelled(words("rule.rewrite"), rule.rewrite, indent=4)


def _print_judgement(judgement: Judgement, workspace: Workspace, words: Catalogue, told: set[str]) -> None:
    said = words(
        "terminal.judgement",
        code=judgement.code,
        verdict=Word("verdict", judgement.verdict),
        severity=Word("severity", judgement.severity),
        sure=Word("confidence-long", judgement.confidence),
    )
    _show.paragraph(said, indent=4)
    known = workspace.pack.provisions
    for provision in (known[name] for name in judgement.provisions):
        if provision.id in told:
            _show.line(f"      {words('terminal.as-above', provisions=provision.id)}")
            continue
        told.add(provision.id)
        state = record.state(provision, workspace.as_of)
        _show.labelled(provision.id, words.sentence(provision.gist), indent=6)
        for label, text in _law.facts(provision, state, words):
            _show.labelled(label, text, indent=8)
        _show.line(f"        {provision.url}")
