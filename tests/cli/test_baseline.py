"""``menulint baseline`` and ``check --baseline``: what is accepted stays accepted, and nothing else."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import MENU

Menulint = Any
GB = ("--jurisdiction", "GB")
BASELINE = ("--baseline", "menulint-baseline.json")
OFFER = "Our exosome injections are the talk of the town. Book now.\n"


@pytest.fixture
def accepted(menulint: Menulint, site: Path) -> Path:
    """The site with everything on it accepted."""
    done = menulint("baseline", "create", ".", *GB, "--reason", "rebrand in spring", "--owner", "Head of web")
    assert done.code == 0, done.err
    return site


def check(menulint: Menulint, *options: str) -> tuple[int, list[tuple[str, int, str]]]:
    """Exit code, and path, line and rule of every place that counts."""
    done = menulint("check", ".", *GB, *BASELINE, "--fail-on", "warning", "--format", "json", *options)
    found = [
        (file["path"], place["start"]["line"], finding["rule"])
        for file in json.loads(done.out)["files"]
        for finding in file["findings"]
        for place in (finding, *finding["also"])
        if place["baseline"] == "new"
    ]
    return done.code, found


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def places(site: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((site / "menulint-baseline.json").read_text("utf-8"))["places"]
    return found


# What an accepted place survives, and what it does not


def test_nothing_counts_that_is_accepted(menulint: Menulint, accepted: Path) -> None:
    """The run is green."""
    assert check(menulint) == (0, [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# Menu\n", "# Our new menu\n\nOpen on Sundays.\n"),
        ("£250", "£310"),
        (MENU, "The best clinic in town.\n\n# Menu\n\nOur exosome injections cost £250. Book now.\n"),
        ("\n", "\r\n"),
        ("Our exosome injections cost", "Our  Exosome   injections\ncost"),
    ],
    ids=["edit elsewhere", "price", "moved paragraph", "line ends", "case and spaces"],
)
def test_an_accepted_place_survives(menulint: Menulint, accepted: Path, old: str, new: str) -> None:
    """What changes neither the wording nor its sentence."""
    text = (accepted / "menu.md").read_bytes().decode()
    assert old in text
    (accepted / "menu.md").write_bytes(text.replace(old, new).encode())
    assert check(menulint) == (0, [])


def test_an_accepted_place_survives_a_new_name(menulint: Menulint, accepted: Path) -> None:
    """And a paragraph that moves to another page."""
    (accepted / "menu.md").rename(accepted / "prices.md")
    assert check(menulint) == (0, [])
    (accepted / "prices.md").unlink()
    (accepted / "about.md").write_text(MENU, "utf-8")
    assert check(menulint) == (0, [])


def test_the_same_words_once_more_are_new(menulint: Menulint, accepted: Path) -> None:
    """In the same sentence, word for word, or in another one."""
    (accepted / "menu.md").write_text(MENU + "\nOur exosome injections cost £250. Book now.\n\n" + OFFER, "utf-8")
    assert check(menulint) == (1, [("menu.md", 7, "RTE001"), ("menu.md", 9, "RTE001")])


def test_a_run_from_another_folder_knows_the_same_places(
    menulint: Menulint, accepted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paths are relative to the file, not to where somebody stands."""
    (accepted / "soft.md").unlink()
    monkeypatch.chdir(accepted.parent)
    done = menulint("check", "site", *GB, "--baseline", "site/menulint-baseline.json", "--format", "json")
    assert [place["path"] for place in json.loads(done.out)["absent"]] == ["site/soft.md"]
    assert done.code == 0


# Lapsing


def test_a_place_counts_again_when_its_time_is_over(menulint: Menulint, site: Path) -> None:
    """In the report, the audit, and until it is accepted anew."""
    last = date.today() + timedelta(days=30)
    menulint(
        "baseline", "create", "menu.md", *GB, "--reason", "rebrand", "--owner", "Ana", "--expires", last.isoformat()
    )
    after = ("--as-of", (last + timedelta(days=1)).isoformat())
    assert menulint("check", "menu.md", *GB, *BASELINE, "--as-of", last.isoformat()).code == 0
    late = menulint("check", "menu.md", *GB, *BASELINE, *after)
    assert late.code == 1
    assert f"accepted until {last} by Ana (rebrand), and that day has" in " ".join(late.out.split())
    audit = menulint("baseline", "audit", "menu.md", *GB, *after)
    assert audit.code == 1
    assert "0 unchanged, 2 new, 0 absent, 0 unread" in audit.out
    assert "2 places are new or count again" in menulint("baseline", "update", "menu.md", *GB, *after).err
    assert menulint("baseline", "update", "menu.md", *GB, *after, "--reason", "not yet").code == 0
    assert menulint("check", "menu.md", *GB, *BASELINE, *after).code == 0


