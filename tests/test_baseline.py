"""A baseline accepts what was there before, and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from menulint.baseline import Accepted, Baseline
from menulint.errors import ConfigError
from menulint.finding import BlockRef, FileResult, Finding, Place, Suppressed
from menulint.source import Position

TODAY = date(2026, 11, 22)
HERE = Position(0, 1, 1)


def result(path: str, *fingerprints: str, suppressed: Suppressed | None = None) -> FileResult:
    """A file in which one wording was found at several places."""
    block = BlockRef("paragraph")
    first, *others = fingerprints
    finding = Finding(
        "RTE001", "n", "route", "prohibited", "error", "high", "m", "", "exosome injections", HERE, HERE, block, (),
        tuple(Place(HERE, HERE, block, fingerprint) for fingerprint in others),
        "seller", "asserted", (), (), (), "", (), first, None, suppressed,
    )  # fmt: skip
    return FileResult(path, "text", "utf-8", "", "en", "promotional", (), (), (), (), (finding,))


def created(*results: FileResult) -> Baseline:
    return Baseline({}).updated(results, reason="before the rebrand", on=TODAY)


def test_accepts_every_place_of_a_finding() -> None:
    """Folding is a matter of the report, not of the baseline."""
    baseline = created(result("a.md", "f1", "f2"))
    assert [baseline.state(name) for name in ("f1", "f2", "f3")] == ["unchanged", "unchanged", "new"]


def test_does_not_accept_what_a_comment_suppresses() -> None:
    """One way of silencing a place is enough."""
    assert created(result("a.md", "f1", suppressed=Suppressed("quoted", 1))).places == {}


def test_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    """Reason and date are kept."""
    path = tmp_path / "baseline.json"
    created(result("a.md", "f1")).save(path)
    assert Baseline.load(path).places == {
        "f1": Accepted("f1", "RTE001", "exosome injections", "a.md", "before the rebrand", "2026-11-22")
    }
    assert [entry.name for entry in tmp_path.iterdir()] == ["baseline.json"]


def test_an_update_keeps_the_reason_and_follows_a_move() -> None:
    """What was accepted in spring is not accepted anew in autumn."""
    later = created(result("a.md", "f1")).updated([result("b.md", "f1")], reason="later", on=date(2027, 1, 1))
    assert later.places["f1"] == Accepted(
        "f1", "RTE001", "exosome injections", "b.md", "before the rebrand", "2026-11-22"
    )


def test_what_was_mended_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place is gone if its file was read without it or is not there; a file that was not read keeps its places."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "unread.md").touch()
    baseline = created(result("a.md", "f1"), result("unread.md", "f2"), result("deleted.md", "f3"))
    gone = baseline.gone([result("a.md", "f9")], {"a.md"})
    assert {place.fingerprint for place in gone} == {"f1", "f3"}
    assert set(baseline.without(gone).places) == {"f2"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"schema": 1,\n "places": [}', ":2:13: Expecting value; expected JSON"),
        ("[]", "this is no baseline of this version"),
        ('{"schema": 2, "places": []}', "this is no baseline of this version"),
        ('{"schema": 1, "places": [{"fingerprint": "f1"}]}', "place 1 is incomplete"),
        ("[" * 100_000, "nested too deeply"),
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
