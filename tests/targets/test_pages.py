"""Pages through the templates: escaping, addresses, FAQ, code, and templates of a site's own."""

from __future__ import annotations

import re

from kbtool.targets.tree import tree_files
from tests.built import PageReader
from tests.conftest import Kb
from tests.targets.test_tree import settings, tree_of


def built(kb: Kb) -> dict[str, str]:
    files = tree_files(settings(kb), tree_of(kb))
    return {name: data.decode() for name, data in files if name.endswith((".html", ".xml"))}


def test_text_is_never_markup(kb: Kb) -> None:
    kb.write(
        "articles/en/a.md",
        '---\ntitle: </title><script>x</script>\ndescription: \'"><b>\'\ntags: ["<i>"]\n---\nText.\n',
    )
    page = built(kb)["en/a/index.html"]
    assert "<script>x" not in page
    assert "<b>" not in page
    assert "<i>" not in page
    assert '<meta name="description" content="&#34;&gt;&lt;b&gt;">' in page


def test_template_signs_in_an_article_are_text(kb: Kb) -> None:
    kb.write("articles/en/a.md", "---\ntitle: '{{ 7*7 }}'\n---\n{{ 7*7 }} {% include 'x' %}\n")
    page = built(kb)["en/a/index.html"]
    assert page.count("{{ 7*7 }}") >= 2
    assert "49" not in re.sub(r"<[^>]*>", "", page)


def test_addresses_in_other_scripts_are_percent_encoded(kb: Kb) -> None:
    kb.write("articles/hi/नीति.md", "---\ntitle: नीति\n---\nपाठ।\n")
    reader = PageReader(built(kb)["hi/index.html"])
    links = [tag.get("href") for tag in reader.tags if tag.name == "a"]
    assert "%E0%A4%A8%E0%A5%80%E0%A4%A4%E0%A4%BF/" in links
    assert all(link.isascii() for link in links)


def test_the_navigation_marks_the_page_that_is_shown(kb: Kb) -> None:
    for name in "ab":
        kb.write(f"articles/en/s/{name}.md", f"---\ntitle: {name}\n---\nText.\n")
    for url, link in (("en/s/a/", "../a/"), ("en/s/b/", "../b/"), ("en/s/", "./")):
        page = PageReader(built(kb)[f"{url}index.html"])
        marked = [tag.get("href") for tag in page.tags if tag.get("aria-current") == "page"]
        assert marked == [link], url


def test_an_faq_without_an_introduction_shows_its_answers_once(kb: Kb) -> None:
    kb.write("articles/en/q.md", "---\ntitle: Q\ntype: faq\n---\n## One?\n\nFirst.\n\n## Two?\n\nSecond.\n")
    page = built(kb)["en/q/index.html"]
    assert page.count("First.") == 1
    assert page.count('id="one"') == 1
    assert page.count('<details class="kb-question"') == 2


def test_an_faq_from_a_list_in_the_front_matter(kb: Kb) -> None:
    kb.write(
        "articles/en/q.md",
        "---\ntitle: Q\ntype: faq\nquestions: [{question: 'One?', answer: 'Yes, **one**.'}]\n---\nIntro.\n",
    )
    page = built(kb)["en/q/index.html"]
    assert page.count("Intro.") == 1 + page.count('content="Intro."')
    assert "Yes, <strong>one</strong>." in page


def test_an_faq_without_a_question_is_an_article(kb: Kb) -> None:
    kb.write("articles/en/q.md", "---\ntitle: Q\ntype: faq\n---\nOnly a text that is long enough.\n")
    page = built(kb)["en/q/index.html"]
    assert "<p>Only a text that is long enough.</p>" in page
    assert '<details class="kb-question"' not in page


def test_blank_lines_and_spaces_inside_of_code_stay(kb: Kb) -> None:
    code = "one  \n\n\n  two\n"
    kb.write("articles/en/a.md", f"---\ntitle: A\n---\n```\n{code}```\n")
    page = built(kb)["en/a/index.html"]
    inside = re.search(r"<pre>.*?</pre>", page, re.DOTALL)
    assert inside is not None
    assert re.sub(r"<[^>]*>", "", inside[0]) == code
    assert "\n\n" not in page.replace(inside[0], "")


def test_pages_for_missing_addresses_know_the_path_of_the_site(kb: Kb) -> None:
    kb.settings(top="site_url: https://help.example.com/support/")
    kb.write("articles/en/a.md", "---\ntitle: A\n---\nText.\n")
    pages = built(kb)
    assert 'href="/support/hi/"' in pages["hi/404.html"]
    kb.settings()
    assert 'href="/hi/"' in built(kb)["hi/404.html"]


def test_a_template_of_the_site_replaces_ours(kb: Kb) -> None:
    kb.settings(top="theme: {name: material, custom_dir: own}")
    kb.write("own/templates/_footer.html", "<footer>{{ site.name }} & {{ t('nav.home') }}</footer>")
    kb.write("own/strings/hi.yml", "nav.home: घर\n")
    kb.write("articles/en/a.md", "---\ntitle: A\n---\nText.\n")
    assert "<footer>Help & घर</footer>" in built(kb)["hi/a/index.html"]


def test_dates_are_in_the_readers_words(kb: Kb) -> None:
    kb.write("articles/en/a.md", "---\ntitle: A\nreviewed: 2026-03-04\n---\nText.\n")
    pages = built(kb)
    assert "March 4, 2026" in pages["en/a/index.html"]
    assert "4 मार्च 2026" in pages["hi/a/index.html"]
