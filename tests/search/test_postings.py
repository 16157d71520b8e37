from __future__ import annotations

import json
from collections import Counter
from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.search.format import packed
from kbtool.search.postings import (
    LIST,
    MOST,
    PREFIX,
    SHARD_BYTES,
    STEP,
    frequent,
    read,
    shard_count,
    shard_of,
    shards,
    written,
)

WEIGHTS = st.dictionaries(st.integers(0, 10_000), st.floats(0, 8), max_size=40)
STEMS = st.text(min_size=1, max_size=9)


@given(WEIGHTS)
def test_what_was_written_is_read(weights: dict[int, float]) -> None:
    text = written(weights)
    assert LIST.fullmatch(text)
    found = read(text)
    assert [slot for slot, _ in found] == sorted(weights)
    for slot, impact in found:
        assert impact == max(1, min(len(ascii_letters) - 1, round(STEP * weights[slot])))


@pytest.mark.parametrize(
    ("weights", "text"),
    [
        ({}, "0"),
        ({0: 0.0}, "01b"),
        ({9: 51 / STEP, 0: 1 / STEP, 10: 99.0}, "01b9Z1Z"),
        ({11: 1 / STEP, 18: 0.01, 28 + 93: 28 / STEP}, "012b7b103C"),
    ],
)
def test_how_a_list_is_written(weights: dict[int, float], text: str) -> None:
    assert written(weights) == text
    whole = {slot: max(1, min(51, round(STEP * weight))) for slot, weight in weights.items()}
    assert read(text) == sorted(whole.items())


def test_a_long_list_keeps_the_largest_impacts_and_of_equal_ones_the_first() -> None:
    weights = {slot: 1.0 if slot % 2 else 2.0 for slot in range(2 * MOST - 20)}
    kept = [slot for slot, _ in read(written(weights))]
    assert len(kept) == MOST
    heavy = {slot for slot in weights if slot % 2 == 0}
    assert heavy < set(kept)
    assert [slot for slot in kept if slot % 2] == [slot for slot in weights if slot % 2][:10]
    assert len(read(written(dict.fromkeys(range(MOST), 1.0)))) == MOST


@given(STEMS, st.sampled_from([1, 2, 8, 64]))
def test_similar_words_lie_in_one_shard(stem: str, count: int) -> None:
    assert 0 <= shard_of(stem, count) < count
    begun = (stem + "abcd")[:PREFIX]
    assert shard_of(begun + "s", count) == shard_of(begun + "ings", count) == shard_of(begun, count)


def test_the_shard_of_a_word_is_the_same_everywhere() -> None:
    """The browser does this sum as well."""
    words = ["", "a", "refund", "रिफंड", "退", "😀😀"]
    assert [shard_of(word, 1024) for word in words] == [1020, 308, 140, 794, 332, 456]
    known = 0xE40C292C  # FNV-1a of "a", as its authors give it
    assert shard_of("a", 1 << 32) == known ^ known >> 15


@pytest.mark.parametrize(
    "letters",
    ["abcdefghijklmnopqrstuvwxyz", "कखगघचछजझटठडढतथदधनपफबभम", "退款政策取消订单密码地址更改发货重置"],
)
def test_words_of_every_script_spread_over_the_shards(letters: str) -> None:
    stems = [a + b + c for a in letters for b in letters[:12] for c in letters[:8]]
    counts = Counter(shard_of(stem, 16) for stem in stems)
    assert len(counts) == 16
    assert max(counts.values()) < 2 * len(stems) / 16


@given(st.dictionaries(STEMS.filter(str.isalnum), WEIGHTS.map(written), max_size=30))
def test_every_stem_lies_in_its_shard(lists: dict[str, str]) -> None:
    parts = [json.loads(data) for data in shards(lists)]
    assert {stem: text for part in parts for stem, text in part.items()} == lists
    for number, part in enumerate(parts):
        assert list(part) == sorted(part)
        assert all(shard_of(stem, len(parts)) == number for stem in part)


def test_there_are_as_many_shards_as_their_size_asks_for() -> None:
    assert shard_count([]) == 1
    one = ("a" * 94, "0" + "1a" * 462 + "b")  # 1 KiB
    per_shard = SHARD_BYTES // 1024
    for pieces in range(1, 12 * per_shard):
        count = shard_count([one] * pieces)
        assert count & (count - 1) == 0
        assert pieces / count < 2 * per_shard, "none is too large"
        assert count == 1 or pieces / count >= per_shard / 2, "nor are they too many"


def test_as_many_lists_are_read_first_as_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    lists = {"a": "01a", "bb": "01a", "ccc": "01a" * 20, "d": "01a"}
    sizes = [len(packed({stem: text})) - 1 for stem, text in lists.items()]
    for size, expected in (
        (sum(sizes), ["d", "ccc", "bb", "a"]),
        (sum(sizes) - 1, ["d", "ccc", "bb"]),
        (sizes[3], ["d"]),
        (sizes[3] + sizes[1], ["d"]),
        (0, []),
    ):
        monkeypatch.setattr("kbtool.search.postings.FREQUENT_BYTES", size)
        found = frequent(lists, ["d", "ccc", "bb", "a"])
        assert found == {stem: lists[stem] for stem in expected}, (
            "in the order, and none after the first that does not fit"
        )
