"""The frozen values that flow through kbtool, from a file on disk to a page on the web."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

Audience = Literal["public", "agents"]
Status = Literal["draft", "published", "archived"]
ArticleType = Literal["article", "faq", "howto"]
Severity = Literal["error", "warning", "info"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, order=True)
class Location:
    """A place in a file; lines and columns count code points from 1, 0 means the whole file."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.path, *(str(n) for n in (self.line, self.column) if n)])


@dataclass(frozen=True)
class Finding:
    """Something a writer should know: which rule, how bad, where, what, and the mend.

    `source_line` is the line of the file that the caret is drawn under ('' for none). `about` is the
    path of another file that the mistake hangs on: the finding can go or come when that file changes.
    """

    rule: str
    severity: Severity
    where: Location
    message: str
    help: str = ""
    source_line: str = ""
    about: str = ""

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Sort key: by file, then place, then rule."""
        return (self.where.path, self.where.line, self.where.column, self.rule, self.message)


@dataclass(frozen=True)
class PythonName:
    """A dotted Python name that an extension's option refers to; `render` looks it up."""

    name: str


@dataclass(frozen=True)
class Source:
    """One Markdown file as read: its locale, its path below the locale, and its text.

    `path` is relative to the working directory as a person would type it;
    `rel` has forward slashes and no suffix: `refunds/how-long`.
    """

    path: str
    locale: str
    rel: str
    text: str
    digest: str


@dataclass(frozen=True)
class Question:
    """A question of an FAQ article that is listed in its front matter; `answer` is Markdown."""

    question: str
    answer: str


@dataclass(frozen=True)
class TranslatedFrom:
    """What a translation was made from: the locale, and a digest of each part of the source then."""

    locale: str
    sections: Mapping[str, str]


@dataclass(frozen=True)
class Article:
    """One article in one locale. `body` is Markdown without the front matter and the title.

    `body_line` is the number of the line of the file on which the body starts. `section` is the
    path of the section ('' at the top). `rel` is the path of the file below the locale, without
    suffix. `slug` is the last part of the URL, '' for the index of a section. `related` is None where the
    related articles are computed.
    """

    id: str
    locale: str
    title: str
    body: str
    where: Location
    rel: str = ""
    description: str = ""
    type: ArticleType = "article"
    audience: Audience = "public"
    status: Status = "published"
    section: str = ""
    slug: str = ""
    body_line: int = 1
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    product: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    owner: str = ""
    reviewed: date | None = None
    review_every: int | None = None
    publish_at: date | None = None
    expires_at: date | None = None
    significance: Literal["typo", "content", "major"] = "content"
    source: TranslatedFrom | None = None
    redirect_from: tuple[str, ...] = ()
    related: tuple[str, ...] | None = None

    def is_live(self, today: date) -> bool:
        """Whether readers may see it on that day, by its status and its dates."""
        return (
            self.status == "published"
            and (self.publish_at is None or self.publish_at <= today)
            and (self.expires_at is None or today < self.expires_at)
        )


def with_parents(path: str) -> list[str]:
    """The paths of a section and of those that it lies in, the outermost first; none for the top."""
    parts = path.split("/") if path else []
    return ["/".join(parts[: n + 1]) for n in range(len(parts))]


@dataclass(frozen=True)
class Section:
    """A folder of articles. Titles and descriptions are by locale; `''` holds the fallback.

    `order` are file names of its articles, those that come first.
    """

    path: str
    titles: dict[str, str]
    descriptions: dict[str, str] = field(default_factory=dict)
    icon: str = ""
    audience: Audience | None = None
    owner: str = ""
    topics: tuple[str, ...] = ()
    order: tuple[str, ...] = ()

    def title(self, locale: str) -> str:
        """The title in that locale, else in any, else the folder's name."""
        return self.titles.get(locale) or self.titles.get("") or self.path

    def description(self, locale: str) -> str:
        """The description in that locale, or ''."""
        return self.descriptions.get(locale) or self.descriptions.get("") or ""

    @property
    def parent(self) -> str:
        """The path of the section above, '' at the top."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True)
class Library:
    """All articles in all locales; `locales[0]` is the source locale. Sections are in order."""

    locales: tuple[str, ...]
    articles: tuple[Article, ...] = ()
    sections: tuple[Section, ...] = ()

    def by_id(self) -> dict[str, dict[str, Article]]:
        """Article id -> locale -> article."""
        table: dict[str, dict[str, Article]] = {}
        for article in self.articles:
            table.setdefault(article.id, {})[article.locale] = article
        return table

    def source_of(self, translations: dict[str, Article]) -> Article:
        """Of the versions of one article, the one in the first locale that has it."""
        return next(translations[locale] for locale in self.locales if locale in translations)

    def narrowed(self, articles: tuple[Article, ...]) -> Library:
        """The same library with fewer articles, and only the sections that still hold one."""
        used = {path for article in articles for path in with_parents(article.section)}
        kept = tuple(section for section in self.sections if section.path in used)
        return replace(self, articles=articles, sections=kept)


@dataclass(frozen=True)
class Heading:
    """A heading of a rendered article, with the id that links use."""

    level: int
    id: str
    title: str


@dataclass(frozen=True)
class Target:
    """What a link, an image or a media file of an article points to, as it was written."""

    kind: Literal["link", "image", "file"]
    written: str


QUIET = "\t"
"""Begins a line of plain text that is no prose: of a code block or a table."""


@dataclass(frozen=True)
class Rendered:
    """An article as HTML, with numbered slots where `targets` go: `site` fills them in.

    `text` is the plain text of the body, one block a line; lines of code blocks and tables are `QUIET`.
    """

    html: str
    headings: tuple[Heading, ...]
    text: str
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A search result. `score` is a whole number to compare hits of one query by."""

    id: str
    locale: str
    title: str
    url: str
    score: int
    audience: Audience = "public"
    section: str = ""
    description: str = ""
    passage: str = ""
    """What of the text answers, where the description does not."""


