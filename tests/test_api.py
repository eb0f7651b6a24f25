"""What programs call: one text, many paths, and names that cost nothing until they are used."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

import menulint
from menulint.cli import run
from menulint.errors import ConfigError, PackError, UsageError
from menulint.finding import FileResult, ReportError
from menulint.pack.load import load_pack
from menulint.pack.model import Pack
from menulint.runs import workspace
from menulint.runs.cache import ResultCache

CLAIM = "Our exosome injections cost £250. Book now.\n"


def found(result: FileResult | ReportError) -> list[tuple[str, str]]:
    """Rule and wording of each finding that is more than information."""
    assert isinstance(result, FileResult)
    return [(finding.rule, finding.text) for finding in result.findings if finding.severity != "info"]


def test_every_public_name_is_there_and_import_alone_loads_nothing(tmp_path: Path) -> None:
    """Neither spaCy nor Click, nor any module of ours beside the package itself."""
    code = (
        "import sys, json, menulint; before = sorted(m for m in sys.modules if m.partition('.')[0] in"
        " ('menulint', 'spacy', 'click', 'numpy', 'jinja2', 'msgspec', 'yaml'));"
        "print(json.dumps([before, [n for n in menulint.__all__ if getattr(menulint, n) is None], dir(menulint)]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert json.loads(done.stdout) == [["menulint"], [], sorted(menulint.__all__)]


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    """As of any module."""
    with pytest.raises(AttributeError, match="check_everything"):
        _ = menulint.check_everything  # type: ignore[attr-defined]


def test_a_text_is_checked_without_click(tmp_path: Path) -> None:
    """The command line's library is the command line's."""
    code = (
        "import sys, menulint; menulint.check_text('Hello.'); assert not {'click', 'spacy', 'jinja2'} & {*sys.modules}"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path)


@pytest.mark.parametrize("before", ["", "\ufeff", "\U0001f489\r\n\r\n", "\ud800 "], ids=["", "mark", "astral", "half"])
def test_offsets_count_in_the_text_that_was_given(pack: Pack, before: str) -> None:
    """Code points, end exclusive, whatever stands before: byte order mark, astral characters, half of a pair."""
    text = before + CLAIM
    (finding, *_) = menulint.check_text(text, jurisdictions="GB", pack=pack).findings
    assert text[finding.start.offset : finding.end.offset] == finding.text == "exosome injections"


def test_a_text_is_unicode_whatever_its_markup_declares(pack: Pack) -> None:
    """It was decoded already."""
    page = '<meta charset="windows-1252"><p>Café — our exosome injections. Book now, £250.</p>'
    result = menulint.check_text(page, name="a.html", jurisdictions="GB", pack=pack)
    assert [page[f.start.offset : f.end.offset] for f in result.findings if f.rule == "RTE001"] == [
        "exosome injections"
    ]


def test_the_name_or_the_format_says_how_a_text_is_read(pack: Pack) -> None:
    """A name's ending, unless a reader is named."""
    data = '{"title": "Our exosome injections", "note": "Book now"}'
    assert menulint.check_text(data, name="a.json", pack=pack).format == "json"
    assert menulint.check_text(data, format="json", pack=pack).format == "json"
    assert menulint.check_text(data, pack=pack).format == "markdown"


def test_what_is_asked_decides_what_is_found(pack: Pack) -> None:
    """Place, day, rules and genre."""
    claim = "Our Botox costs £99. Book now.\n"
    assert found(menulint.check_text(claim, jurisdictions="gb", pack=pack)) == [("POM001", "Botox")]
    assert found(menulint.check_text(claim, jurisdictions=["US"], select="POM001", pack=pack)) == []
    assert found(menulint.check_text(claim, jurisdictions="GB", ignore="POM", pack=pack)) == []
    assert found(menulint.check_text(claim, jurisdictions="GB", genre="regulator", pack=pack)) == []
    offer = "Our exosome injections.\n"
    now = menulint.check_text(offer, jurisdictions="GB", pack=pack)
    then = menulint.check_text(offer, jurisdictions="GB", as_of="2005-01-01", pack=pack)
    assert then == menulint.check_text(offer, jurisdictions="GB", as_of=date(2005, 1, 1), pack=pack)
    assert {*then.findings[0].jurisdictions[0].provisions} < {*now.findings[0].jurisdictions[0].provisions}


def test_a_text_that_is_none_is_reported_and_raises_nothing(pack: Pack) -> None:
    """As the command lists such a file."""
    result = menulint.check_text("a\0b", pack=pack)
    assert (result.format, result.findings, "NUL" in result.notes[0]) == ("binary", (), True)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"jurisdictions": "XX"}, "unknown jurisdiction 'XX'"),
        ({"genre": "promo"}, "did you mean promotional"),
        ({"select": "RTE999"}, "unknown rule 'RTE999'"),
        ({"as_of": "last year"}, "write it as 2026-11-22"),
        ({"format": "markdwn"}, "did you mean 'markdown'"),
        ({"ui_language": "xx"}, "unknown language of reports 'xx'"),
    ],
)
def test_what_does_not_exist_is_a_usage_error_that_says_what_does(pack: Pack, given: dict[str, str], said: str) -> None:
    """The same sentence as on the command line."""
    with pytest.raises(UsageError, match=said):
        menulint.check_text("Hello.", pack=pack, **given)


