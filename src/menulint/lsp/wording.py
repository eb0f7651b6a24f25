"""What the server says of a finding, as Markdown: the problem, the law behind it with its link, what to write instead."""

from __future__ import annotations

import re

from menulint.finding import Finding, Provision

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#])")


def hover(finding: Finding, provisions: dict[str, Provision]) -> str:
    """A finding in full."""
    lines = [f"**{finding.rule} {_plain(finding.name)}**: {_plain(finding.message)}", ""]
    lines += [_plain(finding.why), ""] if finding.why else []
    for judged in finding.jurisdictions:
        if judged.raises:
            lines.append(f"- **{judged.code}**: {judged.verdict}, {judged.severity}; how sure: {judged.confidence}")
            lines += [f"  - {_law(provisions[name])}" for name in judged.provisions if name in provisions]
    if finding.rewrite:
        lines += ["", f"**Write instead:** {_plain(finding.rewrite)}"]
    lines += [f"**Could become:** “{_plain(fix.reads)}”" for fix in finding.fixes]
    if finding.explanation:
        lines += ["", f"*{_plain(finding.explanation)}*"]
    return "\n".join(lines)


def _law(provision: Provision) -> str:
    name = _plain(f"{provision.instrument}, {provision.provision}")
    force = f" ({provision.in_force})" if provision.in_force else ""
    return f"[{name}]({provision.url.replace(')', '%29')}){force}: {_plain(provision.gist)}"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


COMMENTS = {
    "markdown": ("<!-- ", " -->"),
    "html": ("<!-- ", " -->"),
    "svg": ("<!-- ", " -->"),
    "vue": ("<!-- ", " -->"),
    "svelte": ("<!-- ", " -->"),
    "astro": ("<!-- ", " -->"),
    "php": ("<!-- ", " -->"),
    "blade": ("{{-- ", " --}}"),
    "liquid": ("{% comment %}", "{% endcomment %}"),
    "javascript": ("// ", ""),
    "yaml": ("# ", ""),
    "toml": ("# ", ""),
    "gettext": ("# ", ""),
    "mdx": ("{/* ", " */}"),
}
"""How a comment on a line of its own is written in a format; one that is not here has none, or none that is safe to add."""

_HOSTS = frozenset({"php", "vue", "svelte", "astro"})
"""Formats that hold code beside markup: a comment of HTML would break a line of code."""
_HEADED = frozenset({"markdown", "mdx"})
"""Formats whose data at the head has no such comments; copy in it has a pointer."""

REASON = "why it may stay"


def suppression(format: str, rule: str, line: str, pointer: str | None = None) -> str | None:
    """The comment line that silences ``rule`` on the line below it, indented as that one; None where none is safe to add.

    ``pointer`` is that of the block, if it stands in data.
    """
    is_markup = line.lstrip().startswith("<")
    if format not in COMMENTS or (format in _HOSTS and not is_markup) or (format in _HEADED and pointer):
        return None
    before, after = ("{/* ", " */}") if format == "javascript" and is_markup else COMMENTS[format]
    indent = line[: len(line) - len(line.lstrip())]
    return f"{indent}{before}menulint: ignore-next-line[{rule}] -- {REASON}{after}\n"
