"""The whole program on one screen: settings in, everything that a build writes out, as values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kbtool.checks import registry
from kbtool.checks.base import Subject, View
from kbtool.checks.views import views
from kbtool.config import Config
from kbtool.content.articles import parse
from kbtool.content.audience import for_audience
from kbtool.content.files import read_files, shown
from kbtool.content.guarded import field_problems, linked_files, settings_problems
from kbtool.content.pointers import pointers
from kbtool.content.preview import for_preview
from kbtool.content.protected import Hidden, hidden_from, told_once
from kbtool.content.related import unknown_related
from kbtool.content.reviews import future_reviews
from kbtool.lang.locales import autonym
from kbtool.model import (
    Article,
    Audience,
    Finding,
    Library,
    Location,
    Rendered,
    Section,
    SitePlan,
    with_parents,
)
from kbtool.render.describe import first_sentence
from kbtool.render.including import left_out
from kbtool.render.kept import render_kept
from kbtool.render.pool import NotRendered, Pool, opened
from kbtool.render.wire import Dialect
from kbtool.resources import resource_dir
from kbtool.search.facts import Facts
from kbtool.search.fallen import fallen
from kbtool.search.judged import read_queries
from kbtool.search.memory import Memory as SearchMemory
from kbtool.search.synonyms import Synonyms, read_synonyms
from kbtool.search.texts import Document
from kbtool.site.links import Filled, Links, used_files
from kbtool.site.plan import plan, same_addresses
from kbtool.site.related import with_related
from kbtool.site.shelf import Shelf, stock
from kbtool.site.strings import Strings, load_strings
from kbtool.site.urls import article_url
from kbtool.store import Store


@dataclass(frozen=True)
class Content:
    """All that was read: the library in full, the other files beside it, and what is wrong.

    `texts` are the files of the articles as they were read, by their path.
    """

    library: Library
    assets: Mapping[str, Path]
    synonyms: Mapping[str, Synonyms]
    findings: tuple[Finding, ...]
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Tree:
    """One tree of pages, ready to be written: the public one, or that of the agents.

    `filled` is by page path, `rendered` by article (locale, id), `files` by path in the site,
    `documents` and `synonyms` (what the search knows) by locale. `under_review` are the articles whose pages
    say so: ids, each with the locale that is meant, or '' for all.
    """

    plan: SitePlan
    strings: Mapping[str, Strings]
    rendered: Mapping[tuple[str, str], Rendered]
    filled: Mapping[str, Filled]
    files: Mapping[str, Path]
    documents: Mapping[str, tuple[Document, ...]]
    synonyms: Mapping[str, Synonyms]
    findings: tuple[Finding, ...]
    under_review: frozenset[tuple[str, str]] = frozenset()


RenderedTexts = dict[tuple[str, str, tuple[object, ...]], Rendered]


class Memory:
    """What is known already, so that a second tree, or the next build, need not do it again.

    `store` is what is known from earlier builds, by keys that hold `tools`: what renders and analyses.
    """

    def __init__(self, store: Store | None = None, tools: str = "") -> None:
        self.store, self.tools = store or Store(), tools
        self.rendered: RenderedTexts = {}
        self.search = SearchMemory(self.store, tools)


Progress = Callable[[int, int], None]


def read(config: Config) -> Content:
    """Read and parse every article."""
    files, problems = read_files(config)
    library, findings = parse(files.sources, config)
    synonyms, wrong = _synonyms(config)
    texts = {source.path: source.text for source in files.sources}
    wrong += field_problems(config)
    if not any(finding.severity == "error" for finding in findings):
        wrong += unknown_related(config, library, texts)
    return Content(library, files.assets, synonyms, (*problems, *findings, *wrong), texts)


def _synonyms(config: Config) -> tuple[dict[str, Synonyms], list[Finding]]:
    """The synonyms of every locale, when the settings name a folder."""
    synonyms: dict[str, Synonyms] = {}
    findings: list[Finding] = []
    for tag in config.locales if config.settings.search.synonyms else ():
        path = config.root / config.settings.search.synonyms / f"synonyms.{tag}.yml"
        synonyms[tag], wrong = read_synonyms(path, shown(path), tag)
        findings += wrong
    return synonyms, findings


def compile(
    config: Config,
    content: Content,
    audience: Audience,
    *,
    today: date,
    memory: Memory | None = None,
    progress: Progress | None = None,
    pool: Pool | None = None,
) -> Tree:
    """The tree for one audience. `memory` keeps what a second tree need not do again.

    `pool` are the workers that render; without it there are some for this tree alone.
    """
    library = for_audience(content.library, audience, today)
    hidden = _hidden(config, content, library, audience, today)
    tree = _tree(config, content, library, audience, memory or Memory(), progress, pool, hidden)
    found = _guarded(config, content, library, hidden) if audience == "public" else ()
    under_review, wrong = _under_review(config, content, today)
    findings = tuple(told_once((*tree.findings, *found, *wrong)))
    return replace(tree, findings=findings, under_review=under_review)


def _under_review(
    config: Config, content: Content, today: date
) -> tuple[frozenset[tuple[str, str]], list[Finding]]:
    """The articles whose tickets rise, if their pages shall say so, and why none does."""
    path = config.root / config.settings.tickets.path
    if not config.settings.stale.under_review or not config.settings.tickets.path:
        return frozenset(), []
    # numpy comes with it, and most builds need neither.
    from kbtool.stale.rises import stale
    from kbtool.stale.topics import rank_topics
    from kbtool.tickets.read import read_counts

    table, findings = read_counts(path, config.settings.tickets.aliases)
    if any(finding.severity == "error" for finding in findings):
        message = "the ticket counts have errors; no page says that its article is under review"
        where = Location(shown(path))
        return frozenset(), [Finding("bad-ticket-file", "warning", where, message, "kbtool check lists them")]
    ranking = rank_topics(table, today, content.library, fdr=config.settings.stale.fdr)
    named = (
        (id, str(one.numbers.get("locale", ""))) for one in stale(ranking.rows) for id in one.articles[:1]
    )
    return frozenset(named), []


def _hidden(config: Config, content: Content, seen: Library, audience: Audience, today: date) -> Hidden:
    """What the readers of `seen` must not be led to: paths, addresses and ids, without a text."""
    layout, site_url = config.settings.articles.layout, config.site.site_url
    return hidden_from(content.library, seen, audience, today, layout, site_url, article_url)


def _guarded(config: Config, content: Content, public: Library, hidden: Hidden) -> Iterator[Finding]:
    """What would lead the public to something protected, beside the links of its articles."""
    yield from pointers(config, content.library, public, hidden, content.texts)
    yield from settings_problems(config, hidden)
    yield from linked_files(config)


def compile_preview(config: Config, content: Content, memory: Memory, pool: Pool | None = None) -> Tree:
    """The tree of all that was read, of every audience, status and date: for writers, never for a build."""
    return _tree(config, content, for_preview(content.library), "agents", memory, pool=pool)


def _tree(
    config: Config,
    content: Content,
    library: Library,
    audience: Audience,
    memory: Memory,
    progress: Progress | None = None,
    pool: Pool | None = None,
    hidden: Hidden | None = None,
) -> Tree:
    """The tree of the articles in `library`; `hidden` is what they must not lead to."""
    hidden = hidden or Hidden()
    strings = {tag: load_strings(tag, string_folders(config)) for tag in config.locales}
    rendered, broken = render(config, library.articles, strings, memory, progress, pool)
    rendered = {key: _without_addresses(text, hidden) for key, text in rendered.items()}
    library = replace(
        library, articles=tuple(_described(a, rendered[a.locale, a.id]) for a in library.articles)
    )
    shelf, clashes = stock(library)
    site_plan = _plan(config, shelf, audience, strings)
    documents = {tag: tuple(_documents(config, library, site_plan, rendered, tag)) for tag in config.locales}
    nearest = {tag: memory.search.related(docs, tag) for tag, docs in documents.items()}
    site_plan = with_related(site_plan, shelf, nearest)
    layout, base = config.settings.articles.layout, shown(config.docs_dir)
    links = Links(shelf, content.assets, layout, hidden, base=base)
    filled = {
        page.path: links.fill(rendered[page.article.locale, page.article.id], page)
        for page in site_plan.pages
        if page.article
    }
    own = [filled[page.path].findings for page in site_plan.pages if page.article and not page.fallback]
    return Tree(
        plan=site_plan,
        strings=strings,
        rendered=rendered,
        filled=filled,
        files=used_files(filled.values()),
        synonyms=content.synonyms,
        documents=documents,
        findings=(
            *_unused_settings(config),
            *broken,
            *clashes,
            *same_addresses(site_plan.pages),
            *(finding for found in own for finding in found),
        ),
    )


def _plan(config: Config, shelf: Shelf, audience: Audience, strings: Mapping[str, Strings]) -> SitePlan:
    """The pages of a tree, in the words of the site."""
    return plan(
        shelf,
        audience,
        base=config.site.site_url,
        names={tag: config.settings.locales[tag] or autonym(tag) for tag in config.locales},
        titles=dict.fromkeys(config.locales, config.site.site_name),
        headings={tag: words.group("page") for tag, words in strings.items()},
    )


def check(
    config: Config, content: Content, *, today: date, quick: bool = False, progress: Progress | None = None
) -> list[Finding]:
    """Everything that is wrong with a help center, in order: what a build finds, and what the rules find.

    A quick run renders nothing, and leaves out the rules that need rendered texts.
    """
    memory = Memory()
    strings = {tag: load_strings(tag, string_folders(config)) for tag in config.locales}
    not_rendered: list[Finding] = []

    def rendered(library: Library) -> dict[tuple[str, str], Rendered]:
        texts, broken = render(config, library.articles, strings, memory, progress, pool)
        not_rendered.extend(broken)
        return texts

    with Pool() as pool:
        seen = views(
            content.library,
            content.assets,
            config,
            today,
            None if quick else rendered,
            lambda library, audience: _hidden(config, content, library, audience, today),
        )
    subject = Subject(config, content.library, content.texts, seen)
    found = [*content.findings, *_unused_settings(config), *not_rendered, *_clashes(config, seen)]
    found += future_reviews(content.library, content.texts, today)
    public = seen[0].library
    hidden = _hidden(config, content, public, "public", today)
    found += _guarded(config, content, public, hidden)
    found += _judged(config, content, seen[0], hidden, quick=quick)
    found += registry.run(subject, registry.rules(), quick=quick)
    return sorted(told_once(found), key=lambda finding: finding.order)


def _judged(
    config: Config, content: Content, public: View, hidden: Hidden, *, quick: bool
) -> Iterator[Finding]:
    """What is wrong with the file of judged queries, and which of them are not answered.

    While an article cannot be read nothing is asked: it would be missing among the answers.
    """
    if not config.settings.search.queries:
        return
    path = config.root / config.settings.search.queries
    queries, wrong = read_queries(path, config.locales, content.library.by_id())
    yield from wrong
    if quick or any(finding.severity == "error" for finding in content.findings):
        return
    documents: dict[str, list[Document]] = {query.lang: [] for query in queries}
    rendered = {key: _without_addresses(text, hidden) for key, text in public.rendered.items()}
    for article in public.library.articles:
        if article.locale in documents:
            described = _described(article, rendered[article.locale, article.id])
            documents[article.locale].append(_document(described, "", "", rendered))
    yield from fallen(queries, documents, content.synonyms)


def _clashes(config: Config, seen: Sequence[View]) -> Iterator[Finding]:
    """Pages that would take each other's address, in the public tree or in that of the agents."""
    titles = dict.fromkeys(config.locales, config.site.site_name)
    for view in seen[:2]:
        shelf, clashes = stock(view.library)
        yield from clashes
        pages = plan(shelf, "agents", base="", names=titles, titles=titles).pages
        yield from same_addresses(pages)


