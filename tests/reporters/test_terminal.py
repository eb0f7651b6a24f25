"""The terminal report convinces a person: place, wording, why, law, what to write."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as some

from menulint.finding import FileResult, Finding, ReportContext, ReportError, Suppressed
from menulint.reporters import reporter
from menulint.reporters._snippet import safe, snippet
from menulint.reporters.base import Result


def render(results: list[Result], context: ReportContext) -> str:
    return "".join(reporter("terminal").render(results, context))


def test_shows_the_whole_finding(result: FileResult, context: ReportContext) -> None:
    """Nothing a compliance person asks for is missing."""
    assert render([result], context) == (
        "menu.md\n"
        "  markdown, language en; read as promotional (prices); judged for GB (£)\n"
        "\n"
        "  menu.md:3:10  error  RTE001 cosmetic-for-injection\n"
        "    3 | We offer exosome injections from £250.\n"
        "      |          ^^^^^^^^^^^^^^^^^^\n"
        "      “exosome injections” offers exosomes by injection.\n"
        "      Why it matters: A cosmetic is by definition put on the outside of the body.\n"
        "      Read as a claim: The page speaks in its own voice (“We”) and nothing in the sentence takes it\n"
        "      back.\n"
        "      GB: prohibited, whatever the evidence (error). How sure: high (the law, regulator or ruling\n"
        "      itself was read).\n"
        "        Cosmetics Regulation, Article 2 (since 2013-07-11): A cosmetic product is one applied to the\n"
        "        outside of the body.\n"
        "        [GB-1] https://law.example/article-2\n"
        "      Elsewhere: needs evidence in US\n"
        "      Write instead: No wording makes this lawful; remove the offer.\n"
        "      Could become: “exosome serum”\n"
        "      Also at: 4:6\n"
        "      1 more on this wording: SRC002\n"
        "      More about the rule: menulint explain RTE001\n"
        "\n"
        "1 file read: 1 error.\n"
        "menulint can say what is a problem, never that a page is compliant: it knows only the wording and\n"
        "the law it was taught. This is no legal advice.\n"
    )


def test_a_clean_run_says_so_and_no_more(clean: FileResult, context: ReportContext) -> None:
    """No finding is not called compliant."""
    report = render([clean], context)
    assert report.startswith("1 file read: no wording found that menulint knows to be a problem.\n")
    assert "never that a page is compliant" in report


def test_quiet_prints_one_line_for_each_place(result: FileResult, context: ReportContext) -> None:
    """Editors read path:line:column."""
    assert render([result], replace(context, quiet=True)) == (
        "menu.md:3:10: error RTE001 “exosome injections” offers exosomes by injection.\n"
        "menu.md:4:6: error RTE001 “exosome injections” offers exosomes by injection.\n"
    )


def test_a_suppressed_place_gives_way_to_one_that_counts(
    result: FileResult, finding: Finding, context: ReportContext
) -> None:
    """The first place is silenced by a comment: the second is shown."""
    first = replace(finding, suppressed=Suppressed("quoted", 3))
    report = render([replace(result, findings=(first,))], context)
    assert "menu.md:4:6  error" in report
    assert "3:10" not in report


def test_suppressed_and_accepted_findings_are_only_counted(
    result: FileResult, suppressed: Finding, accepted: Finding, context: ReportContext
) -> None:
    """They are not shown, and not forgotten."""
    report = render([replace(result, findings=(suppressed, accepted))], context)
    assert "RTE001" not in report
    assert "(1 suppressed, 1 in the baseline)" in report


def test_statistics_count_each_rule(result: FileResult, finding: Finding, context: ReportContext) -> None:
    """The most frequent rule comes first."""
    rare = replace(finding, rule="SRC002", name="human-derived-source", severity="warning")
    report = render([replace(result, findings=(rare, finding, finding))], replace(context, statistics=True))
    assert "2  error    RTE001 cosmetic-for-injection\n1  warning  SRC002 human-derived-source\n" in report


def test_an_unreadable_file_is_named(context: ReportContext) -> None:
    """The reason stands beside the path."""
    report = render([ReportError("gone.md", "not-found", "no such file")], context)
    assert "gone.md: not read: no such file\n" in report
    assert "\n0 files read, 1 could not be.\n" in report


def test_explain_shows_the_cues(result: FileResult, context: ReportContext) -> None:
    """Which words decided who speaks, and where they stand."""
    assert "“We” at 3:1: the seller speaks" in render([result], replace(context, explain=True))


def test_color_only_when_asked(result: FileResult, context: ReportContext) -> None:
    """Escape sequences are ours alone, and only on request."""
    assert "\x1b[" not in render([result], context)
    assert "\x1b[1;31merror\x1b[0m" in render([result], replace(context, color=True))


def test_escape_sequences_of_a_page_do_not_reach_the_terminal(
    result: FileResult, finding: Finding, context: ReportContext
) -> None:
    """A page cannot clear the screen, retitle the window or turn the writing direction."""
    hostile = "We offer \x1b[2Jexosome injections\x9b1m \u202eowt"
    page = replace(
        result,
        path="a\x1b]0;x\x07.md",
        notes=("\x1b[0m",),
        genre_by=("\x1b[5m",),
        lines={3: hostile, 4: hostile},
        findings=(replace(finding, message=hostile, explanation=hostile, rewrite=hostile, help=hostile),),
    )
    for quiet in (False, True):
        report = render([page, ReportError(hostile, "x", hostile)], replace(context, quiet=quiet, explain=True))
        assert not set(report) & set("\x1b\x07\x9b\u202e")
        assert "␛[2J" in report


def test_carets_stand_under_wide_characters() -> None:
    """A Korean syllable takes two columns."""
    shown = snippet("엑소좀 주사 시술", 0, 3, 80)
    assert (shown.line, shown.carets) == ("엑소좀 주사 시술", "^^^^^^")


def test_carets_follow_a_tab() -> None:
    """A tab runs to the next stop."""
    shown = snippet("a\texosome", 2, 9, 80)
    assert (shown.line, shown.carets) == ("a   exosome", "    ^^^^^^^")


def test_a_combining_accent_takes_no_column() -> None:
    """e + accent is one column wide."""
    assert snippet("cafe\u0301 exosome", 6, 13, 80).carets == "     ^^^^^^^"


def test_a_long_line_is_cut_around_the_span() -> None:
    """A page on one line of a million characters shows the wording with some of its context."""
    line = "word " * 100_000 + "exosome injections" + " word" * 100_000
    start = line.index("exosome")
    shown = snippet(line, start, start + 18, 60)
    assert len(shown.line) <= 60
    assert shown.line[shown.start : shown.end] == "exosome injections"
    assert shown.line[0] == shown.line[-1] == "…"


def test_a_span_longer_than_the_screen_is_cut_at_its_end() -> None:
    """The carets never outrun the line."""
    shown = snippet("x" * 500, 0, 500, 60)
    assert len(shown.line) <= 60
    assert shown.end <= len(shown.line)


def test_every_span_of_a_line_is_underlined_where_it_stands() -> None:
    """Wherever the wording stands, the carets are under it and the line fits."""
    line = "".join(chr(0x61 + n % 26) for n in range(300))
    for start in range(0, 300, 7):
        shown = snippet(line, start, start + 5, 50)
        assert shown.line[shown.start : shown.end] == line[start : start + 5]
        assert len(shown.line) <= 50


LINES = some.text(some.sampled_from("ab é엑가\t\x1b\u00ad\u0301…"), min_size=1, max_size=120)


@given(line=LINES, start=some.integers(0, 119), length=some.integers(1, 119), width=some.integers(30, 90))
def test_no_line_outgrows_the_screen(line: str, start: int, length: int, width: int) -> None:
    """Whatever the characters, the carets lie under the line, and nothing that a terminal obeys is in it."""
    start = min(start, len(line) - 1)
    shown = snippet(line, start, min(start + length, len(line)), width)
    columns = sum(2 if char in "엑가" else 0 if char == "\u0301" else 1 for char in shown.line)
    assert columns <= width
    assert 0 <= shown.start < shown.end <= max(columns, shown.start + 1)
    assert not set(shown.line) & set("\t\x1b\u00ad")


def test_invisible_characters_are_made_visible() -> None:
    """A soft hyphen or zero-width space inside a word is shown, not obeyed."""
    assert safe("exo\u00adso\u200bme") == "exo<U+00AD>so<U+200B>me"


def test_speaks_spanish_on_request(result: FileResult, context: ReportContext) -> None:
    """Every word of its own; the law stays in English, and the report says so once."""
    report = render([result], replace(context, ui_lang="es", explain=True))
    assert "  markdown, idioma en; tipo de texto: página publicitaria (prices); juzgado según GB (£)\n" in report
    assert "Por qué importa: A cosmetic" in report
    assert "GB: prohibido, con pruebas o sin ellas (error). Certeza: alta (" in report
    assert "“We” en 3:1: habla quien vende" in report
    assert "En otros lugares: exige pruebas en US" in report
    assert "\n1 archivo leído: 1 error.\n" in report
    assert report.count("Las normas se resumen en inglés.") == 1


def test_rules_without_text_in_the_language_are_named_once(
    result: FileResult, finding: Finding, context: ReportContext
) -> None:
    """Those of this report, not of the pack."""
    context = replace(context, ui_lang="es", untranslated=frozenset({"RTE001", "XYZ001"}))
    report = render([replace(result, findings=(finding, finding))], context)
    assert report.count("sale en inglés: RTE001.") == 1
    assert "XYZ001" not in report


def test_quiet_lines_keep_their_severity_words(result: FileResult, context: ReportContext) -> None:
    """Editors read them."""
    quiet = render([result], replace(context, quiet=True, ui_lang="es"))
    assert quiet.startswith("menu.md:3:10: error RTE001 ")
