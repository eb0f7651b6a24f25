"""``menulint check``: what it reads, what it prints, how it ends."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from menulint.readers import MAX_BYTES

MENU = "# Menu\n\nOur exosome injections cost £250. Book now.\n\nThe best clinic in town.\n"
Menulint = Any
GB = ("--jurisdiction", "GB")


def rules(report: str) -> list[tuple[str, str]]:
    """Path and rule of every finding of a JSON report."""
    files = json.loads(report)["files"]
    return [(file["path"], finding["rule"]) for file in files for finding in file["findings"]]


def test_reports_a_finding_with_its_law(menulint: Menulint) -> None:
    """Place, wording, law and a link, and exit code 1."""
    done = menulint("check", "menu.md", *GB)
    assert done.code == 1
    assert "menu.md:3:5  error  RTE001 cosmetic-for-injection" in done.out
    assert "GB: prohibited, whatever the evidence (error)." in done.out
    assert "https://law.example/2" in done.out


def test_a_clean_file_ends_with_0(menulint: Menulint) -> None:
    """And says what that does not mean."""
    done = menulint("check", "about.md", *GB)
    assert done.code == 0
    assert "never that a page is compliant" in done.out


@pytest.mark.parametrize(
    ("path", "fail_on", "code"),
    [
        ("menu.md", "error", 1),
        ("menu.md", "never", 0),
        ("soft.md", "error", 0),
        ("soft.md", "warning", 1),
        ("soft.md", "info", 1),
        ("about.md", "info", 0),
    ],
)
def test_fail_on_decides_the_exit_code(menulint: Menulint, path: str, fail_on: str, code: int) -> None:
    """The menu has an error, the soft page a warning, the third page nothing."""
    assert menulint("check", path, *GB, "--fail-on", fail_on).code == code


def test_jurisdictions_may_be_typed_small(menulint: Menulint) -> None:
    """``gb`` is GB."""
    report = json.loads(menulint("check", "menu.md", "--jurisdiction", "gb", "--format", "json").out)
    assert (report["options"]["jurisdiction"], report["files"][0]["jurisdictions"]) == (["GB"], ["GB"])


def test_a_missing_file_ends_with_3_and_the_others_are_reported(menulint: Menulint) -> None:
    """Whatever was found."""
    done = menulint("check", "gone.md", "menu.md", *GB, "--format", "json")
    report = json.loads(done.out)
    assert done.code == 3
    assert [error["code"] for error in report["errors"]] == ["not-found"]
    assert ("menu.md", "RTE001") in rules(done.out)


def test_a_folder_is_walked_in_sorted_order(menulint: Menulint, site: Path) -> None:
    """Paths have slashes; what no reader knows, hidden and installed files are passed over."""
    for name in ("a/z.md", "a/b.md", ".git/x.md", "node_modules/x.md", "a/.draft.md", "a/photo.raw"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(MENU, "utf-8")
    files = json.loads(menulint("check", ".", *GB, "--format", "json").out)["files"]
    assert [file["path"] for file in files] == ["about.md", "menu.md", "soft.md", "a/b.md", "a/z.md"]


def test_gitignore_is_honoured(menulint: Menulint, site: Path) -> None:
    """Also that of the folder above, and a pattern that takes one back."""
    (site / ".git").mkdir()
    (site / ".gitignore").write_text("drafts/\n*.old.md\n", "utf-8")
    for name in ("drafts/a.md", "pages/a.old.md", "pages/b.md", "pages/keep.old.md"):
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text(MENU, "utf-8")
    (site / "pages" / ".gitignore").write_text("!keep.old.md\n", "utf-8")
    files = json.loads(menulint("check", "pages", *GB, "--format", "json").out)["files"]
    assert [file["path"] for file in files] == ["pages/b.md", "pages/keep.old.md"]


def test_an_ignored_file_that_is_named_is_read(menulint: Menulint, site: Path) -> None:
    """Naming it is asking for it."""
    (site / ".gitignore").write_text("menu.md\n", "utf-8")
    assert menulint("check", "menu.md", *GB).code == 1


def test_settings_and_baselines_are_no_copy(menulint: Menulint, site: Path) -> None:
    """Even if they are named, as a hook names every file that changed: they quote the copy."""
    (site / "menulint.toml").write_text('baseline = "accepted.json"\n', "utf-8")
    menulint("baseline", "create", *GB, "--reason", "x")
    (site / "menulint-baseline.json").write_text((site / "accepted.json").read_text("utf-8"), "utf-8")
    done = menulint(
        "check", "menu.md", "menulint.toml", "accepted.json", "menulint-baseline.json", *GB, "--format", "json"
    )
    assert [file["path"] for file in json.loads(done.out)["files"]] == ["menu.md"]


def test_what_a_walk_leaves_out_can_be_left_out_where_it_is_named(menulint: Menulint, site: Path) -> None:
    """For programs that name all files they know."""
    (site / "menulint.toml").write_text('exclude = ["drafts/"]\n', "utf-8")
    named = ("menu.md", "drafts/a.md", ".github/a.md", "package-lock.json", "vendor/a.md")
    for name in named[1:]:
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text("{}", "utf-8")

    def read(*options: str) -> list[str]:
        report = json.loads(menulint("check", *named, *GB, "--format", "json", *options).out)
        return [file["path"] for file in report["files"]]

    assert read() == list(named)
    assert read("--force-exclude") == ["menu.md"]


def test_include_and_exclude_choose_in_folders(menulint: Menulint) -> None:
    """Patterns as in .gitignore."""
    report = menulint("check", ".", *GB, "--format", "json", "--include", "*.md", "--exclude", "soft.md,about.md").out
    assert [file["path"] for file in json.loads(report)["files"]] == ["menu.md"]


def test_a_folder_without_copy_says_so(menulint: Menulint, site: Path) -> None:
    """Nothing read is not nothing found."""
    (site / "empty").mkdir()
    done = menulint("check", "empty", *GB)
    assert (done.code, "no file under empty" in done.err) == (0, True)


def test_a_binary_file_is_listed_with_a_note(menulint: Menulint, site: Path) -> None:
    """It is no error."""
    (site / "photo.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    done = menulint("check", "photo.md", *GB, "--format", "json")
    (file,) = json.loads(done.out)["files"]
    assert (done.code, file["notes"]) == (0, ["skipped: it is a PNG image, not text"])


def test_standard_input_is_read_under_a_given_name(menulint: Menulint, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its ending tells the format."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MENU.encode())))
    report = json.loads(menulint("check", "-", *GB, "--stdin-filename", "x/menu.md", "--format", "json").out)
    (file,) = report["files"]
    assert (file["path"], file["format"], bool(file["findings"])) == ("x/menu.md", "markdown", True)


def test_select_and_ignore_choose_rules(menulint: Menulint) -> None:
    """By code, letters or name."""
    assert rules(menulint("check", "menu.md", *GB, "--format", "json", "--select", "CMP").out) == [
        ("menu.md", "CMP001")
    ]
    report = menulint("check", "menu.md", *GB, "--format", "json", "--ignore", "superlative").out
    assert rules(report) == [("menu.md", "RTE001")]


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("--select", "RTE01"), "did you mean RTE001?"),
        (("--jurisdiction", "ZZ"), "unknown jurisdiction 'ZZ'"),
        (("--format", "xml"), "unknown format 'xml'"),
        (("--format", "json", "--format", "terminal"), "only one --format can go to standard output"),
        (("--as-of", "soon"), "'soon' is no date"),
        (("--min-confidence", "sure"), "low"),
        (("--threads", "4"), "No such option"),
    ],
)
def test_an_option_that_means_nothing_ends_with_2(menulint: Menulint, arguments: tuple[str, ...], hint: str) -> None:
    """And says what would."""
    done = menulint("check", "menu.md", *arguments)
    assert (done.code, done.out) == (2, "")
    assert hint in done.err


def test_several_formats_in_one_run(menulint: Menulint, site: Path) -> None:
    """One on the screen, one in a file, without colour in it."""
    done = menulint(
        "check", "menu.md", *GB, "--format", "terminal", "--format", "json=report.json", "--color", "always"
    )
    assert "\x1b[1;31merror\x1b[0m" in done.out
    assert ("menu.md", "RTE001") in rules((site / "report.json").read_text("utf-8"))


def test_a_report_is_not_read_as_copy(menulint: Menulint, site: Path) -> None:
    """It stands in the folder that is checked, and quotes all of it."""
    for _ in range(2):
        menulint("check", ".", *GB, "--format", "terminal=report.txt", "--format", "json=report.json")
    files = json.loads((site / "report.json").read_text("utf-8"))["files"]
    assert [file["path"] for file in files] == ["about.md", "menu.md", "soft.md"]


def test_a_report_that_cannot_be_written_ends_with_2(menulint: Menulint) -> None:
    """The folder is missing."""
    done = menulint("check", "menu.md", *GB, "--format", "json=nowhere/report.json")
    assert (done.code, "cannot be written" in done.err) == (2, True)


def test_no_color_is_honoured(menulint: Menulint, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a terminal too."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in menulint("check", "menu.md", *GB).out


def test_quiet_prints_places_only(menulint: Menulint) -> None:
    """One line each."""
    assert menulint("check", "menu.md", *GB, "--quiet", "--select", "RTE").out.startswith("menu.md:3:5: error RTE001 “")


def test_a_comment_with_a_reason_suppresses(menulint: Menulint, site: Path) -> None:
    """The finding is counted as suppressed and the run ends well."""
    text = MENU.replace(
        "Our exosome", "<!-- menulint: ignore-next-line[RTE] -- quoted from a ruling -->\n\nOur exosome"
    )
    (site / "menu.md").write_text(text, "utf-8")
    done = menulint("check", "menu.md", *GB, "--format", "json")
    assert (done.code, json.loads(done.out)["summary"]["suppressed"]) == (0, 1)


def test_the_configuration_applies_and_the_command_line_wins(menulint: Menulint, site: Path) -> None:
    """``--no-config`` switches it off."""
    (site / "menulint.toml").write_text('jurisdiction = "GB"\nselect = ["CMP"]\nfail_on = "never"\n', "utf-8")
    configured = menulint("check", "menu.md", "--format", "json")
    assert (configured.code, rules(configured.out)) == (0, [("menu.md", "CMP001")])
    assert rules(menulint("check", "menu.md", "--format", "json", "--select", "RTE").out) == [("menu.md", "RTE001")]
    assert menulint("check", "menu.md", *GB, "--no-config").code == 1


def test_an_override_applies_to_its_paths(menulint: Menulint, site: Path) -> None:
    """The rule is off in the archive only."""
    (site / "archive").mkdir()
    (site / "archive" / "old.md").write_text(MENU, "utf-8")
    (site / "menulint.toml").write_text(
        'jurisdiction = "GB"\nselect = ["RTE"]\n[[overrides]]\npaths = ["archive/"]\nselect = ["CMP"]\n', "utf-8"
    )
    assert rules(menulint("check", ".", "--format", "json").out) == [
        ("menu.md", "RTE001"),
        ("archive/old.md", "CMP001"),
    ]


def test_a_mistake_in_the_configuration_ends_with_2(menulint: Menulint, site: Path) -> None:
    """File, line and what was meant."""
    (site / "menulint.toml").write_text('\nselekt = ["CMP"]\n', "utf-8")
    done = menulint("check", "menu.md")
    assert done.code == 2
    assert "menulint.toml:2:1: selekt is not known; did you mean select?" in done.err


def test_a_pack_of_ones_own_adds(menulint: Menulint, site: Path) -> None:
    """A term of another folder is found by the rules that are there."""
    extra = site / "mine" / "lexicons" / "en"
    extra.mkdir(parents=True)
    (extra / "comparison.yaml").write_text(
        "- {concept: comparison.best, forms: [clinic without equal], flagged: [A clinic without equal.], source: x}\n"
    )
    (site / "about.md").write_text("Our team: a clinic without equal. Book now.\n", "utf-8")
    assert menulint("check", "about.md", *GB, "--quiet").out == ""
    assert "CMP001" in menulint("check", "about.md", *GB, "--quiet", "--pack", "mine").out


def test_a_mistake_in_a_pack_ends_with_2(menulint: Menulint, site: Path) -> None:
    """File, line and column."""
    extra = site / "mine" / "lexicons" / "en"
    extra.mkdir(parents=True)
    (extra / "comparison.yaml").write_text("- {concept: comparison.best, forms: [no], flagged: [x], source: x}\n")
    done = menulint("check", "about.md", "--pack", "mine")
    assert done.code == 2
    assert "mine/lexicons/en/comparison.yaml:1:38" in done.err


def test_a_file_that_is_too_large_is_an_error_row(menulint: Menulint, site: Path) -> None:
    """Sixty-four megabytes are enough for a page."""
    with (site / "huge.md").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    done = menulint("check", "huge.md", *GB, "--format", "json")
    assert (done.code, json.loads(done.out)["errors"][0]["code"]) == (3, "too-large")


def test_same_input_same_bytes(menulint: Menulint) -> None:
    """Two runs do not differ."""
    first, second = (menulint("check", ".", *GB, "--format", "json", "--as-of", "2026-11-22").out for _ in range(2))
    assert first == second


def test_the_report_speaks_the_language_asked_for(menulint: Menulint, site: Path, monkeypatch: Any) -> None:
    """By option or setting, never by the environment; a rule without text in it speaks English, and that is said."""
    monkeypatch.setenv("LANG", "es_ES.UTF-8")
    assert "Write instead: " in menulint("check", "menu.md", *GB).out
    spanish = menulint("check", "menu.md", *GB, "--ui-lang", "es").out
    assert "En su lugar: Remove the offer." in spanish
    assert "Estas reglas aún no tienen textos en español y salen en inglés: CMP001, RTE001." in spanish
    (site / "menulint.toml").write_text('ui_lang = "es"\n', "utf-8")
    assert menulint("check", "menu.md", *GB).out == spanish
    assert "Write instead: " in menulint("check", "menu.md", *GB, "--ui-lang", "en").out


def test_the_language_of_the_report_leaves_the_json_alone(menulint: Menulint) -> None:
    """Only sentences for people differ, and the options say in which language they are."""
    english, spanish = (
        json.loads(menulint("check", "menu.md", *GB, "--format", "json", "--ui-lang", language).out)
        for language in ("en", "es")
    )
    assert spanish["options"].pop("ui_lang") == "es"
    assert english["options"].pop("ui_lang") == "en"
    for report in (english, spanish):
        for part in (p for file in report["files"] for f in file["findings"] for p in f["related"]):
            part.pop("message")
    assert spanish == english


@pytest.mark.parametrize("command", ["check", "mentions"])
def test_a_genre_that_does_not_exist_is_refused(menulint: Menulint, command: str) -> None:
    """With those that do."""
    done = menulint(command, "menu.md", "--genre", "advert")
    assert done.code == 2
    assert "patient-info" in done.err


def test_a_given_genre_decides_who_speaks(menulint: Menulint) -> None:
    """A newspaper's page claims nothing; the report says that the genre was given."""
    report = menulint("check", "menu.md", *GB, "--genre", "news", "--format", "json")
    (file,) = json.loads(report.out)["files"]
    assert (report.code, file["genre"], file["genre_by"], file["findings"]) == (0, "news", ["given"], [])
    mentions = json.loads(menulint("mentions", "menu.md", "--genre", "news", "--format", "json").out)
    assert {row["speaker"] for row in mentions["files"][0]["mentions"]} == {"third-party"}
    explained = menulint("explain", "menu.md:3", *GB, "--genre", "news").out
    assert "The page reads as news (given)." in explained
    assert "Not reported: the page reads as news, not as a seller's." in explained


