"""A comment with a reason takes findings of its lines out of the count."""

from __future__ import annotations

from datetime import date

import pytest

from menulint.finding import Suppressed
from menulint.source import Comment, LineIndex, Source
from menulint.suppression import Suppressions

TODAY = date(2026, 11, 22)


def suppressions(text: str, today: date = TODAY) -> Suppressions:
    """Of a text whose comments are HTML's."""
    comments = []
    at = text.find("<!--")
    while at >= 0:
        end = text.find("-->", at) + 3
        comments.append(Comment(text[at + 4 : end - 3], at, end))
        at = text.find("<!--", end)
    source = Source("a.html", "html", "utf-8", "", text, (), tuple(comments))
    return Suppressions.parse(source, LineIndex(text), today)


def test_ignore_silences_its_line() -> None:
    """The line of the comment, that rule, and no other."""
    found = suppressions("one\ntwo <!-- menulint: ignore[RTE001] -- quoted from a ruling -->\nthree")
    assert found.covering("RTE001", 2) == Suppressed("quoted from a ruling", 2)
    assert found.covering("RTE001", 3) is None
    assert found.covering("RTE002", 2) is None


def test_a_category_stands_for_its_rules() -> None:
    """POM covers POM004; a part of a code covers nothing."""
    found = suppressions("<!-- menulint: ignore[RTE001, pom, SA] -- members only -->")
    assert found.covering("POM004", 1)
    assert found.covering("SAF001", 1) is None


def test_no_code_stands_for_every_rule() -> None:
    """Brackets may be left out."""
    assert suppressions("<!-- menulint: ignore -- a test page -->").covering("EFF003", 1)


def test_next_line_skips_blank_lines() -> None:
    """Markdown wants a blank line after a comment."""
    found = suppressions("<!-- menulint: ignore-next-line[RTE001] -- quoted -->\n\nexosome injections\nmore")
    assert [line for line in (1, 2, 3, 4) if found.covering("RTE001", line)] == [3]


def test_start_and_end_enclose_lines() -> None:
    """From the line of the one to the line of the other."""
    found = suppressions("a\n<!-- menulint: ignore-start[RTE] -- archive -->\nb\n<!-- menulint: ignore-end -->\nc")
    assert [line for line in range(1, 6) if found.covering("RTE001", line)] == [2, 3, 4]


def test_end_with_codes_closes_its_own_start() -> None:
    """Regions of different rules may overlap."""
    found = suppressions(
        "<!-- menulint: ignore-start[RTE] -- x -->\n<!-- menulint: ignore-start[SRC] -- y -->\n"
        "<!-- menulint: ignore-end[RTE] -->\nb\n<!-- menulint: ignore-end[SRC] -->\nc"
    )
    assert (bool(found.covering("RTE001", 4)), bool(found.covering("SRC001", 4))) == (False, True)


def test_an_open_start_covers_the_rest_and_says_so() -> None:
    """A forgotten end is no silent one."""
    found = suppressions("<!-- menulint: ignore-start -- archive -->\n\n\nend")
    assert found.covering("RTE001", 4)
    assert found.notes() == ("line 1: ignore-start without an ignore-end covers the rest of the file",)


def test_ignore_file_covers_all_lines() -> None:
    """Wherever it stands."""
    found = suppressions("a\nb\n<!-- menulint: ignore-file[SAF] -- a quoted ruling -->")
    assert found.covering("SAF001", 1)
    assert found.covering("SAF001", 3)


def test_the_innermost_reason_is_reported() -> None:
    """A line's own comment says more than that of the file."""
    found = suppressions("<!-- menulint: ignore-file -- all -->\nx <!-- menulint: ignore[RTE001] -- this one -->")
    assert found.covering("RTE001", 2) == Suppressed("this one", 2)


@pytest.mark.parametrize(
    ("directive", "note"),
    [
        ("ignore[RTE001]", "suppression without a reason (write it after --), not applied"),
        ("ignore[RTE001] --  ", "suppression without a reason (write it after --), not applied"),
        ("ignore[] -- x", "suppression with empty brackets (leave them out to mean every rule), not applied"),
        ("ignore -- x (until soon)", "suppression until 'soon', which is no date (write YYYY-MM-DD), not applied"),
        ("ignore -- x (until 2026-11-21)", "suppression that ended on 2026-11-21, not applied"),
        ("ignroe -- x", "unknown directive ignroe, not applied; did you mean ignore?"),
        ("ignore-end", "ignore-end without an ignore-start that is in force"),
    ],
)
def test_a_directive_that_does_not_hold_silences_nothing(directive: str, note: str) -> None:
    """It is reported instead."""
    found = suppressions(f"text <!-- menulint: {directive} -->")
    assert found.covering("RTE001", 1) is None
    assert [text.removeprefix("line 1: ") for text in found.notes()][:1] == [note]


def test_holds_on_its_last_day() -> None:
    """Until includes the day."""
    found = suppressions("<!-- menulint: ignore -- rebrand (until 2026-11-22) -->")
    assert found.covering("RTE001", 1) == Suppressed("rebrand", 1, "2026-11-22")


def test_an_unused_directive_is_noted_and_a_used_one_is_not() -> None:
    """So that nothing stays behind when the copy changes."""
    found = suppressions("<!-- menulint: ignore[RTE001] -- x -->\n<!-- menulint: ignore[SAF001] -- y -->")
    found.covering("RTE001", 1)
    assert found.notes() == ("line 2: suppression that silences nothing; remove it",)


def test_an_unknown_code_is_noted() -> None:
    """When the known rules are given."""
    found = suppressions("<!-- menulint: ignore[RTE999] -- x -->")
    assert found.notes({"RTE001"}) == ("line 1: suppression of the unknown rule RTE999",)


def test_talk_about_menulint_is_no_directive() -> None:
    """A comment that only names the program is left alone."""
    assert suppressions("<!-- menulint: see the style guide -->").notes() == ()


def test_a_comment_of_several_lines_counts_where_it_ends() -> None:
    """The copy follows its end."""
    found = suppressions("<!--\nmenulint: ignore[RTE001] -- quoted\n--> exosome injections")
    assert found.covering("RTE001", 3)


def test_only_so_many_regions_are_held() -> None:
    """A page of nothing but directives must not make every finding dear."""
    found = suppressions("<!-- menulint: ignore-file[ABC] -- x -->\n" * 1_001)
    assert found.notes()[0] == "line 1001: more than 1000 regions in one file; this one is not applied"
