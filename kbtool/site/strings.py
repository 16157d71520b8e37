"""The words of the interface, per locale: `theme/strings/<locale>.yml`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kbtool.errors import UsageError
from kbtool.lang.locales import isolated, plural
from kbtool.yamlfile import Node, YamlReader

SOURCE = "en"
Word = str | dict[str, str]


class Strings:
    """The interface's words in one language; what is missing there comes in English."""

    def __init__(self, locale: str, words: dict[str, Word]) -> None:
        self.locale = locale
        self.words = words

    def text(self, key: str, **values: object) -> str:
        """The words for `key`, with `{names}` filled in; the plural form goes by `n`."""
        word = self.words[key]
        if isinstance(word, dict):
            number = values.get("n")
            form = plural(self.locale, number) if isinstance(number, int) else "other"
            word = word.get(form) or word["other"]
        for name, value in values.items():
            word = word.replace("{" + name + "}", str(value))
        return word

    def group(self, prefix: str) -> dict[str, str]:
        """All words whose key starts with `prefix.`, by the rest of the key."""
        start = prefix + "."
        return {key[len(start) :]: self.text(key) for key in self.words if key.startswith(start)}


def load_strings(locale: str, folders: Sequence[Path]) -> Strings:
    """The words for a locale: English first, then its language, then the locale, later folders on top.

    Raises UsageError for a file that cannot be read.
    """
    words: dict[str, Word] = {}
    for name in dict.fromkeys([SOURCE, locale.partition("-")[0], locale]):
        for folder in folders:
            path = folder / f"{name}.yml"
            if path.is_file():
                words |= {key: _isolated(word, name, locale) for key, word in _words(path).items()}
    return Strings(locale, words)


def _isolated(word: Word, language: str, locale: str) -> Word:
    """A word as it stands in a page of the locale, perhaps between words that run the other way."""
    if isinstance(word, dict):
        return {form: isolated(text, language, locale) for form, text in word.items()}
    return isolated(word, language, locale)


def _words(path: Path) -> dict[str, Word]:
    reader = YamlReader(str(path), path.read_text(encoding="utf-8"), "bad-strings")
    node = reader.read()
    pairs: dict[str, tuple[Node, Node]] = node.value if node and isinstance(node.value, dict) else {}
    words = {key: _word(value, reader) for key, (_, value) in pairs.items()}
    if reader.findings:
        first = reader.findings[0]
        raise UsageError(f"{first.where}: {first.message}", first.help)
    return words


def _word(node: Node, reader: YamlReader) -> Word:
    """A text, or a text per plural category."""
    if isinstance(node.value, str):
        return node.value
    forms = (
        {form: inner.value for form, (_, inner) in node.value.items()} if isinstance(node.value, dict) else {}
    )
    if "other" not in forms or not all(isinstance(text, str) for text in forms.values()):
        message = "a text is wanted here, or a text per plural category"
        reader.problem(node.line, node.column, message, "write at least the category other")
    return forms
