"""What the articles know of topics, wired for the import of tickets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kbtool import pipeline
from kbtool.config import Config
from kbtool.content.plain import plain
from kbtool.model import Article, Library
from kbtool.pipeline import Content
from kbtool.search.texts import Document
from kbtool.search.tongue import Tongue
from kbtool.site.urls import article_url
from kbtool.stale.coverage import coverage, topics_of
from kbtool.tickets.export.importing import Knowledge, Matched
from kbtool.tickets.export.topics import TopicFinder, TopicRule


@dataclass(frozen=True)
class Knowing:
    """The live articles of a help center, as texts without rendering."""

    config: Config
    content: Content
    today: date

    @cached_property
    def live(self) -> Library:
        """What readers and agents can read on that day."""
        library = self.content.library
        return library.narrowed(tuple(one for one in library.articles if one.is_live(self.today)))

    @cached_property
    def documents(self) -> dict[str, list[Document]]:
        """The texts by locale."""
        found: dict[str, list[Document]] = {locale: [] for locale in self.config.locales}
        for article in self.live.articles:
            found[article.locale].append(_document(article))
        return {locale: listed for locale, listed in found.items() if listed}

    @cached_property
    def topic_of(self) -> dict[str, str]:
        """The topic of each article: its own, the first that it names; articles without one are left out."""
        first: dict[str, str] = {}
        for article in self.live.articles:
            for topic in topics_of(article)[:1]:
                first.setdefault(article.id, topic)
        return first

    @cached_property
    def article_of(self) -> dict[str, str]:
        """The id of each topic's own article."""
        return {topic: ids[0] for topic, ids in coverage(self.live, self.today).articles.items()}

    @cached_property
    def tongue(self) -> Tongue:
        """Tells in which language somebody writes."""
        texts = {
            locale: [
                text for one in listed for text in (one.title, one.fields["body"], one.fields["aliases"])
            ]
            for locale, listed in self.documents.items()
        }
        return Tongue(self.config.locales, texts)

    @property
    def knowledge(self) -> Knowledge:
        """What the import asks."""
        tickets = self.config.settings.tickets
        rules = [
            TopicRule(topic, rule.values, rule.tags, rule.words) for topic, rule in tickets.topics.items()
        ]
        finder = TopicFinder(rules, self.article_of, self._addresses(), self.config.site.site_url)
        return Knowledge(finder, self._match, self.tongue.of)

    def _addresses(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for article in self.live.articles:
            if topic := self.topic_of.get(article.id):
                for locale in self.config.locales:
                    found.setdefault(article_url(article, locale), topic)
                found |= {old.strip("/"): topic for old in article.redirect_from}
        return found

    def _match(self, texts: Sequence[str]) -> list[Matched]:
        from kbtool.search.subjects import Subjects

        subjects = Subjects(self.documents, self.topic_of, self.content.synonyms)
        found = subjects.matches(texts)
        return [Matched(one.topic, one.confidence, one.id, one.locale) if one else Matched() for one in found]


def knowing(config: Config, today: date) -> Knowing:
    """Read the articles."""
    return Knowing(config, pipeline.read(config), today)


def _document(article: Article) -> Document:
    questions = "\n".join(f"{one.question}\n{one.answer}" for one in article.questions)
    return Document(
        id=article.id,
        url="",
        title=article.title,
        section="",
        description=article.description,
        audience=article.audience,
        fields={
            "title": article.title,
            "headings": "",
            "body": f"{article.description}\n{plain(article.body)}\n{plain(questions)}",
            "aliases": "\n".join(article.aliases),
            "tags": "\n".join([*article.tags, *article.product]),
        },
    )
