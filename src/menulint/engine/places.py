"""Which jurisdictions judge a file, and which of them decide a finding's own verdict and severity."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from menulint.errors import UsageError
from menulint.pack.model import Pack


class Judging(Struct, frozen=True):
    """``codes`` are judged and listed; ``raising`` of them decide; ``shown`` is what the report says the file is under."""

    codes: tuple[str, ...]
    raising: frozenset[str]
    shown: tuple[str, ...]
    notes: tuple[str, ...] = ()


def judging(codes: Sequence[str], pack: Pack, reference: Sequence[str]) -> Judging:
    """How to judge under the given codes; none given, or ``all``: every jurisdiction, the reference set decides.

    A valid code without law in the pack is judged by the reference set, and says so.

    Raises:
        UsageError: a code that ISO 3166 does not know.
    """
    if not codes or "all" in codes:
        return _by_reference(pack, reference, ("all",))
    for code in codes:
        check_code(code, pack)
    known = tuple(code for code in codes if code in pack.jurisdictions)
    lawless = [code for code in codes if code not in pack.jurisdictions]
    if not lawless:
        return Judging(known, frozenset(known), tuple(codes))
    note = (
        f"no law on file for {', '.join(lawless)}: judged by the reference set {', '.join(_present(pack, reference))}"
    )
    by_reference = _by_reference(pack, reference, tuple(codes), (note,))
    return Judging(
        tuple(dict.fromkeys((*known, *by_reference.codes))),
        by_reference.raising | frozenset(known),
        by_reference.shown,
        by_reference.notes,
    )


def _by_reference(pack: Pack, reference: Sequence[str], shown: tuple[str, ...], notes: tuple[str, ...] = ()) -> Judging:
    present = _present(pack, reference)
    return Judging(tuple(dict.fromkeys((*present, *sorted(pack.jurisdictions)))), frozenset(present), shown, notes)


def _present(pack: Pack, reference: Sequence[str]) -> tuple[str, ...]:
    return tuple(code for code in reference if code in pack.jurisdictions)


def check_code(code: str, pack: Pack) -> None:
    """Refuse what is neither in the pack nor a country or subdivision of ISO 3166.

    Raises:
        UsageError: it is neither; says which code may have been meant.
    """
    if code in pack.jurisdictions or code == "EU" or _is_iso(code):
        return
    import difflib

    near = difflib.get_close_matches(code.upper(), [*pack.jurisdictions, "UK"], n=1)
    hint = (
        " (did you mean GB?)"
        if code.upper() == "UK" or near == ["UK"]
        else f" (did you mean {near[0]}?)"
        if near
        else ""
    )
    raise UsageError(
        f"unknown jurisdiction {code!r}{hint}; expected auto, all, EU, a country (ISO 3166-1, such as GB) "
        "or a part of one (ISO 3166-2, such as GB-NIR)"
    )


@cache
def _is_iso(code: str) -> bool:
    import pycountry  # only for codes the pack does not hold: its tables take a while to read

    countries: Any = pycountry.countries
    subdivisions: Any = pycountry.subdivisions
    return (subdivisions.get(code=code) if "-" in code else countries.get(alpha_2=code)) is not None
