"""Subtitles: sentences over cues, tags, notes."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.readers import read_bytes
from menulint.source import Source

Read = Callable[..., Source]
CheckPlaces = Callable[[Source], None]

SRT = """\
1
00:00:01,000 --> 00:00:03,500
Welcome to our <i>quiet</i>
treatment

2
00:00:03,600 --> 00:00:05,000
rooms in town.

3
00:00:05,100 --> 00:00:07,000
- How long is it?
- Forty minutes.

4
00:01:05,100 --> 00:01:07,000
{\\an8}After a pause
"""

VTT = """\
WEBVTT - rooms

STYLE
::cue { color: red }

NOTE menulint: ignore-file[PRS] -- spoken in 2019

intro
00:01.000 --> 00:04.000 align:start
<v Nurse>Tea &amp; towels
"""


def test_a_sentence_is_joined_over_its_cues(read: Read, check_places: CheckPlaces) -> None:
    source = read(SRT, "film.srt")
    check_places(source)
    assert [b.text for b in source.blocks] == [
        "Welcome to our quiet treatment rooms in town.", "How long is it?", "Forty minutes.", "After a pause",
    ]  # fmt: skip


def test_notes_are_comments_and_styles_are_left_out(read: Read, check_places: CheckPlaces) -> None:
    source = read(VTT, "film.vtt")
    check_places(source)
    assert [b.text for b in source.blocks] == ["Tea & towels"]
    assert [c.text for c in source.comments] == ["menulint: ignore-file[PRS] -- spoken in 2019"]
    assert [left.reason for left in source.left_out] == ["style"]


def test_a_note_silences_the_cue_that_follows() -> None:
    """Its times stand between the two."""
    cue = "{}\n\n00:0{}.000 --> 00:0{}.500\nOur {}\nacne.\n\n"
    text = (
        "WEBVTT\n\n"
        + cue.format("NOTE menulint: ignore-next-line[MED] -- under review", 1, 1, "serum heals")
        + cue.format("", 9, 9, "gel cures")
    )
    found = Linter(load_pack(), Options(jurisdiction=("GB",))).check_bytes("en.vtt", text.encode()).findings
    assert [f.suppressed is not None for f in found] == [True, False]


@given(
    st.sampled_from([("a.srt", SRT), ("a.vtt", VTT)]),
    st.integers(0, 300),
    st.text(st.sampled_from("<{-\n1:>&"), max_size=4),
)
def test_a_file_cut_or_changed_anywhere_is_read(file: tuple[str, str], at: int, put: str) -> None:
    path, whole = file
    for text in (whole[:at] + put, whole[:at] + put + whole[at:]):
        source = read_bytes(path, text.encode())
        assert all(0 <= b.map.span(0, len(b.text))[0] <= len(text) for b in source.blocks)
