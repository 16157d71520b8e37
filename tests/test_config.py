"""The settings: defaults, every key, and all problems of a file at once."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from kbtool import config
from kbtool.config import Config, FieldRule, Settings, load, usual_case
from kbtool.errors import Exit, UsageError
from kbtool.model import Finding
from kbtool.typed import keys_of

COMPLETE = """
site_name: सहायता
site_url: https://help.example.com/support/
docs_dir: texts
site_dir: out
theme: {name: material, custom_dir: look}
markdown_extensions: [tables]
plugins:
  - search
  - tags
  - kbtool:
      locales: {en: English, hi: हिन्दी, pt-BR: }
      articles:
        layout: "{locale}/{path}"
        exclude: ["*/README.md"]
        title: heading
        defaults: {audience: public, status: draft, owner: Billing}
        fields:
          updated: reviewed
          draft: {status: {true: draft, false: published}}
          section: null
      identity: {logo: a.svg, favicon: b.svg, colour: teal, accent: amber, footer: [{en: Privacy, href: /p}]}
      contact:
        phone: {number: "+91 1", hours: {en: "9-18"}}
        mail: help@example.com
        whatsapp: "+91 2"
        answer_within: 4h
      tickets:
        path: t.csv
        aliases: {old: new}
        preset: zendesk
        fields: {topic: [cf_topic]}
        topics: {refunds: {tags: [refund], words: [money back], values: [Refund]}}
        timezone: Asia/Kolkata
      stale: {fdr: 0.1, queue: 5, review_every: 1y, under_review: true}
      search: {synonyms: words, queries: asked.yml}
      gate: {allow: [Acme]}
"""


def load_text(folder: Path, text: str) -> tuple[Config | None, list[Finding]]:
    path = folder / "mkdocs.yml"
    path.write_text(text, encoding="utf-8")
    return load(path, {})


def own(folder: Path, text: str) -> list[Finding]:
    """The problems of kbtool's own settings, given in flow style."""
    settings, findings = load_text(folder, f"plugins:\n  - kbtool: {text}\n")
    assert (settings is None) == bool(findings)
    return findings


def test_a_name_is_enough(tmp_path: Path) -> None:
    settings, findings = load_text(tmp_path, "site_name: Help")
    assert findings == []
    assert settings is not None
    assert settings.locales == ("en",)
    assert settings.settings == Settings()
    assert (settings.docs_dir, settings.site_dir) == (tmp_path / "articles", tmp_path / "site")
    assert settings.private_dir == tmp_path / ".kbtool" / "mkdocs"
    assert settings.custom_dir is None


def test_every_key_is_read(tmp_path: Path) -> None:
    settings, findings = load_text(tmp_path, COMPLETE)
    assert findings == []
    assert settings is not None
    assert settings.locales == ("en", "hi", "pt-BR")
    assert settings.settings.locales == {"en": "English", "hi": "हिन्दी", "pt-BR": ""}
    assert settings.settings.articles.defaults == config.Defaults("public", "draft", "Billing")
    assert settings.settings.articles.fields == {
        "updated": FieldRule("reviewed"),
        "draft": FieldRule("status", {"true": "draft", "false": "published"}),
        "section": FieldRule(),
    }
    assert settings.settings.stale == config.StaleSettings(0.1, 5, 365, under_review=True)
    assert settings.settings.contact.phone.hours == {"en": "9-18"}
    assert settings.custom_dir == tmp_path / "look"
    assert settings.other_plugins == ("tags",)
    assert settings.extensions == (("tables", {}),)
    assert (settings.docs_dir, settings.site_dir) == (tmp_path / "texts", tmp_path / "out")
    untouched = set_but_default(Settings(), settings.settings)
    assert untouched == {"articles.layout"}, "the example must set every key to another value"


def set_but_default(default: object, given: object, prefix: str = "") -> set[str]:
    """The dotted keys whose value in `given` is the default."""
    same: set[str] = set()
    assert is_dataclass(default)
    for one in fields(default):
        before, after = getattr(default, one.name), getattr(given, one.name)
        if is_dataclass(before):
            same |= set_but_default(before, after, f"{prefix}{one.name}.")
        elif before == after:
            same.add(prefix + one.name)
    return same


