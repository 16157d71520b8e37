"""The words, numbers and days of a report in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from kbtool.lang.locales import format_date, format_number, name_in
from kbtool.model import Article, Library
from kbtool.resources import package_dir
from kbtool.site.strings import Strings, load_strings
from kbtool.stale.coverage import answers


@dataclass(frozen=True)
class Telling:
    """Says things in one locale."""

    locale: str
    strings: Strings

    def word(self, key: str, **values: object) -> str:
        """The words for `key`, filled in."""
        return self.strings.text(key, **values)

    def html(self, key: str, **values: object) -> str:
        """The same for HTML."""
        return escape(self.word(key, **values))

    def whole(self, value: float) -> str:
        """A number of things."""
        return format_number(round(value), self.locale)

    def tenths(self, value: float | str | None) -> str:
        """A number with one decimal; none where it is large."""
        number = float(value or 0)
        return format_number(round(number) if abs(number) >= 100 else round(number, 1), self.locale)

    def tickets(self, count: int) -> str:
        """`398 tickets`."""
        return self.word("tickets", n=count, count=self.whole(count))

    def percent(self, share: float) -> str:
        """A share as per cent."""
        return f"{self.whole(100 * share)} %"

    def day(self, value: date | str) -> str:
        """A day in words."""
        day = date.fromisoformat(value) if isinstance(value, str) else value
        return format_date(day, self.locale)

    def language(self, locale: str) -> str:
        """The name of a language."""
        return name_in(locale, self.locale)

    def small(self, q: float) -> str:
        """A false alarm rate."""
        return format_number(round(q, 3), self.locale) if q >= 0.001 else self.word("small")

    def title(
        self, library: Library, by_id: Mapping[str, dict[str, Article]], topic: str, ids: Sequence[str]
    ) -> str:
        """The title of the first article, in the language of the report if there is one; else the topic."""
        if not ids:
            return topic
        versions = by_id[ids[0]]
        own = [tag for tag in versions if answers(self.locale, [tag])]
        article: Article = versions[own[0]] if own else library.source_of(versions)
        return article.title


def telling(locale: str) -> Telling:
    """The words for a locale; English where there are none in it."""
    return Telling(locale, load_strings(locale, [package_dir("report/words")]))
