"""The README says what the program does."""

from __future__ import annotations

import re

import pytest
from tools import readme

TEXT = readme.README.read_text("utf-8")


def test_its_options_exist(menulint: object) -> None:
    """Each one named in the README is an option of some command."""
    assert callable(menulint)
    helps = "".join(
        menulint(*command, "--help").out for command in (("check",), ("baseline", "create"), ("fetch",), ())
    )
    assert {option for option in re.findall(r"`(?:[^`\n]* )?(--[a-z-]+)", TEXT) if option not in helps} == set()


def test_its_report_is_current() -> None:
    """`make readme` was run after the last change to rules or report."""
    if not readme.shown().strip():
        pytest.skip("the README shows no report yet")
    assert readme.shown() == readme.report()
