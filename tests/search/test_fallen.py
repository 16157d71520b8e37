from __future__ import annotations

from kbtool.model import Location
from kbtool.report.checked import fingerprinted
from kbtool.search.fallen import fallen
from kbtool.search.judged import JudgedQuery
from tests.search.library import ENGLISH, HINDI, document

SYNONYMS = {"en": {"gadget": ("parcel",)}}
BOTH = {"en": ENGLISH, "hi": HINDI}


def query(text: str, *rel: str, lang: str = "en", within: int = 3) -> JudgedQuery:
    return JudgedQuery(lang, text, rel, within, Location("queries.yml", 4, 3), f"- {{text: {text}}}")


def test_what_is_found_in_time_is_silent() -> None:
    asked = [
        query("get my refnd", "refund", within=1),
        query("gadget", "delivery", within=1),
        query("paise wapas", "refund", lang="hi", within=1),
        query("password", "refund", "password", within=1),
    ]
    assert list(fallen(asked, BOTH, SYNONYMS)) == []
    assert [finding.where.line for finding in fallen(asked[1:2], BOTH, {})] == [4]


def test_it_says_where_the_article_is_and_what_comes_first() -> None:
    (finding,) = fallen([query("forgot password refund", "refund", within=1)], BOTH, {})
    assert (finding.rule, finding.severity) == ("fallen-query", "warning")
    assert finding.message == "'forgot password refund' does not find refund first in en"
    assert finding.help.startswith("refund is at place 2, after password; write such words into `aliases`")
    assert finding.help.endswith("kbtool search 'forgot password refund' --lang en --explain")
    assert (str(finding.where), finding.source_line) == (
        "queries.yml:4:3",
        "- {text: forgot password refund}",
    )


def test_what_finds_others_only_or_nothing_at_all_says_so() -> None:
    asked = [query("forgot", "delivery", "refund"), query("xyzzy", "refund")]
    first, second = fallen(asked, BOTH, {})
    assert first.message == "'forgot' does not find delivery or refund among the first 3 in en"
    assert first.help.startswith("it finds password instead; ")
    assert second.help.startswith("it finds nothing at all; ")


def test_many_names_are_counted() -> None:
    many = [document(f"refund-{n}", "Refund", "Refunds arrive.") for n in range(6)]
    (finding,) = fallen([query("refund", "refund-5", "a", "b", "c")], {"en": many}, {})
    assert "does not find refund-5, a or 2 others among" in finding.message
    assert finding.help.startswith("refund-5 is at place 6, after refund-0, refund-1 and 3 others")


def test_an_article_that_is_not_out_is_told_as_such() -> None:
    one, two = fallen([query("draft", "draft"), query("drafts", "a", "b", lang="hi")], {"en": ENGLISH}, {})
    assert one.help.startswith("draft is not out for the public in en: publish it again")
    assert two.help.startswith("a and b are not out for the public in hi")


def test_a_baseline_knows_it_again_wherever_the_article_has_moved() -> None:
    asked = [query("refund", "delivery", within=2)]
    closer = [*ENGLISH[:2], document("delivery", "Delivery", "Address. No refund here, only parcels.")]
    places = []
    for documents in (ENGLISH, [*closer, document("a", "Refund", "A refund.")]):
        (finding,) = fallen(asked, {"en": documents}, {})
        places.append((fingerprinted([finding], "")[0].fingerprint, finding.help))
    assert places[0][0] == places[1][0]
    assert places[0][1] != places[1][1]
