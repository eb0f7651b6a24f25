"""A baseline accepts what was there before, and nothing else."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from menulint.baseline import Accepted, Baseline, Behind, Search, Terms
from menulint.errors import ConfigError
from menulint.finding import BlockRef, FileResult, Finding, Judgement, Place, Suppressed
from menulint.source import Position
from menulint.ui import catalogue

TODAY = date(2026, 11, 22)
HERE = Position(0, 1, 1)
TERMS = Terms("before the rebrand", TODAY)
GB = Judgement("GB", "needs-evidence", "warning", "high", ("GB-ONE",))
GB_LAW = (Behind("GB", "needs-evidence", "warning", ("GB-ONE",)),)


def result(path: str, *fingerprints: str, suppressed: Suppressed | None = None) -> FileResult:
    """A file judged for GB and IE in which one wording was found at several places."""
    block = BlockRef("paragraph")
    first, *others = fingerprints
    finding = Finding(
        "RTE001", "n", "route", "prohibited", "error", "high", "m", "", "exosome injections", HERE, HERE, block, (),
        tuple(Place(HERE, HERE, block, fingerprint) for fingerprint in others),
        "seller", "asserted", (), (), (GB,), "", (), first, None, suppressed,
    )  # fmt: skip
    return FileResult(path, "text", "utf-8", "", "en", "promotional", (), (), (), (), (finding,), judged=("GB", "IE"))


def created(*results: FileResult, terms: Terms = TERMS) -> Baseline:
    return Baseline({}).updated(results, terms)


def state(baseline: Baseline, fingerprint: str, law: tuple[Behind, ...] = GB_LAW, on: date = TODAY) -> tuple[str, str]:
    """The state of a place, and why it counts again, in English."""
    found, why = baseline.state(fingerprint, law, on)
    return found, catalogue().say(why) if why else ""


def test_accepts_every_place_of_a_finding() -> None:
    """Folding is a matter of the report, not of the baseline."""
    baseline = created(result("a.md", "f1", "f2"))
    assert [state(baseline, name)[0] for name in ("f1", "f2", "f3")] == ["unchanged", "unchanged", "new"]


def test_does_not_accept_what_a_comment_suppresses() -> None:
    """One way of silencing a place is enough."""
    assert created(result("a.md", "f1", suppressed=Suppressed("quoted", 1))).places == {}


def test_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    """Terms and the law behind the place are kept; IE was asked and made nothing of it."""
    path = tmp_path / "baseline.json"
    terms = Terms("before the rebrand", TODAY, "Head of compliance", date(2027, 5, 1))
    Baseline({}, tmp_path).updated([result((tmp_path / "a.md").as_posix(), "f1")], terms).save(path)
    assert Baseline.load(path).places == {
        "f1": Accepted(
            fingerprint="f1",
            rule="RTE001",
            text="exosome injections",
            path="a.md",
            reason="before the rebrand",
            added="2026-11-22",
            owner="Head of compliance",
            expires="2027-05-01",
            law=(*GB_LAW, Behind("IE")),
        )
    }
    assert [entry.name for entry in tmp_path.iterdir()] == ["baseline.json"]


def test_a_file_without_the_newer_fields_is_read_and_holds(tmp_path: Path) -> None:
    """What stood behind its places is not known, so no law makes them lapse; the next update writes it down."""
    path = written(tmp_path, {})
    old = Baseline.load(path)
    assert state(old, "f1", (Behind("GB", "prohibited", "error", ("GB-NEW",)),)) == ("unchanged", "")
    later = old.updated([result((tmp_path / "a.md").as_posix(), "f1")], replace(TERMS, on=date(2027, 1, 1)))
    assert (later.places["f1"].added, later.places["f1"].law) == ("2026-01-01", (*GB_LAW, Behind("IE")))


def test_a_place_more_is_lines_more(tmp_path: Path) -> None:
    """Two versions of a file compare line by line: what was there keeps its lines."""
    path = tmp_path / "baseline.json"
    versions = []
    for names in (("f1", "f3"), ("f1", "f2", "f3")):
        created(*(result(f"{name}.md", name) for name in reversed(names))).save(path)
        versions.append(path.read_text("utf-8").splitlines())
    changed = [line for line in difflib.ndiff(versions[0], versions[1]) if line[0] in "+-"]
    assert {line[0] for line in changed} == {"+"}
    assert '+    "path": "f2.md",' in changed


def test_an_update_keeps_the_terms_and_follows_a_move(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was accepted in spring is not accepted anew in autumn."""
    monkeypatch.chdir(tmp_path)
    later = created(result("a.md", "f1")).updated([result("b.md", "f1")], Terms("later", date(2027, 1, 1)))
    place = later.places["f1"]
    assert (place.path, place.reason, place.added) == ("b.md", "before the rebrand", "2026-11-22")


