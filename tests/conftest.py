"""The real pack and a linter over it, made once."""

from __future__ import annotations

import pytest

from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.pack.model import Pack


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The pack of this checkout."""
    return load_pack()


@pytest.fixture(scope="session")
def linter(pack: Pack) -> Linter:
    """A linter that judges by every jurisdiction."""
    return Linter(pack, Options(jurisdiction=("all",)))
