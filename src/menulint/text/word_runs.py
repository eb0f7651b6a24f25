"""Runs of word characters (letters, digits, underscores) of any text; as bytes where it can be, a quarter of the time."""

from __future__ import annotations

from menulint.late import LatePattern

_RUN = LatePattern(r"\w+")
_ASCII = bytes(range(128))
_APART = bytes(code if chr(code).isalnum() or chr(code) == "_" else ord(" ") for code in _ASCII) + bytes(
    range(128, 256)
)
"""Blanks for what stands in no word; of other characters, the bytes as they are."""
_MOST_OTHERS = 16  # each may be looked for in the whole text, which must stay linear


def word_runs(text: str) -> list[str]:
    """All of them, in order."""
    if not text.isascii():
        others = set(_decoded(_encoded(text).translate(None, _ASCII)))
        if len(others) > _MOST_OTHERS:
            return _RUN.findall(text)
        for other in others:
            if not _RUN.match(other):
                text = text.replace(other, " ")
    return _decoded(_encoded(text).translate(_APART)).split()


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
