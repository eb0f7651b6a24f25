"""``menulint lexicon``: the words menulint knows."""

from __future__ import annotations

from pathlib import Path

import click

from menulint.cli import _about, _complete, _show
from menulint.cli._options import pack_options
from menulint.errors import UsageError
from menulint.pack.load import load_pack


@click.group(name="lexicon")
def command() -> None:
    """List the concepts, or search the words."""


@command.command(name="list")
@click.argument("facet", required=False, shell_complete=_complete.facets)
@pack_options
def list_concepts(facet: str | None, pack: tuple[Path, ...]) -> None:
    """List all concepts, or those of one facet (route, source, effect, ...)."""
    concepts = load_pack(pack).concepts
    facets = sorted({concept.partition(".")[0] for concept in concepts})
    if facet is not None and facet not in facets:
        raise UsageError(f"no facet is called {facet!r}; there are {', '.join(facets)}")
    chosen = [c for name, c in sorted(concepts.items()) if facet in (None, name.partition(".")[0])]
    if chosen:
        _show.table([(c.id, "trigger" if c.trigger else "support", c.label) for c in chosen])


@command.command(name="search")
@click.argument("words", nargs=-1, required=True)
@pack_options
def search(words: tuple[str, ...], pack: tuple[Path, ...]) -> int:
    """Show which terms, lists and concepts hold these words. Exit code 1 if none does."""
    loaded = load_pack(pack)
    wanted = " ".join(words).casefold()
    found = [(concept, lang, term) for concept, lang, term in _about.terms(loaded) if wanted in term.casefold()]
    found += [(name, lang, word) for name, lang, word in _about.listed(loaded) if wanted in word.casefold()]
    found += [(c.id, "", c.label) for c in loaded.concepts.values() if wanted in f"{c.id} {c.label}".casefold()]
    if found:
        _show.table(sorted(set(found)))
    return 0 if found else 1
