"""What a ticket is about, by what is written on it: a field, its tags, links in the answers, words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from kbtool.lang.analyze import surfaces
from kbtool.tickets.export.mapping import Ticket
from kbtool.tickets.fields import clean

LINK = re.compile(r"https?://[^\s\"'<>()\[\]]+")
WAYS = ("field", "tags", "links", "words", "subject")
NONE = "(none)"  # counts in the total, and is no topic


@dataclass(frozen=True)
class TopicRule:
    """What makes a ticket one of this topic: a value of the topic field, a tag, or words of its subject."""

    topic: str
    values: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class TopicFinder:
    """Finds topics without looking at what articles say; that is left to whoever knows the articles."""

    def __init__(
        self, rules: Iterable[TopicRule], known: Iterable[str], addresses: Mapping[str, str], base: str
    ) -> None:
        """`known` are the topics of the articles, `addresses` maps `hi/refunds/how-long/` to a topic."""
        rules = list(rules)
        known = [*known, *(clean(rule.topic) for rule in rules)]
        self._values = {clean(value): clean(rule.topic) for rule in rules for value in rule.values}
        self._tags = {topic: topic for topic in known}
        self._tags |= {clean(tag): clean(rule.topic) for rule in rules for tag in rule.tags}
        self._words = [
            (_spaced(words), clean(rule.topic))
            for rule in rules
            for words in rule.words
            if surfaces(words, "")
        ]
        self._addresses = {address.strip("/"): topic for address, topic in addresses.items()}
        self._named: dict[str, str] = {}
        self._by_tags: dict[tuple[str, ...], str] = {}
        self._base = base.rstrip("/")

    def find(self, ticket: Ticket) -> tuple[str, str]:
        """(topic, how it was found); ('', '') when the ticket itself does not say."""
        if ticket.topic:
            named = self._named.get(ticket.topic)
            if named is None:
                cleaned = clean(ticket.topic)
                named = self._named[ticket.topic] = self._values.get(cleaned, cleaned)
            return named, "field"
        if ticket.tags and (topic := self._tagged(ticket.tags)):
            return topic, "tags"
        for text in ticket.links:
            for link in LINK.findall(text) if "://" in text else ():
                if topic := self._linked(link):
                    return topic, "links"
        if self._words and ticket.subject:
            subject = _spaced(ticket.subject)
            for words, topic in self._words:
                if words in subject:
                    return topic, "words"
        return "", ""

    def _tagged(self, tags: tuple[str, ...]) -> str:
        if tags not in self._by_tags:
            self._by_tags[tags] = next((topic for tag in tags if (topic := self._tags.get(clean(tag)))), "")
        return self._by_tags[tags]

    def _linked(self, link: str) -> str:
        """The topic of the article that an address leads to."""
        path = unquote(link.partition("#")[0].partition("?")[0])
        if self._base and path.startswith(self._base):
            return self._addresses.get(path[len(self._base) :].strip("/"), "")
        parts = path.split("/")[3:]
        tails = ("/".join(parts[n:]).strip("/") for n in range(len(parts)))
        return next((topic for tail in tails if (topic := self._addresses.get(tail))), "")


def _spaced(text: str) -> str:
    """The words of a text with spaces around each."""
    return f" {' '.join(surfaces(text, ''))} "
