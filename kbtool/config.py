"""The settings: every one declared once, below; parser, messages and documentation come from here.

They stand in `mkdocs.yml`, kbtool's own under `plugins: - kbtool:`. mkdocs' keys that kbtool reads
(`site_name`, `site_url`, `docs_dir`, `site_dir`, `markdown_extensions`, `theme.custom_dir`) mean
what they mean there. Paths are relative to the settings file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from kbtool import settingsfile
from kbtool.errors import UsageError
from kbtool.model import Finding
from kbtool.nearest import nearest
from kbtool.typed import (
    DURATION_DAYS,
    FLAG,
    LOCALISED,
    NUMBER,
    SHARE,
    TEXT,
    TEXTS,
    Kind,
    attempt,
    choice,
    key,
    keys_of,
    listing,
    mapping,
    record,
    wrong,
)
from kbtool.yamlfile import Node, YamlReader

RULE = "bad-settings"
WEB_ADDRESS = re.compile(r"https?://[^/\s?#]+(/[^\s?#]*)?\Z", re.IGNORECASE)
LOCALE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# Folders and at most one locale, which may be a part of a folder's name; then `/{path}`.
FOLDER = r"[^/{}\\.][^/{}\\]*"
LAYOUT_PATTERN = re.compile(
    rf"(?:{FOLDER}/)*(?:(?:{FOLDER})?\{{locale\}}[^/{{}}\\]*/(?:{FOLDER}/)*)?\{{path\}}"
)
COLOURS = [
    "red",
    "pink",
    "purple",
    "deep-purple",
    "indigo",
    "blue",
    "light-blue",
    "cyan",
    "teal",
    "green",
    "light-green",
    "lime",
    "yellow",
    "amber",
    "orange",
    "deep-orange",
    "brown",
    "grey",
    "blue-grey",
    "black",
    "white",
]


# With these mkdocs holds pages back.
UNREAD = {
    "exclude_docs": "name the files under articles.exclude in the settings of kbtool",
    "draft_docs": "write status: draft into the articles",
}
MKDOCS = frozenset({"theme", "plugins", "extra", "hooks", "nav", "validation", "watch"})


@dataclass(frozen=True)
class FieldRule:
    """What a front matter key of another system means here: our key, and our word for each value.

    `to` is '' where the key is dropped.
    """

    to: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


def _field_rule(node: Node, reader: YamlReader) -> FieldRule:
    if node.is_null:
        return FieldRule()
    if isinstance(node.value, str):
        return FieldRule(to=node.value)
    if isinstance(node.value, dict) and len(node.value) == 1:
        ((to, (_, values)),) = node.value.items()
        table = mapping(TEXT).read(values, reader)
        return FieldRule(to=to, values=table)
    raise wrong(
        node,
        reader,
        "this does not say what the key means",
        "write theirs: ours, or theirs: {ours: {value: value}}, or null",
    )


FIELD_RULE = Kind(
    "our key, a mapping of values, or null to drop it",
    _field_rule,
    {"type": ["string", "object", "null"], "additionalProperties": mapping(TEXT).schema, "maxProperties": 1},
)


def _field_rules(node: Node, reader: YamlReader) -> dict[str, FieldRule]:
    if not isinstance(node.value, dict):
        raise wrong(node, reader, "a mapping is wanted here", "write it as theirs: ours")
    return {name: FIELD_RULE.read(value, reader) for name, (_, value) in node.value.items()}


def _locales(node: Node, reader: YamlReader) -> dict[str, str]:
    if isinstance(node.value, list):
        at = {TEXT.read(item, reader): item for item in node.value}
        table = dict.fromkeys(at, "")
    else:
        table = mapping(TEXT).read(node, reader)
        at = {tag: pair[0] for tag, pair in node.value.items()} if table else {}
    for tag in table:
        if not LOCALE.fullmatch(tag):
            help = "write a language tag such as en, hi or pt-BR"
            raise wrong(at[tag], reader, f"'{tag}' is not a locale", help)
        if tag != usual_case(tag):
            raise wrong(at[tag], reader, f"'{tag}' is not written as locales are", f"write {usual_case(tag)}")
    if not table:
        raise wrong(node, reader, "no locale is given", "write at least one, such as {en: English}")
    return table


def usual_case(tag: str) -> str:
    """A locale as it is written everywhere: `pt-BR`, `zh-Hant`, `sl-nedis`."""
    language, *parts = tag.lower().split("-")
    case = {2: str.upper, 4: str.title}
    return "-".join([language, *(case.get(len(part), str)(part) for part in parts)])


def _layout(node: Node, reader: YamlReader) -> str:
    text: str = TEXT.read(node, reader)
    if not LAYOUT_PATTERN.fullmatch(text) or text.startswith("_") or "/_" in text:
        message = f"'{text}' does not say where articles lie"
        raise wrong(node, reader, message, 'write "{locale}/{path}", "{locale}/docs/{path}" or "{path}"')
    return text


LAYOUT = Kind("pattern that ends in `{path}`", _layout, {"type": "string", "pattern": r"\{path\}$"})


@dataclass(frozen=True)
class Defaults:
    """What holds for articles that say nothing of it, and whose section does not either."""

    audience: str = key(choice("public", "agents"), "Who may read them.", "")
    status: str = key(choice("draft", "published", "archived"), "Whether they are out.", "published")
    owner: str = key(TEXT, "Who answers for them.", "")


@dataclass(frozen=True)
class ArticleSettings:
    """Where articles lie and how their front matter is read."""

    layout: str = key(
        LAYOUT,
        "Where articles lie below `docs_dir`: `{locale}/{path}`, with folders of its own around the locale "
        "(`{locale}/docs/{path}`), or `{path}` with one locale.",
        "{locale}/{path}",
    )
    title: str = key(
        choice("front-matter", "heading"),
        "Where the title comes from. With `heading`, the first level-1 heading serves silently.",
        "front-matter",
    )
    exclude: tuple[str, ...] = key(
        TEXTS,
        "Files below `docs_dir` that are no articles, such as `*/README.md`; `*` stands for any text.",
        (),
    )
    defaults: Defaults = key(
        record(Defaults, "articles.defaults."),
        "What holds for articles that say nothing of it.",
        Defaults(),
    )
    fields: Mapping[str, FieldRule] = key(
        Kind(
            "mapping of their key to ours",
            _field_rules,
            {"type": "object", "additionalProperties": FIELD_RULE.schema},
        ),
        "Front matter keys of another system: ours, ours with a table of values, or null to drop the key.",
        factory=dict,
    )


@dataclass(frozen=True)
class Identity:
    """How the site looks like its company."""

    logo: str = key(TEXT, "Image for the header, below `docs_dir`.", "")
    favicon: str = key(TEXT, "Icon of the browser tab, below `docs_dir`.", "")
    colour: str = key(choice(*COLOURS), "Main colour, a name of Material's palette.", "indigo")
    accent: str = key(choice(*COLOURS), "Colour of links under the pointer and of buttons.", "indigo")
    footer: tuple[Mapping[str, str], ...] = key(
        listing(mapping(TEXT)), "Links at the foot of every page: `href` and one title per locale.", ()
    )


def _answer_time(node: Node, reader: YamlReader) -> str:
    text: str = TEXT.read(node, reader)
    if not re.fullmatch(r"[1-9]\d?[hd]", text):
        raise wrong(node, reader, f"'{text}' is not an answer time", "write hours or days, such as 4h or 1d")
    return text


@dataclass(frozen=True)
class Phone:
    """A number to call, and when somebody answers."""

    number: str = key(TEXT, "The number.", "")
    hours: Mapping[str, str] = key(LOCALISED, "When it is answered.", factory=dict)


@dataclass(frozen=True)
class Contact:
    """Ways to reach people, shown where an article did not help."""

    phone: Phone = key(record(Phone, "contact.phone."), "A telephone number and its hours.", Phone())
    mail: str = key(TEXT, "A mail address.", "")
    whatsapp: str = key(TEXT, "A WhatsApp number.", "")
    answer_within: str = key(
        Kind("hours or days", _answer_time, {"type": "string", "pattern": "^[1-9][0-9]?[hd]$"}),
        "How soon an answer can be expected, such as `4h` or `1d`.",
        "",
    )


@dataclass(frozen=True)
class TopicSettings:
    """Which tickets of an export are about a topic."""

    values: tuple[str, ...] = key(TEXTS, "Values of the topic field that mean it.", ())
    tags: tuple[str, ...] = key(TEXTS, "Tags that mean it.", ())
    words: tuple[str, ...] = key(TEXTS, "Words of a subject that mean it.", ())


def _zone(node: Node, reader: YamlReader) -> str:
    name: str = TEXT.read(node, reader)
    try:
        ZoneInfo(name)
    except (ValueError, OSError) as error:
        help = "write it as in the tz database, such as Asia/Kolkata"
        raise wrong(node, reader, f"there is no time zone '{name}'", help) from error
    return name


TICKET_FIELDS = (
    *("id", "created", "updated", "subject", "text", "tags", "topic", "locale", "channel", "status"),
    *(
        "resolution",
        "parent",
        "spam",
        "deleted",
        "replies",
        "reopens",
        "first_contact",
        "csat",
        "nps",
        "links",
    ),
)


def _ticket_fields(node: Node, reader: YamlReader) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = mapping(TEXTS).read(node, reader)
    for name in found:
        if name not in TICKET_FIELDS:
            at = node.value[name][0]
            help = f"known here: {', '.join(TICKET_FIELDS)}"
            raise wrong(at, reader, f"unknown field '{name}' of a ticket", help)
    return found


@dataclass(frozen=True)
class TicketSettings:
    """Where ticket counts come from."""

    path: str = key(TEXT, "File with `topic,date,count`.", "")
    preset: str = key(TEXT, "The help desk whose exports are imported: its name, or a preset file.", "")
    fields: Mapping[str, tuple[str, ...]] = key(
        Kind("mapping of fields", _ticket_fields, mapping(TEXTS).schema),
        "Fields of an export that the preset does not know: ours and theirs, such as `topic`.",
        factory=dict,
    )
    topics: Mapping[str, TopicSettings] = key(
        mapping(record(TopicSettings, "tickets.topics.")),
        "Topics, and which tickets of an export are about them: `values`, `tags`, `words`.",
        factory=dict,
    )
    timezone: str = key(
        Kind("time zone", _zone, {"type": "string"}), "Where the day begins when exports are counted.", "UTC"
    )
    aliases: Mapping[str, tuple[str, ...]] = key(
        mapping(TEXTS),
        "Old topic names: the new one each, or a list of those that it was split into.",
        factory=dict,
    )


@dataclass(frozen=True)
class StaleSettings:
    """When a topic counts as stale."""

    fdr: float = key(SHARE, "Share of false alarms that is allowed among the flags of a week.", 0.05)
    queue: int = key(NUMBER, "How many articles writers can look at in a week.", 20)
    review_every: int = key(
        DURATION_DAYS,
        "How often an article is reviewed that does not say it itself.",
        180,
        default_doc="180d",
    )
    under_review: bool = key(
        FLAG, "Whether the page of an article whose tickets rise says that it is under review.", default=False
    )


@dataclass(frozen=True)
class SearchSettings:
    """What the search knows beside the articles."""

    synonyms: str = key(
        TEXT, "Folder with `synonyms.<locale>.yml`: what readers type, and the words it means.", ""
    )
    queries: str = key(
        TEXT,
        "File with judged queries: what readers type, and the articles that it should find. `kbtool check` "
        "asks them.",
        "",
    )


@dataclass(frozen=True)
class GateSettings:
    """The last look at a public site before it goes out."""

    allow: tuple[str, ...] = key(
        TEXTS,
        "Words and sentences of protected articles that everybody may read, such as a name that a template "
        "of your own shows.",
        (),
    )


@dataclass(frozen=True)
class Settings:
    """kbtool's own settings, under `plugins: - kbtool:`."""

    locales: Mapping[str, str] = key(
        Kind(
            "mapping of locale to name",
            _locales,
            {"type": ["object", "array"], "additionalProperties": TEXT.schema, "items": {"type": "string"}},
        ),
        "The locales, the source locale first.",
        factory=lambda: {"en": "English"},
        default_doc="{en: English}",
    )
    articles: ArticleSettings = key(
        record(ArticleSettings, "articles."), "Where articles lie and how they are read.", ArticleSettings()
    )
    identity: Identity = key(record(Identity, "identity."), "Logo, colours, footer.", Identity())
    contact: Contact = key(record(Contact, "contact."), "Ways to reach people.", Contact())
    tickets: TicketSettings = key(record(TicketSettings, "tickets."), "Ticket counts.", TicketSettings())
    stale: StaleSettings = key(
        record(StaleSettings, "stale."), "When a topic counts as stale.", StaleSettings()
    )
    search: SearchSettings = key(record(SearchSettings, "search."), "Words for the search.", SearchSettings())
    gate: GateSettings = key(record(GateSettings, "gate."), "The last look at a site.", GateSettings())


