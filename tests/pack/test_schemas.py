"""Our reading of the schemas is that of the standard."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

import jsonschema
import pytest
import yaml
from referencing import Registry, Resource

from menulint.pack import schema
from menulint.pack.files import file_kind
from menulint.pack.nodes import parse

FOLDER = Path(schema.__file__).with_name("schemas")
SCHEMAS = {path.stem: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}
REGISTRY: Registry = Registry().with_resources(
    (f"{name}.json", Resource.from_contents(content)) for name, content in SCHEMAS.items()
)


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_follows_draft_2020_12(name: str) -> None:
    """An editor can use it."""
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])


def test_every_kind_of_file_has_a_schema() -> None:
    """By its place a file has a kind, and by its kind a schema."""
    lexicons = [
        f"lexicons/{name}.yaml"
        for name in "real-words concepts/a en/a en/sets-a en/context en/inflection en/synonyms en/words".split()
    ]
    rules = [f"rules/{name}.yaml" for name in "route/a jurisdictions/GB evidence/a".split()]
    assert {file_kind(PurePosixPath(place)) for place in lexicons + rules} == set(SCHEMAS) - {"common", "condition"}


@pytest.mark.parametrize("place", ["concepts/effect", "en/sets", "en/effect", "evidence/exosome", "jurisdictions/GB"])
def test_a_standard_validator_agrees_that_it_is_right(small: dict[str, str], place: str) -> None:
    """The files of the small pack pass both (dates quoted, since JSON has none)."""
    path = next(p for p in small if p.endswith(f"{place}.yaml"))
    node, _ = parse(small[path], path)
    kind = file_kind(PurePosixPath(path))
    assert node is not None
    assert schema.check(node, kind) == []
    assert list(validator(kind).iter_errors(json.loads(json.dumps(yaml.safe_load(small[path]), default=str)))) == []


WRONG = [
    ("concepts", "- {id: effect.a}"),
    ("concepts", "- {id: effects.a, label: a}"),
    ("concepts", "- {id: effect.a, label: a, strength: 5}"),
    ("concepts", "- {id: effect.a, label: a, strength: 1.5}"),
    ("sets", "a: {pos: noun, words: []}"),
    ("sets", "A: {pos: noun, words: [a]}"),
    ("terms", "- {concept: effect.a, flagged: [1]}"),
    ("terms", "concept: effect.a"),
    ("context", "- {says: refuted, forms: [a]}"),
    ("condition", "{any: []}"),
    ("condition", "{of: {brand: effect.a}}"),
    ("condition", "{}"),
]


@pytest.mark.parametrize(("kind", "text"), WRONG)
def test_a_standard_validator_agrees_that_it_is_wrong(kind: str, text: str) -> None:
    """Both refuse it."""
    node, _ = parse(text, "x.yaml")
    assert node is not None
    assert schema.check(node, kind)
    assert list(validator(kind).iter_errors(yaml.safe_load(text)))


def validator(kind: str) -> jsonschema.Draft202012Validator:
    """The standard validator of one schema."""
    return jsonschema.Draft202012Validator({"$ref": f"{kind}.json"}, registry=REGISTRY)
