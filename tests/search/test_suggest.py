"""Did you mean: the query with words of the index instead of misspelt ones."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbtool.search.reader import Index
from kbtool.search.suggest import suggestion
from tests.search.library import ENGLISH, HINDI, document, written

SHOP = [
    *ENGLISH,
    document("a", "Refund a parcel", "The address of the parcel, the warranty. What exceeds."),
    document("b", "Mattress", "Track your order and cancel the subscription. Kontakt für Größe."),
]
SHOP_HINDI = [
    *HINDI,
    document("a", "रिफंड कैसे मिलेगा", "पैसे कार्ड में वापस आते हैं। wallet में भी। विशेषताओं की सूची।"),
]


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return written(SHOP, "en", tmp_path_factory.mktemp("en"))


@pytest.fixture(scope="module")
def hindi(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return written(SHOP_HINDI, "hi", tmp_path_factory.mktemp("hi"))


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("refnd my parcel", "refund my parcel"),
        ("REFNUD", "refund"),
        ("  Parcle?  to  adress!", "parcel? to address!"),
        ("subscripiton cancle", "subscription cancel"),
        ("refund", ""),
        ("refu", ""),  # being typed
        ("exceeded", ""),  # an inflection
        ("order 12345", ""),
        ("ordr", ""),  # too short to be sure
        ("odrer", "order"),
        ("xyzzyq", ""),
        ("wrranty's", "warranty"),
        ("", ""),
        ("?!", ""),
        ("große", ""),
    ],
)
def test_english(english: Index, query: str, meant: str) -> None:
    assert suggestion(query, english) == meant


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("रीफंड कब", "रिफंड कब"),
        ("रिफंड कैसे मिलेगा", ""),
        ("विशेषताएं", ""),  # an inflection
        ("refund kaise milega", ""),  # the other script is no mistake
        ("walelt", "wallet"),
    ],
)
def test_hindi(hindi: Index, query: str, meant: str) -> None:
    assert suggestion(query, hindi) == meant


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=40) | st.text(st.sampled_from("refundparcel' रिफंड-?"), max_size=20))
def test_a_suggestion_needs_no_other(english: Index, query: str) -> None:
    meant = suggestion(query, english)
    assert suggestion(meant, english) == ""
