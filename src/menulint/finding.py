"""What is reported. Frozen plain values, ready for any reporter; field for field the JSON of the report.

What every run needs, also one that finds nothing, stands in ``menulint.result`` and can be had from here too.
"""

from __future__ import annotations

from dataclasses import dataclass

from menulint import result
from menulint.result import FileResult as FileResult
from menulint.result import ReportContext as ReportContext
from menulint.result import ReportError as ReportError
from menulint.scales import CONFIDENCES as CONFIDENCES
from menulint.scales import SEVERITIES as SEVERITIES
from menulint.scales import VERDICTS as VERDICTS
from menulint.source import Position, place_name


@dataclass(frozen=True, slots=True)
class BlockRef:
    """Which block a finding stands in, as the report shows it.

    ``quote`` is the text of the block in a file that is not text: places count in it, and there is no line to show.
    It is empty for any other file, and no part of the JSON.
    """

    role: str
    section: tuple[str, ...] = ()
    cell: str | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    pointer: str | None = None
    quote: str = ""

    @property
    def place(self) -> str:
        """What the block is called: ``Menu!B7``, ``page 3``."""
        return place_name(self.cell, self.page, self.pointer)


@dataclass(frozen=True, slots=True)
class Related:
    """Another part of the same claim: the substance of a route, the body of an effect.

    ``block`` names its block in a file that is not text, where places count in that.
    """

    role: str
    text: str
    start: Position
    end: Position
    message: str
    block: BlockRef | None = None


@dataclass(frozen=True, slots=True)
class CueRef:
    """A cue that decided speaker or stance, at its place in the file (``block`` as in ``Related``)."""

    text: str
    start: Position
    end: Position
    says: str
    block: BlockRef | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one jurisdiction makes of the wording. ``raises`` is False where it is listed for information only."""

    code: str
    verdict: str
    severity: str
    confidence: str
    provisions: tuple[str, ...]
    raises: bool = True


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text between two places of the file."""

    start: Position
    end: Position
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A rewording as edits; ``safe`` only where it changes nothing but an appearance wording.

    ``reads`` is the wording as it would stand then; it is no part of the JSON.
    """

    safe: bool
    edits: tuple[Edit, ...]
    reads: str = ""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """Why a finding does not count: the comment's reason and where it stands."""

    reason: str
    line: int
    until: str | None = None


@dataclass(frozen=True, slots=True)
class ProofOnFile:
    """A seller's own proof that the configuration holds for a wording, and its ``state``.

    ``valid``, ``expired``, ``missing`` (a document is not there), ``later`` (reviewed after the day whose law applies), or
    ``prohibited``: the wording is, so that proof does not help.
    """

    claim: str
    documents: tuple[str, ...]
    kind: str
    reviewer: str
    reviewed: str
    expires: str | None
    state: str
    product: str = ""
    rules: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A further place of the same finding in the same file."""

    start: Position
    end: Position
    block: BlockRef
    fingerprint: str
    suppressed: Suppressed | None = None
    baseline: str | None = None
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """rule + span + verdict + severity + confidence per jurisdiction + provisions + why + what to write instead.

    ``more`` are weaker rules on the same wording. ``denied`` are those of all of them that prohibit it where that counts; it is
    no part of the JSON. ``lapsed`` says, for a finding that the baseline accepted and that counts again, why it does.
    """

    rule: str
    name: str
    category: str
    verdict: str
    severity: str
    confidence: str
    message: str
    help: str
    text: str
    start: Position
    end: Position
    block: BlockRef
    related: tuple[Related, ...]
    also: tuple[Place, ...]
    speaker: str
    stance: str
    cues: tuple[CueRef, ...]
    concepts: tuple[str, ...]
    jurisdictions: tuple[Judgement, ...]
    rewrite: str
    fixes: tuple[Fix, ...]
    fingerprint: str
    baseline: str | None = None
    suppressed: Suppressed | None = None
    explanation: str = ""
    why: str = ""
    more: tuple[str, ...] = ()
    proofs: tuple[ProofOnFile, ...] = ()
    denied: tuple[str, ...] = ()
    lapsed: str = ""

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place of it in the file, its own first."""
        own = Place(self.start, self.end, self.block, self.fingerprint, self.suppressed, self.baseline, self.fixes)
        return (own, *self.also)

    @property
    def counts(self) -> bool:
        """Whether any of its places is neither suppressed nor accepted in the baseline."""
        if self.suppressed is None and self.baseline != "unchanged":
            return True
        return any(place.suppressed is None and place.baseline != "unchanged" for place in self.also)


@dataclass(frozen=True, slots=True)
class CopySpan:
    """A place of a finding in the text of its block; ``finding`` is its index in ``FileResult.findings``."""

    start: int
    end: int
    finding: int
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class CopyBlock:
    """A block of a file as a visitor reads it, with the places of findings in it, in order of their start.

    ``row`` is (table, row) for a table cell: cells that share it stand side by side.
    """

    role: str
    text: str
    level: int = 0
    row: tuple[int, int] | None = None
    spans: tuple[CopySpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Absent:
    """A place that the baseline accepts and that is not in the copy any more."""

    path: str
    rule: str
    text: str
    fingerprint: str
    reason: str
    added: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Provision:
    """The law behind a finding as a reporter needs it."""

    id: str
    gist: str
    instrument: str
    provision: str
    url: str
    source_type: str
    confidence: str
    in_force: str


# The types of the fields of FileResult name these, and whoever reads a kept report looks for them there.
vars(result).update(Finding=Finding, CopyBlock=CopyBlock)
