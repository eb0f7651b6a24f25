"""Every language says the same things, and nothing else than the words changes with it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

import menulint.ui
from menulint.claim import GENRES, SCOPES, SPEAKERS, STANCES
from menulint.finding import CONFIDENCES, SEVERITIES, VERDICTS
from menulint.linter import Linter, Options
from menulint.pack.law import PREFIXES
from menulint.pack.load import load_pack
from menulint.pack.model import Pack
from menulint.ui import DEFAULT, LANGUAGES, Joined, Message, Word, catalogue

SOURCES = [p for p in Path(menulint.ui.__file__).parents[1].rglob("*") if p.suffix in (".py", ".j2")]
KEY = re.compile(r'(?:\b_?words|\bt)(?P<count>\.count)?\(\s*"(?P<key>[a-z.-]+[a-z])"')
PLACEHOLDER = re.compile(r"\{\w+\}")
NAMES = {
    "verdict": VERDICTS,
    "verdict-long": VERDICTS,
    "verdict-meaning": VERDICTS,
    "severity": SEVERITIES,
    "confidence": CONFIDENCES,
    "confidence-long": CONFIDENCES,
    "genre": GENRES,
    "speaker": SPEAKERS,
    "stance": STANCES,
    "scope": SCOPES,
    "category": tuple(PREFIXES),
    "because": STANCES[:-1],
}
MISTAKEN = """<!-- menulint: ignore -->
<!-- menulint: ignore[] -- a reason -->
<!-- menulint: ignore[RTE999] -- a reason -->
<!-- menulint: ignore-next-lin -- a reason -->
<!-- menulint: ignore-end -->
<!-- menulint: ignore -- over (until 2020-01-31) -->
<!-- menulint: ignore -- never (until doomsday) -->
<!-- menulint: ignore -- nothing here -->
<!-- menulint: ignore-start -- open -->
Our clinic. Book now."""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack()


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_catalogues_have_the_same_keys_and_placeholders(language: str) -> None:
    """So that no sentence is missing and none loses a value."""
    english, other = catalogue().texts, catalogue(language).texts
    assert list(other) == list(english)
    for key, text in other.items():
        assert set(PLACEHOLDER.findall(text)) <= set(PLACEHOLDER.findall(english[key])), key
        missing = set(PLACEHOLDER.findall(english[key])) - set(PLACEHOLDER.findall(text))
        assert missing <= {"{label}", "{rules}"}, key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", NAMES)
def test_every_value_of_an_enumeration_has_a_name(language: str, kind: str) -> None:
    """Nobody has to read “needs-evidence”."""
    assert [value for value in NAMES[kind] if not catalogue(language).knows(f"{kind}.{value}")] == []


def test_every_sentence_the_program_asks_for_is_there() -> None:
    """A mistyped key would fail only when somebody reads that part of a report."""
    asked = [m for path in SOURCES for m in KEY.finditer(path.read_text("utf-8"))]
    keys = {f"{m['key']}.one" if m["count"] else m["key"] for m in asked}
    assert len(keys) > 60
    assert sorted(keys - set(catalogue().texts)) == []


def test_a_message_is_said_in_any_language() -> None:
    """With the words of enumerations inside it, and several of them without repeats."""
    message = Message.of("reason.given", concept="route.topical", within=Word("scope", "row"))
    assert catalogue("en").say(message) == "the row says it already (route.topical)"
    assert catalogue("es").say(Joined((message, message))) == "ya se dice en la misma fila (route.topical)"


def test_a_value_that_no_catalogue_knows_is_called_by_itself() -> None:
    """Lists of stances and the like are open."""
    assert catalogue("es").name("stance", "sung") == "sung"


def test_page_words_are_never_read_as_placeholders() -> None:
    """Braces on a page stay braces."""
    assert catalogue("es")("cue.seller", text="{place}", place="3:1") == "“{place}” en 3:1: habla quien vende"


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("given", "indicado"),
        ("page has a tel", "la página tiene un teléfono"),
        ("structured data: medicalclinic", "datos estructurados: medicalclinic"),
        ("skipped: it is a PNG image, not text", "omitido: it is a PNG image, not text"),
        ("Book now", "Book now"),
    ],
)
def test_reasons_of_other_parts_are_translated_and_words_of_pages_are_not(english: str, spanish: str) -> None:
    """What a catalogue does not know stays as it is."""
    assert catalogue("es").sentence(english) == spanish


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_notes_on_a_page_are_known_to_the_language(pack: Pack, language: str) -> None:
    """Whatever is wrong with its comments, its bytes or its place."""
    linter = Linter(pack, Options(jurisdiction=("PE",), select=("RTE",)))
    data = MISTAKEN.encode() + b" caf\xe9"
    notes = linter.check_bytes("page.html", data).notes
    assert len(notes) >= 10
    assert [note for note in notes if catalogue(language).sentence(note) == note] == []


def test_a_finding_differs_only_in_its_sentences(pack: Pack) -> None:
    """Place, rule, verdict, law and fingerprint are the same in both languages; the text for people is not."""
    page = b"# Our menu\n\nBook now at our clinic. Exosome injections, 250 pounds. +44 20 0000 0000"
    english, spanish = (
        Linter(pack, Options(ui_lang=language)).check_bytes("a.md", page).findings for language in ("en", "es")
    )
    assert len(english) == len(spanish) > 0
    for one, other in zip(english, spanish, strict=True):
        assert one.message != other.message
        assert one.rewrite != other.rewrite
        assert "{" not in other.message
        sentences = {n: getattr(one, n) for n in ("message", "rewrite", "why", "explanation", "related")}
        assert replace(other, **sentences) == one


def test_a_rule_without_text_in_the_language_speaks_english(pack: Pack) -> None:
    """Its whole wording, not half of it."""
    rule = structs.replace(pack.rules["RTE001"], texts={})
    assert rule.wording("es") == rule.wording(DEFAULT)
    assert rule.wording("es").message == rule.message


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_read_table_by_table_says_what_its_file_says(language: str) -> None:
    """The file is cut at the headers of its tables before it is parsed."""
    whole = tomllib.loads(Path(menulint.ui.__file__).with_name(f"{language}.toml").read_text("utf-8"))
    words = catalogue(language)
    assert dict(words.sentences) == whole.pop("sentences", {})
    assert dict(words.texts) == dict(menulint.ui._flat(whole))
    assert not words.knows("terminal.no such key")
    assert not words.knows("no-such-table.key")
