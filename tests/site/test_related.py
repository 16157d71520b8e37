"""The list of related articles on the pages: computed, named, in the reader's language, of one audience."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from tests.conftest import Kb

FILLER = {"mail": "Mail address", "parcel": "Parcel tracking", "bill": "Bill and tax", "app": "Phone app"}


@pytest.fixture
def shop(kb: Kb) -> Kb:
    """Refunds, late refunds, and articles about other things."""
    for name, title in FILLER.items():
        kb.write(f"articles/en/{name}.md", f"---\ntitle: {title}\n---\n{title} explained.\n")
    kb.write("articles/en/refund.md", "---\ntitle: Get a refund\n---\nA refund on your card.\n")
    return kb.write(
        "articles/en/late.md", "---\ntitle: A late refund\n---\nThe refund on your card is late.\n"
    )


def listed(page: str) -> list[str]:
    """The titles in the list of related articles."""
    found = re.search(r'<section class="kb-related".*?</section>', page, re.DOTALL)
    return re.findall(r'kb-list__title"[^>]*>([^<]*)<', found[0]) if found else []


def built(kb: Kb, files: Mapping[str, str]) -> Kb:
    for path, text in files.items():
        kb.write(path, text)
    ran = kb.run("build")
    assert ran.exit == 0, ran.err
    return kb


def test_they_are_computed(shop: Kb) -> None:
    built(shop, {})
    assert listed(shop.page("en/refund")) == ["A late refund"]
    assert listed(shop.page("en/late")) == ["Get a refund"]
    assert listed(shop.page("en/parcel")) == []


def test_the_front_matter_names_them_in_its_order(shop: Kb) -> None:
    text = "---\ntitle: Get a refund\nrelated: [parcel, bill, parcel, refund]\n---\nA refund.\n"
    built(shop, {"articles/en/refund.md": text})
    assert listed(shop.page("en/refund")) == ["Parcel tracking", "Bill and tax"]


def test_an_empty_list_shows_none(shop: Kb) -> None:
    built(
        shop,
        {"articles/en/refund.md": "---\ntitle: Get a refund\nrelated: []\n---\nA refund on your card.\n"},
    )
    assert listed(shop.page("en/refund")) == []


def test_a_translation_shows_what_its_source_names(shop: Kb) -> None:
    files = {
        "articles/en/refund.md": "---\ntitle: Get a refund\nrelated: [bill]\n---\nA refund.\n",
        "articles/hi/refund.md": "---\ntitle: रिफंड पाएँ\n---\nरिफंड कार्ड में आता है।\n",
        "articles/hi/bill.md": "---\ntitle: बिल और टैक्स\n---\nबिल खाते में है।\n",
    }
    built(shop, files)
    assert listed(shop.page("hi/refund")) == ["बिल और टैक्स"]


def test_an_untranslated_page_leads_to_the_readers_language(shop: Kb) -> None:
    built(shop, {"articles/hi/late.md": "---\ntitle: रिफंड में देर\n---\nरिफंड अभी नहीं आया।\n"})
    assert listed(shop.page("hi/refund")) == ["रिफंड में देर"]


def test_they_never_cross_audiences(shop: Kb) -> None:
    text = "---\ntitle: Stuck refund on a card\naudience: agents\n---\nA refund on the card hangs.\n"
    built(shop, {"articles/en/stuck.md": text})
    assert listed(shop.page("en/refund")) == ["A late refund"]
    assert "Stuck refund" not in shop.page("en/refund")
    agents = next(path for path in (shop.root / ".kbtool").rglob("en/refund/index.html"))
    assert "Stuck refund on a card" in listed(agents.read_text(encoding="utf-8"))


def test_a_public_article_cannot_name_one_for_agents(shop: Kb) -> None:
    shop.write("articles/en/stuck.md", "---\ntitle: Stuck\naudience: agents\n---\nStuck.\n")
    shop.write("articles/en/refund.md", "---\ntitle: Get a refund\nrelated: [stuck]\n---\nA refund.\n")
    ran = shop.run("build")
    assert ran.exit == 1
    assert "articles/en/refund.md:3:11: error[protected-target]" in ran.err


def test_an_unknown_id_is_told_with_what_was_meant(shop: Kb) -> None:
    shop.write("articles/en/refund.md", "---\ntitle: Get a refund\nrelated: [parcl]\n---\nA refund.\n")
    ran = shop.run("build", "-v")
    assert ran.exit == 0
    assert "articles/en/refund.md:3:11: warning[unknown-related]: no article has the id 'parcl'" in ran.err
    assert "did you mean 'parcel'?" in ran.err
    assert listed(shop.page("en/refund")) == []
