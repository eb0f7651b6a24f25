"""Every mistake in a pack is reported at its line and column, with what was expected."""

# ruff: noqa: E501 (the messages stand here as they are printed)

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from menulint.errors import PackError
from menulint.pack.load import load_pack

CONCEPTS = "lexicons/concepts/effect.yaml"
SETS = "lexicons/en/sets.yaml"
TERMS = "lexicons/en/effect.yaml"
CONTEXT = "lexicons/en/context.yaml"
RULE = "rules/efficacy/regeneration-promise.yaml"
GB = "rules/jurisdictions/GB.yaml"
EVIDENCE = "rules/evidence/exosome.yaml"

PARENT = "- {id: effect.overclaim, label: promise}\n"
REGENERATE = "- {id: effect.regenerate, label: regeneration, is_a: [effect.overclaim], strength: 3}\n"
TERM = "- concept: effect.regenerate\n  flagged: [Renewal.]\n"
SETS_TEXT = "rebuild: {pos: verb, words: [renew]}\ntissue: {pos: noun, words: [skin]}\n"

WORDS = [
    ("  forms: [renewal, no]\n", "3:20: 'no' was read as a boolean; expected text: quote it"),
    ("  forms: [off]\n", "3:11: 'off' was read as a boolean; expected text: quote it"),
    ("  forms: [12:30]\n", "3:11: '12:30' was read as a number; expected text: quote it"),
    ("  forms: [~]\n", "3:11: '~' was read as null; expected text: quote it"),
    ("  forms: [2026-11-22]\n", "3:11: '2026-11-22' was read as a date; expected text: quote it"),
    ("  forms: [7]\n", "3:11: '7' was read as a number; expected text: quote it"),
    ("  forms: renewal\n", "3:10: this is text; expected a list"),
    ('  forms: [""]\n', "3:11: this text is empty; expected a word or words, as text"),
    ('  forms: ["(a|b) renewal"]\n', "3:11: '(a|b) renewal' is written as a phrase; expected it under phrases"),
    (
        "  form: [renewal]\n",
        "3:3: unknown key 'form'; did you mean 'forms'?; "
        "expected concept, forms, phrases, unless, cased, misspellings, flagged, allowed, source, note",
    ),
    ("  source: brochures\n", "1:3: this entry has no words; expected forms, phrases or cased"),
    ("  forms: [a]\n  forms: [b]\n", "4:3: the key 'forms' stands here twice; expected it once"),
    ("  forms: &a [x]\n  unless: *a\n", "3:10: an alias repeats this value; expected it written out"),
    ("  forms: [a\n", "4:1: not valid YAML: did not find expected ',' or ']'"),
]


@pytest.mark.parametrize(("lines", "message"), WORDS)
def test_words_are_checked_where_they_stand(write_pack: Callable[..., Path], lines: str, message: str) -> None:
    """A term entry with one mistake in its third line or after."""
    assert mistakes(write_pack({TERMS: TERM + lines})) == [f"{TERMS}:{message}"]


PHRASES = [
    ("<rebuild> ~4 <tisue>", "3:27: unknown set 'tisue'; did you mean 'tissue'?; expected a set of sets.yaml"),
    ("renew ~4", "3:22: the end of the phrase stands here; expected a word or a set after the gap"),
    ("~4 skin", "3:14: the gap '~4' follows no word; expected a word or a set before a gap"),
    ("renew ~ skin", "3:20: a gap of '~'; expected ~1 to ~20"),
    ("renew ~99 skin", "3:20: a gap of '~99'; expected ~1 to ~20"),
    ("renew (skin|cell", "3:30: the end of the phrase stands here; expected ')'"),
    ("renew (skin|)", "3:26: ')' stands here; expected a word or a set"),
    ("renew [the|a] skin", "3:24: '|' stands here; expected ']'"),
    ("renew ] skin", "3:20: ']' stands here; expected a word, a set, '(' or '['"),
    ("a1 & b1 & c1", "3:22: a second '&'; expected one '&' per phrase"),
    ("& skin", "3:14: '&' stands here; expected a word or a set"),
    ("[renew] [skin]", "3:14: nothing in this phrase has to be there; expected one required word or set"),
]


