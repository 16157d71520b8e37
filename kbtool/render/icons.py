"""`:material-rocket-launch:` and `:smile:` in the text: icons as SVG, emoji as characters, no images."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from pymdownx import twemoji_db

from kbtool.resources import icon, material_dir

SETS = ("material", "fontawesome-brands", "fontawesome-regular", "fontawesome-solid", "octicons", "simple")


class IconIndex(dict[str, dict[str, Any]]):
    """The emoji by short name; a name of an icon set is looked up among Material's files when asked for."""

    def get(self, name: str, default: Any = None) -> Any:
        """The entry of an emoji or icon, else `default`."""
        found = super().get(name)
        if found is None and (path := icon_name(name)):
            return {"name": name, "path": path}
        return default if found is None else found


def icon_name(shortname: str) -> str:
    """`:material-rocket-launch:` -> `material/rocket-launch`; '' when there is no such icon."""
    name = shortname.strip(":")
    for prefix in SETS:
        if name.startswith(prefix + "-"):
            path = f"{prefix.replace('-', '/')}/{name[len(prefix) + 1 :]}"
            return path if (material_dir() / ".icons" / f"{path}.svg").is_file() else ""
    return ""


def with_icons(options: Any, md: Any) -> dict[str, Any]:  # noqa: ARG001 - the library passes them
    """The index for `pymdownx.emoji`."""
    return {"name": "twemoji", "emoji": IconIndex(twemoji_db.emoji), "aliases": twemoji_db.aliases}


def unicode_emoji(
    index: str,
    shortname: str,
    alias: str | None,  # noqa: ARG001
    uc: str | None,
    alt: str,
    title: str | None,  # noqa: ARG001
    category: str | None,  # noqa: ARG001
    options: Any,  # noqa: ARG001
    md: Markdown,
) -> Any:
    """The generator for `pymdownx.emoji`: an emoji is its character, an icon its SVG."""
    if uc:
        return alt
    element = Element("span", {"class": index})
    element.text = md.htmlStash.store(icon(icon_name(shortname)))
    return element