@dataclass(frozen=True)
class SiteKeys:
    """The keys of mkdocs that kbtool reads."""

    site_name: str = key(TEXT, "Name of the site.", "Help")
    site_url: str = key(TEXT, "Where it will be published; a sub-path works.", "")
    docs_dir: str = key(TEXT, "Folder of the articles.", "articles")
    site_dir: str = key(TEXT, "Folder of the built site.", "site")


@dataclass(frozen=True)
class Config:
    """All settings of one help center, with absolute paths. `locales` starts with the source locale."""

    path: Path
    site: SiteKeys
    settings: Settings
    extensions: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    custom_dir: Path | None = None
    other_plugins: tuple[str, ...] = ()

    @property
    def root(self) -> Path:
        """The folder of the settings file."""
        return self.path.parent

    @property
    def docs_dir(self) -> Path:
        """The folder of the articles."""
        return self.root / self.site.docs_dir

    @property
    def site_dir(self) -> Path:
        """The folder of the public site."""
        return self.root / self.site.site_dir

    @property
    def private_dir(self) -> Path:
        """Everything kbtool keeps beside the settings: `.kbtool/<name of the settings file>`."""
        return self.root / ".kbtool" / self.path.stem

    @property
    def own_paths(self) -> tuple[Path, ...]:
        """Files and folders of the project beside its articles."""
        own = self.settings
        named = (own.tickets.path, own.search.synonyms, own.search.queries)
        given = [self.root / name for name in named if name]
        return (
            self.path,
            self.private_dir,
            self.notes_path,
            *given,
            *([self.custom_dir] if self.custom_dir else []),
        )

    @property
    def notes_path(self) -> Path:
        """What agents note by hand, beside the ticket counts."""
        return (self.root / (self.settings.tickets.path or "tickets/counts.csv")).with_name("notes.jsonl")

    @property
    def locales(self) -> tuple[str, ...]:
        """The locales, the source locale first."""
        return tuple(self.settings.locales)


