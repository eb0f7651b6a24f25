"""What a linter is told. Apart from the linter, so that a run that finds all of its reports kept need not load that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from menulint.config import Allowed
from menulint.product import Product
from menulint.proof import Proof
from menulint.ui import DEFAULT

PER_FILE = (
    "jurisdiction", "lang", "genre", "select", "ignore", "min_confidence", "severity", "allow", "reference_set", "ui_lang",
    "ocr", "substantiation", "products", "docs_url",
)  # fmt: skip
"""The keys of a configuration that are options of the linter."""


@dataclass(frozen=True)
class Options:
    """What a run is told. ``select`` and ``ignore`` hold rule ids, their letters, names or categories.

    ``copy`` asks for ``FileResult.copy``, the readable text of files with findings. ``ui_lang`` is the language in which
    findings speak to people, whatever that of the copy. ``severity`` pairs rules (as in ``select``) with the severity they
    are to have; ``allow`` are wordings in which findings do not count. ``ocr``: words are looked for in images.
    ``substantiation`` is the seller's own proof, ``products`` are its own products. ``docs_url`` is where the documentation
    site is kept: findings lead to the page of their rule there, else to the law.
    """

    jurisdiction: tuple[str, ...] = ("auto",)
    lang: str | None = None
    genre: str | None = None
    as_of: date = field(default_factory=date.today)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_confidence: str = "low"
    reference_set: tuple[str, ...] = ("EU", "GB", "US")
    preview: bool = True
    copy: bool = False
    ui_lang: str = DEFAULT
    severity: tuple[tuple[str, str], ...] = ()
    allow: tuple[Allowed, ...] = ()
    ocr: bool = False
    substantiation: tuple[Proof, ...] = ()
    products: tuple[Product, ...] = ()
    docs_url: str = ""

    @classmethod
    def of(cls, values: Mapping[str, Any], **more: Any) -> Options:
        """The options that a configuration's values ask for; what says nothing keeps its default."""
        known = {key: value for key, value in values.items() if key in PER_FILE and value}
        for key in ("jurisdiction", "reference_set"):
            if key in known:
                known[key] = tuple(
                    code.lower() if code.lower() in ("auto", "all") else code.upper() for code in known[key]
                )
        return cls(**known, **more)
