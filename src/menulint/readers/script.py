"""Code of the JavaScript family: choosing the grammar, passing over minified bundles, reporting what is copy."""

from __future__ import annotations

from menulint.readers.base import SourceBuilder
from menulint.readers.script_tree import read_parts
from menulint.readers.script_writer import Writer

MINIFIED = "a minified bundle: nothing of it was read"
_LONG_LINE = 4000
_MOST_BLANKS_OF_A_BUNDLE = 0.09
_SAMPLE = 200_000


def read_script(text: str, start: int, end: int, build: SourceBuilder, grammar: str, *, wrapped: bool = False) -> None:
    """Report the copy, comments and signals of the code in ``text[start:end]``.

    ``grammar`` is ``javascript``, ``typescript`` or ``tsx``; ``wrapped`` code is one expression, as in a template.
    """
    if is_minified(text, start, end):
        build.leave_out(start, end, "minified code")
        build.note(MINIFIED)
        return
    Writer(text, build).write(read_parts(text, start, end, grammar, build, wrapped=wrapped))


def is_minified(text: str, start: int, end: int) -> bool:
    """Whether most of the code stands in very long lines with hardly a blank in them."""
    if end - start < _LONG_LINE:
        return False
    long = [line for line in text[start : min(end, start + _SAMPLE)].split("\n") if len(line) >= _LONG_LINE]
    size = sum(map(len, long))
    if size * 2 < min(end - start, _SAMPLE):
        return False
    blanks = sum(line.count(" ") + line.count("\t") for line in long)
    return blanks < _MOST_BLANKS_OF_A_BUNDLE * size