STRICTER = """\
- id: GB-TWO
  domain: cosmetics
  gist: Nobody may say so any more.
  instrument: Cosmetics (Amendment) Regulation
  provision: Article 1
  url: https://law.example/two
  source_type: official
  binding: law
  confidence: high
  reviewed: 2026-11-01
  in_force: {from: 2026-11-02, to: null}
  backs:
  - {rule: CMP001, verdict: prohibited}
"""


def test_a_place_counts_again_when_the_law_gets_stricter(menulint: Menulint, accepted: Path) -> None:
    """From the day it is in force, for the rule it backs, and the report says what changed."""
    law = accepted.parent / "pack" / "rules" / "jurisdictions" / "GB.yaml"
    law.write_text(law.read_text("utf-8") + STRICTER, "utf-8")
    code, found = check(menulint)
    assert code == 1
    assert {rule for _, _, rule in found} == {"CMP001"}
    report = json.loads(menulint("check", "menu.md", *GB, *BASELINE, "--format", "json").out)
    lapsed = [finding["lapsed"] for finding in report["files"][0]["findings"] if "lapsed" in finding]
    assert len(lapsed) == 1
    assert "by Head of web (rebrand in spring)" in lapsed[0]
    assert "needs evidence, warning then, prohibited, error now (GB-TWO)" in lapsed[0]
    assert check(menulint, "--as-of", "2026-11-01") == (0, [])


def test_a_place_stays_accepted_when_the_law_is_only_told_otherwise(menulint: Menulint, accepted: Path) -> None:
    """Reviewed again, in other words, under another link."""
    law = accepted.parent / "pack" / "rules" / "jurisdictions" / "GB.yaml"
    change(law, "reviewed: 2026-11-01", "reviewed: 2026-11-20")
    change(law, "A cosmetic is put on the outside of the body.", "Cosmetics stay outside.")
    change(law, "https://law.example/2", "https://law.example/article-2")
    assert check(menulint) == (0, [])


def test_a_run_for_another_place_lets_nothing_lapse(menulint: Menulint, accepted: Path) -> None:
    """It was not asked when the places were accepted."""
    ireland = accepted.parent / "pack" / "rules" / "jurisdictions" / "IE.yaml"
    ireland.write_text(
        "code: IE\nname: Ireland\nlanguages: [en]\nprovisions:\n" + STRICTER.replace("GB-TWO", "IE-TWO"), "utf-8"
    )
    done = menulint("check", ".", "--jurisdiction", "IE,GB", *BASELINE)
    assert done.code == 0
    assert "accepted place" not in done.out


# What is not there any more


def test_what_was_mended_is_said_at_the_end(menulint: Menulint, accepted: Path) -> None:
    """On the screen in one line, in JSON and SARIF one by one; it is no finding and ends nothing with 1."""
    (accepted / "menu.md").write_text("# Menu\n\nOur clinic. Book now.\n", "utf-8")
    done = menulint("check", ".", *GB, *BASELINE)
    assert done.code == 0
    assert "2 accepted places are not in the copy any more: menulint baseline update --prune drops them." in done.out
    report = json.loads(menulint("check", ".", *GB, *BASELINE, "--format", "json").out)
    assert {(one["path"], one["rule"]) for one in report["absent"]} == {("menu.md", "RTE001"), ("menu.md", "CMP001")}
    sarif = json.loads(menulint("check", ".", *GB, *BASELINE, "--format", "sarif").out)
    states = [(one["baselineState"], one["locations"][0]["physicalLocation"]) for one in sarif["runs"][0]["results"]]
    assert states.count(("absent", {"artifactLocation": {"uri": "menu.md"}})) == 2


@pytest.mark.parametrize("options", [("--select", "RTE"), ("soft.md",), ("--min-confidence", "high")])
def test_a_run_that_looks_for_less_calls_nothing_absent(
    menulint: Menulint, accepted: Path, options: tuple[str, ...]
) -> None:
    """Other rules, other files: it cannot know, and pruning drops nothing."""
    (accepted / "menu.md").write_text("# Menu\n\nOur exosome injections cost £250. Book now.\n", "utf-8")
    paths = () if options == ("soft.md",) else (".",)
    before = places(accepted)
    assert "accepted place" not in menulint("check", *paths, *options, *GB, *BASELINE).out
    assert menulint("baseline", "update", *paths, *options, *GB, "--prune").code == 0
    assert places(accepted) == before