@dataclass(frozen=True)
class TicketCount:
    """How many tickets a topic had in the period of `days` days that starts at `start`."""

    topic: str
    start: date
    days: int
    count: int
    locale: str = ""
    channel: str = ""


SignalName = Literal[
    "stale", "surge", "flag", "no-deflection", "gap", "translation-behind", "overdue", "words", "quiet"
]


@dataclass(frozen=True)
class Signal:
    """What ticket counts say of a topic (and of its articles), with the evidence.

    `value` orders signals of one name, higher = more urgent; `why` is the evidence in words and
    numbers; `numbers` is the same for machines. `articles` are ids, the topic's own first.
    """

    name: SignalName
    topic: str
    value: float
    why: str
    articles: tuple[str, ...] = ()
    numbers: dict[str, float | int | str] = field(default_factory=dict)


PageKind = Literal["home", "section", "article", "faq", "search", "a-z", "not-found", "chooser"]


@dataclass(frozen=True)
class Link:
    """A link inside the site. `url` is relative to the site's root: `hi/refunds/how-long/`."""

    title: str
    url: str


@dataclass(frozen=True)
class Entry:
    """An article in a list. `locale` is the language of its title where it is not the page's."""

    title: str
    url: str
    description: str = ""
    locale: str = ""
    audience: Audience = "public"
    section: str = ""


@dataclass(frozen=True)
class Letter:
    """The articles under one letter of the alphabet; `id` is where a link jumps to."""

    name: str
    id: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class NavSection:
    """A section as card and as part of the navigation; `count` is its number of articles.

    `entries` and `children` (sections inside) are filled in the navigation where the section is
    open, that is on its own pages; with `more`, the section has more of them than the navigation shows.
    """

    title: str
    url: str
    description: str = ""
    icon: str = ""
    count: int = 0
    current: bool = False
    entries: tuple[Link, ...] = ()
    children: tuple[NavSection, ...] = ()
    more: bool = False


@dataclass(frozen=True)
class Switch:
    """One language of the language switch. `translated` is False where it leads to a fallback."""

    locale: str
    name: str
    url: str
    current: bool = False
    translated: bool = True


@dataclass(frozen=True)
class Alternate:
    """A real translation of the page, for search engines: an absolute address."""

    hreflang: str
    href: str


@dataclass(frozen=True)
class Page:
    """One page of the site; all URLs are relative to the site's root, without a leading slash.

    `locale` is the language of the page's frame, `content_locale` that of its text: they differ on
    a fallback page, which shows the source article where a translation is missing. `path` is the
    file, `url` the address of the directory that holds it. `canonical` is absolute ('' without a
    `site_url`). `indexed` says whether the page belongs into the sitemap, `nav_more` whether there are more
    sections than `nav` shows.
    """

    kind: PageKind
    path: str
    url: str
    locale: str
    title: str
    description: str = ""
    content_locale: str = ""
    article: Article | None = None
    canonical: str = ""
    indexed: bool = True
    alternates: tuple[Alternate, ...] = ()
    switch: tuple[Switch, ...] = ()
    crumbs: tuple[Link, ...] = ()
    nav: tuple[NavSection, ...] = ()
    nav_more: bool = False
    sections: tuple[NavSection, ...] = ()
    entries: tuple[Entry, ...] = ()
    letters: tuple[Letter, ...] = ()
    previous: Link | None = None
    next: Link | None = None

    @property
    def fallback(self) -> bool:
        """Whether the text is in another language than the reader asked for."""
        return bool(self.content_locale) and self.content_locale != self.locale


@dataclass(frozen=True)
class SitePlan:
    """Everything a tree of pages consists of, before a byte is written. `base` is `site_url`."""

    base: str
    audience: Audience
    locales: tuple[str, ...]
    pages: tuple[Page, ...]
