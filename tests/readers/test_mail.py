"""E-mail: headers, parts, and what transfer encodings stand for."""

from __future__ import annotations

import base64
from collections.abc import Callable
from email.message import EmailMessage

from hypothesis import given
from hypothesis import strategies as st

from menulint.readers import read_bytes
from menulint.source import Role, Source

Read = Callable[..., Source]

WORDS = "Our café rooms are open late. Ask for a “quiet” hour = no phones, no music, tea for everybody who waits."
HTML = f"<h1>Spring news</h1><p>{WORDS}</p><style>.botox {{}}</style>"


def letter(cte: str, newline: str = "\r\n") -> str:
    """A letter with a text, a page and a picture."""
    message = EmailMessage()
    message["From"] = "Rooms <hello@rooms.example>"
    message["Subject"] = "Frühling: a quiet hour for you"
    message["Date"] = "Mon, 02 Mar 2026 10:00:00 +0000"
    message.set_content(WORDS + "\n", cte=cte)
    message.add_alternative(HTML, subtype="html", cte=cte)
    message.add_attachment(b"\x89PNG" * 20, maintype="image", subtype="png", filename="botox.png")
    return message.as_bytes().decode("utf-8").replace("\n", newline)


def said(source: Source) -> list[tuple[Role, str]]:
    return [(block.role, block.text) for block in source.blocks]


EXPECTED = [
    (Role.TITLE, "Frühling: a quiet hour for you"),
    (Role.PARAGRAPH, WORDS),
    (Role.HEADING, "Spring news"),
    (Role.PARAGRAPH, WORDS),
]


def test_a_letter_says_the_same_in_every_encoding(read: Read) -> None:
    for cte in ("8bit", "quoted-printable", "base64"):
        for newline in ("\n", "\r\n"):
            assert said(read(letter(cte, newline), "news.eml")) == EXPECTED


def test_places_in_quoted_printable_are_exact(read: Read) -> None:
    source = read(letter("quoted-printable"), "news.eml")
    block = source.blocks[1]
    for word, written in (
        ("open", "open"),
        ("café", "caf=C3=A9"),
        ("“quiet”", "=E2=80=9Cquiet=E2=80=9D"),
        ("=", "=3D"),
    ):
        at = block.text.index(word)
        start, end = block.map.span(at, at + len(word))
        assert source.text[start:end].replace("=\r\n", "") == written


def test_a_place_in_base64_is_the_line_that_holds_it(read: Read) -> None:
    source = read(letter("base64"), "news.eml")
    block = source.blocks[1]
    at = block.text.index("no phones")
    start, end = block.map.span(at, at + 9)
    assert b"no phones" in b"".join(base64.b64decode(line + "==") for line in source.text[start:end].split())


def test_what_is_no_text_is_left_out(read: Read) -> None:
    reasons = [left.reason for left in read(letter("8bit"), "news.eml").left_out]
    assert "an attachment" in reasons


def test_addresses_and_date_are_signals(read: Read) -> None:
    source = read(letter("8bit"), "news.eml")
    assert list(source.signal_values("mail")) == ["hello@rooms.example"]
    assert list(source.signal_values("date")) == ["Mon, 02 Mar 2026 10:00:00 +0000"]


def test_a_letter_is_recognised_without_its_name(read: Read) -> None:
    assert read(letter("8bit"), "-").format == "mail"


@given(
    st.sampled_from(["8bit", "quoted-printable", "base64"]),
    st.integers(0, 1500),
    st.text(st.sampled_from("=A\r\n-?:"), max_size=4),
)
def test_a_letter_cut_or_changed_anywhere_is_read(cte: str, at: int, put: str) -> None:
    whole = letter(cte)
    for text in (whole[:at] + put, whole[:at] + put + whole[at:]):
        source = read_bytes("a.eml", text.encode())
        for block in source.blocks:
            start, end = block.map.span(0, len(block.text))
            assert 0 <= start <= end <= len(source.text)
