"""Writing what a translation was made from, and nothing else."""

from __future__ import annotations

import pytest

from kbtool.content.frontmatter import split
from kbtool.content.mark import marked
from kbtool.content.metadata import read_metadata
from kbtool.model import TranslatedFrom

SECTIONS = {"title": "0123456789ab", "कब": "1e1000000000"}
BLOCK = 'source:\n  locale: en\n  sections:\n    title: "0123456789ab"\n    "कब": "1e1000000000"\n'


def read_back(text: str) -> TranslatedFrom | None:
    found, reader = split("a.md", text)
    assert found is not None
    source = read_metadata(reader.read(), {}, reader).source
    assert reader.findings == []
    return source


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: T\n---\n\nBody.\n",
        "Body.\n",
        "---\ntitle: T\nsource:\n  locale: en\n  sections:\n    old: abc\n\nowner: me\n---\nBody.\n",
        "---\r\ntitle: T\r\n---\r\nBody.\r\n",
        "---\nsource: {locale: en, sections: {}}\n---\n",
    ],
)
def test_it_reads_back_and_all_else_stays(text: str) -> None:
    once = marked(text, "en", SECTIONS)
    assert read_back(once) == TranslatedFrom("en", SECTIONS)
    assert marked(once, "en", SECTIONS) == once
    assert "Body." in once or "Body." not in text
    assert ("owner: me" in once) == ("owner: me" in text)
    assert once.count("source:") == 1


def test_the_place_of_the_old_block_is_kept() -> None:
    text = "---\na: 1\nsource:\n  locale: en\n  sections: {}\nz: 2\n---\nBody.\n"
    assert marked(text, "en", {"title": "abc"}) == (
        "---\na: 1\nsource:\n  locale: en\n  sections:\n    title: abc\nz: 2\n---\nBody.\n"
    )
