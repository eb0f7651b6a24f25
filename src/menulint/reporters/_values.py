"""The values of ``finding`` as the plain dictionaries of the JSON report, in the order in which it lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from menulint.finding import (
        Absent,
        BlockRef,
        CueRef,
        Finding,
        Fix,
        Judgement,
        Place,
        ProofOnFile,
        Related,
        Suppressed,
    )
    from menulint.result import FileResult, ReportError
    from menulint.source import Position

Values = dict[str, Any]


def position(at: Position) -> Values:
    """``offset`` from 0, ``line`` and ``column`` from 1, in code points."""
    return {"offset": at.offset, "line": at.line, "column": at.column}


def span(start: Position, end: Position) -> Values:
    """Both ends; the second is exclusive."""
    return {"start": position(start), "end": position(end)}


def cue(found: CueRef) -> Values:
    """A cue that decided speaker or stance."""
    return {"text": found.text, **span(found.start, found.end), "says": found.says, **_block_of(found)}


def block(ref: BlockRef) -> Values:
    """Which block a place stands in."""
    return {
        "role": ref.role,
        "section": list(ref.section),
        "cell": ref.cell,
        "page": ref.page,
        "box": list(ref.box) if ref.box else None,
        "pointer": ref.pointer,
    }


def suppressed(why: Suppressed | None) -> Values | None:
    """The comment that takes a place out of the count, if one does."""
    return {"reason": why.reason, "line": why.line, "until": why.until} if why else None


def file(result: FileResult) -> Values:
    """One file with its findings."""
    return {
        "path": result.path,
        "format": result.format,
        "encoding": result.encoding,
        "sha256": result.sha256,
        "language": result.language,
        "genre": result.genre,
        "genre_by": list(result.genre_by),
        "jurisdictions": list(result.jurisdictions),
        "jurisdictions_by": list(result.jurisdictions_by),
        "notes": list(result.notes),
        "findings": [finding(found) for found in result.findings],
    }


def finding(found: Finding) -> Values:
    """One finding. What only the terminal shows (explanation, why, more) is left out."""
    return {
        "rule": found.rule,
        "name": found.name,
        "category": found.category,
        "verdict": found.verdict,
        "severity": found.severity,
        "confidence": found.confidence,
        "message": found.message,
        "help": found.help,
        "text": found.text,
        **span(found.start, found.end),
        "block": block(found.block),
        "related": [_related(part) for part in found.related],
        "also": [_place(place) for place in found.also],
        "speaker": found.speaker,
        "stance": found.stance,
        "cues": [cue(one) for one in found.cues],
        "concepts": list(found.concepts),
        "jurisdictions": [_judgement(judgement) for judgement in found.jurisdictions],
        "rewrite": found.rewrite,
        "fixes": [_fix(fix) for fix in found.fixes],
        "fingerprint": found.fingerprint,
        "baseline": found.baseline,
        "suppressed": suppressed(found.suppressed),
        **({"substantiation": [proof(one) for one in found.proofs]} if found.proofs else {}),
        **({"lapsed": found.lapsed} if found.lapsed else {}),
    }


def absent(place: Absent) -> Values:
    """A place that the baseline accepts and that is not in the copy any more."""
    return {
        "path": place.path,
        "rule": place.rule,
        "text": place.text,
        "fingerprint": place.fingerprint,
        "reason": place.reason,
        "owner": place.owner,
        "added": place.added,
    }


def proof(entry: ProofOnFile) -> Values:
    """What the configuration holds for a wording."""
    return {
        "claim": entry.claim,
        "documents": list(entry.documents),
        "missing": list(entry.missing),
        "kind": entry.kind,
        "reviewer": entry.reviewer,
        "reviewed": entry.reviewed,
        "expires": entry.expires,
        "product": entry.product,
        "rules": list(entry.rules),
        "state": entry.state,
    }


def error(unread: ReportError) -> Values:
    """An input that could not be read."""
    return {"path": unread.path, "code": unread.code, "message": unread.message}


def _related(part: Related) -> Values:
    own = span(part.start, part.end)
    return {"role": part.role, "text": part.text, **own, "message": part.message, **_block_of(part)}


def _block_of(found: CueRef | Related) -> Values:
    """The block of a place that counts in one; nothing in a text."""
    return {"block": block(found.block)} if found.block else {}


def _place(place: Place) -> Values:
    return {
        **span(place.start, place.end),
        "block": block(place.block),
        "fingerprint": place.fingerprint,
        "suppressed": suppressed(place.suppressed),
        "baseline": place.baseline,
        **({"fixes": [_fix(fix) for fix in place.fixes]} if place.fixes else {}),
    }


def _judgement(judgement: Judgement) -> Values:
    return {
        "code": judgement.code,
        "verdict": judgement.verdict,
        "severity": judgement.severity,
        "confidence": judgement.confidence,
        "provisions": list(judgement.provisions),
    }


def _fix(fix: Fix) -> Values:
    edits = [{**span(edit.start, edit.end), "text": edit.text} for edit in fix.edits]
    return {"safe": fix.safe, "edits": edits}
