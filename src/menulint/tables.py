"""What the tables of a configuration have in common: texts that may be lists, keys that may be mistyped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any


def texts(value: Any) -> tuple[str, ...]:
    """A text or a list of texts as texts; nothing if it is neither."""
    given = [value] if isinstance(value, str) else value
    right = isinstance(given, list | tuple) and all(isinstance(one, str) for one in given)
    return tuple(given) if right else ()


def listed(value: Any) -> tuple[str, ...]:
    """The items of such texts, which may hold several with commas between."""
    return tuple(item.strip() for text in texts(value) for item in text.split(",") if item.strip())


def unknown(key: str, known: Sequence[str]) -> tuple[str, str, str]:
    """That a key is not known, and which one may have been meant: the key, what is wrong, what was expected."""
    from difflib import get_close_matches

    near = get_close_matches(key.replace("-", "_"), known, 1)
    return key, f"is not known{f'; did you mean {near[0]}?' if near else ''}", one_of(known)


def one_of(known: Iterable[str]) -> str:
    """The choices there are."""
    return f"one of {', '.join(known)}"
