from __future__ import annotations

from urllib.parse import unquote

import pytest

from kbtool.errors import Exit
from tests.conftest import Kb


def test_a_hindi_title_keeps_its_vowel_signs_and_gets_an_ascii_id(kb: Kb) -> None:
    done = kb.run("new", "faq", "--lang", "hi", "--title", "रिफंड कैसे मिलेगा?", "--section", "orders")
    assert done.exit == Exit.CLEAN
    assert done.out == "articles/hi/orders/रिफंड-कैसे-मिलेगा.md\n"
    text = (kb.root / done.out.strip()).read_text(encoding="utf-8")
    assert "id: orders/rifand-kaise-milega\n" in text
    assert "type: faq\n" in text
    assert "reviewed: 2026-11-22\n" in text
    assert "draft" in done.err
    assert "held back from the public: 1 draft" in kb.run("build").out
    kb.write(done.out.strip(), text.replace("status: draft\n", ""))
    assert kb.run("build").exit == Exit.CLEAN
    assert "रिफंड कैसे मिलेगा?" in kb.page("hi/orders/रिफंड-कैसे-मिलेगा")


@pytest.mark.parametrize("kind", ["article", "faq", "howto"])
@pytest.mark.parametrize("locale", ["en", "hi"])
@pytest.mark.parametrize(
    "title", ["Refunds", 'Why: "this" & #that?', "yes", "2026-01-01", "- dash", "[a] {b}", "क्यों: ऐसा"]
)
def test_whatever_the_title_it_builds_without_a_finding(kb: Kb, kind: str, locale: str, title: str) -> None:
    assert kb.run("new", kind, "--lang", locale, "--title", title).exit == Exit.CLEAN
    done = kb.run("build", "-v")
    assert done.exit == Exit.CLEAN
    assert "no findings" in done.out, done.err


def test_a_translation_shares_id_and_section_with_its_source(kb: Kb) -> None:
    kb.write("articles/en/orders/refund.md", "---\ntitle: Refund\n---\nText.\n")
    done = kb.run("new", "article", "--lang", "hi", "--title", "रिफंड", "--translates", "orders/refund")
    assert done.out == "articles/hi/orders/रिफंड.md\n"
    text = (kb.root / done.out.strip()).read_text(encoding="utf-8")
    assert "id: orders/refund\n" in text
    kb.write(done.out.strip(), text.replace("status: draft\n", ""))
    assert kb.run("build").exit == Exit.CLEAN
    assert "../../../hi/orders/रिफंड/" in unquote(kb.page("en/orders/refund"))
    again = kb.run("new", "article", "--lang", "hi", "--title", "और", "--translates", "orders/refund")
    assert again.exit == Exit.USAGE
    assert "articles/hi/orders/रिफंड.md" in again.err
    wrong = kb.run("new", "article", "--lang", "hi", "--title", "और", "--translates", "orders/refnd")
    assert wrong.exit == Exit.USAGE
    assert "did you mean 'orders/refund'?" in wrong.err


def test_nothing_is_overwritten_and_nothing_lands_outside(kb: Kb) -> None:
    assert kb.run("new", "article", "--title", "One").exit == Exit.CLEAN
    again = kb.run("new", "article", "--title", "One")
    assert again.exit == Exit.USAGE
    assert "exists already" in again.err
    for section in ("../..", "/etc", "a/../../b", "_assets"):
        assert kb.run("new", "article", "--title", "Two", "--section", section).exit == Exit.USAGE
    assert kb.run("new", "article", "--title", "?!").exit == Exit.USAGE
    assert kb.run("new", "article", "--title", "Two", "--lang", "fr").exit == Exit.USAGE
