"""The pack as plain frozen values: what lexicons and rules become once they are loaded and checked.

They are MessagePack's structs: as classes they are made at every start, and a dataclass takes forty times as long to make.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from menulint.late import LatePattern
from menulint.pack.lists import WordLists
from menulint.pack.misspelling import Misspellings, Speller

if TYPE_CHECKING:
    from menulint.pack.index import Words
    from menulint.pack.signs import Sign
    from menulint.pack.stretches import Followers

Uses: TypeAlias = tuple[tuple[int, str], ...]
"""What a form stands for: indexes of entries, each with the spelling whose capitals it asks for, or nothing."""

Condition: TypeAlias = dict[str, Any]
"""A checked ``when`` in its canonical shape: see ``menulint.pack.conditions``."""


YEAR_CITED = LatePattern(r"(?<=[\s(])(?:19|20)\d\d(?=[,;:)]|$)")
"""The year of a citation, as it stands in one: "et al. 2024, Journal", "(2024)"; no page number."""
ANSWERS = ("denied", "relieved", "helped", "utmost", "injected")
"""What makes another concept of one: kinds of answer, and an injection for it."""


class Concept(Struct, frozen=True):
    """A language-independent idea. ``strength`` (1 feels/looks … 4 cures/permanent) is set for effects only, else 0.

    ``denied`` names the concept that an answer or a value "none" makes of it ("Downtime: none"), ``relieved`` what "gone"
    makes of it ("Wrinkles? Gone."), ``helped`` what an offer of help does ("Eczema? We can help."), ``utmost`` what the
    most that can be answered does ("How long does it last?" "Forever."), ``injected`` what an injection for it hints at
    ("excessive sweating … a few injections").
    """

    id: str
    label: str
    is_a: tuple[str, ...] = ()
    trigger: bool = True
    strength: int = 0
    note: str = ""
    denied: str = ""
    relieved: str = ""
    helped: str = ""
    utmost: str = ""
    injected: str = ""


Alternatives: TypeAlias = tuple[tuple[str, ...], ...]
"""What may stand at one place of a phrase, in no order: tuples of folded words."""


class Element(Struct, frozen=True):
    """One step of a phrase: any of ``alternatives``, or a gap of up to ``gap`` tokens."""

    alternatives: Alternatives = ()
    gap: int = 0
    optional: bool = False


class Phrase(Struct, frozen=True):
    """A compiled phrase pattern: tried where a word of ``elements[anchor]`` stands.

    ``need`` is another element without which the text is not worth splitting into words, or -1.
    """

    elements: tuple[Element, ...]
    anchor: int
    need: int = -1


PREDICATES = frozenset({"effect"})
"""Facets whose wordings are verbs with their objects: either may come first, with auxiliaries and adverbs between them."""
_OF_PAGE = frozenset({"trade", "elsewhere", "defines"})
_CUE_GROUPS = {
    "seller": "speaker",
    "third-party": "speaker",
    "zone-open": "zone",
    "zone-close": "zone",
    "clause-break": "clause-break",
    "turns": "turns",
    "teaches": "teaches",
    "trade": "trade",
    "elsewhere": "trade",
    "defines": "defines",
    "declines": "declines",
    "declines-offers": "declines",
    "affirmed": "answer",
    "denied": "answer",
    "relieved": "answer",
    "helped": "answer",
    "utmost": "answer",
}


class Entry(Struct, frozen=True):
    """A term or a cue of one language: what a hit of the matcher means.

    For a term ``concept`` is set, for a cue ``says``. ``scope`` is in tokens, 0 = to the end of the clause.
    ``targets``/``spares`` restrict which facets or concepts a cue may modify. ``weight`` serves genre evidence.
    ``in_headings``: a heading with such a word of leaflets or policies makes its section one of them.
    ``cased`` asks that the text have the capitals of the form ("IV", "PRP", "US").
    """

    lang: str
    concept: str = ""
    says: str = ""
    direction: str = "FORWARD"
    scope: int = 0
    targets: tuple[str, ...] = ()
    spares: tuple[str, ...] = ()
    weight: int = 1
    cased: bool = False
    in_headings: bool = True

    @property
    def group(self) -> str:
        """Hits of one group and language compete for a span, and the longest wins.

        The group of a term is its facet. All stance cues are one group (``cue``), speakers another (``speaker``): "we
        do not" must not swallow "we". Zone marks, clause breaks, refusals of a list and each genre compete
        among themselves.
        """
        if self.concept:
            return self.concept.partition(".")[0]
        return _CUE_GROUPS.get(self.says) or (self.says if self.says.startswith("genre:") else "cue")

    @property
    def of_page(self) -> bool:
        """Whether a cue tells of its page only, and nothing of the words beside it."""
        return self.says in _OF_PAGE or self.says.startswith("genre:")


class Rewording(Struct, frozen=True):
    """One way out of a rule's wordings, in one language.

    ``change`` is replaced and ``drop`` goes; what ``before`` and ``after`` ask for stays. ``writes`` maps the words of
    ``change`` (folded, joined by one space) to what is written for them, or nothing; what it has under "" is written for any
    others. ``ends``: the clause must end there. ``safe``: nothing changes but how something looks. ``example`` is a text
    before and after.
    """

    rule: str
    lang: str
    before: tuple[Element, ...]
    change: tuple[Element, ...]
    after: tuple[Element, ...]
    drop: tuple[Element, ...]
    writes: dict[str, str]
    ends: bool
    safe: bool
    example: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries, compiled for one pass over a text.

    ``forms`` maps a folded form (words joined by one space) to ``(entry index, cased spelling or "")`` pairs;
    ``anchors`` maps a folded word (or words) to indexes of ``phrases``; ``phrases`` holds ``(entry index, Phrase)``;
    ``vetoes`` has the same three shapes for ``unless``: an overlapping veto hit removes that entry's hit.
    """

    entries: Sequence[Entry]
    forms: Mapping[str, Uses]
    phrases: Sequence[tuple[int, Phrase]]
    anchors: Mapping[str, tuple[int, ...]]
    veto_forms: Mapping[str, tuple[int, ...]]
    veto_phrases: Sequence[tuple[int, Phrase]]
    veto_anchors: Mapping[str, tuple[int, ...]]
    abbreviations: dict[str, tuple[str, ...]] = field(default_factory=dict)
    clause_breaks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    common: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Per language, the words of every other sentence: they tell in which language a text is written."""
    joins: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Per language, what joins a predicate to the one before it: "and", "and it"."""
    bridges: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Per language, words that cost nothing in the gaps of predicates: "is", "can", "simply"."""
    lists: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    """Words of which no entry is made, by the name of their list and by language: see ``menulint.pack.lists``."""
    rewordings: Sequence[Rewording] = ()
    misspellings: Misspellings = field(default_factory=Misspellings)
    words: "Words | None" = field(default=None, compare=False, repr=False)
    """The same by word, if the lexicon came compiled: see ``menulint.pack.index``."""
    follows: "Followers | None" = field(default=None, compare=False, repr=False)
    """Where text must not be cut, if the lexicon came compiled: see ``menulint.pack.stretches``."""


class Example(Struct, frozen=True):
    """A text that must (``flagged``) or must not (``allowed``) be found; ``span`` must carry the finding."""

    text: str
    span: str = ""
    jurisdictions: tuple[str, ...] = ()
    format: str = "text"
    reason: str = ""
    as_of: str = ""


class Wording(Struct, frozen=True):
    """What a rule says to people, in one language."""

    what: str
    why: str
    message: str
    rewrite: str


class Rule(Struct, frozen=True):
    """A wording pattern that matters. It knows no law.

    ``what``, ``why``, ``message`` and ``rewrite`` are English; ``texts`` holds them in other languages.
    """

    id: str
    name: str
    category: str
    what: str
    why: str
    when: Condition
    message: str
    rewrite: str
    status: str
    since: str
    supersedes: tuple[str, ...] = ()
    flagged: tuple[Example, ...] = ()
    allowed: tuple[Example, ...] = ()
    gaps_flagged: tuple[Example, ...] = ()
    gaps_allowed: tuple[Example, ...] = ()
    path: str = ""
    texts: dict[str, Wording] = {}

    def wording(self, language: str) -> Wording:
        """What it says in a language: in English where it has no text in that one."""
        return self.texts.get(language) or Wording(self.what, self.why, self.message, self.rewrite)


class Backing(Struct, frozen=True):
    """A provision's view of one rule (in ``backs``: it prohibits or asks; in ``permits``: it switches the rule off)."""

    rule: str
    when: Condition | None = None
    verdict: str = "needs-evidence"
    severity: str = "warning"
    confidence: str = ""


