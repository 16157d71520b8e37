"""The whole program: what a built tree holds, and what it must never hold."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from kbtool import pipeline
from kbtool.config import load
from kbtool.content.files import shown
from kbtool.model import Audience
from tests.built import PageReader, Tag, broken, pages, repeated_ids, unsafe
from tests.conftest import Kb
from tests.sample_site import BASE, SECRET, TODAY, URL, fill

Tree = Mapping[str, bytes]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Kb:
    """The sample, built once."""
    kb = fill(Kb(tmp_path_factory.mktemp("sample")))
    done = kb.run("build", "--today", TODAY, PYTHONHASHSEED="1", TZ="Asia/Kolkata", LANG="C")
    assert done.exit == 0, done.err
    return kb


@pytest.fixture(scope="module")
def site(sample: Kb) -> Tree:
    return sample.tree("site")


@pytest.fixture(scope="module")
def agents(sample: Kb) -> Tree:
    return sample.tree(".kbtool/mkdocs/agents")


def page(tree: Tree, url: str) -> PageReader:
    return PageReader(html(tree, url))


def html(tree: Tree, url: str) -> str:
    return tree[url + "index.html"].decode()


def first(reader: PageReader, tag: str, /, **wanted: str) -> Tag:
    return next(t for t in reader.tags if t.name == tag and all(t.get(k) == v for k, v in wanted.items()))


def alternates(reader: PageReader) -> dict[str, str]:
    links = (tag for tag in reader.tags if tag.name == "link" and tag.get("hreflang"))
    return {tag.get("hreflang"): tag.get("href").removeprefix(URL) for tag in links}


def canonical(reader: PageReader) -> str:
    return first(reader, "link", rel="canonical").get("href").removeprefix(URL)


def indexed(tree: Tree, locale: str) -> dict[str, str]:
    """The articles that the search of a locale knows: id -> address."""
    manifest = json.loads(tree[f"search/{locale}/manifest.json"])
    shards = json.loads(tree[f"search/{locale}/{manifest['files']['shards']}"])
    files = (tree[f"search/{locale}/passages-{made}.json"] for made in shards["passages"] if made)
    return {row[1]: row[2] for data in files for row in json.loads(data)}


def test_every_kind_of_page_exists_in_every_locale(site: Tree) -> None:
    expected = {"index.html", "404.html"}
    for locale in ("en", "hi"):
        expected |= {
            f"{locale}/{path}"
            for path in (
                "index.html",
                "404.html",
                "a-z/index.html",
                "search/index.html",
                "refunds/index.html",
                "refunds/how-long/index.html",
                "account/index.html",
                "account/login/index.html",
                "account/questions/index.html",
                "hostile/index.html",
                "सिर्फ़-हिन्दी/index.html",
            )
        }
    assert {path for path in site if path.endswith(".html")} == expected


def test_every_page_says_its_language_title_and_direction(site: Tree) -> None:
    for path, reader in pages(site):
        frame = first(reader, "html")
        assert frame.get("lang") == ("hi" if path.startswith("hi/") else "en"), path
        assert frame.get("dir") == "ltr"
        assert [tag.name for tag in reader.tags].count("h1") == 1, path
        assert re.search(r"<title>[^<]+</title>", site[path].decode()), path


def test_translations_name_each_other(site: Tree) -> None:
    english, hindi = page(site, "en/refunds/how-long/"), page(site, "hi/refunds/how-long/")
    both = {"en": "en/refunds/how-long/", "hi": "hi/refunds/how-long/", "x-default": "en/refunds/how-long/"}
    assert alternates(english) == alternates(hindi) == both
    assert (canonical(english), canonical(hindi)) == (both["en"], both["hi"])


def test_every_alternate_is_answered(site: Tree) -> None:
    checked = 0
    for _, reader in pages(site):
        named = alternates(reader)
        for target in set(named.values()):
            checked += 1
            assert alternates(page(site, target)) == named
            assert canonical(page(site, target)) == target
    assert checked > 20


def test_a_missing_translation_shows_the_source_and_says_so(site: Tree) -> None:
    shown = page(site, "hi/account/login/")
    assert first(shown, "html").get("lang") == "hi"
    assert first(shown, "div", **{"class": "kb-text"}).get("lang") == "en"
    assert first(shown, "h1").get("lang") == "en"
    assert first(shown, "div", **{"class": "kb-notice"})
    assert "यह लेख" in html(site, "hi/account/login/")
    assert canonical(shown) == "en/account/login/"
    assert alternates(shown) == {}
    assert first(shown, "meta", name="robots").get("content") == "noindex"
    assert "account/login" not in indexed(site, "hi")
    assert "account/login" in indexed(site, "en")


def test_an_article_only_in_hindi_is_a_fallback_in_english(site: Tree) -> None:
    shown = page(site, "en/सिर्फ़-हिन्दी/")
    assert first(shown, "div", **{"class": "kb-text"}).get("lang") == "hi"
    assert unquote(canonical(shown)) == "hi/सिर्फ़-हिन्दी/"
    assert "सिर्फ़-हिन्दी" in indexed(site, "hi")
    assert "सिर्फ़-हिन्दी" not in indexed(site, "en")


def test_the_sitemap_holds_what_is_indexed(site: Tree) -> None:
    root = ET.fromstring(site["sitemap.xml"])  # noqa: S314 - our own output
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    listed = {unquote(url.findtext(f"{space}loc", "")).removeprefix(URL) for url in root}
    expected = {
        path.removesuffix("index.html")
        for path, reader in pages(site)
        if not any(tag.get("name") == "robots" for tag in reader.tags)
    }
    assert listed == expected
    assert "hi/account/login/" not in listed
    assert "en/account/login/" in listed
    assert TODAY not in site["sitemap.xml"].decode()


def test_the_index_leads_to_pages_that_exist(site: Tree, agents: Tree) -> None:
    for tree in (site, agents):
        for locale in ("en", "hi"):
            found = indexed(tree, locale)
            assert found
            assert all(url + "index.html" in tree for url in found.values())
    assert len(indexed(agents, "en")) == len(indexed(site, "en")) + 2


def test_the_language_switch_stays_on_the_article(site: Tree) -> None:
    for here, there, language in (("en", "hi", "hi"), ("hi", "en", "en")):
        reader = page(site, f"{here}/refunds/how-long/")
        link = first(reader, "a", hreflang=language)
        assert link.get("href") == f"../../../{there}/refunds/how-long/"
        assert link.get("lang") == language


def test_pages_for_missing_addresses_work_from_everywhere(site: Tree) -> None:
    for path, language in (("404.html", "en"), ("en/404.html", "en"), ("hi/404.html", "hi")):
        reader = PageReader(site[path].decode())
        assert first(reader, "html").get("lang") == language
        links = [tag.get("href") for tag in reader.tags if tag.name in ("a", "link") and tag.get("href")]
        assert links
        assert all(link.startswith((BASE, "#", "tel:", "mailto:", "/privacy")) for link in links), path


def test_links_and_pictures_of_an_article(site: Tree) -> None:
    text = html(site, "en/refunds/how-long/")
    assert '<a href="../../account/login/#forgotten-password">how to log in</a>' in text
    assert '<a href="../../account/questions/">the questions</a>' in text
    assert "<a>what is gone</a>" in text
    assert '<a class="kb-remote-image" href="https://pictures.example/cat.png">A cat</a>' in text
    published = sorted(path for path in site if path.startswith("assets/files/"))
    assert [re.sub(r"-[0-9a-f]{8}\.", ".", path) for path in published] == [
        "assets/files/button.png",
        "assets/files/form.pdf",
        "assets/files/icon.png",
        "assets/files/logo.svg",
    ]
    assert published[0] in html(site, "hi/refunds/how-long/"), "a translation takes the picture of its source"


def test_problems_of_targets_are_told_with_their_place(sample: Kb) -> None:
    done = sample.run("build", "--today", TODAY, "-v", "--site-dir", "site-again")
    assert done.exit == 0
    path = "articles/en/refunds/how-long.md"
    lines = (sample.root / path).read_text(encoding="utf-8").split("\n")
    row = next(number for number, line in enumerate(lines) if "gone.md" in line)
    place = f"{path}:{row + 1}:{lines[row].index('gone.md') + 1}"
    assert f"{place}: warning[broken-link]: this links to gone.md, which is not published" in done.err
    assert re.search(r"how-long\.md:10:\d+: warning\[remote-image\]", done.err)
    assert done.err.count("broken-link") == 1


def test_an_faq_lists_each_question_once(site: Tree) -> None:
    text = html(site, "en/account/questions/")
    assert text.count("How do I change my name?") >= 1
    assert text.count("Open your profile.") == 1
    assert text.count('<details class="kb-question"') == 2
    assert page(site, "en/account/questions/").crossed == []


def test_no_page_has_anything_that_a_strict_policy_blocks(site: Tree, agents: Tree) -> None:
    found = {
        path: wrong for tree in (site, agents) for path, reader in pages(tree) if (wrong := unsafe(reader))
    }
    assert found == {}
    text = html(site, "en/hostile/")
    assert "<h1>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;quotes&#34;</h1>" in text
    assert "<p>styled</p>" in text


def test_tags_nest_on_every_page(site: Tree, agents: Tree) -> None:
    assert {path: r.crossed for tree in (site, agents) for path, r in pages(tree) if r.crossed} == {}


def test_ids_are_unique_on_every_page(site: Tree, agents: Tree) -> None:
    assert {path: ids for tree in (site, agents) for path, r in pages(tree) if (ids := repeated_ids(r))} == {}


def test_every_address_inside_the_site_leads_somewhere(site: Tree, agents: Tree) -> None:
    known = {"/privacy"}
    for tree in (site, agents):
        assert [link for link in broken(tree, BASE) if not any(k in link for k in known)] == []


def test_the_checks_of_a_tree_can_fail() -> None:
    bad = (
        '<a href="gone/">x</a><a href="#no">y</a><img src="p.png" onerror="x()"><script>alert(1)</script>'
        '<p style="a:b" id="i"></p><p id="i"><em></p></em><a href="javascript:x">z</a><a href="../">out</a>'
    )
    tree = {"index.html": bad.encode()}
    reader = PageReader(bad)
    assert broken(tree, BASE) == [
        "index.html: <a href=gone/>",
        "index.html: <a href=#no> (no such place)",
        "index.html: <img src=p.png>",
        "index.html: <a href=../>",
    ]
    assert unsafe(reader) == [
        "inline: alert(1)",
        "<img onerror>",
        "<p style>",
        "<a href=javascript:x>",
    ]
    assert repeated_ids(reader) == ["i"]
    assert reader.crossed
    good = {"index.html": b'<a href="a/#i">x</a>', "a/index.html": b'<p id="i"></p><a href="../">up</a>'}
    assert broken(good, BASE) == []


def everywhere(tree: Tree) -> dict[str, str]:
    """All names and texts of a tree in all the ways in which a word may be spelled there."""
    found = {}
    for path, data in tree.items():
        text = data.decode("utf-8", "replace")
        found[path] = "\n".join(
            [path, text, unescape(text), unquote(text), text.replace("\\u00", "")]
        ).lower()
    return found


def test_nothing_for_agents_is_in_any_byte_of_the_public_site(site: Tree, agents: Tree) -> None:
    assert [path for path, text in everywhere(site).items() if SECRET in text] == []
    leaked = [path for path, text in everywhere(agents).items() if SECRET in text]
    assert len(leaked) > 10, "the word must be findable where it belongs"
    assert any("voucher" in path for path in leaked)


def test_agents_see_their_articles_boxes_and_pictures(agents: Tree) -> None:
    own = f"en/internal/{SECRET}-limits/"
    assert "up to 5000" in html(agents, own)
    assert first(page(agents, own), "aside", **{"class": "kb-internal"})
    assert f"Offer a voucher {SECRET}." in html(agents, "en/refunds/how-long/")
    assert {f"internal/{SECRET}-limits", f"refunds/{SECRET}"} <= set(indexed(agents, "hi"))
    assert "robots.txt" in agents
    assert "sitemap.xml" not in agents
    assert all(first(r, "meta", name="robots").get("content") == "noindex" for _, r in pages(agents))


def test_nobody_sees_what_is_not_live(agents: Tree) -> None:
    assert not [path for path in agents if re.search("draft|archived|future|expired", path)]


def test_the_private_folders_are_private(sample: Kb) -> None:
    private = sample.root / ".kbtool" / "mkdocs"
    assert {
        oct(path.stat().st_mode & 0o777) for path in (private / "agents", private / "texts" / "public")
    } == {"0o700"}


def test_the_public_site_is_the_same_with_and_without_articles_for_agents(
    sample: Kb, kb: Kb, site: Tree
) -> None:
    fill(kb, secrets=False)
    done = kb.run("build", "--today", TODAY, PYTHONHASHSEED="77", TZ="America/Lima", LANG="en_US.UTF-8")
    assert done.exit == 0, done.err
    without = kb.tree("site")
    assert [path for path in site if site[path] != without.get(path)] == []
    assert list(site) == list(without)
    texts = ".kbtool/mkdocs/texts/public"
    assert sample.tree(texts) == kb.tree(texts)


def test_a_second_build_gives_the_same_bytes(sample: Kb, site: Tree, agents: Tree) -> None:
    done = sample.run("build", "--today", TODAY, PYTHONHASHSEED="4711", TZ="Pacific/Auckland", LANG="C.UTF-8")
    assert done.exit == 0, done.err
    assert sample.tree("site") == site
    assert sample.tree(".kbtool/mkdocs/agents") == agents


def test_an_article_at_the_address_of_a_section_stops_the_build(kb: Kb) -> None:
    kb.write("articles/en/refunds.md", "---\ntitle: A\n---\nA.\n")
    kb.write("articles/en/refunds/b.md", "---\ntitle: B\n---\nB.\n")
    done = kb.run("build")
    assert done.exit == 1
    assert "articles/en/refunds.md:1: error[duplicate-url]" in done.err
    assert not (kb.root / "site").exists()


def compiled(kb: Kb, audience: Audience = "public") -> pipeline.Tree:
    config, problems = load(kb.root / "mkdocs.yml", {})
    assert config is not None, problems
    return pipeline.compile(config, pipeline.read(config), audience, today=date.fromisoformat(TODAY))


def test_what_the_settings_ask_for_in_vain_is_told(kb: Kb) -> None:
    kb.settings(
        "locales: {en: English}\narticles: {defaults: {audience: public}}\nidentity: {logo: no.svg}",
        top="markdown_extensions: [pymdownx.snippets, toc]",
    )
    found = [(f.rule, f.severity) for f in compiled(kb).findings]
    assert found == [("left-out", "warning"), ("missing-image", "warning")]


def test_a_description_comes_from_the_first_sentence(kb: Kb) -> None:
    kb.write("articles/en/a.md", "---\ntitle: A\n---\nThis is the first sentence. This is not.\n")
    tree = compiled(kb)
    assert [document.description for document in tree.documents["en"]] == ["This is the first sentence."]
    assert tree.documents["hi"] == ()


def test_one_text_is_rendered_once_for_both_trees(kb: Kb) -> None:
    kb.write("articles/en/a.md", "---\ntitle: A\n---\nText.\n").write(
        "articles/en/b.md", "---\ntitle: B\naudience: agents\n---\nMore.\n"
    )
    config, _ = load(kb.root / "mkdocs.yml", {})
    assert config is not None
    content = pipeline.read(config)
    memory = pipeline.Memory()
    told: list[tuple[int, int]] = []
    day = date.fromisoformat(TODAY)
    public = pipeline.compile(config, content, "public", today=day, memory=memory)
    assert len(memory.rendered) == 1
    agents = pipeline.compile(
        config, content, "agents", today=day, memory=memory, progress=lambda *at: told.append(at)
    )
    assert len(memory.rendered) == 2
    assert agents.rendered["en", "a"] is public.rendered["en", "a"]
    assert told == [(1, 2), (2, 2)]


def test_a_text_that_cannot_be_rendered_is_said_of_its_article(kb: Kb) -> None:
    deep = "- " * 1500 + "x"
    kb.write("articles/en/a.md", f"---\ntitle: A\n---\n{deep}\n")
    kb.write("articles/en/b.md", f"---\ntitle: B\n---\n{deep} too\n")
    kb.write("articles/en/c.md", "---\ntitle: C\n---\n*Text.*\n")
    tree = compiled(kb)
    assert [(f.rule, f.severity, f.where.path) for f in tree.findings] == [
        ("not-rendered", "error", f"{shown(kb.root / 'articles/en')}/{name}.md") for name in "ab"
    ]
    assert "RecursionError" in tree.findings[0].message
    assert tree.rendered["en", "c"].html == "<p><em>Text.</em></p>"


def test_a_site_without_an_address_still_works(kb: Kb) -> None:
    kb.write("articles/en/s/a.md", "---\ntitle: A\n---\nSee [b](../b.md).\n").write(
        "articles/en/b.md", "---\ntitle: B\n---\nB.\n"
    )
    assert kb.run("build").exit == 0
    tree = kb.tree()
    assert "sitemap.xml" not in tree
    assert broken(tree, "/") == []
    assert not any(alternates(reader) for _, reader in pages(tree))
    assert Path(kb.root / "site").is_dir()


def test_a_heading_may_have_the_name_of_a_part_of_the_frame(kb: Kb) -> None:
    kb.settings(
        "locales: {en: English}\narticles: {defaults: {audience: public}}\ncontact: {mail: a@help.example}"
    )
    kb.write("articles/en/a.md", "---\ntitle: A\n---\n## Contact\n\n## Content\n")
    assert kb.run("build").exit == 0
    assert repeated_ids(page(kb.tree(), "en/a/")) == []
