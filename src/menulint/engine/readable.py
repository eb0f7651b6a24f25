"""A file's copy as a visitor reads it, with the places of its findings: for reports that show wording in context."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from menulint.finding import CopyBlock, CopySpan, Finding
from menulint.source import Block, Role, Source, shown


def readable(
    source: Source, findings: Sequence[Finding], spots: Mapping[str, tuple[int, int, int]]
) -> tuple[CopyBlock, ...]:
    """All blocks of a source; ``spots`` are block, start and end of each place of a finding, by fingerprint."""
    spans: dict[int, list[CopySpan]] = defaultdict(list)
    for index, finding in enumerate(findings):
        for fingerprint in (finding.fingerprint, *(place.fingerprint for place in finding.also)):
            block, start, end = spots[fingerprint]
            spans[block].append(CopySpan(start, end, index, fingerprint))
    return tuple(_block(block, spans.get(block.index, [])) for block in source.blocks)


def _block(block: Block, spans: list[CopySpan]) -> CopyBlock:
    in_table = block.role is Role.TABLE_CELL and block.group is not None and block.row is not None
    return CopyBlock(
        role=block.role.value,
        text=shown(block.text),
        level=block.level,
        row=(block.group or 0, block.row or 0) if in_table else None,
        spans=tuple(sorted(spans, key=lambda span: (span.start, -span.end, span.finding))),
    )
