"""From sources to articles: metadata, defaults of section and settings, title, slug."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from kbtool.config import Config
from kbtool.content.audience import agents_problems
from kbtool.content.frontmatter import split
from kbtool.content.includes import include_problems
from kbtool.content.metadata import Metadata, read_metadata
from kbtool.content.sections import read_sections, readable
from kbtool.lang.slugs import ascii_id, slugify
from kbtool.model import (
    Article,
    ArticleType,
    Audience,
    Finding,
    Library,
    Location,
    Section,
    Source,
    Status,
)
from kbtool.typed import keys_of
from kbtool.yamlfile import scalar

HEADING = re.compile(r"#[ \t]+(?P<title>[^\n]+)(?:\n|\Z)")
UNDERLINED = re.compile(r"(?P<title>[^\n]+)\n=+[ \t]*(?:\n|\Z)")
HEADING_ID = re.compile(r"\s*\{[^{}]*\}\s*\Z")
MARKUP = re.compile(
    r"!?\[([^\]]*)\]\([^)]*\)|[*`]{1,3}(?=\S)|(?<=\S)[*`]{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)"
)
INDEX = "index"
LONGEST_TITLE = 500  # characters; what is longer is no title but a mishap


@dataclass(frozen=True)
class Draft:
    """A source with its metadata read, before its section is known."""

    source: Source
    metadata: Metadata
    body: str
    body_line: int


def parse(sources: Sequence[Source], config: Config) -> tuple[Library, list[Finding]]:
    """The library of all readable articles, and every problem of every file."""
    findings: list[Finding] = []
    drafts = [draft for source in sources if (draft := _draft(source, config, findings))]
    sections, problems = read_sections(config.docs_dir, (section_of(d.source.rel) for d in drafts))
    findings += problems
    by_path = {section.path: section for section in sections}
    articles = []
    for draft in drafts:
        article = _article(draft, by_path, config, findings)
        if article is not None:
            articles.append(article)
    findings += _twins(articles)
    return Library(config.locales, tuple(articles), sections), findings


def section_of(rel: str) -> str:
    """The section of a path below the locale: all but its last part."""
    return rel.rpartition("/")[0]


def _draft(source: Source, config: Config, findings: list[Finding]) -> Draft | None:
    parts, reader = split(source.path, source.text)
    if parts is None:
        findings += reader.findings
        return None
    node = reader.read() if parts.has_front_matter else None
    metadata = read_metadata(node, config.settings.articles.fields, reader)
    findings += reader.findings
    if any(finding.severity == "error" for finding in reader.findings):
        return None
    return Draft(source, metadata, parts.body, parts.body_line)


def _article(
    draft: Draft, sections: dict[str, Section], config: Config, findings: list[Finding]
) -> Article | None:
    source, data = draft.source, draft.metadata
    where = Location(source.path, 1)
    path = section_of(source.rel)
    section = _inherited(path, sections)
    defaults = config.settings.articles.defaults
    audience = data.audience or section.audience or defaults.audience
    findings += include_problems(source.path, draft.body, draft.body_line)
    title, body, body_line = _title(draft, config, findings)
    if not audience:
        findings.append(_no_audience(where))
        return None
    if audience == "public":
        findings += _for_agents(draft, title)
    if not title:
        findings.append(_no_title(where))
        return None
    name = source.rel.rpartition("/")[2]
    return Article(
        id=data.id or source.rel,
        locale=source.locale,
        title=title,
        body=body,
        where=where,
        rel=source.rel,
        description=data.description,
        type=cast(ArticleType, data.type),
        audience=cast(Audience, audience),
        status=cast(Status, data.status or defaults.status),
        section=path,
        slug="" if name == INDEX else slugify(name) or slugify(title) or ascii_id(name),
        body_line=body_line,
        topics=data.topics or section.topics,
        tags=data.tags,
        product=data.product,
        aliases=data.aliases,
        questions=data.questions,
        owner=data.owner or section.owner or defaults.owner,
        reviewed=data.reviewed,
        review_every=data.review_every,
        publish_at=data.publish_at,
        expires_at=data.expires_at,
        significance=cast(Literal["typo", "content", "major"], data.significance),
        source=data.source,
        redirect_from=data.redirect_from,
        related=data.related,
    )


def _for_agents(draft: Draft, title: str) -> list[Finding]:
    """Text in a public article that is perhaps meant for agents, in its body or its front matter."""
    path, data = draft.source.path, draft.metadata
    answers = (text for question in data.questions for text in (question.question, question.answer))
    texts = (title, data.description, *data.aliases, *data.tags, *answers)
    inside = (found for text in texts for found in agents_problems(path, text, 1))
    where = Location(path, 1)
    return [
        *agents_problems(path, draft.body, draft.body_line),
        *(replace(found, where=where, source_line="") for found in inside),
    ]


def _inherited(path: str, sections: dict[str, Section]) -> Section:
    """The section's own word on audience, owner and topics, else that of the sections above it."""
    chain = []
    while path:
        chain.append(sections[path])
        path = path.rpartition("/")[0]
    return Section(
        path=chain[0].path if chain else "",
        titles={},
        audience=next((s.audience for s in chain if s.audience), None),
        owner=next((s.owner for s in chain if s.owner), ""),
        topics=next((s.topics for s in chain if s.topics), ()),
    )


