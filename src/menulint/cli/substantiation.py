"""``menulint substantiation``: the register of what the copy claims that needs evidence, and what is on file for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from menulint.cli import _show
from menulint.cli._failure import complain
from menulint.cli._options import linting_options
from menulint.cli.baseline import checked
from menulint.finding import FileResult, ProofOnFile
from menulint.reporters import _values, csv
from menulint.runs.workspace import Workspace
from menulint.substantiation import VALID, Claim, Entry, claims, entries

COLUMNS = (
    "path line column inside rule name severity text jurisdictions state documents kind reviewer reviewed expires "
    "product suppressed"
).split()
"""The header row of the CSV; ``state`` is that of the best proof, ``none`` without any."""


@click.command(name="substantiation", short_help="List the claims that need evidence, and what is on file for each.")
@linting_options
@click.option(
    "--format", "format_name", type=click.Choice(("table", "csv", "json")), default="table", help="table, csv or json."
)
def command(format_name: str, **options: Any) -> int:
    """The register of claims: every finding that needs evidence, with the proof the configuration names, or none.

    Entries of the configuration that match nothing, that expired, or whose documents are not there are listed as well.
    The exit code is 0 whatever is found, 3 if a file could not be read.
    """
    workspace = Workspace.of(options, with_baseline=False)
    results, code = checked(workspace)
    found, known = list(claims(results)), _entries(workspace, results)
    if format_name == "json":
        _show.as_json(_as_json(workspace, found, known))
    elif format_name == "csv":
        click.echo(csv.line(COLUMNS) + "".join(csv.line(_cells(claim)) for claim in found), nl=False)
        for entry in known:
            for problem in entry.problems:
                complain(f"menulint: substantiation of “{entry.proof.claim}”: {problem}")
    else:
        _show_register(found, known)
    return code


def _entries(workspace: Workspace, results: Sequence[FileResult]) -> list[Entry]:
    """The entries of every configuration that a file of the run is under."""
    run = (workspace.run_options, *(workspace.options_for(Path(result.path)) for result in results))
    proofs = dict.fromkeys(proof for options in run for proof in options.substantiation)
    return entries(proofs, results, workspace.as_of)


def _show_register(found: Sequence[Claim], known: Sequence[Entry]) -> None:
    if found:
        header = ("place", "rule", "wording", "jurisdictions", "proof")
        _show.table([header, *(_row(claim) for claim in found)])
        _show.line()
    proved = sum(claim.state == VALID for claim in found)
    _show.line(f"claims that need evidence: {len(found)}; with proof on file: {proved}; without: {len(found) - proved}")
    lines = [f"“{entry.proof.claim}”: {problem}" for entry in known for problem in entry.problems]
    _show.listed("entries of the configuration to look at", lines)


def _row(claim: Claim) -> tuple[str, ...]:
    where = _show.place(claim.path, claim.place.start, claim.place.block)
    proof = "; ".join(map(_in_words, claim.finding.proofs)) or "none"
    if claim.place.suppressed:
        proof += f" (suppressed: {claim.place.suppressed.reason})"
    return where, claim.finding.rule, claim.finding.text, " ".join(claim.jurisdictions), proof


def _in_words(proof: ProofOnFile) -> str:
    until = f", until {proof.expires}" if proof.expires else ""
    state = "" if proof.state == VALID else f"{proof.state}: "
    return f"{state}{', '.join(proof.documents)} ({proof.kind}, {proof.reviewer}, {proof.reviewed}{until})"


def _cells(claim: Claim) -> list[str]:
    finding, place = claim.finding, claim.place
    proof = finding.proofs[0] if finding.proofs else None
    cells = {
        "path": claim.path,
        "line": "" if place.block.quote else str(place.start.line),
        "column": "" if place.block.quote else str(place.start.column),
        "inside": place.block.place,
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity,
        "text": finding.text,
        "jurisdictions": " ".join(claim.jurisdictions),
        "state": claim.state,
        "suppressed": place.suppressed.reason if place.suppressed else "",
    }
    if proof:
        cells |= {
            "documents": " ".join(proof.documents),
            "kind": proof.kind,
            "reviewer": proof.reviewer,
            "reviewed": proof.reviewed,
            "expires": proof.expires or "",
            "product": proof.product,
        }
    return [csv.inert(cells.get(name, "")) for name in COLUMNS]


def _as_json(workspace: Workspace, found: Sequence[Claim], known: Sequence[Entry]) -> dict[str, Any]:
    states = Counter(claim.state for claim in found)
    return {
        "as_of": workspace.as_of.isoformat(),
        "claims": [
            {
                "path": claim.path,
                **_values.span(claim.place.start, claim.place.end),
                "block": _values.block(claim.place.block),
                "text": claim.finding.text,
                "rule": claim.finding.rule,
                "name": claim.finding.name,
                "severity": claim.finding.severity,
                "jurisdictions": list(claim.jurisdictions),
                "state": claim.state,
                "substantiation": [_values.proof(proof) for proof in claim.finding.proofs],
                "suppressed": _values.suppressed(claim.place.suppressed),
                "fingerprint": claim.place.fingerprint,
            }
            for claim in found
        ],
        "entries": [
            {
                **_values.proof(entry.proof),
                "claims": entry.claims,
                "prohibited": entry.prohibited,
                "problems": list(entry.problems),
            }
            for entry in known
        ],
        "summary": {"claims": len(found), **{state: states[state] for state in sorted(states)}},
    }