def _unused_settings(config: Config) -> Iterator[Finding]:
    """What the settings ask for and does not happen."""
    where = Location(shown(config.path))
    for name in left_out(config.extensions):
        message = f"the Markdown extension '{name}' is left out: it can put any file into a public page"
        yield Finding("left-out", "warning", where, message, "copy the text into the articles")
    identity = config.settings.identity
    for key, given in (("logo", identity.logo), ("favicon", identity.favicon)):
        if given and not (config.docs_dir / given).is_file():
            message = f"the {key} {given} does not exist"
            help = f"put it into {shown(config.docs_dir)}/, or correct identity.{key}"
            yield Finding("missing-image", "warning", where, message, help)


def string_folders(config: Config) -> list[Path]:
    """Where the interface's words lie: kbtool's own, then those of the site."""
    folders = [resource_dir("theme") / "strings"]
    return [*folders, config.custom_dir / "strings"] if config.custom_dir else folders


def render(
    config: Config,
    articles: Sequence[Article],
    strings: Mapping[str, Strings],
    memory: Memory,
    progress: Progress | None = None,
    pool: Pool | None = None,
) -> tuple[dict[tuple[str, str], Rendered], list[Finding]]:
    """Every article as HTML, each text once, and which could not be made.

    `progress` is told how many of how many are done.
    """
    known = memory.rendered
    todo = {text: article for article in articles if (text := _text(article)) not in known}
    done = 0

    def one_more() -> None:
        nonlocal done
        done += 1
        if progress:
            progress(done, len(articles))

    for _ in range(len(articles) - len(todo)):
        one_more()
    labels = {tag: words.group("markdown") for tag, words in strings.items()}
    with opened(pool) as workers:
        dialect = Dialect(config.extensions, labels)
        pages = render_kept(workers, dialect, list(todo.values()), memory.store, memory.tools, one_more)
    known.update(zip(todo, pages, strict=True))
    rendered = {(article.locale, article.id): known[_text(article)] for article in articles}
    failed = ((article, rendered[article.locale, article.id]) for article in articles)
    return rendered, [
        Finding("not-rendered", "error", article.where, page.message, page.help)
        for article, page in failed
        if isinstance(page, NotRendered)
    ]


