"""What published evidence carries: an effect's strength against the certainty of the rows on file (design: GRADE)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from menulint.claim import Claim
from menulint.pack.model import EvidenceRow, Pack
from menulint.ui import Catalogue, Value, Word

CARRIED = {"high": 3, "moderate": 2, "low": 1, "very-low": 0, "none": 0}
"""The strength of effect wording that a certainty carries; 4 (cures, permanent) never."""
ATTRIBUTED = 1
"""What carries no more than this is said with its study: "in one small trial"."""
ABOUT = frozenset({"efficacy", "medicinal", "evidence"})
"""Categories of rules whose findings say what research carries."""
CONTRADICTED = frozenset({"safety", "approval", "superiority"})
"""Categories whose findings say so where the evidence points the other way, and else nothing."""
SAID = ("effect", "safety", "authority", "comparison")
"""Facets a row can be about: what is said of a thing."""
BY_EVIDENCE = frozenset({"substance", "route", "condition", "effect"})
"""Facets whose mentions decide which rows are about a claim."""
_ASKED = ABOUT | CONTRADICTED
_UNKNOWN = "?"
"""Stands for what is said of a thing that nobody reviewed: that names it."""
_MOST_ANSWERS = 1 << 12
"""How many combinations of concepts are remembered with the rows about them."""
_FAR = 99
"""Further than any ancestor: what a row leaves open."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the rows nearest to a claim say of it. Without rows nobody reviewed it here, which carries nothing."""

    rows: tuple[EvidenceRow, ...]
    strength: int

    @property
    def contradicted(self) -> bool:
        """Whether the evidence points the other way."""
        return any(row.level == "contradicted" for row in self.rows)

    @property
    def carried(self) -> int:
        """The strength of wording that the best row carries."""
        return 0 if self.contradicted else max(map(carried, self.rows), default=0)

    @property
    def exceeds(self) -> bool:
        """Whether the claim says more than that."""
        return self.contradicted or self.strength > self.carried

    @property
    def telling(self) -> EvidenceRow:
        """The row to quote: one that contradicts, else the one that carries most."""
        return max(self.rows, key=lambda row: (row.level == "contradicted", carried(row)))


def carried(row: EvidenceRow) -> int:
    """The strength of effect wording that a row carries."""
    return 0 if row.level == "contradicted" else CARRIED[row.certainty]


def assess(claim: Claim, pack: Pack) -> Assessment:
    """A claim against the rows on file."""
    strength = max((pack.concepts[c].strength for c in _about(claim)), default=0)
    return Assessment(rows_for(claim, pack), strength)


def carries(claim: Claim, pack: Pack) -> bool:
    """Whether the rows on file carry the strength of the claim's effect. No row carries nothing: it was not reviewed."""
    return not assess(claim, pack).exceeds


def rows_for(claim: Claim, pack: Pack) -> tuple[EvidenceRow, ...]:
    """The rows on what is said of a substance: those of the nearest concepts, and of the exact route before any.

    A row of another route than the one that is claimed says nothing. Where no route is claimed, a row that leaves it
    open comes first, then those of any.
    """
    asked = _asked(claim)
    answers = pack.answers
    found: tuple[EvidenceRow, ...] | None = answers.get(asked)
    if found is None:
        if len(answers) >= _MOST_ANSWERS:
            answers.clear()
        answers[asked] = found = _nearest(*asked, pack)
    return found


_Concepts: TypeAlias = tuple[str, ...]


def _asked(claim: Claim) -> tuple[_Concepts, _Concepts, _Concepts, _Concepts]:
    """All of a claim that decides which rows are about it: what is said, substances, routes and conditions."""
    return _about(claim), _concepts(claim, "substance"), _concepts(claim, "route"), _concepts(claim, "condition")


def _nearest(
    about: _Concepts, substances: _Concepts, routes: _Concepts, conditions: _Concepts, pack: Pack
) -> tuple[EvidenceRow, ...]:
    near: dict[tuple[int, ...], list[EvidenceRow]] = {}
    for row, distance in _fitting(about, substances, routes, conditions, pack):
        near.setdefault(distance, []).append(row)
    return tuple(near[min(near)]) if near else ()


def _fitting(
    about: _Concepts, substances: _Concepts, routes: _Concepts, conditions: _Concepts, pack: Pack
) -> Iterator[tuple[EvidenceRow, tuple[int, ...]]]:
    is_named = any(pack.concepts[concept].trigger for concept in substances)
    lineage = frozenset[str]().union(*(pack.ancestors[concept] for concept in substances))
    said = frozenset[str]().union(*(pack.ancestors[concept] for concept in about))
    for row in pack.evidence:
        if (row.effect and row.effect not in said) or (row.substance and row.substance not in lineage):
            continue  # what a row asks for is not there
        if is_named and not row.substance and row.level != "contradicted":
            continue  # what needling does by itself says nothing of what is needled in
        if row.route and not routes:
            # That nobody studied one route says nothing where no route is claimed.
            route = _FAR + 1 if row.substance and row.level != "none" else None
        else:
            route = _away(row.route, routes, pack)
        away = (
            _away(row.substance, substances, pack),
            _away(row.effect, about, pack),
            _away(row.condition, conditions, pack),
            route,
        )
        distance = tuple(steps for steps in away if steps is not None)
        if len(distance) == len(away):
            yield row, distance


