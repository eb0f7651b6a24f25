"""The text of pages as a quick script would strip it: what the peers that know no formats are given."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

HIDDEN = re.compile(r"(?is)<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>")


def texts(folder: Path) -> Iterator[str]:
    """The text of each file below a folder, in the order of their names; that of HTML without tags."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        text = path.read_text("utf-8", "replace")
        yield html.unescape(HIDDEN.sub(" ", text)) if path.suffix == ".html" else text