def test_threads_get_the_answers_that_one_thread_gets(pack: Pack) -> None:
    """They share a linter and wait for one another."""
    texts = [f"{CLAIM}\nRoom {number}.\n" for number in range(12)]
    alone = [menulint.check_text(text, jurisdictions="GB", pack=pack) for text in texts]
    together: dict[int, FileResult] = {}

    def work(numbers: range) -> None:
        for number in numbers:
            together[number] = menulint.check_text(texts[number], jurisdictions="GB", pack=pack)

    threads = [threading.Thread(target=work, args=(range(first, 12, 4),)) for first in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[number] for number in range(12)] == alone


@pytest.fixture
def folder(tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with a claim, a clean page, a page that Git ignores, and one that is missing."""
    for name, text in {
        "menu.md": CLAIM,
        "about.md": "Hello.\n",
        "drafts/old.md": CLAIM,
        ".gitignore": "drafts/\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / ".git").mkdir()
    monkeypatch.setattr(workspace, "load_pack", lambda extra: load_pack(extra) if extra else pack)
    return tmp_path


def test_folders_are_walked_as_the_command_walks_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Same files, same findings, same order; what is not there is an error in the stream."""
    monkeypatch.chdir(folder)
    results = list(menulint.check_paths([".", Path("gone.md")], jurisdictions="GB"))
    run(["check", ".", "gone.md", "--jurisdiction", "GB", "--format", "json", "--no-cache"])
    report = json.loads(capsys.readouterr().out)
    assert [r.path for r in results if isinstance(r, FileResult)] == [f["path"] for f in report["files"]]
    assert [r.path for r in results if isinstance(r, ReportError)] == [e["path"] for e in report["errors"]]
    assert [found(r) for r in results if isinstance(r, FileResult)] == [
        [(f["rule"], f["text"]) for f in file["findings"] if f["severity"] != "info"] for file in report["files"]
    ]


def test_the_configuration_counts_unless_it_is_not_wanted(folder: Path) -> None:
    """Nearest to each file, below what the call says."""
    (folder / "menulint.toml").write_text('jurisdiction = ["GB"]\nignore = ["RTE"]\n', "utf-8")
    menu = str(folder / "menu.md")
    assert ("RTE001", "exosome injections") not in found(next(menulint.check_paths(menu)))
    assert ("RTE001", "exosome injections") in found(next(menulint.check_paths(menu, config=False, jurisdictions="GB")))


def test_results_stream(folder: Path) -> None:
    """A file is read when its report is asked for, so that one that goes in between is an error and no crash."""
    results = menulint.check_paths([folder / "about.md", folder / "menu.md"])
    next(results)
    (folder / "menu.md").unlink()
    assert isinstance(last := next(results), ReportError)
    assert last.code == "not-found"


@pytest.mark.parametrize(
    ("config", "error"),
    [("jurisdiction = 3\n", ConfigError), ('jurisdiction = ["XX"]\n', UsageError), ('pack = ["."]\n', PackError)],
)
def test_mistakes_are_raised_by_the_call_and_not_by_the_first_result(
    folder: Path, config: str, error: type[Exception]
) -> None:
    """Also where no file would have met them."""
    (folder / "menulint.toml").write_text(config, "utf-8")
    (folder / "empty").mkdir()
    with pytest.raises(error):
        menulint.check_paths(folder / "empty")


def test_nothing_is_kept_unless_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library does not write into the user's folders by itself."""
    kept: list[str] = []
    monkeypatch.setattr(ResultCache, "put", lambda _, path, *__: kept.append(path))
    monkeypatch.setattr(ResultCache, "get", lambda *_: None)
    list(menulint.check_paths(folder / "about.md"))
    assert kept == []
    list(menulint.check_paths(folder / "about.md", cache=True))
    assert (folder / "about.md").as_posix() in kept


def test_a_pack_can_be_added_to(tmp_path: Path) -> None:
    """By folders with lexicons or rules; others are refused with their path."""
    (tmp_path / "lexicons" / "en").mkdir(parents=True)
    term = "- concept: substance.exosome\n  forms: [vesiculoid]\n  flagged: [Vesiculoid serum.]\n  source: a test\n"
    (tmp_path / "lexicons" / "en" / "own.yaml").write_text(term, "utf-8")
    own = menulint.load_pack(tmp_path)
    assert found(menulint.check_text("Our vesiculoid injections. Book now.", jurisdictions="GB", pack=own))
    with pytest.raises(PackError, match="this is no pack"):
        menulint.load_pack(tmp_path / "lexicons")