def _text(article: Article) -> tuple[str, str, tuple[object, ...]]:
    """What of an article its page is made from."""
    return article.locale, article.body, article.questions


def _without_addresses(rendered: Rendered, hidden: Hidden) -> Rendered:
    """The same without full addresses of what is hidden; where that is an error, nothing is published."""
    if "//" not in rendered.html or not hidden.names or not hidden.site_url:
        return rendered
    html, text = (hidden.without_addresses(part) for part in (rendered.html, rendered.text))
    headings = tuple(
        replace(heading, title=hidden.without_addresses(heading.title)) for heading in rendered.headings
    )
    changed = (html, text, headings) != (rendered.html, rendered.text, rendered.headings)
    return replace(rendered, html=html, text=text, headings=headings) if changed else rendered


def _described(article: Article, rendered: Rendered) -> Article:
    """The article with a description: its own, else its first sentence."""
    return article if article.description else replace(article, description=first_sentence(rendered.text))


def _documents(
    config: Config,
    library: Library,
    site_plan: SitePlan,
    rendered: Mapping[tuple[str, str], Rendered],
    locale: str,
) -> Iterator[Document]:
    """What the search of a locale knows: the articles that are really in that language."""
    sections = {section.path: section for section in library.sections}
    for page in site_plan.pages:
        if page.article and page.locale == locale and not page.fallback:
            section = page.crumbs[-1].title if page.crumbs else ""
            facts = facts_of(page.article, page.url, section, sections, config.settings.stale.review_every)
            yield _document(page.article, page.url, section, rendered, facts)