def test_every_key_is_documented() -> None:
    records = [Settings, config.SiteKeys, config.Phone]
    records += [type(getattr(Settings(), name)) for name in keys_of(Settings) if name != "locales"]
    for cls in records:
        for name, declared in keys_of(cls).items():
            assert declared.metadata["doc"].endswith("."), f"{cls.__name__}.{name}"


@pytest.mark.parametrize(
    ("text", "column", "message", "help"),
    [
        ("{locals: {en: English}}", 14, "unknown setting 'locals'", "did you mean 'locales'?"),
        ("{stale: {quue: 1}}", 22, "unknown setting 'stale.quue'", "did you mean 'queue'?"),
        ("{stale: {zzz: 1}}", 22, "unknown setting 'stale.zzz'", "known here: fdr, queue, review_every"),
        ("{stale: {fdr: 5}}", 27, "'5' is not a number from 0 to 1", "0.05"),
        ("{locales: {}}", 23, "no locale is given", "{en: English}"),
        ("{locales: [en, {hi: x}]}", 28, "one text is wanted here", "in quotes"),
        ("{locales: {english: x}}", 24, "'english' is not a locale", "such as en, hi or pt-BR"),
        ("{locales: {en: E, hi_IN: x}}", 31, "'hi_IN' is not a locale", "such as en, hi or pt-BR"),
        ("{locales: [en, HI]}", 28, "'HI' is not written as locales are", "write hi"),
        ("{locales: {pt-br: x}}", 24, "'pt-br' is not written as locales are", "write pt-BR"),
        ("{articles: {layout: '{path}/{locale}'}}", 33, "does not say where articles lie", "{locale}/docs/"),
        ("{articles: {title: headings}}", 32, "'headings' is not one of", "did you mean 'heading'?"),
        (
            "{articles: {defaults: {audience: publik}}}",
            46,
            "'publik' is not one of",
            "did you mean 'public'?",
        ),
        ("{articles: {defaults: {status: live}}}", 44, "'live' is not one of draft,", "write one of"),
        ("{articles: {defaults: {audiense: public}}}", 36, "'articles.defaults.audiense'", "'audience'?"),
        ("{articles: {fields: [a]}}", 33, "a mapping is wanted here", "theirs: ours"),
        ("{articles: {fields: {a: [b]}}}", 37, "does not say what the key means", "or null"),
        ("{identity: {colour: tael}}", 33, "'tael' is not one of", "did you mean 'teal'?"),
        ("{contact: {answer_within: soon}}", 39, "'soon' is not an answer time", "4h or 1d"),
        ("text", 13, "this holds settings of its own", "key: value"),
    ],
)
def test_bad_settings(tmp_path: Path, text: str, column: int, message: str, help: str) -> None:
    (found,) = own(tmp_path, text)
    assert (found.rule, found.severity) == ("bad-settings", "error")
    assert (found.where.line, found.where.column) == (2, column)
    assert message in found.message
    assert help in found.help


@pytest.mark.parametrize(
    ("text", "line", "message", "help"),
    [
        ("site_name: [a]", 1, "one text is wanted here", "in quotes"),
        ("site_url: help.example.com", 1, "'help.example.com' is not a web address", "https://help.example"),
        ("site_url: 'https://'", 1, "'https://' is not a web address", "write it as https://"),
        ("site_url: javascript:alert(1)", 1, "is not a web address", "write it as https://"),
        ("site_url: https://a.example/?x=1", 1, "is not a web address", "write it as https://"),
        ("theme: {custom_dir: [a]}", 1, "one text is wanted here", "in quotes"),
        ("a: 1\nplugins: [kbtol]", 2, "there is no plugin 'kbtol'", "did you mean 'kbtool'?"),
        (
            "plugins:\n  - kbtool: {locales: [en, hi], articles: {layout: '{path}'}}",
            2,
            "articles.layout '{path}' is for one locale, but several are set",
            "use {locale}/{path}",
        ),
        (
            "plugins:\n  - kbtool: {locales: [en, hi], articles: {layout: 'docs/{path}'}}",
            2,
            "articles.layout 'docs/{path}' is for one locale",
            "use docs/{locale}/{path}",
        ),
    ],
)
def test_bad_keys_of_mkdocs(tmp_path: Path, text: str, line: int, message: str, help: str) -> None:
    settings, (found,) = load_text(tmp_path, text)
    assert settings is None
    assert found.where.line == line
    assert message in found.message
    assert help in found.help


