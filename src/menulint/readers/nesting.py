"""Text inside text: runs found in a decoded string, traced back to the file the string stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from menulint.readers.base import Run
from menulint.source import OffsetMap


def join_runs(runs: Iterable[Run]) -> tuple[str, OffsetMap]:
    """The text of some runs as it stands, white space untouched, and its map to the source."""
    parts: list[str] = []
    segments: list[tuple[int, int, int]] = []
    length = 0
    for text, start, end in runs:
        if text:
            parts.append(text)
            segments.append((length, start, end))
            length += len(text)
    return "".join(parts), OffsetMap(tuple(segments), length)


def trace_runs(runs: Iterable[Run], outer: OffsetMap) -> Iterator[Run]:
    """Runs whose offsets count in a text that ``outer`` maps to the source, as runs of that source."""
    for text, start, end in runs:
        if len(text) == end - start:
            yield from _trace_identity(text, start, outer)
        else:
            yield text, *outer.span(start, end)


def _trace_identity(text: str, start: int, outer: OffsetMap) -> Iterator[Run]:
    """An identity run, cut where the outer text has a seam."""
    segments, end = outer.segments, start + len(text)
    index = bisect_right(segments, start, key=lambda segment: segment[0]) - 1
    at = start
    while at < end:
        following = segments[index + 1][0] if index + 1 < len(segments) else outer.length
        stop = min(end, following)
        yield text[at - start : stop - start], *outer.span(at, stop)
        at, index = stop, index + 1
