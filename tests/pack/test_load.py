"""Loading: what a pack holds, what another adds, and what the cache keeps."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from unittest.mock import Mock

import pytest

from menulint.pack import cache, encode, load
from menulint.pack.cache import KEPT_MAX, cache_folder
from menulint.pack.encode import from_bytes, to_bytes
from menulint.pack.load import load_pack, term_examples
from menulint.pack.location import Location
from menulint.pack.model import Status

RULE = "rules/efficacy/regeneration-promise.yaml"
GB = "rules/jurisdictions/GB.yaml"


def test_the_small_pack_is_what_its_files_say(write_pack: Callable[..., Path]) -> None:
    """Concepts, rule, law and evidence arrive as plain values."""
    pack = load_pack(base=write_pack())
    provision = pack.provisions["UK-1"]
    assert pack.ancestors["effect.regenerate"] == {"effect.regenerate", "effect.overclaim"}
    assert pack.rules["EFF001"].when == {"concept": "effect.regenerate"}
    assert pack.rules["EFF001"].allowed[1].reason == "no skin"
    assert (provision.in_force_from, provision.in_force_to) == (date(2012, 8, 14), None)
    assert pack.jurisdictions["GB"].statuses == (Status("substance.toxin", "prescription-only", "UK-1"),)
    assert pack.evidence[0].citations == ({"ref": "A study, 2024"},)
    assert pack.version == "2026.11"


CONDITIONS = [
    ("effect.overclaim", {"concept": "effect.overclaim"}),
    ("{all: [effect.overclaim, {none: [substance.toxin]}]}",
     {"all": [{"concept": "effect.overclaim"}, {"none": [{"concept": "substance.toxin"}]}]}),
    ("{concept: effect.overclaim, of: {substance: substance.toxin}}",
     {"concept": "effect.overclaim", "of": {"substance": ["substance.toxin"]}}),
    ("{concept: effect.overclaim, missing: substance.toxin, stance: asserted, within: clause}",
     {"concept": "effect.overclaim", "missing": ["substance.toxin"], "stance": ["asserted"], "within": "clause"}),
    ("{concept: effect.overclaim, number: {unit: mm, over: 0.3}, exceeds_evidence: true}",
     {"concept": "effect.overclaim", "number": {"unit": "mm", "over": 0.3}, "exceeds_evidence": True}),
]  # fmt: skip


@pytest.mark.parametrize(("written", "canonical"), CONDITIONS)
def test_conditions_have_one_shape(
    write_pack: Callable[..., Path], small: dict[str, str], written: str, canonical: dict[str, object]
) -> None:
    """Shorthands are spelt out, so that the engine reads one form."""
    rule = small[RULE].replace("when: effect.regenerate", f"when: {written}")
    assert load_pack(base=write_pack({RULE: rule})).rules["EFF001"].when == canonical


SEVERITIES = [
    ("verdict: prohibited", "high", "error"),
    ("verdict: needs-evidence", "high", "warning"),
    ("verdict: advice", "high", "info"),
    ("verdict: prohibited, severity: info", "high", "info"),
    ("verdict: prohibited", "low", "warning"),
]


@pytest.mark.parametrize(("backing", "confidence", "severity"), SEVERITIES)
def test_severity_follows_verdict_and_confidence(
    write_pack: Callable[..., Path], small: dict[str, str], backing: str, confidence: str, severity: str
) -> None:
    """Left out it is the verdict's; low confidence caps it at warning."""
    law = small[GB].replace("verdict: needs-evidence, severity: warning", backing)
    law = law.replace("confidence: high", f"confidence: {confidence}")
    assert load_pack(base=write_pack({GB: law})).provisions["UK-1"].backs[0].severity == severity


def test_another_pack_adds_terms_and_law(write_pack: Callable[..., Path]) -> None:
    """A folder of its own brings a concept, words for it, and a provision for a jurisdiction that exists."""
    extra = {
        "lexicons/concepts/source.yaml": "- {id: source.snail, label: snail}\n",
        "lexicons/en/source.yaml": "- {concept: source.snail, forms: [snail mucin], flagged: [Snail mucin.]}\n",
        GB: (
            "code: GB\nname: UK\nlanguages: [en]\nprovisions:\n- {id: HOUSE-1, domain: practice, gist: Ours, "
            "instrument: House style, provision: '1', url: 'https://example.org', source_type: secondary, "
            "binding: opinion, confidence: high, reviewed: 2026-11-01, backs: [{rule: EFF001, verdict: advice}]}\n"
        ),
    }
    pack = load_pack([write_pack(extra, "extra", base={})], base=write_pack())
    assert "snail mucin" in pack.lexicon.forms
    assert [p.id for p in pack.jurisdictions["GB"].provisions] == ["UK-1", "HOUSE-1"]
    assert pack.jurisdictions["GB"].name == "United Kingdom"


def test_a_pack_survives_being_stored(write_pack: Callable[..., Path]) -> None:
    """Compiled, written and read again it is the same pack, down to dates and conditions."""
    pack = load_pack(base=write_pack(), cached=False)
    assert from_bytes(to_bytes(pack)) == pack


def test_the_whole_pack_survives_being_stored() -> None:
    """The pack we ship, too."""
    pack = load_pack(cached=False)
    assert from_bytes(to_bytes(pack)) == pack


