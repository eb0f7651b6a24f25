"""The closed predicates of ``when``, made ready once per pack and asked of one claim after the other, in one jurisdiction."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct

from menulint.claim import UP_TO, Claim, Filler
from menulint.engine.evidence import BY_EVIDENCE, carries
from menulint.mention import facet_of
from menulint.pack.model import Condition, Pack
from menulint.ui import Joined, Message, Value, Word

DEFAULT_WITHIN = "section"


class Standing:
    """What things are in some places ("prescription-only"): the same statuses, asked many times."""

    def __init__(self, statuses: Mapping[str, str], pack: Pack) -> None:
        self._statuses, self._pack = statuses, pack
        self._having: dict[str, frozenset[str]] = {}

    def having(self, status: str) -> frozenset[str]:
        """The concepts that have a status there, or descend from one that has."""
        if status not in self._having:
            own = {concept for concept, has in self._statuses.items() if has == status}
            ancestors = self._pack.ancestors
            self._having[status] = frozenset(c for c in self._pack.concepts if not own.isdisjoint(ancestors[c]))
        return self._having[status]


class Case(Struct, frozen=True, gc=False):
    """A claim before one jurisdiction, and what things are there.

    ``explains``: outcomes say why a condition does not hold. Most do not, and nobody asks why.
    """

    claim: Claim
    standing: Standing
    explains: bool = False


class Outcome(Struct, frozen=True, gc=False):
    """Whether a condition holds, the mentions it needed for that, and why not where it does not."""

    holds: bool
    used: tuple[Filler, ...] = ()
    reason: Message | Joined | None = None


Check: TypeAlias = Callable[[Case], Outcome]
"""A condition that is ready to be asked."""

YES = Outcome(True)
NO = Outcome(False)


class Conditions:
    """Makes the conditions of a pack ready; each of them once, however many places share it."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._asks: dict[int, tuple[Condition, Asked]] = {}
        self._statuses: dict[int, tuple[Condition, str]] = {}
        self._ready: dict[
            int, tuple[Condition, Check]
        ] = {}  # by identity; the condition is kept so that it stays its own

    def ready(self, condition: Condition) -> Check:
        """A condition of a rule or a provision."""
        known = self._ready.get(id(condition))
        if known is None:
            known = self._ready[id(condition)] = condition, self.inside(condition, DEFAULT_WITHIN)
        return known[1]

    def asks(self, condition: Condition) -> Asked:
        """What a condition asks of a claim."""
        known = self._asks.get(id(condition))
        if known is None:
            known = self._asks[id(condition)] = condition, _asks(condition, self)
        return known[1]

    def status(self, condition: Condition) -> str:
        """The status a condition asks for: ``status_named``, looked for once."""
        known = self._statuses.get(id(condition))
        if known is None:
            known = self._statuses[id(condition)] = condition, status_named(condition)
        return known[1]

    def inside(self, condition: Condition, within: str) -> Check:
        """A condition inside another, whose scope it has if it names none: all its predicates hold."""
        within = condition.get("within", within)
        checks = [PREDICATES[name](value, within, self) for name, value in condition.items() if name != "within"]
        return checks[0] if len(checks) == 1 else _every(checks)

    def kinds(self, concept: str) -> frozenset[str]:
        """A concept with all that descend from it."""
        return self._descendants.get(concept, frozenset())

    def any_kind(self, concepts: Iterable[str]) -> frozenset[str]:
        """Some concepts with all that descend from any of them."""
        return frozenset[str]().union(*map(self.kinds, concepts))

    def no(self, case: Case, reason: str, **values: Value | tuple[str, ...]) -> Outcome:
        """The condition does not hold, for a reason of the catalogue; a tuple holds concepts, which go by their labels."""
        if not case.explains:
            return NO
        said = {
            name: value if isinstance(value, str | int | Word | Message | Joined) else self._labels(value)
            for name, value in values.items()
        }
        return Outcome(False, reason=Message.of(f"reason.{reason}", **said))

    @cached_property
    def _descendants(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for concept in self.pack.concepts:
            for ancestor in self.pack.ancestors[concept]:
                found[ancestor].add(concept)
        return {concept: frozenset(descendants) for concept, descendants in found.items()}

    def _labels(self, concepts: Iterable[str]) -> str:
        return ", ".join(self.pack.concepts[concept].label for concept in concepts)


def _every(checks: Sequence[Check]) -> Check:
    def check(case: Case) -> Outcome:
        used: list[Filler] = []
        for each in checks:
            outcome = each(case)
            if not outcome.holds:
                return outcome
            used.extend(outcome.used)
        return _with(used)

    return check


def _with(used: Sequence[Filler]) -> Outcome:
    if not used:
        return YES
    return Outcome(True, tuple(used if len(used) == 1 else {id(filler): filler for filler in used}.values()))


def _concept(wanted: str, within: str, known: Conditions) -> Check:
    kinds, facet, scopes = known.kinds(wanted), facet_of(wanted), UP_TO[within]

    def check(case: Case) -> Outcome:
        claim = case.claim
        if claim.head.concept in kinds:
            return YES
        for filler in claim.roles.get(facet, ()):
            if filler.mention.concept in kinds and filler.scope in scopes:
                return Outcome(True, (filler,))
        return known.no(case, "not-bound", concept=(wanted,), within=Word("scope", within)) if case.explains else NO

    return check


def _all(conditions: Iterable[Condition], within: str, known: Conditions) -> Check:
    return _every([known.inside(condition, within) for condition in conditions])


def _any(conditions: Iterable[Condition], within: str, known: Conditions) -> Check:
    checks = [known.inside(condition, within) for condition in conditions]

    def check(case: Case) -> Outcome:
        reasons = []
        for each in checks:
            outcome = each(case)
            if outcome.holds:
                return outcome
            if outcome.reason:
                reasons.append(outcome.reason)
        return Outcome(False, reason=Joined(tuple(reasons))) if reasons else NO

    return check


def _none(conditions: Sequence[Condition], within: str, known: Conditions) -> Check:
    checks = [(known.inside(condition, within), condition) for condition in conditions]

    def check(case: Case) -> Outcome:
        for each, condition in checks:
            if each(case).holds:
                if not case.explains:
                    return NO
                return _excepted(condition, within, case, known)
        return YES

    return check


def _excepted(condition: Condition, within: str, case: Case, known: Conditions) -> Outcome:
    """Why an exception holds: what it is about, or that what it asks for is missing."""
    if named := _named(condition):
        return known.no(case, "excepted", what=named)
    if "status" in condition:
        return known.no(case, "excepted", what=Word("law-status", condition["status"]))
    if "missing" in condition:
        place = Word("scope", condition.get("within", within))
        return known.no(case, "not-bound", concept=tuple(condition["missing"]), within=place)
    return known.no(case, "excepted-otherwise")


def _except(concepts: Sequence[str], within: str, known: Conditions) -> Check:
    excepted = [(known.kinds(concept), concept) for concept in concepts]

    def check(case: Case) -> Outcome:
        for kinds, concept in excepted:
            if case.claim.head.concept in kinds:
                return known.no(case, "excepted-concept", concept=(concept,))
        return YES

    return check


def _of(roles: Mapping[str, Sequence[str]], within: str, known: Conditions) -> Check:
    parts = [(facet, known.any_kind(wanted), tuple(wanted)) for facet, wanted in roles.items()]
    scopes = UP_TO[within]

    def check(case: Case) -> Outcome:
        used: list[Filler] = []
        for facet, kinds, wanted in parts:
            for filler in case.claim.roles.get(facet, ()):
                if filler.mention.concept in kinds and filler.scope in scopes:
                    used.append(filler)
                    break
            else:
                return known.no(case, "none-of", facet=Word("facet", facet), concepts=wanted) if case.explains else NO
        return Outcome(True, tuple(used))

    return check


def _status(wanted: str, within: str, known: Conditions) -> Check:
    def check(case: Case) -> Outcome:
        having = case.standing.having(wanted)
        if case.claim.head.concept in having:
            return YES
        for filler in case.claim.fillers(within, "substance"):
            if filler.mention.concept in having:
                return Outcome(True, (filler,))
        return known.no(case, "no-status", status=Word("law-status", wanted)) if case.explains else NO

    return check


def _stance(stances: Iterable[str], within: str, known: Conditions) -> Check:
    fitting = frozenset(stances)

    def check(case: Case) -> Outcome:
        stance = case.claim.stance
        return YES if stance in fitting else known.no(case, "stance", stance=Word("stance", stance))

    return check


def _speaker(speakers: Iterable[str], within: str, known: Conditions) -> Check:
    fitting = frozenset(speakers)

    def check(case: Case) -> Outcome:
        speaker = case.claim.speaker
        return YES if speaker in fitting else known.no(case, "speaker", speaker=Word("speaker", speaker))

    return check


def _missing(concepts: Sequence[str], within: str, known: Conditions) -> Check:
    wanted = [(known.kinds(concept), concept) for concept in concepts]

    def check(case: Case) -> Outcome:
        present = case.claim.concepts_within(within)
        for kinds, concept in wanted:
            if not kinds.isdisjoint(present):
                return (
                    known.no(case, "given", concept=(concept,), within=Word("scope", within)) if case.explains else NO
                )
        return YES

    return check


def _number(wanted: Mapping[str, object], within: str, known: Conditions) -> Check:
    unit = str(wanted["unit"])
    numbers = re.compile(rf"(\d+(?:[.,]\d+)?)\s?{re.escape(unit)}(?![^\W\d_])", re.IGNORECASE)
    over, under = float(str(wanted.get("over", "-inf"))), float(str(wanted.get("under", "inf")))

    def check(case: Case) -> Outcome:
        found = (float(number.replace(",", ".")) for number in numbers.findall(case.claim.sentence))
        return YES if any(over < number < under for number in found) else known.no(case, "no-number", unit=unit)

    return check


def _exceeds_evidence(expected: bool, within: str, known: Conditions) -> Check:
    def check(case: Case) -> Outcome:
        exceeds = not carries(case.claim, known.pack)
        return YES if exceeds == expected else known.no(case, "carried")

    return check


def _named(condition: Condition) -> tuple[str, ...]:
    """The concepts a condition is about, at whatever depth, the first ones first."""
    own = (condition["concept"],) if "concept" in condition else ()
    roles = (concept for wanted in condition.get("of", {}).values() for concept in wanted)
    nested = (concept for name in ("all", "any") for part in condition.get(name, ()) for concept in _named(part))
    return tuple(dict.fromkeys((*own, *roles, *nested)))


PREDICATES: dict[str, Callable[..., Check]] = {
    "concept": _concept,
    "all": _all,
    "any": _any,
    "none": _none,
    "except": _except,
    "of": _of,
    "status": _status,
    "stance": _stance,
    "speaker": _speaker,
    "missing": _missing,
    "number": _number,
    "exceeds_evidence": _exceeds_evidence,
}


def head_concepts(condition: Condition) -> tuple[str, ...]:
    """The concepts a rule can begin at: the first one named in its ``when`` (each one of a leading ``any``).

    Raises:
        ValueError: the condition names no concept.
    """
    found = _heads(condition)
    if not found:
        raise ValueError(f"a rule's condition must name a concept, got {sorted(condition)}")
    return found


def _heads(condition: Condition) -> tuple[str, ...]:
    if "concept" in condition:
        return (condition["concept"],)
    if condition.get("all"):
        return next((heads for c in condition["all"] if (heads := _heads(c))), ())
    return tuple(head for c in condition.get("any", ()) for head in _heads(c))


@dataclass(frozen=True)
class Asked:
    """All that some conditions ask of a claim beside its head, speaker and stance.

    ``kinds`` are sets of concepts with the facet of each: of each set, any may be looked for among what is bound to the head.
    All mentions of ``facets`` are looked at one by one. ``absent`` are the scopes in which all of some concepts must be
    missing; ``sentence``: numbers are looked for in its words.
    """

    kinds: frozenset[tuple[str, frozenset[str]]]
    facets: frozenset[str]
    absent: tuple[tuple[str, frozenset[str]], ...]
    sentence: bool

    @cached_property
    def roles(self) -> tuple[tuple[str, Mapping[str, str] | None], ...]:
        """The facets that are looked at, with the concepts that count there, and for each the one that stands for it.

        None: each concept of the facet is looked at by itself.
        """
        by_facet: dict[str, list[frozenset[str]]] = defaultdict(list)
        for facet, kinds in self.kinds:
            by_facet[facet].append(kinds)
        facets = sorted({*by_facet, *self.facets})
        return tuple([(facet, None if facet in self.facets else _StandsFor(by_facet[facet])) for facet in facets])


class _StandsFor(dict[str, str]):
    """For each concept the first one met that belongs to the same kinds, so that conditions cannot tell them apart.

    A concept that counts nowhere has the empty string. Looked up when a concept is first met: pages hold few of them.
    """

    def __init__(self, kinds: Sequence[frozenset[str]]) -> None:
        super().__init__()
        self._kinds = kinds
        self._first: dict[tuple[bool, ...], str] = {}

    def __missing__(self, concept: str) -> str:
        of = tuple([concept in kinds for kinds in self._kinds])
        self[concept] = first = self._first.setdefault(of, concept) if any(of) else ""
        return first


def asked_by(conditions: Iterable[Condition], known: Conditions) -> Asked:
    """What some conditions ask together."""
    return together([known.asks(condition) for condition in conditions])


def together(each: Sequence[Asked]) -> Asked:
    """All that is asked by some that ask."""
    if len(each) == 1:
        return each[0]
    return Asked(
        frozenset[tuple[str, frozenset[str]]]().union(*[one.kinds for one in each]),
        frozenset[str]().union(*[one.facets for one in each]),
        tuple(dict.fromkeys([absent for one in each for absent in one.absent])),
        any(one.sentence for one in each),
    )


def _asks(condition: Condition, known: Conditions) -> Asked:
    """What a condition asks, at whatever depth."""
    kinds: set[tuple[str, frozenset[str]]] = set()
    facets: set[str] = set()
    absent: list[tuple[str, frozenset[str]]] = []
    sentence = False
    for part, within in _parts(condition, DEFAULT_WITHIN):
        if "concept" in part:
            kinds.add((facet_of(part["concept"]), known.kinds(part["concept"])))
        kinds.update([(facet, known.any_kind(wanted)) for facet, wanted in part.get("of", {}).items()])
        facets.update({"substance"} if "status" in part else (), BY_EVIDENCE if "exceeds_evidence" in part else ())
        if "missing" in part:
            absent.append((within, known.any_kind(part["missing"])))
        sentence = sentence or "number" in part
    return Asked(frozenset(kinds), frozenset(facets), tuple(absent), sentence)


def _parts(condition: Condition, within: str) -> Iterator[tuple[Condition, str]]:
    """A condition and all inside it, with the scopes they look in."""
    within = condition.get("within", within)
    yield condition, within
    for name in ("all", "any", "none"):
        for part in condition.get(name, ()):
            yield from _parts(part, within)


def status_named(condition: Condition) -> str:
    """The status a condition asks for ("prescription-only"), so that its outcome differs from place to place; or nothing."""
    nested = [c for name in ("all", "any", "none") for c in condition.get(name, ())]
    return str(condition.get("status", "")) or next(filter(None, map(status_named, nested)), "")