def test_the_same_words_in_two_files_keep_the_first_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that an update that sees only one of the two changes nothing."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").touch()
    known = created(result("a.md", "f1"), result("b.md", "f1"))
    assert known.places["f1"].path == "a.md"
    assert known.updated([result("b.md", "f1")], TERMS) == known


# Lapsing


def test_a_place_counts_again_after_its_last_day() -> None:
    """And says until when, by whom and why it was accepted."""
    baseline = created(result("a.md", "f1"), terms=Terms("rebrand", TODAY, "the owner", date(2026, 12, 24)))
    assert state(baseline, "f1", on=date(2026, 12, 24)) == ("unchanged", "")
    assert state(baseline, "f1", on=date(2026, 12, 25)) == (
        "new",
        "It was accepted until 2026-12-24 by the owner (rebrand), and that day has passed.",
    )


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (Behind("GB", "needs-evidence", "warning", ("GB-ONE", "GB-TWO")), "In GB further law stands behind it"),
        (
            Behind("GB", "prohibited", "error", ("GB-ONE",)),
            "needs evidence, warning then, prohibited, error now (GB-ONE)",
        ),
        (
            Behind("GB", "needs-evidence", "error", ("GB-ONE",)),
            "needs evidence, warning then, needs evidence, error now",
        ),
        (Behind("IE", "advice", "info", ("IE-ONE",)), "In IE further law stands behind it since: IE-ONE."),
    ],
)
def test_a_place_counts_again_when_the_law_behind_it_grows(now: Behind, why: str) -> None:
    """A provision more, a stricter one, or one in a place whose law was asked and had none."""
    found, said = state(created(result("a.md", "f1")), "f1", (now,))
    assert found == "new"
    assert why in said


@pytest.mark.parametrize(
    "law",
    [
        (),
        (Behind("GB"),),
        (Behind("GB", "needs-evidence", "warning", ()),),
        (Behind("GB", "advice", "info", ("GB-ONE",)),),
        (Behind("US", "prohibited", "error", ("US-ONE",)), *GB_LAW),
    ],
)
def test_a_place_holds_when_the_law_does_not_grow(law: tuple[Behind, ...]) -> None:
    """Law that ended or became milder, and that of a place which was not asked when it was accepted."""
    assert state(created(result("a.md", "f1")), "f1", law) == ("unchanged", "")


def test_an_update_accepts_anew_what_has_lapsed() -> None:
    """On its own terms, and counts it, so that somebody must say why."""
    known = created(result("a.md", "f1", "f2"), terms=Terms("rebrand", TODAY, "", date(2026, 12, 24)))
    later = known.updated([result("a.md", "f1", "f2")], Terms("not yet", date(2027, 1, 1)))
    assert {place.reason for place in later.places.values()} == {"not yet"}
    assert known.accepted_anew(later) == 2


def test_an_update_under_the_law_of_more_places_writes_it_down() -> None:
    """From then on its changes count too; what stood behind the place before stays as it was."""
    known = created(result("a.md", "f1"))
    stricter = replace(GB, verdict="advice")
    seen = result("a.md", "f1")
    seen = replace(
        seen,
        findings=(replace(seen.findings[0], jurisdictions=(stricter, replace(GB, code="US"))),),
        judged=("GB", "US"),
    )
    assert known.updated([seen], TERMS).places["f1"].law == (
        *GB_LAW,
        Behind("IE"),
        Behind("US", "needs-evidence", "warning", ("GB-ONE",)),
    )


# What is not there any more


def absent(
    baseline: Baseline, *results: FileResult, looks_for: Callable[[Accepted], bool] = lambda _: True
) -> set[str]:
    search = Search(baseline, looks_for)
    for one in results:
        search.add(one)
    return {place.fingerprint for place in search.absent()}