def _about(claim: Claim) -> tuple[str, ...]:
    """What is said: the head if it says something of a thing, else the effects bound to it."""
    return (claim.head.concept,) if claim.head.facet in SAID else _concepts(claim, "effect")


def _concepts(claim: Claim, facet: str) -> tuple[str, ...]:
    bound = tuple([filler.mention.concept for filler in claim.roles.get(facet, ())])
    return (claim.head.concept, *bound) if claim.head.facet == facet else bound


def _away(wanted: str, concepts: Iterable[str], pack: Pack) -> int | None:
    """How many generations the wanted concept is above the nearest of some; None if above none of them."""
    if not wanted:
        return _FAR
    return min((steps for c in concepts if (steps := _steps(c, wanted, pack)) is not None), default=None)


def _steps(concept: str, wanted: str, pack: Pack) -> int | None:
    if wanted not in pack.ancestors[concept]:
        return None
    steps, generation = 0, {concept}
    while wanted not in generation:
        steps, generation = steps + 1, {parent for each in generation for parent in pack.concepts[each].is_a}
    return steps


# In words


def said(claim: Claim, category: str, pack: Pack, words: Catalogue) -> str:
    """What research carries of a claim, in a sentence or two; nothing where a rule's category does not ask for it."""
    if category not in _ASKED:
        return ""
    is_about = category in ABOUT
    key = words.language, is_about, *_asked(claim)
    found: str | None = pack.answers.get(key)
    if found is None:
        found = pack.answers[key] = _sentences(assess(claim, pack), is_about, words)
    return _not_reviewed(claim, pack, words) if found == _UNKNOWN else found


def _sentences(assessment: Assessment, is_about: bool, words: Catalogue) -> str:
    if assessment.contradicted or (assessment.rows and is_about):
        return _of(assessment, words)
    return "" if assessment.rows or not is_about else _UNKNOWN


def _not_reviewed(claim: Claim, pack: Pack, words: Catalogue) -> str:
    """Said of a substance that can make a finding, not of any cream or device."""
    substances = (f.mention for f in claim.roles.get("substance", ()) if pack.concepts[f.mention.concept].trigger)
    substance = next(substances, None)
    return words("evidence.not-reviewed", substance=substance.text) if substance else ""


def _of(assessment: Assessment, words: Catalogue) -> str:
    row = assessment.telling
    values: dict[str, Value] = {
        "supports": words.sentence(row.supports),
        "certainty": Word("certainty", row.certainty),
        "source": f"{row.id}: {_source(row.citations[0], with_url=False)}" if row.citations else row.id,
    }
    if assessment.contradicted:
        return words("evidence.contradicted", **values)
    if not assessment.carried:
        return words("evidence.nothing", **values)
    if assessment.carried == ATTRIBUTED:
        return words("evidence.attributed", **values)
    return words("evidence.carried", **values)


def in_full(row: EvidenceRow, words: Catalogue) -> str:
    """A row with all it says and all its sources, as a paragraph."""
    return words(
        "evidence.row",
        **{"not-supported": row.does_not_support},
        id=row.id,
        level=Word("study-level", row.level),
        certainty=Word("certainty", row.certainty),
        carried=Word("evidence", _CARRIES[carried(row)] if row.level != "contradicted" else "against"),
        finding=row.finding,
        supports=words.sentence(row.supports),
        sources="; ".join(_source(citation) for citation in row.citations),
    )


_CARRIES = ("carries-nothing", "carries-appearance", "carries-improvement", "carries-change")


def _source(citation: Mapping[str, str], *, with_url: bool = True) -> str:
    """A citation with its DOI, PMID and address, as far as it has them."""
    doi, pmid = citation.get("doi", ""), citation.get("pmid", "")
    parts = (
        citation["ref"],
        doi and f"doi:{doi}",
        pmid and f"PMID {pmid}",
        citation.get("url", "") if with_url else "",
    )
    return ", ".join(filter(None, parts))


def rows_about(concepts: Iterable[str], pack: Pack) -> Iterator[EvidenceRow]:
    """The rows on some concepts or their descendants."""
    wanted = set(concepts)
    for row in pack.evidence:
        keys = filter(None, (row.substance, row.effect, row.route, row.condition))
        if any(wanted & pack.ancestors[key] for key in keys):
            yield row
