"""Formats of other tools: each report is what the tool's own schema asks for, and says where a wording stands."""

from __future__ import annotations

import csv as csv_module
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from menulint.finding import BlockRef, FileResult, Finding, Place, ReportContext, ReportError, Suppressed
from menulint.reporters import reporter
from menulint.reporters.base import Result
from menulint.source import Position

THIRD_PARTY = Path(__file__).parents[3] / "shared" / "corpus" / "third-party"
HOSTILE = "</a> ]]> \x00\x1b[31m \ud800 =cmd() `|` @someone [x](javascript:y) %0A::error::"
UNREAD = ReportError("x.md", "not-found", "there is no such file")


def render(name: str, results: list[Result], context: ReportContext) -> str:
    return "".join(reporter(name).render(results, context))


def schema(path: str) -> Any:
    file = THIRD_PARTY / path
    if not file.is_file():
        pytest.skip(f"{path} is not beside the checkout")
    return json.loads(file.read_text("utf-8"))


@pytest.fixture
def hostile(result: FileResult) -> FileResult:
    """A page that tries to break out of every format it is quoted in."""
    (finding, *_) = result.findings
    bad = replace(finding, text=HOSTILE, message=HOSTILE, rewrite=HOSTILE, why=HOSTILE)
    return replace(result, path="a b/ü#?%.md", findings=(bad,))


@pytest.fixture
def in_a_sheet(result: FileResult) -> FileResult:
    """A finding in a cell of a workbook."""
    (finding, *_) = result.findings
    start, end = Position(0, 1, 1), Position(18, 1, 19)
    cell = replace(finding, start=start, end=end, block=BlockRef("table-cell", cell="Menu!B7"), also=(), related=())
    return replace(result, path="menu.xlsx", format="xlsx", findings=(cell,), lines={})


def all_results(result: FileResult, clean: FileResult, hostile: FileResult, in_a_sheet: FileResult) -> list[Result]:
    return [result, clean, hostile, in_a_sheet, UNREAD]


@pytest.fixture
def everything(result: FileResult, clean: FileResult, hostile: FileResult, in_a_sheet: FileResult) -> list[Result]:
    """A file with findings, a clean one, a hostile one, a workbook, and one that cannot be read."""
    return all_results(result, clean, hostile, in_a_sheet)


# SARIF


def test_sarif_follows_its_schema(everything: list[Result], context: ReportContext) -> None:
    """As OASIS published it."""
    report = json.loads(render("sarif", everything, context))
    jsonschema.validate(report, schema("sarif/sarif-schema-2.1.0.json"))


def test_sarif_of_nothing_follows_its_schema(context: ReportContext) -> None:
    """An empty run is a run."""
    report = json.loads(render("sarif", [], context))
    jsonschema.validate(report, schema("sarif/sarif-schema-2.1.0.json"))
    assert report["runs"][0]["results"] == []


