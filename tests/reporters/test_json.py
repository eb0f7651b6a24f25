"""The JSON report says all that the contract lists, in its order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from menulint.finding import FileResult, Finding, ReportContext, ReportError
from menulint.reporters import names, reporter
from menulint.reporters.base import Result


def render(results: list[Result], context: ReportContext) -> str:
    return "".join(reporter("json").render(results, context))


@pytest.fixture(scope="module")
def schema() -> Any:
    return json.loads(files("menulint.reporters").joinpath("report.schema.json").read_text("utf-8"))


def test_is_found_by_its_module_name() -> None:
    """A format is a module of the package; shared modules are none."""
    assert {"json", "terminal"} <= set(names())
    assert not {"base", "_values"} & set(names())


def test_follows_its_schema(result: FileResult, clean: FileResult, context: ReportContext, schema: Any) -> None:
    """A report with a finding, a clean file and an unreadable one is valid against the schema that ships."""
    report = json.loads(render([result, clean, ReportError("x.md", "not-found", "no such file")], context))
    jsonschema.Draft202012Validator(schema).validate(report)


def test_schema_refuses_a_missing_field(result: FileResult, context: ReportContext, schema: Any) -> None:
    """The schema is not one that accepts anything."""
    report = json.loads(render([result], context))
    del report["files"][0]["findings"][0]["stance"]
    with pytest.raises(jsonschema.ValidationError, match="'stance' is a required property"):
        jsonschema.Draft202012Validator(schema).validate(report)


def test_lists_the_fields_of_a_finding_in_the_order_of_the_contract(result: FileResult, context: ReportContext) -> None:
    """What the terminal alone shows is not in the JSON."""
    (finding,) = json.loads(render([result], context))["files"][0]["findings"]
    assert " ".join(finding) == (
        "rule name category verdict severity confidence message help text start end block related also speaker "
        "stance cues concepts jurisdictions rewrite fixes fingerprint baseline suppressed"
    )


def test_says_where_the_wording_stands(result: FileResult, context: ReportContext) -> None:
    """“exosome injections” begins at the tenth column of the third line."""
    (finding,) = json.loads(render([result], context))["files"][0]["findings"]
    assert finding["start"] == {"offset": 22, "line": 3, "column": 10}
    assert finding["end"] == {"offset": 40, "line": 3, "column": 28}
    assert [place["start"]["line"] for place in finding["also"]] == [4]


def test_a_jurisdiction_has_five_fields(result: FileResult, context: ReportContext) -> None:
    """Whether it raises the severity is no field of the report."""
    (finding,) = json.loads(render([result], context))["files"][0]["findings"]
    assert finding["jurisdictions"][0] == {
        "code": "GB",
        "verdict": "prohibited",
        "severity": "error",
        "confidence": "high",
        "provisions": ["GB-1"],
    }


def test_sums_up(
    result: FileResult, clean: FileResult, suppressed: Finding, accepted: Finding, context: ReportContext
) -> None:
    """A finding counts once: by its severity, as suppressed, or as unchanged."""
    other = replace(result, path="b.md", findings=(suppressed, accepted))
    report = json.loads(render([result, other, clean], context))
    assert report["summary"] == {"files": 3, "error": 1, "warning": 0, "info": 0, "suppressed": 1, "unchanged": 1}


def test_a_suppression_keeps_its_reason(result: FileResult, suppressed: Finding, context: ReportContext) -> None:
    """The reason, the line of the comment and its end date are reported."""
    report = json.loads(render([replace(result, findings=(suppressed,))], context))
    assert report["files"][0]["findings"][0]["suppressed"] == {
        "reason": "quoted from a ruling",
        "line": 3,
        "until": "2027-01-31",
    }


def test_streams_a_file_before_the_next_one_is_read(result: FileResult, context: ReportContext) -> None:
    """The first file is out while the second is still being checked."""
    pulled: list[str] = []

    def results() -> Iterator[Result]:
        for path in ("a.md", "b.md"):
            pulled.append(path)
            yield replace(result, path=path)

    pieces = reporter("json").render(results(), context)
    next(pieces)
    assert '"path": "a.md"' in next(pieces)
    assert pulled == ["a.md"]


def test_no_file_is_a_report_too(context: ReportContext) -> None:
    """Nothing to read makes empty lists."""
    report = json.loads(render([], context))
    assert (report["files"], report["errors"], report["summary"]["files"]) == ([], [], 0)


def test_a_lone_surrogate_stays_an_escape(result: FileResult, finding: Finding, context: ReportContext) -> None:
    """Half of a pair, as a page may hold it, can be written in UTF-8 and read back."""
    text = render([replace(result, findings=(replace(finding, text="exo\ud83dsome"),))], context)
    assert json.loads(text.encode("utf-8"))["files"][0]["findings"][0]["text"] == "exo\ud83dsome"


def test_same_results_same_bytes(result: FileResult, context: ReportContext) -> None:
    """Two renderings do not differ."""
    assert render([result], context) == render([result], context)
