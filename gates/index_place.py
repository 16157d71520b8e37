"""A search with all of its files, for the gates that damage or replace them: index, texts, sealed index.

The articles of a version say which one it is, in their titles and in the order of their words.
"""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kbtool.errors import KbError
from kbtool.search.build import build_index
from kbtool.search.find import Place, find
from kbtool.search.format import index_dir
from kbtool.search.texts import Document
from kbtool.targets.texts import keep_texts

LOCALES = ("en", "hi")
QUERIES = {
    "en": ("refund arrives", "pasword", '"red form"', "title:refund NOT parcel", "form OR parcel", "zzzz"),
    "hi": ("रिफंड कैसे मिलेगा", "paise wapas", '"तीन दिन"', "title:पासवर्ड", "रिफंड AND पैसे", "क्ष"),
}
TEXTS = {
    "en": ("Refund", "Your refund arrives after the {form}. Choose a password for the parcel."),
    "hi": ("रिफंड और पासवर्ड", "रिफंड कैसे मिलेगा: पैसे {form} में वापस मिलते हैं।"),
}
FORMS = {"en": ("red form", "form red"), "hi": ("तीन दिन", "दिन तीन")}

Answer = list[tuple[str, str, int]]


@contextmanager
def temporary_root() -> Iterator[Path]:
    """A folder for a search, with a secret for its seals that is not the user's own."""
    before = os.environ.get("XDG_STATE_HOME")
    with tempfile.TemporaryDirectory() as root, tempfile.TemporaryDirectory() as state:
        os.environ["XDG_STATE_HOME"] = state
        try:
            yield Path(root)
        finally:
            del os.environ["XDG_STATE_HOME"]
            if before is not None:
                os.environ["XDG_STATE_HOME"] = before


def documents(locale: str, version: int, number: int = 12, words: int = 0) -> list[Document]:
    """The articles of a version, with that many other words each."""
    chance = random.Random(f"{locale} words")
    title, body = TEXTS[locale]
    syllables = [first + vowel for first in "bdfgklmnprstvz" for vowel in "aeiou"]
    rows = []
    for n in range(number):
        form = FORMS[locale][(n + version) % 2]
        others = " ".join("".join(chance.choices(syllables, k=3)) for _ in range(words))
        fields = {"title": f"{title} {n}", "body": f"{body.format(form=form)} {others}"}
        rows.append(
            Document(
                f"a{n:03}",
                f"{locale}/a{n:03}/",
                f"{title} {n}, version {version}",
                "",
                "",
                "public",
                fields,
            )
        )
    return rows


def place(root: Path, locale: str) -> Place:
    """Where everything of a locale lies."""
    return Place(root / "site", root / "texts", root / "whoosh", locale)


def site_files(version: int, **size: int) -> Iterator[tuple[str, bytes]]:
    """The indexes of a version, by their paths in the site."""
    for locale in LOCALES:
        for name, data in build_index(documents(locale, version, **size), locale).items():
            yield index_dir(locale) + name, data


def keep_version_texts(root: Path, version: int, **size: int) -> None:
    """Write the texts of a version."""
    keep_texts({locale: documents(locale, version, **size) for locale in LOCALES}, root / "texts")


def asked(root: Path, locale: str, query: str) -> Answer | KbError:
    """What is answered: ids, titles and scores, or a mistake that is told."""
    try:
        return [(hit.id, hit.title, hit.score) for hit in find(query, place(root, locale))]
    except KbError as error:
        return error
