"""The seller's own proof: which findings an entry of the configuration covers, and the register of all claims.

A finding that asks for evidence becomes ``info`` once there is proof on file; it stays in the report, with the document
and the reviewer. What is prohibited is so whatever the evidence. Nobody reads the documents here: that is the reviewer's
work.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from menulint.finding import FileResult, Finding, Place, ProofOnFile
from menulint.proof import Proof
from menulint.text.folding import fold
from menulint.text.wildcards import Wording
from menulint.ui import Catalogue, Word

NEEDS = "needs-evidence"
PROHIBITED = "prohibited"
VALID = "valid"


class Dossier:
    """The proof of a project on a day. Built once, asked for every finding."""

    def __init__(self, proofs: Iterable[Proof], on: date, words: Catalogue) -> None:
        self._entries = [_Entry(proof, on) for proof in proofs]
        self._words = words

    def applied(self, finding: Finding, text: str, start: int, end: int) -> Finding:
        """A finding at ``[start, end)`` of a block's ``text`` with what is on file for it."""
        if not self._entries or not (finding.denied or finding.verdict == NEEDS):
            return finding
        above = " / ".join(finding.block.section)
        covering = [e.on_file for e in self._entries if e.names(finding) and e.covers(text, start, end, above)]
        if not covering:
            return finding
        if finding.denied:
            return replace(finding, proofs=tuple(replace(proof, state=PROHIBITED) for proof in covering))
        proofs = tuple(sorted(covering, key=lambda proof: proof.state != VALID))
        severity = "info" if proofs[0].state == VALID else finding.severity
        return replace(
            finding, proofs=proofs, severity=severity, message=f"{finding.message} {_said(proofs[0], self._words)}"
        )


class _Entry:
    """A proof, and where its wording stands in the text it was asked about last."""

    def __init__(self, proof: Proof, on: date) -> None:
        self._proof = proof
        self._claim, self._product = Wording(proof.claim), Wording(proof.product)
        self._text: str | None = None
        self._spans: list[tuple[int, int]] = []
        self._named = False
        self.on_file = on_file(proof, on)

    def names(self, finding: Finding) -> bool:
        """Whether it is for the finding's rule."""
        names = {finding.rule, finding.rule.rstrip("0123456789"), finding.name, finding.category}
        return not self._proof.rules or not names.isdisjoint(self._proof.rules)

    def covers(self, text: str, start: int, end: int, above: str) -> bool:
        """Whether a finding lies in the wording, said of the product: named in the same block or in a heading above."""
        if text != self._text:
            folded = fold(text)
            self._text, self._spans = text, self._claim.stretches(folded)
            self._named = not self._proof.product or bool(self._product.stretches(folded))
        at = bisect_right(self._spans, start, key=lambda span: span[0]) - 1
        if at < 0 or end > self._spans[at][1]:
            return False
        return self._named or bool(self._product.stretches(fold(above)))


def on_file(proof: Proof, on: date) -> ProofOnFile:
    """An entry as findings show it."""
    return ProofOnFile(
        claim=proof.claim,
        documents=proof.documents,
        kind=proof.kind,
        reviewer=proof.reviewer,
        reviewed=proof.reviewed.isoformat(),
        expires=proof.expires.isoformat() if proof.expires else None,
        state=proof.state(on),
        product=proof.product,
        rules=proof.rules,
        missing=proof.missing,
    )


def _said(proof: ProofOnFile, words: Catalogue) -> str:
    """What a finding says of its proof."""
    return words(
        f"proof.{proof.state}",
        documents=", ".join(proof.missing if proof.state == "missing" else proof.documents),
        kind=Word("proof-kind", proof.kind),
        reviewer=proof.reviewer,
        reviewed=proof.reviewed,
        expires=proof.expires or "",
    )


def notes(findings: Iterable[Finding]) -> tuple[str, ...]:
    """What a file's report says of proof that is worth nothing where it is needed."""
    return tuple(dict.fromkeys(_note(f, proof) for f in findings for proof in f.proofs if proof.state != VALID))


def _note(finding: Finding, proof: ProofOnFile) -> str:
    claim = f"substantiation of “{proof.claim}”"
    if proof.state == PROHIBITED:
        return f"{claim} does not count for {', '.join(finding.denied)}: that is prohibited whatever the evidence"
    return f"{claim} does not count: {lapse(proof)}"


def lapse(proof: ProofOnFile) -> str:
    """Why an entry is worth nothing, in words."""
    if proof.state == "missing":
        return f"not there: {', '.join(proof.missing)}"
    if proof.state == "expired":
        return f"it expired on {proof.expires}"
    return f"it was reviewed only on {proof.reviewed}" if proof.state == "later" else ""


# The register


@dataclass(frozen=True, slots=True)
class Claim:
    """A place where the copy says what needs evidence, and what is on file for it."""

    path: str
    finding: Finding
    place: Place

    @property
    def jurisdictions(self) -> tuple[str, ...]:
        """Those that want the evidence and decide on the finding."""
        return tuple(j.code for j in self.finding.jurisdictions if j.raises and j.verdict == NEEDS)

    @property
    def state(self) -> str:
        """That of the best proof, ``none`` without any."""
        return self.finding.proofs[0].state if self.finding.proofs else "none"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the configuration, and how many places it was for. ``near`` is a wording that reaches beyond it."""

    proof: ProofOnFile
    claims: int
    prohibited: int
    near: str = ""

    @property
    def problems(self) -> tuple[str, ...]:
        """What somebody should see to."""
        found = []
        if self.proof.state != VALID:
            found.append(lapse(self.proof))
        if self.prohibited:
            found.append(f"prohibited whatever the evidence in {self.prohibited} of the places that say so")
        if not self.claims and not self.prohibited:
            found.append("matches no finding that needs evidence" + (f"; near it: “{self.near}”" if self.near else ""))
        return tuple(found)


def claims(results: Iterable[FileResult]) -> Iterator[Claim]:
    """Every place of every finding that asks for evidence, in the order of the report."""
    for result in results:
        for finding in result.findings:
            if finding.verdict == NEEDS:
                yield from (Claim(result.path, finding, place) for place in finding.places)


def entries(proofs: Iterable[Proof], results: Sequence[FileResult], on: date) -> list[Entry]:
    """The entries of the configuration with what came of each."""
    valued, refused = dict[ProofOnFile, int](), dict[ProofOnFile, int]()
    for result in results:
        for finding in result.findings:
            for proof in finding.proofs:
                counts = refused if proof.state == PROHIBITED else valued
                counts[proof] = counts.get(proof, 0) + len(finding.places)
    made = []
    for one in dict.fromkeys(on_file(proof, on) for proof in proofs):
        used, denied = valued.get(one, 0), refused.get(replace(one, state=PROHIBITED), 0)
        made.append(Entry(one, used, denied, "" if used or denied else _near(one, results)))
    return made


def _near(proof: ProofOnFile, results: Iterable[FileResult]) -> str:
    """The first finding that holds words of an entry without lying in its wording."""
    wording = Wording(proof.claim)
    texts = (f.text for result in results for f in result.findings if f.verdict == NEEDS)
    return next((text for text in texts if wording.touches(fold(text))), "")