@pytest.mark.parametrize(("phrase", "message"), PHRASES)
def test_a_phrase_is_checked_at_its_character(write_pack: Callable[..., Path], phrase: str, message: str) -> None:
    """The column is that of the character inside the quoted phrase."""
    pack = write_pack({TERMS: TERM + f'  phrases: ["{phrase}"]\n'})
    assert mistakes(pack) == [f"{TERMS}:{message}"]


FILES = [
    (
        CONCEPTS,
        PARENT + REGENERATE + "- {id: effect.lift, label: lift, is_a: [effect.overclam]}\n",
        "3:41: unknown concept 'effect.overclam'; did you mean 'effect.overclaim'?; expected an id of lexicons/concepts",
    ),
    (
        CONCEPTS,
        PARENT + REGENERATE + "- {id: effect.lift, label: lift, is_a: [substance.toxin]}\n",
        "3:41: 'substance.toxin' is of another facet; expected a concept of effect",
    ),
    (
        CONCEPTS,
        PARENT + REGENERATE + "- {id: effect.lift, label: lift, is_a: [effect.lift]}\n",
        "3:41: 'effect.lift' descends from itself through 'effect.lift'; expected no circle",
    ),
    (
        CONCEPTS,
        PARENT + REGENERATE + PARENT,
        "3:8: the concept 'effect.overclaim' exists already; expected another id: the first stands at lexicons/concepts/effect.yaml:1",
    ),
    (SETS, SETS_TEXT + 'a: {pos: noun, words: ["<b>"]}\n', "3:24: unknown set 'b'; expected a set of sets.yaml"),
    (SETS, SETS_TEXT + 'a: {pos: noun, words: ["<a>"]}\n', "3:24: a set takes in itself: a > a; expected no circle"),
    (
        SETS,
        SETS_TEXT + "a: {pos: nown, words: [b]}\n",
        "3:10: unknown value 'nown'; did you mean 'noun'?; expected one of verb, noun, adjective, adverb, other",
    ),
    (
        TERMS,
        "- concept: effect.regenerat\n  forms: [renewal]\n  flagged: [Renewal.]\n",
        "1:12: unknown concept 'effect.regenerat'; did you mean 'effect.regenerate'?; expected an id of lexicons/concepts",
    ),
    (
        TERMS,
        "- concept: effect.regenerate\n  forms: [renewal]\n",
        "1:3: the key 'flagged' is missing; expected it, with texts in which the concept must be found",
    ),
    (
        CONTEXT,
        "- says: negated\n  forms: [never]\n  targets: [effects]\n",
        "3:13: unknown concept 'effects'; did you mean 'effect'?; expected an id of lexicons/concepts",
    ),
    (
        CONTEXT,
        "- says: genre:news\n  forms: [newsroom]\n  weight: 5\n",
        "3:11: unknown value 5; expected one of 1, 2, 3",
    ),
]


@pytest.mark.parametrize(("place", "text", "message"), FILES)
def test_lexicons_are_checked_against_each_other(
    write_pack: Callable[..., Path], place: str, text: str, message: str
) -> None:
    """A name that another file does not know, a circle, something said twice."""
    assert mistakes(write_pack({place: text})) == [f"{place}:{message}"]


