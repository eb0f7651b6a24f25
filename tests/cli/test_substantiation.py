"""The seller's own proof in the configuration, and the register of what needs it."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from menulint.cli import run

DOCUMENT = (Path(__file__).parents[2] / "docs" / "substantiation.md").read_text("utf-8")
Menulint = Any

ON = ("--as-of", "2026-11-22")
ENTRY = """\
[[substantiation]]
claim = "the best *"
documents = ["proof/survey.pdf"]
kind = "consumer-test"
reviewer = "Head of compliance"
reviewed = 2026-05-04
"""


def configure(text: str = ENTRY, *, documents: tuple[str, ...] = ("survey.pdf",)) -> None:
    Path("menulint.toml").write_text('jurisdiction = ["GB"]\n' + text, "utf-8")
    Path("proof").mkdir(exist_ok=True)
    for name in documents:
        (Path("proof") / name).write_bytes(b"survey")


def checked(menulint: Menulint, *arguments: str) -> dict[str, Any]:
    report = json.loads(menulint("check", "menu.md", "--format", "json", *arguments).out)
    file: dict[str, Any] = report["files"][0]
    return file


def finding(menulint: Menulint, rule: str, *arguments: str) -> dict[str, Any]:
    (found,) = [f for f in checked(menulint, *arguments)["findings"] if f["rule"] == rule]
    return dict(found)


def test_proof_on_file_makes_a_claim_information(menulint: Menulint) -> None:
    """The finding stays, with the document and who looked at it."""
    configure()
    best = finding(menulint, "CMP001", *ON)
    assert (best["severity"], best["verdict"]) == ("info", "needs-evidence")
    assert best["message"].endswith(
        "Proof on file: proof/survey.pdf (consumer test), reviewed by Head of compliance on 2026-05-04."
    )
    assert best["substantiation"][0]["state"] == "valid"


def test_a_finding_without_proof_has_no_such_field(menulint: Menulint) -> None:
    """What nobody uses changes no report."""
    assert "substantiation" not in finding(menulint, "CMP001")


def test_the_report_speaks_of_proof_in_spanish_too(menulint: Menulint) -> None:
    """As of everything else."""
    configure()
    assert (
        "Prueba archivada: proof/survey.pdf (prueba con consumidores)"
        in (finding(menulint, "CMP001", *ON, "--ui-lang", "es")["message"])
    )


def test_what_is_prohibited_stays_so_whatever_the_evidence(menulint: Menulint) -> None:
    """And the report says that the proof does not count."""
    configure(ENTRY.replace("the best *", "exosome injections"))
    assert finding(menulint, "RTE001", *ON)["severity"] == "error"
    assert checked(menulint, *ON)["notes"] == [
        "substantiation of “exosome injections” does not count for RTE001: that is prohibited whatever the evidence"
    ]


@pytest.mark.parametrize(
    ("more", "documents", "day", "note"),
    [
        ("expires = 2026-11-21\n", ("survey.pdf",), "2026-11-22", "it expired on 2026-11-21"),
        ("", (), "2026-11-22", "not there: proof/survey.pdf"),
        ("", ("survey.pdf",), "2026-05-03", "it was reviewed only on 2026-05-04"),
    ],
)
def test_proof_that_lapsed_counts_for_nothing(
    menulint: Menulint, more: str, documents: tuple[str, ...], day: str, note: str
) -> None:
    """The finding keeps its severity, and the file says why."""
    configure(ENTRY + more, documents=documents)
    assert finding(menulint, "CMP001", "--as-of", day)["severity"] == "warning"
    assert checked(menulint, "--as-of", day)["notes"] == [f"substantiation of “the best *” does not count: {note}"]


def test_proof_holds_through_its_last_day(menulint: Menulint) -> None:
    """As a suppression does."""
    configure(ENTRY + "expires = 2026-11-22\n")
    assert finding(menulint, "CMP001", *ON)["severity"] == "info"


@pytest.mark.parametrize("more", ['rules = ["RTE"]\n', 'product = "Stem Glow"\n'])
def test_proof_of_something_else_is_none(menulint: Menulint, more: str) -> None:
    """For another rule, or of a product that is not named there."""
    configure(ENTRY + more)
    assert finding(menulint, "CMP001", *ON)["severity"] == "warning"


def test_a_product_may_be_named_in_the_heading(menulint: Menulint) -> None:
    """The copy below is about it."""
    configure(ENTRY + 'product = "menu"\n')
    assert finding(menulint, "CMP001", *ON)["severity"] == "info"


def test_a_document_that_comes_back_changes_a_kept_report(menulint: Menulint) -> None:
    """Whether it is there is part of what a report is kept under."""
    configure(documents=())
    assert finding(menulint, "CMP001", *ON)["severity"] == "warning"
    configure()
    assert finding(menulint, "CMP001", *ON)["severity"] == "info"
    assert finding(menulint, "CMP001", *ON)["severity"] == "info"


def test_an_unknown_rule_in_an_entry_is_a_mistake(menulint: Menulint) -> None:
    """With the nearest name."""
    configure(ENTRY + 'rules = ["CMP01"]\n')
    done = menulint("check", "menu.md")
    assert (done.code, "unknown rule 'CMP01'; did you mean CMP001?" in done.err) == (2, True)


def test_the_register_lists_claims_with_their_proof_or_none(menulint: Menulint) -> None:
    """What is prohibited is no matter of proof; the configuration is no copy."""
    configure(ENTRY + 'product = "menu"\n')
    done = menulint("substantiation", *ON)
    assert done.code == 0
    rows = [line.split(maxsplit=5) for line in done.out.split("\n")]
    assert rows[1:3] == [
        [
            "menu.md:5:5",
            "CMP001",
            "best",
            "clinic",
            "GB",
            "proof/survey.pdf (consumer-test, Head of compliance, 2026-05-04)",
        ],
        ["soft.md:3:17", "CMP001", "best", "clinic", "GB", "none"],
    ]
    assert "claims that need evidence: 2; with proof on file: 1; without: 1\n" in done.out


def test_the_register_as_a_spreadsheet(menulint: Menulint) -> None:
    """A row for each place."""
    configure()
    rows = list(csv.DictReader(io.StringIO(menulint("substantiation", "menu.md", "--format", "csv", *ON).out)))
    assert [(r["path"], r["rule"], r["text"], r["state"], r["documents"], r["reviewer"]) for r in rows] == [
        ("menu.md", "CMP001", "best clinic", "valid", "proof/survey.pdf", "Head of compliance")
    ]


def test_the_register_for_programs(menulint: Menulint) -> None:
    """With what came of each entry."""
    configure()
    report = json.loads(menulint("substantiation", "--format", "json", *ON).out)
    assert [(claim["path"], claim["state"]) for claim in report["claims"]] == [
        ("menu.md", "valid"),
        ("soft.md", "valid"),
    ]
    assert [(entry["claim"], entry["claims"], entry["problems"]) for entry in report["entries"]] == [
        ("the best *", 2, [])
    ]
    assert report["summary"] == {"claims": 2, "valid": 2}


def test_entries_to_look_at_are_listed(menulint: Menulint) -> None:
    """What matches nothing, with the wording it may have meant; what lapsed; what proof cannot help."""
    configure(
        ENTRY.replace("the best *", "clinic in town")
        + ENTRY.replace("the best *", "exosome injections")
        + ENTRY.replace("the best *", "award winning").replace("survey", "award"),
    )
    out = menulint("substantiation", *ON).out
    assert "entries of the configuration to look at:" in out
    assert "“clinic in town”: matches no finding that needs evidence\n" in out
    assert "“exosome injections”: prohibited whatever the evidence in 1 of the places that say so" in out
    assert "“award winning”: not there: proof/award.pdf" in out


def test_a_wording_that_stops_short_is_pointed_out(menulint: Menulint) -> None:
    """A finding counts as proved only if all of it lies in the wording."""
    configure(ENTRY.replace("the best *", "clinic"))
    out = menulint("substantiation", *ON).out
    assert "“clinic”: matches no finding that needs evidence; near it: “best clinic”" in out


def test_a_file_that_cannot_be_read_is_told(menulint: Menulint) -> None:
    """A register with gaps must not look whole."""
    assert menulint("substantiation", "gone.md").code == 3


def test_the_worked_example_is_what_comes_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    """With the pack that comes along; what research says may come between a message and its proof."""
    parts = dict(re.findall(r"```(toml|markdown)\n(.*?)```", DOCUMENT, re.DOTALL))
    check, register = re.findall(r"```text\n(.*?)```", DOCUMENT, re.DOTALL)
    (tmp_path / "menulint.toml").write_text(parts["toml"], "utf-8")
    (tmp_path / "serum.md").write_text(parts["markdown"], "utf-8")
    (tmp_path / "proof").mkdir()
    for name in ("night-serum-trial.pdf", "panel-2025.pdf"):
        (tmp_path / "proof" / name).write_bytes(b"proof")
    monkeypatch.chdir(tmp_path)
    assert run(("check", "serum.md", "--quiet", "--no-cache", *ON)) == 0
    assert _ends(capsys.readouterr().out) == _ends(check)
    assert run(("substantiation", "serum.md", *ON)) == 0
    assert capsys.readouterr().out == register


def _ends(report: str) -> list[tuple[str, str]]:
    return [(line.partition(" “")[0], line[line.index("roof on file") :]) for line in report.splitlines()]
