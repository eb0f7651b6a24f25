"""What a shell offers when somebody presses Tab: codes, names, places, formats. Click speaks with bash, zsh and fish."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import click
from click.shell_completion import CompletionItem

from menulint.pack import names
from menulint.reporters import names as formats

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
_FILE = "file"


def _listed(words: Callable[[], Iterable[tuple[str, str]]]) -> Completer:
    """Completes the last item of a list with commas; ``words`` gives each with what the shell says beside it."""

    def complete(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
        before, comma, last = incomplete.rpartition(",")
        given = set(before.split(","))
        return [
            CompletionItem(before + comma + word, help=said)
            for word, said in words()
            if word.lower().startswith(last.lower()) and word not in given
        ]

    return complete


def _rules() -> Iterator[tuple[str, str]]:
    known = sorted(names.rules(), key=lambda rule: rule.id)
    yield from ((rule.id, rule.name) for rule in known)
    yield from dict.fromkeys((rule.id.rstrip("0123456789"), rule.category) for rule in known)
    yield from ((rule.name, rule.id) for rule in known)


def _places() -> Iterator[tuple[str, str]]:
    yield "auto", "as the page says"
    yield "all", "every place on file"
    yield from names.places()


def _to_explain() -> Iterator[tuple[str, str]]:
    yield from _rules()
    yield from names.places()
    yield from ((concept, "concept") for concept in names.concepts())
    yield from ((provision, "law or evidence") for provision in names.provisions())


rules = _listed(_rules)
places = _listed(_places)
languages = _listed(lambda: ((language, "") for language in names.languages()))
_explainable = _listed(_to_explain)


def report_formats(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of formats; behind ``NAME=`` nothing, for there the shell would offer a file without the name."""
    return [CompletionItem(name) for name in formats() if name.startswith(incomplete)]


def paths(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Files, and before them, for ``explain``, what else can be explained."""
    known = _explainable(ctx, parameter, incomplete) if ctx.command.name == "explain" and incomplete else []
    return [CompletionItem(incomplete, type=_FILE), *known]


def facets(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The first parts of the ids of concepts."""
    found = dict.fromkeys(concept.partition(".")[0] for concept in names.concepts())
    return [CompletionItem(facet) for facet in found if facet.startswith(incomplete)]
