"""Rules that hold a translation against its source."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from kbtool import pipeline
from kbtool.checks.base import Subject
from kbtool.checks.untranslated_text import blocks, check
from kbtool.config import load
from tests.checks.looked_at import look, places
from tests.conftest import ROOT

CORPUS = ROOT.parent / "shared" / "corpora" / "fastapi-docs"
SENTENCE = "Put the things into the old box and close it with strong tape before you take it to the shop."
HINDI = "सामान को पुराने डिब्बे में रखें और दुकान ले जाने से पहले मज़बूत टेप से अच्छी तरह बंद कर दें, फिर रसीद लें।"


def pair(source: str, translation: str) -> dict[str, str]:
    return {"articles/en/a.md": source, "articles/hi/a.md": translation}


def test_equal_ids_are_fine_whatever_the_words() -> None:
    source = "## Pack it { #pack }\n\n## Send it { #send }\n"
    assert look("heading-ids-differ", pair(source, "## पैक करें { #pack }\n\n## भेजें { #send }\n\n## और\n")) == []


def test_the_first_heading_with_another_id_is_named() -> None:
    source = "## Pack it { #pack }\n\n``` text\n## no heading\n```\n\n## Send it { #send }\n"
    (found,) = look("heading-ids-differ", pair(source, "## पैक करें { #pack }\n\n```text\n## x\n```\n\n## भेजें\n"))
    assert str(found.where) == "articles/hi/a.md:11:1"
    assert found.source_line == "## भेजें"
    assert "{ #send }" in found.help
    assert found.about == "articles/en/a.md"


def test_with_fewer_headings_the_whole_article_is_meant() -> None:
    found = look("heading-ids-differ", pair("## A { #a }\n\n## B { #b }\n", "## B { #b }\n"))
    assert places(found) == ["hi/a.md:1"]
    assert "#a" in found[0].message


def test_questions_of_the_front_matter_have_no_ids_of_their_own() -> None:
    faq = "---\ntitle: {0}\ntype: faq\nquestions:\n  - {{question: '{0}?', answer: '{0}.'}}\n---\n"
    assert look("heading-ids-differ", pair(faq.format("How"), faq.format("कैसे"))) == []


def test_the_text_of_the_source_is_found_where_it_starts() -> None:
    (found,) = look("untranslated-text", pair(SENTENCE, f"{HINDI}\n\n{SENTENCE}\n"))
    assert str(found.where) == "articles/hi/a.md:7:1"
    assert "47 %" in found.message


def test_text_in_the_wrong_script_is_found_even_if_the_source_was_changed() -> None:
    assert look("untranslated-text", pair("Something else.\n", SENTENCE + "\n"))


def test_names_code_links_and_short_quotations_are_no_text_of_the_source() -> None:
    same = """
        `pip install kbtool && kbtool init my-help && cd my-help && kbtool build`

        Visual Studio Code, GitHub Actions, GitLab Pages, Cloudflare Pages and Netlify

        https://help.example.com/very/long/address/of/a/page/with/many/words/in/it

        ```sh
        put the things into the old box and close it with strong tape before you take it
        ```

        refund kaise milega
        """
    assert look("untranslated-text", pair(same + SENTENCE, same + HINDI)) == []


def test_a_translation_is_left_alone() -> None:
    assert look("untranslated-text", pair(SENTENCE, HINDI)) == []


def test_words_of_a_block_keep_their_marks() -> None:
    (block,) = blocks("सामान को **पुराने** डिब्बे में [रखें](../b/a.md){ .x } (see/this, a_b) x@y.in।")
    assert block.words == ("सामान", "को", "पुराने", "डिब्बे", "में", "रखें")


@pytest.mark.parametrize("part", ["a@", "a-", "{", "<", "](", "[a", " \n", "a_", "aक", "'a"])
def test_hostile_text_takes_no_long_time(part: str) -> None:
    started = time.process_time()
    blocks(part * 50_000)
    assert time.process_time() - started < 2


def test_a_language_that_is_written_in_two_scripts_may_use_either() -> None:
    settings = """
        site_name: H
        plugins:
          - kbtool:
              locales: {en: E, LOCALE: S}
              articles: {defaults: {audience: public}}
        """
    for locale, count in (("sr", 0), ("sr-Cyrl", 1), ("bg", 1)):
        files = {"articles/en/a.md": "Other.\n", f"articles/{locale}/a.md": SENTENCE}
        files["mkdocs.yml"] = settings.replace("LOCALE", locale)
        assert len(look("untranslated-text", files)) == count


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the checkout")
def test_no_false_alarm_in_real_translations() -> None:
    config, problems = load(ROOT / "bench" / "sites" / "fastapi.yml", {})
    assert config is not None, problems
    library = pipeline.read(config).library
    kept = [one for one in library.articles if one.locale in ("en", "hi", "es", "ja")]
    subject = Subject(config, replace(library, articles=tuple(kept)), {}, ())
    assert len(list(subject.translations())) > 350
    assert list(check(subject)) == []
    copied = []
    for one in kept:
        source = next((other for other in kept if (other.locale, other.id) == ("en", one.id)), one)
        copied.append(replace(one, body=source.body) if one.locale == "hi" else one)
    found = list(check(replace(subject, library=replace(library, articles=tuple(copied)))))
    assert len(found) >= 0.95 * sum(one.locale == "hi" for one in kept)
