"""Lists of words that no term is made of: what stands for what, and that the program and the pack name the same lists."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from menulint import claims, linter
from menulint.errors import PackError
from menulint.pack import schemas
from menulint.pack.lists import WordLists
from menulint.pack.load import load_pack
from menulint.pack.model import Pack

LISTS = WordLists({"months": {"en": ["may"], "fr": ["août"]}, "titles": {"en": ["Ms"]}, "before": {"fr": ["après l'"]}})
STANDS = [
    ("{months}", "May", True),
    ("{months}", "AOÛT", True),
    ("{months}", "aout", True),
    ("{=months}", "May", False),
    ("{titles}", "Ms", True),
    ("{titles}", "ms", False),
    ("{before}", "après l’", True),
    ("{unknown}", "", False),
]
BESIDE = {
    "a month in German": ("März", "months"),
    "a month in Spanish, without its accent": ("Días", "amounts"),
    "a title in French": ("Mme", "titles"),
    "a vaccine in Spanish": ("vacunas", "injected_otherwise"),
    "a profession in German": ("Heilpraktikerin", "professions"),
}


@pytest.mark.parametrize(("template", "text", "is_found"), STANDS)
def test_a_listed_word_stands_for_its_spellings(template: str, text: str, is_found: bool) -> None:
    """Small letters for any, capitals for themselves; accents and apostrophes as people write them."""
    assert (LISTS.pattern(template).fullmatch(text) is not None) is is_found


@pytest.mark.parametrize(("word", "name"), BESIDE.values(), ids=BESIDE)
def test_every_language_has_its_own_words(pack: Pack, word: str, name: str) -> None:
    """All of them count on every page."""
    assert pack.word_lists.pattern(f"{{{name}}}").fullmatch(word)


def test_a_list_nobody_asks_for_is_refused(write_pack: Callable[..., Path]) -> None:
    """With the place where it stands."""
    with pytest.raises(PackError) as error:
        load_pack(base=write_pack({"lexicons/en/words.yaml": "months: [may]\nmonth: [june]\n"}))
    (problem,) = error.value.problems
    assert (problem.path, problem.line) == ("lexicons/en/words.yaml", 2)


def test_two_files_of_a_language_add_to_one_list(write_pack: Callable[..., Path]) -> None:
    """``words-….yaml`` beside ``words.yaml``."""
    files = {"lexicons/en/words.yaml": "months: [may]\n", "lexicons/en/words-more.yaml": "months: [june, may]\n"}
    assert set(load_pack(base=write_pack(files)).lexicon.lists["months"]["en"]) == {"may", "june"}


def test_program_and_schema_name_the_same_lists() -> None:
    """A list that nothing asks for would be idle; one that no file may hold, empty for ever."""
    asked = {
        name
        for path in Path(claims.__path__[0]).glob("*.py")
        for name in re.findall(r"\{{1,2}=?([a-z_]+)\}{1,2}", "".join(re.findall(r'rf?".*"', path.read_text("utf-8"))))
    }
    asked.update(re.findall(r'lists\.get\("([a-z_]+)"', Path(linter.__file__).read_text("utf-8")))
    schema = json.loads((Path(schemas.__path__[0]) / "words.json").read_text("utf-8"))
    assert set(schema["properties"]) <= asked
