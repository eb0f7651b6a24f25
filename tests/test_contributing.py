"""A term, a rule and a jurisdiction each really take one file: what CONTRIBUTING promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from menulint.finding import FileResult
from menulint.linter import Linter, Options
from menulint.pack.load import load_pack

TERM = """\
- concept: substance.exosome
  forms: [vesiculoid]
  flagged: ["Vesiculoids for the scalp."]
  source: a test
"""

RULE = """\
id: PRS901
name: countdown-to-injection
category: pressure
status: preview
since: 0.1.0
what: A countdown beside an injection.
why: Haste is no friend of informed consent.
when: {all: [pressure.deadline, route.injection]}
message: "“{text}” hurries people into an injection."
rewrite: "Name the price without a deadline."
examples:
  flagged: ["Filler injections, today only!", "Last chance for lip injections this week only."]
  allowed: ["Lip injections cost 200 pounds.", "Today only: free parking."]
"""

JURISDICTION = """\
code: CH
name: Switzerland
languages: [de, fr, it]
regulators: []
inherits: []
signals: {tel: ["+41"], tld: [".ch"], currency: [CHF], lang: [de-CH], words: []}
status: {}
provisions:
- id: CH-TEST-1
  domain: cosmetics
  gist: A provision of a test.
  instrument: Test act
  provision: Article 1
  url: https://example.org/test
  source_type: official
  binding: law
  confidence: high
  verified: true
  reviewed: 2026-11-22
  in_force: {from: null, to: null}
  backs:
  - {rule: RTE001, verdict: prohibited, severity: error}
"""


def check(text: str, extra: Path | None = None, *jurisdiction: str) -> FileResult:
    """The report on a text, with a pack folder added."""
    pack = load_pack([extra] if extra else [])
    return Linter(pack, Options(jurisdiction=jurisdiction or ("all",))).check_bytes("menu.txt", text.encode())


def added(folder: Path, name: str, content: str) -> Path:
    """A pack folder that holds one file."""
    file = folder / name
    file.parent.mkdir(parents=True)
    file.write_text(content, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "content", "text", "jurisdiction", "rule"),
    [
        ("lexicons/en/more.yaml", TERM, "We give vesiculoids by injection.", "all", "RTE001"),
        ("rules/pressure/countdown-to-injection.yaml", RULE, "Filler injections, today only!", "GB", None),
        ("rules/jurisdictions/CH.yaml", JURISDICTION, "We give exosomes by injection.", "CH", "RTE001"),
    ],
)
def test_one_file_adds_it(
    tmp_path: Path, name: str, content: str, text: str, jurisdiction: str, rule: str | None
) -> None:
    """The file alone, in a pack folder of one's own, is loaded and, where it speaks of law, changes the report."""
    extra = added(tmp_path, name, content)
    found = {finding.rule for finding in check(text, extra, jurisdiction).findings}
    if rule is None:
        assert "PRS901" in load_pack([extra]).rules
    else:
        assert rule in found


def test_without_its_file_nothing_of_it_is_known() -> None:
    """The same texts before."""
    assert not {f.rule for f in check("We give vesiculoids by injection.").findings} & {"RTE001"}
    assert check("We give exosomes by injection.", None, "CH").notes[-1].startswith("no law on file for CH")
