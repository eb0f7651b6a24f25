"""The rules over time: whose law began, ended or was reviewed since a day, and what nobody has reviewed for long."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from menulint.cli import _law, _show
from menulint.cli._law import Asked
from menulint.engine import history, record
from menulint.engine.history import Change
from menulint.pack.model import Pack, Provision
from menulint.ui import Catalogue


def show_changes(pack: Pack, since: date, wanted: Asked, words: Catalogue) -> None:
    """Print what began, ended or is announced, place by place, then what was reviewed."""
    found = history.changes(pack, since, wanted.on, wanted.codes)
    _show.line(words("time.title", since=since.isoformat(), day=wanted.on.isoformat()))
    for note in wanted.notes:
        _show.paragraph(words.sentence(note), indent=2)
    if not found:
        _show.line(f"  {words('time.no-change')}")
    by_place: dict[str, list[Change]] = defaultdict(list)
    for change in found:
        by_place[change.provision.jurisdiction].append(change)
    for code, changes in sorted(by_place.items()):
        _show.line()
        heirs = _heirs(pack, code, words)
        _show.line(f"{code}, {pack.jurisdictions[code].name}{heirs}")
        for change in changes:
            label = words(f"time.{change.kind}", day=change.day.isoformat(), provision=change.provision.id)
            _show.labelled(label, _said(change.provision, words), indent=2)
    _show.line()
    _show_reviewed(pack, since, wanted, words)


def _heirs(pack: Pack, code: str, words: Catalogue) -> str:
    """The places that take over a place's law, for which its changes count as well."""
    heirs = [c for c, place in sorted(pack.jurisdictions.items()) if any(i.source == code for i in place.inherits)]
    return words("time.heirs", places=", ".join(heirs)) if heirs else ""


def _said(provision: Provision, words: Catalogue) -> str:
    rules = ", ".join(history.rules_of(provision)) or words("time.no-rule")
    return f"{words.sentence(provision.gist)} ({rules}) {provision.url}"


def _show_reviewed(pack: Pack, since: date, wanted: Asked, words: Catalogue) -> None:
    by_place: dict[str, list[str]] = defaultdict(list)
    for provision in history.reviewed_since(pack, since, wanted.codes):
        by_place[provision.jurisdiction].append(provision.id)
    _show.line(words("time.reviewed"))
    for code, ids in sorted(by_place.items()):
        _show.labelled(f"{code} ({len(ids)})", ", ".join(ids), indent=2)
    rows = [row.id for row in history.rows_reviewed_since(pack, since)]
    _show.labelled(f"{words('evidence.title')} ({len(rows)})", ", ".join(rows), indent=2)
    if not by_place and not rows:
        _show.line(f"  {words('time.none')}")


def changes_value(pack: Pack, since: date, wanted: Asked) -> dict[str, Any]:
    """The same as JSON."""
    return {
        "since": since.isoformat(),
        "as_of": wanted.on.isoformat(),
        "changes": [
            {
                "day": change.day.isoformat(),
                "change": change.kind,
                "rules": list(change.rules),
                "inherited_by": record.heirs(pack, change.provision),
                "provision": _law.provision_value(change.provision, record.state(change.provision, wanted.on)),
            }
            for change in history.changes(pack, since, wanted.on, wanted.codes)
        ],
        "reviewed": {
            "provisions": [_reviewed(p) for p in history.reviewed_since(pack, since, wanted.codes)],
            "evidence": [{"id": row.id, "reviewed": row.reviewed} for row in history.rows_reviewed_since(pack, since)],
        },
    }


def _reviewed(provision: Provision) -> dict[str, Any]:
    return {
        "id": provision.id,
        "place": provision.jurisdiction,
        "reviewed": provision.reviewed,
        "rules": list(history.rules_of(provision)),
        "url": provision.url,
    }


def show_stale(pack: Pack, day: date, wanted: Asked, words: Catalogue) -> bool:
    """Print what was last reviewed before a day; whether there is anything."""
    provisions = history.not_reviewed_since(pack, day, wanted.on, wanted.codes)
    rows = history.rows_not_reviewed_since(pack, day)
    stale = len(provisions) + len(rows)
    _show.line(words.count("time.stale", stale, since=day.isoformat()))
    for provision in provisions:
        label = words("time.last", day=provision.reviewed, place=provision.jurisdiction, id=provision.id)
        _show.labelled(label, _said(provision, words), indent=2)
    for row in rows:
        _show.labelled(
            words("time.last", day=row.reviewed, place=words("evidence.title"), id=row.id), row.finding, indent=2
        )
    return stale > 0


def stale_value(pack: Pack, day: date, wanted: Asked) -> dict[str, Any]:
    """The same as JSON."""
    rows = history.rows_not_reviewed_since(pack, day)
    return {
        "not_reviewed_since": day.isoformat(),
        "as_of": wanted.on.isoformat(),
        "provisions": [_reviewed(p) for p in history.not_reviewed_since(pack, day, wanted.on, wanted.codes)],
        "evidence": [{"id": row.id, "reviewed": row.reviewed} for row in rows],
    }