def _title(draft: Draft, config: Config, findings: list[Finding]) -> tuple[str, str, int]:
    """The title, and the body without a level-1 heading that says the same."""
    start = len(draft.body) - len(draft.body.lstrip())
    match = HEADING.match(draft.body, start) or UNDERLINED.match(draft.body, start)
    heading = plain(match["title"][:LONGEST_TITLE]) if match else ""
    title = draft.metadata.title or heading
    if not title and draft.body.strip() and config.settings.articles.title == "heading":
        title = readable(draft.source.rel.rpartition("/")[2])
        message = f"this article has no title; it is shown as '{title}', by the name of its file"
        help = "start the text with '# Title', or name the file under articles.exclude"
        findings.append(Finding("missing-title", "warning", Location(draft.source.path, 1), message, help))
    if match is None or heading != title:
        return title, draft.body, draft.body_line
    if not draft.metadata.title and config.settings.articles.title == "front-matter":
        line = draft.body_line + draft.body[: match.start("title")].count("\n")
        where = Location(draft.source.path, line, 1)
        message = "the title comes from the heading, not from the front matter"
        help = f"add `title: {scalar(heading)}` at the top, or set articles.title: heading"
        findings.append(Finding("title-from-heading", "warning", where, message, help))
    return title, draft.body[match.end() :], draft.body_line + draft.body[: match.end()].count("\n")


def plain(heading: str) -> str:
    """The words of a heading without its Markdown and its attribute list."""
    bare = HEADING_ID.sub("", heading).rstrip().rstrip("#")
    return MARKUP.sub(lambda m: m[1] or "", bare).strip()


def _no_audience(where: Location) -> Finding:
    known = keys_of(Metadata)["audience"].metadata["kind"].name
    message = "nothing says who may read this article"
    help = f"add `audience:` with {known}, or set it for the section or under articles.defaults"
    return Finding("missing-audience", "error", where, message, help)


def _no_title(where: Location) -> Finding:
    message = "this article has no title"
    return Finding(
        "missing-title", "error", where, message, "add `title:` at the top, or start the text with '# Title'"
    )


def _twins(articles: Sequence[Article]) -> list[Finding]:
    """Two articles with one id, or with one address, in the same locale."""
    findings: list[Finding] = []
    ids: dict[tuple[str, ...], Article] = {}
    urls: dict[tuple[str, ...], Article] = {}
    for article in articles:
        first = ids.setdefault((article.locale, article.id), article)
        if first is not article:
            message = f"the id '{article.id}' is also that of {first.where.path}"
            help = _look_alike(first, article) or "give one of them another `id:`"
            findings.append(Finding("duplicate-id", "error", article.where, message, help))
        address = (article.locale, *map(slugify, article.section.split("/")), article.slug)
        first = urls.setdefault(address, article)
        if first is not article:
            message = f"this gets the same address as {first.where.path}"
            help = _look_alike(first, article) or "rename one of the two files"
            findings.append(Finding("duplicate-url", "error", article.where, message, help))
    return findings


def _look_alike(one: Article, other: Article) -> str:
    """The mend where the names of two files differ only in how their letters are composed; else ''."""
    same = unicodedata.normalize("NFC", one.where.path) == unicodedata.normalize("NFC", other.where.path)
    return (
        "these are two files whose names only look the same (NFC and NFD): keep one of them" if same else ""
    )