class Provision(Struct, frozen=True):
    """An article, clause, ruling or page of guidance, in our own words. ``backs_nothing`` says why one backs no rule."""

    id: str
    jurisdiction: str
    domain: str
    gist: str
    instrument: str
    provision: str
    url: str
    source_type: str
    binding: str
    confidence: str
    reviewed: str
    verified: bool = True
    in_force_from: date | None = None
    in_force_to: date | None = None
    backs: tuple[Backing, ...] = ()
    permits: tuple[Backing, ...] = ()
    note: str = ""
    backs_nothing: str = ""

    def in_force(self, on: date) -> bool:
        """Whether it binds on that day; an unknown start counts as always."""
        return (self.in_force_from is None or self.in_force_from <= on) and (
            self.in_force_to is None or on <= self.in_force_to
        )


class Status(Struct, frozen=True):
    """What a thing is in one place (``prescription-only``), and the provision that says so."""

    concept: str
    status: str
    by: str


class Inheritance(Struct, frozen=True):
    """A parent jurisdiction and the domains taken from it (none given = all)."""

    source: str
    domains: tuple[str, ...] = ()


class Jurisdiction(Struct, frozen=True):
    """One country, part of one, or the EU: its law, and the signals by which a page shows that it is meant for it.

    ``signals`` maps ``tel`` (prefixes), ``tld``, ``currency`` (ISO codes and signs), ``lang`` (BCP 47), ``words``
    (regulators, registers, places; folded when compiled) to their values. ``gaps`` says what
    of its law was not found, or not read at first hand.
    """

    code: str
    name: str
    languages: tuple[str, ...]
    regulators: tuple[str, ...]
    inherits: tuple[Inheritance, ...]
    statuses: tuple[Status, ...]
    provisions: Sequence[Provision]
    signals: dict[str, tuple[str, ...]]
    gaps: str = ""


