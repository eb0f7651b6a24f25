"""Where the pack is: one function finds it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Location(NamedTuple):
    """A folder that holds ``lexicons/`` and ``rules/``, and the compiled pack that was built with it, if any."""

    root: Path
    compiled: Path | None = None


def find_pack() -> Location:
    """The pack menulint came with.

    An installed wheel carries it as ``_pack`` beside the package's modules, compiled. An editable install reads the
    checkout, so that an edited term changes the next run.

    Raises:
        FileNotFoundError: neither is there; the installation is broken.
    """
    package = Path(__file__).resolve().parent.parent
    if (package / "_pack").is_dir():
        compiled = package / "_pack" / "compiled.pack"
        return Location(package / "_pack", compiled if compiled.is_file() else None)
    checkout = package.parent.parent
    if (checkout / "lexicons").is_dir():
        return Location(checkout)
    raise FileNotFoundError(f"no lexicons found at {package / '_pack'} or {checkout / 'lexicons'}; reinstall menulint")
