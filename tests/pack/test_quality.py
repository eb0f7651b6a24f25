"""The gate of a pack: nothing in it is dead, and nothing in it is bound never to work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from menulint.claims import customers
from menulint.pack.load import read_pack_files
from menulint.pack.quality import defects, example_places
from menulint.prefilter import LOOKALIKE

RULE = "rules/efficacy/regeneration-promise.yaml"
GB = "rules/jurisdictions/GB.yaml"
EFFECTS = "lexicons/concepts/effect.yaml"
SUBSTANCES = "lexicons/concepts/substance.yaml"
SETS = "lexicons/en/sets.yaml"
TERMS = "lexicons/en/effect.yaml"
WORDS = "- {{concept: {}, forms: [snail], flagged: [A snail.], source: shops}}\n"

Write = Callable[..., Path]


def found(pack: Path) -> list[str]:
    """The defects of a pack on disk, without what was expected."""
    return [str(problem).partition("; expected")[0] for problem in defects(read_pack_files(base=pack))]


def test_the_pack_we_ship_has_none() -> None:
    """Every trigger is looked at, every rule backed, every set used."""
    assert [str(problem) for problem in defects(read_pack_files(), built_in=(LOOKALIKE, customers.WORDS))] == []


def test_the_small_pack_has_none(write_pack: Write) -> None:
    """A concept without words lives by its child, by a row of evidence or by its status."""
    assert found(write_pack()) == []


def test_a_concept_without_words_child_and_use_is_dead(write_pack: Write, small: dict[str, str]) -> None:
    """It is pointed at where it stands."""
    pack = write_pack({SUBSTANCES: small[SUBSTANCES] + "- {id: substance.snail, label: snail, kind: support}\n"})
    assert found(pack) == [f"{SUBSTANCES}:3:3: the concept 'substance.snail' is dead"]


@pytest.mark.parametrize("key", ["targets", "spares"])
def test_a_concept_named_by_a_cue_is_alive(write_pack: Write, small: dict[str, str], key: str) -> None:
    """Cues may modify it or spare it."""
    cue = f"- {{says: negated, direction: FORWARD, forms: ['never'], {key}: [substance.snail]}}\n"
    concepts = small[SUBSTANCES] + "- {id: substance.snail, label: snail, kind: support}\n"
    assert found(write_pack({SUBSTANCES: concepts, "lexicons/en/context.yaml": cue})) == []


def test_a_trigger_that_no_law_looks_at_is_idle(write_pack: Write, small: dict[str, str]) -> None:
    """Its blocks are read for nothing; as support it costs nothing."""
    words = {"lexicons/en/substance.yaml": WORDS.format("substance.snail")}
    idle = small[SUBSTANCES] + "- {id: substance.snail, label: snail}\n"
    support = idle.replace("label: snail", "label: snail, kind: support")
    assert found(write_pack({SUBSTANCES: idle, **words})) == [
        f"{SUBSTANCES}:3:3: no law looks at the trigger 'substance.snail'"
    ]
    assert found(write_pack({SUBSTANCES: support, **words})) == []


def test_a_trigger_is_used_through_its_parents(write_pack: Write, small: dict[str, str]) -> None:
    """The rule names the grandparent."""
    concepts = small[EFFECTS] + "- {id: effect.rebirth, label: rebirth, is_a: [effect.regenerate]}\n"
    rule = small[RULE].replace("when: effect.regenerate", "when: effect.overclaim")
    words = small[TERMS] + WORDS.format("effect.rebirth")
    assert found(write_pack({EFFECTS: concepts, RULE: rule, TERMS: words})) == []


def test_a_rule_about_something_without_words_never_fires(write_pack: Write, small: dict[str, str]) -> None:
    """The place is that of the concept in the rule."""
    rule = small[RULE].replace("when: effect.regenerate", "when:\n  all: [effect.regenerate, substance.toxin]")
    assert found(write_pack({RULE: rule})) == [f"{RULE}:9:28: no language has words for 'substance.toxin'"]


def test_what_the_program_finds_itself_needs_no_words(write_pack: Write, small: dict[str, str]) -> None:
    """Look-alike letters are no term."""
    rule = small[RULE].replace("when: effect.regenerate", "when: {any: [effect.regenerate, substance.toxin]}")
    assert defects(read_pack_files(base=write_pack({RULE: rule})), built_in=("substance.toxin",)) == []


def test_a_rule_that_no_provision_backs_is_a_defect(write_pack: Write, small: dict[str, str]) -> None:
    """To permit it is not to back it; a deprecated rule may have lost its law."""
    law = small[GB].replace("  backs:\n  - {rule: EFF001, verdict: needs-evidence, severity: warning}", "  backs: []\n"
                            "  permits: [{rule: EFF001}]")  # fmt: skip
    deprecated = small[RULE].replace("status: preview", "status: deprecated")
    assert found(write_pack({GB: law})) == [f"{RULE}:1:5: no provision backs EFF001"]
    assert found(write_pack({GB: law, RULE: deprecated})) == []


def test_two_rules_of_one_name_are_told(write_pack: Write, small: dict[str, str]) -> None:
    """``--select`` could not tell them apart."""
    twin = small[RULE].replace("EFF001", "MED001").replace("category: efficacy", "category: medicinal")
    law = small[GB] + "  - {rule: MED001, verdict: advice}\n"
    pack = write_pack({"rules/medicinal/regeneration-promise.yaml": twin, GB: law})
    place = "rules/medicinal/regeneration-promise.yaml:2:7"
    assert found(pack) == [f"{place}: the name 'regeneration-promise' exists already"]


def test_a_set_that_no_phrase_uses_is_dead(write_pack: Write, small: dict[str, str]) -> None:
    """A set used only by a dead one is dead, too; one that a live set takes in lives."""
    sets = small[SETS].replace("[skin, cell]", "[skin, cell, '<live-part>']")
    sets += "live-part: {pos: noun, words: [hair]}\n"
    sets += "unused: {pos: noun, words: ['<unused_part>']}\nunused_part: {pos: noun, words: [nail]}\n"
    assert found(write_pack({SETS: sets})) == [
        f"{SETS}:4:1: no phrase uses the set 'unused'",
        f"{SETS}:5:1: no phrase uses the set 'unused_part'",
    ]


@pytest.mark.parametrize("key", ["phrases", "unless"])
def test_a_set_in_any_phrase_of_its_language_lives(write_pack: Write, small: dict[str, str], key: str) -> None:
    """Also where the phrase forbids."""
    sets = small[SETS] + "pet: {pos: noun, words: [dog]}\n"
    terms = small[TERMS] + WORDS.format("effect.regenerate").replace(
        "forms: [snail]", f"{key}: ['<pet> food'], forms: [snail]"
    )
    assert found(write_pack({SETS: sets, TERMS: terms})) == []
    assert found(write_pack({SETS: sets, TERMS: small[TERMS], "lexicons/de/effect.yaml": terms})) != []


def test_examples_have_their_place(write_pack: Write) -> None:
    """Those of terms by language and concept, those of rules by the rule, plain or with a reason."""
    places = example_places(read_pack_files(base=write_pack()))
    assert places["en/effect.regenerate", "Renews tired skin cells."] == f"{TERMS}:4"
    assert places["EFF001", "Cell renewal overnight."] == f"{RULE}:12"
    assert places["EFF001", "A cell phone."] == f"{RULE}:13"
