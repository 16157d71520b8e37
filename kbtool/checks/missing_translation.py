"""A published article that some readers get in a language they did not ask for."""

from __future__ import annotations

from collections.abc import Iterator

from kbtool.checks.base import Rule, Subject
from kbtool.content.files import shown
from kbtool.content.layout import Layout
from kbtool.model import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """One finding per article, with all locales that lack it; a draft of a translation counts as one."""
    config, library = subject.config, subject.library
    layout = Layout(config.settings.articles.layout, config.locales)
    for versions in library.by_id().values():
        source = library.source_of(versions)
        files = {
            locale: shown(config.docs_dir / f"{layout.file(locale, source.rel)}.md")
            for locale in library.locales
            if locale not in versions
        }
        # A file that is there but cannot be used has a finding of its own.
        missing = [locale for locale, file in files.items() if file not in subject.texts]
        if not missing or source.status != "published":
            continue
        file = files[missing[0]]
        where, line = subject.key_place(source, "title")
        message = f"there is no translation of this into {', '.join(missing)}"
        help = f"write {file}, or another file with `id: {source.id}`; until then readers see this text"
        yield RULE.finding(where, message, help, line, file)


RULE = Rule(
    id="missing-translation",
    severity="warning",
    summary="A published article has no translation into one of the locales.",
    why="Readers of that locale get the text of the source language, with a notice. Nothing is broken: "
    "translate first what is asked for most (`kbtool stale` knows).",
    bad={
        "articles/en/orders/returns.md": "---\ntitle: Returns\ndescription: Send it back.\n---\n\nUse "
        "the old box.\n",
    },
    good={
        "articles/en/orders/returns.md": "---\ntitle: Returns\ndescription: Send it back.\n---\n\nUse "
        "the old box.\n",
        "articles/hi/orders/returns.md": "---\ntitle: सामान लौटाना\ndescription: सामान कैसे लौटाएँ।\n---\n\n"
        "पुराने डिब्बे में रखें।\n",
    },
    mend="Translate it at the same path below the other locale. What is missing on purpose can be "
    "written into a "
    "baseline: `kbtool check --write-baseline FILE`.",
    check=check,
)
