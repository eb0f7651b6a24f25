"""Subtitles (.srt, .vtt): what is said in a video, sentences joined over the cues they are cut into."""

from __future__ import annotations

import re
from collections.abc import Iterator

from menulint.readers.base import Run, SourceBuilder
from menulint.readers.contacts import report_contacts
from menulint.readers.entities import decode_references
from menulint.source import Role

_STAMP = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMES = re.compile(rf"[ \t]*{_STAMP}[ \t]*-->[ \t]*{_STAMP}[^\r\n]*")
_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_TAG = re.compile(r"</?[A-Za-z\d][^<>\r\n]{0,200}>|\{\\[^{}\r\n]{0,200}\}|</?>")
_NOT_SAID = re.compile(r"[ \t]*(NOTE|STYLE|REGION)(?:[ \t]+|\Z)")
_TURN = re.compile(r"[ \t]*(?:[-–—][ \t]*(?=\S)|>>[ \t]*|<v[ .])")
_CLOSED = re.compile(r"[.!?…:][\"'”’)\]]*[ \t]*\Z")
_PAUSE = 4.0
"""Seconds of silence after which a new piece of text begins."""
_MOST_CUES = 40
_RECOGNISED = re.compile(r"(?:WEBVTT\b|\d{1,6}[ \t]*\r?\n\d{1,2}:\d\d:\d\d,\d{3} -->)")


class SubtitleReader:
    """Reads SubRip and WebVTT."""

    name = "subtitles"
    extensions = frozenset({".srt", ".vtt"})

    def recognises(self, text: str) -> bool:
        """The head of WebVTT, or a first cue."""
        return bool(_RECOGNISED.match(text.lstrip("\ufeff \t\r\n")))

    def read(self, text: str, build: SourceBuilder) -> None:
        """Report what is said, notes as comments, styles left out."""
        spoken = _Spoken(text, build)
        at = 1 if text.startswith("\ufeff") else 0
        while at < len(text) and (line := _LINE.match(text, at)) and line.end() > at:
            at = spoken.line(*line.span(1), line.end())
        spoken.flush()
        report_contacts(text, build)


class _Spoken:
    """Follows the lines of a file."""

    def __init__(self, text: str, build: SourceBuilder) -> None:
        self._text, self._build = text, build
        self._in_cue = False
        self._runs: list[Run] = []
        self._cues = 0
        self._until = 0.0

    def line(self, start: int, end: int, after: int) -> int:
        """Take one line; where the next one begins."""
        text = self._text
        if times := _TIMES.fullmatch(text, start, end):
            self._begin(_seconds(times, 1), _seconds(times, 5))
        elif not text[start:end].strip():
            self._in_cue = False
        elif self._in_cue:
            self._say(start, end)
        elif beside := _NOT_SAID.match(text, start, end):
            return self._beside(beside, start, after)
        return after

    def _begin(self, start: float, end: float) -> None:
        said = "".join(piece for piece, _, _ in self._runs[-3:])
        if self._cues >= _MOST_CUES or start - self._until > _PAUSE or _CLOSED.search(said):
            self.flush()
        self._in_cue, self._until = True, end
        self._cues += 1

    def _say(self, start: int, end: int) -> None:
        if turn := _TURN.match(self._text, start, end):
            self.flush()
            start = turn.end() if "<" not in turn.group() else start
        if self._runs:
            self._runs.append((" ", start, start))
        at = start
        for tag in _TAG.finditer(self._text, start, end):
            self._runs.extend(self._shown(at, tag.start()))
            at = tag.end()
        self._runs.extend(self._shown(at, end))

    def _shown(self, start: int, end: int) -> Iterator[Run]:
        if self._text.find("&", start, end) >= 0:
            yield from decode_references(self._text, start, end)
        elif start < end:
            yield self._text[start:end], start, end

    def _beside(self, match: re.Match[str], start: int, after: int) -> int:
        """A note or style runs on to the next empty line."""
        text, end = self._text, after
        while end < len(text) and (line := _LINE.match(text, end)) and line[1].strip() and line.end() > end:
            end = line.end()
        if match[1] == "NOTE":
            self._build.comment(text[match.end() : end].strip(), start, end, self._end_of_next(end))
        else:
            self._build.leave_out(start, end, "style")
        return end

    def _end_of_next(self, at: int) -> int:
        """The end of the cue that follows."""
        text, end = self._text, 0
        while at < len(text) and (line := _LINE.match(text, at)) and line.end() > at:
            if line[1].strip():
                end = line.end(1)
            elif end:
                break
            at = line.end()
        return end

    def flush(self) -> None:
        """A piece of text is complete."""
        if self._runs:
            self._build.add(Role.PARAGRAPH, self._runs)
        self._runs, self._cues = [], 0


def _seconds(match: re.Match[str], group: int) -> float:
    hours, minutes, seconds, parts = (int(match[n] or 0) for n in range(group, group + 4))
    return hours * 3600 + minutes * 60 + seconds + parts / 1000


READER = SubtitleReader()