def load(path: Path, environ: Mapping[str, str]) -> tuple[Config | None, list[Finding]]:
    """Read a settings file: the settings (None when they cannot be used) and all problems at once."""
    if not path.is_file():
        raise UsageError(f"there is no settings file {path}", "start a help center with: kbtool init my-help")
    root, reader = settingsfile.read(path, environ, RULE)
    if root is None:
        return None, reader.findings
    plugins = dict(settingsfile.named_items(root.get("plugins")))
    own = plugins.get("kbtool")
    settings = attempt(record(Settings), own, reader) if own else Settings()
    site = attempt(record(SiteKeys), _only(root, keys_of(SiteKeys)), reader)
    theme = root.get("theme")
    custom = theme.get("custom_dir") if theme else None
    custom_dir = attempt(TEXT, custom, reader) if custom else ""
    _check_plugins(plugins, root, reader)
    _check_level(root, reader)
    if site is not None:
        _check_site(site, settings, root, reader)
    if reader.findings:
        return None, reader.findings
    config = Config(
        path=path.resolve(),
        site=site,
        settings=settings,
        extensions=settingsfile.extensions(root),
        custom_dir=path.resolve().parent / custom_dir if custom_dir else None,
        other_plugins=tuple(name for name in plugins if name not in ("kbtool", "search")),
    )
    return config, []


