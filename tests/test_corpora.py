"""Articles of other owners, read where they lie: each one is published, or named with its reason."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest

from tests.built import PageReader, broken, repeated_ids, unsafe
from tests.conftest import ROOT, Kb, Ran

CORPORA = ROOT.parent / "shared" / "corpora"
SITES = ROOT / "bench" / "sites"
NAMED = re.compile(r"^(?P<file>.+?\.md)(?::\d+)*: (?:error|warning|info)\[(?P<rule>[\w-]+)\]", re.MULTILINE)
LEFT_OUT = ("not-an-article", "unknown-locale")

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not beside this checkout")


def build(kb: Kb, settings: str, folder: Path, locales: str = "", **environment: str) -> Ran:
    """Build one of the sites of `bench/` from that folder, perhaps with fewer locales."""
    text = (SITES / f"{settings}.yml").read_text(encoding="utf-8")
    text = re.sub(r"docs_dir: .+", f"docs_dir: {os.path.relpath(folder, kb.root)}", text)
    text = re.sub(r"site_dir: .+", "site_dir: site", text)
    if locales:
        text = re.sub(r"locales:\s+(\{.+?\}|\[.+?\])", f"locales: {locales}", text, flags=re.DOTALL)
    kb.write("mkdocs.yml", text)
    done = kb.run("build", "-v", "--audience", "public", **environment)
    assert done.exit == 0, done.err
    return done


def every_file_is_accounted_for(done: Ran, folder: Path) -> int:
    """The number of articles; every Markdown file is one, or is named as left out."""
    files = [path for path in folder.rglob("*.md") if "_assets" not in path.parts]
    out = {Path(m["file"]).name for m in NAMED.finditer(done.err) if m["rule"] in LEFT_OUT}
    count = sum(1 for m in NAMED.finditer(done.err) if m["rule"] in LEFT_OUT)
    assert count == sum(1 for path in files if path.name in out)
    match = re.search(r"^site: (\d+) articles", done.out, re.MULTILINE)
    assert match is not None
    assert int(match[1]) + count == len(files)
    return int(match[1])


def sound(kb: Kb, pages: Iterable[str]) -> None:
    """The pages are harmless, and no address inside the site leads nowhere."""
    for url in pages:
        reader = PageReader(kb.page(url))
        assert (url, unsafe(reader), repeated_ids(reader)) == (url, [], [])


def converter() -> ModuleType:
    """`bench/convert_bitcoin.py`, which stands outside of every package."""
    spec = importlib.util.spec_from_file_location("convert_bitcoin", ROOT / "bench" / "convert_bitcoin.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclass looks there
    spec.loader.exec_module(module)
    return module


def test_documents_whose_locales_hold_a_folder_of_their_own(kb: Kb) -> None:
    folder = kb.root / "docs"
    for locale in ("en", "hi", "ja"):
        shutil.copytree(CORPORA / "fastapi-docs" / locale, folder / locale)
    done = build(kb, "fastapi", folder, "{en: English, hi: हिन्दी, ja: 日本語}")
    assert every_file_is_accounted_for(done, folder) > 350
    page = kb.page("hi/tutorial/body")
    assert "<h1" in page
    assert '<div class="admonition note">' in page
    assert "///" not in page
    assert 'id="create-your-data-model"' in page
    assert "warning[not-included]" in done.err
    sound(kb, ["en", "hi", "hi/tutorial", "hi/tutorial/body", "ja/tutorial/first-steps"])


def test_short_pages_whose_names_are_signs(kb: Kb) -> None:
    folder = CORPORA / "tldr-hi"
    done = build(kb, "tldr", folder)
    assert every_file_is_accounted_for(done, folder) == 647
    assert "warning[" not in done.err
    addresses = re.findall(r'class="kb-list__link" href="([^"]+)"', kb.page("hi/common"))
    assert len(addresses) == len(set(addresses)) > 250
    found = kb.run("search", "sankhya ke sath kamand", "--lang", "hi")
    assert "/common/" in found.out


@pytest.mark.parametrize("form", ["articles", "faq"])
def test_questions_and_answers_in_scripts_from_both_sides(kb: Kb, form: str) -> None:
    folder = kb.root / "converted"
    written = converter().convert(folder, form=form, locales="ar,fa,he,hi,ja,pt-BR,zh-CN")
    done = build(kb, "bitcoin", folder, "[en, ar, fa, he, hi, ja, pt-BR, zh-CN]")
    assert every_file_is_accounted_for(done, folder) == written
    assert "warning[" not in done.err
    url = "general/acquire" if form == "articles" else "1-general"
    for locale in ("ar", "fa", "he"):
        page = kb.page(f"{locale}/{url}")
        assert f'lang="{locale}" dir="rtl"' in page.partition("<head")[0]
        assert "&lt;" not in page.partition("<article")[2].partition("</article")[0]
    sound(kb, [f"{locale}/{url}" for locale in ("en", "ar", "ja", "zh-CN")])
    assert broken(kb.tree(), "/") == []


def test_html_of_answers_becomes_markdown() -> None:
    markdown = converter().markdown
    assert markdown('<em><b>Free</b></em> <a href="https://a.example/x">now</a>') == (
        "***Free*** [now](https://a.example/x)"
    )
    assert markdown('<a href="#top#">words</a> and <a href="javascript:x()">more</a>') == "words and more"
    assert markdown("5 * 3 [a] &lt;b&gt;") == r"5 \* 3 \[a\] \<b\>"
    assert markdown("a<em><b> bold </b></em>x") == "a ***bold*** x"
    assert markdown("- 1") == r"\- 1"
    assert markdown("<p>one<br>two</p>") == "one\n\ntwo"
