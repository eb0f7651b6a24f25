"""Adds to ``lexicons/real-words.yaml`` what stands in a word list and would be read as a misspelling of a word of the pack.

Run it after adding long words to a lexicon, with the largest word lists at hand (Debian has them as ``wamerican-huge``,
``wspanish``, ``wfrench``, …; inflected ones come from ``aspell -l es dump master | aspell -l es expand``):

    python tools/real_words.py en=/usr/share/dict/american-english-huge es=/usr/share/dict/spanish
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill

import yaml

from menulint.pack.load import compile_pack, read_pack_files
from menulint.pack.misspelling import Speller
from menulint.pack.wording import folded

FILE = Path(__file__).parents[1] / "lexicons" / "real-words.yaml"
MISSPELT = frozenset({"celulite", "celulites", "collegen"})
"""Words of Portuguese and Dutch that English and Spanish menus are fuller of, as misspellings."""
HEAD = """\
# Words that are right although they lie one slip from a long word of the pack: a text that has them means them. Names and words
# of everyday language and of the trade, by language; made with tools/real_words.py, and by hand. Accents do not count.
"""


def words_of(path: Path) -> Iterator[str]:
    """The words of a list, one a line or several between spaces, folded; without affixes of spelling checkers and elisions."""
    for line in path.read_bytes().decode("utf-8", "replace").split():
        word = line.partition("/")[0].removesuffix("'s").rpartition("'")[2]
        if word.isalpha() and len(word) < 30:
            yield folded(word)


def main(arguments: list[str]) -> None:
    """Read the lists, one ``language=file`` each, and write the words down."""
    speller = Speller(compile_pack(read_pack_files()).lexicon.misspellings)
    known: dict[str, str] = yaml.safe_load(FILE.read_text("utf-8"))
    real = {lang: set(words.split()) for lang, words in known.items()}
    for argument in arguments:
        lang, _, path = argument.partition("=")
        real.setdefault(lang, set()).update(filter(speller.righted_word, words_of(Path(path))))
    written = set[str]()
    parts = [HEAD]
    for lang, words in real.items():
        text = fill(" ".join(sorted(words - written - MISSPELT)), 118, initial_indent="  ", subsequent_indent="  ")
        parts.append(f"{lang}: >-\n{text}\n")
        written |= words
    FILE.write_text("\n".join(parts), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
