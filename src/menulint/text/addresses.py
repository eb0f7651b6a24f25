"""Addresses and names of files that stand in copy: words in them are names, and nobody claims anything with them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from menulint.late import LatePattern

_SIGNS = ("/", "@", ".jp", ".png", ".webp", ".gif", ".svg", ".pdf", ".JP", ".PNG", ".PDF")
"""What every address and name of a file holds, "www" without a path apart: most texts need no search."""
_PART = r"[a-z0-9-]{1,63}"
_ENDINGS = "com|org|net|info|shop|clinic|health|beauty|example|eu|uk|ie|us|ca|au|nz|es|mx|fr|de|it|pt|io|co"
_ADDRESS = LatePattern(
    rf"""(?i:https?://[^\s<>"'“”«»]+|(?<![\w.-])www\.{_PART}\.[^\s<>"'“”«»,;]+)
    |(?<![\w.+-])[\w.+-]{{1,64}}@{_PART}(?:\.{_PART}){{1,4}}
    |(?<![\w.-]){_PART}(?:\.{_PART}){{0,3}}\.(?:{_ENDINGS})/[^\s<>"'“”]*
    |(?<!\S)/(?:\w{{1,80}}-[\w-]{{1,80}}|[\w-]{{1,80}}/)[\w./-]{{0,200}}(?=[\s.,;:!?)]|\Z)
    |(?<![^\s("'=])(?:[\w.-]{{0,80}}/){{0,8}}[\w-]{{1,80}}(?:\.[\w-]{{1,80}}){{0,3}}\.(?i:jpe?g|png|webp|gif|svg|pdf)\b""",
    re.VERBOSE,
)


def addresses(text: str) -> Sequence[tuple[int, int]]:
    """Where addresses of pages, of mail and of files stand in a text as written, in order."""
    if not any(sign in text for sign in _SIGNS) and "www." not in text:
        return ()
    return [match.span() for match in _ADDRESS.finditer(text)]