def test_the_second_load_compiles_nothing(write_pack: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes from the cache, and is the same."""
    base = write_pack()
    first = load_pack(base=base)
    monkeypatch.setattr(load, "compile_pack", None)
    assert load_pack(base=base) == first


def test_an_edited_term_is_seen_at_once(write_pack: Callable[..., Path]) -> None:
    """The cache is keyed by what the files say."""
    base = write_pack()
    load_pack(base=base)
    terms = base / "lexicons/en/effect.yaml"
    terms.write_text(terms.read_text().replace("cell renewal", "cell revival"))
    assert "cell revival" in load_pack(base=base).lexicon.forms


DAMAGES: list[Callable[[bytes], bytes]] = [
    lambda whole: b"",
    lambda whole: b"{",
    lambda whole: whole[:-1],
    lambda whole: whole + b"\0",
    lambda whole: whole.replace(b"renewal", b"revival"),
    lambda whole: whole.replace(b"pack 5", b"pack 4"),
    lambda whole: whole[:20] + whole[40:],
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_cache_is_ignored(write_pack: Callable[..., Path], damage: Callable[[bytes], bytes]) -> None:
    """Whatever stands in the file, the pack is compiled anew."""
    base = write_pack()
    first = load_pack(base=base)
    (path,) = cache_folder().glob("*.pack")
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert load_pack(base=base) == first
    assert path.read_bytes() == whole


def test_a_pack_for_other_machines_is_refused(write_pack: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A trie is laid out as the machine that made it likes it; elsewhere the pack is compiled from its files."""
    monkeypatch.setattr(encode, "_MACHINE", "big-32")
    foreign = to_bytes(load_pack(base=write_pack(), cached=False))
    monkeypatch.undo()
    with pytest.raises(ValueError, match="compiled for big-32 machines"):
        from_bytes(foreign)


def test_a_start_reads_no_file_that_has_not_changed(
    write_pack: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that lie as they lay are known by their sizes and times; a change of the same length is seen by its time."""
    base = write_pack()
    monkeypatch.setattr(cache, "_SETTLED_NS", -(10**18))
    first = load_pack(base=base)
    monkeypatch.setattr(load, "read_pack_files", None)
    assert load_pack(base=base) == first
    monkeypatch.undo()
    terms = base / "lexicons/en/effect.yaml"
    terms.write_text(terms.read_text().replace("cell renewal", "cell revival"))
    os.utime(terms, ns=(terms.stat().st_atime_ns, terms.stat().st_mtime_ns + 1))
    assert "cell revival" in load_pack(base=base).lexicon.forms


def test_a_compiled_pack_that_lies_as_it_lay_is_not_summed_up_again(
    write_pack: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor brought into memory: most of a start would go into 15 MB of which it needs little."""
    base = write_pack()
    monkeypatch.setattr(cache, "_SETTLED_NS", -(10**18))
    first = load_pack(base=base)
    monkeypatch.setattr(encode, "_checksum", None)
    assert load_pack(base=base) == first


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_seen_in_a_pack_that_was_sound(
    write_pack: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, damage: Callable[[bytes], bytes]
) -> None:
    """What writes a file changes its time, and then it is looked at as if for the first time."""
    base = write_pack()
    monkeypatch.setattr(cache, "_SETTLED_NS", -(10**18))
    first = load_pack(base=base)
    (path,) = cache_folder().glob("*.pack")
    path.write_bytes(damage(path.read_bytes()))
    assert load_pack(base=base) == first


def test_the_pack_of_a_wheel_is_summed_up_once(
    write_pack: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first start keeps in mind how it lies; a damaged one is compiled anew from the files beside it."""
    base, built = write_pack(), tmp_path / "compiled.pack"
    first = load_pack(base=base, cached=False)
    built.write_bytes(to_bytes(first))
    monkeypatch.setattr(cache, "_SETTLED_NS", -(10**18))
    monkeypatch.setattr(load, "find_pack", lambda: Location(base, built))
    summed = Mock(wraps=encode._checksum)
    monkeypatch.setattr(encode, "_checksum", summed)
    assert [load_pack() == first for _ in range(3)] == [True] * 3
    assert summed.call_count == 1
    built.write_bytes(to_bytes(first)[:-1])
    assert load_pack() == first


def test_files_that_have_just_changed_are_read_again(write_pack: Callable[..., Path]) -> None:
    """They may change once more before the clock of the disk ticks."""
    load_pack(base=write_pack())
    assert not list(cache_folder().glob("*.note"))


def test_a_cache_that_cannot_be_written_is_no_error(write_pack: Callable[..., Path], cache_home: Path) -> None:
    """A file stands where the folder should be."""
    cache_home.write_text("")
    assert load_pack(base=write_pack()).rules


def test_the_cache_does_not_grow_for_ever(write_pack: Callable[..., Path]) -> None:
    """Old packs go."""
    base = write_pack()
    terms = base / "lexicons/en/effect.yaml"
    for number in range(KEPT_MAX + 2):
        terms.write_text(terms.read_text() + f"# {number}\n")
        load_pack(base=base)
    assert len(list(cache_folder().iterdir())) == KEPT_MAX


def test_examples_of_terms_have_readable_names(write_pack: Callable[..., Path]) -> None:
    """Language, concept, kind and number."""
    assert [example.id for example in term_examples(base=write_pack())] == ["en/effect.regenerate::flagged::0"]


def test_loading_needs_neither_spacy_nor_a_schema_library() -> None:
    """The build of a wheel has neither at hand."""
    code = (
        "import sys, menulint.pack.load; print({'spacy', 'click', 'jsonschema', 'ahocorasick_rs'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
