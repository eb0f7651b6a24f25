"""How much work a page is, counted and not timed."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from types import FrameType

import pytest

from menulint.linter import Linter


@pytest.fixture
def calls() -> Callable[[Linter, str], int]:
    """Calls of functions and resumptions of generators that checking a page takes."""

    def counted(linter: Linter, page: str) -> int:
        linter.check_bytes("page.html", page.encode())  # what is kept in mind is there in either case
        tallied: Counter[str] = Counter()

        def tally(_frame: FrameType, event: str, _arg: object) -> None:
            tallied[event] += 1

        before = sys.getprofile()
        sys.setprofile(tally)
        try:
            linter.check_bytes("page.html", page.encode())
        finally:
            sys.setprofile(before)
        return tallied["call"] + tallied["c_call"]

    return counted
