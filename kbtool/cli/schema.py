"""`kbtool schema`: what may stand in a file, as JSON Schema, so that editors complete and check it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import click

from kbtool.config import Settings, SiteKeys
from kbtool.content.metadata import Metadata
from kbtool.errors import Exit
from kbtool.typed import schema_of

DRAFT = "https://json-schema.org/draft/2020-12/schema"


@click.command()
@click.argument("what", type=click.Choice(["config", "article"]))
def command(what: str) -> int:
    """Print the JSON Schema of the settings file or of the front matter of articles.

    Editors use it to complete keys, to show what they mean, and to mark mistakes while you write.
    """
    schema = config_schema() if what == "config" else article_schema()
    click.echo(json.dumps(schema, ensure_ascii=False, indent=2))
    return Exit.CLEAN


def config_schema() -> Mapping[str, Any]:
    """Of `mkdocs.yml`: kbtool's own settings strictly; of the others those that it reads."""
    own = {"type": "object", "properties": {"kbtool": schema_of(Settings)}}
    plugins = {
        "description": "kbtool's settings stand below `- kbtool:`.",
        "type": ["array", "object"],
        "items": {"anyOf": [{"type": "string"}, own]},
        "properties": own["properties"],
    }
    site = schema_of(SiteKeys, closed=False)
    properties = {**site["properties"], "plugins": plugins}
    return {"$schema": DRAFT, "title": "mkdocs.yml with kbtool", **site, "properties": properties}


def article_schema() -> Mapping[str, Any]:
    """Of the front matter; other keys are allowed, since settings can give them a meaning."""
    return {"$schema": DRAFT, "title": "Front matter of kbtool", **schema_of(Metadata, closed=False)}