# fmt: off
CHANGES = [
    (RULE, "id: EFF001", "id: RTE001", "1:5: 'RTE001' does not fit the category 'efficacy'; expected an id that begins with EFF"),
    (RULE, "name: regeneration-promise", "name: promise", "2:7: 'promise' stands in regeneration-promise.yaml; expected the name of the file"),
    (RULE, "status: preview", "status: beta", "4:9: unknown value 'beta'; expected one of preview, stable, deprecated"),
    (RULE, "since: 0.1.0", "since: 0.1", "5:8: '0.1' was read as a number; expected text: quote it"),
    (RULE, "when: effect.regenerate\n", "", "1:1: the key 'when' is missing; expected it, with a concept or a mapping of predicates"),
    (RULE, "when: effect.regenerate", "when: {al: [effect.regenerate]}", "8:8: unknown key 'al'; did you mean 'all'?; expected concept, all, any, none, except, of, status, within, stance, speaker, missing, number, exceeds_evidence"),
    (RULE, "when: effect.regenerate", "when: {all: [effect.regenerate, {of: {substance: substance.exosom}}]}", "8:50: unknown concept 'substance.exosom'; did you mean 'substance.exosome'?; expected an id of lexicons/concepts"),
    (RULE, '["Renews skin cells.", "Cell renewal overnight."]', '["Renews skin cells."]', "12:12: this list has 1 entries; expected at least 2"),
    (RULE, '{text: "A cell phone.", reason: "no skin"}', '{text: "A cell phone.", span: "Phone"}', "13:69: 'Phone' does not stand in the text; expected a part of the text"),
    (RULE, "rewrite:", "texts: {fr: {}}\nrewrite:", "10:9: unknown key 'fr'; expected es"),
    (RULE, "rewrite:", "texts: {es: {what: a, why: b, rewrite: c}}\nrewrite:", "10:13: the key 'message' is missing; expected it, with a sentence with {text} or {<facet>}"),
    (RULE, "rewrite:", "texts: {es: {what: a, why: b, message: no, rewrite: c}}\nrewrite:", "10:40: 'no' was read as a boolean; expected text: quote it"),
    (RULE, "rewrite:", "texts: {es: {what: a, why: b, message: c, rewrite: d}}\nrewrite:", "10:40: its placeholders are not those of the English text; expected {text}"),
    (RULE, "rewrite:", "supersedes: [EFF009]\nrewrite:", "10:14: unknown rule 'EFF009'; did you mean 'EFF001'?; expected a rule of this pack"),
    (GB, "rule: EFF001", "rule: EFF002", "19:12: unknown rule 'EFF002'; did you mean 'EFF001'?; expected a rule of this pack"),
    (GB, "severity: warning", "severity: error", "19:55: 'error' is more than 'needs-evidence' carries; expected warning or less"),
    (GB, "verdict: needs-evidence", "verdict: forbidden", "19:29: unknown value 'forbidden'; expected one of prohibited, needs-evidence, advice"),
    (GB, "to: null", "to: 2011-01-01", "17:36: in force to 2011-01-01, from 2012-08-14; expected an end after the start"),
    (GB, "reviewed: 2026-11-22", "reviewed: last year", "16:13: 'last year' is no date; expected a date (2026-11-22)"),
    (GB, "  confidence: high", "  confidence: high\n  verified: false", "16:3: a provision that was not verified backs nothing; expected empty lists"),
    (GB, "  backs:\n  - {rule: EFF001, verdict: needs-evidence, severity: warning}\n", "", "7:3: this provision neither backs nor permits; expected backs, permits, or backs_nothing with why"),
    (GB, "substance.toxin:", "substance.toxine:", "5:3: unknown concept 'substance.toxine'; did you mean 'substance.toxin'?; expected an id of lexicons/concepts"),
    (GB, "by: UK-1", "by: UK-2", "5:48: unknown provision 'UK-2'; did you mean 'UK-1'?; expected a provision of this pack"),
    (GB, "languages: [en]", "languages: [en]\ninherits: [{from: EU}]", "4:19: unknown jurisdiction 'EU'; expected a jurisdiction of this pack"),
    (GB, "languages: [en]", "languages: [en]\ninherits: [{from: GB}]", "4:19: 'GB' inherits from itself; expected no circle"),
    (GB, "languages: [en]", "languages: [no]", "3:13: 'no' was read as a boolean; expected text: quote it"),
    (EVIDENCE, "effect: effect.regenerate", "effect: substance.toxin", "3:11: 'substance.toxin' is no effect; expected a concept of effect, safety, authority, comparison"),
    (EVIDENCE, "effect: effect.regenerate", "effect: effect.regenrate", "3:11: unknown concept 'effect.regenrate'; did you mean 'effect.regenerate'?; expected an id of lexicons/concepts"),
    (GB, "languages: [en]", "languages: [english]", "3:13: 'english' does not fit; expected a language code such as en"),
    (GB, "domain: advertising", "domain: adverts", "8:11: unknown value 'adverts'; did you mean 'advertising'?; expected one of cosmetics, medicines, devices, tissues, food, advertising, practice"),
    (GB, "reviewed: 2026-11-22", "reviewed: 2999-01-01", "16:13: reviewed on 2999-01-01, which lies ahead of today (TODAY); expected the day on which the text was last read"),
    (GB, "to: null", "to: 12:30", "17:36: '12:30' was read as a number; expected a date (2026-11-22)"),
    (GB, "  confidence: high", "  verified: maybe\n  confidence: high", "15:13: this is text; expected true or false"),
    (GB, "verdict: needs-evidence, severity: warning", "when: effect.regenerat, verdict: advice", "19:26: unknown concept 'effect.regenerat'; did you mean 'effect.regenerate'?; expected an id of lexicons/concepts"),
    (GB, "verdict: needs-evidence, severity: warning", "when: {status: prescription-onyl}, verdict: advice", "19:35: unknown status 'prescription-onyl'; did you mean 'prescription-only'?; expected a status that some place gives to something"),
    (GB, "verdict: needs-evidence, severity: warning}", "verdict: advice}\n  permits: [{rule: EFF003}]", "20:20: unknown rule 'EFF003'; did you mean 'EFF001'?; expected a rule of this pack"),
    (GB, "provisions:", "provisions:\n- {id: UK-1, domain: practice, gist: a, instrument: b, provision: c, url: 'https://d.example', source_type: official, binding: law, confidence: high, reviewed: 2026-11-22, backs_nothing: e}", "8:7: the provision 'UK-1' exists already; expected another id: the first stands at rules/jurisdictions/GB.yaml:7"),
    (GB, "code: GB", "code: UK", "1:7: 'UK' stands in GB.yaml; expected the name of the file"),
    (RULE, "rewrite:", "supersedes: [EFF001]\nrewrite:", "10:14: 'EFF001' supersedes itself by way of 'EFF001'; expected no circle"),
    (RULE, "examples:", "example:", "1:1: the key 'examples' is missing; expected it, with flagged and allowed texts"),
    (RULE, "  allowed: [", "  allow: [", "12:3: the key 'allowed' is missing; expected it, with a list"),
    (EVIDENCE, "substance: substance.exosome", "substance: substance.exosom", "2:14: unknown concept 'substance.exosom'; did you mean 'substance.exosome'?; expected an id of lexicons/concepts"),
    (EVIDENCE, "reviewed: 2026-11-22", "reviewed: 2999-01-01", "10:13: reviewed on 2999-01-01, which lies ahead of today (TODAY); expected the day on which the text was last read"),
    (EVIDENCE, "  reviewed: 2026-11-22\n", "  reviewed: 2026-11-22\n- {id: EV-1, substance: substance.exosome, effect: effect.regenerate, level: animal, certainty: low, finding: a, supports: b, does_not_support: c, citations: [{ref: d}], reviewed: 2026-11-22}\n", "11:8: the row 'EV-1' exists already; expected another id: the first stands at rules/evidence/exosome.yaml:1"),
    (EVIDENCE, '[{ref: "A study, 2024"}]', "[]", "9:3: this row cites nothing; expected at least one citation"),
    (EVIDENCE, '"A study, 2024"', '"A study, 2027"', "9:21: reviewed 2026-11-22, before 2027, the year of this citation; expected the day of the last review"),
    (EVIDENCE, '{ref: "A study, 2024"}', "{ref: A study, 2024}", "9:30: the key '2024' was read as a number; expected text: quote it"),
    (EVIDENCE, '{ref: "A study, 2024"}', "{ref: A study, of mice}", "9:30: unknown key 'of mice' without a value: if a comma of your text made it one, quote the text; expected ref, doi, pmid, url"),
]


