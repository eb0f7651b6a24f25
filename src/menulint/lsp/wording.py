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
    "jinja": ("{# ", " #}"),
    "handlebars": ("{{!-- ", " --}}"),
    "ejs": ("<%# ", " %>"),
    "javascript": ("// ", ""),
    "yaml": ("# ", ""),
    "toml": ("# ", ""),
    "po": ("# ", ""),
}
"""How a comment on a line of its own is written in a format; one that is not here has none, or none that is safe to add."""

REASON = "why it may stay"


def suppression(format: str, rule: str, line: str) -> str | None:
    """The comment line that silences ``rule`` on the line below it, indented as that one; None where there is no way."""
    if format not in COMMENTS:
        return None
    before, after = COMMENTS[format]
    indent = line[: len(line) - len(line.lstrip())]
    if format == "javascript" and line.lstrip().startswith("<"):
        before, after = "{/* ", " */}"
    return f"{indent}{before}menulint: ignore-next-line[{rule}] -- {REASON}{after}\n"
