"""Rare words that stand for plain ones in a whole language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from menulint.api import check_text
from menulint.errors import PackError
from menulint.pack.inflect import read_inflection
from menulint.pack.load import load_pack
from menulint.pack.location import find_pack
from menulint.pack.matcher import Matcher
from menulint.pack.nodes import parse
from menulint.pack.synonyms import Synonyms, read_synonyms
from menulint.text.folding import fold


@pytest.fixture(scope="module")
def few() -> Synonyms:
    """Three words of each part of speech, inflected as English is."""
    path = find_pack().root / "lexicons" / "en" / "inflection.yaml"
    english, _ = parse(path.read_text(encoding="utf-8"), path.name)
    table = "noun: {risk: [peril], side effect: [secondary effect]}\nverb: {prevent: [head off], grow: [sprout]}\n"
    node, _ = parse(table, "synonyms.yaml")
    assert node is not None
    return read_synonyms([node], read_inflection(english))


@pytest.mark.parametrize(
    ("written", "also"),
    [
        ("no risk of harm", {"no peril of harm"}),
        ("risks", {"perils"}),
        ("risk-free", {"peril-free"}),
        ("side-effects", {"secondary effects"}),
        ("prevented", {"headed off"}),
        ("preventing risk", {"heading off risk", "preventing peril"}),
        ("side dish", set()),
        ("brisk", set()),
        ("peril", set()),
    ],
)
def test_a_wording_stands_with_one_synonym_at_a_time_in_the_same_form(
    few: Synonyms, written: str, also: set[str]
) -> None:
    """Words are whole words, and the rare word brings nothing with it."""
    assert few.variants(written) == (written, *few.variants(written)[1:])
    assert set(few.variants(written)[1:]) == also


def test_forms_without_a_partner_go_with_all(few: Synonyms) -> None:
    """*Grew* and *grown* have only *sprouted* beside them."""
    assert {"sprouted", "sprouting"} < set(few.variants("grew"))
    assert "sprouted" in few.variants("grown")


def test_a_synonym_is_found_wherever_a_term_has_the_plain_word(
    small: dict[str, str], write_pack: Callable[..., Path]
) -> None:
    """In a form, in a phrase and in a set alike."""
    files = {**small, "lexicons/en/synonyms.yaml": "noun: {skin: [cutis]}\nother: {renewal: [rebirth]}\n"}
    lexicon = load_pack(base=write_pack(files), cached=False).lexicon
    for text in ("Renew the cutis.", "A cell rebirth"):
        assert list(Matcher(lexicon).find(fold(text), text, {"en"})), text


SILENCED = [
    ("en", "Our serum fights the negative effects of pollution and regenerates skin.", "EFF002"),
    ("en", "Our facial reverses the adverse effects of sun damage and heals scars.", "MED008"),
    ("en", "Fight the after-effects of acne: our laser erases scars.", "EFF005"),
    ("es", "Nuestra crema repara los efectos negativos de la contaminación y regenera la piel.", "EFF002"),
]


@pytest.mark.parametrize(("lang", "text", "rule"), SILENCED)
def test_a_cue_does_not_stand_in_other_words(lang: str, text: str, rule: str) -> None:
    """What a claim says of pollution or sun warns of nothing, unlike a list of side effects."""
    result = check_text(text, language=lang, jurisdictions=["GB"], genre="promotional")
    assert rule in {finding.rule for finding in result.findings}


def test_a_part_of_speech_nobody_knows_is_a_mistake_with_its_place(
    small: dict[str, str], write_pack: Callable[..., Path]
) -> None:
    """As in every other file of the pack."""
    files = {**small, "lexicons/en/synonyms.yaml": "nouns: {skin: [cutis]}\n"}
    with pytest.raises(PackError) as caught:
        load_pack(base=write_pack(files), cached=False)
    assert any(problem.path.endswith("synonyms.yaml") and problem.line == 1 for problem in caught.value.problems)
