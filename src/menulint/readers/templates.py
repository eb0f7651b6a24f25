"""HTML with the marks of a template language: Jinja, Twig, Nunjucks, Handlebars, Mustache, EJS, ERB, Go, Smarty.

The ending before the last says what is written in it: ``page.md.erb`` is Markdown, ``site.conf.j2`` no copy at all. Pug, Haml
and Slim, which have a syntax of their own instead of HTML, are not read.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from menulint.readers.base import SourceBuilder
from menulint.readers.html import read_page
from menulint.readers.template_marks import HTML, SMARTY

_PAGES = frozenset({".html", ".htm", ".xhtml", ".xml", ".txt", ".text", ".svg", ".amp", ".email", ".mjml"})
_MARKDOWN = frozenset({".md", ".markdown"})
_CODE = re.compile(
    r"\.(?:ya?ml|json|toml|ini|cfg|conf|config|sh|bash|py|rb|js|mjs|cjs|ts|css|scss|sass|less|sql|service|env|properties|tf|php|go"
    r"|java|c|h|cpp|rs|vcl|rules|cron|timer|socket|xsl|rst|tex|dockerfile|csv|ics|vcf|lua|pl|ps1|bat|cmd|cnf|repo|list)\Z",
    re.IGNORECASE,
)


class TemplateReader:
    """Reads templates that are HTML with marks."""

    name = "template"
    extensions = frozenset(
        {
            ".j2",
            ".jinja",
            ".jinja2",
            ".twig",
            ".njk",
            ".hbs",
            ".handlebars",
            ".mustache",
            ".ejs",
            ".erb",
            ".gohtml",
            ".tmpl",
            ".tpl",
        }
    )

    def recognises(self, text: str) -> bool:
        """Never: HTML of unknown name is read as HTML, whose reader knows the marks."""
        return False

    def read(self, text: str, build: SourceBuilder) -> None:
        """Report the page, unless it is none."""
        suffixes = [suffix.lower() for suffix in PurePath(build.path).suffixes]
        inner = suffixes[-2] if len(suffixes) > 1 else ""
        if inner in _MARKDOWN:
            from menulint.readers.markdown import READER as MARKDOWN_READER

            MARKDOWN_READER.read(text, build)
        elif _CODE.match(inner) and inner not in _PAGES:
            build.leave_out(0, len(text), f"a template of a {inner} file")
        else:
            read_page(text, build, SMARTY if suffixes[-1:] == [".tpl"] else HTML)


READER = TemplateReader()