# fmt: on


@pytest.mark.parametrize(("place", "old", "new", "message"), CHANGES)
def test_law_and_evidence_are_checked(
    write_pack: Callable[..., Path], small: dict[str, str], place: str, old: str, new: str, message: str
) -> None:
    """The small pack with one passage of one file replaced."""
    assert small[place].count(old) == 1
    found = mistakes(write_pack({place: small[place].replace(old, new)}))
    assert f"{place}:{message.replace('TODAY', date.today().isoformat())}" in found


def test_all_mistakes_are_told_at_once(write_pack: Callable[..., Path]) -> None:
    """Three mistakes in two files give three lines, in the order of the files."""
    terms = "- concept: effect.lift\n  forms: [lift]\n  flagged: [Lift.]\n- concept: effect.tighten\n  forms: [no]\n"
    rules = "- {id: effect.overclaim, label: promise, kind: triger}\n" + REGENERATE
    lines = [line.split(": ")[0] for line in mistakes(write_pack({TERMS: terms, CONCEPTS: rules}))]
    assert f"{CONCEPTS}:1:48" in lines
    assert f"{TERMS}:4:3" in lines
    assert f"{TERMS}:5:11" in lines
    assert lines == sorted(lines)


def test_a_concept_may_not_descend_from_itself_by_way_of_another(write_pack: Callable[..., Path]) -> None:
    """A circle of two concepts is reported once."""
    circle = "- {id: effect.overclaim, label: a, is_a: [effect.regenerate]}\n" + REGENERATE
    assert mistakes(write_pack({CONCEPTS: circle})) == [
        f"{CONCEPTS}:1:43: 'effect.overclaim' descends from itself through 'effect.regenerate'; expected no circle"
    ]