class EvidenceRow(Struct, frozen=True):
    """What published research supports for (substance, effect, route, condition); what is empty is left open.

    ``effect`` is what is said of the substance: an effect, or that it is safe, approved or better than another.
    """

    id: str
    substance: str
    effect: str
    route: str
    level: str
    certainty: str
    finding: str
    supports: str
    does_not_support: str
    citations: tuple[dict[str, str], ...]
    reviewed: str
    condition: str = ""

    @property
    def first_year(self) -> int:
        """The year of its first source, 0 where none names a year."""
        return min((int(year) for each in self.citations for year in YEAR_CITED.findall(each["ref"])), default=0)


class Pack(Struct, frozen=True, dict=True):
    """Everything the linter knows about words, rules, law and evidence. ``sha256`` is over the files' content."""

    version: str
    sha256: str
    concepts: Mapping[str, Concept]
    lexicon: Lexicon
    rules: Mapping[str, Rule]
    jurisdictions: Mapping[str, Jurisdiction]
    evidence: Sequence[EvidenceRow]
    signs: "Sequence[Sign]" = ()

    @cached_property
    def ancestors(self) -> Mapping[str, frozenset[str]]:
        """Each concept with itself and all it descends from, to be looked up: walked, it has only those looked up before."""
        return _Ancestors(self.concepts)

    @cached_property
    def speller(self) -> Speller:
        """What rights the misspelt words of a text, before anything is looked for in it."""
        return Speller(self.lexicon.misspellings)

    @cached_property
    def word_lists(self) -> WordLists:
        """The lists of words that no entry is made of."""
        return WordLists(self.lexicon.lists)

    @cached_property
    def answers(self) -> dict[Hashable, Any]:
        """Room for what was worked out of this pack and is asked again; who fills it sees to it that it stays small."""
        return {}

    def on(self, day: date) -> Self:
        """The pack without research that nobody had published by the year of that day. Its law keeps all dates."""
        known = tuple(row for row in self.evidence if row.first_year <= day.year)
        return self if len(known) == len(self.evidence) else replace(self, evidence=known)

    @cached_property
    def provisions(self) -> dict[str, Provision]:
        """All provisions by id."""
        return {p.id: p for j in self.jurisdictions.values() for p in j.provisions}


class _Ancestors(dict[str, frozenset[str]]):
    """By concept, worked out when it is first asked for."""

    def __init__(self, concepts: Mapping[str, Concept]) -> None:
        self._concepts = concepts

    def __missing__(self, concept: str) -> frozenset[str]:
        parents = self._concepts[concept].is_a
        self[concept] = found = frozenset({concept}).union(*(self[parent] for parent in parents))
        return found