def test_the_report_shows_the_genre_with_its_reasons(menulint: Menulint) -> None:
    """The words on the page that decided."""
    assert "read as promotional (Our, Book now);" in " ".join(menulint("check", "menu.md", *GB).out.split())


def test_a_genre_may_be_set_for_some_paths(menulint: Menulint, site: Path) -> None:
    """News below news/, whatever its words; the rest as its words say."""
    (site / "news").mkdir()
    (site / "news" / "menu.md").write_text(MENU, "utf-8")
    (site / "menulint.toml").write_text('[[overrides]]\npaths = ["news/"]\ngenre = "news"\n', "utf-8")
    files = json.loads(menulint("check", "menu.md", "news", *GB, "--format", "json").out)["files"]
    assert [(file["genre"], len(file["findings"])) for file in files] == [("promotional", 2), ("news", 0)]


def test_every_mistake_of_an_added_pack_is_listed_with_exit_code_2(menulint: Menulint, tmp_path: Path) -> None:
    """One line each, with file, line and column; nothing is checked."""
    extra = tmp_path / "extra"
    for place, text in {
        "lexicons/en/route.yaml": "- {concept: route.injektion, forms: [jab], flagged: [A jab.]}\n",
        "rules/jurisdictions/FR.yaml": "code: FR\nname: France\nlanguages: [no]\ninherits: [{from: EU}]\n",
    }.items():
        (extra / place).parent.mkdir(parents=True, exist_ok=True)
        (extra / place).write_text(text, "utf-8")
    done = menulint("check", "menu.md", "--pack", str(extra))
    assert (done.code, done.out) == (2, "")
    assert f"{(extra / 'lexicons/en/route.yaml').as_posix()}:1:13: unknown concept 'route.injektion'" in done.err
    assert f"{(extra / 'rules/jurisdictions/FR.yaml').as_posix()}:3:13: 'no' was read as a boolean" in done.err
