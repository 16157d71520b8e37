"""Articles that are not out, as a query finds them: by their metadata, and by all words in their text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kbtool.lang.analyze import analyze, surfaces, whole_words
from kbtool.search.facts import Facts
from kbtool.search.query import Phrase, Prefix, Words


@dataclass(frozen=True)
class Draft:
    """An article that readers do not see, whatever keeps it back, with its text as it was written."""

    facts: Facts
    text: str
    locale: str

    @cached_property
    def _stems(self) -> dict[str, list[str]]:
        texts = {"title": self.facts.title, "": f"{self.facts.title}\n{self.text}"}
        return {field: [word.stem for word in analyze(text, self.locale)] for field, text in texts.items()}

    def holds(self, leaf: Words | Phrase | Prefix) -> bool:
        """Whether it matches a part of a query."""
        if isinstance(leaf, Prefix):
            begun = whole_words(leaf.text, self.locale)[-1:]
            text = self.facts.title if leaf.field else f"{self.facts.title}\n{self.text}"
            return any(word.startswith(tuple(begun)) for word in surfaces(text, self.locale)) or not begun
        wanted = [word.stem for word in analyze(leaf.text, self.locale)]
        held = self._stems[leaf.field]
        if isinstance(leaf, Phrase):
            return any(held[at : at + len(wanted)] == wanted for at in range(len(held) - len(wanted) + 1))
        return set(wanted) <= set(held)

    def holds_any(self, words: str) -> bool:
        """Whether one of the words occurs."""
        return not {word.stem for word in analyze(words, self.locale)}.isdisjoint(self._stems[""])
