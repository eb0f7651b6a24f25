"""Puts the pack into the wheel: lexicons and rules as they are, and compiled beside them."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PackBuildHook(BuildHookInterface[Any]):
    """Compiles the pack when a wheel is built; a mistake in a lexicon or rule fails the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add ``menulint/_pack``; an editable install reads the checkout instead."""
        if version == "editable":
            return
        self._folder = tempfile.TemporaryDirectory(prefix="menulint-pack-")
        compiled = Path(self._folder.name) / "compiled.pack"
        compiled.write_bytes(compile_checkout(Path(self.root)))
        for name in ("lexicons", "rules"):
            build_data["force_include"][str(Path(self.root) / name)] = f"menulint/_pack/{name}"
        build_data["force_include"][str(compiled)] = "menulint/_pack/compiled.pack"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was written for the build."""
        if version != "editable":
            self._folder.cleanup()


def compile_checkout(root: Path) -> bytes:
    """The pack of a checkout as bytes, by the compiler of that checkout."""
    sys.path.insert(0, str(root / "src"))
    try:
        from menulint.pack.encode import to_bytes
        from menulint.pack.load import compile_pack, read_pack_files

        return to_bytes(compile_pack(read_pack_files(base=root)))
    finally:
        sys.path.remove(str(root / "src"))
