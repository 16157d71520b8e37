"""What a translation was made from, as its front matter says it."""

from __future__ import annotations

from collections.abc import Mapping

from kbtool.content.edit import with_key
from kbtool.yamlfile import scalar


def marked(text: str, locale: str, sections: Mapping[str, str]) -> str:
    """The text of a file whose `source:` says that it was made from these parts of that locale."""
    block = ["source:", f"  locale: {scalar(locale)}", "  sections:"]
    block += [f"    {scalar(name)}: {scalar(digest)}" for name, digest in sections.items()]
    return with_key(text, "source", block)