def test_two_rules_may_not_have_one_id(write_pack: Callable[..., Path], small: dict[str, str]) -> None:
    """The second file is the one that is refused."""
    second = "rules/efficacy/second-promise.yaml"
    text = small[RULE].replace("name: regeneration-promise", "name: second-promise")
    first = f"expected another id: the first stands at {RULE}:1"
    assert f"{second}:1:5: the rule 'EFF001' exists already; {first}" in mistakes(write_pack({second: text}))


def test_two_rules_may_not_drop_each_other(write_pack: Callable[..., Path], small: dict[str, str]) -> None:
    """Neither would be reported; both are pointed at."""
    second = "rules/efficacy/second-promise.yaml"
    text = small[RULE].replace("regeneration-promise", "second-promise").replace("EFF001", "EFF002")
    pack = {
        RULE: small[RULE].replace("rewrite:", "supersedes: [EFF002]\nrewrite:"),
        second: text.replace("rewrite:", "supersedes: [EFF001]\nrewrite:"),
    }
    assert mistakes(write_pack(pack)) == [
        f"{RULE}:10:14: 'EFF001' supersedes itself by way of 'EFF002'; expected no circle",
        f"{second}:10:14: 'EFF002' supersedes itself by way of 'EFF001'; expected no circle",
    ]


def test_two_places_may_not_inherit_from_each_other(write_pack: Callable[..., Path], small: dict[str, str]) -> None:
    """Neither has a law to begin with."""
    gb = small[GB].replace("languages: [en]", "languages: [en]\ninherits: [{from: IE}]")
    ie = "code: IE\nname: Ireland\nlanguages: [en]\ninherits: [{from: GB}]\n"
    assert mistakes(write_pack({GB: gb, "rules/jurisdictions/IE.yaml": ie})) == [
        f"{GB}:4:19: 'GB' inherits from itself; expected no circle",
        "rules/jurisdictions/IE.yaml:4:19: 'IE' inherits from itself; expected no circle",
    ]


UNVERIFIED = """\
- {id: UK-2, domain: practice, gist: a, instrument: b, provision: c, url: 'https://d.example', source_type: secondary, binding: opinion,
   confidence: low, verified: false, reviewed: 2026-11-22, backs_nothing: it was not found}
"""


