"""What rules say to people: in every language of the reports, and never what they would flag themselves."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.pack.model import Pack
from menulint.pack.schema import load_schema
from menulint.pack.stretches import Followers
from menulint.ui import DEFAULT, LANGUAGES

QUOTED = re.compile("“([^”]+)”")
UNTRANSLATED_MAX = 4
"""New rules may wait for somebody who speaks the language; the report says so."""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack()


def test_rules_may_speak_the_languages_of_the_reports_and_no_other() -> None:
    """A language that has sentences of its own has a place in the files of rules."""
    texts = load_schema("rule")["properties"]["texts"]["properties"]
    assert (DEFAULT, *sorted(texts)) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_nearly_every_rule_speaks_the_language(pack: Pack, language: str) -> None:
    """One or two that are new may fall back to English."""
    silent = [rule.id for rule in pack.rules.values() if language not in rule.texts]
    assert len(silent) <= UNTRANSLATED_MAX, silent


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_rewrite_proposes_raises_no_finding(pack: Pack, language: str) -> None:
    """Wordings in quotation marks are there to be copied: as copy of a clinic they have to pass everywhere."""
    linter = Linter(pack, Options(jurisdiction=("all",), as_of=date(2026, 11, 22), lang=language, genre="promotional"))
    found = [
        (rule.id, proposed, finding.rule, finding.text)
        for rule in pack.rules.values()
        for proposed in QUOTED.findall(rule.wording(language).rewrite)
        for finding in linter.check_bytes("copy.txt", proposed.encode()).findings
    ]
    assert found == [], json.dumps(found, ensure_ascii=False, indent=1)


def test_a_text_is_cut_at_full_stops_and_questions() -> None:
    """No wording goes on behind one with a gap: every page would be searched paragraph by paragraph."""
    assert not {".", "?", "!"} & set(Followers.of(load_pack().lexicon).open)
