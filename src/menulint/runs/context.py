"""What the reports of a run need to know beside its results, the same for every way to ask for them."""

from __future__ import annotations

from typing import Any

from menulint.result import ReportContext
from menulint.runs.workspace import Workspace
from menulint.version import __version__


def context_of(workspace: Workspace, **shown: Any) -> ReportContext:
    """The context of a run's reports; ``shown`` are fields of it that only the caller knows (colour, width)."""
    options, law = workspace.run_options, workspace.law
    values = {
        "jurisdiction": list(options.jurisdiction),
        "lang": options.lang,
        "genre": options.genre,
        "select": list(options.select),
        "ignore": list(options.ignore),
        "min_confidence": options.min_confidence,
        "reference_set": list(options.reference_set),
        "fail_on": workspace.setting("fail_on", "error"),
        "ui_lang": options.ui_lang,
    }
    return ReportContext(
        version=__version__,
        pack_version=law.pack_version,
        pack_sha256=law.pack_sha256,
        as_of=options.as_of.isoformat(),
        options=values,
        provisions=workspace.provisions,
        ui_lang=options.ui_lang,
        untranslated=frozenset(law.untranslated),
        **shown,
    )
