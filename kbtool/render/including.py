"""Markdown extensions that are never used: they put any file of the disk into a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

# Articles for agents are among the files that they can include.
INCLUDING = ("pymdownx.snippets", "mdx_include", "markdown_include", "markdown_include.include")


def left_out(settings: Sequence[tuple[str, Mapping[str, Any]]]) -> list[str]:
    """The extensions of the settings that are not used, since they include files."""
    return [name for name, _ in settings if name in INCLUDING]
