"""`kbtool schema`: valid JSON Schema, and true of every file that we have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from kbtool.cli import run
from kbtool.cli.schema import article_schema, config_schema
from kbtool.config import Settings
from kbtool.content.metadata import Metadata
from kbtool.errors import Exit
from kbtool.typed import keys_of
from tests.conftest import ROOT
from tests.test_docs import settings_files

KEYWORDS = {
    *("$schema", "title", "type", "properties", "additionalProperties", "items", "anyOf", "enum", "required"),
    *("pattern", "minimum", "maximum", "maxProperties", "description", "default"),
}
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


class Core(yaml.SafeLoader):
    """YAML as editors read it (1.2): dates are texts."""


Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Core.add_multi_constructor("!", lambda *_: "")


def wrong(value: Any, schema: Any, at: str = "") -> Iterator[str]:
    """Where a value breaks a schema: all keywords that we use, and no others."""
    if isinstance(schema, bool):
        yield from [] if schema else [f"{at}: nothing is allowed here"]
        return
    assert set(schema) <= KEYWORDS
    yield from wrong_itself(value, schema, at)
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from wrong(item, schema.get("items", True), f"{at}[{number}]")
    if isinstance(value, dict):
        yield from (f"{at}: {name} is missing" for name in schema.get("required", ()) if name not in value)
        if len(value) > schema.get("maxProperties", len(value)):
            yield f"{at}: too many keys"
        own, others = schema.get("properties", {}), schema.get("additionalProperties", True)
        for name, inner in value.items():
            yield from wrong(inner, own.get(name, others), f"{at}.{name}")


def wrong_itself(value: Any, schema: dict[str, Any], at: str) -> Iterator[str]:
    """What is wrong with a value apart from what it holds."""
    names = [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", list(TYPES))
    fits = [name for name in names if isinstance(value, TYPES[name])]
    if not fits or (isinstance(value, bool) and "boolean" not in fits):
        yield f"{at}: {value!r} is none of {names}"
    if value not in schema.get("enum", [value]):
        yield f"{at}: {value!r} is not in {schema['enum']}"
    if "anyOf" in schema and all(list(wrong(value, one, at)) for one in schema["anyOf"]):
        yield f"{at}: {value!r} fits none"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{at}: {value!r} does not match {schema['pattern']}"
    if isinstance(value, int | float):
        low, high = schema.get("minimum", value), schema.get("maximum", value)
        if not low <= value <= high:
            yield f"{at}: {value!r} is out of bounds"


def front_matter(path: Path) -> Any:
    parts = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.load(parts[1], Core) if path.read_text(encoding="utf-8").startswith("---\n") else {}  # noqa: S506


@pytest.mark.parametrize("what", ["config", "article"])
def test_it_is_printed_as_json(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", what]) == Exit.CLEAN
    schema = json.loads(capsys.readouterr().out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema == (config_schema() if what == "config" else article_schema())


def test_every_key_is_there_with_what_it_means() -> None:
    own = config_schema()["properties"]["plugins"]["properties"]["kbtool"]["properties"]
    assert set(own) == set(keys_of(Settings))
    assert set(article_schema()["properties"]) == set(keys_of(Metadata))
    for properties in (own, article_schema()["properties"], own["contact"]["properties"]):
        assert all(len(schema["description"]) > 4 for schema in properties.values())
    assert own["stale"]["properties"]["review_every"]["default"] == "180d"
    assert own["identity"]["properties"]["colour"]["default"] == "indigo"


SETTINGS = [ROOT / "mkdocs.yml", *sorted((ROOT / "bench" / "sites").glob("*.yml"))]
ARTICLES = sorted((ROOT / "articles").rglob("*.md"))
EXAMPLES = [
    example
    for path in sorted([*(ROOT / "docs").rglob("*.md"), *(ROOT / "articles").rglob("*.md")])
    for example in settings_files(path)
]


@pytest.mark.parametrize("path", SETTINGS, ids=lambda path: path.name)
def test_our_settings_fit(path: Path) -> None:
    value = yaml.load(path.read_text(encoding="utf-8"), Core)  # noqa: S506
    assert list(wrong(value, config_schema())) == []


def test_the_settings_in_the_documents_fit() -> None:
    assert len(EXAMPLES) > 3
    for example in EXAMPLES:
        assert list(wrong(yaml.load(example, Core), config_schema())) == []  # noqa: S506


def test_our_articles_fit() -> None:
    assert len(ARTICLES) > 30
    for path in ARTICLES:
        assert list(wrong(front_matter(path), article_schema(), path.name)) == []


@pytest.mark.parametrize(
    "text",
    [
        "title: [a]",
        "type: blog",
        "audience: agent",
        "reviewed: yesterday",
        "review_every: often",
        "id: a b",
        "questions: [{question: a}]",
        "topics: {a: b}",
    ],
)
def test_mistakes_in_front_matter_are_marked(text: str) -> None:
    assert list(wrong(yaml.load(text, Core), article_schema()))  # noqa: S506


@pytest.mark.parametrize(
    "text",
    [
        "identity: {color: teal}",
        "identity: {colour: tael}",
        "stale: {fdr: 2}",
        "stale: {queue: many}",
        "locals: {en: English}",
        "contact: {answer_within: soon}",
        "articles: {layout: somewhere}",
        "articles: {fields: {a: {b: {c: d}, e: {f: g}}}}",
        "contact: {phone: {nummer: 1}}",
    ],
)
def test_mistakes_in_settings_are_marked(text: str) -> None:
    value = {"plugins": ["search", {"kbtool": yaml.load(text, Core)}]}  # noqa: S506
    assert list(wrong(value, config_schema()))


def test_keys_of_others_are_left_alone() -> None:
    assert list(wrong({"nav": [], "plugins": ["search", {"other": {"a": 1}}]}, config_schema())) == []
    assert list(wrong({"title": 2024, "reading_time": 3, "hide": ["toc"]}, article_schema())) == []