def test_pruning_alone_needs_no_reason(menulint: Menulint, accepted: Path) -> None:
    """And adds nothing: what is new is named and stays new."""
    (accepted / "menu.md").write_text(OFFER, "utf-8")
    refused = menulint("baseline", "update", ".", *GB)
    assert (refused.code, "--reason" in refused.err) == (2, True)
    done = menulint("baseline", "update", ".", *GB, "--prune")
    assert done.code == 0
    assert "1 place is new or counts again" in done.out
    assert "dropped 2" in done.out
    assert {place["path"] for place in places(accepted)} == {"soft.md"}


def test_update_with_a_reason_adds_and_prunes(menulint: Menulint, accepted: Path) -> None:
    """What was accepted before keeps its terms."""
    (accepted / "menu.md").write_text(OFFER, "utf-8")
    assert menulint("baseline", "update", ".", *GB, "--reason", "until May", "--prune").code == 0
    assert [(place["path"], place["reason"]) for place in places(accepted)] == [
        ("menu.md", "until May"),
        ("soft.md", "rebrand in spring"),
    ]


# Create and audit


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--reason", " "), "--reason is empty"),
        (("--reason", "x", "--expires", "2020-01-01"), "--expires 2020-01-01 is over already"),
        (("--reason", "x", "--expires", "soon"), "'soon' is no date"),
        ((), "Missing option '--reason'"),
    ],
)
def test_create_asks_for_sensible_terms(menulint: Menulint, options: tuple[str, ...], message: str) -> None:
    """Before anything is written."""
    done = menulint("baseline", "create", *GB, *options)
    assert (done.code, message in done.err) == (2, True)
    assert not Path("menulint-baseline.json").exists()


def test_a_baseline_is_not_overwritten(menulint: Menulint, accepted: Path) -> None:
    """Create is for the first time only."""
    done = menulint("baseline", "create", *GB, "--reason", "x")
    assert (done.code, "`menulint baseline update` adds to it" in done.err) == (2, True)


def test_create_says_how_the_file_is_used(menulint: Menulint, accepted: Path, site: Path) -> None:
    """Unless the settings name it."""
    (site / "menulint-baseline.json").unlink()
    hint = 'write baseline = "menulint-baseline.json" in menulint.toml'
    assert hint in menulint("baseline", "create", *GB, "--reason", "x").out
    (site / "menulint-baseline.json").unlink()
    (site / "menulint.toml").write_text('baseline = "menulint-baseline.json"\n', "utf-8")
    assert hint not in menulint("baseline", "create", *GB, "--reason", "x").out


def test_an_audit_shows_every_place_with_its_terms(menulint: Menulint, accepted: Path) -> None:
    """As a table for people, CSV for a spreadsheet, JSON for programs."""
    header, first, *_ = menulint("baseline", "audit", ".", *GB).out.splitlines()
    assert header.split() == "path rule wording reason owner added expires state".split()
    assert first.startswith("menu.md  CMP001  best clinic ")
    assert first.endswith("unchanged")
    rows = list(csv.DictReader(io.StringIO(menulint("baseline", "audit", ".", *GB, "--format", "csv").out)))
    assert [(row["path"], row["owner"], row["expires"], row["state"]) for row in rows] == [
        ("menu.md", "Head of web", "", "unchanged"),
        ("menu.md", "Head of web", "", "unchanged"),
        ("soft.md", "Head of web", "", "unchanged"),
    ]
    report = json.loads(menulint("baseline", "audit", ".", *GB, "--format", "json").out)
    assert report["summary"] == {"accepted": 3, "unchanged": 3, "new": 0, "absent": 0, "unread": 0}
    assert report["places"][0]["expires"] is None


def test_an_audit_tells_absent_from_unread(menulint: Menulint, accepted: Path) -> None:
    """What it did not look for is no reason to end with 1."""
    (accepted / "menu.md").write_text(OFFER, "utf-8")
    assert menulint("baseline", "audit", "soft.md", *GB).code == 0
    done = menulint("baseline", "audit", ".", *GB)
    assert done.code == 1
    assert "1 unchanged, 0 new, 2 absent, 0 unread" in done.out
    assert "1 unchanged, 0 new, 0 absent, 2 unread" in menulint("baseline", "audit", "soft.md", *GB).out


def test_an_empty_baseline_can_be_audited(menulint: Menulint, site: Path) -> None:
    """A site without findings has one."""
    menulint("baseline", "create", "about.md", *GB, "--reason", "x")
    assert json.loads((site / "menulint-baseline.json").read_text("utf-8")) == {"schema": 1, "places": []}
    assert menulint("baseline", "audit", "about.md", *GB).out.startswith("0 accepted\n")
