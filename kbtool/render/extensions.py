"""The Markdown dialect: what Material's users know, with labels in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from kbtool.errors import UsageError
from kbtool.lang.slugs import slugify
from kbtool.model import PythonName
from kbtool.render.highlight import Blocks, RememberingExtension
from kbtool.render.icons import unicode_emoji, with_icons
from kbtool.render.including import INCLUDING
from kbtool.render.inline import QuickInlineProcessor

HEADING_LINK = "heading-link"
FOOTNOTE_BACK = "footnote-back"
HIGHLIGHT = "pymdownx.highlight"


def dialect(labels: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Our extensions with their options; `labels` are words in the reader's language."""
    return {
        "abbr": {},
        "admonition": {},
        "attr_list": {},
        "def_list": {},
        "footnotes": {"BACKLINK_TITLE": labels.get(FOOTNOTE_BACK, "")},
        "md_in_html": {},
        "tables": {"use_align_attribute": True},
        "toc": {
            "slugify": heading_id,
            "permalink": "#",
            "permalink_title": labels.get(HEADING_LINK, ""),
            "toc_depth": 3,
        },
        "pymdownx.caret": {},
        "pymdownx.details": {},
        "pymdownx.emoji": {"emoji_index": with_icons, "emoji_generator": unicode_emoji},
        HIGHLIGHT: {"anchor_linenums": True, "pygments_lang_class": True},
        "pymdownx.inlinehilite": {},
        "pymdownx.keys": {},
        "pymdownx.mark": {},
        "pymdownx.quotes": {"callouts": True},
        "pymdownx.superfences": {},
        "pymdownx.tabbed": {"alternate_style": True},
        "pymdownx.tasklist": {"custom_checkbox": True},
        "pymdownx.tilde": {},
    }


REPLACED = {"codehilite": HIGHLIGHT, "fenced_code": "pymdownx.superfences"}
# What they hold is in the dialect, with better options.
COVERED = ("extra", "pymdownx.extra", "pymdownx.emoji")


def heading_id(text: str, separator: str) -> str:  # noqa: ARG001 - the extension passes it
    """The id of a heading: letters, marks and digits of every script are kept."""
    return slugify(text) or "section"


def converter(
    settings: Sequence[tuple[str, Mapping[str, Any]]], labels: Mapping[str, str], blocks: Blocks | None = None
) -> Markdown:
    """A converter of our dialect, with the extensions of the settings added and their options on top.

    `blocks` is a memory of blocks of code, which converters may share.
    """
    options = dialect(labels)
    for name, given in settings:
        bare = name.removeprefix("markdown.extensions.")
        short = REPLACED.get(bare, bare)
        if short in COVERED or bare in REPLACED or bare in INCLUDING:
            continue
        found = {key: _python_value(value) for key, value in given.items()}
        if short == "toc":
            found.pop("slugify", None)
        _check(name, found)
        options[short] = {**options.get(short, {}), **found}
    colours = RememberingExtension({} if blocks is None else blocks, _enabled=True, **options.pop(HIGHLIGHT))
    extensions: list[str | Extension] = [colours, *options, Labels(labels)]
    md = Markdown(extensions=extensions, extension_configs=options, tab_length=4)
    md.treeprocessors.register(QuickInlineProcessor(md), "inline", 20)
    return md


def _check(name: str, options: Mapping[str, Any]) -> None:
    """Load one extension of the settings alone, so that a mistake in it is told by its name."""
    try:
        Markdown(extensions=[name], extension_configs={name: dict(options)})
    except (ImportError, AttributeError) as error:
        raise UsageError(
            f"there is no Markdown extension '{name}': {error}",
            "correct its name under markdown_extensions, or install its package",
        ) from error
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(
            f"the Markdown extension '{name}' does not accept its options: {error}",
            "correct them under markdown_extensions",
        ) from error


def _python_value(value: Any) -> Any:
    """The object that a `!!python/name:` of the settings means."""
    if isinstance(value, PythonName):
        module, _, name = value.name.rpartition(".")
        try:
            return getattr(import_module(module), name)
        except (ImportError, AttributeError, ValueError) as error:
            raise UsageError(
                f"there is no Python object '{value.name}'",
                "correct the !!python/name: under markdown_extensions",
            ) from error
    if isinstance(value, dict):
        return {key: _python_value(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_python_value(item) for item in value]
    return value


class Labels(Extension):
    """Admonitions without a title of their own get one in the reader's language."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        super().__init__()
        self.labels = labels

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is the library's
        """Register the processor, after the block extensions have done their work."""
        md.treeprocessors.register(LabelProcessor(md, self.labels), "kbtool-labels", 5)


class LabelProcessor(Treeprocessor):
    """Replaces the automatic title of an admonition, its class with a capital, by the right word."""

    def __init__(self, md: Markdown, labels: Mapping[str, str]) -> None:
        super().__init__(md)
        self.labels = labels

    def run(self, root: Element) -> None:
        """Walk the tree once."""
        for element in root.iter():
            classes = element.get("class", "").split()
            if element.tag == "details" or "admonition" in classes:
                self._relabel(element, [name for name in classes if name != "admonition"])

    def _relabel(self, element: Element, classes: list[str]) -> None:
        title = element[0] if len(element) else None
        if title is None or (title.tag != "summary" and title.get("class") != "admonition-title"):
            return
        for name in classes:
            if (title.text or "").strip().lower() == name and name in self.labels:
                title.text = self.labels[name]
