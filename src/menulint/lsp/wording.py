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

_MARKUP = frozenset({"html", "svg", "vue", "svelte", "astro", "php", "blade", "liquid"})
"""Formats of markup: data and code in them have other comments, or none."""
_HOSTS = frozenset({"php", "vue", "svelte", "astro"})
"""Those that hold code beside it: a comment of HTML would break a line of code."""
_BEGINS = {
    "yaml": re.compile(r"\s*(?:- |[\w\"'][^:]{0,100}:(?:\s|\Z))"),
    "toml": re.compile(r"\s*[\w.\"'-]+\s*="),
    "gettext": re.compile(r"msgid |msgctxt "),
}
"""Lines that begin something, so that a comment may stand before them: not in a block of text, nor in a message."""
_CODE = re.compile(
    r"\s*(?:(?:const|let|var|return|export|import|function|if|else|case|default|async|await|throw)\b"
    r"|[\w.$\"'-]+\s*(?:[:=(]|\?\.)|[\"'`\[({}\])])"
)
"""Lines of JavaScript that are no text between tags."""

REASON = "why it may stay"


def suppression(format: str, rule: str, line: str, pointer: str | None = None, before: str = "") -> str | None:
    """The comment line that silences ``rule`` on the line below it, indented as that one; None where none is safe to add.

    ``pointer`` is that of the block, if it stands in data; ``before`` is the line above.
    """
    signs = _signs(format, line, pointer, before.strip())
    if signs is None:
        return None
    indent = line[: len(line) - len(line.lstrip())]
    return f"{indent}{signs[0]}menulint: ignore-next-line[{rule}] -- {REASON}{signs[1]}\n"


def _signs(format: str, line: str, pointer: str | None, before: str) -> tuple[str, str] | None:
    """How a comment between two lines begins and ends; None if it would break what stands there, or be shown."""
    is_tag = line.lstrip().startswith("<")
    if format == "javascript":
        return _in_script(line, pointer, before, is_tag=is_tag)
    if (format in _MARKUP or format in ("markdown", "mdx")) and pointer:
        return None
    if format in _HOSTS and not is_tag:
        return None
    if format == "markdown" and before and not before.startswith(("#", "<!--")):
        return None  # it would cut a paragraph, a list or a table in two
    if format in _BEGINS and not _BEGINS[format].match(line):
        return None
    return COMMENTS.get(format)


def _in_script(line: str, pointer: str | None, before: str, *, is_tag: bool) -> tuple[str, str] | None:
    """In code a comment of code, between the tags of JSX one in braces; what could be either gets none."""
    between_tags = before.endswith((">", "*/}")) and not before.endswith("=>")
    if is_tag or pointer is None:
        if between_tags:
            return "{/* ", " */}"
        if not is_tag and not _CODE.match(line):
            return None
        if is_tag and not before.endswith(("(", "=>", "=", "&&", "||", "?", ":", ",", "[", "return")):
            return None
    return COMMENTS["javascript"]
