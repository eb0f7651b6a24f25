"""The real pack and a linter over it, made once."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.pack.model import Pack

# A change is judged by its own mistakes; chance looks for others at home. Nowhere does a busy machine fail a test.
settings.register_profile("home", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "home")


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The pack of this checkout."""
    return load_pack()


@pytest.fixture(scope="session")
def linter(pack: Pack) -> Linter:
    """A linter that judges by every jurisdiction."""
    return Linter(pack, Options(jurisdiction=("all",)))