@pytest.mark.parametrize(
    "layout",
    [
        "{locale}/{path}",
        "{locale}/docs/{path}",
        "a/b/{locale}/{path}",
        "pages.{locale}/{path}",
        "{path}",
        "a/{path}",
    ],
)
def test_layouts(tmp_path: Path, layout: str) -> None:
    locales = "[en, hi]" if "{locale}" in layout else "[en]"
    text = f"plugins:\n  - kbtool: {{locales: {locales}, articles: {{layout: '{layout}'}}}}"
    settings, findings = load_text(tmp_path, text)
    assert findings == []
    assert settings is not None
    assert settings.settings.articles.layout == layout


@pytest.mark.parametrize(
    "layout",
    [
        "docs",
        "/{path}",
        "../{path}",
        "a//{path}",
        "{path}.md",
        "{locale}{path}",
        "{locale}/{locale}/{path}",
        "{lang}/{path}",
        "_x/{path}",
        "a/_x/{path}",
        "a/.git/{path}",
        "a\\{path}",
        "",
    ],
)
def test_layouts_that_lead_nowhere(tmp_path: Path, layout: str) -> None:
    (found,) = own(tmp_path, f"{{articles: {{layout: '{layout}'}}}}")
    assert found.message == f"'{layout}' does not say where articles lie"


def test_all_problems_at_once(tmp_path: Path) -> None:
    _, findings = load_text(
        tmp_path,
        "site_url: x\nplugins:\n  - kbtool:\n      locals: [en]\n      stale: {fdr: x, queue: y}\n"
        "      contact: {phone: {numbr: 1}}\n",
    )
    assert sorted(f.where.line for f in findings) == [1, 4, 5, 5, 6]


def test_an_empty_plugin_has_the_defaults(tmp_path: Path) -> None:
    for text in ("plugins: [kbtool]", "plugins:\n  - kbtool:\n", "plugins: {kbtool: }"):
        settings, _ = load_text(tmp_path, text)
        assert settings is not None
        assert settings.settings == Settings()


def test_no_settings_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no settings file") as caught:
        load(tmp_path / "mkdocs.yml", {})
    assert caught.value.exit_code == Exit.USAGE
    assert "kbtool init" in caught.value.help


@pytest.mark.parametrize("tag", ["en", "pt-BR", "zh-Hant", "zh-Hant-TW", "es-419", "sl-nedis"])
def test_usual_case(tag: str) -> None:
    assert usual_case(tag) == usual_case(tag.upper()) == usual_case(tag.lower()) == tag


@pytest.mark.parametrize(
    "key", ["articles: {exclude: [a.md]}", "gate: {allow: [x]}", "locales: [en]", "exclude_docs: x"]
)
def test_what_would_hide_nothing_where_it_stands_is_told(tmp_path: Path, key: str) -> None:
    settings, findings = load_text(tmp_path, f"site_name: Help\n{key}\nplugins: [kbtool]\n")
    assert settings is None
    assert [(str(f.where).rpartition("mkdocs.yml")[2], f.severity) for f in findings] == [(":2:1", "error")]
    assert findings[0].help


def test_keys_of_mkdocs_are_its_own_affair(tmp_path: Path) -> None:
    text = "site_name: Help\nnav: [a.md]\nextra: {gate: 1}\nhooks: []\nrepo_url: x\nplugins: [kbtool]\n"
    assert load_text(tmp_path, text)[1] == []