def _only(root: Node, names: Iterable[str]) -> Node:
    """The mapping with these keys alone: the rest of `mkdocs.yml` is not ours to judge."""
    return replace(root, value={name: pair for name, pair in root.value.items() if name in names})


def _check_plugins(plugins: Mapping[str, Node | None], root: Node, reader: YamlReader) -> None:
    """A misspelt `kbtool` would silently drop all its settings."""
    near = next((name for name in plugins if nearest(name, ["kbtool"])), None)
    at = root.get("plugins")
    if near and at and "kbtool" not in plugins:
        reader.problem(at.line, at.column, f"there is no plugin '{near}'", "did you mean 'kbtool'?")


def _check_level(root: Node, reader: YamlReader) -> None:
    """Keys that hide articles, or are ours, where nobody reads them: they would hide nothing."""
    for name, (at, _) in root.value.items() if isinstance(root.value, dict) else ():
        if name in UNREAD:
            reader.problem(at.line, at.column, f"kbtool does not read {name}", UNREAD[name])
        elif name in keys_of(Settings) and name not in MKDOCS:
            message = f"'{name}' is a setting of kbtool, and stands outside of it"
            reader.problem(at.line, at.column, message, "move it below `plugins: - kbtool:`, indented")


def _check_site(site: SiteKeys, settings: Settings | None, root: Node, reader: YamlReader) -> None:
    """What no single key can know."""
    url = root.get("site_url")
    if url and site.site_url and not WEB_ADDRESS.match(site.site_url):
        message = f"'{site.site_url}' is not a web address"
        reader.problem(url.line, url.column, message, "write it as https://help.example.com/")
    layout = settings.articles.layout if settings else ""
    if settings and "{locale}" not in layout and len(settings.locales) > 1:
        at = root.get("plugins") or root
        reader.problem(
            at.line,
            at.column,
            f"articles.layout '{layout}' is for one locale, but several are set",
            f"use {layout.replace('{path}', '{locale}/{path}')}",
        )
