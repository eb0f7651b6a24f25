"""What a project's configuration makes of findings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Menulint = Any


def found(menulint: Menulint) -> list[dict[str, Any]]:
    report = json.loads(menulint("check", "menu.md", "--format", "json").out)
    return [finding for file in report["files"] for finding in file["findings"]]


def configure(text: str) -> None:
    Path("menulint.toml").write_text('jurisdiction = ["GB"]\n' + text, "utf-8")


def test_a_rule_gets_the_severity_the_project_gives_it(menulint: Menulint) -> None:
    """By category, and what is said of the rule itself wins."""
    configure('[severity]\nRTE = "info"\nsuperiority = "error"\nRTE001 = "warning"\n')
    assert {f["rule"]: f["severity"] for f in found(menulint)} == {"RTE001": "warning", "CMP001": "error"}


def test_an_allowed_wording_does_not_count_and_says_why(menulint: Menulint) -> None:
    """Whatever its case and spaces; the finding stays in the report, suppressed."""
    configure('[[allow]]\ntext = "the  best clinic"\nrules = ["CMP"]\nreason = "our registered name"\n')
    (best,) = [f for f in found(menulint) if f["rule"] == "CMP001"]
    assert best["suppressed"]["reason"] == "allowed in the configuration: our registered name"
    assert not any(f["suppressed"] for f in found(menulint) if f["rule"] == "RTE001")


def test_a_wording_allowed_for_other_rules_counts(menulint: Menulint) -> None:
    """An allowance is for the rules it names."""
    configure('[[allow]]\ntext = "best clinic"\nrules = ["RTE"]\nreason = "x"\n')
    assert all(f["suppressed"] is None for f in found(menulint))


def test_part_of_a_word_is_not_the_wording(menulint: Menulint) -> None:
    """“est clinic” is not what was allowed."""
    configure('[[allow]]\ntext = "est clinic"\nreason = "x"\n')
    assert all(f["suppressed"] is None for f in found(menulint))


def test_an_unknown_rule_is_a_mistake(menulint: Menulint) -> None:
    """With the nearest name."""
    configure('[severity]\nRTE01 = "info"\n')
    done = menulint("check", "menu.md")
    assert done.code == 2
    assert "unknown rule 'RTE01'" in done.err


def test_another_pack_than_the_pinned_one_is_refused(menulint: Menulint) -> None:
    """A report must not change because somebody upgraded."""
    configure('pack_version = "1999.01"\n')
    done = menulint("check", "menu.md")
    assert done.code == 2
    assert "asks for pack 1999.01" in done.err


def test_config_shows_where_a_setting_comes_from(menulint: Menulint) -> None:
    """Severities and allowances in words."""
    configure('[severity]\nRTE = "info"\n[[allow]]\ntext = "Exo Glow"\nreason = "a name"\n')
    out = menulint("config", "menu.md").out
    assert "RTE is info" in out
    assert "“Exo Glow” (a name)" in out


def test_a_finding_leads_to_the_law_or_to_the_documentation_of_the_project(menulint: Menulint) -> None:
    """To the page of its rule, where the configuration says on which server the site stands."""
    configure("")
    assert all("docs.example.org" not in f["help"] for f in found(menulint))
    configure('docs_url = "https://docs.example.org/menulint/"\n')
    assert {f["rule"]: f["help"] for f in found(menulint)} == {
        "RTE001": "https://docs.example.org/menulint/rules/RTE001.html",
        "CMP001": "https://docs.example.org/menulint/rules/CMP001.html",
    }


def test_an_address_that_is_none_is_refused_where_it_stands(menulint: Menulint) -> None:
    """A link in a report that leads nowhere helps nobody."""
    configure('docs_url = "docs/rules"\n')
    refused = menulint("check", "menu.md")
    assert refused.code == 2
    assert "menulint.toml:2:1" in refused.err
    assert "https://docs.example.org/menulint/" in refused.err
