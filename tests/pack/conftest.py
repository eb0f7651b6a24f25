"""Packs of a few lines, written to disk as a contributor would."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

SMALL = {
    "lexicons/concepts/effect.yaml": """\
- {id: effect.overclaim, label: promise}
- {id: effect.regenerate, label: regeneration, is_a: [effect.overclaim], strength: 3}
""",
    "lexicons/concepts/substance.yaml": """\
- {id: substance.exosome, label: exosomes}
- {id: substance.toxin, label: toxin}
""",
    "lexicons/en/sets.yaml": """\
rebuild: {pos: verb, words: [rejuvenate, renew]}
tissue: {pos: noun, words: [skin, cell]}
""",
    "lexicons/en/effect.yaml": """\
- concept: effect.regenerate
  forms: ["cell renewal"]
  phrases: ["<rebuild> ~4 <tissue>"]
  flagged: ["Renews tired skin cells."]
  source: "brochures"
""",
    "rules/efficacy/regeneration-promise.yaml": """\
id: EFF001
name: regeneration-promise
category: efficacy
status: preview
since: 0.1.0
what: A promise to regenerate skin.
why: Few products do.
when: effect.regenerate
message: "“{text}” promises regeneration."
rewrite: Say how the skin looks.
examples:
  flagged: ["Renews skin cells.", "Cell renewal overnight."]
  allowed: ["Renew your membership.", {text: "A cell phone.", reason: "no skin"}]
""",
    "rules/jurisdictions/GB.yaml": """\
code: GB
name: United Kingdom
languages: [en]
status:
  substance.toxin: {is: prescription-only, by: UK-1}
provisions:
- id: UK-1
  domain: advertising
  gist: Promises need proof.
  instrument: A code
  provision: "3.7"
  url: https://example.org/code
  source_type: official
  binding: code
  confidence: high
  reviewed: 2026-11-22
  in_force: {from: 2012-08-14, to: null}
  backs:
  - {rule: EFF001, verdict: needs-evidence, severity: warning}
""",
    "rules/evidence/exosome.yaml": """\
- id: EV-1
  substance: substance.exosome
  effect: effect.regenerate
  level: animal
  certainty: very-low
  finding: Mice only.
  supports: Nothing in people.
  does_not_support: Any promise.
  citations: [{ref: "A study, 2024"}]
  reviewed: 2026-11-22
""",
}

Write = Callable[..., Path]


@pytest.fixture
def write_pack(tmp_path: Path) -> Write:
    """Writes the small pack with some files put in its place, and says where."""

    def write(changes: Mapping[str, str] = {}, name: str = "pack", base: Mapping[str, str] = SMALL) -> Path:
        for place, text in {**base, **changes}.items():
            path = tmp_path / name / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


@pytest.fixture(autouse=True)
def cache_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or fills the cache of the user."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def small() -> dict[str, str]:
    """The files of the small pack by their place."""
    return dict(SMALL)
