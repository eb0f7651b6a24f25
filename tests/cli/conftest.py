"""A small pack of two rules, so that these tests are about the command line and not about the law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from menulint.cli import run
from menulint.pack import load
from menulint.pack.location import Location

PACK = {
    "lexicons/concepts/route.yaml": "- {id: route.injection, label: injection}\n",
    "lexicons/concepts/substance.yaml": "- {id: substance.exosome, label: exosomes}\n",
    "lexicons/concepts/comparison.yaml": "- {id: comparison.best, label: best of all}\n",
    "lexicons/en/route.yaml": (
        "- concept: route.injection\n  forms: [injection, injections]\n"
        "  flagged: [Exosome injections.]\n  allowed: [Exosome serum.]\n  source: menus\n"
    ),
    "lexicons/en/substance.yaml": (
        "- concept: substance.exosome\n  forms: [exosome, exosomes]\n  flagged: [Exosome serum.]\n  source: menus\n"
    ),
    "lexicons/en/comparison.yaml": (
        "- concept: comparison.best\n  forms: [best clinic]\n  flagged: [The best clinic.]\n  source: menus\n"
    ),
    "lexicons/en/context.yaml": (
        '- {says: seller, direction: FORWARD, forms: ["we offer", our]}\n'
        '- {says: negated, direction: FORWARD, forms: ["do not"]}\n'
        '- {says: "genre:promotional", weight: 3, forms: ["book now", our]}\n'
    ),
    "rules/route/cosmetic-for-injection.yaml": """\
id: RTE001
name: cosmetic-for-injection
category: route
what: An exosome product offered by injection.
why: A cosmetic stays on the outside of the body.
when: {all: [route.injection, {of: {substance: [substance.exosome]}}]}
message: "“{text}” offers {substance} by injection."
rewrite: Remove the offer.
examples:
  flagged:
  - {text: "Our exosome injections cost £250. Book now.", jurisdictions: [GB], span: exosome injections}
  - {text: "Book now: our injections of exosomes.", jurisdictions: [GB]}
  allowed:
  - {text: "Our exosome serum costs £25. Book now.", jurisdictions: [GB], reason: no injection}
  - {text: "Our injections cost £25. Book now.", jurisdictions: [GB], reason: no exosomes}
status: stable
since: 0.1.0
""",
    "rules/superiority/superlative.yaml": """\
id: CMP001
name: superlative
category: superiority
what: A seller calls itself the best.
why: Nobody compared.
when: comparison.best
message: "“{text}” claims first place."
rewrite: Say what is special.
examples:
  flagged:
  - {text: "Our team is the best clinic. Book now.", jurisdictions: [GB]}
  - {text: "We offer the best clinic in town. Book now.", jurisdictions: [GB]}
  allowed:
  - {text: "Our team is large. Book now.", jurisdictions: [GB], reason: no comparison}
  - {text: "Our clinic is small. Book now.", jurisdictions: [GB], reason: no comparison}
status: stable
since: 0.1.0
""",
    "rules/jurisdictions/GB.yaml": """\
code: GB
name: United Kingdom
languages: [en]
provisions:
- id: GB-ONE
  domain: cosmetics
  gist: A cosmetic is put on the outside of the body.
  instrument: Cosmetics Regulation
  provision: Article 2
  url: https://law.example/2
  source_type: official
  binding: law
  confidence: high
  reviewed: 2026-11-01
  in_force: {from: 2013-07-11, to: null}
  backs:
  - {rule: RTE001, verdict: prohibited}
  - {rule: CMP001, verdict: needs-evidence}
""",
}

MENU = "# Menu\n\nOur exosome injections cost £250. Book now.\n\nThe best clinic in town.\n"
SOFT = "# About\n\nOur team is the best clinic in town. Book now.\n"
CLEAN = "# About\n\nOur team looks forward to seeing you.\n"


@dataclass(frozen=True)
class Done:
    """How a command ended: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Menulint = Callable[..., Done]


def write_pack(folder: Path) -> Path:
    """Write the small pack into a folder."""
    for name, text in PACK.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder: a clinic's site with three pages, judged with the small pack."""
    pack = write_pack(tmp_path / "pack")
    monkeypatch.setattr(load, "find_pack", lambda: Location(pack))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "site"
    folder.mkdir()
    for name, text in (("menu.md", MENU), ("soft.md", SOFT), ("about.md", CLEAN)):
        (folder / name).write_text(text, "utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def menulint(site: Path, capsys: pytest.CaptureFixture[str]) -> Menulint:
    """Runs the command line in the working folder; ``GB`` is the law unless an argument says otherwise."""

    def call(*arguments: str) -> Done:
        capsys.readouterr()
        code = run(arguments)
        captured = capsys.readouterr()
        return Done(code, captured.out, captured.err)

    return call