def test_what_was_mended_is_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place is absent if its file was read without it or is not there; a file that was not read keeps its places."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "unread.md").touch()
    baseline = created(result("a.md", "f1"), result("unread.md", "f2"), result("deleted.md", "f3"))
    assert absent(baseline, result("a.md", "f9")) == {"f1", "f3"}
    assert set(baseline.without({"f1", "f3"}).places) == {"f2"}


def test_what_moved_or_is_suppressed_is_not_absent() -> None:
    """It is there."""
    baseline = created(result("a.md", "f1", "f2"))
    assert absent(baseline, result("b.md", "f1"), result("a.md", "f2", suppressed=Suppressed("quoted", 1))) == set()


def test_what_a_run_does_not_look_for_is_not_absent() -> None:
    """Its rule is off, or its file lies elsewhere."""
    assert absent(created(result("a.md", "f1")), result("a.md", "f9"), looks_for=lambda _: False) == set()


def test_what_only_another_law_minds_is_not_absent() -> None:
    """It was accepted for GB; a run for IE cannot find it."""
    baseline = created(result("a.md", "f1"))
    assert absent(baseline, replace(result("a.md", "f9"), judged=("IE",))) == set()
    assert absent(baseline, replace(result("a.md", "f9"), judged=("GB",))) == {"f1"}


# The file


def written(folder: Path, changes: dict[str, Any]) -> Path:
    """A file with one place; a change to None leaves the field out."""
    place = {
        "fingerprint": "f1", "rule": "RTE001", "text": "t", "path": "a.md", "reason": "r", "added": "2026-01-01", **changes
    }  # fmt: skip
    path = folder / "baseline.json"
    path.write_text(json.dumps({"schema": 1, "places": [place]}, indent=1), "utf-8")
    return path


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"expire": "2027-01-01"}, ":5:1: 'expire' in place 1 is not known; did you mean expires?"),
        ({"expires": "soon"}, ":5:1: expires of place 1 cannot be 'soon'; expected a date"),
        ({"added": "2026-13-01"}, "added of place 1 cannot be '2026-13-01'"),
        ({"owner": 7}, "owner of place 1 cannot be 7"),
        ({"law": {"GB": {"verdict": "forbidden"}}}, "law of place 1 is not as it should be"),
        ({"law": ["GB"]}, "law of place 1 is not as it should be"),
    ],
)
def test_says_which_field_is_wrong(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    """With the line of its place."""
    with pytest.raises(ConfigError) as raised:
        Baseline.load(written(tmp_path, changes))
    assert message in str(raised.value)


PLACE = '{"fingerprint": "f1", "rule": "r", "text": "t", "path": "p", "reason": "w", "added": "2026-01-01"}'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"schema": 1,\n "places": [}', ":2:13: Expecting value; expected JSON"),
        ("[]", "this is no baseline of this version"),
        ('{"schema": 2, "places": []}', "this is no baseline of this version"),
        ('{"schema": 1, "places": [{"fingerprint": "f1"}]}', "place 1 is incomplete"),
        ("[" * 100_000, "nested too deeply"),
        ('{"schema": 1, "places": [], "place": []}', "'place' in the file is not known; did you mean places?"),
        (
            f'{{"schema": 1, "places": [\n{PLACE},\n{PLACE}]}}',
            ":3:1: place 2 is there already (f1); expected each place once",
        ),
        ('{"schema": 1,\n"places": [{"rule": "a", "rule": "b"}]}', "'rule' stands twice in one place"),
        (
            f'{{"schema": 1, "places": [\n<<<<<<< HEAD\n{PLACE}\n=======\n>>>>>>> theirs\n]}}',
            ":2:1: a merge conflict was left in it (<<<<<<<); expected the places of both sides",
        ),
    ],
)
def test_says_what_is_wrong_with_a_file(tmp_path: Path, content: str, message: str) -> None:
    """And where, if it is no JSON."""
    path = tmp_path / "baseline.json"
    path.write_text(content, "utf-8")
    with pytest.raises(ConfigError) as raised:
        Baseline.load(path)
    assert message in str(raised.value)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    """Not an empty baseline."""
    with pytest.raises(ConfigError, match="cannot be read"):
        Baseline.load(tmp_path / "none.json")
