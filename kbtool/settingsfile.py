"""`mkdocs.yml` as a tree with places: `!ENV`, `!!python/name:` and `INHERIT` understood, nothing run."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kbtool.model import PythonName
from kbtool.typed import ANYTHING
from kbtool.yamlfile import Node, YamlReader

PYTHON_NAME = "tag:yaml.org,2002:python/name:"


def read(
    path: Path, environ: Mapping[str, str], rule: str, above: tuple[Path, ...] = ()
) -> tuple[Node | None, YamlReader]:
    """The settings as a mapping node (None when it is none), with the reader that holds problems.

    `above` are the files that inherit from this one.
    """
    data = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        reader = YamlReader(str(path), data.decode("utf-8", "replace"), rule)
        reader.problem(data[: error.start].count(b"\n") + 1, 1, "this file is not UTF-8", "save it as UTF-8")
        return None, reader
    reader = YamlReader(str(path), text, rule)
    node = reader.read()
    if node is None or not isinstance(node.value, dict):
        if not reader.findings:
            reader.problem(1, 1, "there are no settings in this file", "start with: site_name: Help")
        return None, reader
    node = _resolved(node, environ, reader)
    parent = node.get("INHERIT")
    if parent is not None and isinstance(parent.value, str):
        node = _inherited(node, parent, (*above, path.resolve()), environ, reader)
    return node, reader


def _inherited(
    node: Node, parent: Node, chain: tuple[Path, ...], environ: Mapping[str, str], reader: YamlReader
) -> Node:
    """The settings of `node` over those of the file that it names; `chain` ends with its own file."""
    base_path = chain[-1].parent / parent.value
    if not base_path.is_file():
        message = f"there is no settings file {parent.value} to inherit from"
        reader.problem(parent.line, parent.column, message, "check the path; it starts at this file's folder")
        return node
    if base_path.resolve() in chain:
        message = f"{parent.value} inherits from this file, so neither can be read"
        reader.problem(parent.line, parent.column, message, "remove one of the two INHERIT lines")
        return node
    base, base_reader = read(base_path, environ, reader.rule, chain)
    reader.findings.extend(base_reader.findings)
    return _merged(base, node) if base else node


def _merged(base: Node, over: Node) -> Node:
    """Mappings are merged key by key; anything else in `over` replaces what `base` says."""
    if not (isinstance(base.value, dict) and isinstance(over.value, dict)):
        return over
    pairs = dict(base.value)
    for name, (at, value) in over.value.items():
        pairs[name] = (at, _merged(pairs[name][1], value) if name in pairs else value)
    return replace(over, value=pairs)


def _resolved(node: Node, environ: Mapping[str, str], reader: YamlReader) -> Node:
    """The tree with every `!ENV NAME` and `!ENV [NAME, default]` replaced by its value."""
    if node.tag == "!ENV":
        items = node.value if isinstance(node.value, list) else [node]
        names = [item.value for item in items if isinstance(item.value, str)]
        if not names or len(names) < len(items):
            message = "!ENV takes the name of an environment variable"
            reader.problem(node.line, node.column, message, "write !ENV NAME or !ENV [NAME, default]")
            return Node("", node.line, node.column, plain=True)
        default = names.pop() if len(names) > 1 else ""
        value = next((environ[name] for name in names if name in environ), default)
        return Node(value, node.line, node.column, plain=True)
    if isinstance(node.value, list):
        return replace(node, value=[_resolved(item, environ, reader) for item in node.value])
    if isinstance(node.value, dict):
        pairs = {name: (at, _resolved(value, environ, reader)) for name, (at, value) in node.value.items()}
        return replace(node, value=pairs)
    return node


def named_items(node: Node | None) -> Iterator[tuple[str, Node | None]]:
    """The items of a list such as `plugins` or `markdown_extensions`: name and options."""
    if node is not None and isinstance(node.value, dict):
        for name, (_, value) in node.value.items():
            yield name, value
    elif node is not None and isinstance(node.value, list):
        for item in node.value:
            if isinstance(item.value, str):
                yield item.value, None
            else:
                yield from named_items(item)


def extensions(root: Node) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """The Markdown extensions with their options, in order."""
    return tuple((name, _options(value)) for name, value in named_items(root.get("markdown_extensions")))


def _options(node: Node | None) -> dict[str, Any]:
    if node is None or not isinstance(node.value, dict):
        return {}
    return {name: _option(value) for name, (_, value) in node.value.items()}


def _option(node: Node) -> Any:
    if node.tag.startswith(PYTHON_NAME):
        return PythonName(node.tag.removeprefix(PYTHON_NAME))
    if isinstance(node.value, dict):
        return _options(node)
    if isinstance(node.value, list):
        return [_option(item) for item in node.value]
    return ANYTHING.read(node, YamlReader("", "", ""))