@pytest.mark.parametrize(
    ("place", "old", "new", "message"),
    [
        (RULE, "why: Few products do.", "why: UK-2 forbids it.", "7:6: 'EFF001' cites 'UK-2', which was not verified; expected a verified provision, or none"),
        (EVIDENCE, "finding: Mice only.", "finding: Mice only (UK-2).", "6:12: 'EV-1' cites 'UK-2', which was not verified; expected a verified provision, or none"),
        (GB, "by: UK-1", "by: UK-2", "5:48: 'UK-2' was not verified, so it decides nothing; expected a verified provision"),
    ],
)  # fmt: skip
def test_what_was_not_verified_is_never_cited(
    write_pack: Callable[..., Path], small: dict[str, str], place: str, old: str, new: str, message: str
) -> None:
    """Neither in the sentences people read nor as the ground of a status."""
    pack = {**small, GB: small[GB] + UNVERIFIED}
    assert pack[place].count(old) == 1
    assert mistakes(write_pack({**pack, place: pack[place].replace(old, new)})) == [f"{place}:{message}"]


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_an_empty_file_is_a_mistake(write_pack: Callable[..., Path], text: str) -> None:
    """It was begun and forgotten."""
    message = f"{EVIDENCE}:1:1: the file is empty; expected a list or a mapping"
    assert mistakes(write_pack({EVIDENCE: text})) == [message]


def test_a_folder_of_words_is_named_after_its_language(write_pack: Callable[..., Path]) -> None:
    """By its code."""
    message = "unknown language 'english'; expected a folder with a language code, such as lexicons/en"
    assert f"lexicons/english/effect.yaml: {message}" in mistakes(write_pack({"lexicons/english/effect.yaml": TERM}))


REDEFINED = [
    (CONCEPTS, PARENT, f"1:8: the concept 'effect.overclaim' exists already; expected another id: the first stands at {CONCEPTS}:1"),
    (SETS, "tissue: {pos: noun, words: [hair]}\n", "1:1: the set 'tissue' exists already; expected another name"),
    (RULE, None, f"1:5: the rule 'EFF001' exists already; expected another id: the first stands at {RULE}:1"),
    (GB, None, f"7:7: the provision 'UK-1' exists already; expected another id: the first stands at {GB}:7"),
    (GB, "code: GB\nname: UK\nlanguages: [en]\nstatus:\n  substance.toxin: {is: free, by: UK-1}\n", f"5:3: what 'substance.toxin' is in GB is said already; expected it once: it stands at {GB}:5"),
    (EVIDENCE, None, f"1:7: the row 'EV-1' exists already; expected another id: the first stands at {EVIDENCE}:1"),
]  # fmt: skip


@pytest.mark.parametrize(("place", "text", "message"), REDEFINED)
def test_another_pack_may_add_but_not_redefine(
    write_pack: Callable[..., Path], small: dict[str, str], place: str, text: str | None, message: str
) -> None:
    """The mistake is its own, and the message says where the first one stands."""
    extra = write_pack({place: text or small[place]}, "extra", base={})
    with pytest.raises(PackError) as caught:
        load_pack([extra], base=write_pack(), cached=False)
    assert f"{(extra / place).as_posix()}:{message}" in [str(problem) for problem in caught.value.problems]


def test_a_file_nobody_reads_is_a_mistake(write_pack: Callable[..., Path]) -> None:
    """A lexicon one folder too high would be missed silently."""
    pack = write_pack({"lexicons/effect.yaml": TERM})
    message = "lexicons/effect.yaml: nothing reads a file here; expected a place the pack format names"
    assert mistakes(pack) == [message]


def test_bytes_that_are_no_utf_8_are_pointed_at(write_pack: Callable[..., Path]) -> None:
    """Latin-1 is named by its line and column."""
    pack = write_pack()
    (pack / TERMS).write_bytes(b"# caf\n- concept: effect.regenerate\n  forms: [caf\xe9]\n")
    assert mistakes(pack) == [f"{TERMS}:3:14: byte 48 is not UTF-8; expected the file saved as UTF-8"]


def test_nesting_without_end_is_no_crash(write_pack: Callable[..., Path]) -> None:
    """A hundred thousand brackets give one problem."""
    assert len(mistakes(write_pack({TERMS: "[" * 100_000}))) == 1


def test_an_extra_folder_without_a_pack_is_refused(tmp_path: Path) -> None:
    """A mistyped --pack does not pass for an empty one."""
    with pytest.raises(PackError, match="this is no pack; expected a folder with lexicons/ or rules/"):
        load_pack([tmp_path / "nowhere"])


def mistakes(pack: Path) -> list[str]:
    """What the loader says of a pack."""
    with pytest.raises(PackError) as caught:
        load_pack(base=pack, cached=False)
    return [str(problem) for problem in caught.value.problems]
