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
from kbtool.content.preview import for_preview
from kbtool.content.reviews import future_reviews
from kbtool.lang.locales import autonym
from kbtool.model import Article, Audience, Finding, Library, Location, Rendered, SitePlan
from kbtool.render.describe import first_sentence
from kbtool.render.extensions import left_out
from kbtool.render.markdown import Renderer
from kbtool.resources import resource_dir
from kbtool.search.build import Document
from kbtool.search.synonyms import Synonyms, read_synonyms
from kbtool.site.links import Filled, Links, used_files
from kbtool.site.plan import plan, same_addresses
from kbtool.site.shelf import stock
from kbtool.site.strings import Strings, load_strings


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
    `documents` and `synonyms` (what the search knows) by locale.
    """

    plan: SitePlan
    strings: Mapping[str, Strings]
    rendered: Mapping[tuple[str, str], Rendered]
    filled: Mapping[str, Filled]
    files: Mapping[str, Path]
    documents: Mapping[str, tuple[Document, ...]]
    synonyms: Mapping[str, Synonyms]
    findings: tuple[Finding, ...]


EMPTY = Rendered("", (), "")
RenderedTexts = dict[tuple[str, str, tuple[object, ...]], Rendered]
Progress = Callable[[int, int], None]


def read(config: Config) -> Content:
    """Read and parse every article."""
    files, problems = read_files(config)
    library, findings = parse(files.sources, config)
    synonyms, wrong = _synonyms(config)
    texts = {source.path: source.text for source in files.sources}
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
    known: RenderedTexts | None = None,
    progress: Progress | None = None,
) -> Tree:
    """The tree for one audience. `known` keeps rendered texts, so that a second tree need not do it again."""
    library = for_audience(content.library, audience, today)
    return _tree(config, content, library, audience, {} if known is None else known, progress)


def compile_preview(config: Config, content: Content, known: RenderedTexts) -> Tree:
    """The tree of all that was read, of every audience, status and date: for writers, never for a build."""
    return _tree(config, content, for_preview(content.library), "agents", known)


def _tree(
    config: Config,
    content: Content,
    library: Library,
    audience: Audience,
    known: RenderedTexts,
    progress: Progress | None = None,
) -> Tree:
    """The tree of the articles in `library`."""
    strings = {tag: load_strings(tag, string_folders(config)) for tag in config.locales}
    rendered, broken = render(config, library.articles, strings, known, progress)
    library = replace(
        library, articles=tuple(_described(a, rendered[a.locale, a.id]) for a in library.articles)
    )
    shelf, clashes = stock(library)
    site_plan = plan(
        shelf,
        audience,
        base=config.site.site_url,
        names={tag: config.settings.locales[tag] or autonym(tag) for tag in config.locales},
        titles=dict.fromkeys(config.locales, config.site.site_name),
    )
    links = Links(shelf, content.assets, config.settings.articles.layout)
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
        documents={tag: tuple(_documents(site_plan, rendered, tag)) for tag in config.locales},
        findings=(
            *_unused_settings(config),
            *broken,
            *clashes,
            *same_addresses(site_plan.pages),
            *(finding for found in own for finding in found),
        ),
    )


def check(
    config: Config, content: Content, *, today: date, quick: bool = False, progress: Progress | None = None
) -> list[Finding]:
    """Everything that is wrong with a help center, in order: what a build finds, and what the rules find.

    A quick run renders nothing, and leaves out the rules that need rendered texts.
    """
    known: RenderedTexts = {}
    strings = {tag: load_strings(tag, string_folders(config)) for tag in config.locales}
    not_rendered: list[Finding] = []

    def rendered(library: Library) -> dict[tuple[str, str], Rendered]:
        texts, broken = render(config, library.articles, strings, known, progress)
        not_rendered.extend(broken)
        return texts

    seen = views(content.library, content.assets, config, today, None if quick else rendered)
    subject = Subject(config, content.library, content.texts, seen)
    found = [*content.findings, *_unused_settings(config), *not_rendered, *_clashes(config, seen)]
    found += future_reviews(content.library, content.texts, today)
    found += registry.run(subject, registry.rules(), quick=quick)
    return sorted(dict.fromkeys(found), key=lambda finding: finding.order)


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
    known: RenderedTexts,
    progress: Progress | None = None,
) -> tuple[dict[tuple[str, str], Rendered], list[Finding]]:
    """Every article as HTML, each text once, and which could not be made.

    `progress` is told how many of how many are done.
    """
    renderers: dict[str, Renderer] = {}
    rendered: dict[tuple[str, str], Rendered] = {}
    findings: list[Finding] = []
    for number, article in enumerate(articles, 1):
        text = (article.locale, article.body, article.questions)
        if text not in known:
            if article.locale not in renderers:
                labels = strings[article.locale].group("markdown")
                renderers[article.locale] = Renderer(config.extensions, labels)
            try:
                known[text] = renderers[article.locale].render(article)
            except Exception as error:  # noqa: BLE001 - an extension may raise anything
                findings.append(_not_rendered(article, error))
                del renderers[article.locale]  # nobody knows in which state it stopped
        rendered[article.locale, article.id] = known.get(text, EMPTY)
        if progress:
            progress(number, len(articles))
    return rendered, findings


def _not_rendered(article: Article, error: Exception) -> Finding:
    message = f"this cannot be made into a page: {type(error).__name__}: {error}"
    help = "nest its lists and quotes less deeply, or leave out the Markdown extension that fails on it"
    return Finding("not-rendered", "error", article.where, message, help)


def _described(article: Article, rendered: Rendered) -> Article:
    """The article with a description: its own, else its first sentence."""
    return article if article.description else replace(article, description=first_sentence(rendered.text))


def _documents(
    site_plan: SitePlan, rendered: Mapping[tuple[str, str], Rendered], locale: str
) -> Iterator[Document]:
    """What the search of a locale knows: the articles that are really in that language."""
    for page in site_plan.pages:
        if page.article and page.locale == locale and not page.fallback:
            section = page.crumbs[-1].title if page.crumbs else ""
            yield _document(page.article, page.url, section, rendered)


def _document(
    article: Article, url: str, section: str, rendered: Mapping[tuple[str, str], Rendered]
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
    )
