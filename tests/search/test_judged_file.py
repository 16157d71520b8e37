from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.content.files import MAX_BYTES
from kbtool.model import Finding
from kbtool.search import judged
from kbtool.search.judged import JudgedQuery, read_queries

LOCALES = ("en", "hi")
IDS = ("orders/refund", "orders/returns")
GOOD = "{lang: en, text: money back, rel: [orders/refund]}"


def read(folder: Path, text: str | bytes) -> tuple[tuple[JudgedQuery, ...], list[Finding]]:
    path = folder / "queries.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_queries(path, LOCALES, IDS)


def test_a_query_is_read_with_its_place(tmp_path: Path) -> None:
    text = (
        "# As people ask\n"
        f"- {GOOD}\n"
        "- {lang: hi, text: '  पैसे   वापस ', rel: orders/refund, everyday: true, within: 1}\n"
    )
    (first, second), findings = read(tmp_path, text)
    assert findings == []
    assert (first.lang, first.text, first.rel, first.within) == ("en", "money back", IDS[:1], 3)
    assert (second.text, second.rel, second.within) == ("पैसे वापस", IDS[:1], 1)
    assert (second.where.line, second.where.column) == (3, 3)
    assert second.line == text.splitlines()[2]


@pytest.mark.parametrize(
    ("entry", "at", "message", "help"),
    [
        (
            "{lang: en, text: a, rel: [orders/refnd]}",
            "orders/refnd",
            "no article 'orders/refnd'",
            "orders/refund",
        ),
        ("{lang: en, text: a, rel: [orders/refund, x]}", "x]", "no article 'x'", "write an id"),
        ("{lang: en, text: a, rel: []}", "[]", "no article is named", "write its id"),
        ("{lang: fr, text: a, rel: [orders/refund]}", "fr", "'fr' is not a locale", "en, hi"),
        ("{lang: en, text: '', rel: [orders/refund]}", "''", "this query is empty", "write what"),
        ("{lang: en, rel: [orders/refund]}", "{lang", "has no `text`", "write one a line"),
        (GOOD.replace("rel:", "within: 0, rel:"), "0,", "a place from 1 to 10", "leave it out"),
        (GOOD.replace("rel:", "within: soon, rel:"), "soon", "'soon' is not a whole", "digits"),
        (GOOD.replace("rel:", "withn: 2, rel:"), "withn", "unknown key 'withn'", "did you mean 'within'"),
        (GOOD.replace("rel:", "everyday: maybe, rel:"), "maybe", "yes or no", "true or false"),
        (GOOD.replace("money back", "a" * 513), "aaa", "longer than 512 characters", "shorten"),
        ("money back", "money", "a query is a mapping", "write one a line"),
        ("[{a: b}", "[", "never closed", "close"),
        ("&a {lang: en}", "&a", "anchors", "write the value out"),
    ],
)
def test_mistakes_are_told_where_they_are(
    tmp_path: Path, entry: str, at: str, message: str, help: str
) -> None:
    _, (finding,) = read(tmp_path, f"- {entry}\n")
    assert (finding.rule, finding.severity) == ("bad-queries", "error")
    assert str(finding.where).endswith(f"queries.yml:1:{entry.index(at) + 3}")
    assert message in finding.message
    assert help in finding.help


def test_all_mistakes_are_told_in_one_run_and_the_sound_queries_are_kept(tmp_path: Path) -> None:
    queries, findings = read(tmp_path, f"- {{lang: fr, txt: a}}\n- {GOOD}\n- 1\n")
    assert [query.text for query in queries] == ["money back"]
    assert [finding.where.line for finding in findings] == [1, 1, 1, 1, 3]


def test_the_same_query_twice_is_a_mistake_in_one_locale(tmp_path: Path) -> None:
    other = GOOD.replace("lang: en", "lang: hi")
    queries, (finding,) = read(tmp_path, f"- {GOOD}\n- {other}\n- {GOOD.replace('money', 'money ')}\n")
    assert [query.lang for query in queries] == ["en", "hi"]
    assert finding.message == "'money back' stands on line 1 already"
    assert finding.where.line == 3


@pytest.mark.parametrize("text", ["", "# nothing\n", "[]\n", "lang: en\n", "~\n"])
def test_a_file_without_queries_is_a_mistake(tmp_path: Path, text: str) -> None:
    queries, (finding,) = read(tmp_path, text)
    assert queries == ()
    assert "- {lang: en" in finding.help


@pytest.mark.parametrize("data", [b"\xff\xfe-\x00", b"- \xff", b"- \x01", b" " * (MAX_BYTES + 1)])
def test_what_is_no_text_is_told_under_the_same_rule(tmp_path: Path, data: bytes) -> None:
    queries, (finding,) = read(tmp_path, data)
    assert (queries, finding.rule) == ((), "bad-queries")


def test_a_missing_file_or_one_to_wait_for_is_a_mistake(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("none.yml", "pipe", "."):
        queries, (finding,) = read_queries(tmp_path / name, LOCALES, IDS)
        assert (queries, finding.message) == ((), "there is no such file of judged queries")


def test_very_many_queries_and_mistakes_are_cut(tmp_path: Path) -> None:
    many = "".join(f"- {{lang: en, text: q{n}, rel: [orders/refund]}}\n" for n in range(judged.MOST + 1))
    queries, (finding,) = read(tmp_path, many)
    assert len(queries) == judged.MOST
    assert finding.where.line == judged.MOST + 1
    unknown = ", ".join(f"orders/refun{n}" for n in range(judged.MOST_COMPARED + 10))
    _, findings = read(tmp_path, f"- {{lang: en, text: a, rel: [{unknown}]}}\n")
    assert len(findings) == judged.MOST_COMPARED + 10
    assert "did you mean" not in findings[-1].help


@given(st.text(alphabet=st.sampled_from("-[]{}:,&*!|>'\" \nlangtextrelwithin019é\t#%@`~"), max_size=60))
def test_any_text_is_read_without_an_error(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    queries, findings = read(tmp_path_factory.getbasetemp(), text)
    assert findings or queries
