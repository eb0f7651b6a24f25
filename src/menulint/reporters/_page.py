"""What every web page of ours has in common: hostile text made harmless, and nothing fetched.

All text of checked pages is escaped, whatever a browser would obey in it is shown as a mark, and only http and https
addresses become links. Style and script stand in the page, and its content security policy allows nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from menulint.reporters._snippet import safe

_WEB = re.compile(r"https?://[^\s\x00-\x20<>\"'\\]+", re.I)
_SOFT = re.compile("([\u00ad\u200b-\u200d\u2060\ufeff]+)")
_NOT_IN_SCRIPTS = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def environment(folder: str, *packages: str) -> Environment:
    """Templates of a folder of this package, before it those in the same folder of other ``packages``.

    ``|web`` is an address that may become a link, or nothing.
    """
    made = Environment(
        loader=ChoiceLoader([PackageLoader(package, folder) for package in (*packages, "menulint.reporters")]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"web": web_address}
    return made


def content_policy(style: str, script: str) -> str:
    """A content security policy that allows this style and this script, and no connection."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def web_address(url: str) -> str:
    """An address that may become a link, or nothing."""
    return url if _WEB.fullmatch(url) else ""


def harmless(value: Any) -> Any:
    """Plain text with nothing in it that a browser obeys; soft hyphens and joiners stay what they are."""
    if not isinstance(value, str) or value.isprintable() or hasattr(value, "__html__"):
        return value
    lines = (_SOFT.split(line) for line in value.split("\n"))
    return "\n".join("".join(part if n % 2 else safe(part) for n, part in enumerate(parts)) for parts in lines)


def data_block(value: Any) -> str:
    """``value`` as JSON that can stand inside a script element: no text in it closes the element or begins a comment."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_NOT_IN_SCRIPTS)


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
