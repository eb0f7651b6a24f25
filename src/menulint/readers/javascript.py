"""JavaScript, TypeScript and JSX: the strings and markup in code that a visitor of the page will read.

Every string is taken for copy unless its place (an import, a comparison, a class name), its key or its shape says that a
program reads it. Objects of data are sections headed by their title, arrays are lists, JSX is read as the page it makes.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from menulint.readers.base import SourceBuilder
from menulint.readers.script import read_script

_GRAMMARS = {".ts": "typescript", ".mts": "typescript", ".cts": "typescript", ".tsx": "tsx"}
_LOOKS_LIKE = re.compile(
    r"""^(?:["']use (?:client|server|strict)["'];?\s*$
        |import\s[^\n]*\sfrom\s+["'][^"'\n]+["'];?\s*$
        |(?:export\s+(?:default|const|function|async)|module\.exports\s*=|const\s+[\w{][^=\n]*=\s*(?:\[|\{|require\())
        )""",
    re.VERBOSE | re.MULTILINE,
)


class JavaScriptReader:
    """Reads code of the JavaScript family."""

    name = "javascript"
    extensions = frozenset({".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts"})

    def recognises(self, text: str) -> bool:
        """Whether a line imports, exports or declares something as only code does, and no front matter or tag begins it."""
        return not text.lstrip("\ufeff \t\r\n").startswith(("<", "---", "#")) and bool(_LOOKS_LIKE.search(text))

    def read(self, text: str, build: SourceBuilder) -> None:
        """Report the copy of strings and markup."""
        grammar = _GRAMMARS.get(PurePath(build.path).suffix.lower(), "javascript")
        read_script(text, 1 if text.startswith("\ufeff") else 0, len(text), build, grammar)


READER = JavaScriptReader()
