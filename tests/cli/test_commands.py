"""The other commands: looking into the pack, into a file, and into what was accepted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

Menulint = Any
GB = ("--jurisdiction", "GB")


def test_explain_shows_a_rule_with_its_law(menulint: Menulint) -> None:
    """By code in any case, or by name."""
    for name in ("RTE001", "rte001", "cosmetic-for-injection"):
        done = menulint("explain", name)
        assert done.code == 0
        assert "RTE001 cosmetic-for-injection (route, stable, since 0.1.0)" in done.out
        assert "GB, United Kingdom: prohibited" in done.out
        assert "who says so: Cosmetics Regulation, Article 2 (law; read in the official text)" in done.out
        assert "https://law.example/2" in done.out
        assert "found where it reads of: injection, and the product being exosomes" in done.out
    assert "route.injection" in menulint("explain", "RTE001", "--verbose").out


def test_explain_shows_a_concept_with_its_terms(menulint: Menulint) -> None:
    """And the rules that name it."""
    out = menulint("explain", "substance.exosome").out
    assert "substance.exosome: exosomes (trigger: can begin a finding)" in out
    assert "  en: exosome, exosomes" in out
    assert "  RTE001 cosmetic-for-injection" in out


def test_explain_shows_a_provision(menulint: Menulint) -> None:
    """What it says, since when, and what it backs."""
    out = menulint("explain", "GB-ONE").out
    assert "A cosmetic is put on the outside of the body." in out
    assert "in force: since 2013-07-11; last reviewed 2026-11-01" in out
    assert "CMP001 superlative: needs evidence (warning)" in out


def test_explain_says_why_a_line_was_found(menulint: Menulint) -> None:
    """The wording, who speaks, and the rule that fires."""
    out = menulint("explain", "menu.md:3", *GB).out
    assert "menu.md:3:13 “injections” (route.injection)" in out
    assert "Reported in GB: RTE001 cosmetic-for-injection" in out
    assert "The seller says it" in out
    assert "“exosome” (substance.exosome)\n  Not reported" in out


def test_explain_says_why_a_line_was_not_found(menulint: Menulint, site: Path) -> None:
    """A refusal is no offer."""
    (site / "menu.md").write_text("# Our menu\n\nBook now. We do not offer exosome injections.\n", "utf-8")
    done = menulint("explain", "menu.md:3", *GB)
    assert "Not reported: the sentence says no to it, because of the words “do not”." in done.out
    assert menulint("check", "menu.md", *GB).code == 0


def test_explain_and_rules_speak_the_language_asked_for(menulint: Menulint) -> None:
    """The decision on a line, and what a rule says, which here is English for want of a text."""
    assert "Lo dice quien vende" in menulint("explain", "menu.md:3", *GB, "--ui-lang", "es").out
    for command in (("explain", "RTE001"), ("rules", "show", "RTE001")):
        out = menulint(*command, "--ui-lang", "es").out
        assert "encuentra: An exosome product offered by injection." in out
        assert "GB, United Kingdom: prohibido\n  GB-ONE\n    prohibido (error): diga lo que diga lo demás" in out
        assert "sale en inglés: RTE001." in out


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("RTE01", "did you mean RTE001?"),
        ("substance.exosomes", "did you mean substance.exosome?"),
        ("gone.md:3", "there is no file 'gone.md'"),
    ],
)
def test_explain_refuses_what_it_does_not_know(menulint: Menulint, target: str, message: str) -> None:
    """With a suggestion."""
    done = menulint("explain", target)
    assert (done.code, message in done.err) == (2, True)


def test_mentions_lists_all_terms_with_their_voice(menulint: Menulint) -> None:
    """As the contract has them."""
    done = menulint("mentions", "menu.md", "--format", "json")
    (file,) = json.loads(done.out)["files"]
    assert file["path"] == "menu.md"
    row = next(row for row in file["mentions"] if row["concept"] == "route.injection")
    assert list(row) == ["concept", "facet", "text", "start", "end", "speaker", "stance", "cues"]
    assert (row["text"], row["start"]) == ("injections", {"offset": 20, "line": 3, "column": 13})
    assert (row["speaker"], row["stance"]) == ("seller", "asserted")


def test_extract_shows_blocks_with_role_and_section(menulint: Menulint) -> None:
    """Where each one stands."""
    out = menulint("extract", "soft.md").out
    assert "1:3 heading About\n" in out
    assert "3:1 paragraph [About] Our team is the best clinic in town. Book now.\n" in out


def test_extract_says_what_was_left_out(menulint: Menulint, site: Path) -> None:
    """A code block is no copy."""
    (site / "code.md").write_text("Text.\n\n```\nexosome = inject()\n```\n", "utf-8")
    assert "left out (" in menulint("extract", "code.md").out
    (file,) = json.loads(menulint("extract", "code.md", "--format", "json").out)["files"]
    assert [block["text"] for block in file["blocks"]] == ["Text."]
    assert any(left["start"]["line"] == 3 for left in file["left_out"])


def test_rules_are_listed_and_shown(menulint: Menulint) -> None:
    """As text and as JSON."""
    assert "CMP001  superlative" in menulint("rules", "list").out
    assert menulint("rules").out == menulint("rules", "list").out
    assert [rule["id"] for rule in json.loads(menulint("rules", "list", "--format", "json").out)["rules"]] == [
        "CMP001",
        "RTE001",
    ]
    assert "Nobody compared." in menulint("rules", "show", "superlative").out
    assert "did you mean superlative?" in menulint("rules", "show", "superlativ").err


def test_the_lexicon_is_listed_and_searched(menulint: Menulint) -> None:
    """By facet and by words; nothing found ends with 1."""
    assert "route.injection  trigger  injection" in menulint("lexicon", "list", "route").out
    assert "substance.exosome  en  exosomes" in menulint("lexicon", "search", "exosomes").out
    assert menulint("lexicon", "search", "spaceship").code == 1
    assert menulint("lexicon", "list", "colour").code == 2


def test_all_examples_of_a_pack_run(menulint: Menulint) -> None:
    """Four of terms and eight of rules hold."""
    done = menulint("test")
    assert (done.code, done.out) == (0, "12 passed, 0 failed\n")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("flagged: [The best clinic.]", "flagged: [The finest clinic.]", "no mention found: The finest clinic."),
        ("allowed: [Exosome serum.]", "allowed: [An injection.]", "a mention that must not be found: An injection."),
    ],
)
def test_a_failing_term_example_is_shown(menulint: Menulint, site: Path, old: str, new: str, problem: str) -> None:
    """Its concept, what was wrong, and the text."""
    changed(site.parent / "pack", old, new)
    done = menulint("test")
    assert done.code == 1
    assert problem in done.out
    assert done.out.endswith("11 passed, 1 failed\n")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "Our team is the best clinic. Book now.",
            "Our team is the finest. Book now.",
            "not found: Our team is the fine",
        ),
        (
            "Our team is large. Book now.",
            "Our team, the best clinic. Book now.",
            "found on “best clinic”: Our team, th",
        ),
        ("span: exosome injections", "span: Our exosome", "not on “Our exosome”"),
    ],
)
def test_a_failing_rule_example_is_shown(menulint: Menulint, site: Path, old: str, new: str, problem: str) -> None:
    """Its rule, what was wrong, and the text."""
    changed(site.parent / "pack", old, new)
    done = menulint("test")
    assert done.code == 1
    assert problem in " ".join(done.out.split())
    assert done.out.endswith("11 passed, 1 failed\n")


def test_a_known_miss_that_is_found_fails(menulint: Menulint, site: Path) -> None:
    """So that it moves up to the examples."""
    path = site.parent / "pack" / "rules" / "superiority" / "superlative.yaml"
    path.write_text(
        path.read_text("utf-8") + 'known_gaps: {flagged: ["Our best clinic. Book now."], allowed: []}\n', "utf-8"
    )
    done = menulint("test")
    assert (done.code, "a known miss that is found now" in done.out) == (1, True)


def test_config_names_value_and_origin(menulint: Menulint, site: Path) -> None:
    """Of a path under an override."""
    (site / "menulint.toml").write_text(
        'jurisdiction = "GB"\n[[overrides]]\npaths = ["news/"]\ngenre = "editorial"\n', "utf-8"
    )
    (site / "news").mkdir()
    lines = [line.split(maxsplit=2) for line in menulint("config", "news/a.md").out.splitlines()]
    origin = {line[0]: line[1:] for line in lines}
    assert origin["jurisdiction"] == ["GB", f"{(site / 'menulint.toml').as_posix()}:1"]
    assert origin["genre"] == ["editorial", f"{(site / 'menulint.toml').as_posix()}:4, [[overrides]] for news/"]
    assert origin["fail_on"] == ["error", "default"]


def changed(pack: Path, old: str, new: str) -> None:
    """Replace a text wherever it stands in the pack; it must stand somewhere."""
    found = [path for path in pack.rglob("*.yaml") if old in path.read_text("utf-8")]
    assert found, old
    for path in found:
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