def test_sarif_says_where_which_rule_and_by_what_law(result: FileResult, context: ReportContext) -> None:
    """Columns in code points, a fingerprint for each place, the law in the rule's help."""
    (run,) = json.loads(render("sarif", [result], context))["runs"]
    first, second = run["results"]
    region = first["locations"][0]["physicalLocation"]["region"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert (region["startLine"], region["startColumn"], region["charOffset"], region["charLength"]) == (3, 10, 22, 18)
    assert first["partialFingerprints"] == {"menulint/v1": "00000000000000a1"}
    assert second["partialFingerprints"] == {"menulint/v1": "00000000000000a2"}
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["id"] == first["ruleId"] == "RTE001"
    assert all(p.instrument in rule["help"]["text"] for name, p in context.provisions.items() if name == "GB-1")


def test_sarif_tells_suppressed_places_and_the_state_in_the_baseline(
    result: FileResult, context: ReportContext
) -> None:
    """They are results like the others: a dashboard decides what to show."""
    (finding, *_) = result.findings
    silenced = replace(finding, suppressed=Suppressed("agreed with the regulator", 2), baseline="unchanged", also=())
    (run,) = json.loads(render("sarif", [replace(result, findings=(silenced,))], context))["runs"]
    assert run["results"][0]["suppressions"] == [{"kind": "inSource", "justification": "agreed with the regulator"}]
    assert run["results"][0]["baselineState"] == "unchanged"


def test_sarif_names_the_cell_of_a_workbook(in_a_sheet: FileResult, context: ReportContext) -> None:
    """A workbook has no lines: the location is logical."""
    (run,) = json.loads(render("sarif", [in_a_sheet], context))["runs"]
    (location,) = run["results"][0]["locations"]
    assert location["logicalLocations"] == [{"fullyQualifiedName": "Menu!B7"}]
    assert "region" not in location["physicalLocation"]


def test_an_input_that_was_not_read_is_a_notification(context: ReportContext) -> None:
    """And the run did not succeed."""
    (run,) = json.loads(render("sarif", [UNREAD], context))["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] == "there is no such file"


# JUnit


@pytest.mark.parametrize("name", ["junit-10.xsd", "JUnit.xsd"])
def test_junit_follows_both_schemas(name: str, everything: list[Result], context: ReportContext) -> None:
    """The one build servers use, and the stricter one."""
    etree = pytest.importorskip("lxml.etree")
    file = THIRD_PARTY / "junit" / name
    if not file.is_file():
        pytest.skip(f"{name} is not beside the checkout")
    report = etree.fromstring(render("junit", everything, context).encode())
    etree.XMLSchema(etree.parse(str(file))).assertValid(report)


def test_junit_fails_from_the_severity_that_fails_the_run(result: FileResult, context: ReportContext) -> None:
    """With --fail-on never nothing fails, and the finding is still told."""
    strict = render("junit", [result], context)
    mild = render("junit", [result], replace(context, options={**context.options, "fail_on": "never"}))
    assert strict.count("<failure") == 2
    assert mild.count("<failure") == 0
    assert "exosome injections" in mild.partition("<system-out>")[2]


# GitHub


def test_github_marks_the_line_and_counts_the_places(result: FileResult, context: ReportContext) -> None:
    """One annotation for a finding, however often the file repeats it."""
    (line,) = render("github", [result], context).splitlines()
    command, _, said = line.removeprefix("::").partition("::")
    assert command.startswith(f"error file={result.path},title=RTE001 cosmetic-for-injection (2 places in this file)")
    assert ",line=3,endLine=3,col=10,endColumn=28" in command
    assert said.startswith("“exosome injections” offers exosomes by injection.")


def test_github_says_what_it_would_not_show(result: FileResult, context: ReportContext) -> None:
    """Ten annotations of a kind are shown; of twelve errors two stand in the log, and a notice says so."""
    lines = render("github", [replace(result, path=f"{n}.md") for n in range(12)], context).splitlines()
    assert sum(line.startswith("::error") for line in lines) == 10
    assert any(line.startswith("::notice") and "2 errors more" in line for line in lines)
    logged = lines[lines.index("::group::menulint: 2 errors more") + 1 : -1]
    assert [line.split(":")[1].strip() for line in logged] == ["10.md", "11.md"]


def test_a_page_cannot_write_commands_of_its_own(hostile: FileResult, context: ReportContext) -> None:
    """A percent sign and a line end are escaped, so no second command begins."""
    lines = render("github", [hostile], context).splitlines()
    assert len(lines) == 1
    assert "%0A::error" not in lines[0].replace("%250A", "")


# GitLab, rdjson


def test_gitlab_issues_have_fingerprints_of_their_own(result: FileResult, context: ReportContext) -> None:
    """Also for the same words in two files."""
    issues = json.loads(render("gitlab", [result, replace(result, path="other.md")], context))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 4
    assert issues[0]["location"] == {"path": result.path, "lines": {"begin": 3, "end": 3}}
    assert issues[0]["severity"] == "critical"


def test_rdjson_follows_its_schema(everything: list[Result], context: ReportContext) -> None:
    """As reviewdog publishes it."""
    report = json.loads(render("rdjson", everything, context))
    jsonschema.validate(report, schema("rdformat/DiagnosticResult.json"))


def test_rdjson_counts_bytes(finding: Finding, result: FileResult, context: ReportContext) -> None:
    """Behind “£” a column is one more than in code points."""
    start, end = Position(2, 1, 3), Position(20, 1, 21)
    moved = replace(finding, start=start, end=end, also=())
    report = json.loads(
        render("rdjson", [replace(result, findings=(moved,), lines={1: "£ exosome injections"})], context)
    )
    assert report["diagnostics"][0]["location"]["range"]["start"] == {"line": 1, "column": 4}


def test_rdjson_counts_bytes_from_one_place_to_the_next(
    finding: Finding, result: FileResult, context: ReportContext
) -> None:
    """Also backwards: the second of two wordings that overlap begins before the first one ends."""
    line = "£1 für exosome injections à la carte"
    spans = [(7, 25), (3, 22)]
    both = [replace(finding, start=Position(a, 1, a + 1), end=Position(b, 1, b + 1), also=()) for a, b in spans]
    report = json.loads(render("rdjson", [replace(result, findings=tuple(both), lines={1: line})], context))
    columns = [
        tuple(one["location"]["range"][end]["column"] for end in ("start", "end")) for one in report["diagnostics"]
    ]
    assert columns == [(5, 25), (10, 28)]


# CSV


def test_csv_has_a_row_for_each_place(result: FileResult, clean: FileResult, context: ReportContext) -> None:
    """With the columns the header names; a clean file has none."""
    found = list(csv_module.DictReader(io.StringIO(render("csv", [result, clean, UNREAD], context), newline="")))
    assert [(row["path"], row["line"], row["column"]) for row in found[:2]] == [
        (result.path, "3", "10"),
        (result.path, "4", "6"),
    ]
    assert found[2]["error"] == "not-found: there is no such file"


def test_csv_holds_no_formula(result: FileResult, context: ReportContext) -> None:
    """A page's text that begins with “=” is text in a spreadsheet too."""
    (finding, *_) = result.findings
    report = render("csv", [replace(result, findings=(replace(finding, text='=HYPERLINK("x")'),))], context)
    assert "'=HYPERLINK" in report


# Markdown


def test_markdown_says_what_where_and_what_instead(result: FileResult, context: ReportContext) -> None:
    """Totals first, then the file."""
    comment = render("markdown", [result], context)
    assert comment.startswith("### menulint: 1 error")
    assert "(3:10, 4:6)" in comment
    assert "No wording makes this lawful" in comment


def test_a_page_cannot_break_out_of_the_comment(hostile: FileResult, context: ReportContext) -> None:
    """No tag, link or mention of its own."""
    comment = render("markdown", [hostile], context)
    assert "</a>" not in comment
    assert "@someone" not in comment
    assert "[x](javascript" not in comment
    assert "\x1b" not in comment


def test_a_comment_that_would_be_too_long_says_what_it_leaves_out(
    finding: Finding, result: FileResult, context: ReportContext
) -> None:
    """The worst are kept."""
    mild = [replace(finding, severity="warning", message="mild " * 200)] * 100
    comment = render("markdown", [replace(result, findings=(*mild, finding))], context)
    assert len(comment) < 65_536
    assert "offers exosomes by injection" in comment
    assert "more findings do not fit" in comment


@pytest.mark.parametrize("name", ["sarif", "junit", "github", "gitlab", "rdjson", "csv", "markdown"])
def test_suppressed_places_are_no_problem(name: str, result: FileResult, context: ReportContext) -> None:
    """What was decided in the file is not raised again; SARIF, JUnit and CSV say that it was."""
    (finding, *_) = result.findings
    why = Suppressed("agreed", 1)
    place = Place(finding.start, finding.end, finding.block, "00000000000000a2", why)
    silenced = replace(result, findings=(replace(finding, suppressed=why, also=(place,)),))
    report = render(name, [silenced], context)
    if name in ("sarif", "junit", "csv"):
        assert "agreed" in report
        assert "<failure" not in report
    else:
        assert "exosome injections" not in report