def facts_of(
    article: Article,
    url: str,
    section_title: str,
    sections: Mapping[str, Section],
    review_every: int,
    *,
    status: str = "published",
    file: str = "",
) -> Facts:
    """What agents filter by. `review_every` is for articles that do not say it, in days.

    `status` and `file` are those of an article that is not out.
    """
    around = [sections[path] for path in with_parents(article.section) if path in sections]
    return Facts(
        id=article.id,
        url=url,
        title=article.title,
        description=article.description,
        section=article.section,
        section_title=section_title,
        sections=tuple(sorted({title for section in around for title in section.titles.values()})),
        type=article.type,
        audience=article.audience,
        status=status,
        owner=article.owner,
        topics=article.topics,
        tags=article.tags,
        product=article.product,
        reviewed=article.reviewed.isoformat() if article.reviewed else "",
        review_every=article.review_every or review_every,
        file=file,
    )


def _document(
    article: Article,
    url: str,
    section: str,
    rendered: Mapping[tuple[str, str], Rendered],
    facts: Facts | None = None,
) -> Document:
    text = rendered[article.locale, article.id]
    return Document(
        id=article.id,
        url=url,
        title=article.title,
        section=section,
        description=article.description,
        audience=article.audience,
        fields={
            "title": article.title,
            "headings": "\n".join(heading.title for heading in text.headings),
            "body": f"{article.description}\n{text.text}",
            "aliases": "\n".join(article.aliases),
            "tags": "\n".join([*article.tags, *article.product]),
        },
        facts=facts,
    )
